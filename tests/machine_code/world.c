/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "world.h"

#include "trace.h"

#include <string.h>

void world_must(struct world *w, const char *what, uint32_t op, uint32_t a, uint32_t b, uint32_t c)
{
    const int rc = machine_call(w->m, op, a, b, c);

    if (rc != 0) {
        trace_fail("%s: status %d", what, rc);
    }
}

void world_own(struct world *w, uint32_t at, uint32_t len, enum owner owner)
{
    memset(w->owner + at, (int)owner, len);
}

bool world_owned(const struct world *w, uint32_t at, uint32_t len, enum owner owner)
{
    for (uint32_t i = at; i < at + len; i++) {
        if (w->owner[i] != owner) {
            return false;
        }
    }
    return true;
}

void world_check(struct world *w, uint32_t at, uint32_t len)
{
    const struct cache *c = &w->m->cache;
    const uint32_t end = at + len < ARENA_SIZE ? at + len : ARENA_SIZE;

    for (uint32_t i = at; i < end; i++) {
        const bool mine = w->owner[i] == OWN_CPU || w->owner[i] == OWN_READ;

        if (mine && cache_peek(c, i) != w->want[i]) {
            trace_fail("+%05x: the CPU loads %02x, not %02x", i, cache_peek(c, i), w->want[i]);
            return;
        }
        w->checked += mine;
    }
}

void world_store(struct world *w, uint32_t at)
{
    w->want[at] = (uint8_t)random_word();
    cache_store(&w->m->cache, at, w->want[at]);
}

void world_load(struct world *w, uint32_t at)
{
    const uint8_t value = cache_load(&w->m->cache, at);

    w->checked++;
    if (value != w->want[at]) {
        trace_fail("+%05x: the CPU loads %02x, not %02x", at, value, w->want[at]);
    }
}

uint32_t world_bus_at(const struct world *w, uint64_t bus)
{
    return arena_at(bus - w->window_bus + w->window_phys);
}

/* Near a mapping, where its neighbours are, or anywhere. */
static uint32_t some_place(const struct world *w)
{
    const uint32_t line = w->m->cache.line;
    const uint32_t i = mapping_any(w);

    if (i == MC_HANDLES || random_one_in(4)) {
        return random_below(random_one_in(4) && w->high ? ARENA_SIZE : ARENA_LOW);
    }
    const struct mapping *map = &w->maps[i];
    const struct piece *piece = &map->pieces[random_below(map->npieces)];
    const uint32_t edge = random_one_in(2) ? piece->at : piece->at + piece->len - 1u;

    return (edge + random_below(2u * line) + ARENA_SIZE - line) % ARENA_SIZE;
}

static void cpu_touches(struct world *w)
{
    const uint32_t at = some_place(w);
    const uint32_t n = 1u + random_below(48);

    trace_step("CPU at +%05x, %u bytes", at, n);
    for (uint32_t i = at; i < at + n && i < ARENA_SIZE; i++) {
        if (w->owner[i] == OWN_CPU && random_one_in(2)) {
            world_store(w, i);
        } else if (w->owner[i] == OWN_CPU || w->owner[i] == OWN_READ) {
            world_load(w, i);
        }
    }
}

static void coherent_step(struct world *w)
{
    const uint32_t i = buffer_any(w);

    if (i == MC_BUFFERS || random_one_in(3)) {
        buffer_alloc(w);
    } else if (random_one_in(3)) {
        buffer_free(w, i);
    } else {
        buffer_use(w, i);
    }
}

void world_step(struct world *w)
{
    const uint32_t i = mapping_any(w);
    const uint32_t choice = random_below(100);

    cache_adversary(&w->m->cache);
    if (choice < 25u) {
        cpu_touches(w);
    } else if (choice < 35u) {
        coherent_step(w);
    } else if (i == MC_HANDLES || choice < 55u) {
        mapping_map(w);
    } else if (choice < 70u) {
        mapping_device(w, i);
    } else if (choice < 80u) {
        mapping_sync(w, i);
    } else {
        mapping_unmap(w, i);
    }
}

/*
 * Memory as others left it: random bytes, some lines in the cache, some of them dirty. Lines of the memory
 * for uncached pools as well, where the library can find and drop them.
 */
static void fill_memory(struct world *w)
{
    struct cache *c = &w->m->cache;
    const uint32_t end = w->m->cpu->by_va ? ARENA_LOW : HIGH_AT;

    for (uint32_t i = 0; i < ARENA_SIZE; i++) {
        c->dram[i] = (uint8_t)random_word();
    }
    memcpy(w->want, c->dram, ARENA_SIZE);
    for (uint32_t i = 0; i < 200u; i++) {
        const uint32_t at = random_below(end);

        if (random_one_in(2)) {
            world_store(w, at);
        } else {
            world_load(w, at);
        }
    }
}

void world_begin(struct world *w, struct machine *m)
{
    *w = (struct world){.m = m};
    machine_reset(m);
    fill_memory(w);
    setup_library(w);
    setup_pools(w);
    setup_device(w);
}

void world_end(struct world *w)
{
    for (uint32_t i = 0; i < MC_HANDLES; i++) {
        while (w->maps[i].live && !trace_failed()) {
            mapping_unmap(w, i);
        }
    }
    for (uint32_t i = 0; i < MC_BUFFERS; i++) {
        if (w->bufs[i].live && !trace_failed()) {
            buffer_free(w, i);
        }
    }
    if (!trace_failed()) {
        setup_undo(w);
    }
    world_check(w, 0, ARENA_SIZE);
}
