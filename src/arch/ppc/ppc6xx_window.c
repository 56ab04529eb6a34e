/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Windows, and the check of regions. Sources: [PPC-OEA-BAT], [PPC-603-CACHE].
 *
 * A slot is a data BAT. An entry of the host's hash table would map just the page, but needs the host's
 * lock, and a free place in one of two groups, which may not be there when an interrupt asks for it. A
 * BAT is this CPU's own and always there. It maps the whole block of 128 KiB round the page, so memory
 * without a mapping consists of whole blocks: what a window shows beside its page is memory of the same
 * kind.
 */
#include "ppc6xx.h"

#include "memmap.h"
#include "range.h"
#include "window.h"

/*
 * Nothing may map the region cacheable; what the page tables say beyond its own pages is the host's
 * business.
 */
static bool covered(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len)
{
    const uint32_t n = ppc6xx_bats(c);

    for (uint32_t i = 0; i < n; i++) {
        uintptr_t va;
        struct ppc_map map;

        if (ppc6xx_bat_read(i, &va, &map) && (map.wimg & PPC_I) == 0 &&
            ppc_overlap(&map, pa, len)) {
            return true;
        }
    }
    return false;
}

/* What no BAT maps, and no table that could be read, is mapped as the caller says. */
int dmacoh_ppc6xx_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len,
                               uint32_t attr, uintptr_t va)
{
    int rc = DMACOH_OK;

    if (c->mmu.root != 0 || ppc6xx_bat_maps(c, va, len)) {
        rc = ppc_region_mapped(c, ppc6xx_find, pa, len, attr, va);
    }
    return rc == DMACOH_OK && covered(c, pa, len) ? DMACOH_E_ATTR : rc;
}

/* --- windows --- */

uintptr_t dmacoh_ppc6xx_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    const uintptr_t va = c->mmu.win_va + (uintptr_t)(cpu * c->mmu.win_slots + slot) * BAT_BLOCK;
    const uint32_t in_block = (uint32_t)pa & (BAT_BLOCK - 1u);

    ppc6xx_bat_write(c->mmu.entry_first + slot, (uint32_t)va | BATU_VS,
                     ((uint32_t)pa - in_block) | (uint32_t)c->be_priv[PPC6XX_WIN_LOWER]);
    return va + in_block;
}

void dmacoh_ppc6xx_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    (void)cpu;
    ppc6xx_bat_write(c->mmu.entry_first + slot, 0, 0);
}

/* Two BATs for one address have no defined result. */
int ppc6xx_windows_free(const struct dmacoh *c)
{
    const uint32_t n = ppc6xx_bats(c);

    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    for (uint32_t i = 0; i < n; i++) {
        uintptr_t va;
        struct ppc_map map;

        if (ppc6xx_bat_read(i, &va, &map) &&
            (i - c->mmu.entry_first < c->mmu.win_slots ||
             range_overlap(va, map.size, c->mmu.win_va, window_size(c)))) {
            return DMACOH_E_BUSY;
        }
    }
    return DMACOH_OK;
}

/* What the linear map has, unless the port says otherwise. */
static int window_lower(struct dmacoh *c)
{
    uint32_t wimg = c->mmu.pte_attr[DMACOH_MEM_CACHED] & PPC_WIMG;

    for (const struct dmacoh_mem *m = c->mem; wimg == 0; m++) {
        struct ppc_map map;

        if (m == mem_end(c)) {
            return DMACOH_E_NOMAP;
        }
        if (m->kind == DMACOH_RAM_LINEAR && ppc6xx_find(c, m->va, &map)) {
            wimg = map.wimg;
            break;
        }
    }
    c->be_priv[PPC6XX_WIN_LOWER] = wimg << BATL_WIMG | BATL_PP_RW;
    return DMACOH_OK;
}

static bool whole_blocks(const struct dmacoh *c)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        if (m->kind == DMACOH_RAM_HIGH &&
            (((uint32_t)m->phys | (uint32_t)m->size) & (BAT_BLOCK - 1u)) != 0) {
            return false;
        }
    }
    return (c->mmu.win_va & (BAT_BLOCK - 1u)) == 0;
}

int dmacoh_ppc6xx_win_init(struct dmacoh *c)
{
    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    if (c->mmu.entry_count < c->mmu.win_slots ||
        (uint32_t)c->mmu.entry_first + c->mmu.entry_count > BATS_LOW) {
        return DMACOH_E_RANGE;
    }
    if (!whole_blocks(c)) {
        return DMACOH_E_ALIGN;
    }
    const int rc = ppc6xx_windows_free(c);

    c->win_phys_last = UINT32_MAX;
    return rc == DMACOH_OK ? window_lower(c) : rc;
}

/* Slots were unmapped by whoever used them; an interrupted user's BAT goes with the CPU. */
void dmacoh_ppc6xx_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
        dmacoh_ppc6xx_win_unmap(c, cpu, slot);
    }
}

/* Every slot is unmapped, on every CPU: its entry is empty, and the host's again. */
void dmacoh_ppc6xx_win_fini(struct dmacoh *c)
{
    (void)c;
}
