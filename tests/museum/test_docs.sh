#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The pages of the museum are what the command makes of its data:
# test_docs.sh PATH-OF-dmacoh-sim DOCS-MUSEUM

set -eu

program=$1
pages=$2
made=$(mktemp -d "${TMPDIR:-/tmp}/dmacoh-museum.XXXXXX")
trap 'rm -rf "$made"' EXIT

if "$program" museum --docs "$made/nowhere" 2>/dev/null; then
    echo "FAIL: pages in a directory that does not exist"
    exit 1
fi
"$program" museum --docs "$made"
if ! diff -r "$made" "$pages"; then
    echo "FAIL: run \"dmacoh-sim museum --docs docs/museum\""
    exit 1
fi
