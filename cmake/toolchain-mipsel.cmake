# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal MIPS32 release 2, little-endian.

set(dmacoh_mips mipsel)
include(${CMAKE_CURRENT_LIST_DIR}/toolchain-mips.cmake)
