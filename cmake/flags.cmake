# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Compiler flags of our own code. None of them reaches a consumer: the two interface targets are
# linked privately, and only inside this build.

set(DMACOH_WARNING_FLAGS
    -Wall
    -Wextra
    -Wpedantic
    -Wconversion
    -Wsign-conversion
    -Wshadow
    -Wundef
    -Wcast-align
    -Wcast-qual
    -Wstrict-prototypes
    -Wmissing-prototypes
    -Wswitch-enum
    -Wvla
    -Wpointer-arith
    -Wwrite-strings
    -Wnull-dereference
)

add_library(dmacoh_warnings INTERFACE)
target_compile_options(dmacoh_warnings INTERFACE
    ${DMACOH_WARNING_FLAGS}
    $<$<C_COMPILER_ID:GNU>:-Wlogical-op>
    $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond>
    $<$<BOOL:${DMACOH_WERROR}>:-Werror>
)

# The product: freestanding C, a section a function so that a client pays for what it calls.
# -Wstack-usage is GCC's and holds for the target; sanitizers and -O0 change frames.
# A frame on PA-RISC is a multiple of 64 bytes, of which 48 are the ABI's own.
set(stack_usage 256)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL hppa)
    set(stack_usage 320)
endif()
add_library(dmacoh_freestanding INTERFACE)
target_compile_options(dmacoh_freestanding INTERFACE
    -ffreestanding
    -fno-common
    -ffunction-sections
    -fdata-sections
    $<$<AND:$<C_COMPILER_ID:GNU>,$<BOOL:${CMAKE_CROSSCOMPILING}>>:-Wstack-usage=${stack_usage}>
)
