/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The worst single allocation and the worst single free of a million, at every fill: sizes of 1 to 2048
 * granules, refusals included. The bound is for dmacoh_alloc(); an alignment or a boundary may split a
 * run twice and search twice, and is told apart.
 */
#include "heap.h"

#define REGION     (64u << 20)
#define OPERATIONS 1000000u

static void one_alloc(struct heap *h)
{
    const uint32_t granules = heap_log_uniform(h, rnd(&h->seed) % 8u == 0 ? 11u : 6u);
    const uint32_t dice = rnd(&h->seed);
    const uint32_t size = granules * WORLD_GRANULE - (dice >> 16) % WORLD_GRANULE;

    if (dice % 4u != 0) {
        (void)heap_alloc(h, size);
        return;
    }
    struct wish wish = {.size = size, .align = (size_t)WORLD_GRANULE << (dice >> 8) % 9u};

    if (dice % 16u == 0) {
        wish.boundary = granules < 256u ? 1u << 20 : 1u << 24;
    }
    (void)heap_alloc_aligned(h, &wish);
}

void bench_pool_worst(const struct options *opt)
{
    static struct heap h;
    const uint32_t operations = opt->longer ? 10u * OPERATIONS : OPERATIONS;
    uint32_t level = 50; /* percent; a new one is drawn now and then */

    heap_start(&h, REGION, 88172645463325252u);
    for (uint32_t i = 0; i < operations; i++) {
        if (i % 5000u == 0) {
            level = rnd(&h.seed) % 101u;
        }
        const bool below = h.used * 100u < h.size * level;

        if (below ? rnd(&h.seed) % 4u != 0 : rnd(&h.seed) % 4u == 0) {
            one_alloc(&h);
        } else {
            heap_free_any(&h);
        }
    }
    figure("pool_worst.operations", (double)(h.alloc.calls + h.aligned.calls + h.free.calls),
           "calls");
    figure("pool_worst.refused", (double)h.failed, "calls");
    figure("pool_worst.alloc.avg", tally_avg(&h.alloc), "instr");
    figure("pool_worst.alloc.max", (double)h.alloc.max, "instr");
    figure("pool_worst.aligned.avg", tally_avg(&h.aligned), "instr");
    figure("pool_worst.aligned.max", (double)h.aligned.max, "instr");
    figure("pool_worst.free.avg", tally_avg(&h.free), "instr");
    figure("pool_worst.free.max", (double)h.free.max, "instr");
    profile("pool_worst.alloc.max", h.alloc.trace, h.alloc.max);
    profile("pool_worst.aligned.max", h.aligned.trace, h.aligned.max);
    profile("pool_worst.free.max", h.free.trace, h.free.max);
    heap_end(&h);
}
