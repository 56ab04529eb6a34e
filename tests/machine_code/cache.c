/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "cache.h"

#include "trace.h"

#include <stdlib.h>
#include <string.h>

#define GARBAGE 0xa5
#define PAGE    4096u

static uint8_t *state_of(struct cache *c, uint32_t at)
{
    return &c->state[at / c->line];
}

enum line_state cache_state(const struct cache *c, uint32_t at)
{
    return (enum line_state)c->state[at / c->line];
}

void cache_init(struct cache *c, uint32_t line)
{
    *c = (struct cache){.line = line};
    c->cpu = aligned_alloc(PAGE, ARENA_SIZE);
    c->dram = malloc(ARENA_SIZE);
    if (c->cpu == NULL || c->dram == NULL) {
        die("no memory");
    }
    memset(c->cpu, GARBAGE, ARENA_SIZE);
    memset(c->dram, 0, ARENA_SIZE);
}

void cache_fini(struct cache *c)
{
    free(c->cpu);
    free(c->dram);
    *c = (struct cache){0};
}

static void fill(struct cache *c, uint32_t at)
{
    const uint32_t first = at & ~(c->line - 1u);

    memcpy(c->cpu + first, c->dram + first, c->line);
    *state_of(c, at) = LINE_CLEAN;
    c->fills++;
}

static void write_back(struct cache *c, uint32_t at)
{
    const uint32_t first = at & ~(c->line - 1u);

    if (cache_state(c, at) == LINE_DIRTY) {
        memcpy(c->dram + first, c->cpu + first, c->line);
        *state_of(c, at) = LINE_CLEAN;
    }
}

static void drop(struct cache *c, uint32_t at)
{
    memset(c->cpu + (at & ~(c->line - 1u)), GARBAGE, c->line);
    *state_of(c, at) = LINE_ABSENT;
}

void cache_access(struct cache *c, uint32_t at, uint32_t len, bool store)
{
    const uint32_t last = (at + len - 1u) & ~(c->line - 1u);

    cache_adversary(c);
    for (uint32_t first = at & ~(c->line - 1u); first <= last; first += c->line) {
        if (cache_state(c, first) == LINE_ABSENT) {
            fill(c, first);
        }
        if (store) {
            *state_of(c, first) = LINE_DIRTY;
        }
    }
}

void cache_bypass(struct cache *c, uint32_t at, uint32_t len, bool store, const uint8_t *value)
{
    cache_adversary(c);
    for (uint32_t i = at; i < at + len; i++) {
        if (cache_state(c, i) != LINE_ABSENT) {
            trace_fail("uncached access at +%05x, of which a line is in the cache", at);
            return;
        }
    }
    if (store) {
        memcpy(c->dram + at, value, len);
    } else {
        memcpy(c->cpu + at, c->dram + at, len);
    }
}

void cache_do(struct cache *c, enum cache_op op, uint32_t at)
{
    cache_adversary(c);
    c->ops[op]++;
    if (op != CACHE_INVAL || (c->inval_may_clean && random_one_in(2))) {
        write_back(c, at);
    }
    if (op != CACHE_CLEAN) {
        drop(c, at);
    }
}

void cache_store(struct cache *c, uint32_t at, uint8_t value)
{
    cache_access(c, at, 1, true);
    c->cpu[at] = value;
}

uint8_t cache_load(struct cache *c, uint32_t at)
{
    cache_access(c, at, 1, false);
    return c->cpu[at];
}

uint8_t cache_peek(const struct cache *c, uint32_t at)
{
    return cache_state(c, at) != LINE_ABSENT ? c->cpu[at] : c->dram[at];
}

/*
 * A dirty line is written back, kept or not; a clean one goes; an absent one is fetched, if it has a cached
 * mapping: memory without one can come in by no speculation.
 */
void cache_adversary(struct cache *c)
{
    if (!random_one_in(4)) {
        return;
    }
    const uint32_t at = random_below(ARENA_SIZE / c->line) * c->line;

    switch (cache_state(c, at)) {
    case LINE_DIRTY:
        write_back(c, at);
        if (random_one_in(2)) {
            drop(c, at);
        }
        c->evictions++;
        break;
    case LINE_CLEAN:
        drop(c, at);
        c->evictions++;
        break;
    case LINE_ABSENT:
    default:
        if (c->speculates && at < ARENA_LOW) {
            fill(c, at);
        }
        break;
    }
}
