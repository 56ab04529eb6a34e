/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which CPU this is, the check of regions, cold reset. Source: [PPC-860].
 *
 * There are no windows: the memory of these chips is far smaller than the address space, so all of it is
 * in the linear map. TLB entries are made by the host's miss handlers out of tables of its own form, so
 * the host is asked what they say, if it answers (page_query); else a region is what the caller says.
 */
#include "ppc8xx.h"
#include "ppc8xx_insn.h"

#include "range.h"

#define LINE           16u
#define PAGE           4096u
#define DC_CST_INVALID 0x0c000000u /* command: invalidate all */

int dmacoh_ppc8xx_probe(struct dmacoh *c, bool boot_cpu)
{
    const struct dmacoh_policy *policy = ppc8xx_policy(insn_read_pvr());

    if (!boot_cpu) {
        return policy == c->policy ? DMACOH_OK : DMACOH_E_UNSUPP;
    }
    c->policy = policy;
    c->step = LINE;
    c->line = LINE;
    c->page_shift = 12;
    c->no_snoop = 1;
    return DMACOH_OK;
}

void dmacoh_ppc8xx_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu;
    insn_sync();
    insn_isync();
    insn_write_dc_cst(DC_CST_INVALID);
    insn_sync();
    insn_isync();
}

/* Uncached and write-combining memory are the same here: there is one bit. */
static int page_check(const struct dmacoh *c, dmacoh_phys_t pa, uintptr_t va)
{
    dmacoh_phys_t phys = 0;
    uint32_t attr = DMACOH_MEM_CACHED;

    if (c->ops->page_query(c->ops_ctx, va, &phys, &attr) < 0 || phys != pa) {
        return DMACOH_E_NOMAP;
    }
    return attr == DMACOH_MEM_UNCACHED ? DMACOH_OK : DMACOH_E_ATTR;
}

int dmacoh_ppc8xx_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len,
                               uint32_t attr, uintptr_t va)
{
    const uint64_t end = unit_first((pa & (PAGE - 1u)) + (len - 1u), PAGE) + PAGE;
    int rc = DMACOH_OK;

    (void)attr;
    if (c->ops == NULL || c->ops->page_query == NULL) {
        return DMACOH_OK;
    }
    for (uint64_t at = 0; at < end && rc == DMACOH_OK; at += PAGE) {
        rc = page_check(c, unit_first(pa, PAGE) + at, (uintptr_t)(unit_first(va, PAGE) + at));
    }
    return rc;
}

/* --- windows: none --- */

int dmacoh_ppc8xx_win_init(struct dmacoh *c)
{
    return c->mmu.win_slots == 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
}

uintptr_t dmacoh_ppc8xx_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    (void)c;
    (void)cpu;
    (void)slot;
    (void)pa;
    return 0;
}

void dmacoh_ppc8xx_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    (void)c;
    (void)cpu;
    (void)slot;
}

void dmacoh_ppc8xx_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    (void)c;
    (void)cpu;
}

void dmacoh_ppc8xx_win_fini(struct dmacoh *c)
{
    (void)c;
}
