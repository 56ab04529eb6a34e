/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The linear map and regions against the live translations. Sources: [PPC-E500-WIMG], [PPC-440-WIMG].
 *
 * Two things hang on M, memory coherence required. Masters snoop a line only if the access that fetched
 * it said so; and with several CPUs an operation on a line reaches the other caches only through an
 * address that says so.
 */
#include "ppc_live.h"

#include "memmap.h"
#include "range.h"

/* The memory map has not been checked yet: what is wrong in it will be refused, and is left out here. */
static bool is_linear(const struct dmacoh *c, const struct dmacoh_mem *m)
{
    return m->kind == DMACOH_RAM_LINEAR && range_ok_va(m->va, m->size, c->policy->va_last);
}

uint32_t ppc_linear_wimg(const struct dmacoh *c, ppc_find_fn find)
{
    uint32_t all = PPC_WIMG;

    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        for (uint64_t at = 0; is_linear(c, m) && at < m->size;) {
            struct ppc_map map;

            if (!find(c, m->va + (uintptr_t)at, &map)) {
                return 0;
            }
            all &= map.wimg;
            at += map.size;
        }
    }
    return all;
}

/*
 * Uncached: I, and not W, which would be no type. With several CPUs M as well: purging the region's lines
 * goes through this address. G is free: this is memory.
 */
static bool type_is(const struct dmacoh *c, uint32_t attr, uint32_t wimg)
{
    const uint32_t given = c->mmu.pte_attr[attr] & PPC_WIMG;

    if (given != 0) {
        return wimg == given;
    }
    return (wimg & (PPC_W | PPC_I)) == PPC_I && (c->ncpus == 1u || (wimg & PPC_M) != 0);
}

int ppc_region_mapped(const struct dmacoh *c, ppc_find_fn find, dmacoh_phys_t pa, uint64_t len,
                      uint32_t attr, uintptr_t va)
{
    for (uint64_t at = 0; at < len;) {
        struct ppc_map map;

        if (!find(c, va + (uintptr_t)at, &map) || map.phys != pa + at) {
            return DMACOH_E_NOMAP;
        }
        if (!type_is(c, attr, map.wimg)) {
            return DMACOH_E_ATTR;
        }
        at += map.size;
    }
    return DMACOH_OK;
}
