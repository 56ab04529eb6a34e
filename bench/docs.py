#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Writes docs/figures.md and its pictures from what the benchmarks printed.

Only counts go there: they are the same in every run. Times are printed by scripts/bench.
"""

import argparse
import collections
import pathlib
import sys

import report
import svg

HERE = pathlib.Path(__file__).resolve().parent
ALLOCATORS = [
    ("dmacoh", "ours, under a lock"),
    ("dmacoh_magazine", "ours, magazines of 256"),
    ("dmacoh_alloc", "ours, whole granules"),
    ("rte_mempool", "DPDK rte_mempool"),
    ("rte_mempool_cache", "the same, cache of 256"),
    ("ck_stack", "free list on ck_stack"),
    ("jemalloc", "jemalloc"),
    ("mimalloc", "mimalloc"),
    ("glibc", "glibc malloc"),
]
CALLS = [
    ("snoop_map_1500", "map, coherent device, 1500 B"),
    ("snoop_unmap_1500", "unmap"),
    ("snoop_map_list", "map a list of 16 pages, coherent device"),
    ("snoop_unmap_list", "unmap"),
    ("map_64", "map, device that does not snoop, 64 B to the device"),
    ("unmap_64", "unmap"),
    ("map_4096", "map 4 KiB from the device"),
    ("sync_cpu_4096", "sync for CPU"),
    ("sync_device_4096", "sync for device"),
    ("unmap_4096", "unmap"),
    ("map_list", "map a list of 16 pages from the device"),
    ("unmap_list", "unmap"),
    ("alloc_4096", "alloc 4 KiB, not zeroed"),
    ("free_4096", "free"),
    ("object_alloc", "small object, magazine"),
    ("object_free", "free"),
]


def read(paths):
    """Figures, curves, profiles, absent peers, compilers."""
    figures, compilers = {}, {}
    curves = collections.defaultdict(list)
    profiles = collections.defaultdict(list)
    absent = []
    for words in (words for path in paths for words in report.read_lines(path)):
        if words[0] == "figure":
            figures[words[1]] = (float(words[2]), words[3])
        elif words[0] == "curve":
            curves[words[1]].append((float(words[2]), float(words[3])))
        elif words[0] == "profile":
            profiles[words[1]].append((int(words[2], 16), int(words[3])))
        elif words[0] == "absent":
            absent.append(words[1])
        elif words[0] == "compiler":
            compilers[words[1]] = " ".join(words[2:])
    return figures, curves, profiles, absent, compilers


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def verdict(value, limit):
    if limit == "-":
        return "-"
    return f"{limit} {'met' if report.within(value, limit) else '**not met**'}"


def goals_table(figures, goals):
    lines = [row("figure", "value", "peer", "ratio", "goal", "gate"), "|---|---:|---|---:|---|---|"]
    for key, (peer, goal, gate, what) in goals.items():
        if key not in figures:
            continue
        value, unit = figures[key]
        compared = value if peer is None else value / peer
        beside = "-" if peer is None else f"{report.number(peer)} {what}"
        ratio = "-" if peer is None else f"{compared:.3g}"
        cells = (f"`{key}`", f"{report.number(value)} {unit}", beside, ratio)
        lines.append(row(*cells, verdict(compared, goal), verdict(compared, gate)))
    return lines


def missed(figures, goals):
    """The figures whose goal is not met."""
    for key, (peer, goal, _gate, _what) in goals.items():
        if key in figures and goal != "-":
            value = figures[key][0]
            if not report.within(value if peer is None else value / peer, goal):
                yield key


def profile_lines(figures, goals, profiles, image):
    """Where the instructions of the calls behind missed goals are."""
    symbols = report.functions_of(image)
    lines = []
    for key in missed(figures, goals):
        calls = [name for name in PROFILE_OF.get(key, (key,)) if name in profiles]
        for name in calls:
            counts = report.by_function(profiles[name], symbols)
            total = sum(counts.values())
            parts = ", ".join(
                f"{function.replace('dmacoh_i_', '')} {count}" for function, count in counts.most_common(9)
            )
            lines.append(row(f"`{key}`", f"{name}: {total}", parts))
    if lines:
        lines = [row("figure", "call", "instructions by function"), "|---|---|---|", *lines]
    return lines


# Which profiled calls stand behind a figure that has another name.
PROFILE_OF = {
    "pool_mixed.75.pair": ("pool_mixed.typical.alloc", "pool_mixed.typical.free"),
    "bounce_slots.2KiB.10.slot": ("bounce_slots.take", "bounce_slots.give"),
    "small.pair": ("small.alloc", "small.free"),
    "magazine.pair": ("magazine.alloc", "magazine.free"),
}


def allocators_table(figures):
    sizes = ("64", "256", "4096")
    lines = [row("allocator", *(f"{size} B" for size in sizes)), "|---|---:|---:|---:|"]
    for name, title in ALLOCATORS:
        keys = [f"pool_fixed.{size}.4MiB.90.random.{name}.pair" for size in sizes]
        if any(key in figures for key in keys):
            cells = (f"{figures[key][0]:.0f}" if key in figures else "-" for key in keys)
            lines.append(row(title, *cells))
    return lines


def fragmentation_table(figures):
    columns = ("75.largest", "90.largest", "refusal", "75.pair")
    lines = [
        row("allocator", "largest / free at 75 %", "at 90 %", "full at the first refusal", "pair, instr"),
        "|---|---:|---:|---:|---:|",
    ]
    for name in ("dmacoh_alloc", "first_fit", "best_fit"):
        keys = [f"fragmentation.{column}.{name}" for column in columns]
        if all(key in figures for key in keys):
            units = ("%", "%", "%", "")
            cells = (f"{figures[key][0]:.1f} {unit}".strip() for key, unit in zip(keys, units))
            lines.append(row(name.replace("_", " "), *cells))
    return lines


def bounce_table(figures):
    lines = [
        row("slots", "full", "ours", "searched one by one", "ratio", "whole map and unmap"),
        "|---|---:|---:|---:|---:|---:|",
    ]
    for size in ("2KiB", "64KiB", "256KiB"):
        for percent in (10, 50, 90, 99):
            key = f"bounce_slots.{size}.{percent}"
            if f"{key}.slot" in figures and f"{key}.linear" in figures:
                ours, other = figures[f"{key}.slot"][0], figures[f"{key}.linear"][0]
                lines.append(
                    row(size.replace("KiB", " KiB"), f"{percent} %", f"{ours:.0f}", f"{other:.0f}",
                        f"{ours / other:.3g}", f"{figures[f'{key}.pair'][0]:.0f}")
                )
    if "bounce_slots.refused.linear" in figures:
        ours = figures["bounce_slots.refused.slot"][0]
        other = figures["bounce_slots.refused.linear"][0]
        whole = figures["bounce_slots.refused.map"][0]
        cells = (f"{ours:.0f}", f"{other:.0f}", f"{ours / other:.3g}", f"{whole:.0f}")
        lines.append(row("none fits", "50 %", *cells))
    return lines


def targets_table(figures):
    names = sorted({key.split(".")[1] for key in figures if key.startswith("target.")})
    lines = [row("call", *names), "|---|" + "---:|" * len(names)]
    for call, title in CALLS:
        cells = []
        for name in names:
            key = f"target.{name}.{call}"
            if f"{key}.instr" not in figures:
                cells.append("-")
                continue
            counts = [report.number(figures[f"{key}.{what}"][0])
                      for what in ("instr", "cache", "barriers")]
            cells.append(counts[0] if counts[1:] == ["0", "0"] else " / ".join(counts))
        lines.append(row(title, *cells))
    return lines


def text_table(figures):
    lines = [row("configuration", "bytes"), "|---|---:|"]
    for key, (value, _unit) in figures.items():
        if key.startswith("text."):
            lines.append(row(key[5:].replace("_", " "), report.number(value)))
    return lines


def slots_curve(figures, what):
    keys = {percent: f"bounce_slots.64KiB.{percent}.{what}" for percent in (10, 50, 90, 99)}
    return [(percent, figures[key][0]) for percent, key in keys.items() if key in figures]


def write_pictures(folder, figures, curves, goals):
    rows = []
    for key, (peer, goal, _gate, _what) in goals.items():
        if peer is not None and key in figures:
            rows.append((key, figures[key][0] / peer, None if goal == "-" else float(goal)))
    pictures = {
        "ratios": svg.bars("Ours against the peers of the table", rows),
        "pool_size": svg.curves(
            "Alloc and free against the size of the pool, 75 % full", "MiB", "instructions",
            {"pair, average": curves["pool_size.pair"], "worst pair": curves["pool_size.max"]}),
        "pool_fill": svg.curves(
            "Alloc and free against the fill, 64 MiB", "percent full", "instructions",
            {"pair, average": curves["pool_fill.pair"], "worst pair": curves["pool_fill.max"]}),
        "bounce_fill": svg.curves(
            "A slot of 64 KiB, taken and given back", "percent full", "instructions",
            {"ours": slots_curve(figures, "slot"),
             "ours, all of the map": curves["bounce.pair"],
             "searched one by one": slots_curve(figures, "linear")},
            logarithmic_y=True),
        "list": svg.curves(
            "Map and unmap of a list, coherent device, an entry", "entries", "instructions",
            {"none touch": curves["list.apart"], "all touch": curves["list.contiguous"]}),
        "magazine": svg.curves(
            "Small objects that cross CPUs, bursts of 32", "CPUs", "instructions",
            {"pair, average": curves["magazine.pair"], "worst pair": curves["magazine.max"]}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (folder / f"{name}.svg").write_text(picture)
    return list(pictures)


def page(data, image):
    figures, _curves, profiles, absent, compilers = data
    goals = report.read_goals()
    parts = (HERE / "figures.in.md").read_text()
    blanks = {
        "COMPILERS": [f"{compilers.get('host', '?')} for x86-64, {compilers.get('target', '?')} for ARM."],
        "GOALS": goals_table(figures, goals),
        "PROFILES": profile_lines(figures, goals, profiles, image),
        "ALLOCATORS": allocators_table(figures),
        "ABSENT": [f"Not on the machine that wrote this: {', '.join(absent)}."] if absent else [],
        "FRAGMENTATION": fragmentation_table(figures),
        "BOUNCES": bounce_table(figures),
        "TARGETS": targets_table(figures),
        "TEXT": text_table(figures),
    }
    for name, lines in blanks.items():
        parts = parts.replace(f"@{name}@", "\n".join(lines))
    return parts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=pathlib.Path, nargs="+")
    parser.add_argument("--image", type=pathlib.Path, required=True)
    parser.add_argument("--docs", type=pathlib.Path, required=True, help="the folder docs/")
    args = parser.parse_args()

    data = read(args.results)
    write_pictures(args.docs / "figures", data[0], data[1], report.read_goals())
    (args.docs / "figures.md").write_text(page(data, args.image))
    print(f"written: {args.docs / 'figures.md'} and {args.docs / 'figures'}/*.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
