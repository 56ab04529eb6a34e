/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: posted operations as sets of "has it taken effect yet", and what a read tells. */
#include <string.h>

#include "set.h"

static const struct trans own_step = {TR_RUN, 0, 0, 0, 0};

/* Keep the states in which the agent's entries of `mask` have taken effect. */
static void keep_done(struct sim *s, int li, int agent, uint16_t mask)
{
    struct lineset *l = set_peek(s, li);

    if (l == NULL || mask == 0) {
        return;
    }
    const uint32_t n = set_take(s, l);
    for (uint32_t i = 0; i < n; i++) {
        if ((s->set->old[i].done[agent] & mask) == mask) {
            set_add(s, l, &s->set->old[i], s->set->old_from[i], own_step);
        }
    }
    mem_touch(s, li);
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
}

static uint16_t older_mask(const struct lineset *l, int agent, uint32_t fence, uint32_t fence_st)
{
    uint16_t mask = 0;

    for (uint32_t k = 0; k < l->nlog[agent]; k++) {
        const struct posted *e = &l->log[agent][k];

        if (e->seq < fence || (posted_is_store(e) && e->seq < fence_st)) {
            mask |= (uint16_t)(1u << k);
        }
    }
    return mask;
}

static void land_older(struct sim *s, int agent, uint32_t fence, uint32_t fence_st)
{
    for (uint32_t i = 0; i < s->set->nlive; i++) {
        const int li = (int)s->set->live[i];
        struct lineset *l = set_peek(s, li);

        if (l->nlog[agent] != 0) {
            keep_done(s, li, agent, older_mask(l, agent, fence, fence_st));
            set_drop_done(l);
        }
    }
}

/*
 * The line's states were narrowed. Entries that are now known to have taken effect tell that
 * everything ordered before them, on any line, has too. Lines are independent but for this.
 */
static void conclude(struct sim *s, int li)
{
    struct lineset *l = set_peek(s, li);

    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        uint16_t all = 0xffff;
        uint32_t fence = 0;
        uint32_t fence_st = 0;

        for (uint32_t i = 0; i < l->n; i++) {
            all &= l->state[i].done[a];
        }
        for (uint32_t k = 0; k < l->nlog[a]; k++) {
            const struct posted *e = &l->log[a][k];

            if ((all >> k & 1u) == 0) {
                continue;
            }
            fence = e->fence > fence ? e->fence : fence;
            if (posted_is_store(e) && e->fence_st > fence_st) {
                fence_st = e->fence_st;
            }
        }
        if (fence != 0 || fence_st != 0) {
            land_older(s, a, fence, fence_st);
        }
    }
    set_drop_done(l);
}

static void force(struct sim *s, int li, int agent, uint16_t mask)
{
    if (mask != 0) {
        keep_done(s, li, agent, mask);
        conclude(s, li);
    }
}

void set_post(struct sim *s, int agent, const struct posted *e)
{
    if (posted_is_tlbi(e)) {
        set_tlbi_post(s, agent, e);
        return;
    }
    struct lineset *l = set_get(s, e->line);
    if (l->nlog[agent] == SIM_QUEUE) {
        force(s, e->line, agent, 1u); /* a finite queue: the oldest goes first */
    }
    const uint32_t k = l->nlog[agent]++;
    l->log[agent][k] = *e;
    set_close(s, e->line);
    const bool store = posted_is_store(e);
    if (agent < SIM_MAX_CPUS &&
        ((store && !rule(s, SIM_RULE_POST_STORE)) || (!store && !rule(s, SIM_RULE_POST_CMO)))) {
        force(s, e->line, agent, (uint16_t)(1u << k));
    }
}

static uint32_t store_fence(const struct sim *s, int agent)
{
    uint32_t fence = 0;

    for (uint32_t i = 0; i < s->set->nlive; i++) {
        const struct lineset *l = s->set->line[s->set->live[i]];

        for (uint32_t k = 0; k < l->nlog[agent]; k++) {
            const struct posted *e = &l->log[agent][k];

            if (posted_is_store(e) && e->fence > fence) {
                fence = e->fence;
            }
        }
    }
    return fence;
}

void set_complete(struct sim *s, int agent, bool stores_only)
{
    if (stores_only) {
        /* A store that came after a DMB drags what the DMB put before it. */
        land_older(s, agent, store_fence(s, agent), UINT32_MAX);
        return;
    }
    land_older(s, agent, UINT32_MAX, UINT32_MAX);
    if (agent < SIM_MAX_CPUS) {
        set_tlbi_complete(s, agent);
    }
}

void set_complete_before(struct sim *s, int agent, uint32_t fence)
{
    land_older(s, agent, fence, fence);
}

bool set_unsettled(const struct sim *s)
{
    for (uint32_t i = 0; i < s->set->nlive; i++) {
        const struct lineset *l = s->set->line[s->set->live[i]];

        for (int a = 0; a < SIM_MAX_AGENTS; a++) {
            if (l->nlog[a] != 0) {
                return true;
            }
        }
    }
    return false;
}

static bool device_byte(uint8_t owner)
{
    return owner == SIM_OWN_TO || owner == SIM_OWN_FROM || owner == SIM_OWN_BIDI ||
           owner == SIM_OWN_COH;
}

