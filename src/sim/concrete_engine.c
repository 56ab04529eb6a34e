/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Concrete engine: life, loads, the adversary's list, hashes, and its table of operations. */
#include <stdlib.h>
#include <string.h>

#include "concrete.h"

static void create(struct sim *s)
{
    s->con = mem_must(calloc(1, sizeof *s->con));
}

static void destroy(struct sim *s)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        free(s->con->q[a].e);
    }
    free(s->con->line);
    free(s->con->live);
    free(s->con->need);
    free(s->con);
}

static void reset(struct sim *s)
{
    struct concrete_engine *e = s->con;

    for (uint32_t i = 0; i < e->nlive; i++) {
        e->line[e->live[i]].live = false;
    }
    e->nlive = 0;
    e->capped = false;
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        e->q[a].n = 0;
    }
    memset(e->tlb, 0, sizeof e->tlb);
}

static uint32_t load(struct sim *s, int agent, int li, uint32_t va, const struct xlat *x,
                     uint32_t off, uint32_t len, unsigned variant)
{
    const bool device = agent >= SIM_MAX_CPUS;
    const bool cached = !device && (x->attr & ATTR_TYPE) == ATTR_CACHED;
    const uint8_t slot = cached ? slots_of(s, li, va) : 0;
    uint8_t d[SIM_LINE_MAX];
    uint32_t v = 0;

    (void)variant;
    if (device) {
        memcpy(d, s->line[li].data, SIM_LINE_MAX);
    } else {
        con_before_load(s, agent, li, va);
        if (!cached) {
            pa_check_uncached(s, li, con_present(s, li));
        }
        if (cached) {
            const int k = copy_of(s, agent, slot);

            if (!con_peek(s, li)->l1[k].present) {
                con_fill(s, li, k);
            }
            memcpy(d, con_peek(s, li)->l1[k].data, SIM_LINE_MAX);
        } else if (outer_looks_up(s, x->attr) && con_peek(s, li)->l2.present) {
            memcpy(d, con_peek(s, li)->l2.data, SIM_LINE_MAX);
        } else {
            memcpy(d, s->line[li].data, SIM_LINE_MAX);
        }
    }
    for (uint32_t k = 0; k < s->con->q[agent].n; k++) {
        const struct posted *e = &s->con->q[agent].e[k];

        for (uint32_t i = 0; e->line == li && posted_forwards(e, cached, slot) && i < e->len; i++) {
            d[e->off + i] = (uint8_t)(e->value >> (8 * i)); /* forwarded from the queue */
        }
    }
    for (uint32_t i = 0; i < len; i++) {
        v |= (uint32_t)d[off + i] << (8 * i);
    }
    if (shadow_checked(s, li, off, len, device) && shadow_differs(s, li, off, len, v)) {
        shadow_stale(s, li, off, len, v, device);
    }
    return v;
}

static unsigned values(struct sim *s, int agent)
{
    (void)s;
    (void)agent;
    return 1;
}

static uint32_t put(struct sim *s, struct trans *t, uint32_t n, struct trans x)
{
    if (n == SIM_MAX_TRANS) {
        s->con->capped = true;
        return n;
    }
    t[n] = x;
    return n + 1;
}

/* Of one copy; `fill`: it may come by itself. */
static uint32_t copy_moves(struct sim *s, struct trans *t, uint32_t n, const struct copy *k,
                           struct trans x, bool fill)
{
    if (fill && !k->dirty && brings_dirty_lines(s)) {
        x.kind = TR_DIRTY;
        n = put(s, t, n, x);
    }
    if (k->present && rule(s, SIM_RULE_EVICT)) {
        x.kind = TR_EVICT;
        n = put(s, t, n, x);
        if (k->dirty) {
            x.kind = TR_WBACK;
            n = put(s, t, n, x);
        }
    } else if (!k->present && fill) {
        x.kind = TR_FILL;
        n = put(s, t, n, x);
    }
    return n;
}

static uint32_t line_moves(struct sim *s, struct trans *t, uint32_t n, int li)
{
    const struct cached_line *l = con_peek(s, li);
    const uint64_t pa = s->line[li].pa;
    const bool fills = brings_lines(s);
    bool any = false;

    for (uint8_t c = 0; c < s->m.ncpu; c++) {
        const uint8_t may = con_fill_slots(s, c, li);
        const uint8_t nslot = slots_count(s, li);

        any = any || may != 0;
        for (uint8_t slot = 0; slot < nslot; slot++) {
            n = copy_moves(s, t, n, &l->l1[copy_of(s, c, slot)],
                           (struct trans){TR_RUN, c, 0, slot, pa},
                           fills && (may >> slot & 1u) != 0);
        }
    }
    if (l->l2.present) {
        n = put(s, t, n, (struct trans){TR_EVICT2, 0, 0, 0, pa});
    } else if ((s->m.l2 || has_read_ahead(s)) && any) {
        n = put(s, t, n, (struct trans){TR_FILL2, 0, 0, 0, pa});
    }
    return n;
}

static uint32_t drains(struct sim *s, struct trans *t, uint32_t n, int a)
{
    for (uint32_t k = 0; k < s->con->q[a].n; k++) {
        const struct posted *e = &s->con->q[a].e[k];

        if (!con_ready(s, a, k)) {
            continue;
        }
        n = put(s, t, n, (struct trans){TR_DRAIN, (uint8_t)a, 0, 0, e->seq});
        if (e->may_void) {
            n = put(s, t, n, (struct trans){TR_DRAIN, (uint8_t)a, 1, 0, e->seq});
        }
        if (e->kind == OP_INVAL && s->m.inv_may_clean && rule(s, SIM_RULE_INV_CLEAN)) {
            n = put(s, t, n, (struct trans){TR_DRAIN, (uint8_t)a, 2, 0, e->seq});
        }
    }
    return n;
}

