# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Bare-metal 32-bit PA-RISC with Debian's compiler for hppa-linux: 1.1, or what a file beside this one
# has chosen before it includes this. CMAKE_C_FLAGS, when given, replaces these flags: repeat what you need
# of them.
#
# No floating-point registers (the unit may be off, and is the interrupted program's), calls without plabels
# and space registers, no position-independent code: one address space, one image.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR hppa)

set(CMAKE_C_COMPILER hppa-linux-gnu-gcc)
set(CMAKE_ASM_COMPILER hppa-linux-gnu-gcc)

# There is no C library and no start-up code to link a test program with.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

if(NOT DEFINED dmacoh_cpu_flags)
    set(dmacoh_cpu_flags -march=1.1)
endif()
set(dmacoh_arch_flags
    "${dmacoh_cpu_flags} -mdisable-fpregs -mno-space-regs -mfast-indirect-calls -fno-pic")
set(CMAKE_C_FLAGS_INIT "${dmacoh_arch_flags}")
set(CMAKE_ASM_FLAGS_INIT "${dmacoh_arch_flags}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -no-pie")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
