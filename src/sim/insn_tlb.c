/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The instruction layer of the library: TLBP, TLBR and TLBWI of MIPS. */
#include "cp0.h"
#include "insn/sim_insn.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

#define TLB_REFILL (CP0_TLB_SIZE - 1u) /* where the host's handler is said to have put an entry */

#define LO_GLOBAL  1u
#define LO_VALID   2u
#define LO_DIRTY   4u
#define LO_C(lo)   ((lo) >> 3 & 7u)
#define LO_PFN(lo) ((lo) >> 6 & 0xffffffu)

static void begin(struct sim *s, uintptr_t pc)
{
    cp0_demand(s);
    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, pc);
    step_local(s, OP_TLB);
    if (cp0_tlb(s)->cp0.written && rule(s, SIM_RULE_CP0_HAZARD)) {
        cp0_undefined(s, "no hazard barrier between a write of CP0 and a TLB instruction");
    }
}

static void end(struct sim *s, uint64_t seen)
{
    if (!s->in_setup) {
        step_end(s, seen);
    }
}

static struct soft_half half_of(uint32_t lo, uint32_t shift)
{
    struct soft_half h = {.pa = ((uint64_t)LO_PFN(lo) << 12) & ~(((uint64_t)1 << shift) - 1u),
                          .attr = ATTR_CACHED | ATTR_SHARED,
                          .read_only = (lo & LO_DIRTY) == 0};

    if ((lo & LO_VALID) == 0) {
        return (struct soft_half){.attr = ATTR_NONE};
    }
    if (LO_C(lo) == CP0_C_UNCACHED || LO_C(lo) == CP0_C_ACCELERATED) {
        h.attr = ATTR_UNCACHED;
    } else if (LO_C(lo) == CP0_C_THROUGH) {
        h.attr = ATTR_CACHED | ATTR_SHARED | ATTR_WT;
    }
    return h;
}

static uint32_t lo_of(const struct sim *s, struct soft_half h)
{
    const uint32_t c = (h.attr & ATTR_TYPE) != ATTR_CACHED ? CP0_C_UNCACHED
                       : (h.attr & ATTR_WT) != 0           ? CP0_C_THROUGH
                                                           : cp0_coherency(s);

    if (h.attr == ATTR_NONE) {
        return LO_GLOBAL;
    }
    return (uint32_t)(h.pa >> 12) << 6 | c << 3 | (h.read_only ? 0 : LO_DIRTY) | LO_VALID |
           LO_GLOBAL;
}

/* log2 of one page: each bit of the mask, from bit 13 on, doubles it. */
static uint32_t shift_of(uint32_t mask)
{
    uint32_t shift = 12;

    while (shift < 28u && (mask >> (shift + 1u) & 1u) != 0) {
        shift++;
    }
    return shift;
}

static struct soft_entry entry_of(const struct cp0 *c)
{
    const uint32_t shift = shift_of(c->mask);
    const struct soft_entry e = {.va = c->hi & ~(c->mask | 0x1fffu),
                                 .shift = (uint8_t)shift,
                                 .nhalf = 2,
                                 .half = {half_of(c->lo0, shift), half_of(c->lo1, shift)}};

    return e;
}

static void tlbwi(struct sim *s)
{
    const struct cp0 c = cp0_tlb(s)->cp0;
    const struct soft_entry e = entry_of(&c);
    const bool global = (c.lo0 & c.lo1 & LO_GLOBAL) != 0;

    if ((c.index & CP0_MISS) != 0) {
        cp0_undefined(s, "TLBWI after a TLBP that found nothing");
    }
    if (!global && ((c.lo0 | c.lo1) & LO_VALID) != 0) {
        cp0_undefined(s, "a valid TLB entry that is not global: only one address space has it");
    }
    for (int cpu = 0; s->in_setup && cpu < s->m.ncpu; cpu++) {
        soft_write(s, cpu, c.index, &e);
    }
    if (!s->in_setup) {
        soft_write(s, sim_agent, c.index, &e);
        cp0_tlb(s)->cp0.written = true; /* for TLBP and TLBR */
    }
    end(s, e.va);
}

/* Is the page in what the host's handler has loaded, or would have? */
static bool host_has(struct sim *s, uint32_t va)
{
    for (uint32_t i = 0; i < s->nsoft_map; i++) {
        if (va >= s->soft_map[i].va && va - s->soft_map[i].va < s->soft_map[i].n) {
            return true;
        }
    }
    return false;
}

static void tlbp(struct sim *s)
{
    struct soft_tlb *t = cp0_tlb(s);
    const uint32_t va = t->cp0.hi & ~0x1fffu;
    const int at = soft_find(s, s->in_setup ? 0 : sim_agent, va);

    t->cp0.index = at < 0 ? CP0_MISS : (uint32_t)at;
    if (at < 0 && (host_has(s, va) || host_has(s, va + 4096u))) {
        t->cp0.index = TLB_REFILL;
        t->cp0.refilled = va;
    }
    t->cp0.probed = !s->in_setup;
    end(s, t->cp0.index);
}

/* The pair that the host's handler has loaded for these two pages. */
static struct soft_entry host_entry(struct sim *s, uint32_t va)
{
    struct soft_entry e = {.va = va, .shift = 12, .nhalf = 2};

    for (uint32_t k = 0; k < 2; k++) {
        struct xlat x;

        if (host_has(s, va + (k << 12)) && soft_decode(s, 0, va + (k << 12), &x)) {
            e.half[k] = (struct soft_half){.pa = x.pa, .attr = x.attr};
        }
    }
    return e;
}

static void tlbr(struct sim *s)
{
    struct soft_tlb *t = cp0_tlb(s);
    const uint32_t i = t->cp0.index & (CP0_TLB_SIZE - 1u);
    struct soft_entry e = t->now[i];

    if (e.nhalf == 0 && i == TLB_REFILL && t->cp0.refilled != 0) {
        e = host_entry(s, t->cp0.refilled);
    } else if (e.nhalf == 0) {
        /* as the host's start-up code left it: an address that no TLB translates */
        e = (struct soft_entry){.va = KSEG0 + (i << 13), .shift = 12, .nhalf = 2};
    }
    t->cp0.hi = e.va;
    t->cp0.mask = ((2u << e.shift) - 1u) & CP0_MASK;
    t->cp0.lo0 = lo_of(s, e.half[0]);
    t->cp0.lo1 = lo_of(s, e.half[1]);
    t->cp0.probed = !s->in_setup;
    end(s, e.va);
}

void sim_insn_mips_tlb(enum sim_insn_mips_tlb op)
{
    static const char *const name[] = {"insn_tlbp", "insn_tlbr", "insn_tlbwi"};
    struct sim *s = step_self(name[op]);

    begin(s, CALLER);
    switch (op) {
    case SIM_MIPS_TLBP:
        tlbp(s);
        break;
    case SIM_MIPS_TLBR:
        tlbr(s);
        break;
    case SIM_MIPS_TLBWI:
    default:
        tlbwi(s);
        break;
    }
}
