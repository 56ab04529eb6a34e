/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Ownership, told to the machine. The library does not know the simulator; what a call means is
 * derived here from its arguments and from the bus addresses that it gave out. At entry of a call
 * the bytes belong to the library, at its return to the device or to the CPU. Of bounced bytes the
 * device owns the slot, and the original belongs to the library until it is taken back.
 */
#include <dmacoh-sim/sim.h>

#include "env_sim.h"
#include "env_state.h"

/* Contiguous bytes of a mapping, where they lie and where the device finds them. */
struct span {
    uint32_t off, len;
    dmacoh_phys_t phys, dev;
};

static bool tracked(void)
{
    return env_case->dev != ENV_SNOOP; /* a snooping master shares what the CPU owns */
}

static enum sim_owner device_owner(const struct env_map *m)
{
    switch (m->dir) {
    case DMACOH_TO_DEVICE:
        return SIM_OWN_TO;
    case DMACOH_FROM_DEVICE:
        return SIM_OWN_FROM;
    default:
        return SIM_OWN_BIDI;
    }
}

static uint32_t total(const struct env_map *m)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < m->n; i++) {
        n += m->in[i].len;
    }
    return n;
}

static dmacoh_phys_t original(const struct env_map *m, uint32_t off)
{
    uint32_t i = 0;

    while (off >= m->in[i].len) {
        off -= m->in[i++].len;
    }
    return m->in[i].phys + off;
}

static bool next_span(const struct env_map *m, uint32_t off, struct span *s)
{
    const uint32_t end = total(m);

    if (off >= end) {
        return false;
    }
    *s = (struct span){off, 1, original(m, off), env_bus_to_phys(env_map_bus(m, off))};
    while (s->off + s->len < end && original(m, s->off + s->len) == s->phys + s->len &&
           env_bus_to_phys(env_map_bus(m, s->off + s->len)) == s->dev + s->len) {
        s->len++;
    }
    return true;
}

struct change {
    enum sim_owner direct, slot, bounced;
};

/* The part of a span that [off, off + len) moves: direct bytes in whole units within the span. */
static struct span moved(const struct span *s, uint32_t off, uint32_t len)
{
    const uint32_t unit = env_line() - 1u;
    uint64_t first = off > s->off ? off : s->off;
    uint64_t end = (uint64_t)off + len < s->off + s->len ? (uint64_t)off + len : s->off + s->len;

    if (first >= end) {
        return (struct span){s->off, 0, s->phys, s->dev};
    }
    if (s->phys == s->dev) {
        const uint64_t low = (s->phys + (first - s->off)) & ~(uint64_t)unit;
        const uint64_t high = ((s->phys + (end - s->off) - 1u) | unit) + 1u;

        first = low > s->phys ? s->off + (low - s->phys) : s->off;
        end = high < s->phys + s->len ? s->off + (high - s->phys) : s->off + s->len;
    }
    const uint32_t skip = (uint32_t)(first - s->off);

    return (struct span){(uint32_t)first, (uint32_t)(end - first), s->phys + skip, s->dev + skip};
}

static void own(const struct env_map *m, uint32_t off, uint32_t len, struct change c)
{
    struct span s;

    for (uint32_t at = 0; next_span(m, at, &s); at = s.off + s.len) {
        const struct span part = moved(&s, off, len);

        if (part.len != 0 && part.phys == part.dev) {
            sim_own(part.phys, part.len, c.direct);
        } else if (part.len != 0) {
            sim_own(part.phys, part.len, c.bounced);
            sim_own(part.dev, part.len, c.slot);
        }
    }
}

static void own_originals(const struct env_map *m, enum sim_owner owner)
{
    for (uint32_t i = 0; i < m->n; i++) {
        sim_own(m->in[i].phys, m->in[i].len, owner);
    }
}

/* A call may touch its buffers and the pools. */
static void enter(const struct env_map *m)
{
    sim_call_begin();
    for (uint32_t i = 0; i < m->n; i++) {
        sim_call_range(m->in[i].phys, m->in[i].len);
    }
    env_sim_pool_ranges();
}

void track_map_begin(const struct env_map *m)
{
    if (tracked()) {
        enter(m);
        own_originals(m, SIM_OWN_LIB);
    }
}

void track_map_end(const struct env_map *m, int rc)
{
    const enum sim_owner dev = device_owner(m);
    struct span s;

    if (!tracked()) {
        return;
    }
    if (rc != DMACOH_OK) {
        own_originals(m, SIM_OWN_CPU);
    } else if ((m->attrs & DMACOH_ATTR_SKIP_SYNC) != 0) {
        own_originals(m, SIM_OWN_CPU); /* the sync calls hand over */
    } else {
        own(m, 0, total(m), (struct change){dev, dev, SIM_OWN_LIB});
    }
    for (uint32_t at = 0;
         rc == DMACOH_OK && (m->attrs & DMACOH_ATTR_OVERWRITE) != 0 && next_span(m, at, &s);
         at = s.off + s.len) {
        sim_forget(s.dev, s.len);
    }
    sim_call_end();
}

/* Another user's call may be the one that hands back: bytes of a shared mapping stay the device's. */
static bool shared(const struct env_map *m)
{
    return m->shared != 0;
}

void track_sync_begin(const struct env_map *m, bool to_cpu, uint32_t off, uint32_t len)
{
    (void)to_cpu;
    if (!tracked()) {
        return;
    }
    enter(m);
    if (!shared(m)) {
        own(m, off, len, (struct change){SIM_OWN_LIB, SIM_OWN_LIB, SIM_OWN_LIB});
    }
}

void track_sync_end(const struct env_map *m, bool to_cpu, uint32_t off, uint32_t len)
{
    const enum sim_owner dev = device_owner(m);

    if (!tracked()) {
        return;
    }
    if (to_cpu) {
        own(m, off, len, (struct change){SIM_OWN_CPU, SIM_OWN_LIB, SIM_OWN_CPU});
    } else {
        own(m, off, len, (struct change){dev, dev, SIM_OWN_LIB});
    }
    sim_call_end();
}

static bool live(const struct env_map *m)
{
    return m->map.cookie != 0;
}

void track_unmap_begin(const struct env_map *m)
{
    if (!tracked()) {
        return;
    }
    enter(m);
    if (live(m) && !shared(m) && (m->attrs & DMACOH_ATTR_SKIP_SYNC) == 0) {
        own(m, 0, total(m), (struct change){SIM_OWN_LIB, SIM_OWN_LIB, SIM_OWN_LIB});
    }
}

void track_unmap_end(const struct env_map *m, int rc)
{
    if (!tracked()) {
        return;
    }
    if (rc == DMACOH_OK && !live(m)) {
        own(m, 0, total(m), (struct change){SIM_OWN_CPU, SIM_OWN_LIB, SIM_OWN_CPU});
    }
    sim_call_end();
}

void track_alloc_begin(void)
{
    sim_call_begin();
    env_sim_pool_ranges();
}

void track_alloc_end(const struct dmacoh_buf *buf, int rc)
{
    if (rc == DMACOH_OK) {
        sim_own(buf->phys, buf->size, SIM_OWN_COH);
    }
    sim_call_end();
}

void track_free(const struct dmacoh_buf *buf)
{
    sim_own(buf->phys, buf->size, SIM_OWN_LIB);
}
