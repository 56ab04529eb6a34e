#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""The library as a target gets it, and a small program round it, as two images for an emulator.

SCRATCH gets libdmacoh.a, image.elf, and mutants.elf: the same with the wrong backends of
guest/mutant.c between core and backend.
"""

import argparse
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "budget"))

import api  # noqa: E402  (found by the line above)

MODES = {"O2": "-O2", "Os": "-Os"}

# Where the image lies: MIPS runs it in KSEG0, the others at physical addresses.
BASES = {"mips": 0x80010000}
BASE = 0x10000

# PA-RISC runs as a user program.
SCRIPTS = {"parisc": "link_user.ld"}
SCRIPT = "link.ld"

GUEST_FLAGS = ["-fno-pic", "-fno-stack-protector", "-fno-asynchronous-unwind-tables"]


def run(*command):
    subprocess.run([str(part) for part in command], check=True)


def mode_flags(backend, mode, wanted):
    """The flags of the first mode with this -O and these flags: ARM before Thumb, big before little."""
    for flags in backend.modes.values():
        if set(wanted) | {MODES[mode]} <= set(flags):
            return flags
    raise ValueError(f"{backend.name} has no mode with {MODES[mode]} {wanted}")


def compile_all(command, sources, directory):
    """One object for each source."""
    directory.mkdir(parents=True, exist_ok=True)
    objects = []
    for source in sources:
        objects.append(directory / (source.stem + ".o"))
        run(*command, "-c", source, "-o", objects[-1])
    return objects


def build(backend, launcher, cross, wanted, mode, scratch):
    machine = backend.flags + mode_flags(backend, mode, wanted)
    flags = machine + backend.includes + backend.defines
    command = [*launcher, f"{cross}gcc", *flags, *GUEST_FLAGS]
    archive = scratch / "libdmacoh.a"
    archive.unlink(missing_ok=True)
    run(f"{cross}ar", "rcs", archive, *compile_all(command, backend.sources(), scratch / "library"))

    boot = HERE / f"guest/boot_{backend.name}.c"
    boot = boot if boot.exists() else HERE / "guest/boot_flat.c"
    guest = compile_all(command, [HERE / "guest/guest.c", HERE / "guest/port.c", boot],
                        scratch / "guest")
    mutant = compile_all(command, [HERE / "guest/mutant.c"], scratch / "guest")
    arch = pathlib.Path(backend.directory).name
    link = [f"{cross}gcc", *machine, "-nostdlib", "-static", "-no-pie",
            "-Wl,--build-id=none,--no-warn-rwx-segments", f"-Wl,--defsym=MC_BASE={BASES.get(arch, BASE):#x}",
            "-T", HERE / "guest" / SCRIPTS.get(arch, SCRIPT)]
    run(*link, *guest, archive, "-lgcc", "-o", scratch / "image.elf")
    wraps = [f"-Wl,--wrap=dmacoh_{backend.name}_{name}" for name in ("op_va", "barrier")]
    run(*link, *wraps, *guest, *mutant, archive, "-lgcc", "-o", scratch / "mutants.elf")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the backends, and do nothing")
    parser.add_argument("--backend", choices=api.BACKENDS)
    parser.add_argument("--mode", choices=MODES)
    parser.add_argument("--cross", help="prefix of the tools; default: the backend's")
    parser.add_argument("--flags", default="", help="the mode has them, as -EL")
    parser.add_argument("--launcher", default="", help="runs the compiler, as ccache does")
    parser.add_argument("--scratch", type=pathlib.Path)
    args = parser.parse_args()
    if args.list:
        print(";".join(api.BACKENDS))
        return 0
    if None in (args.backend, args.mode, args.scratch):
        parser.error("--backend, --mode and --scratch are needed")

    backend = api.BACKENDS[args.backend]
    cross = args.cross or backend.compiler[: -len("gcc")]
    build(backend, args.launcher.split(), cross, args.flags.split(), args.mode, args.scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
