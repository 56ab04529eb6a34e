# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal PA-RISC 2.0 in 32-bit mode.

set(dmacoh_cpu_flags -march=2.0)
include(${CMAKE_CURRENT_LIST_DIR}/toolchain-hppa.cmake)
