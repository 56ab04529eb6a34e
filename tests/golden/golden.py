#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Compares the machine code of each one-instruction wrapper with tests/golden/<backend>.txt.

The simulator replaces the wrappers, so no other test of the host sees a wrong opcode. Each wrapper
is compiled in a caller of its own, in every mode of the backend; the listing holds the encoding
and the instruction. `--update` writes the file: read the difference before you commit it.
"""

import argparse
import pathlib
import re
import subprocess
import sys

from compare import compare

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "budget"))
import api  # noqa: E402  (found through the line above)

HERE = pathlib.Path(__file__).resolve().parent
COMMON = [api.TOP / "src/arch/common/insn/mem_insn.h"]
PPC = api.TOP / "src/arch/ppc/insn/ppc_insn.h"
# Wrappers of a backend beside those of <backend>_insn.h.
MORE = {
    "armv7a": [api.TOP / "src/arch/arm/insn/pl310_insn.h"],
    "e500": [api.TOP / "src/arch/ppc/insn/ppc_insn.h"],
    "pa11": [api.TOP / "src/arch/parisc/insn/pa_insn.h"],
    "pa20": [api.TOP / "src/arch/parisc/insn/pa_insn.h"],
}

WRAPPER = re.compile(r"^static inline (?P<type>\w+) (?P<name>insn_\w+)\((?P<args>[^)]*)\)", re.M)
LABEL = re.compile(r"^[0-9a-f]+ <call_(\w+)>:$")
LINE = re.compile(r"^\s*[0-9a-f]+:\t([0-9a-f ]+?)\s*\t(.*)$")


def caller(wrapper):
    """A function that does nothing but one call of the wrapper."""
    args = wrapper["args"]
    names = [] if args == "void" else [arg.split()[-1].lstrip("*") for arg in args.split(",")]
    call = f"{wrapper['name']}({', '.join(names)})"
    body = call if wrapper["type"] == "void" else f"return {call}"
    return f"{wrapper['type']} call_{wrapper['name']}({args})\n{{\n    {body};\n}}\n"


def source(headers):
    """The C file with all callers, and how many there are."""
    wrappers = [match for header in headers for match in WRAPPER.finditer(header.read_text())]
    includes = "".join(f'#include "{header.name}"\n' for header in headers)
    prototypes = "".join(caller(w).split("\n")[0] + ";\n" for w in wrappers)
    return includes + prototypes + "\n".join(caller(w) for w in wrappers), len(wrappers)


def listing(objdump, options, obj):
    """The disassembly without addresses: encoding, tab, instruction."""
    output = subprocess.run(
        [objdump, *options, "-d", "-z", obj], check=True, text=True, capture_output=True
    ).stdout
    lines = []
    for line in output.splitlines():
        label = LABEL.match(line)
        code = LINE.match(line)
        if label:
            lines.append(f"{label[1]}:")
        elif code:
            text = re.sub(r"\s+", " ", code[2].split("@")[0].split(";")[0]).strip()
            lines.append(f"    {code[1].strip():<10}  {text}")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", help="default: the backend's")
    parser.add_argument("--objdump", help="default: the backend's")
    parser.add_argument("--backend", choices=api.BACKENDS, default="armv7a")
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()

    backend = api.BACKENDS[args.backend]
    own = api.TOP / f"{backend.directory}/insn/{backend.name}_insn.h"
    headers = [own] if own.exists() else []
    headers += MORE.get(backend.name, []) + COMMON
    text, count = source(headers)
    args.scratch.mkdir(parents=True, exist_ok=True)
    c_file = args.scratch / "golden.c"
    c_file.write_text(text)
    includes = [f"-I{header.parent}" for header in headers]

    lines = ["# Machine code of the instruction wrappers. Written by golden.py --update."]
    for mode, flags in backend.modes.items():
        obj = args.scratch / "golden.o"
        common = backend.flags + ["-fno-asynchronous-unwind-tables"]
        command = [args.compiler or backend.compiler, *common, *flags, *includes, "-c", c_file, "-o", obj]
        subprocess.run(command, check=True)
        lines += ["", f"== {mode}"] + listing(args.objdump or backend.objdump, backend.dump, obj)

    same = compare(HERE / f"{backend.name}.txt", lines, args.update)
    print(f"{count} wrappers, {len(backend.modes)} modes: {'as expected' if same else 'DIFFERENT'}")
    return 0 if same and count else 1


if __name__ == "__main__":
    sys.exit(main())