/*
 * A slot begins with the first translation by its address: the adversary's list is made from slots,
 * and must be the same in every replay, whoever asked for it.
 */
static void settle(struct sim *s)
{
    const bool look = s->r.tables_changed;

    con_settle(s);
    for (uint32_t i = 0; look && s->nslot != 1 && i < s->ntouched; i++) {
        for (int c = 0; c < s->m.ncpu && s->line[s->touched[i]].active; c++) {
            (void)con_fill_slots(s, c, (int)s->touched[i]);
        }
    }
}

static uint32_t enumerate(struct sim *s, struct trans *t, uint32_t n)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        n = drains(s, t, n, a);
    }
    for (uint32_t i = 0; i < s->ntouched; i++) {
        if (s->line[s->touched[i]].active) {
            n = line_moves(s, t, n, (int)s->touched[i]);
        }
    }
    for (int c = 0; c < s->m.ncpu && s->mmu && rule(s, SIM_RULE_WALK); c++) {
        for (uint32_t p = 0; p < s->npage; p++) {
            struct xlat x;

            if (s->con->tlb[c][p].valid) {
                n = put(s, t, n, (struct trans){TR_DROP, (uint8_t)c, 0, 0, s->page[p].va});
            } else if (con_walk(s, c, p, &x) && !x.fixed) {
                n = put(s, t, n, (struct trans){TR_WALK, (uint8_t)c, 0, 0, s->page[p].va});
            }
        }
    }
    return n;
}

static void act_page(struct sim *s, struct trans t)
{
    const int p = table_page_of(s, (uint32_t)t.addr);
    struct xlat x;

    if (p < 0) {
        return;
    }
    s->r.tables_changed = true;
    memset(&s->con->tlb[t.agent][p], 0, sizeof s->con->tlb[t.agent][p]);
    if (t.kind == TR_WALK && con_walk(s, t.agent, (uint32_t)p, &x)) {
        s->con->tlb[t.agent][p] = (struct tlb_entry){true, x.attr, x.pa & ~(uint64_t)0xfff};
    }
}

static void act(struct sim *s, struct trans t)
{
    const int li =
        t.kind == TR_DRAIN || t.kind == TR_WALK || t.kind == TR_DROP ? -1 : mem_line(s, t.addr);

    switch ((enum trans_kind)t.kind) {
    case TR_FILL:
        con_fill(s, li, copy_of(s, t.agent, t.slot));
        break;
    case TR_DIRTY:
        con_dirty(s, li, copy_of(s, t.agent, t.slot));
        break;
    case TR_WBACK:
        con_write_back(s, li, copy_of(s, t.agent, t.slot));
        break;
    case TR_EVICT:
        con_evict(s, li, copy_of(s, t.agent, t.slot));
        break;
    case TR_FILL2:
        con_fill_l2(s, li);
        break;
    case TR_EVICT2:
        con_evict_l2(s, li, true);
        break;
    case TR_DRAIN:
        for (uint32_t k = 0; k < s->con->q[t.agent].n; k++) {
            if (s->con->q[t.agent].e[k].seq == t.addr) {
                con_take(s, t.agent, k, t.variant);
                break;
            }
        }
        break;
    case TR_WALK:
    case TR_DROP:
        act_page(s, t);
        break;
    case TR_RUN:
    case TR_IRQ:
    default:
        break;
    }
}

static uint64_t hash_copy(const struct copy *c, uint64_t h)
{
    h = mix64(h, (uint64_t)c->present << 1 | c->dirty);
    for (size_t i = 0; c->present && i < SIM_LINE_MAX; i += 8) {
        uint64_t w;
        memcpy(&w, c->data + i, 8);
        h = mix64(h, w);
    }
    return h;
}

static uint64_t line_hash(struct sim *s, int li)
{
    const struct cached_line *l = con_peek(s, li);
    uint64_t h = 11;

    for (size_t i = 0; i < s->m.line; i += 8) {
        uint64_t w;
        memcpy(&w, s->line[li].data + i, 8);
        h = mix64(h, w);
    }
    for (int k = 0; k < s->m.ncpu * s->nslot; k++) {
        h = hash_copy(&l->l1[k], h);
    }
    return hash_copy(&l->l2, h);
}

static uint64_t hash(struct sim *s)
{
    uint64_t h = 13;

    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        for (uint32_t k = 0; k < s->con->q[a].n; k++) {
            const struct posted *e = &s->con->q[a].e[k];

            h = mix64(h, (uint64_t)e->kind | (uint64_t)e->may_void << 8 | (uint64_t)e->attr << 9 |
                             (uint64_t)e->va << 16);
            h = mix64(mix64(h, e->value), e->seq);
        }
        h = mix64(h, s->con->q[a].n);
    }
    for (int c = 0; c < s->m.ncpu; c++) {
        for (uint32_t p = 0; p < s->npage; p++) {
            const struct tlb_entry *t = &s->con->tlb[c][p];

            h = mix64(h, t->valid ? t->pa | t->attr : 1);
        }
    }
    return h;
}

const struct engine_ops engine_concrete = {
    .name = "concrete",
    .create = create,
    .destroy = destroy,
    .reset = reset,
    .translate = con_translate,
    .load = load,
    .values = values,
    .post = con_post,
    .complete = con_complete,
    .complete_before = con_complete_before,
    .complete_outer = con_complete_outer,
    .pending_for_device = con_pending_for_device,
    .unsettled = con_unsettled,
    .recheck = con_check_dirty,
    .settle = settle,
    .enumerate = enumerate,
    .act = act,
    .line_hash = line_hash,
    .hash = hash,
};
