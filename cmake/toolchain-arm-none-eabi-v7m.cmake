# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal ARMv7E-M (Cortex-M7).

set(dmacoh_cpu_flags "-mcpu=cortex-m7 -mthumb")
include(${CMAKE_CURRENT_LIST_DIR}/toolchain-arm-none-eabi.cmake)
