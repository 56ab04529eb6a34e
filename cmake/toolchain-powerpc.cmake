# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal PowerPC, 32 bits, with GNU tools: e500v2, or what a file beside this one has chosen before it
# includes this. The compiler is that of a Linux system, which does as well: nothing of its C library is used.
# CMAKE_C_FLAGS, when given, replaces these flags: repeat what you need of them.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR powerpc)

set(CMAKE_C_COMPILER powerpc-linux-gnu-gcc)
set(CMAKE_ASM_COMPILER powerpc-linux-gnu-gcc)

# There is no C library and no start-up code to link a test program with.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

if(NOT DEFINED dmacoh_cpu_flags)
    set(dmacoh_cpu_flags -mcpu=8548)
endif()
set(dmacoh_arch_flags "${dmacoh_cpu_flags} -msoft-float -mno-sdata -fno-pic -fno-stack-protector")
set(CMAKE_C_FLAGS_INIT "${dmacoh_arch_flags}")
set(CMAKE_ASM_FLAGS_INIT "${dmacoh_arch_flags}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -no-pie")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
