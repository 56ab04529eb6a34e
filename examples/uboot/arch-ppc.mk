# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# PowerPC e500.

DMACOH_BACKEND := e500

# What U-Boot demands of every object: r2 holds its global data, and it moves itself, so addresses come
# from a table, whose pointer stays in r30, and what data hold of them is listed for it to correct. It
# has no floating point.
UBOOT_ABI := -mcpu=8540 -m32 -msoft-float -mno-string -mno-altivec -mno-vsx -mcall-linux \
    -fpic -mrelocatable -msingle-pic-base -ffixed-r2 -fno-jump-tables

UBOOT_HEADERS := -I$(UBOOT)/arch/powerpc/include
UBOOT_DEFINES := -D__powerpc__
