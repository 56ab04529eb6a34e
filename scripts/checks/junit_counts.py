#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Counts of a CTest JUnit report: "passed N", "failed N", and "skipped NAME" for each skip.

A test that did not run is a failure, unless tests/expected_skips.txt names it.
"""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

EXPECTED = pathlib.Path(__file__).resolve().parents[2] / "tests" / "expected_skips.txt"


def expected_skips():
    """Names of tests that may be skipped, each with the reason."""
    skips = {}
    for line in EXPECTED.read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.partition(" ")
            skips[name] = reason.strip()
    return skips


def main():
    allowed = expected_skips()
    passed = 0
    failed = 0
    for case in ElementTree.parse(sys.argv[1]).getroot().iter("testcase"):
        name = case.get("name")
        if case.find("skipped") is not None and name in allowed:
            print(f"skipped {name} ({allowed[name]})")
        elif case.get("status") == "run" and case.find("failure") is None:
            passed += 1
        else:
            failed += 1
    print(f"passed {passed}")
    print(f"failed {failed}")


if __name__ == "__main__":
    main()
