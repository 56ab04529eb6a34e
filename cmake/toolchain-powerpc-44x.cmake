# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal PowerPC 440.

set(dmacoh_cpu_flags -mcpu=440)
include(${CMAKE_CURRENT_LIST_DIR}/toolchain-powerpc.cmake)
