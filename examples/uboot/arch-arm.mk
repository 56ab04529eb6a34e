# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# ARMv7-A.

DMACOH_BACKEND := armv7a

# What U-Boot demands of every object: r9 holds its global data; movw and movt cannot be relocated when it
# moves itself, so addresses come from words; it has no floating point, and traps on unaligned accesses.
UBOOT_ABI := -march=armv7-a -marm -mabi=aapcs-linux -mfloat-abi=soft -mno-unaligned-access \
    -ffixed-r9 -mword-relocations -fno-pic

# And what its headers want beside that.
UBOOT_HEADERS := -I$(UBOOT)/arch/arm/include
UBOOT_DEFINES := -D__ARM__ -D__LINUX_ARM_ARCH__=7
