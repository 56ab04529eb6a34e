/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Buffers of 4 KiB to 256 KiB in 64 MiB: one trace of requests for dmacoh_alloc() and for first fit
 * and best fit over a bitmap. What is left in one piece at 75 and 90 percent, how full a pool gets
 * before the first refusal, and what an operation costs.
 */
#include "harness.h"
#include "peers.h"
#include "reference.h"
#include "world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRANULES 16384u
#define TRACE    200000u
#define SAMPLES  40u

struct held {
    struct dmacoh_buf buffer; /* ours */
    uint32_t first, granules;
};

struct policy {
    const char *name;
    uint32_t (*fit)(struct bitmap *b, uint32_t granules); /* NULL: ours */
};

static struct {
    const struct policy *policy;
    struct world world;
    struct bitmap map;
    struct held *held; /* a buffer's handle does not move: live[] is shuffled */
    uint32_t *live;
    uint32_t n, used;
    uint64_t seed;
} heap;

static void heap_open(const struct policy *policy)
{
    memset(&heap, 0, sizeof(heap));
    heap.policy = policy;
    heap.seed = 1181783497276652981u;
    heap.held = calloc(GRANULES, sizeof(*heap.held));
    heap.live = calloc(GRANULES, sizeof(*heap.live));
    if (heap.held == NULL || heap.live == NULL) {
        give_up("out of memory", GRANULES);
    }
    for (uint32_t i = 0; i < GRANULES; i++) {
        heap.live[i] = i;
    }
    bitmap_start(&heap.map, GRANULES);
    world_start(&heap.world, &product, (uint64_t)GRANULES * WORLD_GRANULE, WORLD_POOL_VA);
}

static void heap_close(void)
{
    world_end(&heap.world);
    bitmap_end(&heap.map);
    free(heap.held);
    free(heap.live);
}

static bool take(uint32_t granules, struct tally *t)
{
    struct held *h = &heap.held[heap.live[heap.n]];
    uint32_t n = 0;

    h->granules = granules;
    if (heap.policy->fit == NULL) {
        int rc;

        if (t != NULL) {
            STEP(n, dmacoh_alloc,
                 rc = dmacoh_alloc(&heap.world.dev, &h->buffer, granules * WORLD_GRANULE,
                                   DMACOH_ATTR_NOZERO));
        } else {
            rc = dmacoh_alloc(&heap.world.dev, &h->buffer, granules * WORLD_GRANULE,
                              DMACOH_ATTR_NOZERO);
        }
        h->first = rc == DMACOH_OK ? 0 : REFERENCE_NONE;
    } else if (t != NULL) {
        STEP(n, heap.policy->fit, h->first = heap.policy->fit(&heap.map, granules));
    } else {
        h->first = heap.policy->fit(&heap.map, granules);
    }
    if (t != NULL) {
        tally_add(t, n);
    }
    if (h->first == REFERENCE_NONE) {
        return false;
    }
    heap.n++;
    heap.used += granules;
    return true;
}

static void give_any(struct tally *t)
{
    const uint32_t at = rnd(&heap.seed) % heap.n;
    const uint32_t i = heap.live[at];
    struct held *h = &heap.held[i];
    uint32_t n = 0;

    if (heap.policy->fit == NULL) {
        if (t != NULL) {
            STEP(n, dmacoh_free, (void)dmacoh_free(&h->buffer));
        } else {
            (void)dmacoh_free(&h->buffer);
        }
    } else if (t != NULL) {
        STEP(n, bitmap_free, bitmap_free(&heap.map, h->first, h->granules));
    } else {
        bitmap_free(&heap.map, h->first, h->granules);
    }
    if (t != NULL) {
        tally_add(t, n);
    }
    heap.used -= h->granules;
    heap.n--;
    heap.live[at] = heap.live[heap.n];
    heap.live[heap.n] = i;
}

static uint32_t log_uniform(void)
{
    return (uint32_t)exp2((double)rnd(&heap.seed) / 4294967296.0 * 6.0);
}

static void churn(uint32_t percent, uint32_t operations, struct tally *gets, struct tally *puts)
{
    for (uint32_t i = 0; i < operations; i++) {
        const uint32_t granules = log_uniform();

        if ((heap.used + granules) * 100u > GRANULES * percent || !take(granules, gets)) {
            give_any(puts);
        }
    }
}

static double largest(void)
{
    struct dmacoh_pool_stats stats;

    if (heap.policy->fit != NULL) {
        return 100.0 * bitmap_largest(&heap.map) / (GRANULES - heap.used);
    }
    (void)dmacoh_pool_stats(&heap.world.pool, &stats);
    return 100.0 * (double)stats.largest / (double)stats.free;
}

/* After ageing at 75 percent: grow until a request is refused. */
static double first_refusal(void)
{
    while (take(log_uniform(), NULL)) {
    }
    return 100.0 * heap.used / GRANULES;
}

static void report(const char *what, double value, const char *unit)
{
    char key[64];

    (void)snprintf(key, sizeof(key), "fragmentation.%s.%s", what, heap.policy->name);
    figure(key, value, unit);
}

static void measure(const struct policy *policy)
{
    static struct tally gets;
    static struct tally puts;
    uint64_t start;

    memset(&gets, 0, sizeof(gets));
    memset(&puts, 0, sizeof(puts));
    heap_open(policy);
    churn(75, TRACE / 2u, NULL, NULL);
    start = clock_ns();
    churn(75, TRACE / 2u, NULL, NULL);
    report("75.op", (double)(clock_ns() - start) / (TRACE / 2u), "ns");
    report("75.largest", largest(), "percent");
    churn(75, SAMPLES, &gets, &puts);
    report("75.pair", tally_avg(&gets) + tally_avg(&puts), "instr");
    report("refusal", first_refusal(), "percent");
    heap_close();

    heap_open(policy);
    churn(90, TRACE, NULL, NULL);
    report("90.largest", largest(), "percent");
    heap_close();
}

void peers_fragmentation(void)
{
    static const struct policy policies[] = {
        {"dmacoh_alloc", NULL}, {"first_fit", bitmap_first_fit}, {"best_fit", bitmap_best_fit}};

    for (uint32_t i = 0; i < 3u; i++) {
        measure(&policies[i]);
    }
}
