/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Concrete engine: caches of one line, by value. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "concrete.h"

struct cached_line *con_line(struct sim *s, int li)
{
    struct concrete_engine *e = s->con;

    if ((uint32_t)li >= e->cap_line) {
        const uint32_t cap = (uint32_t)li * 2 + 64;

        e->line = mem_must(realloc(e->line, cap * sizeof *e->line));
        memset(e->line + e->cap_line, 0, (cap - e->cap_line) * sizeof *e->line);
        e->live = mem_must(realloc(e->live, cap * sizeof *e->live));
        e->cap_line = cap;
    }
    if (!e->line[li].live) {
        memset(&e->line[li], 0, sizeof e->line[li]);
        e->line[li].live = true;
        e->live[e->nlive++] = (uint32_t)li;
    }
    return &e->line[li];
}

const struct cached_line *con_peek(const struct sim *s, int li)
{
    static const struct cached_line none;

    if ((uint32_t)li >= s->con->cap_line || !s->con->line[li].live) {
        return &none;
    }
    return &s->con->line[li];
}

static const uint8_t *outside(const struct sim *s, int li)
{
    const struct cached_line *l = con_peek(s, li);

    return l->l2.present ? l->l2.data : s->line[li].data;
}

/* What a read through the slot of one copy gives. */
const uint8_t *con_view_copy(const struct sim *s, int li, int copy)
{
    const struct cached_line *l = con_peek(s, li);

    if (l->l1[copy].present) {
        return l->l1[copy].data;
    }
    if (s->m.coherent_l1 && rule(s, SIM_RULE_COHERENT)) {
        for (int o = 0; o < s->m.ncpu; o++) {
            const struct copy *peer = &l->l1[peer_of(s, copy, o)];

            if (peer->present) {
                return peer->data;
            }
        }
    }
    return outside(s, li);
}

/* What a walker of this CPU reads that looks into the L1. */
const uint8_t *con_view(const struct sim *s, int li, int cpu)
{
    return con_view_copy(s, li, copy_of(s, cpu, 0));
}

/* Every change of a line ends here. */
void con_changed(struct sim *s, int li)
{
    mem_touch(s, li);
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
    con_check_dirty(s, li);
    pa_check_places(s, li, con_present(s, li));
}

/* Copies that there are, as bits. */
uint32_t con_present(const struct sim *s, int li)
{
    const struct cached_line *l = con_peek(s, li);
    uint32_t mask = 0;

    for (int k = 0; k < s->m.ncpu * s->nslot; k++) {
        mask |= l->l1[k].present ? 1u << k : 0;
    }
    return mask;
}

void con_check_dirty(struct sim *s, int li)
{
    const struct cached_line *l = con_peek(s, li);
    bool dirty = l->l2.dirty;

    for (int k = 0; k < s->m.ncpu * s->nslot; k++) {
        dirty = dirty || l->l1[k].dirty;
    }
    if (dirty && s->r.bug == SIM_OK && shadow_device_writes(s, li)) {
        s->r.bug_line = li;
        s->r.bug_off = 0;
        step_fail(s, SIM_DIRTY_UNDER_DMA,
                  "a dirty line covers %09" PRIx64 ", which the device writes", s->line[li].pa);
    }
}

void con_fill(struct sim *s, int li, int copy)
{
    uint8_t d[SIM_LINE_MAX];

    for (int o = 0; o < s->m.ncpu && s->m.fill_cleans_peer && rule(s, SIM_RULE_PEER_CLEAN); o++) {
        con_write_back(s, li, peer_of(s, copy, o));
    }
    memcpy(d, con_view_copy(s, li, copy), SIM_LINE_MAX);

    struct cached_line *l = con_line(s, li);

    memcpy(l->l1[copy].data, d, SIM_LINE_MAX);
    l->l1[copy].present = true;
    l->l1[copy].dirty = false;
    con_changed(s, li);
}

void con_dirty(struct sim *s, int li, int copy)
{
    if (!con_peek(s, li)->l1[copy].present) {
        con_fill(s, li, copy);
    }
    con_line(s, li)->l1[copy].dirty = true;
    con_changed(s, li);
}

void con_write_back(struct sim *s, int li, int copy)
{
    struct cached_line *l = con_line(s, li);

    if (!l->l1[copy].dirty) {
        return;
    }
    l->l1[copy].dirty = false;
    if (s->m.l2) {
        memcpy(l->l2.data, l->l1[copy].data, SIM_LINE_MAX);
        l->l2.present = l->l2.dirty = true;
    } else {
        memcpy(s->line[li].data, l->l1[copy].data, SIM_LINE_MAX);
        memset(&l->l2, 0, sizeof l->l2); /* a read-ahead cache lets go of it */
    }
    con_changed(s, li);
}

