/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: what a read gives in every state, and what its value tells. */
#include <string.h>

#include "set.h"

/* Maintenance that a load of this VA waits for, with everything ordered before it. */
static uint16_t before_load(const struct sim *s, const struct lineset *l, int agent, uint32_t va)
{
    uint16_t mask = 0;

    for (uint32_t k = l->nlog[agent]; k-- > 0;) {
        bool need = posted_before_load(s, &l->log[agent][k], va & ~s->line_mask);

        for (uint32_t j = k + 1; j < l->nlog[agent] && !need; j++) {
            need = has_bit(mask, j) && posted_ordered(s, &l->log[agent][k], &l->log[agent][j]);
        }
        if (need) {
            mask |= (uint16_t)(1u << k);
        }
    }
    return mask;
}

/* Who reads what, and through which place. */
struct reading {
    int agent;
    bool cached;
    bool looks_up; /* uncached, and yet through the outer cache */
    uint8_t slot;  /* cached: of the virtual address */
    uint32_t off, len;
    uint16_t need; /* log entries that the read waits for */
};

static struct reading reading_of(struct sim *s, int agent, int li, uint32_t va, uint8_t attr)
{
    struct reading r = {.agent = agent};

    r.cached = agent < SIM_MAX_CPUS && (attr & ATTR_TYPE) == ATTR_CACHED;
    r.looks_up = agent < SIM_MAX_CPUS && outer_looks_up(s, attr);
    r.slot = r.cached ? slots_of(s, li, va) : 0;
    return r;
}

/* The value that is read in one state: memory under the reader's own stores, still posted. */
static uint32_t read_value(const struct sim *s, const struct lineset *l, const struct lstate *st,
                           const struct reading *r)
{
    const int a = r->agent;
    uint8_t d[SIM_LINE_MAX];
    uint32_t v = 0;

    if (r->cached) {
        memcpy(d, set_view_copy(s, l, st, copy_of(s, a, r->slot)), SIM_LINE_MAX);
    } else {
        memcpy(d, l->content[r->looks_up && st->l2 != 0 ? st->l2 : st->dram], SIM_LINE_MAX);
    }
    for (uint32_t k = 0; k < l->nlog[a]; k++) {
        const struct posted *e = &l->log[a][k];

        if (has_bit(st->done[a], k) || !posted_forwards(e, r->cached, r->slot)) {
            continue;
        }
        for (uint32_t i = 0; i < e->len; i++) {
            d[e->off + i] = (uint8_t)(e->value >> (8 * i));
        }
    }
    for (uint32_t i = 0; i < r->len; i++) {
        v |= (uint32_t)d[r->off + i] << (8 * i);
    }
    return v;
}

static uint32_t distinct(struct sim *s, const struct lineset *l, const struct reading *r,
                         uint32_t *value)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t j = 0;

        if ((l->state[i].done[r->agent] & r->need) != r->need) {
            continue;
        }
        const uint32_t v = read_value(s, l, &l->state[i], r);
        while (j < n && value[j] != v) {
            j++;
        }
        if (j < n) {
            continue;
        }
        if (n == SET_MAX_VALUES) {
            step_overflow(s);
            return n;
        }
        value[n++] = v;
    }
    return n;
}

/* A racing read chose a value: only the states that give it remain. */
static void keep_value(struct sim *s, int li, const struct reading *r, uint32_t v)
{
    struct lineset *l = set_peek(s, li);
    const uint32_t n = set_take(s, l);

    for (uint32_t i = 0; i < n; i++) {
        const struct lstate *st = &s->set->old[i];

        if (read_value(s, l, st, r) == v) {
            set_add(s, l, st, s->set->old_from[i], SET_OWN_STEP);
        }
    }
    set_conclude(s, li);
    set_close(s, li);
}

/* Must the load's own fill be told, because speculation does not bring about the same states? */
static bool fills_on_demand(const struct sim *s, uint8_t attr)
{
    return !attr_fills(s, attr) || (s->m.no_speculation && !brings_lines(s)) ||
           (s->m.fill_cleans_peer && rule(s, SIM_RULE_PEER_CLEAN));
}

uint32_t set_load(struct sim *s, int agent, int li, uint32_t va, const struct xlat *x, uint32_t off,
                  uint32_t len, unsigned variant)
{
    struct lineset *l = set_get(s, li);
    const bool device = agent >= SIM_MAX_CPUS;
    struct reading r = reading_of(s, agent, li, va, x->attr);
    uint32_t value[SET_MAX_VALUES] = {0};

    r.off = off;
    r.len = len;
    if (!device) {
        set_force(s, li, agent, before_load(s, l, agent, va));
    }
    if (r.cached && fills_on_demand(s, x->attr)) {
        set_demand_fill(s, li, copy_of(s, agent, r.slot));
    }
    for (uint32_t i = 0; i < l->n && !device && !r.cached; i++) {
        set_check_uncached(s, li, &l->state[i], l->from[i]);
    }
    if (shadow_checked(s, li, off, len, device)) {
        for (uint32_t i = 0; i < l->n; i++) {
            const uint32_t v = read_value(s, l, &l->state[i], &r);

            if (shadow_differs(s, li, off, len, v)) {
                s->set->culprit = l->from[i];
                shadow_stale(s, li, off, len, v, device);
                return v;
            }
        }
        value[0] = shadow_truth(s, li, off, len);
        variant = 0;
    } else {
        const uint32_t n = distinct(s, l, &r, value);

        variant = variant < n ? variant : 0;
        if (n > 1) {
            keep_value(s, li, &r, value[variant]);
        }
    }
    if (r.cached && fills_on_demand(s, x->attr)) {
        set_close(s, li);
    }
    return value[variant];
}

/* Values that the load published by this agent may return: one, unless the read races. */
unsigned set_values(struct sim *s, int agent)
{
    const struct agent *a = &s->r.agent[agent];
    struct xlat x = {.pa = a->pa, .attr = ATTR_UNCACHED};
    uint32_t value[SET_MAX_VALUES] = {0};

    if (a->op != OP_LOAD && a->op != OP_DEV_LOAD) {
        return 1;
    }
    if (a->op == OP_LOAD && !s->mmu) {
        x.pa = a->va;
    } else if (a->op == OP_LOAD && !table_decode(s, agent, a->va, table_truth_word, &x)) {
        return 1;
    }
    const int li = mem_find(s, x.pa);
    const uint32_t off = (uint32_t)(x.pa & s->line_mask);
    const struct lineset *l = li < 0 ? NULL : set_peek(s, li);
    if (l == NULL || shadow_checked(s, li, off, a->len, agent >= SIM_MAX_CPUS)) {
        return 1;
    }
    struct reading r = reading_of(s, agent, li, a->va, x.attr);
    r.off = off;
    r.len = a->len;
    if (a->op == OP_LOAD) {
        r.need = before_load(s, l, agent, a->va);
    }
    const uint32_t n = distinct(s, l, &r, value);
    return n == 0 ? 1 : n;
}
