# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
# shellcheck shell=bash
#
# What the scripts share. Source it; it sets `top` (the root of the repository) and defines:
#   say TEXT...            a line for the user
#   die TEXT...            a line on stderr, exit 1
#   need_packages NAME...  install Debian packages that are missing, and say which
#   timed NAME COMMAND...  run a part, keep how long it took and whether it failed
#   print_times            the table of timed parts

# shellcheck disable=SC2034 # for the script that sources this
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say()
{
    printf '%s\n' "$*"
}

die()
{
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The packages of the list "$@" that dpkg does not report as installed, one a line.
missing_packages()
{
    local name state

    for name in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) || state=absent
        if [ "$state" != installed ]; then
            printf '%s\n' "$name"
        fi
    done
}

need_packages()
{
    local missing as_root=()

    command -v dpkg-query >/dev/null || {
        say "Not a Debian system: assuming that these are installed: $*"
        return 0
    }
    mapfile -t missing < <(missing_packages "$@")
    if [ "${#missing[@]}" -eq 0 ]; then
        return 0
    fi

    say "Installing missing packages: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "not root and no sudo; install them yourself"
        as_root=(sudo)
    fi
    # A fresh image has no package lists, and an old one may name versions that are gone.
    "${as_root[@]}" apt-get -qq update || die "apt-get update failed"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null ||
        die "installing failed: ${missing[*]}"
}

# ---- parts and their times ------------------------------------------------------------------

timed_names=()
timed_seconds=()
timed_results=()

timed()
{
    local name=$1 start=$SECONDS status=0
    shift

    say
    say "==== $name"
    "$@" || status=$?
    timed_names+=("$name")
    timed_seconds+=($((SECONDS - start)))
    if [ "$status" -eq 0 ]; then
        timed_results+=(ok)
    else
        timed_results+=(FAILED)
    fi
    return "$status"
}

print_times()
{
    local i

    say
    printf '%-34s %8s  %s\n' part seconds result
    for i in "${!timed_names[@]}"; do
        printf '%-34s %8d  %s\n' "${timed_names[$i]}" "${timed_seconds[$i]}" "${timed_results[$i]}"
    done
}
