/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Set engine, translations. Interval semantics: a TLB may hold every translation that was walkable
 * at any time since the issue of the last completed invalidation of that page.
 */
#include <string.h>

#include "set.h"

bool set_may_fill(const struct sim *s, int cpu, uint64_t pa)
{
    const struct set_engine *e = s->set;

    if (!s->mmu || has_no_walker(s)) {
        return s->mmu && regs_may_cache(s, cpu, pa);
    }
    if (table_fixed_cached(s, pa)) {
        return true;
    }
    for (uint32_t p = 0; p < s->npage; p++) {
        for (uint32_t k = 0; k < e->ntlb[cpu][p]; k++) {
            const struct may_tlb *t = &e->tlb[cpu][p][k];

            if (t->pa == (pa & ~(uint64_t)0xfff) && attr_fills(s, t->attr)) {
                return true;
            }
        }
    }
    return false;
}

/* A page became reachable: its lines may be filled from now on. */
static void reopen_page(struct sim *s, uint64_t pa)
{
    for (uint32_t i = 0; i < s->set->nlive; i++) {
        const int li = (int)s->set->live[i];

        if ((s->line[li].pa & ~(uint64_t)0xfff) == pa) {
            set_close(s, li);
        }
    }
}

static void blame_page(struct sim *s, int cpu, uint32_t page, uint64_t pa)
{
    s->r.bug_page = s->page[page].va;
    s->r.bug_cpu = cpu;
    s->r.bug_line = mem_find(s, pa);
    s->r.bug_off = 0;
}

static void check_against_fixed(struct sim *s, int cpu, uint32_t page, const struct may_tlb *t)
{
    for (uint32_t i = 0; i < s->nfixed; i++) {
        const struct static_map *f = &s->fixed[i];

        if (t->pa >= f->pa && t->pa - f->pa < f->n && f->attr != t->attr && s->r.bug == SIM_OK) {
            blame_page(s, cpu, page, t->pa);
            step_fail(s, SIM_ALIAS,
                      "cpu%d VA %08x: page %09llx has another memory type in a section", cpu,
                      (unsigned)s->page[page].va, (unsigned long long)t->pa);
        }
    }
}

/* A CPU's translation of a page, as the oracles compare them. */
struct reach {
    int cpu;
    uint32_t page;
    const struct may_tlb *t;
};

static void compare(struct sim *s, struct reach now, struct reach old)
{
    const struct may_tlb *t = now.t;
    const struct may_tlb *o = old.t;
    const bool same_va = old.cpu == now.cpu && old.page == now.page;

    if (same_va && (o->pa != t->pa || o->attr != t->attr) &&
        !table_exempt(s, now.cpu, (int)now.page)) {
        blame_page(s, now.cpu, now.page, t->pa);
        step_fail(s, SIM_BBM, "cpu%d VA %08x: old translation %09llx may live beside new %09llx",
                  now.cpu, (unsigned)s->page[now.page].va, (unsigned long long)o->pa,
                  (unsigned long long)t->pa);
    } else if (o->pa == t->pa && o->attr != t->attr) {
        blame_page(s, now.cpu, now.page, t->pa);
        step_fail(s, SIM_ALIAS, "page %09llx has two memory types: cpu%d VA %08x and cpu%d VA %08x",
                  (unsigned long long)t->pa, now.cpu, (unsigned)s->page[now.page].va, old.cpu,
                  (unsigned)s->page[old.page].va);
    }
}

/* INV-1 and break-before-make for one new translation against all others that may be alive. */
static void check_new(struct sim *s, int cpu, uint32_t page, const struct may_tlb *t)
{
    const struct set_engine *e = s->set;

    check_against_fixed(s, cpu, page, t);
    for (int c = 0; c < s->m.ncpu; c++) {
        for (uint32_t p = 0; p < s->npage; p++) {
            for (uint32_t k = 0; k < e->ntlb[c][p] && s->r.bug == SIM_OK; k++) {
                compare(s, (struct reach){cpu, page, t}, (struct reach){c, p, &e->tlb[c][p][k]});
            }
        }
    }
}

static bool learn(struct sim *s, int cpu, uint32_t page, const struct xlat *x)
{
    struct set_engine *e = s->set;
    const struct may_tlb t = {.pa = x->pa & ~(uint64_t)0xfff,
                              .attr = x->attr,
                              .since = (1u << SIM_MAX_CPUS) - 1u,
                              .step = s->r.step};

    for (uint32_t k = 0; k < e->ntlb[cpu][page]; k++) {
        struct may_tlb *o = &e->tlb[cpu][page][k];

        if (o->pa == t.pa && o->attr == t.attr) {
            o->since = t.since;
            return false;
        }
    }
    check_new(s, cpu, page, &t);
    if (e->ntlb[cpu][page] == SET_MAX_TLB) {
        step_overflow(s);
        return false;
    }
    e->tlb[cpu][page][e->ntlb[cpu][page]++] = t;
    return (t.attr & ATTR_TYPE) == ATTR_CACHED;
}

/* What this CPU's walker could load for the page now, its TLB may hold from now on. */
static void learn_walks(struct sim *s, int cpu, uint32_t page)
{
    struct xlat x[SET_MAX_WORDS];
    bool invalid = false;
    const uint32_t n = set_walks(s, cpu, s->page[page].va, x, &invalid);

    for (uint32_t i = 0; i < n && rule(s, SIM_RULE_WALK); i++) {
        if (learn(s, cpu, page, &x[i])) {
            reopen_page(s, x[i].pa & ~(uint64_t)0xfff);
        }
    }
}

