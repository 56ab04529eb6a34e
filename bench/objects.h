/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file objects.h
 * @brief A pool of small objects in the product and in the twin, and the same calls on both.
 */
#ifndef DMACOH_BENCH_OBJECTS_H
#define DMACOH_BENCH_OBJECTS_H

#include "twin.h"

#define OBJECTS_SLABS    512u
#define OBJECTS_MOST     (OBJECTS_SLABS * 64u)
#define OBJECTS_MAGAZINE 256u /* as the cache of the mempool that ours is compared with */

/* 64-byte objects; magazine 0: none. */
void objects_start(uint32_t magazine);
void objects_end(void);

/* With handle i. */
void objects_alloc(uint32_t i, struct tally *t);
void objects_free(uint32_t i, struct tally *t);

/* Handles of small objects are values: they may change places. */
void objects_swap(uint32_t i, uint32_t k);

#endif
