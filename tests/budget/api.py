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

# The compilers of Linux systems: what they would do for one is switched off.
MIPS_CROSS = "mips-linux-gnu-"
MIPS_FLAGS = "-mabi=32 -msoft-float -mno-abicalls -fno-pic -G0 -fno-stack-protector"

PPC_CROSS = "powerpc-linux-gnu-"
PPC_FLAGS = "-msoft-float -mno-sdata -fno-pic -fno-stack-protector"

# No floating-point registers, no space registers, no calls through the tables of shared libraries.
HPPA_CROSS = "hppa-linux-gnu-"
HPPA_FLAGS = "-mdisable-fpregs -mno-space-regs -mfast-indirect-calls -fno-pic"


class Backend:
    """How one backend is compiled for its target; the mode (-O, and ARM or Thumb) comes on top."""

    def __init__(self, name, arch, cross, cpu, modes, dump=()):
        self.name = name
        self.directory = f"src/arch/{arch}"
        self.compiler = f"{cross}gcc"
        self.objdump = f"{cross}objdump"
        self.dump = list(dump)  # options of objdump, for the names of instructions
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
    "big-endian -O2": ["-EB", "-O2"],
    "big-endian -Os": ["-EB", "-Os"],
    "little-endian -O2": ["-EL", "-O2"],
    "little-endian -Os": ["-EL", "-Os"],
}
ARM = ["ARM -O2", "ARM -Os"]
THUMB = ["Thumb-2 -O2", "Thumb-2 -Os"]
BOTH_ENDIANS = ["big-endian -O2", "big-endian -Os", "little-endian -O2", "little-endian -Os"]

# Thumb of ARMv5 and ARMv6 cannot reach a coprocessor; ARMv7-M has nothing else.
BACKENDS = {
    "armv5": Backend("armv5", "arm", ARM_CROSS, f"-mcpu=arm926ej-s {ARM_FLAGS}", ARM),
    "armv6": Backend("armv6", "arm", ARM_CROSS, f"-mcpu=mpcore {ARM_FLAGS}", ARM),
    "armv7a": Backend("armv7a", "arm", ARM_CROSS, f"-march=armv7-a {ARM_FLAGS}", ARM + ["Thumb-2 -Os"]),
    "armv7m": Backend("armv7m", "arm", ARM_CROSS, f"-mcpu=cortex-m7 {ARM_FLAGS}", THUMB),
    "mips32": Backend("mips32", "mips", MIPS_CROSS, f"-march=mips32r2 {MIPS_FLAGS}", BOTH_ENDIANS,
                      ["-M", "cp0-names=numeric"]),
    "e500": Backend("e500", "ppc", PPC_CROSS, f"-mcpu=8548 {PPC_FLAGS}", ["-O2", "-Os"], ["-M", "e500"]),
    "ppc44x": Backend("ppc44x", "ppc", PPC_CROSS, f"-mcpu=440 {PPC_FLAGS}", ["-O2", "-Os"], ["-M", "440"]),
    "ppc6xx": Backend("ppc6xx", "ppc", PPC_CROSS, f"-mcpu=750 {PPC_FLAGS}", ["-O2", "-Os"], ["-M", "750"]),
    "ppc8xx": Backend("ppc8xx", "ppc", PPC_CROSS, f"-mcpu=860 {PPC_FLAGS}", ["-O2", "-Os"], ["-M", "860"]),
    "pa11": Backend("pa11", "parisc", HPPA_CROSS, f"-march=1.1 {HPPA_FLAGS}", ["-O2", "-Os"]),
    "pa20": Backend("pa20", "parisc", HPPA_CROSS, f"-march=2.0 {HPPA_FLAGS}", ["-O2", "-Os"]),
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


def port_functions():
    """The functions that every port defines."""
    return PROTOTYPE.findall((TOP / "include/dmacoh/port.h").read_text())


def sources():
    """The library's files for ARMv7-A."""
    return BACKENDS["armv7a"].sources()
