/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * ARM short descriptors, read from the real table bytes. `word` says through which point of the
 * machine a table word is read; there is no decoded side table.
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

static uint8_t attr_of(unsigned tex, bool c, bool b, bool shared)
{
    uint8_t a = ATTR_DEVICE;

    if (tex == 0 && c) {
        a = b ? ATTR_CACHED : (uint8_t)(ATTR_CACHED | ATTR_WT);
    } else if (tex == 1 && !c && !b) {
        a = ATTR_UNCACHED;
    } else if (tex == 1 && c && b) {
        a = ATTR_CACHED;
    } else if (tex >= 4) {
        /* TEX[1:0] outer, C:B inner; the data side follows the inner attributes */
        a = !c && !b ? ATTR_UNCACHED : ATTR_CACHED;
    }
    return (uint8_t)(a | (shared ? ATTR_SHARED : 0u));
}

uint64_t table_l1_word(const struct sim *s, uint32_t va)
{
    return (s->ttbr & ~(uint64_t)0x3fff) + (uint64_t)(va >> 20) * 4;
}

static bool decode_l1_section(uint32_t d, uint32_t va, struct xlat *x)
{
    if ((d & 3u) != 2u) {
        return false;
    }
    if ((d & (1u << 18)) != 0) {
        x->pa = (uint64_t)(d & 0xff000000u) | ((uint64_t)(d >> 20 & 0xfu) << 32) |
                ((uint64_t)(d >> 5 & 0xfu) << 36) | (va & 0xffffffu);
    } else {
        x->pa = (uint64_t)(d & 0xfff00000u) | (va & 0xfffffu);
    }
    x->attr = attr_of(d >> 12 & 7u, (d & 8u) != 0, (d & 4u) != 0, (d & (1u << 16)) != 0);
    return true;
}

bool table_decode_l2(uint32_t d, uint32_t va, struct xlat *x)
{
    if ((d & 2u) != 0) {
        x->pa = (uint64_t)(d & ~0xfffu) | (va & 0xfffu);
        x->attr = attr_of(d >> 6 & 7u, (d & 8u) != 0, (d & 4u) != 0, (d & (1u << 10)) != 0);
        return true;
    }
    if ((d & 1u) != 0) {
        x->pa = (uint64_t)(d & 0xffff0000u) | (va & 0xffffu);
        x->attr = attr_of(d >> 12 & 7u, (d & 8u) != 0, (d & 4u) != 0, (d & (1u << 10)) != 0);
        return true;
    }
    x->attr = ATTR_NONE;
    return false;
}

static bool word_is_fixed(const struct sim *s, uint64_t pa)
{
    const int li = mem_find(s, pa);

    return li < 0 || !s->line[li].active;
}

/* DRAM as it is: right for lines that no agent has touched. */
uint32_t table_plain_word(struct sim *s, int cpu, uint64_t pa)
{
    const int li = mem_find(s, pa);
    uint32_t v = 0;

    (void)cpu;
    for (uint32_t i = 0; li >= 0 && i < 4; i++) {
        v |= (uint32_t)s->line[li].data[(pa & s->line_mask) + i] << (8 * i);
    }
    return v;
}

uint32_t table_truth_word(struct sim *s, uint64_t pa)
{
    const int li = mem_find(s, pa);

    return li < 0 ? 0 : shadow_truth(s, li, (uint32_t)(pa & s->line_mask), 4);
}

bool table_decode(struct sim *s, int cpu, uint32_t va, word_fn word, struct xlat *x)
{
    x->w1 = table_l1_word(s, va);
    x->w2 = 0;
    x->attr = ATTR_NONE;
    x->pa = 0;
    x->fixed = word_is_fixed(s, x->w1);
    const uint32_t d = word(s, cpu, x->w1);
    if (decode_l1_section(d, va, x)) {
        return true;
    }
    if ((d & 3u) != 1u) {
        return false;
    }
    x->w2 = (d & ~0x3ffull) + (uint64_t)(va >> 12 & 0xffu) * 4;
    x->fixed = x->fixed && word_is_fixed(s, x->w2);
    return table_decode_l2(word(s, cpu, x->w2), va, x);
}

/* Walks look into the L1 only if TTBR says cacheable (IRGN) and the core can do so (CohWalk). */
bool table_walk_sees_l1(const struct sim *s)
{
    const bool irgn = (s->ttbr & 0x41u) != 0;
    const bool able = (s->m.mmfr3 >> 20 & 0xfu) != 0;

    return (irgn && able) || !rule(s, SIM_RULE_WALK_POINT);
}

static void add_fixed(struct sim *s, uint64_t pa, uint64_t n, uint8_t attr)
{
    struct static_map *last = s->nfixed != 0 ? &s->fixed[s->nfixed - 1] : NULL;

    if (last != NULL && last->attr == attr && last->pa + last->n == pa) {
        last->n += n;
        return;
    }
    if (s->nfixed == SIM_MAX_STATIC) {
        (void)fprintf(stderr, "dmacoh-sim: too many section ranges\n");
        abort();
    }
    s->fixed[s->nfixed++] = (struct static_map){pa, n, attr};
}

/* Sections are part of every CPU's reach for the whole run: collect them once. */
void table_scan_fixed(struct sim *s)
{
    s->nfixed = 0;
    if (!s->mmu) {
        return;
    }
    for (uint32_t i = 0; i < 4096; i++) {
        struct xlat x = {0};
        const uint32_t d = table_plain_word(s, 0, (s->ttbr & ~(uint64_t)0x3fff) + (uint64_t)i * 4);

        if (decode_l1_section(d, i << 20, &x)) {
            add_fixed(s, x.pa, 1u << 20, x.attr);
        }
    }
}

bool table_fixed_cached(const struct sim *s, uint64_t pa)
{
    for (uint32_t i = 0; i < s->nfixed; i++) {
        if ((s->fixed[i].attr & ATTR_TYPE) == ATTR_CACHED && pa >= s->fixed[i].pa &&
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
        if (c->newpte[i].word == x->w1 || (x->w2 != 0 && c->newpte[i].word == x->w2)) {
            return true;
        }
    }
    return false;
}

void table_note_store(struct sim *s, int cpu, uint64_t pa, uint32_t old, uint32_t v)
{
    struct cpu *c = &s->r.cpu[cpu];
    uint32_t n = 0;

    if (!rule(s, SIM_RULE_ISB)) {
        return;
    }
    for (uint32_t i = 0; i < c->nnew; i++) {
        if (c->newpte[i].word != pa) {
            c->newpte[n++] = c->newpte[i];
        } else if ((v & 3u) != 0 && (old & 3u) != 0) {
            return; /* still waiting for its barriers */
        }
    }
    c->nnew = n;
    if ((old & 3u) == 0 && (v & 3u) != 0 && c->nnew < SIM_MAX_NEWPTE) {
        c->newpte[c->nnew++] = (struct newpte){pa, false};
    }
}

/* Erratum 798181: a foreign CPU's window may stay in this TLB; nobody uses it there. */
bool table_exempt(const struct sim *s, int cpu, int page)
{
    return s->m.tlbi_is_broken && rule(s, SIM_RULE_TLBI_ERRATUM) && s->page[page].window_of >= 0 &&
           s->page[page].window_of != cpu;
}
