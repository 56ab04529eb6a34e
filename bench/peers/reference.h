/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file reference.h
 * @brief What is not packaged, written for this comparison: allocators of granules over a map of them.
 *
 * They answer with the first granule of a run, or REFERENCE_NONE. They are meant to be as plain as the
 * allocators of this kind that systems have: one bit or one byte a granule, searched from the start.
 */
#ifndef DMACOH_BENCH_REFERENCE_H
#define DMACOH_BENCH_REFERENCE_H

#include <stdint.h>

#define REFERENCE_NONE 0xffffffffu

struct bitmap {
    uint64_t *words; /* a set bit: taken */
    uint32_t n;      /* granules */
};

void bitmap_start(struct bitmap *b, uint32_t n);
void bitmap_end(struct bitmap *b);

/* The first run that is long enough, or the shortest one that is. */
uint32_t bitmap_first_fit(struct bitmap *b, uint32_t granules);
uint32_t bitmap_best_fit(struct bitmap *b, uint32_t granules);
void bitmap_free(struct bitmap *b, uint32_t first, uint32_t granules);

/* Longest free run. */
uint32_t bitmap_largest(const struct bitmap *b);

/*
 * Bounce slots searched one by one from where the last search ended: for each slot the number of free
 * ones from it to the end of its segment of 128.
 */
struct linear {
    uint8_t *list;
    uint32_t n, next;
};

void linear_start(struct linear *l, uint32_t n);
void linear_end(struct linear *l);
uint32_t linear_alloc(struct linear *l, uint32_t slots);
void linear_free(struct linear *l, uint32_t first, uint32_t slots);

#endif
