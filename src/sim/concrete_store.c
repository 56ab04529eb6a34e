/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Concrete engine: what a store does to the copies of its line. */
#include <string.h>

#include "concrete.h"

static void put_bytes(const struct posted *e, uint8_t *d)
{
    for (unsigned i = 0; i < e->len; i++) {
        d[e->off + i] = (uint8_t)(e->value >> (8 * i));
    }
}

static void store_outside(struct sim *s, const struct posted *e)
{
    struct cached_line *l = con_line(s, e->line);

    if (s->m.read_ahead) {
        memset(&l->l2, 0, sizeof l->l2);
    }
    put_bytes(e, l->l2.present ? l->l2.data : s->line[e->line].data);
    l->l2.dirty = l->l2.present;
}

static void store_cached(struct sim *s, int k, const struct posted *e)
{
    const int li = e->line;
    const bool no_allocate = s->m.no_write_allocate && rule(s, SIM_RULE_NO_ALLOCATE);
    struct cached_line *l = con_line(s, li);
    bool outside = posted_writes_through(s, e);

    if (!l->l1[k].present && no_allocate) {
        outside = true;
    }
    if (!l->l1[k].present && !outside) {
        /* not con_fill(): the line comes to be owned, a peer's dirty copy comes along */
        memcpy(l->l1[k].data, con_view_copy(s, li, k), SIM_LINE_MAX);
        l->l1[k].present = true;
    }
    for (int o = 0; o < s->m.ncpu && s->m.coherent_l1; o++) {
        const int peer = peer_of(s, k, o);

        if (peer != k && outside) {
            con_write_back(s, li, peer);
        }
        if (peer != k) {
            memset(&l->l1[peer], 0, sizeof l->l1[peer]);
        }
    }
    if (l->l1[k].present) {
        put_bytes(e, l->l1[k].data);
    }
    if (outside) {
        store_outside(s, e);
    } else {
        l->l1[k].dirty = true;
    }
}

void con_store(struct sim *s, int cpu, const struct posted *e)
{
    if (e->kind == OP_STORE && (e->attr & ATTR_TYPE) == ATTR_CACHED) {
        store_cached(s, copy_of(s, cpu, e->slot), e);
    } else {
        if (e->kind == OP_STORE) {
            pa_check_uncached(s, e->line, con_present(s, e->line));
        }
        if (e->kind == OP_STORE && outer_looks_up(s, e->attr) && con_peek(s, e->line)->l2.present) {
            put_bytes(e, con_line(s, e->line)->l2.data);
        }
        put_bytes(e, s->line[e->line].data);
    }
    con_changed(s, e->line);
}
