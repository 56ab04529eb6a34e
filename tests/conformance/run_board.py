#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Runs the conformance image of a board and judges its TAP output.

    run_board.py --skips FILE [--update] -- COMMAND...
    run_board.py --must-fail [--says TEXT] -- COMMAND...

Every planned case must be reported once. A case that is skipped must stand in FILE (its name, then
the bit that the board lacks), and every case of FILE must be skipped for that reason. --update writes
what was skipped into FILE instead, below its head: for new cases, and to be read before it is kept.

--must-fail: the image, or what it is given, is wrong on purpose, and one of a few runs must begin and
then fail. That it has begun shows by TEXT in its output; by default the plan of the suite.

--watch: an access of a device to an address where nothing is has no effect that the board could see.
QEMU logs it, and it counts as a failure; as does an address that is beyond the mask of "edu".
"""
import argparse
import re
import subprocess
import sys
import tempfile

RESULT = re.compile(r"^(ok|not ok) (\d+) - (\S+)(?: # SKIP lacks (\S+))?\s*$")

# Addresses that the firmware of B160L itself probes for nothing.
PROBES = re.compile(r"addr 0x(F8380004|FFFC0020|700C)\b", re.IGNORECASE)


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


def run(command, limit):
    """Output and exit status of the board; None for one that did not end in time."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=limit, check=False)
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace"), None
    return done.stdout.decode(errors="replace"), done.returncode


def run_watched(command, limit):
    """The same, and what QEMU's log and output say of accesses that went nowhere."""
    with tempfile.NamedTemporaryFile() as log:
        output, status = run(command + ["-d", "guest_errors", "-D", log.name], limit)
        lines = log.read().decode(errors="replace").splitlines()
    lost = [line for line in lines if "Invalid" in line and not PROBES.search(line)]
    return output, status, lost + re.findall(r"^.*clamping.*$", output, re.MULTILINE)


def must_fail(command, limit, says):
    """Concurrency has no fixed outcome: a lock that is missing may be missed by chance, but not thrice."""
    for _ in range(3):
        output, status = run(command, limit / 3)
        print(output)
        if says not in output:
            sys.exit("the board did not start")
        if status != 0:
            print(f"failed, as it must: exit status {status}")
            return
    sys.exit("three runs passed that must fail")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--skips")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--must-fail", action="store_true")
    parser.add_argument("--says", default="1..")
    parser.add_argument("--watch", action="store_true")
    parser.add_argument("--timeout", type=float, default=170)
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()
    if args.must_fail:
        must_fail(args.command, args.timeout, args.says)
        return
    if not args.skips:
        parser.error("--skips or --must-fail")
    lost = []
    if args.watch:
        output, status, lost = run_watched(args.command, args.timeout)
    else:
        output, status = run(args.command, args.timeout)
    print(output)
    if status is None:
        sys.exit("the board did not end in time")
    if args.update:
        update(args.skips, output)
    problems, passed, skipped = judge(output, expected_skips(args.skips))
    problems += lost
    if status != 0:
        problems.append(f"exit status {status}")
    print(f"{passed} cases run, {skipped} skipped as expected")
    sys.exit("\n".join(problems) if problems else 0)


if __name__ == "__main__":
    main()
