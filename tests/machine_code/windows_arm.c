/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * ARMv7-A, short descriptors, walks that look into no cache: an entry must be cleaned, and a barrier
 * executed, before it is certain that a walk finds it. The TLB keeps every translation until an invalidation
 * and a barrier; in between it may walk once more. Unicorn has a TLB of its own, which keeps translations
 * too, but sees tables at once.
 */
#include "machine.h"
#include "trace.h"

#include <string.h>

#define PAGE_MASK  0xfffff000u
#define TABLE_MASK 0xfffffc00u
#define TYPE       3u
#define IS_TABLE   1u
#define IS_SMALL   2u

static uint32_t walked(const struct machine *m, uint32_t phys)
{
    const uint32_t at = phys - MC_TABLE_L1;

    return at <= TABLE_BYTES - 4u ? image_get32(&m->im, m->windows.tables + at) : 0;
}

/* All windows lie in one entry of level 1, which walks remember as the TLB does pages. */
static void walk(struct machine *m, uint32_t page)
{
    const uint32_t va = MC_WIN_VA + page * MC_PAGE;

    if (m->windows.walked == 0) {
        m->windows.walked = walked(m, MC_TABLE_L1 + (va >> 20) * 4u);
    }
    const uint32_t l1 = m->windows.walked;

    if ((l1 & TYPE) != IS_TABLE) {
        m->windows.walked = 0;
        return;
    }
    const uint32_t l2 = walked(m, (l1 & TABLE_MASK) + (va >> 12 & 0xffu) * 4u);

    m->windows.tlb[page].valid = (l2 & IS_SMALL) != 0;
    m->windows.tlb[page].phys = l2 & PAGE_MASK;
}

/* Entries that look valid, and are nobody's. */
static void fill_table(struct machine *m)
{
    for (uint32_t page = 0; page < MC_TABLE_BYTES / 4u; page++) {
        const uint32_t entry = (LOW_PHYS + page % 16u * MC_PAGE) | IS_SMALL;
        const uint32_t phys = MC_TABLE_WIN + page * 4u;

        image_put32(&m->im, m->ram + phys, entry);
    }
}

static void booted(struct machine *m)
{
    fill_table(m);
    memset(&m->windows, 0, sizeof(m->windows));
    memcpy(m->windows.tables, m->ram + MC_TABLE_L1, TABLE_BYTES);
}

static void commit(struct machine *m, uint32_t line)
{
    struct window_state *w = &m->windows;
    const uint32_t at = line * TABLE_LINE;

    if (w->cleaned[line]) {
        memcpy(w->tables + at, m->ram + MC_TABLE_L1 + at, TABLE_LINE);
        w->cleaned[line] = false;
    }
}

/* The CPU may walk for any page at any time, and a clean may be complete before any barrier. */
static void speculate(struct machine *m)
{
    const uint32_t page = random_below(WINDOW_PAGES);

    if (random_one_in(2)) {
        commit(m, (MC_WIN_VA >> 20) * 4u / TABLE_LINE);
    }
    if (!m->windows.tlb[page].valid) {
        walk(m, page);
    }
}

static struct place window_place(struct machine *m, uint32_t va)
{
    const uint32_t page = (va - MC_WIN_VA) / MC_PAGE;

    if (!m->windows.tlb[page].valid) {
        walk(m, page);
    }
    if (!m->windows.tlb[page].valid) {
        return (struct place){UINT32_MAX, false};
    }
    return (struct place){m->windows.tlb[page].phys | (va & ~PAGE_MASK), false};
}

static void window_tlb(struct machine *m, uint32_t word, uint32_t va)
{
    const uint32_t page = ((va & PAGE_MASK) - MC_WIN_VA) / MC_PAGE;

    (void)word;
    speculate(m);
    if (page >= WINDOW_PAGES) {
        return;
    }
    m->windows.tlb[page].valid = false;
    m->windows.walked = 0;
    walk(m, page); /* what walks still find now is remembered, too */
    m->windows.tlb[page].leaving = true;
    m->windows.changes = true;
}

/* A new entry where the old one may still be in use: two translations of one page. */
static void check_break_before_make(struct machine *m, uint32_t line)
{
    for (uint32_t page = 0; page < WINDOW_PAGES; page++) {
        const uint32_t at = MC_TABLE_WIN - MC_TABLE_L1 + page * 4u;
        const uint32_t entry = image_get32(&m->im, m->ram + MC_TABLE_L1 + at);

        if (at / TABLE_LINE == line && m->windows.tlb[page].leaving && (entry & IS_SMALL) != 0) {
            trace_fail("window %u is mapped before its old translation is gone", page);
        }
    }
}

static void window_clean(struct machine *m, uint32_t va)
{
    const uint32_t at = va - MC_TABLE_L1;

    if (at < TABLE_BYTES) {
        check_break_before_make(m, at / TABLE_LINE);
        m->windows.cleaned[at / TABLE_LINE] = true;
        m->windows.changes = true;
        speculate(m);
    }
}

static void window_barrier(struct machine *m)
{
    struct window_state *w = &m->windows;

    if (!w->changes) {
        return;
    }
    w->changes = false;
    for (uint32_t i = 0; i < TABLE_BYTES / TABLE_LINE; i++) {
        commit(m, i);
    }
    for (uint32_t page = 0; page < WINDOW_PAGES; page++) {
        w->tlb[page].leaving = false;
    }
    speculate(m);
}

static void returned(struct machine *m)
{
    if (m->windows.changes) {
        trace_fail("tables or TLB were changed, and no barrier came behind it");
    }
}

/* The memory of the table is its owner's again. */
static void ended(struct machine *m)
{
    fill_table(m);
    memcpy(m->windows.tables + (MC_TABLE_WIN - MC_TABLE_L1), m->ram + MC_TABLE_WIN, MC_TABLE_BYTES);
    for (uint32_t page = 0; page < WINDOW_PAGES; page++) {
        walk(m, page);
        if (m->windows.tlb[page].valid) {
            trace_fail("window %u is still there", page);
        }
    }
}

const struct windows windows_arm = {
    booted,   window_place, window_tlb, window_clean, window_barrier,
    returned, ended,        0,          false,        false,
};
