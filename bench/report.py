#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Reads "figure" and "profile" lines, prints figures beside goals and gates, compares with a record.

A figure is worse than recorded if it is more than 3 percent above its value in the record (for
percentages of free memory: below). Figures of a compiler that made no record are not compared.
"""

import argparse
import bisect
import collections
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCE = 0.03
# What has no better or worse, or is a result of others.
NOT_RECORDED = {"calls", "paths", "x"}
HIGHER_IS_BETTER = {"percent"}


def read_lines(path):
    """Words of the lines that are no comment."""
    return [
        line.split()
        for line in path.read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]


def read_goals():
    """figure -> (peer or None, goal, gate, what the peer is); goal and gate as text or "-"."""
    goals = {}
    for words in read_lines(HERE / "goals.txt"):
        key, peer, goal, gate = words[:4]
        goals[key] = (None if peer == "-" else float(peer), goal, gate, " ".join(words[4:]))
    return goals


def within(value, limit):
    """Does value keep a goal or gate, written as "2" or ">0.95"?"""
    if limit.startswith(">"):
        return value >= float(limit[1:])
    return value <= float(limit)


def verdict(value, limit):
    """Text of one goal or gate beside a value."""
    if limit == "-":
        return "-"
    return f"{limit} {'met' if within(value, limit) else 'NOT MET'}"


def number(value):
    return f"{value:.4g}" if value != int(value) else str(int(value))


def table(figures, goals):
    """The figures, one a line, goals and gates beside them."""
    line = "{:<30}{:>10}  {:<9}{:>7}  {:<15}{:<15}{}"
    print(line.format("figure", "value", "unit", "ratio", "goal", "gate", "ratio to").rstrip())
    for key, (value, unit) in figures.items():
        peer, goal, gate, what = goals.get(key, (None, "-", "-", "-"))
        compared = value if peer is None else value / peer
        ratio = "-" if peer is None else f"{compared:.2f}"
        to = "" if peer is None else f"{number(peer)}: {what}"
        print(
            line.format(
                key, number(value), unit, ratio, verdict(compared, goal), verdict(compared, gate), to
            ).rstrip()
        )


def compare(figures, record, compilers):
    """Prints what is worse than recorded. Returns their number."""
    recorded = {words[0]: words[1:] for words in read_lines(record)}
    worse = missing = better = 0
    for tool, version in compilers.items():
        known = " ".join(recorded.get(tool, ["nothing"]))
        if known != version:
            print(f"recorded with {tool} {known}, this is {version}: its figures are not compared")
    for key, (value, unit) in figures.items():
        if unit in NOT_RECORDED or tool_differs(key, recorded, compilers):
            continue
        if key not in recorded:
            print(f"not in the record: {key}")
            missing += 1
            continue
        before = float(recorded[key][0])
        sign = -1.0 if unit in HIGHER_IS_BETTER else 1.0
        change = sign * (value - before)
        if change > TOLERANCE * abs(before):
            print(f"WORSE than recorded: {key} {number(before)} -> {number(value)} {unit}")
            worse += 1
        elif -change > TOLERANCE * abs(before):
            better += 1
    for key in recorded:
        if key not in figures and key not in compilers:
            print(f"recorded, but not measured: {key}")
            missing += 1
    if better:
        print(f"{better} figures are better than recorded; scripts/bench --record keeps them")
    return worse + missing


def tool_differs(key, recorded, compilers):
    target = key.startswith(("text.", "arm.", "target."))
    tool = "compiler.target" if target else "compiler.host"
    return " ".join(recorded.get(tool, [])) != compilers.get(tool)


def write_record(figures, record, compilers):
    lines = [
        "# SPDX-License-Identifier: BSD-2-Clause",
        "# Copyright (c) 2026 The libdmacoh authors",
        "#",
        "# Figures of the last accepted run; written by scripts/bench --record, read by --check.",
        "",
    ]
    lines += [f"{tool} {version}" for tool, version in compilers.items()]
    lines += [
        f"{key} {number(value)} {unit}"
        for key, (value, unit) in figures.items()
        if unit not in NOT_RECORDED
    ]
    record.write_text("\n".join(lines) + "\n")
    print(f"recorded in {record}")


def functions_of(image):
    """Start addresses and names of the image's functions."""
    symbols = []
    text = subprocess.run(["nm", image], check=True, text=True, capture_output=True).stdout
    for words in map(str.split, text.splitlines()):
        if len(words) == 3 and words[1] in "tT":
            symbols.append((int(words[0], 16), words[2]))
    return sorted(symbols)


def by_function(addresses, symbols):
    """Instructions by function, of one profiled call."""
    starts = [start for start, _ in symbols]
    counts = collections.Counter()
    for address, count in addresses:
        counts[symbols[bisect.bisect(starts, address) - 1][1]] += count
    return counts


def print_profiles(profiles, image):
    """The same, for each profiled call."""
    symbols = functions_of(image)
    for key, addresses in profiles.items():
        counts = by_function(addresses, symbols)
        print(f"\nwhere {key} is: {sum(counts.values())} instructions")
        for name, count in counts.most_common():
            print(f"  {count:>6}  {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=pathlib.Path, nargs="+")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures here, too")
    parser.add_argument("--record", type=pathlib.Path, help="compare with this file")
    parser.add_argument("--write", action="store_true", help="write the record, do not compare")
    parser.add_argument("--profile", type=pathlib.Path, help="the image: print where calls spend")
    args = parser.parse_args()

    figures = {}
    compilers = {}
    profiles = collections.defaultdict(list)
    for words in (words for path in args.results for words in read_lines(path)):
        if words[0] == "figure":
            figures[words[1]] = (float(words[2]), words[3])
        elif words[0] == "absent":
            print(f"not on this machine, so not measured: {words[1]}")
        elif words[0] == "compiler":
            compilers["compiler." + words[1]] = " ".join(words[2:])
        elif words[0] == "profile":
            profiles[words[1]].append((int(words[2], 16), int(words[3])))

    table(figures, read_goals())
    if args.profile:
        print_profiles(profiles, args.profile)
    if args.json:
        values = {key: {"value": value, "unit": unit} for key, (value, unit) in figures.items()}
        args.json.write_text(json.dumps({**compilers, "figures": values}, indent=1) + "\n")
    print()
    if args.write:
        write_record(figures, args.record, compilers)
        return 0
    if args.record and compare(figures, args.record, compilers):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
