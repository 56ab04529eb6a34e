/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Concrete engine: one TLB entry per CPU and watched page, loaded by demand or by the adversary. */
#include <string.h>

#include "concrete.h"

static uint64_t walker_word(struct sim *s, int cpu, uint64_t pa)
{
    const int li = mem_find(s, pa);

    if (li < 0) {
        return 0;
    }
    const struct cached_line *l = con_peek(s, li);
    const uint8_t *d = table_walk_sees_l1(s) ? con_view(s, li, cpu)
                       : l->l2.present       ? l->l2.data
                                             : s->line[li].data;

    return table_word(s, d + (pa & s->line_mask));
}

bool con_walk(struct sim *s, int cpu, uint32_t page, struct xlat *x)
{
    return table_decode(s, cpu, s->page[page].va, walker_word, x);
}

static bool valid_in_truth(struct sim *s, const struct xlat *x)
{
    return table_word_valid(s, table_truth_word(s, 0, x->w[x->n - 1]));
}

bool con_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x)
{
    if (has_no_walker(s)) {
        return regs_translate(s, cpu, va, x);
    }
    const bool ok = table_decode(s, cpu, va, walker_word, x);

    if (ok && x->fixed) {
        return true;
    }
    const int p = x->fixed ? table_page_of(s, va) : table_watch(s, va, -1);
    if (p >= 0) {
        const struct tlb_entry *t = &s->con->tlb[cpu][p];

        if (t->valid) {
            x->pa = t->pa | (va & 0xfffu);
            x->attr = t->attr;
            return true;
        }
    }
    if (ok && !table_may_be_new(s, cpu, x)) {
        if (p >= 0) {
            s->con->tlb[cpu][p] = (struct tlb_entry){true, x->attr, x->pa & ~(uint64_t)0xfff};
            s->r.tables_changed = true;
        }
        return true;
    }
    table_blame(s, cpu, va, x);
    if (ok || valid_in_truth(s, x)) {
        step_fail(s, SIM_TABLE_VISIBLE, "cpu%d VA %08x: the walker does not see the new entry", cpu,
                  (unsigned)va);
    } else {
        step_fail(s, SIM_FAULT, "cpu%d VA %08x: no translation", cpu, (unsigned)va);
    }
    return false;
}

void con_tlbi(struct sim *s, int cpu, const struct posted *e)
{
    const int p = table_page_of(s, e->va);
    const bool broken = s->m.tlbi_is_broken && rule(s, SIM_RULE_TLBI_ERRATUM);

    for (int c = 0; p >= 0 && c < s->m.ncpu; c++) {
        if (c == cpu || (e->kind == OP_TLBI_IS && !broken)) {
            memset(&s->con->tlb[c][p], 0, sizeof s->con->tlb[c][p]);
        }
    }
    s->r.tables_changed = true;
}

bool con_may_fill(struct sim *s, int cpu, uint64_t pa)
{
    if (!s->mmu || has_no_walker(s)) {
        return s->mmu && regs_may_cache(s, cpu, pa);
    }
    if (table_fixed_cached(s, pa)) {
        return true;
    }
    for (uint32_t p = 0; p < s->npage; p++) {
        const struct tlb_entry *t = &s->con->tlb[cpu][p];
        struct xlat x;

        if (t->valid && t->pa == (pa & ~(uint64_t)0xfff) && attr_fills(s, t->attr)) {
            return true;
        }
        if (rule(s, SIM_RULE_WALK) && con_walk(s, cpu, p, &x) &&
            (x.pa & ~(uint64_t)0xfff) == (pa & ~(uint64_t)0xfff) && attr_fills(s, x.attr)) {
            return true;
        }
    }
    return false;
}

struct reach {
    uint64_t pa;
    uint32_t page;
    uint8_t attr;
    int cpu;
};

static void blame(struct sim *s, const struct reach *r, enum sim_bug bug, const char *what)
{
    if (s->r.bug != SIM_OK) {
        return;
    }
    s->r.bug_page = s->page[r->page].va;
    s->r.bug_cpu = r->cpu;
    s->r.bug_line = mem_find(s, r->pa);
    s->r.bug_off = 0;
    step_fail(s, bug, "cpu%d VA %08x -> %09llx: %s", r->cpu, (unsigned)s->page[r->page].va,
              (unsigned long long)r->pa, what);
}

static void compare(struct sim *s, const struct reach *a, const struct reach *b)
{
    const bool same_va = a->cpu == b->cpu && a->page == b->page;

    if (same_va && (a->pa != b->pa || a->attr != b->attr) &&
        !table_exempt(s, a->cpu, (int)a->page)) {
        blame(s, a, SIM_BBM, "another translation of this VA is alive");
    } else if (a->pa == b->pa && a->attr != b->attr) {
        blame(s, a, SIM_ALIAS, "the page has another memory type elsewhere");
    }
}

/* INV-1 and break-before-make over everything that a CPU holds or could walk now. */
void con_settle(struct sim *s)
{
    struct reach r[2 * SIM_MAX_CPUS * SIM_MAX_PAGES];
    uint32_t n = 0;

    if (!s->mmu || has_no_walker(s) || !s->r.tables_changed) {
        return;
    }
    s->r.tables_changed = false;
    for (int c = 0; c < s->m.ncpu; c++) {
        for (uint32_t p = 0; p < s->npage; p++) {
            const struct tlb_entry *t = &s->con->tlb[c][p];
            struct xlat x;

            if (t->valid) {
                r[n++] = (struct reach){t->pa, p, t->attr, c};
            }
            if (rule(s, SIM_RULE_WALK) && con_walk(s, c, p, &x)) {
                r[n++] = (struct reach){x.pa & ~(uint64_t)0xfff, p, x.attr, c};
            }
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < s->nfixed; k++) {
            const struct static_map *f = &s->fixed[k];

            if (r[i].pa >= f->pa && r[i].pa - f->pa < f->n && f->attr != r[i].attr) {
                blame(s, &r[i], SIM_ALIAS, "a section maps the page with another memory type");
            }
        }
        for (uint32_t k = i + 1; k < n; k++) {
            compare(s, &r[i], &r[k]);
        }
    }
}
