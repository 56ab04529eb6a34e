#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Builds the image of board arm-virt without CMake: board and library sources in one compiler call.
# This is how a firmware project that has its own build system takes the library in.
#
#   build.sh OUT.elf [compiler options]
#
# CC, OBJECTS and LIBRARY_SOURCES can be given in the environment.
set -eu

if [ $# -lt 1 ]; then
    echo "usage: $0 OUT.elf [compiler options]" >&2
    exit 2
fi
out=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

# Prints the files that a list names, with the directory that its paths start at.
files() {
    grep -v '^#' "$2" | sed "s|^|$1/|"
}

library=${LIBRARY_SOURCES-$(files "$root" "$root/src/core/sources.txt"
    files "$root" "$root/src/arch/arm/armv7a.txt")}

# shellcheck disable=SC2046,SC2086  # file lists: no path of this tree has a blank
exec "${CC:-arm-none-eabi-gcc}" \
    -std=c11 -O2 -g -march=armv7-a -marm -mfloat-abi=soft -mgeneral-regs-only -mno-unaligned-access \
    -ffreestanding -nostdlib -fno-common -ffunction-sections -fdata-sections \
    -fno-tree-loop-distribute-patterns -Wall -Wextra \
    -DDMACOH_BACKEND=armv7a \
    -I"$root/include" -I"$root/src/core" -I"$root/src/arch/arm" -I"$root/src/arch/arm/insn" \
    -I"$root/src/arch/common/insn" -I"$here/common" -I"$here/arm" -I"$here/arm-virt" \
    "$@" \
    $(files "$here/common" "$here/common/sources.txt") \
    $(files "$here/arm-virt" "$here/arm-virt/sources.txt") \
    $library ${OBJECTS-} \
    -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noexecstack -T "$here/arm-virt/link.ld" \
    -lgcc -o "$out"
