# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""All mutants of the library, each with an id that survives edits elsewhere in its file."""

import collections
import dataclasses
import hashlib
import re

import operators
from source import Source

DIRECTORIES = ["src/arch", "src/core"]

# Declarations, or code that a target build alone has.
SKIPPED = {"src/core/config.h", "src/core/backend.h", "src/core/compiler.h"}


@dataclasses.dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    id: str
    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]

    def __str__(self):
        old = " ".join(self.old.split())
        return f"{self.id}  {self.path}:{self.line}: '{old}' -> '{self.new.strip()}'"


def digest(code, owner, start, end, new):
    """Of the statement with the change in it. A statement that is edited has new mutants."""
    first = max(owner.start, max(code.rfind(mark, 0, start) for mark in ";{}") + 1)
    last = min((at for mark in ";{}" if (at := code.find(mark, end)) >= 0), default=len(code))
    last = min(owner.end, last)
    text = f"{code[first:start]}<{code[start:end]}|{new}>{code[end:last]}"
    changed = re.sub(r"\s+", "", text)
    return hashlib.sha256(changed.encode()).hexdigest()[:6]


def of_file(path, text):
    """
    The mutants of one file. Ids: file:function:kind:digest, and a number where those are the same.
    Nothing in them depends on what stands elsewhere in the file or on its layout.
    """
    in_layer = "/insn/" in path
    source = Source(path, text, macros="src/arch/" in path and not in_layer)
    code = text if in_layer else source.code
    changes = set()
    for operator in [operators.instructions] if in_layer else operators.ALL:
        changes.update(operator(source))
    numbers = collections.Counter()
    mutants = []
    for start, end, new, kind in sorted(changes, key=lambda change: (change[0], change[3], change[2])):
        owner = source.owner(start)
        if owner is None or text[start:end] == new:
            continue
        name = f"{path.removeprefix('src/')}:{owner.name}:{kind}:{digest(code, owner, start, end, new)}"
        numbers[name] += 1
        if numbers[name] > 1:
            name += f":{numbers[name]}"
        mutants.append(Mutant(name, path, source.line(start), start, end, text[start:end], new))
    return mutants


def of_tree(top):
    """The mutants of all files, file by file."""
    mutants = []
    for directory in DIRECTORIES:
        for file in sorted((top / directory).rglob("*.[ch]")):
            path = str(file.relative_to(top))
            if path not in SKIPPED:
                mutants += of_file(path, file.read_text())
    return mutants
