#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Compiles every C block of the Markdown pages, with the warnings of the code base.

A block that defines a function is a file; one with an #include is the whole of it. Any other block
is the body of a function in which the names of docs/snippets/prelude.h exist.
"""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
PRELUDE = TOP / "docs/snippets/prelude.h"
BLOCK = re.compile(r"^```c\n(.*?)^```", re.M | re.S)
FUNCTION = re.compile(r"^\w[^;=]*\)\n\{", re.M)
FLAGS = """-std=c11 -ffreestanding -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
    -Wundef -Wcast-align -Wcast-qual -Wswitch-enum -Wvla -Wpointer-arith -Wwrite-strings -Werror""".split()
for unused in ("function", "variable", "const-variable"):
    FLAGS.append(f"-Wno-unused-{unused}")  # the text round a fragment uses what it defines
COMPILERS = (["gcc"], ["clang"], ["arm-none-eabi-gcc", "-march=armv7-a"])


def as_file(block):
    """The C file for one block."""
    if "#include" in block:
        return block
    include = f'#include "{PRELUDE}"\n'
    if FUNCTION.search(block):
        return include + block
    return f"{include}static int snippet(void)\n{{\n{block}\nreturn 0;\n}}\n"


def main():
    pages = sorted(TOP.glob("*.md")) + sorted((TOP / "docs").rglob("*.md"))
    count = 0
    bad = 0
    for page in pages:
        for number, block in enumerate(BLOCK.findall(page.read_text()), 1):
            count += 1
            for compiler in COMPILERS:
                result = subprocess.run(
                    [*compiler, *FLAGS, f"-I{TOP / 'include'}", "-x", "c", "-fsyntax-only", "-"],
                    input=as_file(block), text=True, capture_output=True, check=False,
                )
                if result.returncode != 0:
                    bad += 1
                    name = page.relative_to(TOP)
                    print(f"{name}: C block {number} with {compiler[0]}:\n{result.stderr}")
    print(f"{count} blocks, {bad} bad")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
