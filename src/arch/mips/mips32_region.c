/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Is a coherent region mapped as it is said to be? Sources: [MIPS-TLB], [MIPS-74K],
 * [MIPS-R10K-CACHE], [MIPS-R10K-SPEC].
 *
 * The first 512 MiB of memory have an uncached address in KSEG1. They have a cached one in KSEG0 as well, at
 * all times, and a CPU may fetch lines through it; such lines are clean, and uncached accesses do not look
 * at them, so they do no harm before the memory is used through KSEG0 again. But a CPU that speculates
 * stores makes them dirty, and writes them over the region: it must not have one there.
 *
 * Memory above has whatever mapping the host makes in its TLB. What that is only the TLB tells: the page is
 * touched, so that the host loads its entry, and the entry is read. Uncached accelerated is refused: it
 * merges and reorders stores, SYNC does not wait for them on every CPU, and some of them leave it undefined
 * what a partly written line becomes. So write-combining memory is plain uncached memory here.
 */
#include "mem_insn.h"
#include "mips32.h"
#include "mips32_insn.h"

#include "range.h"

#include <dmacoh/port.h>

#define PAGE 4096u

/* Interrupts are off: no handler replaces the entry, or uses the registers, in between. */
static int check_page(uintptr_t va, dmacoh_phys_t pa, uint32_t *size)
{
    const struct mips32_tlb_regs old = mips32_tlb_save();
    struct mips32_page page = {0, PAGE};

    (void)insn_load8(va);
    const uint32_t index = mips32_tlb_find(va, &old);

    if (index != MIPS_NO_ENTRY) {
        page = mips32_tlb_read(index, va);
    }
    mips32_tlb_restore(&old);
    *size = page.size;
    /* Page numbers of large pages have bits below the size, which count as 0. */
    const uint64_t first = (uint64_t)((page.lo & MIPS_LO_PFN) >> MIPS_PFN_SHIFT) * PAGE;

    if ((page.lo & MIPS_LO_VALID) == 0 ||
        (first & ~(uint64_t)(page.size - 1u)) + (va & (page.size - 1u)) != pa) {
        return DMACOH_E_NOMAP;
    }
    return (page.lo & MIPS_LO_DIRTY) != 0 && MIPS_LO_CCA(page.lo) == MIPS_CCA_UNCACHED
               ? DMACOH_OK
               : DMACOH_E_ATTR;
}

static int check_mapped(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uintptr_t va)
{
    if (!mips32_has_tlb(c, insn_read_config())) {
        return DMACOH_E_UNSUPP;
    }
    for (uint64_t at = 0; at < len;) {
        const uintptr_t page = va + (uintptr_t)at;
        uint32_t size = 0;
        const uintptr_t irq = dmacoh_port_irq_save();
        const int rc = check_page(page, pa + at, &size);

        dmacoh_port_irq_restore(irq);
        if (rc != DMACOH_OK) {
            return rc;
        }
        at += size - (page & (size - 1u));
    }
    return BE_REGION_UNREACHED;
}

int dmacoh_mips32_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len,
                               uint32_t attr, uintptr_t va)
{
    const uintptr_t last = va + (uintptr_t)(len - 1u);

    (void)attr; /* both kinds are plain uncached memory */
    if (pa >= MIPS_SEG_SIZE) {
        /* KSEG0 and KSEG1 show nothing of it. */
        return range_overlap_va(va, (size_t)len, MIPS_KSEG0, MIPS_SEGMENTS_SIZE)
                   ? DMACOH_E_ATTR
                   : check_mapped(c, pa, len, va);
    }
    if ((c->policy->flags & MIPS_P_SPEC_STORES) != 0) {
        return DMACOH_E_UNSUPP;
    }
    if (!mips32_in(va, MIPS_KSEG1) || !mips32_in(last, MIPS_KSEG1)) {
        return DMACOH_E_ATTR;
    }
    return va - MIPS_KSEG1 == pa ? BE_REGION_ALIASED : DMACOH_E_NOMAP;
}
