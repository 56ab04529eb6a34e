# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""A C file as the mutation operators see it: code without comments and strings, and who owns what.

Not a parser: it relies on the layout that .clang-format enforces (braces everywhere, a space on both
sides of a binary operator).
"""

import bisect
import dataclasses
import re

# Comments, strings, characters.
QUIET = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\\\n]|\\\n|\\.)*", re.M)
DEFINE = re.compile(r"#\s*define\s+(\w+)(\([^)]*\))?")
IDENTIFIER_LAST = re.compile(r"(\w+)\s*(?:\[[^\]]*\]\s*)*$")

OPENING = {")": "(", "]": "[", "}": "{"}
CLOSING = {v: k for k, v in OPENING.items()}


def blank(text):
    """The same length and lines, nothing else."""
    return re.sub(r"[^\n]", " ", text)


@dataclasses.dataclass(frozen=True)
class Owner:
    """What a piece of code belongs to: a function, a macro, or a table."""

    name: str
    start: int
    end: int


class Source:
    """One file. `code` has the length of `text`, with everything blank that is not code."""

    def __init__(self, path, text, macros):
        self.path = path
        self.text = text
        code = QUIET.sub(lambda m: blank(m[0]), text)
        self.owners = []
        pieces = []
        at = 0
        for directive in DIRECTIVE.finditer(code):
            define = DEFINE.match(directive[0].lstrip())
            pieces.append(code[at : directive.start()])
            if macros and define:
                head = directive.start() + directive[0].index("#") + define.end()
                body = code[head : directive.end()].replace("\\\n", " \n")
                pieces.append(" " * (head - directive.start()) + body)
                self.owners.append(Owner(define[1], head, directive.end()))
            else:
                pieces.append(blank(directive[0]))
            at = directive.end()
        pieces.append(code[at:])
        self.code = "".join(pieces)
        self._find_functions()
        self.owners.sort(key=lambda owner: owner.start)
        self._starts = [owner.start for owner in self.owners]

    def _find_functions(self):
        """Functions and initialised tables at the outermost level; types own nothing."""
        macros = [(owner.start, owner.end) for owner in self.owners]
        code = self.code
        for start, end in macros:
            code = code[:start] + blank(code[start:end]) + code[end:]
        at = 0
        while (at := code.find("{", at)) >= 0:
            end = match(code, at)
            before = code[:at].rstrip()
            name = None
            if before.endswith(")"):
                before = before[: match_back(before, len(before) - 1)].rstrip()
                name = IDENTIFIER_LAST.search(before)
            elif before.endswith("="):
                name = IDENTIFIER_LAST.search(before[:-1].rstrip())
            if name:
                self.owners.append(Owner(name[1], at, end + 1))
            at = end + 1

    def owner(self, at):
        """The owner of a position, or None."""
        i = bisect.bisect_right(self._starts, at) - 1
        if i < 0 or at >= self.owners[i].end:
            return None
        return self.owners[i]

    def line(self, at):
        """Line number of a position, from 1."""
        return self.text.count("\n", 0, at) + 1


def match(code, at):
    """Position of the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(code)):
        if code[i] in CLOSING:
            depth += 1
        elif code[i] in OPENING:
            depth -= 1
            if depth == 0:
                return i
    raise ValueError(f"unbalanced bracket at {at}")


def match_back(code, at):
    """Position of the bracket that opens the one at `at`."""
    depth = 0
    for i in range(at, -1, -1):
        if code[i] in OPENING:
            depth += 1
        elif code[i] in CLOSING:
            depth -= 1
            if depth == 0:
                return i
    raise ValueError(f"unbalanced bracket at {at}")


def split_arguments(code, start, end):
    """Spans of the arguments between the brackets at start and end."""
    spans = []
    depth = 0
    first = start + 1
    for i in range(start + 1, end + 1):
        if code[i] in CLOSING:
            depth += 1
        elif i == end or (code[i] == "," and depth == 0):
            spans.append((first, i))
            first = i + 1
        elif code[i] in OPENING:
            depth -= 1
    return spans
