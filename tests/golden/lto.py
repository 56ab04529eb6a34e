#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Checks that link-time optimisation moves no access of a buffer across a cache loop.

The backend and lto_client.c become one function. In its assembly each wrapper stands between marks
with its file and line, so the listing has names. Expected, as lto_client.c has them: a store, the
loop that cleans between barriers, another store, the loop that invalidates between barriers, a load.
"""

import argparse
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "budget"))
import api  # noqa: E402  (found through the line above)

CLIENT = pathlib.Path(__file__).resolve().parent / "lto_client.c"
MARK = re.compile(r'^ ?[@#;] (\d+) "([^"]+)" 1$')
WRAPPER = re.compile(r"^static inline \w+ insn_(\w+)\(", re.M)
# The client's accesses are bytes. So are those by which lines change owner on ARM11 MPCore, inside the
# loops: which is why the rules below speak of the first and of the last.
ACCESS = re.compile(r"^\t(strb|ldrb|stb|lbz|ldb|sb|lbu?)x? *\t? *")
STORES = {"strb", "stb", "sb"}
LOADS = {"ldrb", "lbz", "ldb", "lb", "lbu"}

BARRIERS = {"dsb", "drain", "sync"}
CLEAN = {"dccmvac", "clean_first", "clean_last", "dcbst", "fdc", "l1_clean"}
INVAL = {"dcimvac", "inval_first", "inval_last", "dcbi", "pdc", "l1_inval"}

# Backends whose loops operate two levels of caches.
LEVELS = {"mips32": 2}


def wrapper_at(path, line):
    """The name of the wrapper around a line of an instruction header."""
    text = pathlib.Path(path).read_text().splitlines()
    return WRAPPER.findall("\n".join(text[:line]))[-1]


def steps(assembly):
    """Wrappers and byte accesses of the function `entry`, in order."""
    inside = False
    result = []
    for line in assembly.splitlines():
        mark = MARK.match(line)
        access = ACCESS.match(line)
        if line == "entry:":
            inside = True
        elif inside and line.startswith("\t.size\tentry"):
            break
        elif inside and mark:
            result.append(wrapper_at(mark[2], int(mark[1])))
        elif inside and access:
            result.append(access[1])
    return result


def outer_barriers(barriers, stores):
    """Of all barriers those around the two loops, which have some of their own."""
    second = stores[1] if len(stores) > 1 else 0
    before = [barrier for barrier in barriers if barrier < second]
    after = [barrier for barrier in barriers if barrier > second]
    return [before[0], before[-1], after[0], after[-1]] if before and after else []


def findings(listing, levels):
    """What is wrong with the order. levels: caches that one loop operates, with barriers in between."""
    cleans = [i for i, step in enumerate(listing) if step in CLEAN]
    invals = [i for i, step in enumerate(listing) if step in INVAL]
    barriers = [i for i, step in enumerate(listing) if step in BARRIERS]
    stores = [i for i, step in enumerate(listing) if step in STORES]
    loads = [i for i, step in enumerate(listing) if step in LOADS]
    if levels > 1:
        barriers = outer_barriers(barriers, stores)
    if not cleans or not invals or len(barriers) != 4:
        yield "loops or barriers are missing"
        return
    if not stores or not stores[0] < barriers[0] < cleans[0]:
        yield "the first store is not before the barrier and the loop that cleans"
    if not cleans[-1] < barriers[1]:
        yield "the loop that cleans is not complete before the barrier behind it"
    if not any(barriers[1] < store < barriers[2] for store in stores):
        yield "the second store is not between the loops"
    if not barriers[2] < invals[0] or not invals[-1] < barriers[3]:
        yield "the loop that invalidates is not between its barriers"
    if not loads or not loads[-1] > barriers[3]:
        yield "the load is not behind the loop that invalidates"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", help="default: the backend's")
    parser.add_argument("--backend", choices=api.BACKENDS, default="armv7a")
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    args = parser.parse_args()
    backend = api.BACKENDS[args.backend]
    scratch = args.scratch / "lto"
    scratch.mkdir(parents=True, exist_ok=True)

    own = f"{backend.name}.c"
    sources = [s for s in backend.sources() if s.name.endswith("_cache.c") or s.name == own]
    bad = 0
    levels = LEVELS.get(backend.name, 1)
    for mode, flags in backend.modes.items():
        # With branches in the loops only the small mode keeps the order of the source.
        if levels > 1 and "-Os" not in flags:
            continue
        common = backend.flags + flags + backend.includes + backend.defines
        # Not the start of a program, which would know what is in the instance.
        subprocess.run(
            [args.compiler or backend.compiler, *common, "-flto", "-fno-reorder-blocks",
             "-flto-partition=one",
             "-nostdlib", "-static", "-no-pie", "-Wl,-e,entry", "-Wl,--unresolved-symbols=ignore-all",
             "-save-temps=obj", CLIENT, *sources, "-o", scratch / "client.elf"],
            check=True,
        )
        listing = steps((scratch / "client.elf.ltrans0.ltrans.s").read_text())
        print(f"{mode}: {' '.join(listing)}")
        for finding in findings(listing, levels):
            bad += 1
            print(f"{mode}: {finding}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
