/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* A random system: pools of both kinds, a device with random limits. */
#include "trace.h"
#include "world.h"

#include <dmacoh/dmacoh.h>

#define BUS_BASE    0x80000000u
#define LEAST_SHIFT 6u /* granule of 64 bytes: the longest line */

static void put(struct world *w, uint32_t word, uint32_t value)
{
    machine_put(w->m, word, value);
}

void setup_library(struct world *w)
{
    const struct cpu *cpu = w->m->cpu;

    for (uint32_t i = 0; i < MC_WORDS; i++) {
        put(w, i, 0);
    }
    world_must(w, "boot", MC_BOOT, cpu->windows != NULL, 0, 0);
    put(w, MC_IN_FLAGS, cpu->init_flags);
    put(w, MC_IN_LOW_PHYS, LOW_PHYS);
    put(w, MC_IN_LOW_SIZE, ARENA_LOW);
    put(w, MC_IN_LOW_VA, cpu->cached_va + LOW_PHYS);
    if (cpu->windows != NULL) {
        const uint32_t slots = 1u + random_below(MC_WIN_ENTRIES);

        w->high = true;
        put(w, MC_IN_RAM_SIZE, RAM_SIZE);
        put(w, MC_IN_HIGH_PHYS, HIGH_PHYS);
        put(w, MC_IN_HIGH_SIZE, ARENA_HIGH);
        put(w, MC_IN_ROOT, MC_TABLE_L1);
        put(w, MC_IN_TABLES_PHYS, MC_TABLE_WIN);
        put(w, MC_IN_TABLES_VA, MC_TABLE_WIN);
        put(w, MC_IN_TABLES_SIZE, MC_TABLE_BYTES);
        put(w, MC_IN_WIN_SLOTS, slots);
        put(w, MC_IN_ENTRY_FIRST, cpu->windows->first_entry);
        put(w, MC_IN_ENTRY_COUNT, MC_WIN_ENTRIES);
        w->m->windows.slots = slots;
        put(w, MC_IN_WIN_VA, MC_WIN_VA);
    }
    put(w, MC_IN_FACT_CPU, cpu->fact_cpu);
    put(w, MC_IN_FACT_LINE, cpu->fact_cpu != 0 ? cpu->line : 0);
    world_must(w, "dmacoh_init", MC_INIT, 0, 0, 0);

    const uint32_t line = (uint32_t)machine_call(w->m, MC_LINE, 0, 0, 0);

    if (line != cpu->line) {
        trace_fail("the library says lines of %u bytes, the model has %u", line, cpu->line);
    }
}

static void add_region(struct world *w, uint32_t pool, uint32_t at, uint32_t bytes, uint32_t shift)
{
    const struct cpu *cpu = w->m->cpu;
    const bool cached = at < ARENA_LOW;
    const uint32_t region = w->nregions[pool]++;
    const uint32_t phys = arena_phys(at);

    w->regions[pool][region] = (struct piece){at, bytes};
    trace_step("pool %u: +%05x, %u bytes, granule 2^%u", pool, at, bytes, shift);
    put(w, MC_RE_PHYS, phys);
    put(w, MC_RE_SIZE, bytes);
    put(w, MC_RE_VA, phys + (cached ? cpu->cached_va : cpu->uncached_va));
    put(w, MC_RE_ATTR, cached ? DMACOH_MEM_CACHED : DMACOH_MEM_UNCACHED);
    put(w, MC_RE_METHOD, cached ? DMACOH_M_NONE : cpu->method);
    put(w, MC_RE_SHIFT, shift);
    put(w, MC_RE_MAX_RUN, 0);
    put(w, MC_RE_FLAGS, cpu->by_va && !cached ? DMACOH_REGION_CLEAN : 0);
    world_must(w, "dmacoh_pool_add_region", MC_ADD, pool, region, 0);
    for (uint32_t i = at; i < at + bytes && !cached; i += w->m->cache.line) {
        if (cache_state(&w->m->cache, i) != LINE_ABSENT) {
            trace_fail("+%05x: a line of an uncached region is in the cache", i);
        }
    }
}

