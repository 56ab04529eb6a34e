/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Buffers out of the device's pool: uncached ones, which both sides use at once, and cached ones. */
#include "trace.h"
#include "world.h"

#include <dmacoh/dmacoh.h>

uint32_t buffer_any(const struct world *w)
{
    const uint32_t first = random_below(MC_BUFFERS);

    for (uint32_t i = 0; i < MC_BUFFERS; i++) {
        const uint32_t n = (first + i) % MC_BUFFERS;

        if (w->bufs[n].live) {
            return n;
        }
    }
    return MC_BUFFERS;
}

/* What either side sees now. */
static uint8_t value_at(const struct world *w, const struct buffer *b, uint32_t at)
{
    return b->coherent ? w->m->cache.dram[at] : cache_peek(&w->m->cache, at);
}

static void handed_out(struct world *w, uint32_t i, bool zeroed)
{
    struct buffer *b = &w->bufs[i];
    const uint32_t at = world_bus_at(w, machine_get(w->m, MC_BU_BUS));
    const uint32_t len = machine_get(w->m, MC_BU_SIZE);

    if (at == ARENA_NONE || at + len > HIGH_AT || arena_at(machine_get(w->m, MC_BU_PHYS)) != at ||
        w->m->cpu->locate(machine_get(w->m, MC_BU_VA)).phys != arena_phys(at)) {
        trace_fail("buffer %u: its three addresses are not one place", i);
        return;
    }
    if (!world_owned(w, at, len, OWN_LIBRARY)) {
        trace_fail("buffer %u: +%05x, %u bytes, somebody else has them", i, at, len);
        return;
    }
    *b = (struct buffer){true, at >= STOLEN_AT, {at, len}};
    for (uint32_t k = at; k < at + len; k++) {
        w->want[k] = value_at(w, b, k);
        if (zeroed && w->want[k] != 0) {
            trace_fail("buffer %u: +%05x is not zero", i, k);
        }
    }
    world_own(w, at, len, b->coherent ? OWN_COHERENT : OWN_CPU);
}

void buffer_alloc(struct world *w)
{
    const uint32_t i = random_below(MC_BUFFERS);
    const uint32_t size = 1u + random_below(random_one_in(4) ? 3000 : 300);
    uint32_t attrs = random_one_in(3) ? DMACOH_ATTR_NONCOHERENT : 0;

    if (w->bufs[i].live) {
        return;
    }
    attrs |= random_one_in(3) ? DMACOH_ATTR_NOZERO : 0;
    const int rc = machine_call(w->m, MC_ALLOC, i, size, attrs);

    trace_step("buffer %u: alloc %u bytes, attributes %x: %d", i, size, attrs, rc);
    if (rc == DMACOH_OK) {
        handed_out(w, i, (attrs & DMACOH_ATTR_NOZERO) == 0);
    } else if (rc != DMACOH_E_FULL && rc != DMACOH_E_FRAG && rc != DMACOH_E_NOREGION) {
        trace_fail("dmacoh_alloc: status %d", rc);
    }
}

/* A cached buffer whose bytes are mapped stays. */
void buffer_free(struct world *w, uint32_t i)
{
    struct buffer *b = &w->bufs[i];

    if (!b->coherent && !world_owned(w, b->piece.at, b->piece.len, OWN_CPU)) {
        return;
    }
    world_must(w, "dmacoh_free", MC_FREE, i, 0, 0);
    trace_step("buffer %u: free", i);
    world_own(w, b->piece.at, b->piece.len, OWN_LIBRARY);
    b->live = false;
}

/* An exchange: one side stores, the library orders, the other side looks. */
void buffer_use(struct world *w, uint32_t i)
{
    const struct buffer *b = &w->bufs[i];
    struct cache *c = &w->m->cache;
    const uint32_t at = b->piece.at + random_below(b->piece.len);
    const uint8_t value = (uint8_t)random_word();

    if (!b->coherent) {
        return;
    }
    if (random_one_in(2)) {
        cache_bypass(c, at, 1, true, &value);
        world_must(w, "dmacoh_desc_publish", MC_BARRIER, random_one_in(2) ? 0 : 2, 0, 0);
        trace_step("buffer %u: the CPU stores %02x to +%05x", i, value, at);
    } else {
        c->dram[at] = value;
        world_must(w, "dmacoh_rmb", MC_BARRIER, 1, 0, 0);
        trace_step("buffer %u: the device stores %02x to +%05x", i, value, at);
    }
    w->want[at] = value;
    for (uint32_t k = b->piece.at; k < b->piece.at + b->piece.len; k++) {
        cache_bypass(c, k, 1, false, NULL);
        if (c->cpu[k] != w->want[k] || c->dram[k] != w->want[k]) {
            trace_fail("buffer %u: +%05x is %02x, not %02x", i, k, c->cpu[k], w->want[k]);
        }
    }
}
