/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "runs.h"

#include "compiler.h"

#define LOOK 4u /* entries that a bounded search visits */

static uint32_t log2_floor(uint32_t x)
{
    return 31u - (uint32_t)__builtin_clz(x);
}

/* The class whose runs have n granules or more, and fewer than the next class: row and bit in one. */
static inline uint32_t class_of(uint32_t n)
{
    if (n < RUNS_SUB) {
        return n;
    }
    const uint32_t shift = log2_floor(n) - RUNS_SUB_LOG;

    return (shift << RUNS_SUB_LOG) + (n >> shift);
}

static uint32_t size_of(uint32_t head)
{
    return head >> RUN_SIZE_SHIFT;
}

/* Lists end at r->n: the record behind the last granule takes stores that nobody reads. */
static inline void list_remove(struct runs *r, uint32_t i)
{
    const uint32_t next = r->rec[i].next;
    const uint32_t prev = r->rec[i].prev;

    r->rec[next].prev = prev;
    if (prev != r->n) {
        r->rec[prev].next = next;
        return;
    }
    const uint32_t k = class_of(size_of(r->rec[i].head));

    r->first[k] = next;
    if (next == r->n) {
        r->sub[k >> RUNS_SUB_LOG] &= ~(1u << (k & (RUNS_SUB - 1u)));
        if (r->sub[k >> RUNS_SUB_LOG] == 0) {
            r->rows &= ~(1u << (k >> RUNS_SUB_LOG));
        }
    }
}

/*
 * Make [i, i + n) a free run and list it: before the first of LOOK entries with a higher address, else
 * behind the last one looked at. The right neighbour learns that its left one is free.
 */
static void run_release(struct runs *r, uint32_t i, uint32_t n, uint32_t prev_free)
{
    const uint32_t k = class_of(n);
    uint32_t prev = r->n;
    uint32_t next = r->first[k];

    for (uint32_t looked = 0; looked < LOOK && next < i; looked++) {
        prev = next;
        next = r->rec[next].next;
    }
    r->rec[i].head = n << RUN_SIZE_SHIFT | prev_free | RUN_FREE;
    r->rec[i].next = next;
    r->rec[i].prev = prev;
    r->rec[i + n - 1u].foot = i;
    r->rec[i + n].head |= RUN_PREV_FREE;
    r->rec[next].prev = i;
    if (prev != r->n) {
        r->rec[prev].next = i;
    } else {
        r->first[k] = i;
        r->sub[k >> RUNS_SUB_LOG] |= 1u << (k & (RUNS_SUB - 1u));
        r->rows |= 1u << (k >> RUNS_SUB_LOG);
    }
}

void runs_init(struct runs *r, uint32_t n)
{
    r->rows = 0;
    r->n = n;
    for (uint32_t row = 0; row < RUNS_ROWS; row++) {
        r->sub[row] = 0;
    }
    for (uint32_t k = 0; k < RUNS_ROWS * RUNS_SUB; k++) {
        r->first[k] = n;
    }
    for (uint32_t i = 0; i <= n; i++) {
        r->rec[i] = (struct run_rec){0};
    }
    run_release(r, 0, n, 0);
}

/* A free run of at least n granules, or r->n. */
static uint32_t find(const struct runs *r, uint32_t n)
{
    const uint32_t above = class_of(n - 1u) + 1u; /* all of its runs are long enough */
    uint32_t row = above >> RUNS_SUB_LOG;
    uint32_t sub = r->sub[row] & (~0u << (above & (RUNS_SUB - 1u)));

    if (sub == 0) {
        const uint32_t rows = r->rows & (~1u << row);

        if (rows != 0) {
            row = (uint32_t)__builtin_ctz(rows);
            sub = r->sub[row];
        }
    }
    if (likely(sub != 0)) {
        return r->first[(row << RUNS_SUB_LOG) + (uint32_t)__builtin_ctz(sub)];
    }
    /* Nothing surely large enough. A region allocated whole is found here: n's own class. */
    uint32_t i = r->first[class_of(n)];

    for (uint32_t looked = 0; looked < LOOK && i != r->n; looked++) {
        if (size_of(r->rec[i].head) >= n) {
            return i;
        }
        i = r->rec[i].next;
    }
    return r->n;
}

uint32_t runs_alloc(struct runs *r, uint32_t n, uint32_t align, uint32_t bias, uint32_t gen)
{
    if (n - 1u >= r->n) {
        return RUNS_NONE;
    }
    const uint32_t slack = align - 1u < r->n - n ? align - 1u : r->n - n;
    uint32_t i = find(r, n + slack); /* aligned wherever it starts */

    if (unlikely(i == r->n)) {
        i = slack != 0 ? find(r, n) : i; /* a shorter run may happen to start well */
        if (i == r->n) {
            return RUNS_NONE;
        }
    }
    const uint32_t have = size_of(r->rec[i].head);
    const uint32_t front = (0u - (i + bias)) & (align - 1u);
    uint32_t prev_free = r->rec[i].head & RUN_PREV_FREE;

    if (front > have - n) {
        return RUNS_NONE; /* too short where it lies */
    }
    list_remove(r, i);
    if (front != 0) {
        run_release(r, i, front, prev_free);
        i += front;
        prev_free = RUN_PREV_FREE;
    }
    const uint32_t rest = have - front - n;

    if (rest != 0) {
        run_release(r, i + n, rest, 0);
    } else {
        r->rec[i + n].head &= ~RUN_PREV_FREE;
    }
    r->rec[i].head = n << RUN_SIZE_SHIFT | prev_free;
    r->rec[i].next = gen;
    return i;
}

uint32_t runs_free(struct runs *r, uint32_t i)
{
    const uint32_t freed = size_of(r->rec[i].head);
    uint32_t prev_free = r->rec[i].head & RUN_PREV_FREE;
    uint32_t n = freed;
    const uint32_t right = r->rec[i + n].head;

    if ((right & RUN_FREE) != 0) {
        list_remove(r, i + n);
        r->rec[i + n].head = 0;
        n += size_of(right);
    }
    if (prev_free != 0) {
        const uint32_t left = r->rec[i - 1u].foot;

        list_remove(r, left);
        r->rec[i].head = 0;
        n += size_of(r->rec[left].head);
        prev_free = r->rec[left].head & RUN_PREV_FREE;
        i = left;
    }
    run_release(r, i, n, prev_free);
    return freed;
}

uint32_t runs_largest(const struct runs *r)
{
    if (r->rows == 0) {
        return 0;
    }
    const uint32_t row = log2_floor(r->rows);

    return size_of(r->rec[r->first[row * RUNS_SUB + log2_floor(r->sub[row])]].head);
}
