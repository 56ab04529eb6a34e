/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Why one barrier a call and not one a line: what this processor takes to write 64 KiB of dirty lines
 * back with a fence at the end, and with one after every line.
 */
#include "harness.h"
#include "peers.h"

#include <cpuid.h>
#include <stdlib.h>
#include <string.h>

#define SIZE   (64u << 10)
#define LINE   64u
#define ROUNDS 7u

static inline void write_back(const uint8_t *line)
{
    __asm__ volatile("clflushopt (%0)" ::"r"(line) : "memory");
}

static inline void fence(void)
{
    __asm__ volatile("sfence" ::: "memory");
}

static double measure(uint8_t *memory, bool every)
{
    double ns[ROUNDS];

    for (uint32_t round = 0; round < ROUNDS; round++) {
        memset(memory, (int)round, SIZE);
        fence();
        const uint64_t start = clock_ns();

        for (uint32_t i = 0; i < SIZE; i += LINE) {
            write_back(memory + i);
            if (every) {
                fence();
            }
        }
        fence();
        ns[round] = (double)(clock_ns() - start) / (SIZE / LINE);
    }
    return median(ns, ROUNDS);
}

void peers_cache(void)
{
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    uint8_t *memory = aligned_alloc(4096, SIZE);

    if (memory == NULL || __get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (b & 1u << 23) == 0) {
        printf("absent clflushopt\n");
        free(memory);
        return;
    }
    const double one = measure(memory, false);
    const double each = measure(memory, true);

    figure("cmo_batch.fence_at_the_end", one, "ns");
    figure("cmo_batch.fence_every_line", each, "ns");
    figure("cmo_batch.fence_ratio", each / one, "x");
    free(memory);
}
