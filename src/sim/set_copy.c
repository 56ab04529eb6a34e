/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: the copies of one line in one state, and what a store does to them. */
#include <string.h>

#include "set.h"

/*
 * What a read through one copy's slot gives: the copy itself, else a coherent peer's, else outside.
 */
const uint8_t *set_view_copy(const struct sim *s, const struct lineset *l, const struct lstate *st,
                             int copy)
{
    if (st->l1[copy] != 0) {
        return l->content[st->l1[copy]];
    }
    for (int o = 0; o < s->m.ncpu && s->m.coherent_l1 && rule(s, SIM_RULE_COHERENT); o++) {
        const int k = peer_of(s, copy, o);

        if (st->l1[k] != 0) {
            return l->content[st->l1[k]];
        }
    }
    return l->content[st->l2 != 0 ? st->l2 : st->dram];
}

/* What a walker of this CPU reads that looks into the L1. */
const uint8_t *set_view(const struct sim *s, const struct lineset *l, const struct lstate *st,
                        int cpu)
{
    return set_view_copy(s, l, st, copy_of(s, cpu, 0));
}

void set_write_back(const struct sim *s, struct lstate *st, int k)
{
    if (!has_bit(st->dirty, (uint32_t)k)) {
        return;
    }
    st->dirty &= (uint16_t) ~(1u << k);
    if (s->m.l2) {
        st->l2 = st->l1[k];
        st->dirty |= SET_L2_DIRTY;
    } else {
        st->dram = st->l1[k];
        st->l2 = 0; /* a read-ahead cache lets go of it */
    }
}

void set_drop(struct lstate *st, int k)
{
    st->l1[k] = 0;
    st->dirty &= (uint16_t) ~(1u << k);
}

void set_evict_l2(struct lstate *st, bool write)
{
    if (write && (st->dirty & SET_L2_DIRTY) != 0) {
        st->dram = st->l2;
    }
    st->l2 = 0;
    st->dirty &= (uint16_t)~SET_L2_DIRTY;
}

void set_fill(struct sim *s, struct lineset *l, struct lstate *st, int k)
{
    uint8_t d[SIM_LINE_MAX];

    for (int o = 0; o < s->m.ncpu && s->m.fill_cleans_peer && rule(s, SIM_RULE_PEER_CLEAN); o++) {
        set_write_back(s, st, peer_of(s, k, o));
    }
    memcpy(d, set_view_copy(s, l, st, k), SIM_LINE_MAX);
    st->l1[k] = set_intern(s, l, d);
}

static uint32_t present(const struct sim *s, const struct lstate *st)
{
    uint32_t mask = 0;

    for (int k = 0; k < s->m.ncpu * s->nslot; k++) {
        mask |= st->l1[k] != 0 ? 1u << k : 0;
    }
    return mask;
}

/* The first bug of this state; `from` is its history. */
static void blame_state(struct sim *s, enum sim_bug before, int32_t from)
{
    if (before == SIM_OK && s->r.bug != SIM_OK) {
        s->set->culprit = from;
    }
}

void set_check_places(struct sim *s, int li, const struct lstate *st, int32_t from)
{
    const enum sim_bug before = s->r.bug;

    if (s->m.hpmc) {
        pa_check_places(s, li, present(s, st));
        blame_state(s, before, from);
    }
}

void set_check_uncached(struct sim *s, int li, const struct lstate *st, int32_t from)
{
    const enum sim_bug before = s->r.bug;

    if (s->m.hpmc || s->m.uncached_hit_fails) {
        pa_check_uncached(s, li, present(s, st));
        blame_state(s, before, from);
    }
}

void set_check_store(struct sim *s, int li, const struct lstate *st, int32_t from,
                     const struct posted *e)
{
    if (e->kind == OP_STORE && (e->attr & ATTR_TYPE) != ATTR_CACHED) {
        set_check_uncached(s, li, st, from);
    }
}

/* The number of a line image with the bytes of a store in it. */
static uint8_t with_bytes(struct sim *s, struct lineset *l, uint8_t content, const struct posted *e)
{
    uint8_t d[SIM_LINE_MAX];

    memcpy(d, l->content[content], SIM_LINE_MAX);
    for (unsigned i = 0; i < e->len; i++) {
        d[e->off + i] = (uint8_t)(e->value >> (8 * i));
    }
    return set_intern(s, l, d);
}

/* A store that goes past the L1: into the outer cache if the line is there, else to memory. */
static void store_outside(struct sim *s, struct lineset *l, struct lstate *st,
                          const struct posted *e)
{
    if (s->m.read_ahead) {
        st->l2 = 0;
    }
    if (st->l2 != 0) {
        st->l2 = with_bytes(s, l, st->l2, e);
        st->dirty |= SET_L2_DIRTY;
    } else {
        st->dram = with_bytes(s, l, st->dram, e);
    }
}

static void store_cached(struct sim *s, struct lineset *l, struct lstate *st, int k,
                         const struct posted *e)
{
    const bool through = posted_writes_through(s, e);
    const bool present = st->l1[k] != 0;
    const bool allocates = !s->m.no_write_allocate || !rule(s, SIM_RULE_NO_ALLOCATE);
    const bool outside = through || (!present && !allocates);

    if (!outside && !present) {
        uint8_t d[SIM_LINE_MAX];

        memcpy(d, set_view_copy(s, l, st, k), SIM_LINE_MAX);
        st->l1[k] = set_intern(s, l, d);
    }
    for (int o = 0; o < s->m.ncpu && s->m.coherent_l1; o++) {
        const int peer = peer_of(s, k, o);

        if (peer != k && outside) {
            set_write_back(s, st, peer);
        }
        if (peer != k) {
            set_drop(st, peer);
        }
    }
    if (st->l1[k] != 0) {
        st->l1[k] = with_bytes(s, l, st->l1[k], e);
    }
    if (outside) {
        store_outside(s, l, st, e);
    } else {
        st->dirty |= (uint16_t)(1u << k);
    }
}

void set_apply_store(struct sim *s, struct lineset *l, struct lstate *st, int c,
                     const struct posted *e)
{
    if (e->kind == OP_DEV_STORE || (e->attr & ATTR_TYPE) != ATTR_CACHED) {
        if (e->kind == OP_STORE && outer_looks_up(s, e->attr) && st->l2 != 0) {
            st->l2 = with_bytes(s, l, st->l2, e);
        }
        st->dram = with_bytes(s, l, st->dram, e);
        return;
    }
    store_cached(s, l, st, copy_of(s, c, e->slot), e);
}
