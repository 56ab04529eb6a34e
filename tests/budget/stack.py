#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Stack of every function, and the worst call chain of every public function.

Reads what GCC writes with -fcallgraph-info=su. Budgets: 256 bytes a function, 768 bytes a chain;
more where the ABI asks for it.
The port's functions are not ours and count 0; so do calls through the hooks of port and device.
Such a chain is marked with a star.
"""

import argparse
import pathlib
import re
import subprocess
import sys

import api

FRAME_GATE = 256
CHAIN_GATE = 768
# Where the ABI wants more: a frame on PA-RISC is a multiple of 64 bytes, of which 48 are the ABI's own.
# One on MIPS keeps 16 bytes for the arguments of what it calls.
FRAME_GATES = {"src/arch/parisc": 320}
CHAIN_GATES = {"src/arch/parisc": 1600, "src/arch/mips": 960}

NODE = re.compile(r'^node: \{ title: "([^"]+)" label: "([^"]*)"')
EDGE = re.compile(r'^edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"')
STATIC = re.compile(r"\S+\.[ch]:(\w+)\S*")
FRAME = re.compile(r"(\d+) bytes \((\w[\w,]*)\)")


class Graph:
    """The call graph of the whole library in one mode of compilation."""

    def __init__(self):
        self.frames = {}
        self.calls = {}
        self.dynamic = []

    def read(self, path):
        """Adds one .ci file. GCC names static functions "file:function"."""
        for line in path.read_text().splitlines():
            node = NODE.match(line)
            edge = EDGE.match(line)
            if node:
                frame = FRAME.search(node[2])
                if frame:
                    self.frames[node[1]] = int(frame[1])
                    if frame[2] != "static":
                        self.dynamic.append(node[1])
            elif edge:
                self.calls.setdefault(edge[1], set()).add(edge[2])

    def chain(self, name, path=()):
        """(bytes, functions, outside): the deepest chain that starts at `name`."""
        if name in path:
            raise ValueError("recursion: " + " -> ".join(path + (name,)))
        if name not in self.frames:
            return 0, [], not name.startswith("mem")
        deepest, functions, outside = 0, [], False
        for callee in sorted(self.calls.get(name, ())):
            below = self.chain(callee, path + (name,))
            outside = outside or below[2]
            if below[0] > deepest:
                deepest, functions = below[0], below[1]
        return self.frames[name] + deepest, [name] + functions, outside


def build(compiler, backend, mode, scratch):
    """Compiles the library and reads its call graph."""
    scratch.mkdir(parents=True, exist_ok=True)
    graph = Graph()
    for source in backend.sources():
        obj = scratch / (source.stem + ".o")
        flags = backend.flags + mode + backend.includes + backend.defines
        subprocess.run(
            [compiler, *flags, "-fcallgraph-info=su", "-c", source, "-o", obj], check=True
        )
        graph.read(obj.with_suffix(".ci"))
    return graph


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", help="default: the backend's")
    parser.add_argument("--backend", choices=api.BACKENDS, default="armv7a")
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--markdown", type=pathlib.Path, help="write the table here, too")
    args = parser.parse_args()

    backend = api.BACKENDS[args.backend]
    # The fast mode and the small one: the first and the last of each list.
    names = list(backend.modes)
    modes = {name: backend.modes[name] for name in (names[0], names[-1])}
    frame_gate = FRAME_GATES.get(backend.directory, FRAME_GATE)
    chain_gate = CHAIN_GATES.get(backend.directory, CHAIN_GATE)
    public = sorted(api.functions())
    bad = []
    table = {name: [] for name in public}
    for mode, flags in modes.items():
        place = args.scratch / "stack" / mode.replace(" ", "")
        graph = build(args.compiler or backend.compiler, backend, flags, place)
        bad += [f"{mode}: {name}: dynamic stack" for name in graph.dynamic]
        for name, frame in sorted(graph.frames.items()):
            if frame > frame_gate:
                bad.append(f"{mode}: {name}: {frame} bytes in one frame")
        for name in public:
            if name not in graph.frames:
                bad.append(f"{mode}: {name}: declared, but not in the library")
                continue
            size, functions, outside = graph.chain(name)
            table[name] += [f"{size}{'*' if outside else ''}", " > ".join(functions[1:])]
            if size > chain_gate:
                bad.append(f"{mode}: {size} bytes: {' > '.join(functions)}")
        worst = max((graph.chain(n)[0] for n in public if n in graph.frames), default=0)
        print(f"{mode}: {len(graph.frames)} functions, worst frame "
              f"{max(graph.frames.values(), default=0)}, worst chain {worst}")

    if args.markdown:
        lines = ["| function | " + " | ".join(f"{mode}, bytes | through" for mode in modes) + " |"]
        lines.append("|---|" + "---:|---|" * len(modes))
        for name, cells in table.items():
            short = [STATIC.sub(r"\1", cell).replace("dmacoh_", "") for cell in cells]
            lines.append(f"| {name}() | " + " | ".join(short) + " |")
        args.markdown.write_text("\n".join(lines) + "\n")

    for line in bad:
        print(line, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
