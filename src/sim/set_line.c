/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: the moves of one line, applied to every state until nothing new appears. */
#include <inttypes.h>
#include <string.h>

#include "set.h"

/* What CPU `cpu` reads on this line: its own L1, else a coherent peer's copy, else outside. */
const uint8_t *set_view(const struct sim *s, const struct lineset *l, const struct lstate *st,
                        int cpu)
{
    if (st->l1[cpu] != 0) {
        return l->content[st->l1[cpu]];
    }
    for (int o = 0; o < s->m.ncpu && s->m.coherent_l1 && rule(s, SIM_RULE_COHERENT); o++) {
        if (st->l1[o] != 0) {
            return l->content[st->l1[o]];
        }
    }
    return l->content[st->l2 != 0 ? st->l2 : st->dram];
}

static void write_back(const struct sim *s, struct lstate *st, int c)
{
    if (!has_bit(st->dirty, (uint32_t)c)) {
        return;
    }
    st->dirty &= (uint8_t) ~(1u << c);
    if (s->m.l2) {
        st->l2 = st->l1[c];
        st->dirty |= SET_L2_DIRTY;
    } else {
        st->dram = st->l1[c];
    }
}

static void drop(struct lstate *st, int c)
{
    st->l1[c] = 0;
    st->dirty &= (uint8_t) ~(1u << c);
}

static void evict_l2(struct lstate *st, bool write)
{
    if (write && (st->dirty & SET_L2_DIRTY) != 0) {
        st->dram = st->l2;
    }
    st->l2 = 0;
    st->dirty &= (uint8_t)~SET_L2_DIRTY;
}

static void fill(struct sim *s, struct lineset *l, struct lstate *st, int c)
{
    uint8_t d[SIM_LINE_MAX];

    memcpy(d, set_view(s, l, st, c), SIM_LINE_MAX);
    st->l1[c] = set_intern(s, l, d);
}

static void put_bytes(const struct posted *e, uint8_t *d)
{
    for (unsigned i = 0; i < e->len; i++) {
        d[e->off + i] = (uint8_t)(e->value >> (8 * i));
    }
}

static void apply_store(struct sim *s, struct lineset *l, struct lstate *st, int c,
                        const struct posted *e)
{
    uint8_t d[SIM_LINE_MAX];

    if (e->kind == OP_DEV_STORE || (e->attr & ATTR_TYPE) != ATTR_CACHED) {
        memcpy(d, l->content[st->dram], SIM_LINE_MAX);
        put_bytes(e, d);
        st->dram = set_intern(s, l, d);
        return;
    }
    memcpy(d, set_view(s, l, st, c), SIM_LINE_MAX);
    put_bytes(e, d);
    for (int o = 0; o < s->m.ncpu; o++) {
        if (o != c && s->m.coherent_l1) {
            drop(st, o);
        }
    }
    st->l1[c] = set_intern(s, l, d);
    st->dirty |= (uint8_t)(1u << c);
}

static void check_lost(struct sim *s, int li, const struct lineset *l, const struct lstate *st,
                       int c, int32_t parent)
{
    uint32_t off = 0;

    if (!has_bit(st->dirty, (uint32_t)c) ||
        !shadow_lost(s, li, l->content[st->l1[c]], l->content[st->l2 != 0 ? st->l2 : st->dram],
                     &off)) {
        return;
    }
    if (s->r.bug == SIM_OK) {
        s->set->culprit = parent;
        s->r.bug_line = li;
        s->r.bug_off = off;
    }
    step_fail(s, SIM_DIRTY_LOST, "invalidation drops the only copy of %09" PRIx64,
              s->line[li].pa + off);
}

/* Variants of a drain: 0 as named, 1 no effect (it ran too early), 2 an inval that wrote back. */
static void apply_cmo(struct sim *s, int li, struct lineset *l, struct lstate *st, int c,
                      const struct posted *e, unsigned variant, int32_t parent)
{
    if (variant == 1) {
        return;
    }
    if (e->kind == OP_L2_CLEAN || e->kind == OP_L2_INVAL || e->kind == OP_L2_CLEAN_INVAL) {
        const uint8_t keep = st->l2;

        if (keep == 0) {
            return;
        }
        evict_l2(st, e->kind != OP_L2_INVAL);
        st->l2 = e->kind == OP_L2_CLEAN ? keep : 0;
        return;
    }
    for (int o = 0; o < s->m.ncpu; o++) {
        if (o != c && !(s->m.cmo_broadcast && rule(s, SIM_RULE_BROADCAST))) {
            continue;
        }
        if (e->kind != OP_INVAL || variant == 2) {
            write_back(s, st, o);
        } else {
            check_lost(s, li, l, st, o, parent);
        }
        if (e->kind != OP_CLEAN) {
            drop(st, o);
        }
    }
}

