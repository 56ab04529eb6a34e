/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file path.h
 * @brief The hook that the compiler calls in every basic block of the twin.
 */
#ifndef DMACOH_BENCH_PATH_H
#define DMACOH_BENCH_PATH_H

#include <stdint.h>

extern uint64_t bench_path;

/* The name is the compiler's (-fsanitize-coverage=trace-pc). */
void __sanitizer_cov_trace_pc(void);

#endif
