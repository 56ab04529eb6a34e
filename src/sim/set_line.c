/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: the moves of one line, applied to every state until nothing new appears. */
#include <stdlib.h>
#include <string.h>

#include "set.h"

static uint64_t hash_content(const uint8_t *d, size_t n)
{
    uint64_t h = 3;

    for (size_t i = 0; i < n; i += 8) {
        uint64_t w;
        memcpy(&w, d + i, 8);
        h = mix64(h, w);
    }
    return h;
}

/* Contents that no state refers to any more leave their numbers to new ones. */
static uint32_t free_content(struct lineset *l)
{
    bool used[SET_MAX_CONTENT + 1] = {true};

    for (uint32_t i = 0; i < l->n; i++) {
        const struct lstate *st = &l->state[i];

        used[st->dram] = used[st->l2] = true;
        for (int c = 0; c < SIM_MAX_CPUS; c++) {
            used[st->l1[c]] = true;
        }
    }
    for (uint32_t i = 1; i < l->ncontent; i++) {
        if (!used[i]) {
            return i;
        }
    }
    return 0;
}

static uint8_t intern(struct sim *s, struct lineset *l, const uint8_t *d)
{
    const uint64_t h = hash_content(d, s->m.line);

    for (uint32_t i = 1; i < l->ncontent; i++) {
        if (l->content_hash[i] == h && memcmp(l->content[i], d, s->m.line) == 0) {
            return (uint8_t)i;
        }
    }
    uint32_t id = l->ncontent;
    if (l->ncontent > SET_MAX_CONTENT) {
        id = free_content(l);
        if (id == 0) {
            step_overflow(s);
            return 1;
        }
    } else {
        l->ncontent++;
    }
    if (id >= l->cap_content) {
        l->cap_content = l->cap_content != 0 ? 2 * l->cap_content : 16;
        l->content = mem_must(realloc(l->content, l->cap_content * sizeof *l->content));
        l->content_hash =
            mem_must(realloc(l->content_hash, l->cap_content * sizeof *l->content_hash));
    }
    memset(l->content[id], 0, SIM_LINE_MAX);
    memcpy(l->content[id], d, s->m.line);
    l->content_hash[id] = h;
    return (uint8_t)id;
}

static int32_t remember(struct sim *s, int32_t parent, struct trans act)
{
    struct set_engine *e = s->set;

    if (!s->recording) {
        return -1;
    }
    if (e->nhist == e->cap_hist) {
        e->cap_hist = e->cap_hist != 0 ? 2 * e->cap_hist : 1024;
        e->hist = mem_must(realloc(e->hist, e->cap_hist * sizeof *e->hist));
    }
    e->hist[e->nhist] = (struct history){parent, s->r.step, act};
    return (int32_t)e->nhist++;
}

void set_add(struct sim *s, struct lineset *l, const struct lstate *st, int32_t parent,
             struct trans act)
{
    for (uint32_t i = 0; i < l->n; i++) {
        if (memcmp(&l->state[i], st, sizeof *st) == 0) {
            return;
        }
    }
    if (l->n == SET_MAX_STATES) {
        step_overflow(s);
        return;
    }
    if (l->n == l->cap) {
        l->cap = l->cap != 0 ? 2 * l->cap : 16;
        l->state = mem_must(realloc(l->state, l->cap * sizeof *l->state));
        l->from = mem_must(realloc(l->from, l->cap * sizeof *l->from));
    }
    l->state[l->n] = *st;
    l->from[l->n] = remember(s, parent, act);
    l->n++;
    if (l->n > s->set->max_set) {
        s->set->max_set = l->n;
    }
}

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
    if ((st->dirty >> c & 1u) == 0) {
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
    st->l1[c] = intern(s, l, d);
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
        st->dram = intern(s, l, d);
        return;
    }
    memcpy(d, set_view(s, l, st, c), SIM_LINE_MAX);
    put_bytes(e, d);
    for (int o = 0; o < s->m.ncpu; o++) {
        if (o != c && s->m.coherent_l1) {
            drop(st, o);
        }
    }
    st->l1[c] = intern(s, l, d);
    st->dirty |= (uint8_t)(1u << c);
}

