#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""Checks what the archive defines and what it needs.

Defined globals all begin with dmacoh_. Undefined are only the port's functions and the four that
every C compiler may call. A helper of libgcc (a 64-bit division, say) fails here, but for those of a
target that has no instruction for something as simple.
"""

import argparse
import re
import subprocess
import sys

DEFINED = re.compile(r"dmacoh_\w+")
NEEDED = re.compile(r"dmacoh_port_\w+|mem(cpy|move|set|cmp)")

# PA-RISC has no instruction that multiplies without the FPU, counts zeros, or shifts two words. These
# are leaf functions that use general registers only; a 64-bit product or quotient would use the FPU's,
# and atomic builtins the gateway page of Linux.
HELPERS = {
    name: re.compile(r"\$\$mul[IU]|__c[lt]zsi2|__(ashl|lshr)di3") for name in ("pa11", "pa20")
}


def symbols(nm, library, *options):
    """Names that nm lists with `options`."""
    output = subprocess.run(
        [nm, "--format=posix", "--extern-only", *options, library],
        check=True,
        text=True,
        capture_output=True,
    ).stdout
    # Lines that end with a colon name the member of the archive.
    return {line.split()[0] for line in output.splitlines() if line and not line.endswith(":")}


def allowed(name, backend):
    """May the library need it?"""
    helper = HELPERS.get(backend)
    return NEEDED.fullmatch(name) or (helper and helper.fullmatch(name))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nm", required=True)
    parser.add_argument("--library", required=True)
    parser.add_argument("--backend", default="armv7a")
    args = parser.parse_args()

    defined = symbols(args.nm, args.library, "--defined-only")
    needed = symbols(args.nm, args.library, "--undefined-only") - defined
    bad = [f"defines {name}" for name in sorted(defined) if not DEFINED.fullmatch(name)]
    bad += [f"needs {name}" for name in sorted(needed) if not allowed(name, args.backend)]
    for line in bad:
        print(f"{args.library} {line}", file=sys.stderr)
    print(f"{len(defined)} defined; needs: {' '.join(sorted(needed))}")
    return 1 if bad or not defined else 0


if __name__ == "__main__":
    sys.exit(main())
