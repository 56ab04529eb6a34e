/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Buffers of 4 KiB to 256 KiB, sizes log-uniform, in a pool of 64 MiB that is kept at 75 and at 90
 * percent: cost of a pair, and what is left in one piece afterwards.
 */
#include "heap.h"

#define REGION     (64u << 20)
#define OPERATIONS 200000u

static void churn(struct heap *h, uint32_t percent, uint32_t operations)
{
    for (uint32_t i = 0; i < operations; i++) {
        const uint32_t granules = heap_log_uniform(h, 6u);

        if ((h->used + (uint64_t)granules * WORLD_GRANULE) * 100u <= h->size * percent) {
            if (heap_alloc(h, granules * WORLD_GRANULE) != DMACOH_OK) {
                heap_free_any(h);
            }
        } else {
            heap_free_any(h);
        }
    }
}

/* One buffer without any wish comes and goes: where its instructions are. */
static void typical(struct heap *h)
{
    if (heap_alloc(h, 4u * WORLD_GRANULE) == DMACOH_OK) {
        profile("pool_mixed.typical.alloc", h->alloc.trace, h->alloc.max);
        heap_free_any(h);
        profile("pool_mixed.typical.free", h->free.trace, h->free.max);
    }
}

void bench_pool_mixed(const struct options *opt)
{
    static struct heap h;
    const uint32_t operations = opt->longer ? 10u * OPERATIONS : OPERATIONS;

    heap_start(&h, REGION, 1181783497276652981u);
    churn(&h, 75u, operations);
    figure("pool_mixed.75.alloc.avg", tally_avg(&h.alloc), "instr");
    figure("pool_mixed.75.free.avg", tally_avg(&h.free), "instr");
    figure("pool_mixed.75.pair", tally_avg(&h.alloc) + tally_avg(&h.free), "instr");
    figure("pool_mixed.75.largest", 100.0 * heap_unfragmented(&h), "percent");
    figure("pool_mixed.75.refused", (double)h.failed, "calls");
    heap_reset_tallies(&h);
    typical(&h);
    heap_reset_tallies(&h);
    churn(&h, 90u, operations);
    figure("pool_mixed.90.pair", tally_avg(&h.alloc) + tally_avg(&h.free), "instr");
    figure("pool_mixed.90.largest", 100.0 * heap_unfragmented(&h), "percent");
    figure("pool_mixed.90.refused", (double)h.failed, "calls");
    heap_end(&h);
}
