#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# check_package.sh KIND COMPONENT BUILD SCRATCH: installs one component of BUILD, moves the prefix,
# and builds the client tests/package/KIND with it, by find_package() and by pkg-config.
set -euo pipefail

kind=$1 component=$2 build=$3 scratch=$4
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
client=$top/tests/package/$kind

rm -rf "$scratch"
mkdir -p "$scratch"
cmake --install "$build" --component "$component" --prefix "$scratch/installed" >/dev/null
# A package that remembers where it was built or installed fails from here on.
mv "$scratch/installed" "$scratch/moved"
prefix=$scratch/moved

say()
{
    printf '%s\n' "$*"
}

# Everything installed has its place, and nothing else is installed.
in_include='include/dmacoh(-sim)?/[^/]+\.h'
in_lib='lib/([^/]+/)?(libdmacoh(-sim)?\.a|cmake/dmacoh/[^/]+\.cmake|pkgconfig/[^/]+\.pc)'
strays=$(cd "$prefix" && find . -type f |
    grep -vE "^\./($in_include|$in_lib|bin/dmacoh-sim)\$" || [ "$?" -eq 1 ])
if [ -n "$strays" ]; then
    say "installed in odd places: $strays"
    exit 1
fi

toolchain=()
cc=(gcc)
if [ "$kind" = target ]; then
    toolchain=("-DCMAKE_TOOLCHAIN_FILE=$top/cmake/toolchain-arm-none-eabi.cmake")
    cc=(arm-none-eabi-gcc -march=armv7-a -mfloat-abi=soft -ffreestanding
        -nostdlib -static -Wl,-e,main)
fi

say "find_package()"
cmake -G Ninja -S "$client" -B "$scratch/cmake" "-DCMAKE_PREFIX_PATH=$prefix" \
    "${toolchain[@]}" >"$scratch/cmake.log" 2>&1 || {
    cat "$scratch/cmake.log"
    exit 1
}
cmake --build "$scratch/cmake"

say "pkg-config"
package=$(basename "$(find "$prefix" -name '*.pc')" .pc)
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name '*.pc')")
read -ra flags < <(pkg-config --cflags --libs "$package")
"${cc[@]}" -std=c11 -Wall -Wextra -Werror "$client/main.c" "${flags[@]}" -o "$scratch/client"

if [ "$kind" = host ]; then
    "$scratch/cmake/client"
    "$scratch/client"
    "$prefix/bin/dmacoh-sim" --version
fi

say "a component that is not there is an error"
mkdir "$scratch/wrong"
sed 's/COMPONENTS [a-z-]*/COMPONENTS nothing-like-this/' "$client/CMakeLists.txt" \
    >"$scratch/wrong/CMakeLists.txt"
if cmake -G Ninja -S "$scratch/wrong" -B "$scratch/wrong/build" "-DCMAKE_PREFIX_PATH=$prefix" \
    "${toolchain[@]}" >/dev/null 2>&1; then
    say "it was found"
    exit 1
fi
say ok
