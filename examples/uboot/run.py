#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Boots a U-Boot that has the library in it, reads and writes disks, and judges what came of it.

    run.py BOARD IMAGE DIRECTORY

BOARD is U-Boot's name of the board, IMAGE what its flash holds. The disks and the console's log are
made in DIRECTORY. One line a check, PASS or FAIL; the exit status is 0 if all passed.
"""

import collections
import os
import pathlib
import random
import re
import select
import subprocess
import sys
import time
import zlib

BLOCK = 512
DISK_BYTES = 16 << 20
TIME_LIMIT = 120  # seconds for the whole session; it takes about two

# buffer: where the disks are read to. key: what it says when a key stops it; None: it does not ask. line:
# what its drivers take for a cache line.
Board = collections.namedtuple("Board", "machine prompt key buffer ahci line", defaults=[64])

NO_DEVICES = ["-nodefaults", "-display", "none", "-monitor", "none", "-serial", "stdio"]
BOARDS = {
    "qemu_arm": Board(
        ["qemu-system-arm", "-M", "virt", "-cpu", "cortex-a15"],
        b"\n=> ", b"stop autoboot", 0x42000000, True),
    "malta": Board(
        ["qemu-system-mips", "-M", "malta", "-cpu", "24Kf"],
        b"\nmalta # ", None, 0x82000000, False),
    "maltael": Board(
        ["qemu-system-mipsel", "-M", "malta", "-cpu", "24Kf"],
        b"\nmaltael # ", None, 0x82000000, False),
    "qemu-ppce500": Board(
        ["qemu-system-ppc", "-M", "ppce500"],
        b"\n=> ", b"stop autoboot", 0x02000000, False, 32),
}

# Which blocks are used.
READ_BLOCKS = 128
LARGE_FIRST, LARGE_BLOCKS = 128, 8192
WRITE_FIRST = 20000


class Console:
    """U-Boot's console behind QEMU's standard input and output."""

    def __init__(self, board, command, log):
        self.board = board
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.log = log
        self.end = time.monotonic() + TIME_LIMIT
        self.pending = b""

    def wait_for(self, text):
        """Everything up to and with the text; the rest stays for the next call."""
        while text not in self.pending:
            left = self.end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise TimeoutError(f"no {text!r} on the console within {TIME_LIMIT} s")
            data = os.read(self.process.stdout.fileno(), 4096)
            if not data:
                raise EOFError(f"QEMU ended, status {self.process.wait()}")
            self.log.write(data)
            self.log.flush()
            self.pending += data.replace(b"\r", b"")
        before, self.pending = self.pending.split(text, 1)
        return (before + text).decode(errors="replace")

    def send(self, text):
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def boot(self):
        if self.board.key is not None:
            self.wait_for(self.board.key)
            self.send("")
        self.wait_for(self.board.prompt)

    def run(self, command):
        """A command's output. Its echo is waited for first: the key of boot() may give a second prompt."""
        self.send(command)
        self.wait_for(command.encode())
        return self.wait_for(self.board.prompt)

    def close(self):
        self.process.terminate()
        self.process.wait()


class Checks:
    """Prints the checks and remembers whether one failed."""

    def __init__(self):
        self.failed = 0

    def check(self, name, good, detail=""):
        if not good:
            self.failed += 1
        print(f"{'PASS' if good else 'FAIL'} {name}{': ' + detail if detail else ''}", flush=True)


def drive(name, path):
    return ["-drive", f"if=none,id={name},format=raw,file={str(path).replace(',', ',,')}"]


def qemu_command(board, image, nvme, ahci):
    command = board.machine + ["-m", "256", "-bios", str(image)] + NO_DEVICES
    command += drive("n", nvme) + ["-device", "nvme,drive=n,serial=dmacoh"]
    if board.ahci:
        command += drive("a", ahci)
        command += ["-device", "ich9-ahci,id=sata", "-device", "ide-hd,drive=a,bus=sata.0"]
    return command


def make_disk(path, seed):
    data = random.Random(seed).randbytes(DISK_BYTES)
    path.write_bytes(data)
    return data


def counters(console):
    """What the command "dmacoh" says, as numbers by name."""
    return {name: int(value) for name, value in re.findall(r"(\w+)=(-?\d+)", console.run("dmacoh"))}


def crc_of(console, address, count):
    found = re.search(r"==> ([0-9a-f]{8})", console.run(f"crc32 {address:x} {count:x}"))
    return int(found[1], 16) if found else None