static void check_lost(struct sim *s, int li, const struct lineset *l, const struct lstate *st,
                       int c, int32_t parent)
{
    uint32_t off = 0;

    if ((st->dirty >> c & 1u) == 0 ||
        !shadow_lost(s, li, l->content[st->l1[c]], l->content[st->l2 != 0 ? st->l2 : st->dram],
                     &off)) {
        return;
    }
    if (s->r.bug == SIM_OK) {
        s->set->culprit = parent;
        s->r.bug_line = li;
        s->r.bug_off = off;
    }
    step_fail(s, SIM_DIRTY_LOST, "invalidation drops the only copy of %09llx",
              (unsigned long long)(s->line[li].pa + off));
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
    step_fail(s, SIM_DIRTY_UNDER_DMA, "a dirty line may cover %09llx, which the device writes",
              (unsigned long long)s->line[li].pa);
}

static bool ready(const struct sim *s, const struct lineset *l, const struct lstate *st, int a,
                  uint32_t k)
{
    if ((st->done[a] >> k & 1u) != 0) {
        return false;
    }
    for (uint32_t j = 0; j < k; j++) {
        if ((st->done[a] >> j & 1u) == 0 && posted_ordered(s, &l->log[a][j], &l->log[a][k])) {
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
    if ((from->dirty >> c & 1u) != 0) {
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

struct lineset *set_peek(const struct sim *s, int li)
{
    if ((uint32_t)li >= s->set->cap_line || s->set->line[li] == NULL || !s->set->line[li]->live) {
        return NULL;
    }
    return s->set->line[li];
}

static void reserve(struct set_engine *e, uint32_t n)
{
    if (n <= e->cap_line) {
        return;
    }
    const uint32_t cap = n * 2;
    e->line = mem_must(realloc(e->line, cap * sizeof *e->line));
    memset(e->line + e->cap_line, 0, (cap - e->cap_line) * sizeof *e->line);
    e->live = mem_must(realloc(e->live, cap * sizeof *e->live));
    e->cap_line = cap;
}

struct lineset *set_get(struct sim *s, int li)
{
    struct set_engine *e = s->set;
    struct lineset *l = set_peek(s, li);

    if (l != NULL) {
        return l;
    }
    reserve(e, (uint32_t)li + 1);
    if (e->line[li] == NULL) {
        e->line[li] = mem_must(calloc(1, sizeof *l));
    }
    l = e->line[li];
    l->live = true;
    l->n = 0;
    l->ncontent = 1;
    memset(l->nlog, 0, sizeof l->nlog);
    e->live[e->nlive++] = (uint32_t)li;
    struct lstate st = {0};
    st.dram = intern(s, l, s->line[li].data);
    set_add(s, l, &st, -1, (struct trans){TR_RUN, 0, 0, 0, 0});
    set_close(s, li);
    return l;
}

/* Move the states aside to rebuild the set from them. */
uint32_t set_take(struct sim *s, struct lineset *l)
{
    const uint32_t n = l->n;

    memcpy(s->set->old, l->state, n * sizeof *l->state);
    memcpy(s->set->old_from, l->from, n * sizeof *l->from);
    l->n = 0;
    return n;
}

/* Forget log entries that have taken effect in every state. */
void set_drop_done(struct lineset *l)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        uint16_t all = 0xffff;

        for (uint32_t i = 0; i < l->n; i++) {
            all &= l->state[i].done[a];
        }
        for (uint32_t k = l->nlog[a]; all != 0 && k-- > 0;) {
            if ((all >> k & 1u) == 0) {
                continue;
            }
            const uint32_t low = (1u << k) - 1u;

            memmove(&l->log[a][k], &l->log[a][k + 1], (l->nlog[a] - k - 1) * sizeof l->log[a][0]);
            l->nlog[a]--;
            for (uint32_t i = 0; i < l->n; i++) {
                const uint32_t d = l->state[i].done[a];

                l->state[i].done[a] = (uint16_t)((d & low) | ((d >> 1) & ~low));
            }
        }
    }
}
