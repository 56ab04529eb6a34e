# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal MIPS32 release 2 with GNU tools: big-endian, or what a file beside this one has chosen before
# it includes this. The compiler is one for Linux, so everything that belongs to its ABI is switched off:
# abicalls and PIC, the small data area, the FPU, PIE.
#
# CMAKE_C_FLAGS, when given, replaces these flags: repeat what you need of them.

set(CMAKE_SYSTEM_NAME Generic)
if(NOT DEFINED dmacoh_mips)
    set(dmacoh_mips mips)
endif()
set(CMAKE_SYSTEM_PROCESSOR ${dmacoh_mips})

set(CMAKE_C_COMPILER ${dmacoh_mips}-linux-gnu-gcc)
set(CMAKE_ASM_COMPILER ${dmacoh_mips}-linux-gnu-gcc)

# There is no C library and no start-up code to link a test program with.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(dmacoh_arch_flags "-march=mips32r2 -mabi=32 -msoft-float -mno-abicalls -fno-pic -G0")
set(CMAKE_C_FLAGS_INIT "${dmacoh_arch_flags}")
set(CMAKE_ASM_FLAGS_INIT "${dmacoh_arch_flags}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -no-pie")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
