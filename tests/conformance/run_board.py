#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Runs the conformance image of a board and judges its TAP output.

    run_board.py --skips FILE [--update] -- COMMAND...

Every planned case must be reported once. A case that is skipped must stand in FILE (its name, then
the bit that the board lacks), and every case of FILE must be skipped for that reason. --update writes
what was skipped into FILE instead, below its head: for new cases, and to be read before it is kept.
"""
import argparse
import re
import subprocess
import sys

RESULT = re.compile(r"^(ok|not ok) (\d+) - (\S+)(?: # SKIP lacks (\S+))?\s*$")


def expected_skips(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {row[0]: row[1] for row in rows}


def judge(output, wanted):
    """The complaints, and the numbers of passed and skipped cases."""
    plan = re.search(r"^1\.\.(\d+)\s*$", output, re.MULTILINE)
    problems = [] if plan else ["no plan: the board did not start"]
    skips = {}
    numbers = []
    for line in output.splitlines():
        found = RESULT.match(line)
        if not found:
            continue
        numbers.append(int(found[2]))
        if found[1] == "not ok":
            problems.append(f"{found[3]} failed")
        elif found[4]:
            skips[found[3]] = found[4]
    if plan and numbers != list(range(1, int(plan[1]) + 1)):
        problems.append(f"{len(numbers)} of {plan[1]} cases were reported")
    for name in sorted(skips.keys() | wanted.keys()):
        if skips.get(name) != wanted.get(name):
            problems.append(f"{name}: skipped for {skips.get(name)}, expected {wanted.get(name)}")
    return problems, len(numbers) - len(skips), len(skips)


def update(path, output):
    with open(path, encoding="utf-8") as lines:
        head = [line for line in lines if line.startswith("#")]
    found = [RESULT.match(line) for line in output.splitlines()]
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(head)
        out.writelines(f"{row[3]} {row[4]}\n" for row in found if row and row[4])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--skips", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--timeout", type=float, default=170)
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()
    try:
        run = subprocess.run(args.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, timeout=args.timeout, check=False)
    except subprocess.TimeoutExpired as late:
        print((late.stdout or b"").decode(errors="replace"))
        sys.exit("the board did not end in time")
    output = run.stdout.decode(errors="replace")
    print(output)
    if args.update:
        update(args.skips, output)
    problems, passed, skipped = judge(output, expected_skips(args.skips))
    if run.returncode != 0:
        problems.append(f"exit status {run.returncode}")
    print(f"{passed} cases run, {skipped} skipped as expected")
    sys.exit("\n".join(problems) if problems else 0)


if __name__ == "__main__":
    main()
