/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Streaming maps of random memory, and where the device finds it. */
#include "trace.h"
#include "world.h"

#include <dmacoh/dmacoh.h>

#define MAX_PIECES 6u

uint32_t mapping_any(const struct world *w)
{
    const uint32_t first = random_below(MC_HANDLES);

    for (uint32_t i = 0; i < MC_HANDLES; i++) {
        const uint32_t n = (first + i) % MC_HANDLES;

        if (w->maps[n].live) {
            return n;
        }
    }
    return MC_HANDLES;
}

uint32_t mapping_byte(const struct piece *list, uint32_t k)
{
    while (k >= list->len) {
        k -= list->len;
        list++;
    }
    return list->at + k;
}

void mapping_own(struct world *w, const struct mapping *map, enum owner owner)
{
    for (uint32_t i = 0; i < map->npieces; i++) {
        world_own(w, map->pieces[i].at, map->pieces[i].len, owner);
    }
}

/* Lengths from a byte to a page and a half; once in two whole lines. */
static struct piece some_piece(const struct world *w)
{
    static const uint32_t longest[] = {16, 100, 300, 6000};
    const uint32_t line = w->m->cache.line;
    struct piece p = {random_below(DRIVER_BYTES), 1u + random_below(longest[random_below(4)])};

    if (w->m->cpu->max_piece != 0) {
        p.len = 1u + p.len % w->m->cpu->max_piece;
    }
    if (w->high && random_one_in(3)) {
        p.at = HIGH_AT + random_below(ARENA_HIGH);
    } else if (random_one_in(4)) {
        const uint32_t i = buffer_any(w);

        p.at = i < MC_BUFFERS ? w->bufs[i].piece.at : p.at;
    }
    if (random_one_in(2)) {
        p.at &= ~(line - 1u);
        p.len = (p.len + line - 1u) & ~(line - 1u);
    }
    return p;
}

static bool choose_piece(struct world *w, struct mapping *map)
{
    for (uint32_t tries = 0; tries < 8u; tries++) {
        const struct piece p = some_piece(w);
        const uint32_t end = p.at < ARENA_LOW ? ARENA_LOW : ARENA_SIZE;

        if (p.at + p.len <= end && world_owned(w, p.at, p.len, OWN_CPU)) {
            map->pieces[map->npieces++] = p;
            map->len += p.len;
            world_own(w, p.at, p.len, OWN_DEVICE); /* nobody else's from now on */
            return true;
        }
    }
    return false;
}

static uint32_t some_attrs(uint32_t dir)
{
    uint32_t attrs = 0;

    if (dir == DMACOH_FROM_DEVICE && random_one_in(4)) {
        attrs |= DMACOH_ATTR_OVERWRITE;
    }
    if (random_one_in(10)) {
        attrs |= DMACOH_ATTR_NO_BOUNCE;
    }
    if (random_one_in(8)) {
        attrs |= DMACOH_ATTR_SKIP_SYNC;
    }
    return attrs;
}

/* The handle's segments: what of them is not the driver's own memory must be bounce memory. */
static void read_segs(struct world *w, uint32_t i)
{
    struct mapping *map = &w->maps[i];
    uint32_t k = 0;

    map->nsegs = machine_get(w->m, MC_OUT_NSEGS);
    for (uint32_t s = 0; s < map->nsegs && s < MC_SEGS; s++) {
        const uint32_t word = MC_OUT_FIRST + s * MC_OUT_STRIDE;
        const uint64_t bus = (uint64_t)machine_get(w->m, word + 1u) << 32 | machine_get(w->m, word);
        const struct piece seg = {world_bus_at(w, bus), machine_get(w->m, word + 2u)};

        map->segs[s] = seg;
        if (seg.at == ARENA_NONE || seg.len == 0 || seg.len > map->len - k) {
            trace_fail("map %u: segment %u is nowhere", i, s);
            return;
        }
        for (uint32_t n = 0; n < seg.len; n++, k++) {
            const uint32_t at = seg.at + n;

            if (at == mapping_byte(map->pieces, k)) {
                continue;
            }
            if (w->owner[at] != OWN_LIBRARY) {
                trace_fail("map %u: +%05x in segment %u belongs to somebody", i, at, s);
                return;
            }
            w->owner[at] = OWN_SLOT;
            w->bounced++;
        }
    }
    if (k != map->len) {
        trace_fail("map %u: segments of %u bytes for %u", i, k, map->len);
    }
}

/* The device's limits, shared lines without bounces, and shortages. */
static bool refusal_is_fair(int rc)
{
    return (rc <= DMACOH_E_MASK && rc >= DMACOH_E_NOREGION) || rc == DMACOH_E_EDGE ||
           rc == DMACOH_E_ALIGN || rc == DMACOH_E_UNSUPP; /* forced to bounce, and must not */
}

static int call_map(struct world *w, uint32_t i, bool list)
{
    const struct mapping *map = &w->maps[i];
    const struct piece *p = map->pieces;

    machine_put(w->m, 0, map->dir);
    machine_put(w->m, 1, map->attrs);
    for (uint32_t k = 0; k < map->npieces; k++) {
        machine_put(w->m, 2u + 2u * k, arena_phys(p[k].at));
        machine_put(w->m, 3u + 2u * k, p[k].len);
    }
    if (list) {
        return machine_call(w->m, MC_MAP_SEGS, i, map->npieces, 4u + random_below(MC_SEGS - 3u));
    }
    if (p->at < ARENA_LOW && random_one_in(2)) {
        return machine_call(w->m, MC_MAP_SINGLE, i, w->m->cpu->cached_va + arena_phys(p->at),
                            p->len);
    }
    return machine_call(w->m, MC_MAP_PHYS, i, arena_phys(p->at), p->len);
}

void mapping_map(struct world *w)
{
    const uint32_t i = random_below(MC_HANDLES);
    struct mapping *map = &w->maps[i];
    const bool list = random_one_in(2);
    const uint32_t pieces = list ? 1u + random_below(MAX_PIECES) : 1u;

    if (map->live) {
        return;
    }
    *map = (struct mapping){.dir = random_below(3)};
    map->attrs = some_attrs(map->dir);
    while (map->npieces < pieces && choose_piece(w, map)) {
    }
    if (map->npieces == 0) {
        return;
    }
    const int rc = call_map(w, i, list);

    trace_step("map %u: %u x +%05x, %u bytes, direction %u, attributes %x: %d", i, map->npieces,
               map->pieces[0].at, map->len, map->dir, map->attrs, rc);
    mapping_own(w, map, map->dir == DMACOH_TO_DEVICE ? OWN_READ : OWN_DEVICE);
    if (rc != DMACOH_OK) {
        w->refused++;
        mapping_own(w, map, OWN_CPU);
        if (!refusal_is_fair(rc)) {
            trace_fail("map %u: status %d", i, rc);
        }
        return;
    }
    w->mapped++;
    map->live = true;
    read_segs(w, i);
    if ((map->attrs & DMACOH_ATTR_SKIP_SYNC) != 0 && !trace_failed()) {
        world_must(w, "dmacoh_sync_for_device", MC_SYNC_DEV, i, 0, map->len);
    }
}
