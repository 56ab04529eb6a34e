#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Compiles every public header on its own, included twice, as C11 and as C++17.

A header that needs another one first, lacks a guard, or is not C++ fails here and not at a user.
"""

import argparse
import pathlib
import subprocess
import sys

WARNINGS = """-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wundef -Wcast-align
    -Wcast-qual -Wswitch-enum -Wvla -Wpointer-arith -Wwrite-strings -Werror""".split()
# g++ takes the function dmacoh_stats() for one that shadows the constructor of struct dmacoh_stats.
C_WARNINGS = "-Wshadow -Wstrict-prototypes -Wmissing-prototypes".split()
CXX_WARNINGS = "-Wold-style-cast -Wzero-as-null-pointer-constant".split()

# Compiler -> command lines of its C and its C++ front end. arm-none-eabi has no C++ library.
COMMANDS = {
    "gcc": (["gcc"], ["g++"]),
    "clang": (["clang"], ["clang++"]),
    "arm-none-eabi-gcc": (["arm-none-eabi-gcc", "-march=armv7-a", "-mfloat-abi=soft"], None),
}


def headers_of(include, freestanding):
    """Public headers below `include`; the simulator's are for the host only."""
    names = sorted(include.glob("dmacoh/*.h"))
    if not freestanding:
        names += sorted(include.glob("dmacoh-sim/*.h"))
    return [str(name.relative_to(include)) for name in names]


def compiles(command, include, header):
    """True if a file that includes `header` twice passes."""
    # version.h holds macros only, and a file without any declaration is not C.
    source = f"#include <{header}>\n#include <{header}>\nextern int declared;\n"
    result = subprocess.run(
        command + [f"-I{include}", "-fsyntax-only", "-"], input=source, text=True, check=False
    )
    if result.returncode != 0:
        print(f"{header}: not self-contained with {' '.join(command[:1])}", file=sys.stderr)
    return result.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", choices=COMMANDS, required=True)
    parser.add_argument("--include", type=pathlib.Path, required=True)
    args = parser.parse_args()

    c, cxx = COMMANDS[args.compiler]
    modes = [c + ["-x", "c", "-std=c11", "-ffreestanding"] + WARNINGS + C_WARNINGS]
    if cxx:
        modes.append(cxx + ["-x", "c++", "-std=c++17"] + WARNINGS + CXX_WARNINGS)

    headers = headers_of(args.include, freestanding=cxx is None)
    good = [compiles(mode, args.include, header) for mode in modes for header in headers]
    print(f"{args.compiler}: {len(headers)} headers, {good.count(False)} bad")
    return 0 if headers and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
