/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Windows, and the check of regions. Sources: [PPC-440-MMU], [PPC-440-WIMG].
 *
 * A slot is one of the 64 entries, which the host must not replace. Neither 405 nor 476 has windows:
 * 405's memory is smaller than its address space, and 476 has no entries that would be safe from its
 * host's miss handler but six bolted ones.
 */
#include "ppc44x.h"
#include "ppc44x_insn.h"

#include "memmap.h"
#include "range.h"
#include "window.h"

#define PA36_LAST UINT64_C(0xfffffffff)
#define WORD2_E   0x00000080u

/*
 * May this entry stay, though it maps uncached memory cacheable? On 440 and later if it is guarded, since
 * lines come in through it only when somebody uses it; on 405, which loads nothing on its own, if the
 * port says that nobody does.
 */
static bool harmless(const struct dmacoh *c, const struct ppc_map *map)
{
    return (c->policy->flags & PPC44X_P_405) != 0 ? (c->flags & DMACOH_F_ALIAS_FRAGILE) != 0
                                                  : (map->wimg & PPC_G) != 0;
}

/* Does a valid entry map some of this memory cacheable? */
static bool caches(const struct dmacoh *c, uint32_t entry, dmacoh_phys_t pa, uint64_t len,
                   struct ppc_map *map)
{
    struct ppc44x_entry e;

    if (!ppc44x_tlb_read(c, entry, &e)) {
        return false;
    }
    *map = ppc44x_entry_map(c, &e);
    return (map->wimg & PPC_I) == 0 && ppc_overlap(map, pa, len);
}

/* An access to uncached memory whose line is in the cache has no defined result. */
static int check_entries(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len)
{
    int rc = DMACOH_OK;

    for (uint32_t i = 0; i < TLB_ENTRIES; i++) {
        struct ppc_map map;

        if (caches(c, i, pa, len, &map)) {
            if (!harmless(c, &map)) {
                return DMACOH_E_ATTR;
            }
            rc = BE_REGION_ALIASED;
        }
    }
    return rc;
}

/* 476's entries are found by search only, so what else maps the region is the port's word. */
int dmacoh_ppc44x_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len,
                               uint32_t attr, uintptr_t va)
{
    const int rc = ppc_region_mapped(c, ppc44x_find, pa, len, attr, va);

    if (rc != DMACOH_OK || (c->policy->flags & PPC44X_P_476) != 0 || ppc44x_untranslated(c)) {
        return rc;
    }
    return check_entries(c, pa, len);
}

/* --- windows --- */

static uintptr_t slot_va(const struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    return c->mmu.win_va + (uintptr_t)((cpu * c->mmu.win_slots + slot) << WINDOW_SHIFT);
}

/* The valid bit is in word 0, which comes last. The entry is everybody's: process 0. */
uintptr_t dmacoh_ppc44x_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    const uintptr_t va = slot_va(c, cpu, slot);
    const uint32_t entry = c->mmu.entry_first + slot;
    const uint32_t mmucr = insn_read_mmucr();

    insn_write_mmucr(0);
    insn_isync();
    insn_tlbwe1(entry, (uint32_t)pa | (uint32_t)(pa >> 32));
    insn_tlbwe2(entry, (uint32_t)c->be_priv[PPC44X_WIN_WORD2]);
    insn_tlbwe0(entry, (uint32_t)va | WORD0_VALID | WORD0_SIZE_4K);
    insn_write_mmucr(mmucr);
    insn_isync(); /* the accesses that follow are translated by what was written */
    return va;
}

/* The copy of an entry that is next to the pipeline goes with isync as well. */
void dmacoh_ppc44x_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    (void)cpu;
    insn_isync(); /* accesses before are translated */
    insn_tlbwe0(c->mmu.entry_first + slot, 0);
    insn_isync();
}

/* Two entries for one address have no defined result. */
int ppc44x_windows_free(const struct dmacoh *c)
{
    for (uint32_t i = 0; i < TLB_ENTRIES; i++) {
        struct ppc44x_entry e;

        if (!ppc44x_tlb_read(c, i, &e)) {
            continue;
        }
        const struct ppc_map map = ppc44x_entry_map(c, &e);

        if (i - c->mmu.entry_first < c->mmu.win_slots ||
            range_overlap(ppc44x_entry_va(&e), map.size, c->mmu.win_va, window_size(c))) {
            return DMACOH_E_BUSY;
        }
    }
    return DMACOH_OK;
}

/* What the linear map has, unless the port says otherwise; E, the byte order, always. */
static int window_word2(struct dmacoh *c)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        struct ppc44x_entry e;

        if (m->kind == DMACOH_RAM_LINEAR && ppc44x_tlb_get(c, m->va, &e)) {
            const uint32_t given = c->mmu.pte_attr[DMACOH_MEM_CACHED] & PPC_WIMG;

            c->be_priv[PPC44X_WIN_WORD2] =
                (given != 0 ? given << 8 | (e.word[2] & WORD2_E) : e.word[2] & ~WORD2_ACCESS) |
                WORD2_SW_SR;
            return DMACOH_OK;
        }
    }
    return DMACOH_E_NOMAP;
}

int dmacoh_ppc44x_win_init(struct dmacoh *c)
{
    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    if ((c->policy->flags & (PPC44X_P_405 | PPC44X_P_476)) != 0) {
        return DMACOH_E_UNSUPP;
    }
    if (c->mmu.entry_count < c->mmu.win_slots ||
        (uint32_t)c->mmu.entry_first + c->mmu.entry_count > TLB_ENTRIES) {
        return DMACOH_E_RANGE;
    }
    const int rc = ppc44x_windows_free(c);

    c->win_phys_last = PA36_LAST;
    return rc == DMACOH_OK ? window_word2(c) : rc;
}

/* Slots were unmapped by whoever used them; an interrupted user's entry goes with the CPU. */
void dmacoh_ppc44x_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
        dmacoh_ppc44x_win_unmap(c, cpu, slot);
    }
}

/* Every slot is unmapped, on every CPU: its entry is empty, and the host's again. */
void dmacoh_ppc44x_win_fini(struct dmacoh *c)
{
    (void)c;
}
