/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * e500: TLBs by the MAS registers. TLB1 holds the host's mappings larger than a page, in the order
 * in which they were made, then a program's own entries. The host's pages are in TLB0, which its
 * miss handler fills: an entry of TLB0 is always at hand, and a program must not write one.
 */
#include "insn/sim_insn.h"
#include "ppc.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

#define ENTRIES      16u
#define MAS0_TLB1    0x10000000u
#define MAS0_TLBSEL  0x30000000u
#define MAS0_ESEL(v) ((v) >> 16 & 0xfffu)
#define MAS1_V       0x80000000u
#define MAS1_IPROT   0x40000000u
#define MAS1_TSIZE   0xfu
#define PAGE_BITS    0xfffff000u
#define MAS3_SW      0x4u
#define MAS3_SR      0x1u
#define HID0_MAS7    0x80u

enum {
    MAS0,
    MAS1,
    MAS2,
    MAS3,
    MAS6 = 6,
    MAS7
};

static bool is_page(const struct sim *s, uint32_t i)
{
    return s->soft_map[i].n == 4096;
}

/* Entries of TLB1 that are the host's. */
static uint32_t bolted(const struct sim *s)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < s->nsoft_map; i++) {
        n += !is_page(s, i);
    }
    return n;
}

/* The host's mapping in one entry of TLB1, and back. */
static uint32_t map_of(const struct sim *s, uint32_t entry)
{
    uint32_t i = 0;

    while (is_page(s, i) || entry-- != 0) {
        i++;
    }
    return i;
}

static uint32_t entry_of(const struct sim *s, uint32_t map)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < map; i++) {
        n += !is_page(s, i);
    }
    return n;
}

static void show(struct sim *s, const struct ppc_entry *e, uint32_t mas0, bool valid)
{
    struct ppc_regs *r = &s->ppc[ppc_cpu(s)];
    const uint32_t tsize = valid ? (e->shift - 10u) / 2u : 0;
    const uint32_t iprot = (mas0 & MAS0_TLB1) != 0 ? MAS1_IPROT : 0;

    r->mas[MAS0] = mas0;
    r->mas[MAS1] = valid ? MAS1_V | iprot | tsize << 8 : 0;
    r->mas[MAS2] = (e->va & PAGE_BITS) | (uint32_t)e->wimg << 1;
    r->mas[MAS3] =
        ((uint32_t)e->pa & PAGE_BITS) | (valid ? MAS3_SR | (e->read_only ? 0 : MAS3_SW) : 0);
    if ((r->hid0 & HID0_MAS7) != 0) {
        r->mas[MAS7] = (uint32_t)(e->pa >> 32);
    }
}

static struct sim *self(const char *what)
{
    struct sim *s = step_self(what);

    if (s->m.isa != SIM_ISA_E500) {
        (void)ppc_undefined(s, what, 0);
    }
    return s;
}

void sim_insn_tlbre(void)
{
    struct sim *s = self("tlbre of MAS registers");
    const uint32_t mas0 = s->ppc[ppc_cpu(s)].mas[MAS0];
    const uint32_t i = MAS0_ESEL(mas0);
    struct ppc_entry e = {0};
    bool valid = true;

    if ((mas0 & MAS0_TLBSEL) != MAS0_TLB1 || i >= ENTRIES) {
        valid = false;
    } else if (i < bolted(s)) {
        ppc_host_entry(s, map_of(s, i), &e);
    } else {
        valid = ppc_own_entry(s, ppc_cpu(s), i, &e);
    }
    show(s, &e, mas0, valid);
}

void sim_insn_tlbsx(uintptr_t va)
{
    struct sim *s = self("tlbsx of MAS registers");
    const int own = soft_find(s, ppc_cpu(s), (uint32_t)va);
    const int host = ppc_host_find(s, (uint32_t)va);
    struct ppc_entry e = {.va = (uint32_t)va};

    if (own >= 0) {
        (void)ppc_own_entry(s, ppc_cpu(s), (uint32_t)own, &e);
        show(s, &e, MAS0_TLB1 | (uint32_t)own << 16, true);
    } else if (host >= 0) {
        ppc_host_entry(s, (uint32_t)host, &e);
        show(s, &e, is_page(s, (uint32_t)host) ? 0 : MAS0_TLB1 | entry_of(s, (uint32_t)host) << 16,
             true);
    } else {
        show(s, &e, 0, false);
    }
}

void sim_insn_tlbwe(void)
{
    struct sim *s = self("tlbwe of MAS registers");

    ppc_step(s, CALLER);
    const uint32_t *mas = s->ppc[ppc_cpu(s)].mas;
    const uint32_t i = MAS0_ESEL(mas[MAS0]);
    const struct ppc_entry e = {.va = mas[MAS2] & PAGE_BITS,
                                .pa = (uint64_t)mas[MAS7] << 32 | (mas[MAS3] & PAGE_BITS),
                                .shift = (uint8_t)(10u + 2u * (mas[MAS1] >> 8 & MAS1_TSIZE)),
                                .wimg = (uint8_t)(mas[MAS2] >> 1 & 0xfu),
                                .read_only = (mas[MAS3] & MAS3_SW) == 0};

    if ((mas[MAS0] & MAS0_TLBSEL) != MAS0_TLB1 || i < bolted(s) || i >= ENTRIES) {
        step_fail(s, SIM_CONFUSED, "tlbwe of entry %08x, which is the host's", (unsigned)mas[MAS0]);
    } else {
        ppc_write(s, i, (mas[MAS1] & MAS1_V) != 0, &e);
    }
    if (!s->in_setup) {
        step_end(s, 0);
    }
}
