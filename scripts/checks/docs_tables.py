#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""docs_tables.py BUILD/docs/DIR: writes the pages that are measured or compiled, and not written.

budget.md: text per configuration and backend, stack per public function. policy.md: the policy rows of
all backends. conformance.md: what the suite runs on each model; asks the test program in BUILD.
"""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]

# Backend, what the documentation calls it, the register by which a row is chosen.
BACKENDS = [
    ("armv7a", "ARMv7-A", "MIDR"),
    ("armv7m", "ARMv7-M", "CPUID"),
    ("armv6", "ARMv6", "MIDR"),
    ("armv5", "ARMv5", "MIDR"),
    ("mips32", "MIPS32", "PRId"),
    ("pa11", "PA-RISC 1.1", "CPU"),
    ("pa20", "PA-RISC 2.0", "CPU"),
    ("e500", "PowerPC e500", "PVR"),
    ("ppc44x", "PowerPC 405, 440, 460, 476", "PVR"),
    ("ppc6xx", "PowerPC 603 to 74xx", "PVR"),
    ("ppc8xx", "PowerPC 8xx", "PVR"),
]
MODEL = re.compile(r'(?:ROW_\w+\(|\.name = )"([^"]+)"')


def output(*command):
    """What a command prints."""
    return subprocess.run(command, check=True, text=True, capture_output=True).stdout


def table(header, rows):
    """A table in Markdown; columns whose header ends with a colon are numbers."""
    rule = ["---:" if cell.endswith(":") else "---" for cell in header]
    lines = [[cell.rstrip(":") for cell in header], *rows]
    text = ["| " + " | ".join(cells) + " |" for cells in lines]
    text.insert(1, "|" + "|".join(rule) + "|")
    return "\n".join(text) + "\n"


def cells_of(markdown):
    """The rows of a table in Markdown, without its header."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in markdown.splitlines()[2:]]


def measured(script, backend, scratch):
    """Runs a measurement of tests/budget and returns its table; its gates are tests, not ours."""
    part = scratch / f"{script}.{backend}.table"
    subprocess.run(
        [TOP / "tests/budget" / script, "--backend", backend, "--scratch", scratch / backend,
         "--markdown", part],
        check=False, capture_output=True,
    )
    return part.read_text()


def other_stacks(scratch):
    """Stack per public function on the backends other than the first: bytes of both modes."""
    names = [(name, title) for name, title, _ in BACKENDS[1:]]
    rows = {}
    for name, _ in names:
        for function, fast, _, small, _ in cells_of(measured("stack.py", name, scratch)):
            rows.setdefault(function, [function]).extend([fast, small])
    header = ["function"]
    for _, title in names:
        header += [f"{title}, -O2:", f"{title}, -Os:"]
    return table(header, rows.values())


def budget_page(scratch):
    """Sizes and stacks of the library as it is now."""
    compiler = output("arm-none-eabi-gcc", "-dumpfullversion").strip()
    first = BACKENDS[0]
    text = (
        "# Measured sizes {#budget}\n\n[TOC]\n\n"
        f"Generated with the documentation, by arm-none-eabi-gcc {compiler}.\n\n"
        "## Text\n\n"
        "Bytes, `-Os`, of a client that calls every function of the configuration, linked with\n"
        "`--gc-sections`. Thumb-2, but ARM where the backend needs it: ARMv5 and ARMv6. Strings are\n"
        "apart. Goals and gates are those of ARMv7-A; the other backends share its core.\n"
    )
    for name, title, _ in BACKENDS:
        text += f"\n### {title}\n\n" + measured("text_size.py", name, scratch)
    return (
        text
        + "\n## Stack\n\n"
        "The worst call chain of each public function. A star: the chain also calls the port or a\n"
        "hook, whose stack is not counted.\n\n"
        f"### {first[1]}\n\n" + measured("stack.py", first[0], scratch)
        + "\n### The other backends\n\n" + other_stacks(scratch)
    )


