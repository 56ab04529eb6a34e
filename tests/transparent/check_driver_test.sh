#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# check_driver_test.sh BUILD SCRATCH: installs the host package of BUILD, then configures, builds and
# runs a copy of examples/driver-test against it, as its README says.
set -euo pipefail

build=$1 scratch=$2
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

rm -rf "$scratch"
mkdir -p "$scratch"
cmake --install "$build" --component dmacoh-sim --prefix "$scratch/installed" >/dev/null
# A copy: nothing of the repository is in reach.
cp -r "$top/examples/driver-test" "$scratch/project"

cmake -G Ninja -S "$scratch/project" -B "$scratch/build" \
    "-DCMAKE_PREFIX_PATH=$scratch/installed" >"$scratch/cmake.log" 2>&1 || {
    cat "$scratch/cmake.log"
    exit 1
}
cmake --build "$scratch/build"
"$scratch/build/test_nic"

# The driver as it ships: no simulator, no seeded bugs, nothing but the public headers.
for header in nic.c nic.h; do
    cp "$scratch/project/$header" "$scratch/"
done
cp "$scratch/project/nic_io.h" "$scratch/"
gcc -std=c11 -ffreestanding -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror \
    -I "$scratch/installed/include" -c "$scratch/nic.c" -o "$scratch/nic.o"
if nm "$scratch/nic.o" | grep -i 'sim_'; then
    printf '%s\n' "the shipped driver needs the simulator"
    exit 1
fi
