# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal ARM with GNU tools: ARMv7-A, or what a file beside this one has chosen before it includes
# this. CMAKE_C_FLAGS, when given, replaces these flags: repeat what you need of them.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)

set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)

# There is no C library and no start-up code to link a test program with.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

if(NOT DEFINED dmacoh_cpu_flags)
    set(dmacoh_cpu_flags -march=armv7-a)
endif()
set(dmacoh_arch_flags "${dmacoh_cpu_flags} -mfloat-abi=soft")
set(CMAKE_C_FLAGS_INIT "${dmacoh_arch_flags} -mgeneral-regs-only -mno-unaligned-access")
set(CMAKE_ASM_FLAGS_INIT "${dmacoh_arch_flags}")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