def policy_rows(backend, register, scratch):
    """The rows of one backend, as the fields that policy_table.c prints."""
    program = scratch / f"policy_{backend}"
    includes = [f"-I{TOP / path}" for path in ("include", "src/core")]
    includes += [f"-I{path}" for path in sorted((TOP / "src/arch").glob("[!c]*"))]
    output(
        "gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-DDMACOH_BACKEND_DYNAMIC=1",
        "-DDMACOH_WITH_OUTER=1", f'-DPOLICY_FILE="{backend}_policy.c"',
        f"-DPOLICY_ID={register.lower()}", *includes,
        str(TOP / "scripts/checks/policy_table.c"), "-o", str(program),
    )
    return [line.split("\t") for line in output(str(program)).splitlines()]


def chosen_by(where, mask, value, register):
    """By what a row is chosen: the register, with x for digits that do not matter, and the outer cache."""
    digits = "".join("x" if bits == "0" else digit for bits, digit in zip(mask, value))
    text = "any other" if int(mask, 16) == 0 else f"{register} {digits}"
    return f"{text}, {where}" if where else text


def addresses(boundary, properties):
    """What an alias boundary means."""
    number = int(boundary, 16)
    if number == 0:
        return ""
    if "virtual address" not in properties:
        return f"a window slot is {number // 4096} pages"
    if number == 0x80000000:
        return "equal addresses only"
    return f"equal modulo {number // 1024} KiB"


def policy_section(backend, title, register, scratch):
    """The rows of a backend, and what each direction costs, once for all rows that agree."""
    rows = []
    kinds = {}
    for where, name, mask, value, *rest in policy_rows(backend, register, scratch):
        operations, boundary, properties = tuple(rest[:9]), rest[9], rest[10]
        kind = kinds.setdefault(operations, chr(ord("A") + len(kinds)))
        why = chosen_by(where, mask, value, register)
        rows.append([name, why, kind, addresses(boundary, properties), properties])
    text = f"\n## {title}\n\n" + table(
        ["row", "chosen by", "operations", "mappings of one page", "properties"], rows
    )
    directions = []
    for operations, kind in kinds.items():
        for number, direction in enumerate(("bidirectional", "to device", "from device")):
            first = kind if number == 0 else ""
            cells = list(operations[3 * number : 3 * number + 3])
            cells[1] = cells[1] if direction == "from device" else ""  # no other direction overwrites
            directions.append([first, direction, *cells])
    return text + "\n" + table(
        ["operations", "direction", "to the device", "with OVERWRITE", "to the CPU"], directions
    )


def policy_page(scratch):
    """The policy rows, out of the backends' own tables."""
    text = (
        "# Policy rows {#policy}\n\n[TOC]\n\n"
        "Generated with the documentation, out of `src/arch/*/*_policy.c`. The first row that fits is\n"
        "taken, an `x` fits every digit; the last one of each backend is for every CPU without a row of its\n"
        "own. @ref adding_a_cpu says how a row is made.\n"
    )
    for backend, title, register in BACKENDS:
        text += policy_section(backend, title, register, scratch)
    return text


def conformance_page(build):
    """Cases that each simulated CPU runs and skips."""
    text = (
        "# Conformance counts {#conformance}\n\n"
        "Generated with the documentation, by the test program itself. *Right* cases must go well, *wrong*\n"
        "ones are drivers that must be caught. @ref models says why a case is skipped.\n\n"
    )
    programs = sorted((build / "tests").glob("test_conformance.*"))
    if not programs:
        return text + "(The host build has no test program.)\n"
    return text + output(programs[0], "--table")


def check_models():
    """Each simulated CPU is named in the table of docs/testing.md; that one is written by hand."""
    names = MODEL.findall((TOP / "src/sim/models.c").read_text())
    page = (TOP / "docs/testing.md").read_text()
    missing = [name for name in names if not re.search(rf"[ |]{re.escape(name)}[ ,]", page)]
    if missing or not names:
        sys.exit(f"docs/testing.md: the table of models does not name {', '.join(missing)}")


def main():
    check_models()
    out = pathlib.Path(sys.argv[1]).resolve()
    scratch = out / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    (out / "budget.md").write_text(budget_page(scratch))
    (out / "policy.md").write_text(policy_page(scratch))
    (out / "conformance.md").write_text(conformance_page(out.parents[1]))


if __name__ == "__main__":
    main()
