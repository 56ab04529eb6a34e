#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Rules of the code base that no compiler knows. Each finding is printed as file:line: rule."""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
THIS = pathlib.Path(__file__).resolve()

CODE = (".c", ".h", ".S")
SHIPPED = ("include/", "src/core/", "src/arch/")
# clang-format holds code to 100; a comment may end a little later.
COLUMNS = 110
NO_LICENCE_LINE = {"LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"}

ASM = re.compile(r"\b(__asm__|__asm|asm)\b\s*(volatile|goto|\()")
INSTRUCTION_HEADER = re.compile(r"/insn/\w+\.h$")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|(?i:stub(bed)?|placeholder|not implemented))\b")
SWITCHED_OFF = re.compile(r"NOLINT|cppcheck-suppress|-fno-sanitize=|-Wno-|shellcheck disable")
# "flush" means clean to some and clean+invalidate to others. A device's posted writes are flushed.
FLUSH = re.compile(r"\b(?!flush_posted\b|flush_ctx\b|HOW_FLUSH\b|fflush\b)\w*flush\w*\b", re.I)
INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+)>")
FREESTANDING = {"stdbool.h", "stddef.h", "stdint.h"}
# Options have values; config.h alone asks whether one was given.
IFDEF_OPTION = re.compile(r"^\s*#\s*ifn?def\s+DMACOH_WITH|defined\(DMACOH_WITH")
# A path that exists on one machine only; what every Debian has is allowed.
MACHINE_PATH = re.compile(r"(?<![\w.$}>~)\]*-])/(?!usr/|dev/|bin/|tmp/bash|proc/)[a-z]+/[a-z]\w*")


def repository_files():
    """Text files of the repository, new ones included, ignored ones not."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=TOP, check=True, text=True, capture_output=True,
    ).stdout.splitlines()
    return [name for name in sorted(set(names)) if (TOP / name).is_file()]


def in_code(name, line):
    """Rules for one line of C or assembly."""
    if ASM.search(line) and name.startswith("src/") and not INSTRUCTION_HEADER.search("/" + name):
        yield "asm outside a one-instruction wrapper (insn/)"
    if name.startswith(SHIPPED):
        include = INCLUDE.match(line)
        own = ("dmacoh/", "dmacoh-sim/") if name.startswith("include/dmacoh-sim/") else "dmacoh/"
        if include and not include[1].startswith(own) and include[1] not in FREESTANDING:
            yield f"<{include[1]}> is not a freestanding header"
        if FLUSH.search(line):
            yield 'say clean, inval or clean_inval, not "flush"'
    if IFDEF_OPTION.search(line) and name != "src/core/config.h":
        yield "test options with #if, not #ifdef"


def anywhere(line):
    """Rules for one line of any file."""
    if UNFINISHED.search(line):
        yield "unfinished"
    if SWITCHED_OFF.search(line) and not re.search(r"(NOLINT\S*|suppress\S*|-W\S+|SC\d+).*\w{3}", line):
        yield "a check is switched off without a reason on the same line"
    if MACHINE_PATH.search(line):
        yield "a path of one machine"


def findings(name):
    """All findings of one file."""
    path = TOP / name
    try:
        lines = path.read_text().splitlines()
    except UnicodeDecodeError:
        yield f"{name}:1: not text"
        return
    if name not in NO_LICENCE_LINE and path.suffix not in (".md", ".json") and path.name != "sources.txt":
        if not any("SPDX-License-Identifier: BSD-2-Clause" in line for line in lines[:3]):
            yield f"{name}:1: no SPDX line"
    for number, line in enumerate(lines, 1):
        rules = []
        if path.suffix in CODE:
            rules += in_code(name, line)
        if path != THIS:
            rules += anywhere(line)
        if len(line) > COLUMNS and path.suffix not in (".md", ".json", ".txt"):
            rules.append(f"more than {COLUMNS} columns")
        if line != line.rstrip():
            rules.append("blanks at the end of the line")
        for rule in rules:
            yield f"{name}:{number}: {rule}"


def main():
    files = repository_files()
    bad = [finding for name in files for finding in findings(name)]
    for finding in bad:
        print(finding)
    print(f"{len(files)} files, {len(bad)} findings")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main())
