/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Translation, read from the real table bytes. `word` says through which point of the machine a
 * table word is read; there is no decoded side table.
 */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

const struct table_format *table_format(const struct sim *s)
{
    switch (s->m.tables) {
    case SIM_TABLES_V5:
        return &table_v5;
    case SIM_TABLES_LPAE:
        return &table_lpae;
    case SIM_TABLES_SHORT:
    case SIM_TABLES_MPU: /* these two ask for no table */
    case SIM_TABLES_SOFT:
    default:
        return &table_short;
    }
}

bool table_word_valid(const struct sim *s, uint64_t d)
{
    return (d & table_format(s)->valid) != 0;
}

static bool word_is_fixed(const struct sim *s, uint64_t pa)
{
    const int li = mem_find(s, pa);

    return li < 0 || !s->line[li].active;
}

/* DRAM as it is: right for lines that no agent has touched. */
uint64_t table_plain_word(struct sim *s, int cpu, uint64_t pa)
{
    const int li = mem_find(s, pa);

    (void)cpu;
    return li < 0 ? 0 : table_word(s, s->line[li].data + (pa & s->line_mask));
}

/* Table words as the program wrote them, whatever the machine has made of it yet. */
uint64_t table_truth_word(struct sim *s, int cpu, uint64_t pa)
{
    const int li = mem_find(s, pa);

    (void)cpu;
    return li < 0 ? 0 : table_word(s, s->line[li].truth + (pa & s->line_mask));
}

bool table_decode(struct sim *s, int cpu, uint32_t va, word_fn word, struct xlat *x)
{
    if (has_mpu(s)) {
        return mpu_decode(s, cpu, va, x);
    }
    if (has_soft_tlb(s)) {
        return soft_decode(s, cpu, va, x);
    }
    const struct table_format *f = table_format(s);
    uint64_t at = f->root(s, va);
    enum walk_step k = WALK_NEXT;

    *x = (struct xlat){.fixed = true};
    while (k == WALK_NEXT) {
        x->w[x->n++] = at;
        x->fixed = x->fixed && word_is_fixed(s, at);
        k = f->step(s, va, word(s, cpu, at), x, &at);
    }
    return k == WALK_DONE;
}

/* Walks look into the L1 only if the tables say cacheable and the core can do so (CohWalk). */
bool table_walk_sees_l1(const struct sim *s)
{
    const bool irgn = (s->m.ttbr_flags & 0x41u) != 0;
    const bool able = s->m.isa == SIM_ISA_V7A && (s->m.mmfr3 >> 20 & 0xfu) != 0;

    return (irgn && able) || !rule(s, SIM_RULE_WALK_POINT);
}

static void add_fixed(struct sim *s, uint32_t va, const struct xlat *x)
{
    const uint64_t n = (uint64_t)1 << x->shift;
    struct static_map *last = s->nfixed != 0 ? &s->fixed[s->nfixed - 1] : NULL;

    if (last != NULL && last->attr == x->attr && last->pa + last->n == x->pa &&
        last->va + last->n == va) {
        last->n += n;
        return;
    }
    if (s->nfixed == SIM_MAX_STATIC) {
        (void)fprintf(stderr, "dmacoh-sim: too many section ranges\n");
        abort();
    }
    s->fixed[s->nfixed++] = (struct static_map){x->pa, n, va, x->attr};
}

/* Sections, and the pages that stand for sections; other pages may change their type. */
static bool is_fixed_map(const struct sim *s, uint32_t va, const struct xlat *x)
{
    const uint64_t last = x->w[x->n - 1];

    return x->shift > 12 || (last >= s->tables.pa && last - s->tables.pa < s->tables.used &&
                             table_page_of(s, va) < 0);
}

/* They are part of every CPU's reach for the whole run: collect them once. */
void table_scan_fixed(struct sim *s)
{
    s->nfixed = 0;
    if (has_soft_tlb(s)) {
        soft_scan_fixed(s);
    }
    if (!s->mmu || has_no_walker(s)) {
        return;
    }
    for (uint64_t va = 0; va >> 32 == 0;) {
        struct xlat x;

        if (table_decode(s, 0, (uint32_t)va, table_plain_word, &x) &&
            is_fixed_map(s, (uint32_t)va, &x)) {
            add_fixed(s, (uint32_t)va, &x);
        }
        va += (uint64_t)1 << x.shift;
    }
}

