# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# MIPS32 release 2; the compiler's default is the byte order.

DMACOH_BACKEND := mips32

# What U-Boot demands of every object: absolute addresses, which it relocates when it moves itself, and no
# small data area, whose pointer nobody sets. Its global data are in k0, which no compiler uses.
UBOOT_ABI := -march=mips32r2 -mabi=32 -msoft-float -G0 -mno-abicalls -fno-pic

UBOOT_HEADERS := -I$(UBOOT)/arch/mips/include -I$(UBOOT)/arch/mips/include/asm/mach-generic
UBOOT_DEFINES := -D__MIPS__
