/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "fake_mips.h"

#include <stdio.h>
#include <stdlib.h>

#define GLOBAL 1u
#define VALID  2u
#define MISS   0x80000000u

struct fake_mips fake_mips;

static void die(const char *what, uint64_t at)
{
    fprintf(stderr, "fake MIPS: %s: 0x%llx\n", what, (unsigned long long)at);
    abort();
}

static uint64_t translate(uintptr_t va);

void fake_mips_init(void)
{
    fake_mips = (struct fake_mips){.prid = 0x00019300u,
                                   .config = 0x80000483u,
                                   .config2 = 0x80000000u,
                                   .wired = 8,
                                   .pfn_bits = 0x03ffffc0u};
    /* Two ways of 256 lines of 32 bytes. */
    fake_mips.config1 = 0x80000000u | 31u << 25 | 2u << 13 | 4u << 10 | 1u << 7;
    for (uint32_t cpu = 0; cpu < FAKE_CPUS; cpu++) {
        for (uint32_t i = 0; i < FAKE_MIPS_TLB; i++) {
            fake_mips.tlb[cpu][i].hi = 0x80000000u + (i << 13);
        }
    }
    fake->translate = translate;
}

/* --- the TLB --- */

/* Entries in KSEG0 and KSEG1 are never looked up. */
static bool hit(const struct fake_mips_entry *e, uint32_t va, uint32_t asid)
{
    const uint32_t pair = e->mask | 0x1fffu;

    return e->hi >> 30 != 2u && ((e->hi ^ va) & ~pair) == 0 &&
           ((e->lo0 & e->lo1 & GLOBAL) != 0 || (e->hi & 0xffu) == asid);
}

static uint32_t find(uint32_t va, uint32_t asid)
{
    uint32_t at = MISS;

    for (uint32_t i = 0; i < FAKE_MIPS_TLB; i++) {
        if (hit(&fake_mips.tlb[fake->cpu][i], va, asid)) {
            if (at != MISS) {
                die("machine check: two entries match", va);
            }
            at = i;
        }
    }
    return at;
}

/* For fake_host(): which page of memory a window shows. */
static uint64_t translate(uintptr_t va)
{
    const uint32_t at = find((uint32_t)va, fake_mips.hi & 0xffu);

    if (at == MISS) {
        die("window slot is not mapped", va);
    }
    const struct fake_mips_entry *e = &fake_mips.tlb[fake->cpu][at];
    const uint32_t lo = (va & 0x1000u) != 0 ? e->lo1 : e->lo0;

    if (fake_mips.pending || (lo & VALID) == 0) {
        die("window slot is not valid yet", va);
    }
    return (uint64_t)(lo >> 6) << 12;
}

/* What every TLB instruction asks for: registers that have arrived, and nobody who interrupts. */
static void ready(void)
{
    if (fake_mips.pending) {
        die("TLB instruction before its registers are seen", 0);
    }
    if (fake->irq_depth == 0) {
        die("TLB instruction with interrupts on", 0);
    }
    fake_mips.pending = true;
}

void fake_mips_write(uint32_t *reg, uint32_t v)
{
    if (reg == &fake_mips.lo0 || reg == &fake_mips.lo1) {
        v &= fake_mips.pfn_bits | 0x3fu;
    }
    *reg = v;
    fake_mips.pending = true;
}

uint32_t fake_mips_read(const uint32_t *reg)
{
    if (fake_mips.pending) {
        die("register read before its value has arrived", (uint64_t)(reg - &fake_mips.index));
    }
    return *reg;
}

void fake_mips_ehb(void)
{
    fake_mips.pending = false;
    fake_log(FAKE_ISB, 0, 0);
}

void fake_mips_tlbp(void)
{
    ready();
    fake_mips.index = find(fake_mips.hi & 0xffffe000u, fake_mips.hi & 0xffu);
}

void fake_mips_tlbr(void)
{
    ready();
    const struct fake_mips_entry *e = &fake_mips.tlb[fake->cpu][fake_mips.index % FAKE_MIPS_TLB];

    fake_mips.hi = e->hi;
    fake_mips.lo0 = e->lo0;
    fake_mips.lo1 = e->lo1;
    fake_mips.mask = e->mask;
}

void fake_mips_tlbwi(void)
{
    ready();
    fake_mips.tlb[fake->cpu][fake_mips.index % FAKE_MIPS_TLB] =
        (struct fake_mips_entry){fake_mips.hi, fake_mips.lo0, fake_mips.lo1, fake_mips.mask};
    (void)find(fake_mips.hi, fake_mips.hi & 0xffu);
    fake_log(FAKE_TLBWI, fake_mips.index, fake_mips.hi);
}

/* --- caches and the core's registers --- */

void fake_mips_op(enum fake_kind kind, uintptr_t va, uint32_t level)
{
    if (va >= 0xa0000000u && va < 0xc0000000u) {
        die("CACHE through KSEG1", va);
    }
    fake_op(kind, va);
    fake->log[fake->nlog - 1u].value = level;
}

uint32_t fake_mips_core_read(uintptr_t va)
{
    if (va != fake_mips.rac_va) {
        die("no register of the core", va);
    }
    fake_log(FAKE_RAC, 0, 0);
    return fake_mips.rac;
}

void fake_mips_core_write(uintptr_t va, uint32_t v)
{
    if (va != fake_mips.rac_va) {
        die("no register of the core", va);
    }
    fake_log(FAKE_RAC, 1, v);
}
