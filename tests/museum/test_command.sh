#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The command, as a user calls it: test_command.sh PATH-OF-dmacoh-sim

set -eu

program=$1
failures=0

# expect STATUS TEXT ARGUMENT...: the exit status, and a piece of the output.
expect() {
    status=$1
    text=$2
    shift 2
    got=0
    out=$("$program" "$@" 2>&1) || got=$?
    if [ "$got" -ne "$status" ]; then
        echo "FAIL: dmacoh-sim $*: status $got, expected $status"
        failures=$((failures + 1))
    elif ! printf '%s\n' "$out" | grep -qF -- "$text"; then
        echo "FAIL: dmacoh-sim $*: no \"$text\" in:"
        printf '%s\n' "$out"
        failures=$((failures + 1))
    fi
}

expect 0 "dmacoh-sim " --version
expect 0 "usage: dmacoh-sim" --help
expect 0 "cortex-a15" models
expect 0 "apache/nuttx PR #19506" museum
expect 0 "prevented by" museum inval-before
expect 2 "no exhibit" museum nothing
expect 1 "/at-all/README.md" museum --docs "$program/at-all"
expect 2 "usage: dmacoh-sim"
expect 2 "usage: dmacoh-sim" museum inval-before more
expect 2 "no exhibit" replay nothing "r0"

# The printed line can be pasted: it shows the bug again. A script without the fill does not.
line=$("$program" museum inval-before | sed -n "s/^ *dmacoh-sim replay inval-before '\(.*\)'$/\1/p")
expect 0 "BUG STALE_CPU" replay inval-before "$line"
expect 1 "no bug in this schedule" replay inval-before "inval-before seed=- : r0*3"

# The table fits a terminal of 100 columns.
if "$program" museum | grep -E '^.{101}'; then
    echo "FAIL: lines of the table are too long"
    failures=$((failures + 1))
fi

[ "$failures" -eq 0 ]
