/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file runs.h
 * @brief Allocator of runs of granules: segregated fit, all metadata in a side array. Private.
 *
 * It knows numbers of granules only, neither addresses nor locks. Free runs are kept in lists by size
 * class: exact up to 63 granules, 32 classes per power of two above. Two find-first-set find a class;
 * neighbours merge at once on free (boundary tags in the side array). Within a class runs are kept
 * roughly in address order by looking at four entries at most: that halves fragmentation, and every
 * operation stays bounded.
 */
#ifndef DMACOH_RUNS_H
#define DMACOH_RUNS_H

#include "names.h"

#include <stdint.h>

#define RUNS_NONE    0xffffffffu
#define RUNS_MAX_LOG 27u
#define RUNS_MAX     (1u << RUNS_MAX_LOG) /* granules */
#define RUNS_SUB_LOG 5u
#define RUNS_SUB     (1u << RUNS_SUB_LOG) /* classes per power of two */
#define RUNS_ROWS    (27u - RUNS_SUB_LOG + 2u)

#define RUN_FREE       1u
#define RUN_PREV_FREE  2u
#define RUN_SIZE_SHIFT 2u

/* One granule. head and foot describe a run that starts or ends here, links a free one. */
struct run_rec {
    uint32_t head; /* granules << 2 | RUN_PREV_FREE | RUN_FREE; 0: no run starts here */
    uint32_t foot; /* last granule of a free run: its first granule */
    uint32_t next; /* free: list; allocated: generation */
    uint32_t prev; /* free: list */
};

struct runs {
    uint32_t rows;           /* bit r: some class of row r has runs */
    uint32_t n;              /* granules; also what ends a list */
    uint32_t sub[RUNS_ROWS]; /* bit s: class (r, s) has runs */
    uint32_t first[RUNS_ROWS * RUNS_SUB];
    struct run_rec rec[]; /* n + 1: the last one ends every search for a right neighbour */
};

/* One free run of n granules, 1 .. RUNS_MAX. */
void runs_init(struct runs *r, uint32_t n);

/*
 * First granule of an allocated run of n granules, or RUNS_NONE. (granule + bias) is a multiple of
 * align, a power of two. gen is remembered with the run.
 */
uint32_t runs_alloc(struct runs *r, uint32_t n, uint32_t align, uint32_t bias, uint32_t gen);

/* Granules of the allocated run that starts at i, or 0. i may be anything. */
static inline uint32_t runs_size(const struct runs *r, uint32_t i)
{
    return i >= r->n || (r->rec[i].head & RUN_FREE) != 0 ? 0 : r->rec[i].head >> RUN_SIZE_SHIFT;
}

/* The generation given to runs_alloc(). i is an allocated run. */
static inline uint32_t runs_gen(const struct runs *r, uint32_t i)
{
    return r->rec[i].next;
}

/* Free the allocated run that starts at i. Returns its granules. */
uint32_t runs_free(struct runs *r, uint32_t i);

/* Granules of a free run that is within 1/32 of the largest one; 0: none. */
uint32_t runs_largest(const struct runs *r);

#endif