static void check_dirty(struct sim *s, int li, const struct lstate *st, int32_t from)
{
    if (st->dirty == 0 || s->r.bug != SIM_OK || !shadow_device_writes(s, li)) {
        return;
    }
    s->set->culprit = from;
    s->r.bug_line = li;
    s->r.bug_off = 0;
    step_fail(s, SIM_DIRTY_UNDER_DMA,
              "a dirty line may cover %09" PRIx64 ", which the device writes", s->line[li].pa);
}

static bool ready(const struct sim *s, const struct lineset *l, const struct lstate *st, int a,
                  uint32_t k)
{
    if (has_bit(st->done[a], k)) {
        return false;
    }
    for (uint32_t j = 0; j < k; j++) {
        if (!has_bit(st->done[a], j) && posted_ordered(s, &l->log[a][j], &l->log[a][k])) {
            return false;
        }
    }
    return true;
}

static void drain_moves(struct sim *s, int li, struct lineset *l, const struct lstate *from,
                        int32_t parent, int a)
{
    for (uint32_t k = 0; k < l->nlog[a]; k++) {
        const struct posted *e = &l->log[a][k];

        if (!ready(s, l, from, a, k)) {
            continue;
        }
        for (uint8_t v = 0; v < 3; v++) {
            struct lstate st = *from;

            if ((v == 1 && !e->may_void) ||
                (v == 2 &&
                 (e->kind != OP_INVAL || !s->m.inv_may_clean || !rule(s, SIM_RULE_INV_CLEAN)))) {
                continue;
            }
            if (posted_is_store(e)) {
                apply_store(s, l, &st, a, e);
            } else {
                apply_cmo(s, li, l, &st, a, e, v, parent);
            }
            st.done[a] |= (uint16_t)(1u << k);
            set_add(s, l, &st, parent, (struct trans){TR_DRAIN, (uint8_t)a, v, 0, e->seq});
        }
    }
}

static void cache_moves(struct sim *s, int li, struct lineset *l, const struct lstate *from,
                        int32_t parent, int c, bool may_fill)
{
    const uint64_t pa = s->line[li].pa;
    struct lstate st = *from;

    if (from->l1[c] == 0) {
        if (may_fill && rule(s, SIM_RULE_FILL)) {
            fill(s, l, &st, c);
            set_add(s, l, &st, parent, (struct trans){TR_FILL, (uint8_t)c, 0, 0, pa});
        }
        return;
    }
    if (!rule(s, SIM_RULE_EVICT)) {
        return;
    }
    if (has_bit(from->dirty, (uint32_t)c)) {
        write_back(s, &st, c);
        set_add(s, l, &st, parent, (struct trans){TR_WBACK, (uint8_t)c, 0, 0, pa});
    }
    drop(&st, c);
    set_add(s, l, &st, parent, (struct trans){TR_EVICT, (uint8_t)c, 0, 0, pa});
}

static void outer_moves(struct sim *s, int li, struct lineset *l, const struct lstate *from,
                        int32_t parent, bool may_fill)
{
    const uint64_t pa = s->line[li].pa;
    struct lstate st = *from;

    if (from->l2 != 0) {
        evict_l2(&st, true);
        set_add(s, l, &st, parent, (struct trans){TR_EVICT2, 0, 0, 0, pa});
    } else if (may_fill) {
        st.l2 = st.dram;
        set_add(s, l, &st, parent, (struct trans){TR_FILL2, 0, 0, 0, pa});
    }
}

void set_close(struct sim *s, int li)
{
    struct lineset *l = s->set->line[li];
    bool may[SIM_MAX_CPUS] = {false};
    bool any = false;

    for (int c = 0; c < s->m.ncpu; c++) {
        may[c] = set_may_fill(s, c, s->line[li].pa);
        any = any || may[c];
    }
    for (uint32_t i = 0; i < l->n && !s->r.overflow; i++) {
        const struct lstate from = l->state[i];
        const int32_t parent = l->from[i];

        check_dirty(s, li, &from, parent);
        for (int c = 0; c < s->m.ncpu; c++) {
            cache_moves(s, li, l, &from, parent, c, may[c]);
        }
        for (int a = 0; a < SIM_MAX_AGENTS; a++) {
            drain_moves(s, li, l, &from, parent, a);
        }
        if (s->m.l2) {
            outer_moves(s, li, l, &from, parent, any);
        }
    }
    mem_touch(s, li);
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
}
