/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "runs.h"

#include "compiler.h"

#define RUN_FREE      1u
#define RUN_PREV_FREE 2u
#define SIZE_SHIFT    2u
#define LOOK          4u /* entries that a bounded search visits */

struct class
{
    uint32_t row, sub;
};

static uint32_t log2_floor(uint32_t x)
{
    return 31u - (uint32_t)__builtin_clz(x);
}

/* The class whose runs have n granules or more, and fewer than the next class. */
static struct class class_of(uint32_t n)
{
    struct class k = {0, n};

    if (n >= RUNS_SUB) {
        const uint32_t shift = log2_floor(n) - RUNS_SUB_LOG;

        k.row = shift + 1u;
        k.sub = (n >> shift) - RUNS_SUB;
    }
    return k;
}

/* The first class all of whose runs have n granules. */
static struct class class_above(uint32_t n)
{
    return class_of(n < RUNS_SUB ? n : n + (1u << (log2_floor(n) - RUNS_SUB_LOG)) - 1u);
}

static uint32_t size_of(uint32_t head)
{
    return head >> SIZE_SHIFT;
}

static void list_remove(struct runs *r, uint32_t i)
{
    const uint32_t next = r->rec[i].next;
    const uint32_t prev = r->rec[i].prev;

    if (next != RUNS_NONE) {
        r->rec[next].prev = prev;
    }
    if (prev != RUNS_NONE) {
        r->rec[prev].next = next;
        return;
    }
    const struct class k = class_of(size_of(r->rec[i].head));

    r->first[k.row][k.sub] = next;
    if (next == RUNS_NONE) {
        r->sub[k.row] &= ~(1u << k.sub);
        if (r->sub[k.row] == 0) {
            r->rows &= ~(1u << k.row);
        }
    }
}

/*
 * Make [i, i + n) a free run and list it: before the first of LOOK entries with a higher address, else
 * behind the last one looked at. The right neighbour learns that its left one is free.
 */
static void run_release(struct runs *r, uint32_t i, uint32_t n, uint32_t prev_free)
{
    const struct class k = class_of(n);
    uint32_t prev = RUNS_NONE;
    uint32_t next = r->first[k.row][k.sub];

    for (uint32_t looked = 0; looked < LOOK && next != RUNS_NONE && next < i; looked++) {
        prev = next;
        next = r->rec[next].next;
    }
    r->rec[i].head = n << SIZE_SHIFT | prev_free | RUN_FREE;
    r->rec[i].next = next;
    r->rec[i].prev = prev;
    r->rec[i + n - 1u].foot = i;
    r->rec[i + n].head |= RUN_PREV_FREE;
    if (next != RUNS_NONE) {
        r->rec[next].prev = i;
    }
    if (prev != RUNS_NONE) {
        r->rec[prev].next = i;
    } else {
        r->first[k.row][k.sub] = i;
        r->sub[k.row] |= 1u << k.sub;
        r->rows |= 1u << k.row;
    }
}

void runs_init(struct runs *r, uint32_t n)
{
    r->rows = 0;
    r->n = n;
    for (uint32_t row = 0; row < RUNS_ROWS; row++) {
        r->sub[row] = 0;
        for (uint32_t s = 0; s < RUNS_SUB; s++) {
            r->first[row][s] = RUNS_NONE;
        }
    }
    for (uint32_t i = 0; i <= n; i++) {
        r->rec[i] = (struct run_rec){0};
    }
    run_release(r, 0, n, 0);
}

/* A run of at least n granules, out of the lists; or RUNS_NONE. */
static uint32_t take(struct runs *r, uint32_t n)
{
    struct class k = class_above(n);
    uint32_t i;

    if (k.row < RUNS_ROWS) {
        uint32_t sub = r->sub[k.row] & (~0u << k.sub);

        if (sub == 0) {
            const uint32_t rows = r->rows & (~1u << k.row);

            if (rows != 0) {
                k.row = (uint32_t)__builtin_ctz(rows);
                sub = r->sub[k.row];
            }
        }
        if (sub != 0) {
            i = r->first[k.row][(uint32_t)__builtin_ctz(sub)];
            list_remove(r, i);
            return i;
        }
    }
    /* Nothing surely large enough. A region allocated whole is found here: n's own class. */
    k = class_of(n);
    i = r->first[k.row][k.sub];
    for (uint32_t looked = 0; looked < LOOK && i != RUNS_NONE; looked++) {
        if (size_of(r->rec[i].head) >= n) {
            list_remove(r, i);
            return i;
        }
        i = r->rec[i].next;
    }
    return RUNS_NONE;
}

uint32_t runs_alloc(struct runs *r, uint32_t n, uint32_t align, uint32_t bias, uint32_t gen)
{
    if (n - 1u >= r->n) {
        return RUNS_NONE;
    }
    const uint32_t slack = align - 1u < r->n - n ? align - 1u : r->n - n;
    uint32_t i = take(r, n + slack); /* aligned wherever it starts */

    if (i == RUNS_NONE && slack != 0) {
        i = take(r, n); /* a shorter run may happen to start well */
    }
    if (i == RUNS_NONE) {
        return RUNS_NONE;
    }

    const uint32_t have = size_of(r->rec[i].head);
    const uint32_t front = (0u - (i + bias)) & (align - 1u);
    uint32_t prev_free = r->rec[i].head & RUN_PREV_FREE;

    if (front > have - n) {
        run_release(r, i, have, prev_free); /* too short where it lies: as it was */
        return RUNS_NONE;
    }
    if (front != 0) {
        run_release(r, i, front, prev_free);
        i += front;
        prev_free = RUN_PREV_FREE;
    }
    r->rec[i + have - front].head &= ~RUN_PREV_FREE;
    if (have - front > n) {
        run_release(r, i + n, have - front - n, 0);
    }
    r->rec[i].head = n << SIZE_SHIFT | prev_free;
    r->rec[i].next = gen;
    return i;
}

uint32_t runs_size(const struct runs *r, uint32_t i)
{
    if (i >= r->n || (r->rec[i].head & RUN_FREE) != 0) {
        return 0;
    }
    return size_of(r->rec[i].head);
}

uint32_t runs_gen(const struct runs *r, uint32_t i)
{
    return r->rec[i].next;
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

    return size_of(r->rec[r->first[row][log2_floor(r->sub[row])]].head);
}
