/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Windows, and the check of regions. Source: [PPC-E500-MMU].
 *
 * A slot is one entry of TLB1, which is protected from the host's invalidations of everything. TLB0 would
 * have room as well, but it is the host's: its miss handler replaces any way of it at any time. Entries
 * are this CPU's own, so no other CPU ever holds one, and nothing has to be broadcast.
 */
#include "e500.h"
#include "e500_insn.h"

#include "memmap.h"
#include "range.h"
#include "window.h"

#define PA32_LAST UINT64_C(0xffffffff)
#define PA36_LAST UINT64_C(0xfffffffff)

/*
 * Nothing may map the region cacheable: the CPU may fill lines through a mapping that nobody uses. What
 * is in TLB0 is the host's page tables' business; TLB1 holds the large mappings that tables do not show.
 */
static bool covered(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len)
{
    const uint32_t n = e500_tlb1_entries();

    for (uint32_t i = 0; i < n; i++) {
        struct e500_entry e;

        if (e500_tlb1_read(c, i, &e)) {
            const struct ppc_map map = e500_entry_map(&e);

            if ((map.wimg & PPC_I) == 0 && ppc_overlap(&map, pa, len)) {
                return true;
            }
        }
    }
    return false;
}

int dmacoh_e500_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr,
                             uintptr_t va)
{
    const int rc = ppc_region_mapped(c, e500_find, pa, len, attr, va);

    return rc == DMACOH_OK && covered(c, pa, len) ? DMACOH_E_ATTR : rc;
}

/* --- windows --- */

static uintptr_t slot_va(const struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    return c->mmu.win_va + (uintptr_t)((cpu * c->mmu.win_slots + slot) << WINDOW_SHIFT);
}

/*
 * Write the slot's entry; without MAS1_VALID it is empty. Only the registers that are written are put
 * back: the host's miss handlers, or who was interrupted, may be about to use them. TLB instructions do
 * not look at the others.
 */
static void write_entry(const struct dmacoh *c, uint32_t slot, uint32_t mas1, uintptr_t va,
                        dmacoh_phys_t pa)
{
    const bool pa36 = (c->policy->flags & E500_P_PA36) != 0;
    const uint32_t old0 = insn_read_mas0();
    const uint32_t old1 = insn_read_mas1();
    const uint32_t old2 = insn_read_mas2();
    const uint32_t old3 = insn_read_mas3();
    const uint32_t old7 = pa36 ? insn_read_mas7() : 0;

    insn_write_mas0(MAS0_TLB1(c->mmu.entry_first + slot));
    insn_write_mas1(mas1);
    insn_write_mas2((uint32_t)va | (uint32_t)c->be_priv[E500_WIN_WIMGE]);
    insn_write_mas3((uint32_t)pa | MAS3_SR_SW);
    if (pa36) {
        insn_write_mas7((uint32_t)(pa >> 32));
    }
    insn_isync(); /* the registers have arrived, and accesses before are translated */
    insn_tlbwe();
    if (pa36) {
        insn_write_mas7(old7);
    }
    insn_write_mas3(old3);
    insn_write_mas2(old2);
    insn_write_mas1(old1);
    insn_write_mas0(old0);
    insn_isync(); /* the accesses that follow are translated by what was written */
}

uintptr_t dmacoh_e500_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    const uintptr_t va = slot_va(c, cpu, slot);

    write_entry(c, slot, MAS1_VALID | MAS1_IPROT | MAS1_TSIZE_4K, va, pa);
    return va;
}

void dmacoh_e500_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    write_entry(c, slot, MAS1_TSIZE_4K, slot_va(c, cpu, slot), 0);
}

/* Two entries for one address are a machine check. */
int e500_windows_free(const struct dmacoh *c)
{
    const uint32_t n = e500_tlb1_entries();
    const uint64_t bytes = window_size(c);

    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct e500_entry e;

        if (!e500_tlb1_read(c, i, &e)) {
            continue;
        }
        const struct ppc_map map = e500_entry_map(&e);

        if (i - c->mmu.entry_first < c->mmu.win_slots ||
            range_overlap(e500_entry_va(&e), map.size, c->mmu.win_va, bytes)) {
            return DMACOH_E_BUSY;
        }
    }
    for (uint64_t at = 0; at < bytes; at += WINDOW_PAGE) {
        struct e500_entry e;

        if (e500_tlb_search(c, c->mmu.win_va + (uintptr_t)at, &e)) {
            return DMACOH_E_BUSY;
        }
    }
    return DMACOH_OK;
}

/* What the linear map has, unless the port says otherwise; E, the byte order, always. */
static int window_wimge(struct dmacoh *c)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        struct e500_entry e;

        if (m->kind == DMACOH_RAM_LINEAR && e500_tlb_get(c, m->va, &e)) {
            const uint32_t given = c->mmu.pte_attr[DMACOH_MEM_CACHED] & PPC_WIMG;

            c->be_priv[E500_WIN_WIMGE] =
                given != 0 ? given << 1 | (e.mas2 & 1u) : e.mas2 & MAS2_WIMGE;
            return DMACOH_OK;
        }
    }
    return DMACOH_E_NOMAP;
}

int dmacoh_e500_win_init(struct dmacoh *c)
{
    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    if (c->mmu.entry_count < c->mmu.win_slots ||
        (uint32_t)c->mmu.entry_first + c->mmu.entry_count > e500_tlb1_entries()) {
        return DMACOH_E_RANGE;
    }
    const int rc = e500_windows_free(c);

    c->win_phys_last = (c->policy->flags & E500_P_PA36) != 0 ? PA36_LAST : PA32_LAST;
    return rc == DMACOH_OK ? window_wimge(c) : rc;
}

/* Slots were unmapped by whoever used them; an interrupted user's entry goes with the CPU. */
void dmacoh_e500_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
        dmacoh_e500_win_unmap(c, cpu, slot);
    }
}

/* Every slot is unmapped, on every CPU: its entry is empty, and the host's again. */
void dmacoh_e500_win_fini(struct dmacoh *c)
{
    (void)c;
}
