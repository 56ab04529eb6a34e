/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "heap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void heap_start(struct heap *h, uint64_t size, uint64_t seed)
{
    memset(h, 0, sizeof(*h));
    h->size = size;
    h->seed = seed;
    h->most = (uint32_t)(size / WORLD_GRANULE);
    h->bufs = calloc(h->most, sizeof(*h->bufs));
    h->live = calloc(h->most, sizeof(*h->live));
    if (h->bufs == NULL || h->live == NULL) {
        give_up("out of memory", (long)h->most);
    }
    for (uint32_t i = 0; i < h->most; i++) {
        h->live[i] = i;
    }
    pair_start(&h->pair, size);
}

void heap_end(struct heap *h)
{
    pair_end(&h->pair);
    free(h->bufs);
    free(h->live);
}

void heap_reset_tallies(struct heap *h)
{
    memset(&h->alloc, 0, sizeof(h->alloc));
    memset(&h->aligned, 0, sizeof(h->aligned));
    memset(&h->free, 0, sizeof(h->free));
    h->failed = 0;
}

/* The next buffer that is not live, or NULL: every granule is a buffer of its own. */
static struct pair_buf *next_buf(struct heap *h)
{
    return h->nlive < h->most ? &h->bufs[h->live[h->nlive]] : NULL;
}

static int keep(struct heap *h, const struct pair_buf *b, int rc)
{
    if (rc == DMACOH_OK) {
        h->nlive++;
        h->used += b->product.size;
    } else {
        h->failed++;
    }
    return rc;
}

int heap_alloc(struct heap *h, uint32_t size)
{
    struct pair_buf *b = next_buf(h);

    return b != NULL ? keep(h, b, pair_alloc(&h->pair, b, size, &h->alloc)) : DMACOH_E_FULL;
}

int heap_alloc_aligned(struct heap *h, const struct wish *wish)
{
    struct pair_buf *b = next_buf(h);

    return b != NULL ? keep(h, b, pair_alloc_aligned(&h->pair, b, wish, &h->aligned))
                     : DMACOH_E_FULL;
}

void heap_free_any(struct heap *h)
{
    if (h->nlive == 0) {
        return;
    }
    const uint32_t at = rnd(&h->seed) % h->nlive;
    const uint32_t i = h->live[at];

    h->used -= h->bufs[i].product.size;
    if (pair_free(&h->bufs[i], &h->free) != DMACOH_OK) {
        give_up("dmacoh_free", (long)i);
    }
    h->nlive--;
    h->live[at] = h->live[h->nlive];
    h->live[h->nlive] = i;
}

uint32_t heap_log_uniform(struct heap *h, uint32_t max_log)
{
    const double x = (double)rnd(&h->seed) / 4294967296.0;

    return (uint32_t)exp2(x * (double)max_log);
}

double heap_unfragmented(struct heap *h)
{
    struct dmacoh_pool_stats stats;

    if (dmacoh_pool_stats(&h->pair.product.pool, &stats) != DMACOH_OK) {
        give_up("dmacoh_pool_stats", 0);
    }
    return stats.free != 0 ? (double)stats.largest / (double)stats.free : 1.0;
}