/* Registers or entries changed: every line of the CPU may be reachable now. */
static void settle_regs(struct sim *s)
{
    bool news = false;

    for (int c = 0; c < s->m.ncpu; c++) {
        news = news || s->mpu[c].news || s->soft[c].news;
        s->mpu[c].news = s->soft[c].news = false;
    }
    for (uint32_t i = 0; news && i < s->set->nlive; i++) {
        set_close(s, (int)s->set->live[i]);
    }
}

void set_settle(struct sim *s)
{
    if (has_no_walker(s)) {
        settle_regs(s);
        return;
    }
    /* Opening a page can change table lines only if tables lie in it; the loop then runs again. */
    while (s->mmu && s->r.tables_changed && s->r.bug == SIM_OK && !s->r.overflow) {
        s->r.tables_changed = false;
        for (uint32_t p = 0; p < s->npage; p++) {
            for (int c = 0; c < s->m.ncpu; c++) {
                learn_walks(s, c, p);
            }
        }
    }
}

bool set_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x)
{
    struct xlat all[SET_MAX_WORDS];
    bool invalid = false;

    if (has_no_walker(s)) {
        return regs_translate(s, cpu, va, x);
    }
    if (table_decode(s, cpu, va, table_plain_word, x) && x->fixed) {
        return true;
    }
    if (!x->fixed) {
        (void)table_watch(s, va, -1);
        set_settle(s);
    }
    const uint32_t n = set_walks(s, cpu, va, all, &invalid);
    if (n != 0 && !invalid && !table_may_be_new(s, cpu, &all[0])) {
        *x = all[0];
        return true;
    }
    table_blame(s, cpu, va, x);
    if (n != 0) {
        step_fail(s, SIM_TABLE_VISIBLE, "cpu%d VA %08x: the walker may not see the new entry yet",
                  cpu, (unsigned)va);
    } else if (table_may_be_new(s, cpu, x)) {
        step_fail(s, SIM_TABLE_VISIBLE, "cpu%d VA %08x: the new entry is not visible", cpu,
                  (unsigned)va);
    } else {
        step_fail(s, SIM_FAULT, "cpu%d VA %08x: no translation", cpu, (unsigned)va);
    }
    return false;
}

static bool in_scope(const struct sim *s, int issuer, int c, bool all)
{
    if (c == issuer) {
        return true;
    }
    return all && !(s->m.tlbi_is_broken && rule(s, SIM_RULE_TLBI_ERRATUM));
}

void set_tlbi_post(struct sim *s, int cpu, const struct posted *e)
{
    struct set_engine *g = s->set;
    const int p = table_page_of(s, e->va);
    const bool all = e->kind == OP_TLBI_IS;

    for (int c = 0; p >= 0 && c < s->m.ncpu; c++) {
        for (uint32_t k = 0; k < g->ntlb[c][p] && in_scope(s, cpu, c, all); k++) {
            g->tlb[c][p][k].since &= (uint8_t) ~(1u << cpu);
        }
    }
    if (g->ntlbi[cpu] == SET_MAX_TLBI) {
        step_overflow(s);
        return;
    }
    g->tlbi[cpu][g->ntlbi[cpu]++] = (struct pending_tlbi){e->va, all};
    if (!rule(s, SIM_RULE_POST_TLBI)) {
        set_tlbi_complete(s, cpu);
    }
}

static void purge(struct sim *s, int issuer, int c, int p)
{
    struct set_engine *g = s->set;
    uint32_t n = 0;

    for (uint32_t k = 0; k < g->ntlb[c][p]; k++) {
        const bool walked_since = has_bit(g->tlb[c][p][k].since, (uint32_t)issuer);

        if (walked_since && rule(s, SIM_RULE_TLBI_SINCE)) {
            g->tlb[c][p][n++] = g->tlb[c][p][k];
        }
    }
    g->ntlb[c][p] = n;
}

/* DSB: what was loaded before the issue is gone; what was walkable since then may have stayed. */
void set_tlbi_complete(struct sim *s, int cpu)
{
    struct set_engine *g = s->set;

    for (uint32_t i = 0; i < g->ntlbi[cpu]; i++) {
        const int p = table_page_of(s, g->tlbi[cpu][i].va);

        for (int c = 0; p >= 0 && c < s->m.ncpu; c++) {
            if (in_scope(s, cpu, c, g->tlbi[cpu][i].all)) {
                purge(s, cpu, c, p);
            }
        }
    }
    if (g->ntlbi[cpu] != 0) {
        s->r.tables_changed = true;
    }
    g->ntlbi[cpu] = 0;
}

uint64_t set_tlb_hash(const struct sim *s)
{
    const struct set_engine *g = s->set;
    uint64_t h = 5;

    for (int c = 0; c < s->m.ncpu; c++) {
        for (uint32_t p = 0; p < s->npage; p++) {
            uint64_t sum = 0;

            for (uint32_t k = 0; k < g->ntlb[c][p]; k++) {
                const struct may_tlb *t = &g->tlb[c][p][k];

                sum += mix64(mix64(s->page[p].va, t->pa), (uint64_t)t->attr << 8 | t->since);
            }
            h = mix64(h, sum);
        }
        for (uint32_t i = 0; i < g->ntlbi[c]; i++) {
            h = mix64(h, g->tlbi[c][i].va | (g->tlbi[c][i].all ? 1u : 0u));
        }
    }
    return h;
}
