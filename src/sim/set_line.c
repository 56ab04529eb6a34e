/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: the moves of one line, applied to every state until nothing new appears. */
#include <inttypes.h>
#include <string.h>

#include "set.h"

static void check_lost(struct sim *s, int li, const struct lineset *l, const struct lstate *st,
                       int k, int32_t parent)
{
    uint32_t off = 0;

    if (!has_bit(st->dirty, (uint32_t)k) ||
        !shadow_lost(s, li, l->content[st->l1[k]], l->content[st->l2 != 0 ? st->l2 : st->dram],
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

static bool is_outer_op(const struct posted *e)
{
    return e->kind == OP_L2_CLEAN || e->kind == OP_L2_INVAL || e->kind == OP_L2_CLEAN_INVAL ||
           e->kind == OP_READ_AHEAD;
}

static void apply_outer(const struct sim *s, struct lstate *st, const struct posted *e)
{
    const uint8_t keep = st->l2;

    if (keep == 0 ||
        (e->kind == OP_L2_CLEAN_INVAL && (st->dirty & SET_L2_DIRTY) == 0 && outer_keeps_clean(s))) {
        return;
    }
    set_evict_l2(st, e->kind != OP_L2_INVAL);
    st->l2 = e->kind == OP_L2_CLEAN ? keep : 0;
}

/* Does an operation on the L1, or one on the outer cache that acts on the L1, write back? Drop? */
static bool writes_back(const struct posted *e, unsigned variant)
{
    return (e->kind != OP_INVAL && e->kind != OP_L2_INVAL) || variant == 2;
}

static bool drops(const struct posted *e)
{
    return e->kind != OP_CLEAN && e->kind != OP_L2_CLEAN;
}

/* Variants of a drain: 0 as named, 1 no effect (it ran too early), 2 an inval that wrote back. */
static void apply_cmo(struct sim *s, int li, struct lineset *l, struct lstate *st, int c,
                      const struct posted *e, unsigned variant, int32_t parent)
{
    const bool outer = is_outer_op(e);
    const bool inner_too =
        s->m.outer_op_inner && e->kind != OP_READ_AHEAD && rule(s, SIM_RULE_OUTER_INNER);

    if (variant == 1) {
        return;
    }
    for (int o = 0; o < s->m.ncpu && (!outer || inner_too); o++) {
        const int k = copy_of(s, o, e->slot);

        if (o != c && !posted_reaches_peers(s, e)) {
            continue;
        }
        if (writes_back(e, variant)) {
            set_write_back(s, st, k);
        } else {
            check_lost(s, li, l, st, k, parent);
        }
        if (drops(e)) {
            set_drop(st, k);
        }
    }
    if (outer) {
        apply_outer(s, st, e);
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

/* May the operation take effect in this way? */
static bool has_variant(const struct sim *s, const struct posted *e, unsigned variant)
{
    switch (variant) {
    case 1:
        return e->may_void;
    case 2:
        return e->kind == OP_INVAL && s->m.inv_may_clean && rule(s, SIM_RULE_INV_CLEAN);
    default:
        return true;
    }
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

            if (!has_variant(s, e, v)) {
                continue;
            }
            if (posted_is_store(e)) {
                set_check_store(s, li, &st, parent, e);
                set_apply_store(s, l, &st, a, e);
            } else {
                apply_cmo(s, li, l, &st, a, e, v, parent);
            }
            st.done[a] |= (uint16_t)(1u << k);
            set_add(s, l, &st, parent, (struct trans){TR_DRAIN, (uint8_t)a, v, 0, e->seq});
        }
    }
}

/* What the adversary may do with one copy. */
static void cache_moves(struct sim *s, int li, struct lineset *l, const struct lstate *from,
                        int32_t parent, struct trans act, bool may_fill)
{
    const int k = copy_of(s, act.agent, act.slot);
    struct lstate st = *from;

    act.addr = s->line[li].pa;
    if (may_fill && brings_dirty_lines(s) && !has_bit(from->dirty, (uint32_t)k)) {
        if (from->l1[k] == 0) {
            set_fill(s, l, &st, k);
        }
        st.dirty |= (uint16_t)(1u << k);
        act.kind = TR_DIRTY;
        set_add(s, l, &st, parent, act);
        st = *from;
    }
    if (from->l1[k] == 0) {
        if (may_fill) {
            set_fill(s, l, &st, k);
            act.kind = TR_FILL;
            set_add(s, l, &st, parent, act);
        }
        return;
    }
    if (!rule(s, SIM_RULE_EVICT)) {
        return;
    }
    if (has_bit(from->dirty, (uint32_t)k)) {
        set_write_back(s, &st, k);
        act.kind = TR_WBACK;
        set_add(s, l, &st, parent, act);
    }
    set_drop(&st, k);
    act.kind = TR_EVICT;
    set_add(s, l, &st, parent, act);
}

static void outer_moves(struct sim *s, int li, struct lineset *l, const struct lstate *from,
                        int32_t parent, bool may_fill)
{
    const uint64_t pa = s->line[li].pa;
    struct lstate st = *from;

    if (from->l2 != 0) {
        set_evict_l2(&st, true);
        set_add(s, l, &st, parent, (struct trans){TR_EVICT2, 0, 0, 0, pa});
    } else if (may_fill) {
        st.l2 = st.dram;
        set_add(s, l, &st, parent, (struct trans){TR_FILL2, 0, 0, 0, pa});
    }
}

/* Slots of the CPU's L1 that the line may be fetched into now, as bits. */
static uint8_t fill_slots(struct sim *s, int cpu, int li)
{
    uint8_t mask = 0;

    if (s->nslot == 1) {
        return set_may_fill(s, cpu, s->line[li].pa) ? 1u : 0u;
    }
    mask = slots_fixed(s, li);
    for (uint32_t p = 0; p < s->npage; p++) {
        for (uint32_t k = 0; k < s->set->ntlb[cpu][p]; k++) {
            const struct may_tlb *t = &s->set->tlb[cpu][p][k];

            mask |= slots_page(s, li, s->page[p].va, t->pa, t->attr);
        }
    }
    if (has_soft_tlb(s)) {
        mask |= soft_slots(s, cpu, li);
    }
    return mask;
}

void set_close(struct sim *s, int li)
{
    struct lineset *l = s->set->line[li];
    const bool speculates = brings_lines(s);
    uint8_t may[SIM_MAX_CPUS] = {0};
    bool any = false;

    for (int c = 0; c < s->m.ncpu; c++) {
        may[c] = fill_slots(s, c, li);
        any = any || may[c] != 0;
    }
    const uint8_t nslot = slots_count(s, li);
    for (uint32_t i = 0; i < l->n && !s->r.overflow; i++) {
        const struct lstate from = l->state[i];
        const int32_t parent = l->from[i];

        check_dirty(s, li, &from, parent);
        set_check_places(s, li, &from, parent);
        for (uint8_t c = 0; c < s->m.ncpu; c++) {
            for (uint8_t slot = 0; slot < nslot; slot++) {
                cache_moves(s, li, l, &from, parent, (struct trans){TR_FILL, c, 0, slot, 0},
                            speculates && has_bit(may[c], slot));
            }
        }
        for (int a = 0; a < SIM_MAX_AGENTS; a++) {
            drain_moves(s, li, l, &from, parent, a);
        }
        if (s->m.l2 || has_read_ahead(s)) {
            outer_moves(s, li, l, &from, parent, any);
        }
    }
    mem_touch(s, li);
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
}

/*
 * A load brings its line in. Where lines come by speculation, too, the sets hold that state anyway
 * and the load need not say so; the caller closes the set.
 */
void set_demand_fill(struct sim *s, int li, int copy)
{
    struct lineset *l = set_peek(s, li);
    const uint32_t n = set_take(s, l);

    for (uint32_t i = 0; i < n; i++) {
        struct lstate st = s->set->old[i];

        if (st.l1[copy] == 0) {
            set_fill(s, l, &st, copy);
        }
        set_add(s, l, &st, s->set->old_from[i], SET_OWN_STEP);
    }
}
