#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Figures of the ARM code: text per backend and configuration, instructions of the coherent path.

The path is counted in the disassembly: of all ways from entry to return without a call it is the
longest, since the others are early errors. The text comes from tests/budget.
"""

import argparse
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests/budget"))

import api  # noqa: E402  (found by the line above)
import text_size  # noqa: E402  (the same)

MODES = {"arm": ["-O2", "-marm"], "thumb2": ["-Os", "-mthumb"]}
CONDITION = "(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)"
RETURN = re.compile(rf"(bx|pop|ldmia|ldr){CONDITION}?(\.w)?\s.*\b(lr|pc\}}|pc,.*)$")
BRANCH = re.compile(rf"(b{CONDITION}?|cbn?z)(\.[nw])?\s+(?:\w+, )?([0-9a-f]+) <")
CALL = re.compile(r"blx?\s")
# The pool by itself: what a user of genalloc and dmapool would link.
POOLS = re.compile(r"dmacoh_(pool_|objpool_|alloc|free$|region_meta_size)")


def disassemble(compiler, obj, function):
    """List of (address, instruction), and the set of addresses that a relocation completes."""
    objdump = compiler.replace("gcc", "objdump")
    text = subprocess.run(
        [objdump, "-dr", "--no-show-raw-insn", f"--disassemble={function}", obj],
        check=True, text=True, capture_output=True,
    ).stdout
    code = re.findall(r"^ *([0-9a-f]+):\t([a-z].*)$", text, re.M)
    relocated = set(re.findall(r"^\t+([0-9a-f]+): R_ARM", text, re.M))
    return code, relocated


def longest_leaf(compiler, obj, function):
    """Instructions of the longest way from entry to a return that leaves the function nowhere else."""
    code, relocated = disassemble(compiler, obj, function)
    index = {address: i for i, (address, _) in enumerate(code)}
    best = [None] * (len(code) + 1)
    # Backwards: what is reached by a branch lies behind it, or the way has a loop and is not counted.
    for i in reversed(range(len(code))):
        address, instruction = code[i]
        returned = RETURN.match(instruction)
        branch = BRANCH.match(instruction)
        ways = []
        if returned:
            ways.append(0)
        if branch and address not in relocated and index.get(branch[4], 0) > i:
            ways.append(best[index[branch[4]]])
        conditional = (returned or branch) and (returned or branch)[2]
        compare = branch and branch[1].startswith("cb")
        if not CALL.match(instruction) and (conditional or compare or not (returned or branch)):
            ways.append(best[i + 1])
        best[i] = max((way + 1 for way in ways if way is not None), default=None)
    if not code or best[0] is None:
        raise SystemExit(f"{function}: no way to a return found")
    return best[0]


def path_figures(compiler, scratch):
    source = api.TOP / "src/core/map.c"
    for mode, flags in MODES.items():
        obj = scratch / f"map_{mode}.o"
        words = api.TARGET_FLAGS + flags + api.INCLUDES + api.DEFINES
        subprocess.run([compiler, *words, "-c", source, "-o", obj], check=True)
        there = longest_leaf(compiler, obj, "dmacoh_map_phys")
        back = longest_leaf(compiler, obj, "dmacoh_unmap")
        print(f"figure arm.map_direct.{mode}.map {there} instr")
        print(f"figure arm.map_direct.{mode}.unmap {back} instr")


def text_of(compiler, backend, objects, features, roots):
    image = objects / "image.elf"
    files = text_size.compile_library(compiler, backend, features, objects)
    text_size.link(compiler, backend, files, roots, image)
    return text_size.measure(image)[0]


def text_figures(compiler, scratch, backend, prefix):
    sizes = {}
    functions = api.functions()
    for title, features, _goal, _gate in text_size.configurations(backend):
        name = re.sub(r"\W+", "_", title).strip("_")
        wanted = (None, *features)
        roots = [function for function, feature in functions.items() if feature in wanted]
        sizes[name] = text_of(compiler, backend, scratch / f"{prefix}{name}", features, roots)
        print(f"figure text.{prefix}{name} {sizes[name]} bytes")
    return sizes


def all_text_figures(compiler, scratch):
    for name, backend in api.BACKENDS.items():
        if name != "armv7a":
            text_figures(backend.compiler, scratch, backend, f"{name}.")
    backend = api.BACKENDS["armv7a"]
    sizes = text_figures(compiler, scratch, backend, "")
    roots = [function for function in api.functions() if POOLS.match(function)]
    alone = text_of(compiler, backend, scratch / "pools", ["POOL", "OBJPOOL"], roots)
    print(f"figure text.pools {alone} bytes")
    print(f"figure text.bounce {sizes['pool_bounce'] - sizes['pool']} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", default="arm-none-eabi-gcc")
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    args = parser.parse_args()

    args.scratch.mkdir(parents=True, exist_ok=True)
    version = subprocess.run(
        [args.compiler, "-dumpfullversion"], check=True, text=True, capture_output=True
    ).stdout.strip()
    print(f"compiler target {args.compiler} {version}")
    path_figures(args.compiler, args.scratch)
    all_text_figures(args.compiler, args.scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
