# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""What the golden tests share: compare lines with a file, or write it."""

import difflib

HEADER = "# SPDX-License-Identifier: BSD-2-Clause"


def compare(golden, lines, update):
    """True if the file holds the lines; prints the difference. `update` writes the file first."""
    lines = [HEADER] + lines
    if update:
        golden.write_text("\n".join(lines) + "\n")
    expected = golden.read_text().splitlines() if golden.exists() else []
    difference = list(difflib.unified_diff(expected, lines, "expected", "compiled", lineterm=""))
    if difference:
        print("\n".join(difference))
    return not difference