def check_read(checks, console, disk, what, address, first, blocks):
    """Reads blocks of a disk ("nvme" or "scsi") and compares the checksum with the host's."""
    said = console.run(f"{what} read {address:x} {first:x} {blocks:x}")
    crc = crc_of(console, address, blocks * BLOCK)
    right = zlib.crc32(disk[first * BLOCK : (first + blocks) * BLOCK])
    checks.check(
        f"{what} read of {blocks * BLOCK} bytes to {address:x}",
        f"{blocks} blocks read: OK" in said and crc == right,
        f"crc32 {crc if crc is None else format(crc, '08x')}, on the host {right:08x}",
    )


def check_counts(checks, uboot_line, before, after):
    """
    What one read must have cost. Its buffer goes to the device, and so do the command and the page list:
    these are cleaned and dropped. At the end the buffer is dropped again. Each further call to the CPU is
    a look at the completion queue, which is one line of U-Boot's.
    """
    change = {name: after[name] - before[name] for name in after}
    lines = READ_BLOCKS * BLOCK // after["line"]
    clean = change["lines_clean"]
    at_end = change["lines_inval"] - clean - (change["to_cpu"] - 1) * (uboot_line // after["line"])
    checks.check("lines cleaned for it", clean >= lines, f"{clean}; the buffer has {lines}")
    checks.check("lines invalidated at its end", at_end == lines, f"{at_end}; the buffer has {lines}")


def check_totals(checks, total):
    calls = total["to_device"] + total["to_cpu"]
    checks.check("calls served by the library", calls > 1000, str(calls))
    checks.check("calls left to U-Boot", total["refused"] == 0, str(total["refused"]))
    checks.check("both ways", min(total["to_device"], total["to_cpu"]) > 100,
                 f"{total['to_device']} to a device, {total['to_cpu']} to the CPU")
    checks.check("misaligned ranges were seen", total["partial"] >= 2, str(total["partial"]))


def session(checks, console, nvme, ahci):
    """Everything that is typed. Returns what must be on the NVMe disk at WRITE_FIRST afterwards."""
    buffer = console.board.buffer
    console.boot()
    checks.check("boots to the prompt", True)
    first = counters(console)
    checks.check("dmacoh_init()", first["status"] == 0, f"status {first['status']}")

    console.run("nvme scan")
    before = counters(console)
    check_read(checks, console, nvme, "nvme", buffer, 0, READ_BLOCKS)
    check_counts(checks, console.board.line, before, counters(console))
    check_read(checks, console, nvme, "nvme", buffer, LARGE_FIRST, LARGE_BLOCKS)
    check_read(checks, console, nvme, "nvme", buffer + 4, 0, 8)

    # Three hundred small ones, but too large for its block cache: four calls each, or more.
    console.run(
        f"for a in 0 1 2 3 4 5 6 7 8 9; do for b in 0 1 2 3 4 5 6 7 8 9; do for c in 0 1 2; "
        f"do nvme read {buffer:x} 0 10; done; done; done"
    )
    written = nvme
    if console.board.ahci:
        written = ahci
        console.run("scsi scan")
        check_read(checks, console, ahci, "scsi", buffer, 0, READ_BLOCKS)
    else:
        check_read(checks, console, nvme, "nvme", buffer, 0, READ_BLOCKS)
    console.run(f"nvme write {buffer:x} {WRITE_FIRST:x} {READ_BLOCKS:x}")
    check_totals(checks, counters(console))
    return written[: READ_BLOCKS * BLOCK]


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in BOARDS:
        sys.exit(__doc__)
    board = BOARDS[sys.argv[1]]
    image, directory = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    directory.mkdir(parents=True, exist_ok=True)
    nvme_path, ahci_path = directory / "nvme.img", directory / "ahci.img"
    nvme, ahci = make_disk(nvme_path, 1), make_disk(ahci_path, 2)

    checks = Checks()
    written = None
    with open(directory / "console.log", "wb") as log:
        console = Console(board, qemu_command(board, image, nvme_path, ahci_path), log)
        try:
            written = session(checks, console, nvme, ahci)
        except (TimeoutError, EOFError, BrokenPipeError, KeyError) as error:
            checks.check("the session", False, repr(error))
        finally:
            console.close()
    if written is not None:
        after = nvme_path.read_bytes()
        at = WRITE_FIRST * BLOCK
        right = nvme[:at] + written + nvme[at + len(written) :]
        checks.check("nvme write of what was read", after == right)
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
