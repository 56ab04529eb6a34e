/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* What the device does with mapped memory, and how the driver takes it back. */
#include "trace.h"
#include "world.h"

#include <dmacoh/dmacoh.h>

/* --- the device --- */

static void device_reads(struct world *w, uint32_t i, uint32_t off, uint32_t len)
{
    const struct mapping *map = &w->maps[i];

    for (uint32_t k = off; k < off + len; k++) {
        const uint8_t value = w->m->cache.dram[mapping_byte(map->segs, k)];
        const uint8_t want = w->want[mapping_byte(map->pieces, k)];

        if (value != want) {
            trace_fail("map %u: byte %u, +%05x: the device reads %02x, not %02x", i, k,
                       mapping_byte(map->pieces, k), value, want);
            return;
        }
    }
}

static void device_writes(struct world *w, uint32_t i, uint32_t off, uint32_t len)
{
    struct mapping *map = &w->maps[i];

    for (uint32_t k = off; k < off + len; k++) {
        const uint8_t value = (uint8_t)random_word();

        w->m->cache.dram[mapping_byte(map->segs, k)] = value;
        w->want[mapping_byte(map->pieces, k)] = value;
    }
    map->written = map->written || len == map->len;
}

void mapping_device(struct world *w, uint32_t i)
{
    const struct mapping *map = &w->maps[i];
    const uint32_t off = random_one_in(2) ? 0 : random_below(map->len);
    const uint32_t len = off == 0 ? map->len : 1u + random_below(map->len - off);

    trace_step("map %u: the device uses %u, %u bytes", i, off, len);
    if (map->dir != DMACOH_FROM_DEVICE) {
        device_reads(w, i, off, len);
    }
    if (map->dir != DMACOH_TO_DEVICE) {
        device_writes(w, i, off, len);
    }
    w->moved += len;
}

/* --- the driver --- */

/* [off, off + len) is the CPU's for a while: it loads, and stores if the direction lets it. */
static void cpu_looks(struct world *w, const struct mapping *map, uint32_t off, uint32_t len,
                      bool stores)
{
    for (uint32_t k = off; k < off + len; k++) {
        const uint32_t at = mapping_byte(map->pieces, k);

        world_load(w, at);
        if (stores && random_one_in(2)) {
            world_store(w, at);
        }
    }
}

/* Bytes that the device may not have written yet have no value under OVERWRITE. */
static void keep_promise(struct world *w, uint32_t i)
{
    const struct mapping *map = &w->maps[i];

    if ((map->attrs & DMACOH_ATTR_OVERWRITE) != 0 && !map->written) {
        device_writes(w, i, 0, map->len);
    }
}

void mapping_sync(struct world *w, uint32_t i)
{
    const struct mapping *map = &w->maps[i];
    const uint32_t off = random_one_in(2) ? 0 : random_below(map->len);
    const uint32_t len =
        off == 0 && random_one_in(2) ? map->len : 1u + random_below(map->len - off);

    keep_promise(w, i);
    trace_step("map %u: sync %u, %u bytes", i, off, len);
    world_must(w, "dmacoh_sync_for_cpu", MC_SYNC_CPU, i, off, len);
    cpu_looks(w, map, off, len, map->dir != DMACOH_FROM_DEVICE);
    world_must(w, "dmacoh_sync_for_device", MC_SYNC_DEV, i, off, len);
    if (map->dir != DMACOH_FROM_DEVICE && !trace_failed()) {
        device_reads(w, i, off, len);
    }
}

static void release(struct world *w, struct mapping *map)
{
    map->live = false;
    mapping_own(w, map, OWN_CPU);
    for (uint32_t k = 0; k < map->len; k++) {
        const uint32_t at = mapping_byte(map->segs, k);

        if (w->owner[at] == OWN_SLOT) {
            w->owner[at] = OWN_LIBRARY;
        }
    }
}

void mapping_unmap(struct world *w, uint32_t i)
{
    struct mapping *map = &w->maps[i];
    const uint32_t line = w->m->cache.line;

    keep_promise(w, i);
    if (map->refs != 0) {
        map->refs--;
        world_must(w, "dmacoh_unmap", MC_UNMAP, i, 0, 0);
        return;
    }
    if (random_one_in(16)) {
        map->refs++;
        world_must(w, "dmacoh_map_ref", MC_REF, i, 0, 0);
        return;
    }
    /* All of it first, and then stores, which unmap must not lose. */
    if ((map->attrs & DMACOH_ATTR_SKIP_SYNC) != 0 || random_one_in(4)) {
        world_must(w, "dmacoh_sync_for_cpu", MC_SYNC_CPU, i, 0, map->len);
        cpu_looks(w, map, 0, map->len, true);
    }
    world_must(w, "dmacoh_unmap", MC_UNMAP, i, 0, 0);
    trace_step("map %u: unmap", i);
    release(w, map);
    for (uint32_t k = 0; k < map->npieces; k++) {
        const struct piece *p = &map->pieces[k];

        world_check(w, p->at > line ? p->at - line : 0, p->len + 2u * line);
    }
}
