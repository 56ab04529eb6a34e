#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""docs_tables.py DIR: writes the pages that are measured or compiled, and not written.

budget.md: text per configuration, stack per public function. policy.md: the policy rows.
"""

import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]


def output(*command):
    """What a command prints."""
    return subprocess.run(command, check=True, text=True, capture_output=True).stdout


def measured(script, scratch):
    """Runs a measurement of tests/budget and returns its table; its gates are tests, not ours."""
    part = scratch / (script + ".table")
    subprocess.run(
        [TOP / "tests/budget" / script, "--scratch", scratch, "--markdown", part],
        check=False, capture_output=True,
    )
    return part.read_text()


def budget_page(scratch):
    """Sizes and stacks of the library as it is now."""
    compiler = output("arm-none-eabi-gcc", "-dumpfullversion").strip()
    return (
        "# Measured sizes {#budget}\n\n"
        f"Generated with the documentation, by arm-none-eabi-gcc {compiler}.\n\n"
        "## Text\n\n"
        "Bytes, `-Os`, Thumb-2, of a client that calls every function of the configuration,\n"
        "linked with `--gc-sections`. Strings are apart.\n\n"
        + measured("text_size.py", scratch)
        + "\n## Stack\n\n"
        "The worst call chain of each public function. A star: the chain also calls the port or a\n"
        "hook, whose stack is not counted.\n\n"
        + measured("stack.py", scratch)
    )


def policy_page(scratch):
    """The policy rows, out of the backend's own table."""
    program = scratch / "policy_table"
    includes = [f"-I{TOP / path}" for path in ("include", "src/core", "src/arch/arm")]
    output(
        "gcc", "-std=c11", "-DDMACOH_BACKEND_DYNAMIC=1", *includes,
        str(TOP / "scripts/checks/policy_table.c"), str(TOP / "src/arch/arm/armv7a_policy.c"),
        "-o", str(program),
    )
    return (
        "# Policy rows {#policy}\n\n"
        "Generated with the documentation, out of src/arch/arm/armv7a_policy.c. A row is chosen by\n"
        "the CPU's MIDR; the last one is for every CPU without a row of its own.\n\n"
        + output(str(program))
    )


def main():
    out = pathlib.Path(sys.argv[1]).resolve()
    scratch = out / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    (out / "budget.md").write_text(budget_page(scratch))
    (out / "policy.md").write_text(policy_page(scratch))


if __name__ == "__main__":
    main()
