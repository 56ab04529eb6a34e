/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The twin's path: every basic block of the library calls this hook, which folds the block's address
 * into one number. Two calls with the same number took the same path.
 */
#include "path.h"

uint64_t bench_path;

void __sanitizer_cov_trace_pc(void)
{
    const uint64_t block = (uintptr_t)__builtin_return_address(0);

    bench_path = (bench_path << 5 | bench_path >> 59) ^ block;
    bench_path *= 0x9e3779b97f4a7c15u;
}