int set_pending_for_device(struct sim *s, int agent)
{
    for (uint32_t i = 0; i < s->set->nlive; i++) {
        const int li = (int)s->set->live[i];
        const struct lineset *l = s->set->line[li];

        for (uint32_t k = 0; k < l->nlog[agent]; k++) {
            const struct posted *e = &l->log[agent][k];
            const uint32_t first = posted_is_store(e) ? e->off : 0;
            const uint32_t n = posted_is_store(e) ? e->len : s->m.line;

            for (uint32_t b = first; b < first + n; b++) {
                if (device_byte(s->line[li].owner[b])) {
                    return li;
                }
            }
        }
    }
    return -1;
}

/* Maintenance that a load of this VA waits for, with everything ordered before it. */
static uint16_t before_load(const struct sim *s, const struct lineset *l, int agent, uint32_t va)
{
    uint16_t mask = 0;

    for (uint32_t k = l->nlog[agent]; k-- > 0;) {
        bool need = posted_before_load(&l->log[agent][k], va & ~s->line_mask);

        for (uint32_t j = k + 1; j < l->nlog[agent] && !need; j++) {
            need = (mask >> j & 1u) != 0 && posted_ordered(s, &l->log[agent][k], &l->log[agent][j]);
        }
        if (need) {
            mask |= (uint16_t)(1u << k);
        }
    }
    return mask;
}

/* The value this agent reads in one state: memory under its own stores that are still posted. */
static uint32_t read_value(const struct sim *s, const struct lineset *l, const struct lstate *st,
                           int agent, bool cached, uint32_t off, uint32_t len)
{
    uint8_t d[SIM_LINE_MAX];
    uint32_t v = 0;

    memcpy(d, cached ? set_view(s, l, st, agent) : l->content[st->dram], SIM_LINE_MAX);
    for (uint32_t k = 0; k < l->nlog[agent]; k++) {
        const struct posted *e = &l->log[agent][k];

        for (uint32_t i = 0; posted_is_store(e) && (st->done[agent] >> k & 1u) == 0 && i < e->len;
             i++) {
            d[e->off + i] = (uint8_t)(e->value >> (8 * i));
        }
    }
    for (uint32_t i = 0; i < len; i++) {
        v |= (uint32_t)d[off + i] << (8 * i);
    }
    return v;
}

struct reading {
    int agent;
    bool cached;
    uint32_t off, len;
    uint16_t need;
};

static uint32_t distinct(struct sim *s, const struct lineset *l, const struct reading *r,
                         uint32_t *value)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t j = 0;

        if ((l->state[i].done[r->agent] & r->need) != r->need) {
            continue;
        }
        const uint32_t v = read_value(s, l, &l->state[i], r->agent, r->cached, r->off, r->len);
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

        if (read_value(s, l, st, r->agent, r->cached, r->off, r->len) == v) {
            set_add(s, l, st, s->set->old_from[i], own_step);
        }
    }
    conclude(s, li);
    set_close(s, li);
}

uint32_t set_load(struct sim *s, int agent, int li, uint32_t va, const struct xlat *x, uint32_t off,
                  uint32_t len, unsigned variant)
{
    struct lineset *l = set_get(s, li);
    const bool device = agent >= SIM_MAX_CPUS;
    struct reading r = {agent, !device && (x->attr & ATTR_TYPE) == ATTR_CACHED, off, len, 0};
    uint32_t value[SET_MAX_VALUES] = {0};

    if (!device) {
        force(s, li, agent, before_load(s, l, agent, va));
    }
    if (shadow_checked(s, li, off, len, device)) {
        for (uint32_t i = 0; i < l->n; i++) {
            const uint32_t v = read_value(s, l, &l->state[i], agent, r.cached, off, len);

            if (shadow_differs(s, li, off, len, v)) {
                s->set->culprit = l->from[i];
                shadow_stale(s, li, off, len, v, device);
                return v;
            }
        }
        return shadow_truth(s, li, off, len);
    }
    const uint32_t n = distinct(s, l, &r, value);
    if (n > 1) {
        keep_value(s, li, &r, value[variant < n ? variant : 0]);
    }
    return value[variant < n ? variant : 0];
}

static uint32_t truth_word(struct sim *s, int cpu, uint64_t pa)
{
    (void)cpu;
    return table_truth_word(s, pa);
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
    } else if (a->op == OP_LOAD && !table_decode(s, agent, a->va, truth_word, &x)) {
        return 1;
    }
    const int li = mem_find(s, x.pa);
    const uint32_t off = (uint32_t)(x.pa & s->line_mask);
    const struct lineset *l = li < 0 ? NULL : set_peek(s, li);
    if (l == NULL || shadow_checked(s, li, off, a->len, agent >= SIM_MAX_CPUS)) {
        return 1;
    }
    struct reading r = {agent, a->op == OP_LOAD && (x.attr & ATTR_TYPE) == ATTR_CACHED, off, a->len,
                        0};
    if (a->op == OP_LOAD) {
        r.need = before_load(s, l, agent, a->va);
    }
    const uint32_t n = distinct(s, l, &r, value);
    return n == 0 ? 1 : n;
}
