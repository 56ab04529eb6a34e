/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * O(1): the same work costs the same in a pool of 1 MiB and of 1 GiB, at half and at 99 percent full.
 */
#include "heap.h"

#define OPERATIONS 20000u

struct spread {
    double least, most;
};

static void widen(struct spread *s, double x)
{
    if (s->least <= 0.0 || x < s->least) {
        s->least = x;
    }
    if (x > s->most) {
        s->most = x;
    }
}

/* Replace random buffers of 1 to 4 granules by others; the fill stays. */
static void churn(struct heap *h, uint32_t percent, uint32_t operations)
{
    const uint64_t wanted = h->size / 100u * percent;

    for (uint32_t i = 0; i < operations; i++) {
        const uint32_t granules = 1u + rnd(&h->seed) % 4u;

        if (h->used + (uint64_t)granules * WORLD_GRANULE > wanted ||
            heap_alloc(h, granules * WORLD_GRANULE) != DMACOH_OK) {
            heap_free_any(h);
        }
    }
}

static void measure(uint64_t size, uint32_t percent, const char *name, uint32_t operations,
                    struct spread *average, struct spread *worst)
{
    static struct heap h;
    char key[64];

    heap_start(&h, size, 2463534242u);
    /* Fill it, then let it age. */
    churn(&h, percent, 2u * h.most);
    churn(&h, percent, operations / 4u);
    heap_reset_tallies(&h);
    churn(&h, percent, operations);

    const double pair = tally_avg(&h.alloc) + tally_avg(&h.free);
    const uint32_t max = h.alloc.max > h.free.max ? h.alloc.max : h.free.max;

    (void)snprintf(key, sizeof(key), "pool_flat.%s.%u.pair", name, percent);
    figure(key, pair, "instr");
    (void)snprintf(key, sizeof(key), "pool_flat.%s.%u.max", name, percent);
    figure(key, (double)max, "instr");
    widen(average, pair);
    widen(worst, (double)max);
    heap_end(&h);
}

void bench_pool_flat(const struct options *opt)
{
    const uint32_t operations = opt->longer ? 10u * OPERATIONS : OPERATIONS;
    struct spread average = {0.0, 0.0};
    struct spread worst = {0.0, 0.0};

    measure(1u << 20, 50u, "1MiB", operations, &average, &worst);
    measure(1u << 20, 99u, "1MiB", operations, &average, &worst);
    measure(1u << 30, 50u, "1GiB", operations, &average, &worst);
    measure(1u << 30, 99u, "1GiB", operations, &average, &worst);
    figure("pool_flat.pair.spread", average.most / average.least, "x");
    figure("pool_flat.max.spread", worst.most / worst.least, "x");
}
