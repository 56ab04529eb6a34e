/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file cache.h
 * @brief A write-back cache between the emulated CPU and the memory that a device sees.
 *
 * The arena is memory of the target, whose addresses here are offsets. dram[] is what the device reads and
 * writes. cpu[] is the emulator's memory: the cache's content where a line is in the cache, garbage
 * elsewhere. A hook before each access of the CPU fills the line first, so the emulator needs to know
 * nothing. Between any two steps the adversary may evict a line or, if the CPU speculates, fill one.
 */
#ifndef MC_CACHE_H
#define MC_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#define ARENA_LOW    0x10000u /* bytes of cached memory in the linear map, from offset 0 on */
#define ARENA_STOLEN 0x8000u  /* behind it: memory with an uncached mapping */
#define ARENA_HIGH   0x8000u  /* behind that: memory without a mapping */
#define ARENA_SIZE   (ARENA_LOW + ARENA_STOLEN + ARENA_HIGH)
#define STOLEN_AT    ARENA_LOW
#define HIGH_AT      (ARENA_LOW + ARENA_STOLEN)
#define ARENA_NONE   UINT32_MAX

enum line_state {
    LINE_ABSENT,
    LINE_CLEAN,
    LINE_DIRTY
};

enum cache_op {
    CACHE_CLEAN,
    CACHE_INVAL,
    CACHE_CLEAN_INVAL
};

struct cache {
    uint32_t line; /* bytes */
    bool speculates;
    bool inval_may_clean;
    uint8_t *cpu, *dram;             /* ARENA_SIZE bytes each */
    uint8_t state[ARENA_SIZE / 16u]; /* enum line_state, by line */
    uint64_t fills, evictions, ops[3];
};

/** New memory for the emulator. */
void cache_init(struct cache *c, uint32_t line);
void cache_fini(struct cache *c);

/** Before the emulator's access through a cached mapping. */
void cache_access(struct cache *c, uint32_t at, uint32_t len, bool store);

/** The same through an uncached one: the value goes to, or comes from, the device's memory. */
void cache_bypass(struct cache *c, uint32_t at, uint32_t len, bool store, const uint8_t *value);

/** One operation on the line of at. */
void cache_do(struct cache *c, enum cache_op op, uint32_t at);

/** Accesses of the CPU that the test makes itself. */
void cache_store(struct cache *c, uint32_t at, uint8_t value);
uint8_t cache_load(struct cache *c, uint32_t at);

/** What the CPU would load now. Changes nothing. */
uint8_t cache_peek(const struct cache *c, uint32_t at);

/** Nothing, or one move of the adversary. */
void cache_adversary(struct cache *c);

/** The state of the line of at. */
enum line_state cache_state(const struct cache *c, uint32_t at);

#endif
