/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "reference.h"
#include "harness.h"

#include <stdlib.h>

#define SEGMENT 128u

void bitmap_start(struct bitmap *b, uint32_t n)
{
    b->n = n;
    b->words = calloc(n / 64u + 1u, sizeof(*b->words));
    if (b->words == NULL) {
        give_up("out of memory", (long)n);
    }
}

void bitmap_end(struct bitmap *b)
{
    free(b->words);
}

/* First granule from i on whose bit is `taken`, or n. */
static uint32_t next_bit(const struct bitmap *b, uint32_t i, bool taken)
{
    while (i < b->n) {
        const uint64_t word = (taken ? b->words[i / 64u] : ~b->words[i / 64u]) >> i % 64u;

        if (word != 0) {
            i += (uint32_t)__builtin_ctzll(word);
            return i < b->n ? i : b->n;
        }
        i = (i / 64u + 1u) * 64u;
    }
    return b->n;
}

static void mark(struct bitmap *b, uint32_t first, uint32_t granules, bool taken)
{
    for (uint32_t i = first; i < first + granules;) {
        const uint32_t rest = 64u - i % 64u;
        const uint32_t here = first + granules - i < rest ? first + granules - i : rest;
        const uint64_t mask = (here == 64u ? UINT64_MAX : ((uint64_t)1 << here) - 1u) << i % 64u;

        b->words[i / 64u] = taken ? b->words[i / 64u] | mask : b->words[i / 64u] & ~mask;
        i += here;
    }
}

uint32_t bitmap_first_fit(struct bitmap *b, uint32_t granules)
{
    uint32_t i = next_bit(b, 0, false);

    while (i < b->n) {
        const uint32_t end = next_bit(b, i, true);

        if (end - i >= granules) {
            mark(b, i, granules, true);
            return i;
        }
        i = next_bit(b, end, false);
    }
    return REFERENCE_NONE;
}

uint32_t bitmap_best_fit(struct bitmap *b, uint32_t granules)
{
    uint32_t best = REFERENCE_NONE;
    uint32_t length = UINT32_MAX;
    uint32_t i = next_bit(b, 0, false);

    while (i < b->n && length != granules) {
        const uint32_t end = next_bit(b, i, true);

        if (end - i >= granules && end - i < length) {
            best = i;
            length = end - i;
        }
        i = next_bit(b, end, false);
    }
    if (best != REFERENCE_NONE) {
        mark(b, best, granules, true);
    }
    return best;
}

void bitmap_free(struct bitmap *b, uint32_t first, uint32_t granules)
{
    mark(b, first, granules, false);
}

uint32_t bitmap_largest(const struct bitmap *b)
{
    uint32_t largest = 0;

    for (uint32_t i = next_bit(b, 0, false); i < b->n;) {
        const uint32_t end = next_bit(b, i, true);

        largest = end - i > largest ? end - i : largest;
        i = next_bit(b, end, false);
    }
    return largest;
}

void linear_start(struct linear *l, uint32_t n)
{
    l->n = n;
    l->next = 0;
    l->list = malloc(n);
    if (l->list == NULL) {
        give_up("out of memory", (long)n);
    }
    for (uint32_t i = 0; i < n; i++) {
        l->list[i] = (uint8_t)(SEGMENT - i % SEGMENT);
    }
}

void linear_end(struct linear *l)
{
    free(l->list);
}

/* The slots in front of [first, first + slots) in its segment see as many free ones as there are now. */
static void count_before(struct linear *l, uint32_t first)
{
    uint8_t free_from = first % SEGMENT != 0 && first < l->n ? l->list[first] : 0;

    for (uint32_t i = first; i % SEGMENT != 0 && l->list[i - 1u] != 0; i--) {
        free_from++;
        l->list[i - 1u] = free_from;
    }
}

uint32_t linear_alloc(struct linear *l, uint32_t slots)
{
    uint32_t i = l->next;

    for (uint32_t seen = 0; seen < l->n; seen++) {
        if (l->list[i] >= slots) {
            for (uint32_t k = i; k < i + slots; k++) {
                l->list[k] = 0;
            }
            count_before(l, i);
            l->next = i + slots < l->n ? i + slots : 0;
            return i;
        }
        i = i + 1u < l->n ? i + 1u : 0;
    }
    return REFERENCE_NONE;
}

void linear_free(struct linear *l, uint32_t first, uint32_t slots)
{
    const uint32_t end = first + slots;
    uint8_t free_from = end % SEGMENT != 0 ? l->list[end] : 0;

    for (uint32_t i = end; i > first; i--) {
        free_from++;
        l->list[i - 1u] = free_from;
    }
    count_before(l, first);
}
