/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: posted operations as sets of "has it taken effect yet". */
#include "set.h"

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
            set_add(s, l, &s->set->old[i], s->set->old_from[i], SET_OWN_STEP);
        }
    }
    mem_touch(s, li);
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
}

static uint16_t older_mask(const struct sim *s, const struct lineset *l, int agent, uint32_t fence,
                           uint32_t fence_st)
{
    uint16_t mask = 0;

    for (uint32_t k = 0; k < l->nlog[agent]; k++) {
        const struct posted *e = &l->log[agent][k];

        if ((e->seq < fence || (posted_is_store(e) && e->seq < fence_st)) &&
            !outer_outlasts_dsb(s, agent, e)) {
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
            keep_done(s, li, agent, older_mask(s, l, agent, fence, fence_st));
            set_drop_done(l);
        }
    }
}

/*
 * The line's states were narrowed. Entries that are now known to have taken effect tell that
 * everything ordered before them, on any line, has too. Lines are independent but for this.
 */
void set_conclude(struct sim *s, int li)
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

            if (!has_bit(all, k)) {
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

void set_force(struct sim *s, int li, int agent, uint16_t mask)
{
    if (mask != 0) {
        keep_done(s, li, agent, mask);
        set_conclude(s, li);
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
        set_force(s, e->line, agent, 1u); /* a finite queue: the oldest goes first */
    }
    const uint32_t k = l->nlog[agent]++;
    l->log[agent][k] = *e;
    set_close(s, e->line);
    const bool store = posted_is_store(e);
    if (agent < SIM_MAX_CPUS &&
        ((store && !rule(s, SIM_RULE_POST_STORE)) || (!store && !rule(s, SIM_RULE_POST_CMO)))) {
        set_force(s, e->line, agent, (uint16_t)(1u << k));
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

void set_complete_outer(struct sim *s, int agent, uint32_t before)
{
    for (uint32_t i = 0; i < s->set->nlive; i++) {
        const int li = (int)s->set->live[i];
        struct lineset *l = set_peek(s, li);
        uint16_t mask = 0;

        for (uint32_t k = 0; k < l->nlog[agent]; k++) {
            if (outer_awaits_sync(s, &l->log[agent][k]) && l->log[agent][k].seq < before) {
                mask |= (uint16_t)(1u << k);
            }
        }
        keep_done(s, li, agent, mask);
        set_drop_done(l);
    }
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

static bool for_device(const struct sim *s, const struct posted *e)
{
    const uint32_t first = posted_is_store(e) ? e->off : 0;
    const uint32_t n = posted_is_store(e) ? e->len : s->m.line;

    for (uint32_t b = first; b < first + n; b++) {
        if (device_byte(s->line[e->line].owner[b])) {
            return true;
        }
    }
    return false;
}

int set_pending_for_device(struct sim *s, int agent)
{
    for (uint32_t i = 0; i < s->set->nlive; i++) {
        const int li = (int)s->set->live[i];
        const struct lineset *l = s->set->line[li];

        for (uint32_t k = 0; k < l->nlog[agent]; k++) {
            if (for_device(s, &l->log[agent][k])) {
                return li;
            }
        }
    }
    return -1;
}
