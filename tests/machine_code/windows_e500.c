/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * e500: entries of TLB1. The model follows the MAS registers, from which TLBWE writes an entry. They are the
 * working registers of the host's miss handlers: after a call they are what they were.
 */
#include "machine.h"
#include "trace.h"

#include <string.h>

#define TLBWE         0x7c0007a4u
#define MTSPR_SPR(w)  (((w) >> 16 & 31u) | ((w) >> 11 & 31u) << 5)
#define SPR_MAS(n)    (624u + (n))
#define SPR_MAS7      944u
#define MAS0_TLBSEL   0x30000000u
#define MAS0_TLB1     0x10000000u
#define MAS0_ESEL(m)  ((m) >> 16 & 0xfffu)
#define MAS1_VALID    0x80000000u
#define MAS1_TSIZE    0x00000f00u
#define MAS1_TSIZE_4K 0x00000100u
#define MAS2_WIMG     0x0000001eu
#define PAGE_MASK     0xfffff000u

static void booted(struct machine *m)
{
    struct window_state *w = &m->windows;

    memset(w, 0, sizeof(*w));
    w->regs[0] = MC_HOST_MAS0;
    w->regs[1] = MC_HOST_MAS1;
    w->regs[2] = MC_HOST_MAS2;
    w->regs[3] = MC_HOST_MAS3;
    memcpy(w->host, w->regs, sizeof(w->host));
}

static struct place window_place(struct machine *m, uint32_t va)
{
    for (uint32_t i = 0; i < SOFT_ENTRIES; i++) {
        const struct soft_entry *e = &m->windows.entries[i];

        if (!e->valid || ((e->hi ^ va) & PAGE_MASK) != 0) {
            continue;
        }
        if ((e->hi & MAS2_WIMG) != 0) {
            trace_fail("window at %08x: not the linear map's attributes", va);
        }
        return (struct place){(e->lo0 & PAGE_MASK) | (va & ~PAGE_MASK), false};
    }
    return (struct place){UINT32_MAX, false};
}

static void write_entry(struct machine *m)
{
    struct window_state *w = &m->windows;
    const uint32_t i = MAS0_ESEL(w->regs[0]);

    if ((w->regs[0] & MAS0_TLBSEL) != MAS0_TLB1 || i >= SOFT_ENTRIES ||
        i - MC_E500_ENTRY >= w->slots || (w->regs[1] & MAS1_TSIZE) != MAS1_TSIZE_4K) {
        trace_fail("TLBWE with MAS0 %08x, MAS1 %08x: no window", w->regs[0], w->regs[1]);
        return;
    }
    w->entries[i] = (struct soft_entry){
        .valid = (w->regs[1] & MAS1_VALID) != 0, .hi = w->regs[2], .lo0 = w->regs[3]};
}

static void window_tlb(struct machine *m, uint32_t word, uint32_t value)
{
    const uint32_t spr = MTSPR_SPR(word);

    if (word == TLBWE) {
        write_entry(m);
    } else if (spr == SPR_MAS7) {
        m->windows.regs[7] = value;
    } else {
        m->windows.regs[spr - SPR_MAS(0)] = value;
    }
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
            trace_fail("MAS%u is %08x, and was %08x", i, w->regs[i], w->host[i]);
        }
    }
    for (uint32_t i = 0; i < SOFT_ENTRIES; i++) {
        if (w->entries[i].valid) {
            trace_fail("TLB entry %u is valid outside of a call", i);
        }
    }
}

static void ended(struct machine *m)
{
    (void)m;
}

/* Unicorn keeps the entries of an e500, and searches them, but translates nothing. */
const struct windows windows_e500 = {
    booted,   window_place, window_tlb,    window_clean, window_barrier,
    returned, ended,        MC_E500_ENTRY, true,         true,
};
