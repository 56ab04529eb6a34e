/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file heap.h
 * @brief A pool with many live buffers: random allocations and frees at a wanted fill.
 */
#ifndef DMACOH_BENCH_HEAP_H
#define DMACOH_BENCH_HEAP_H

#include "twin.h"

struct heap {
    struct pair pair;
    struct pair_buf *bufs; /* a live handle must not move, so live[] and not bufs[] is shuffled */
    uint32_t *live;        /* indices of bufs: the first nlive are live, the others are not */
    uint32_t nlive, most;
    uint64_t size, used; /* bytes */
    uint64_t seed;
    struct tally alloc, aligned, free;
    uint64_t failed; /* allocations refused */
};

void heap_start(struct heap *h, uint64_t size, uint64_t seed);
void heap_end(struct heap *h);

/* Forget the tallies, not the buffers. */
void heap_reset_tallies(struct heap *h);

int heap_alloc(struct heap *h, uint32_t size);
int heap_alloc_aligned(struct heap *h, const struct wish *wish);
void heap_free_any(struct heap *h);

/* Granules with an even distribution of their logarithm, 1 .. 2^max_log. */
uint32_t heap_log_uniform(struct heap *h, uint32_t max_log);

/* Largest free run as a part of all that is free; 1 if nothing is. */
double heap_unfragmented(struct heap *h);

#endif
