#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Text of the library per configuration, -Os, against the budgets, which are those of ARMv7-A in Thumb-2.

Each configuration is compiled and linked with --gc-sections, with every public function of that
configuration as a root: what a client that calls everything pays. Strings are counted apart.
"""

import argparse
import pathlib
import subprocess
import sys

import api

FEATURES = ["POOL", "OBJPOOL", "MAGAZINE", "BOUNCE", "WINDOWS", "OUTER", "LPAE",
            "FLIP", "IOMMU", "DEBUG"]

# Name, features that are on, goal and gate in bytes. FLIP, IOMMU and DEBUG are not in this version.
# The goals are those of the design. Where a goal is not met, the gate is the size that was reached,
# and 3 %: it keeps the text from growing; lower it when the text shrinks.
CONFIGURATIONS = [
    ("streaming only", [], 3072, 7995),
    ("+ pool", ["POOL"], None, None),
    ("+ pool, bounce", ["POOL", "BOUNCE"], None, None),
    ("+ pool, windows, bounce", ["POOL", "WINDOWS", "BOUNCE"], 6144, 15248),
    ("everything", ["POOL", "OBJPOOL", "BOUNCE", "WINDOWS"], 16384, 16384),
    ("everything, PL310", ["POOL", "OBJPOOL", "BOUNCE", "WINDOWS", "OUTER"], None, None),
    ("everything, LPAE", ["POOL", "OBJPOOL", "BOUNCE", "WINDOWS", "LPAE"], None, None),
    ("everything, magazines", ["POOL", "OBJPOOL", "MAGAZINE", "BOUNCE", "WINDOWS"], None, None),
]


# Of the other backends what differs: their share of the core is the same.
OTHERS = ("streaming only", "+ pool, windows, bounce", "everything")


def configurations(backend):
    """The rows for one backend."""
    if backend.name == "armv7a":
        return CONFIGURATIONS
    return [(name, features, None, None) for name, features, *_ in CONFIGURATIONS if name in OTHERS]


def mode(backend):
    """The small one: the last of the list."""
    return list(backend.modes.values())[-1]


def compile_library(compiler, backend, features, objects):
    """The library's object files for one configuration."""
    defines = [f"-DDMACOH_WITH_{name}={int(name in features)}" for name in FEATURES]
    objects.mkdir(parents=True, exist_ok=True)
    result = []
    for source in backend.sources():
        obj = objects / (source.stem + ".o")
        flags = backend.flags + mode(backend) + backend.includes + backend.defines + defines
        subprocess.run([compiler, *flags, "-c", source, "-o", obj], check=True)
        result.append(obj)
    return result


def link(compiler, backend, objects, roots, image):
    """Links everything that `roots` need; the port's functions stay undefined."""
    options = [f"-Wl,--undefined={name}" for name in roots]
    if backend.directory.endswith("parisc"):
        # A call to nowhere does not link there.
        outside = api.port_functions() + ["memset", "memcpy", "memmove", "memcmp"]
        options += [f"-Wl,--defsym={name}=0x20000" for name in outside]
        objects = [*objects, "-lgcc"]
    subprocess.run(
        [compiler, *backend.flags, *mode(backend), "-nostdlib", "-static", "-Wl,--gc-sections"]
        + ["-Wl,--unresolved-symbols=ignore-all", "-Wl,--entry=0"]
        + ["-Wl,-Map", image.with_suffix(".map")] + options + [*objects, "-o", image],
        check=True,
    )


def measure(image):
    """Bytes of code and constants, and bytes of strings, from the map file's input sections."""
    code = strings = 0
    lines = image.with_suffix(".map").read_text().split("Linker script and memory map")[1]
    pending = None
    for line in lines.splitlines():
        words = line.split()
        if line.startswith(" .") and len(words) == 1:
            pending = words[0]  # a long name: address and size stand on the next line
            continue
        if pending and words and words[0].startswith("0x"):
            words.insert(0, pending)
        pending = None
        if not line.startswith(" ") or len(words) < 4 or not words[2].startswith("0x"):
            continue
        section, size = words[0], int(words[2], 16)
        if ".str" in section:
            strings += size
        elif section.startswith((".text", ".rodata", ".ARM.ex")):
            code += size
    return code, strings


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", help="default: the backend's")
    parser.add_argument("--backend", choices=api.BACKENDS, default="armv7a")
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--markdown", type=pathlib.Path, help="write the table here, too")
    args = parser.parse_args()

    backend = api.BACKENDS[args.backend]
    rows = []
    failed = False
    for name, features, goal, gate in configurations(backend):
        wanted = (None, *features)
        roots = [f for f, feature in api.functions().items() if feature in wanted]
        objects = args.scratch / "text" / name.replace(" ", "_").replace(",", "")
        image = objects / "image.elf"
        compiled = compile_library(args.compiler or backend.compiler, backend, features, objects)
        link(args.compiler or backend.compiler, backend, compiled, roots, image)
        code, strings = measure(image)
        over = gate is not None and code > gate
        failed = failed or over or code == 0
        result = "OVER" if over else "ok" if goal is None or code <= goal else "goal missed"
        rows.append((name, len(roots), code, strings, goal, gate, result))

    header = ("configuration", "functions", "text", "strings", "goal", "gate", "result")
    cells = [header] + [tuple("-" if cell is None else str(cell) for cell in row) for row in rows]
    for row in cells:
        print("{:<26}{:>10}{:>8}{:>9}{:>8}{:>8}  {}".format(*row))
    if args.markdown:
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        lines.insert(1, "|---|---:|---:|---:|---:|---:|---|")
        args.markdown.write_text("\n".join(lines) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
