/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * MIPS: wired entries of a software TLB. The model follows the registers from which TLBWI writes an entry.
 * They are the host's, which may be interrupted anywhere: after a call they are what they were. The host has
 * left valid entries in the library's places, but none for a window.
 */
#include "machine.h"
#include "trace.h"

#include <string.h>

#define TLBWI       0x42000002u
#define MTC0_REG(w) ((w) >> 11 & 15u)
#define INDEX       0u
#define ENTRYLO0    2u
#define ENTRYLO1    3u
#define ENTRYHI     10u

#define PAIR_MASK   0x1fffu
#define COLOURS     0x7000u /* address bits of a page's colour in the largest cache */
#define LO_VALID    2u
#define LO_DIRTY    4u
#define LO_PHYS(lo) (((lo) >> 6) << 12)
#define LO_CCA(lo)  ((lo) >> 3 & 7u)
#define CACHED      3u

static void booted(struct machine *m)
{
    struct window_state *w = &m->windows;

    memset(w, 0, sizeof(*w));
    w->regs[INDEX] = MC_HOST_INDEX;
    w->regs[ENTRYLO0] = MC_HOST_LO0;
    w->regs[ENTRYLO1] = MC_HOST_LO1;
    w->regs[ENTRYHI] = MC_HOST_HI;
    for (uint32_t i = MC_WIN_ENTRY; i < MC_WIN_ENTRY + MC_WIN_ENTRIES; i++) {
        w->entries[i] = (struct soft_entry){true, MC_HOST_VA(i), MC_HOST_LO0, MC_HOST_LO0};
    }
    memcpy(w->host, w->regs, sizeof(w->host));
}

static struct place window_place(struct machine *m, uint32_t va)
{
    const struct place nowhere = {UINT32_MAX, false};

    for (uint32_t i = 0; i < SOFT_ENTRIES; i++) {
        const struct soft_entry *e = &m->windows.entries[i];
        const uint32_t lo = (va & MC_PAGE) != 0 ? e->lo1 : e->lo0;
        const uint32_t phys = LO_PHYS(lo) | (va & (MC_PAGE - 1u));

        if (((e->hi ^ va) & ~PAIR_MASK) != 0 || (lo & LO_VALID) == 0) {
            continue;
        }
        if ((e->lo0 & e->lo1 & 1u) == 0) {
            trace_fail("window at %08x: not in every address space", va);
        }
        if ((lo & LO_DIRTY) == 0 || LO_CCA(lo) != CACHED) {
            trace_fail("window at %08x: not the linear map's attributes", va);
        }
        if (((va ^ phys) & COLOURS) != 0) {
            trace_fail("window at %08x for %08x: not the page's colour", va, phys);
        }
        return (struct place){phys, false};
    }
    return nowhere;
}

/* TLBWI, or a store to one of its registers: Index, EntryLo0, EntryLo1, PageMask, EntryHi. */
static void window_tlb(struct machine *m, uint32_t word, uint32_t value)
{
    struct window_state *w = &m->windows;

    if (word != TLBWI) {
        /* What TLBP has put into the top bit of Index no store changes. */
        w->regs[MTC0_REG(word)] = MTC0_REG(word) == INDEX ? value & INT32_MAX : value;
        return;
    }
    if (w->regs[INDEX] >= SOFT_ENTRIES) {
        trace_fail("TLB entry %u is not the library's", w->regs[INDEX]);
        return;
    }
    w->entries[w->regs[INDEX]] =
        (struct soft_entry){true, w->regs[ENTRYHI], w->regs[ENTRYLO0], w->regs[ENTRYLO1]};
}

static void window_clean(struct machine *m, uint32_t va)
{
    (void)m;
    (void)va;
}

static void window_barrier(struct machine *m)
{
    (void)m;
}

static void returned(struct machine *m)
{
    const struct window_state *w = &m->windows;

    for (uint32_t i = 0; i < SOFT_REGS; i++) {
        if (w->regs[i] != w->host[i]) {
            trace_fail("CP0 register %u is %08x, and was %08x", i, w->regs[i], w->host[i]);
        }
    }
    for (uint32_t i = MC_WIN_ENTRY; i < MC_WIN_ENTRY + w->slots; i++) {
        if (((w->entries[i].lo0 | w->entries[i].lo1) & LO_VALID) != 0) {
            trace_fail("TLB entry %u is valid outside of a call", i);
        }
    }
}

static void ended(struct machine *m)
{
    (void)m;
}

const struct windows windows_mips = {
    booted,   window_place, window_tlb,   window_clean, window_barrier,
    returned, ended,        MC_WIN_ENTRY, false,        false,
};
