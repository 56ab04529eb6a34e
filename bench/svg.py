# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Pictures as SVG text: bars of ratios, and curves. Readable on a light and on a dark page."""

import math

WIDTH = 720
LEFT = 250
INK = "#777"
COLOURS = ["#2a7ab0", "#c0504d", "#5a9a4a", "#8a62b0", "#c98a2b"]


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text(x, y, what, anchor="start", colour=INK):
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">\n'
        f"{escape(what)}</text>"
    )


def line(x1, y1, x2, y2, colour=INK, dashes=""):
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dash}/>'
    )


def picture(height, title, parts):
    head = [
        "<!-- SPDX-License-Identifier: BSD-2-Clause -->",
        "<!-- Copyright (c) 2026 The libdmacoh authors; scripts/bench writes this -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"',
        f'  viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
    ]
    return "\n".join([*head, *parts, "</svg>"]) + "\n"


def bars(title, rows):
    """rows: (label, ratio, goal or None). A logarithmic axis; 1 is the peer."""
    step = 24
    top = 40
    values = [value for _, ratio, goal in rows for value in (ratio, goal) if value]
    low = min(math.floor(math.log10(min(values))), -1)
    high = max(math.ceil(math.log10(max(values))), 1)
    height = top + step * len(rows) + 50

    def x(value):
        share = (math.log10(value) - low) / (high - low)
        return LEFT + share * (WIDTH - LEFT - 70)

    parts = [text(10, 20, title, colour=INK)]
    for power in range(low, high + 1):
        at = x(10.0**power)
        parts.append(line(at, top - 6, at, height - 40, dashes="2 4" if power else ""))
        parts.append(text(at, height - 24, f"{10.0 ** power:g}", "middle"))
    for i, (label, ratio, goal) in enumerate(rows):
        y = top + step * i
        end = x(ratio)
        met = goal is None or ratio <= goal
        parts.append(text(LEFT - 8, y + 14, label, "end"))
        parts.append(
            f'<rect x="{min(end, x(1)):.1f}" y="{y + 2}" width="{abs(end - x(1)):.1f}"\n'
            f'height="{step - 8}" fill="{COLOURS[0] if met else COLOURS[1]}"/>'
        )
        parts.append(text(max(end, x(1)) + 5, y + 14, f"{ratio:.3g}"))
        if goal is not None:
            parts.append(line(x(goal), y - 1, x(goal), y + step - 3, colour=COLOURS[2]))
    parts.append(text(LEFT, height - 6, "ours / peer: 1 is the peer, less is better; green: the goal"))
    return picture(height, title, parts)


def curves(title, across, up, series, logarithmic_y=False):
    """series: {name: [(x, y), ...]}; the x axis is logarithmic unless it is a percentage."""
    height = 320
    left, right, top, bottom = 60, WIDTH - 190, 54, height - 50
    points = [point for line_points in series.values() for point in line_points]
    xs = [px for px, _ in points]
    most = max(py for _, py in points)
    percent = across.startswith("percent")

    def x(value):
        if percent:
            return left + value / 100.0 * (right - left)
        span = math.log2(max(xs)) - math.log2(min(xs)) or 1.0
        return left + (math.log2(value) - math.log2(min(xs))) / span * (right - left)

    def scale(value):
        return math.log10(max(value, 1.0)) if logarithmic_y else value

    def y(value):
        return bottom - scale(value) / (scale(most) * 1.1) * (bottom - top)

    parts = [text(10, 20, title), line(left, bottom, right, bottom), line(left, top, left, bottom)]
    for value in sorted(set(xs)):
        if percent or math.log2(value) % 2 == 0:
            parts.append(text(x(value), bottom + 18, f"{value:g}", "middle"))
    for i in range(1, 5):
        value = 10.0 ** (i * scale(most) / 4) if logarithmic_y else most * i / 4
        parts.append(line(left, y(value), right, y(value), dashes="2 4"))
        parts.append(text(left - 6, y(value) + 4, f"{value:.0f}", "end"))
    for i, (name, line_points) in enumerate(series.items()):
        colour = COLOURS[i % len(COLOURS)]
        path = "\n".join(f"{x(px):.1f},{y(py):.1f}" for px, py in line_points)
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>')
        parts.append(text(right + 10, top + 20 * i + 10, name, colour=colour))
    parts.append(text((left + right) / 2, height - 10, across, "middle"))
    parts.append(text(left, top - 8, up))
    return picture(height, title, parts)