bool table_fixed_cached(const struct sim *s, uint64_t pa)
{
    for (uint32_t i = 0; i < s->nfixed; i++) {
        if (attr_fills(s, s->fixed[i].attr) && pa >= s->fixed[i].pa &&
            pa - s->fixed[i].pa < s->fixed[i].n) {
            return true;
        }
    }
    return false;
}

int table_page_of(const struct sim *s, uint32_t va)
{
    for (uint32_t i = 0; i < s->npage; i++) {
        if (s->page[i].va == (va & ~0xfffu)) {
            return (int)i;
        }
    }
    return -1;
}

int table_watch(struct sim *s, uint32_t va, int window_of)
{
    int p = table_page_of(s, va);

    if (has_no_walker(s)) {
        return -1; /* no walker loads anything */
    }
    if (p < 0) {
        if (s->npage == SIM_MAX_PAGES) {
            (void)fprintf(stderr, "dmacoh-sim: more than %d watched pages\n", SIM_MAX_PAGES);
            abort();
        }
        p = (int)s->npage++;
        s->page[p] = (struct watch){va & ~0xfffu, -1};
        s->r.tables_changed = true;
    }
    if (window_of >= 0) {
        s->page[p].window_of = (int8_t)window_of;
    }
    return p;
}

/* A table word just made valid is used for certain only after DSB and ISB on this CPU. */
bool table_may_be_new(const struct sim *s, int cpu, const struct xlat *x)
{
    const struct cpu *c = &s->r.cpu[cpu];

    for (uint32_t i = 0; i < c->nnew; i++) {
        for (uint32_t k = 0; k < x->n; k++) {
            if (c->newpte[i].word == x->w[k]) {
                return true;
            }
        }
    }
    return false;
}

/* The program changed the word at `pa`, or a half of it; it was `old` before. */
void table_note_store(struct sim *s, int cpu, uint64_t pa, uint64_t old)
{
    const uint64_t v = table_truth_word(s, cpu, pa);
    const bool was = table_word_valid(s, old);
    const bool is = table_word_valid(s, v);
    struct cpu *c = &s->r.cpu[cpu];
    uint32_t n = 0;

    if (table_breaks_run(s, pa, v)) {
        s->r.bug_line = mem_find(s, pa);
        s->r.bug_off = (uint32_t)(pa & s->line_mask);
        step_fail(s, SIM_BBM,
                  "a run of contiguous entries around word %09llx is only partly broken",
                  (unsigned long long)pa);
    }
    if (!rule(s, SIM_RULE_ISB)) {
        return;
    }
    for (uint32_t i = 0; i < c->nnew; i++) {
        if (c->newpte[i].word != pa) {
            c->newpte[n++] = c->newpte[i];
        } else if (is && was) {
            return; /* still waiting for its barriers */
        }
    }
    c->nnew = n;
    if (!was && is && c->nnew < SIM_MAX_NEWPTE) {
        c->newpte[c->nnew++] = (struct newpte){pa, false};
    }
}

/* Where a failed translation is shown: the last word of its walk. */
void table_blame(struct sim *s, int cpu, uint32_t va, const struct xlat *x)
{
    const uint64_t word = x->n != 0 ? x->w[x->n - 1] : 0;

    s->r.bug_page = va & ~0xfffu;
    s->r.bug_cpu = cpu;
    s->r.bug_line = x->n > 1 ? mem_find(s, word) : -1;
    s->r.bug_off = x->n > 1 ? (uint32_t)(word & s->line_mask) : 0;
}

/* Erratum 798181: a foreign CPU's window may stay in this TLB; nobody uses it there. */
bool table_exempt(const struct sim *s, int cpu, int page)
{
    return s->m.tlbi_is_broken && rule(s, SIM_RULE_TLBI_ERRATUM) && s->page[page].window_of >= 0 &&
           s->page[page].window_of != cpu;
}