void setup_pools(struct world *w)
{
    for (uint32_t pool = 0; pool < MC_POOLS; pool++) {
        world_must(w, "dmacoh_pool_init", MC_POOL_INIT, pool, 0, 0);
    }
    const bool uncached = !w->m->cpu->no_uncached;

    world_own(w, STOLEN_AT, ARENA_STOLEN, OWN_LIBRARY);
    if (uncached) {
        add_region(w, 0, STOLEN_COH, STOLEN_BYTES, LEAST_SHIFT + random_below(7));
    }
    if (!uncached || random_one_in(2)) {
        world_own(w, CACHED_COH, CACHED_BYTES, OWN_LIBRARY);
        add_region(w, 0, CACHED_COH, CACHED_BYTES, LEAST_SHIFT + random_below(3));
    }
    if (!uncached || random_one_in(2)) {
        world_own(w, CACHED_BOUNCE, CACHED_BYTES, OWN_LIBRARY);
        add_region(w, 1, CACHED_BOUNCE, CACHED_BYTES, LEAST_SHIFT + random_below(3));
    }
    if (uncached && (w->nregions[1] == 0 || random_one_in(2))) {
        add_region(w, 1, STOLEN_BOUNCE, STOLEN_BYTES, LEAST_SHIFT + random_below(4));
    }
}

/* n once in two, else no limit. */
static uint32_t some_limit(uint32_t n)
{
    return random_one_in(2) ? n : 0;
}

void setup_device(struct world *w)
{
    uint32_t max_seg = 0;
    uint32_t boundary = 0;
    uint32_t gap_mask = 0;

    if (random_one_in(2)) {
        max_seg = some_limit(4096);
        boundary = some_limit(4096);
        gap_mask = random_one_in(8) ? 1023u : 0;
    }
    put(w, MC_DE_MASK, UINT32_MAX);
    put(w, MC_DE_BOUNDARY, boundary);
    put(w, MC_DE_MAX_SEG, max_seg);
    put(w, MC_DE_MAX_SEGS, random_one_in(3) ? 4u + random_below(8) : 0);
    put(w, MC_DE_ALIGN, random_one_in(4) ? 4u << random_below(4) : 0);
    put(w, MC_DE_GAP_MASK, gap_mask);
    put(w, MC_DE_FLAGS, random_one_in(6) ? DMACOH_DEV_FORCE_BOUNCE : 0);
    put(w, MC_DE_BOUNCE, random_one_in(12) ? MC_POOLS : 1u);
    put(w, MC_DE_WIN_SIZE, 0);
    if (random_one_in(3)) {
        /* Once in two the first 16 KiB are out of the device's reach. */
        w->window_phys = LOW_PHYS + (random_one_in(2) ? 0x4000u : 0);
        w->window_bus = BUS_BASE;
        put(w, MC_DE_WIN_PHYS, w->window_phys);
        put(w, MC_DE_WIN_BUS, w->window_bus);
        put(w, MC_DE_WIN_SIZE, LOW_PHYS + HIGH_AT - w->window_phys);
    }
    trace_step("device: max_seg %u, boundary %u, gap mask %u, bus %08x is %08x", max_seg, boundary,
               gap_mask, w->window_bus, w->window_phys);
    world_must(w, "dmacoh_dev_init", MC_DEV_INIT, 0, 0, 0);
}

static void remove_region(struct world *w, uint32_t pool)
{
    const uint32_t region = --w->nregions[pool];
    const struct piece *p = &w->regions[pool][region];

    world_must(w, "dmacoh_pool_remove_region", MC_REMOVE, pool, region, 0);
    for (uint32_t i = p->at; i < p->at + p->len; i += w->m->cache.line) {
        if (cache_state(&w->m->cache, i) == LINE_DIRTY) {
            trace_fail("+%05x: a line of a region that is no more is dirty", i);
        }
    }
}

void setup_undo(struct world *w)
{
    world_must(w, "dmacoh_dev_fini", MC_DEV_FINI, 0, 0, 0);
    for (uint32_t pool = 0; pool < MC_POOLS; pool++) {
        while (w->nregions[pool] != 0) {
            remove_region(w, pool);
        }
        world_must(w, "dmacoh_pool_fini", MC_POOL_FINI, pool, 0, 0);
    }
    world_must(w, "dmacoh_fini", MC_FINI, 0, 0, 0);
    if (w->m->cpu->windows != NULL) {
        w->m->cpu->windows->ended(w->m);
    }
}
