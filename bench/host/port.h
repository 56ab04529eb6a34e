/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file port.h
 * @brief What the port of the benchmarks tells about itself.
 */
#ifndef DMACOH_BENCH_PORT_H
#define DMACOH_BENCH_PORT_H

#include <stdint.h>

struct bench_port {
    uintptr_t irqs_off;
    uint32_t cpu;   /* that the benchmark plays */
    uint64_t locks; /* taken so far */
};

extern _Thread_local struct bench_port bench_port;

/* Returns 0: the least that a call can cost. */
int bench_empty(void);

#endif
