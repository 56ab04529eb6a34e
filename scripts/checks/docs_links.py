#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Checks that what the documentation refers to exists.

* Relative links of all Markdown files, with their #anchors.
* Source keys like [ARM-DSB] in headers, sources and pages: each is a row of docs/references.md.
* Rows of docs/references.md that nothing uses.
* Functions written as name() in the pages: each is declared in a public header.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
REFERENCES = TOP / "docs/references.md"

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
KEY = re.compile(r"\[((?:ARM|MIPS|PPC|PA|PL310|CTEST|NVME|PCI)-[A-Z0-9]+(?:-[A-Z0-9]+)*)\]")
ROW = re.compile(r"^\| \[([A-Z0-9-]+)\] \|", re.M)
FUNCTION = re.compile(r"\b(dmacoh_\w+)\(\)")
DECLARED = re.compile(r"\b(dmacoh_\w+)\(")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)


def anchors(text):
    """The anchors that the headings of a page make, in GitHub's way, and explicit {#ids}."""
    result = set(re.findall(r"\{#([\w-]+)\}", text))
    for heading in re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.M):
        heading = re.sub(r"\{#[\w-]+\}", "", heading).strip().lower()
        result.add(re.sub(r"[^\w -]", "", heading).replace(" ", "-"))
    return result


def broken_links(page):
    """Links of one page that lead nowhere."""
    for link in LINK.findall(FENCE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        if not path.exists():
            yield f"{page.relative_to(TOP)}: link to {link}: no such file"
        elif anchor and path.suffix == ".md" and anchor not in anchors(path.read_text()):
            yield f"{page.relative_to(TOP)}: link to {link}: no such heading"


def main():
    pages = sorted(TOP.glob("*.md")) + sorted((TOP / "docs").rglob("*.md"))
    code = [p for d in ("include", "src", "examples", "tests") for p in (TOP / d).rglob("*.[chS]")]
    bad = [line for page in pages for line in broken_links(page)]

    rows = ROW.findall(REFERENCES.read_text())
    used = set()
    for path in code + [page for page in pages if page != REFERENCES]:
        for key in set(KEY.findall(path.read_text())):
            used.add(key)
            if key not in rows:
                bad.append(f"{path.relative_to(TOP)}: [{key}] is not in docs/references.md")
    bad += [f"docs/references.md: nothing refers to [{key}]" for key in rows if key not in used]

    headers = [p for p in code if p.is_relative_to(TOP / "include")]
    declared = {name for header in headers for name in DECLARED.findall(header.read_text())}
    for page in pages:
        for name in sorted(set(FUNCTION.findall(page.read_text())) - declared):
            bad.append(f"{page.relative_to(TOP)}: {name}() is not declared in any public header")

    print("\n".join(bad + [f"{len(pages)} pages, {len(rows)} references, {len(bad)} findings"]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
