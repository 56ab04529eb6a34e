/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file twin.h
 * @brief Exact counts of a million calls, of which only some hundred are stepped.
 *
 * The twin is the library a second time, compiled without optimisation and with a hook in every basic
 * block. Product and twin do the same calls on worlds of their own. The hook folds the path of a call
 * into one number; the count of a path is learnt by stepping the product once, and is known afterwards.
 * Now and then a known path is stepped again: a different count is a fault of this method and reported.
 */
#ifndef DMACOH_BENCH_TWIN_H
#define DMACOH_BENCH_TWIN_H

#include "harness.h"
#include "world.h"

void twin_load(const char *file);
const struct library *twin_library(void);

/* The number of the CPU that both libraries run on from now on. */
void twin_cpu(uint32_t cpu);

/* Before and after a call of the twin. True: step the product's call, then tell twin_learn(). */
void twin_begin(uint64_t kind);
bool twin_must_step(uint32_t *n);
void twin_learn(uint32_t n);

/* Step every so manieth known path again; 0: never. */
void twin_check_every(uint32_t calls);

uint32_t twin_paths(void);
uint32_t twin_checked(void);
uint32_t twin_mismatches(void);

/* A pool in both libraries, and the same calls on both; *n is the product's count. */
struct pair {
    struct world product, twin;
};

struct pair_buf {
    struct dmacoh_buf product, twin;
};

/* An allocation with an alignment and a boundary, as dmacoh_alloc_aligned() takes them. */
struct wish {
    size_t size, align;
    uint64_t boundary;
};

void pair_start(struct pair *p, uint64_t pool_size);
void pair_end(struct pair *p);
int pair_alloc(struct pair *p, struct pair_buf *b, size_t size, struct tally *t);
int pair_alloc_aligned(struct pair *p, struct pair_buf *b, const struct wish *wish,
                       struct tally *t);
int pair_free(struct pair_buf *b, struct tally *t);

#endif
