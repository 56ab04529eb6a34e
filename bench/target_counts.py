#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Instructions executed, cache operations and barriers of single calls, on each target.

The compiled library runs in an emulator of the CPU, instruction by instruction (Unicorn). A call is
counted from its first instruction to its return, the port's functions included: they do nothing. Cycles
would mean nothing here; counts do, and they are the same in every run.

Debian's interpreter, since the emulator's module is a package of Debian's: python3-unicorn.
"""

import argparse
import collections
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests/budget"))

import api  # noqa: E402  (found by the line above)

BASE = 0x10000  # where the image lies
MEMORY = 0x1000000
STACK = 0x80000
RETURN = 0xF00000  # a call is over when it gets here
LIMIT = 1000000
# Barriers of ARMv6 and older are coprocessor operations too: c7, c10, 4 and 5; c7, c5, 4.
CP15_BARRIERS = {(7, 10, 4), (7, 10, 5), (7, 5, 4)}
# Data cache maintenance by address: crm of c7.
CP15_CACHE = {6, 10, 11, 14}
# ARMv7-M: the registers of the System Control Space that take an address.
SCS = 0xE000E000
SCS_SIZE = 0x1000
SCS_CACHE = range(0xF5C, 0xF78)
# CPUID, CCR with the caches on, CLIDR, CTR, CCSIDR, MPU_TYPE, MPU_CTRL.
SCS_VALUES = {0xD00: 0x411FC271, 0xD14: 0x00070200, 0xD78: 0x09000003, 0xD7C: 0x8303C003,
              0xD80: 0xF01FE019, 0xD90: 0x800, 0xD94: 5}
MPU_RNR, MPU_RBAR, MPU_RASR = 0xD98, 0xD9C, 0xDA0
# Base and attributes: 16 MiB of write-back memory, and in it 1 MiB of uncached memory.
MPU_REGIONS = {0: (0, 0x030B002F), 1: (0x600000, 0x03080027)}

# One row: name, backend of api.BACKENDS, mode of api.MODES, model of the emulator.
TARGETS = [
    ("armv5", "armv5", "ARM -O2", "UC_CPU_ARM_926"),
    ("armv6", "armv6", "ARM -O2", "UC_CPU_ARM_1176"),
    ("armv7a", "armv7a", "ARM -O2", "UC_CPU_ARM_CORTEX_A15"),
    ("armv7a-thumb", "armv7a", "Thumb-2 -Os", "UC_CPU_ARM_CORTEX_A15"),
    ("armv7m", "armv7m", "Thumb-2 -O2", "UC_CPU_ARM_CORTEX_M7"),
]


def build(backend, mode, objects):
    """The image of one target, its bytes, and its symbols."""
    objects.mkdir(parents=True, exist_ok=True)
    target = api.BACKENDS[backend]
    flags = [*target.flags, *target.modes[mode], *target.includes, *target.defines]
    flags += ["-DDMACOH_WITH_MAGAZINE=1", "-fno-tree-loop-distribute-patterns"]
    files = []
    for source in [HERE / "target/calls.c", *target.sources()]:
        files.append(objects / (source.stem + ".o"))
        subprocess.run([target.compiler, *flags, "-c", source, "-o", files[-1]], check=True)
    image = objects / "image.elf"
    subprocess.run(
        [target.compiler, *flags, "-nostdlib", "-static", f"-Wl,-Ttext={BASE:#x}"]
        + ["-Wl,--entry=setup", "-Wl,--no-warn-rwx-segments", *files, "-lgcc", "-o", image],
        check=True,
    )
    raw = image.with_suffix(".bin")
    subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", image, raw], check=True)
    text = subprocess.run(
        ["arm-none-eabi-nm", image], check=True, text=True, capture_output=True
    ).stdout
    symbols = {words[2]: int(words[0], 16) for words in map(str.split, text.splitlines())}
    return raw.read_bytes(), symbols


def kind_of(code, thumb):
    """"cache", "barrier" or None: what one instruction is."""
    word = int.from_bytes(code[:4].ljust(4, b"\0"), "little")
    if thumb:
        word = (word & 0xFFFF) << 16 | word >> 16
        if word & 0xFFFFFF00 == 0xF3BF8F00 and word >> 4 & 0xF in (4, 5, 6):
            return "barrier"
        if len(code) < 4 or word & 0xFF100F10 != 0xEE000F10:
            return None
    else:
        if word & 0xFFFFFF00 == 0xF57FF000 and word >> 4 & 0xF in (4, 5, 6):
            return "barrier"
        if word & 0x0F100F10 != 0x0E000F10:
            return None
    operation = (word >> 16 & 0xF, word & 0xF, word >> 5 & 0x7)
    if operation in CP15_BARRIERS:
        return "barrier"
    if operation[0] == 7 and operation[1] in CP15_CACHE:
        return "cache"
    return None


class Machine:
    """One CPU with the image in memory."""

    def __init__(self, unicorn, arm, model, image, thumb):
        mode = unicorn.UC_MODE_THUMB if thumb else unicorn.UC_MODE_ARM
        self.micro = "CORTEX_M" in model
        if self.micro:
            mode |= unicorn.UC_MODE_MCLASS
        self.arm = arm
        self.thumb = thumb
        self.uc = unicorn.Uc(unicorn.UC_ARCH_ARM, mode)
        self.uc.ctl_set_cpu_model(getattr(arm, model))
        self.uc.mem_map(0, MEMORY)
        self.uc.mem_write(BASE, image)
        self.counts = collections.Counter()
        self.inside = None
        self.region = 0
        self.uc.hook_add(unicorn.UC_HOOK_CODE, self.on_code)
        if self.micro:
            self.uc.mmio_map(SCS, SCS_SIZE, self.on_scs_read, None, self.on_scs_write, None)

    def on_code(self, uc, address, size, _data):
        """The call of interest runs from the first function of ours to where that returns."""
        if self.inside is None and address in self.entries:
            self.inside = uc.reg_read(self.arm.UC_ARM_REG_LR) & ~1
        elif address == self.inside:
            self.inside = 0
        if self.inside:
            self.counts["instr"] += 1
            kind = kind_of(bytes(uc.mem_read(address, size)), self.thumb)
            if kind:
                self.counts[kind] += 1

    def on_scs_read(self, _uc, offset, _size, _data):
        """A Cortex-M7 with data cache lines of 32 bytes, and the MPU regions of calls.c."""
        if offset in (MPU_RBAR, MPU_RASR):
            return MPU_REGIONS.get(self.region, (0, 0))[offset == MPU_RASR]
        return SCS_VALUES.get(offset, 0)

    def on_scs_write(self, _uc, offset, _size, value, _data):
        if offset == MPU_RNR:
            self.region = value
        if self.inside and offset in SCS_CACHE:
            self.counts["cache"] += 1

    def call(self, function, entries):
        self.counts.clear()
        self.entries = entries
        self.inside = None
        self.uc.reg_write(self.arm.UC_ARM_REG_SP, STACK + 0x300000)
        self.uc.reg_write(self.arm.UC_ARM_REG_LR, RETURN | int(self.thumb))
        self.uc.emu_start(function | int(self.thumb), RETURN, count=LIMIT)
        status = self.uc.reg_read(self.arm.UC_ARM_REG_R0)
        return status - (1 << 32) if status >> 31 else status


def measure(target, scratch, unicorn, arm):
    name, backend, mode, model = target
    image, symbols = build(backend, mode, scratch / name)
    machine = Machine(unicorn, arm, model, image, "Thumb" in mode)
    entries = {
        address for symbol, address in symbols.items()
        if symbol.startswith("dmacoh_") and not symbol.startswith(("dmacoh_i_", "dmacoh_port_"))
    }
    status = machine.call(symbols["setup"], set())
    if status != 0:
        raise SystemExit(f"{name}: the machine cannot be set up: {status}")
    source = (HERE / "target/calls.c").read_text()
    calls = [line[5:].split(",")[0] for line in source.splitlines() if line.startswith("CALL(")]
    for call in calls:
        status = machine.call(symbols[f"call_{call}"], entries)
        if status != 0:
            raise SystemExit(f"{name}: {call} failed: {status}")
        counts = machine.counts
        print(f"figure target.{name}.{call}.instr {counts['instr']} instr")
        print(f"figure target.{name}.{call}.cache {counts['cache']} operations")
        print(f"figure target.{name}.{call}.barriers {counts['barrier']} barriers")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("target", nargs="*", help="names of rows; all of them if none is given")
    args = parser.parse_args()
    try:
        import unicorn
        from unicorn import arm_const
    except ImportError:
        print("absent python3-unicorn")
        return 0
    for target in TARGETS:
        if args.target and target[0] not in args.target:
            continue
        if target[1] in api.BACKENDS:
            measure(target, args.scratch, unicorn, arm_const)
    return 0


if __name__ == "__main__":
    sys.exit(main())
