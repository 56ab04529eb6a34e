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
# MIPS: cache and TLB instructions, barriers, CP0 registers; stores that are not to the stack.
MIPS_SYSTEM = re.compile(r"\t((?:cache|sync|ehb|tlb\w+|m[tf]c0)\b.*)$")
MIPS_STORE = re.compile(r"\t(s[bhw])\t\w+,-?\d+\((?!sp\))")
# PowerPC: cache and TLB instructions, barriers, special registers; stores that are not to the stack.
PPC_SYSTEM = re.compile(
    r"\t((?:dcb\w+|tlb\w+|sync|msync|isync|mbar|eieio|m[tf](?!cr|ctr|lr|xer|r\b)\w+|dccci|iccci)\b.*)$"
)
PPC_STORE = re.compile(r"\t(st[bhwm]\w*) +r\d+,-?\d+\((?!r1\))")
# PA-RISC: cache and TLB instructions, barriers, control registers; stores that are not to the stack.
PA_SYSTEM = re.compile(r"\t((?:f[di]ce?|pdc|sync|syncdma|p[di]tlb|i[di]tlb|m[tf]ctl|[rs]sm|ldcw)\b\S*)")
PA_STORE = re.compile(r"\t(st[bhw]\S*) \S+,\S*\((?!sp\))")

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


# Fields of CACHE: bits 1:0 the cache, 4:2 the operation.
MIPS_CACHE = {
    "0x11": "L1 inval", "0x15": "L1 clean_inval", "0x19": "L1 clean", "0x9": "L1 store tag",
    "0x13": "L2 inval", "0x17": "L2 clean_inval", "0x1b": "L2 clean", "0xb": "L2 store tag",
}


def name_of_mips(text):
    """The name of a MIPS instruction, without its register."""
    words = text.split()
    if words[0] == "cache":
        return MIPS_CACHE[words[1].split(",")[0]]
    operands = words[1].split(",")[1:] if len(words) > 1 else []
    return " ".join([words[0], *operands])


def name_of_ppc(text):
    """The name of a PowerPC instruction, and the number of a special register."""
    words = text.split()
    number = re.search(r"(?:^|,)(\d+)(?:,|$)", words[1]) if words[0] in ("mfspr", "mtspr") else None
    return f"{words[0]} {number[1]}" if number else words[0]


def name_of(text):
    """The name of a system instruction, without its register."""
    access = CP15.match(text)
    if not access:
        return re.sub(r"\s+", " ", text.split("@")[0]).strip()
    first = "" if access[2] == "0" else access[2] + " "
    key = f"{access[1]} {first}{access[3]}, {access[4]}, {access[5]}"
    return NAMES.get(key, key)


def listing(objdump, options, obj, arch):
    """Dictionary: function -> its system instructions and stores, in the order of addresses."""
    if arch == "mips":
        system_of, store_of, name = MIPS_SYSTEM, MIPS_STORE, name_of_mips
    elif arch == "ppc":
        system_of, store_of, name = PPC_SYSTEM, PPC_STORE, name_of_ppc
    elif arch == "parisc":
        system_of, store_of, name = PA_SYSTEM, PA_STORE, str
    else:
        system_of, store_of, name = SYSTEM, STORE, name_of
    output = subprocess.run(
        [objdump, *options, "-d", obj], check=True, text=True, capture_output=True
    ).stdout
    functions = {}
    current = None
    for line in output.splitlines():
        label = FUNCTION.match(line)
        if label:
            current = functions.setdefault(label[1], [])
            continue
        system = system_of.search(line)
        if system:
            current.append(name(system[1]))
        elif store_of.search(line):
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
    arch = pathlib.Path(backend.directory).name
    mode = next(iter(backend.modes.values()))
    for source in (s for s in backend.sources() if "arch" in s.parts):
        obj = args.scratch / "order.o"
        flags = backend.flags + mode + backend.includes + backend.defines + OPTIONS
        subprocess.run([args.compiler or backend.compiler, *flags, "-c", source, "-o", obj], check=True)
        # Where operations are stores to registers, functions that do nothing but store count, too.
        registers = source.name == "pl310.c" or backend.name == "armv7m"
        found = listing(args.objdump or backend.objdump, backend.dump, obj, arch)
        for function, steps in sorted(found.items()):
            if registers and steps or any(step != "store" for step in steps):
                count += 1
                lines += ["", f"{source.name}: {function}"] + [f"    {step}" for step in steps]

    same = compare(golden, lines, args.update)
    print(f"{count} functions: {'as expected' if same else 'DIFFERENT'}")
    return 0 if same and count else 1


if __name__ == "__main__":
    sys.exit(main())
