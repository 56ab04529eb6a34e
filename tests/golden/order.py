#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Compares the order of system instructions in the compiled backend with tests/golden/order*.txt.

The simulator checks the order in the source; this checks that the compiler kept it, and covers what
the simulator does not model. Listed per function of src/arch: CP15 accesses, barriers, and stores
that are not to the stack, by address: both sides of a branch are listed, one after the other. The
operations of an outer cache are such stores. `--update` writes the file: read the difference before
you commit it.
"""

import argparse
import pathlib
import re
import subprocess
import sys

from compare import compare

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "budget"))
import api  # noqa: E402  (found through the line above)

# All of the backend: the outer cache and both formats of page tables.
OPTIONS = ["-DDMACOH_WITH_OUTER=1", "-DDMACOH_WITH_LPAE=1"]
HERE = pathlib.Path(__file__).resolve().parent
FUNCTION = re.compile(r"^[0-9a-f]+ <(\w+)(?:\.\w+)*>:$")
SYSTEM = re.compile(r"\t((?:mcr|mrc|dsb|dmb|isb|cps\w*)\b.*)$")
STORE = re.compile(r"\t(str\w*)\t\w+, \[(?!sp)")

# CP15 encodings by name: a listing that one can read. Anything else stays a number.
NAMES = {
    "mcr cr7, cr10, 1": "DCCMVAC", "mcr cr7, cr6, 1": "DCIMVAC", "mcr cr7, cr14, 1": "DCCIMVAC",
    "mcr cr7, cr6, 2": "DCISW", "mcr cr8, cr7, 1": "TLBIMVA", "mcr cr8, cr3, 3": "TLBIMVAAIS",
    "mrc cr0, cr0, 0": "read MIDR", "mrc cr0, cr0, 1": "read CTR", "mrc cr0, cr0, 5": "read MPIDR",
    "mrc cr0, cr1, 7": "read ID_MMFR3", "mrc cr10, cr2, 0": "read MAIR0",
    "mrc cr10, cr2, 1": "read MAIR1", "mrc cr1, cr0, 0": "read SCTLR",
    "mrc cr2, cr0, 0": "read TTBR0", "mrc cr2, cr0, 2": "read TTBCR",
    "mrc 1 cr0, cr0, 0": "read CCSIDR", "mrc 1 cr0, cr0, 1": "read CLIDR",
    "mcr 2 cr0, cr0, 0": "write CSSELR",
    "mcr cr7, cr6, 0": "DCIALL", "mcr cr7, cr10, 4": "DSB", "mcr cr7, cr10, 5": "DMB",
    "mcr cr7, cr5, 4": "ISB", "mrc 1 cr15, cr1, 0": "read features",
    "mcr 5 cr15, cr13, 0": "clean, first", "mcr 5 cr15, cr13, 1": "clean, last",
    "mcr 5 cr15, cr14, 0": "inval, first", "mcr 5 cr15, cr14, 1": "inval, last",
    "mcr 5 cr15, cr15, 0": "clean_inval, first", "mcr 5 cr15, cr15, 1": "clean_inval, last",
}
CP15 = re.compile(r"(mcr|mrc)\t15, (\d), \w+, (cr\d+), (cr\d+), \{(\d)\}")


def name_of(text):
    """The name of a system instruction, without its register."""
    access = CP15.match(text)
    if not access:
        return re.sub(r"\s+", " ", text.split("@")[0]).strip()
    first = "" if access[2] == "0" else access[2] + " "
    key = f"{access[1]} {first}{access[3]}, {access[4]}, {access[5]}"
    return NAMES.get(key, key)


def listing(objdump, obj):
    """Dictionary: function -> its system instructions and stores, in the order of addresses."""
    output = subprocess.run(
        [objdump, "-d", obj], check=True, text=True, capture_output=True
    ).stdout
    functions = {}
    current = None
    for line in output.splitlines():
        label = FUNCTION.match(line)
        if label:
            current = functions.setdefault(label[1], [])
            continue
        system = SYSTEM.search(line)
        if system:
            current.append(name_of(system[1]))
        elif STORE.search(line):
            current.append("store")
    return functions


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", help="default: the backend's")
    parser.add_argument("--objdump", help="default: the backend's")
    parser.add_argument("--backend", choices=api.BACKENDS, default="armv7a")
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    backend = api.BACKENDS[args.backend]
    golden = HERE / ("order.txt" if backend.name == "armv7a" else f"order_{backend.name}.txt")
    args.scratch.mkdir(parents=True, exist_ok=True)

    lines = ["# System instructions of the backend, in order. Written by order.py --update."]
    count = 0
    mode = next(iter(backend.modes.values()))
    for source in (s for s in backend.sources() if "arch" in s.parts):
        obj = args.scratch / "order.o"
        flags = backend.flags + mode + backend.includes + backend.defines + OPTIONS
        subprocess.run([args.compiler or backend.compiler, *flags, "-c", source, "-o", obj], check=True)
        # Where operations are stores to registers, functions that do nothing but store count, too.
        registers = source.name == "pl310.c" or backend.name == "armv7m"
        for function, steps in sorted(listing(args.objdump or backend.objdump, obj).items()):
            if registers and steps or any(step != "store" for step in steps):
                count += 1
                lines += ["", f"{source.name}: {function}"] + [f"    {step}" for step in steps]

    same = compare(golden, lines, args.update)
    print(f"{count} functions: {'as expected' if same else 'DIFFERENT'}")
    return 0 if same and count else 1


if __name__ == "__main__":
    sys.exit(main())
