# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal ARMv6K, ARM state: Thumb cannot reach a coprocessor there.

set(dmacoh_cpu_flags "-march=armv6k -marm")
include(${CMAKE_CURRENT_LIST_DIR}/toolchain-arm-none-eabi.cmake)