static void drop(struct sim *s, int li, int copy)
{
    struct cached_line *l = con_line(s, li);

    memset(&l->l1[copy], 0, sizeof l->l1[copy]);
    con_changed(s, li);
}

void con_evict(struct sim *s, int li, int copy)
{
    con_write_back(s, li, copy);
    drop(s, li, copy);
}

/* Slots of the CPU's L1 that the line may be fetched into now, as bits. */
uint8_t con_fill_slots(struct sim *s, int cpu, int li)
{
    uint8_t mask = 0;

    if (s->nslot == 1) {
        return con_may_fill(s, cpu, s->line[li].pa) ? 1u : 0u;
    }
    if (!s->mmu) {
        return 0;
    }
    mask = slots_fixed(s, li);
    for (uint32_t p = 0; p < s->npage; p++) {
        const struct tlb_entry *t = &s->con->tlb[cpu][p];
        struct xlat x;

        if (t->valid) {
            mask |= slots_page(s, li, s->page[p].va, t->pa, t->attr);
        }
        if (rule(s, SIM_RULE_WALK) && con_walk(s, cpu, p, &x)) {
            mask |= slots_page(s, li, s->page[p].va, x.pa & ~(uint64_t)0xfff, x.attr);
        }
    }
    if (has_soft_tlb(s)) {
        mask |= soft_slots(s, cpu, li);
    }
    return mask;
}

void con_fill_l2(struct sim *s, int li)
{
    struct cached_line *l = con_line(s, li);

    memcpy(l->l2.data, s->line[li].data, SIM_LINE_MAX);
    l->l2.present = true;
    con_changed(s, li);
}

void con_evict_l2(struct sim *s, int li, bool write)
{
    struct cached_line *l = con_line(s, li);

    if (write && l->l2.dirty) {
        memcpy(s->line[li].data, l->l2.data, SIM_LINE_MAX);
    }
    memset(&l->l2, 0, sizeof l->l2);
    con_changed(s, li);
}

static void inval_one(struct sim *s, int li, int copy)
{
    const struct cached_line *l = con_peek(s, li);
    uint32_t off = 0;

    if (l->l1[copy].dirty && shadow_lost(s, li, l->l1[copy].data, outside(s, li), &off)) {
        if (s->r.bug == SIM_OK) {
            s->r.bug_line = li;
            s->r.bug_off = off;
        }
        step_fail(s, SIM_DIRTY_LOST, "invalidation drops the only copy of %09" PRIx64,
                  s->line[li].pa + off);
    }
    drop(s, li, copy);
}

static void inner_op(struct sim *s, int cpu, const struct posted *e, unsigned variant)
{
    for (int o = 0; o < s->m.ncpu; o++) {
        const int k = copy_of(s, o, e->slot);

        if (o != cpu && !posted_reaches_peers(s, e)) {
            continue;
        }
        if (!con_peek(s, e->line)->l1[k].present) {
            continue;
        }
        if (e->kind == OP_CLEAN) {
            con_write_back(s, e->line, k);
        } else if (e->kind == OP_CLEAN_INVAL || variant == 2) {
            con_evict(s, e->line, k);
        } else {
            inval_one(s, e->line, k);
        }
    }
}

static void outer_op(struct sim *s, int cpu, const struct posted *e)
{
    struct cached_line *l = con_line(s, e->line);

    if (s->m.outer_op_inner && e->kind != OP_READ_AHEAD && rule(s, SIM_RULE_OUTER_INNER)) {
        struct posted inner = *e;

        inner.kind = e->kind == OP_L2_CLEAN   ? OP_CLEAN
                     : e->kind == OP_L2_INVAL ? OP_INVAL
                                              : OP_CLEAN_INVAL;
        inner_op(s, cpu, &inner, 0);
    }
    if (!l->l2.present) {
        return;
    }
    if (e->kind == OP_L2_CLEAN) {
        if (l->l2.dirty) {
            memcpy(s->line[e->line].data, l->l2.data, SIM_LINE_MAX);
            l->l2.dirty = false;
            con_changed(s, e->line);
        }
        return;
    }
    if (e->kind == OP_L2_CLEAN_INVAL && !l->l2.dirty && outer_keeps_clean(s)) {
        return;
    }
    con_evict_l2(s, e->line, e->kind == OP_L2_CLEAN_INVAL);
}

/* Variants: 0 as named, 1 no effect, 2 an invalidation that wrote back first. */
void con_apply(struct sim *s, int agent, const struct posted *e, unsigned variant)
{
    if (posted_is_tlbi(e)) {
        con_tlbi(s, agent, e);
    } else if (posted_is_store(e)) {
        con_store(s, agent, e);
    } else if (variant == 1) {
        return;
    } else if (e->kind == OP_CLEAN || e->kind == OP_INVAL || e->kind == OP_CLEAN_INVAL) {
        inner_op(s, agent, e, variant);
    } else {
        outer_op(s, agent, e);
    }
}
