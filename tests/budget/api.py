# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""The public functions, read from the headers, and the sources, read from the lists."""

import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parents[2]

# The feature that a header belongs to; the others are always there.
HEADER_FEATURE = {"pool.h": "POOL", "flip.h": "FLIP", "iommu.h": "IOMMU", "debug.h": "DEBUG"}

PROTOTYPE = re.compile(r"^[a-z][\w ]*[ *](dmacoh_\w+)\([^;{]*\);", re.M)

# What the library is compiled with for the target; the mode (-O, ARM or Thumb) comes on top.
TARGET_FLAGS = """-std=c11 -ffreestanding -fno-common -ffunction-sections -fdata-sections
    -march=armv7-a -mfloat-abi=soft -mgeneral-regs-only -mno-unaligned-access""".split()
INCLUDES = [
    f"-I{TOP / path}"
    for path in ("include", "src/core", "src/arch/arm", "src/arch/arm/insn", "src/arch/common/insn")
]
DEFINES = ["-DDMACOH_BACKEND=armv7a"]


def feature_of(header, function):
    """The option that a function needs, or None."""
    if function.startswith("dmacoh_objpool_"):
        return "OBJPOOL"
    if function == "dmacoh_region_meta_size":
        return "POOL"
    return HEADER_FEATURE.get(header)


def functions():
    """Dictionary: public function -> feature or None. The port's functions are not ours."""
    result = {}
    for header in sorted((TOP / "include/dmacoh").glob("*.h")):
        if header.name != "port.h":
            for name in PROTOTYPE.findall(header.read_text()):
                result[name] = feature_of(header.name, name)
    return result


def sources():
    """The library's files for ARMv7-A."""
    files = []
    for name in ("src/core/sources.txt", "src/arch/arm/sources.txt"):
        lines = (TOP / name).read_text().splitlines()
        files += [TOP / line for line in lines if line and not line.startswith("#")]
    return files
