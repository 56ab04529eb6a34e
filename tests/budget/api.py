# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
"""The public functions, read from the headers, and the sources, read from the lists."""

import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parents[2]

# The feature that a header belongs to; the others are always there.
HEADER_FEATURE = {"pool.h": "POOL", "flip.h": "FLIP", "iommu.h": "IOMMU", "debug.h": "DEBUG"}

PROTOTYPE = re.compile(r"^[a-z][\w ]*[ *](dmacoh_\w+)\([^;{]*\);", re.M)

ARM_CROSS = "arm-none-eabi-"
ARM_FLAGS = "-mfloat-abi=soft -mgeneral-regs-only -mno-unaligned-access"


class Backend:
    """How one backend is compiled for its target; the mode (-O, and ARM or Thumb) comes on top."""

    def __init__(self, name, arch, cross, cpu, modes):
        self.name = name
        self.directory = f"src/arch/{arch}"
        self.compiler = f"{cross}gcc"
        self.objdump = f"{cross}objdump"
        self.flags = f"""-std=c11 -ffreestanding -fno-common -ffunction-sections -fdata-sections
            {cpu}""".split()
        self.defines = [f"-DDMACOH_BACKEND={name}"]
        self.modes = {mode: MODES[mode] for mode in modes}
        self.includes = [
            f"-I{TOP / path}"
            for path in (
                "include",
                "src/core",
                self.directory,
                f"{self.directory}/insn",
                "src/arch/common/insn",
            )
        ]

    def sources(self):
        """The library's files for this backend."""
        files = []
        for name in ("src/core/sources.txt", f"{self.directory}/{self.name}.txt"):
            lines = (TOP / name).read_text().splitlines()
            files += [TOP / line for line in lines if line and not line.startswith("#")]
        return files


MODES = {
    "ARM -O2": ["-marm", "-O2"],
    "ARM -Os": ["-marm", "-Os"],
    "Thumb-2 -O2": ["-mthumb", "-O2"],
    "Thumb-2 -Os": ["-mthumb", "-Os"],
    "-O2": ["-O2"],
    "-Os": ["-Os"],
}
ARM = ["ARM -O2", "ARM -Os"]
THUMB = ["Thumb-2 -O2", "Thumb-2 -Os"]

# Thumb of ARMv5 and ARMv6 cannot reach a coprocessor; ARMv7-M has nothing else.
BACKENDS = {
    "armv5": Backend("armv5", "arm", ARM_CROSS, f"-mcpu=arm926ej-s {ARM_FLAGS}", ARM),
    "armv6": Backend("armv6", "arm", ARM_CROSS, f"-mcpu=mpcore {ARM_FLAGS}", ARM),
    "armv7a": Backend("armv7a", "arm", ARM_CROSS, f"-march=armv7-a {ARM_FLAGS}", ARM + ["Thumb-2 -Os"]),
    "armv7m": Backend("armv7m", "arm", ARM_CROSS, f"-mcpu=cortex-m7 {ARM_FLAGS}", THUMB),
}

# What most checks are about.
TARGET_FLAGS = BACKENDS["armv7a"].flags
DEFINES = BACKENDS["armv7a"].defines
INCLUDES = BACKENDS["armv7a"].includes


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
    return BACKENDS["armv7a"].sources()
