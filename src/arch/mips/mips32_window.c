/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Window slots: wired TLB entries. Source: [MIPS-TLB].
 *
 * Entry entry_first + slot of each CPU is that CPU's slot; there is no broadcast, and none is needed. A slot
 * has addresses for a page of each colour. The one that is mapped has the colour of the physical address,
 * which is the colour that the page has in KSEG0, so its lines are found. It is half of a pair: the other
 * half belongs to the slot, too, and is not valid.
 *
 * An entry matches in every address space only if both halves say so.
 */
#include "mips32.h"
#include "mips32_insn.h"

#include "window.h"

static uint32_t slot_entry(const struct dmacoh *c, uint32_t slot)
{
    return c->mmu.entry_first + slot;
}

static uintptr_t slot_va(const struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    return c->mmu.win_va + (uintptr_t)(cpu * c->mmu.win_slots + slot) * c->policy->alias_boundary;
}

uintptr_t dmacoh_mips32_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    const uintptr_t colour = (uintptr_t)pa & (c->policy->alias_boundary - WINDOW_PAGE);
    const uintptr_t va = slot_va(c, cpu, slot) + colour;
    const uint32_t pfn = (uint32_t)(pa >> WINDOW_SHIFT) << MIPS_PFN_SHIFT;
    const uint32_t lo =
        pfn | (uint32_t)c->be_priv[MIPS_CCA] | MIPS_LO_DIRTY | MIPS_LO_VALID | MIPS_LO_GLOBAL;
    const bool odd = (va & WINDOW_PAGE) != 0;
    const struct mips32_tlb_regs old = mips32_tlb_save();
    const uint32_t other = mips32_tlb_find(va, &old);

    /* A host that has taken the address for a moment, against the rules, must not cost a machine check. */
    if (other != MIPS_NO_ENTRY) {
        mips32_tlb_clear(other);
    }
    mips32_tlb_write(slot_entry(c, slot), va, odd ? MIPS_LO_GLOBAL : lo, odd ? lo : MIPS_LO_GLOBAL);
    mips32_tlb_restore(&old);
    return va;
}

void dmacoh_mips32_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    const struct mips32_tlb_regs old = mips32_tlb_save();

    (void)cpu;
    mips32_tlb_clear(slot_entry(c, slot));
    mips32_tlb_restore(&old);
}

static bool range_mapped(const struct dmacoh *c, const struct mips32_tlb_regs *old)
{
    const size_t size = window_size(c);

    for (size_t at = 0; at < size; at += (size_t)2u * WINDOW_PAGE) {
        if (mips32_tlb_find(c->mmu.win_va + at, old) != MIPS_NO_ENTRY) {
            return true;
        }
    }
    return false;
}

/* The slots of this CPU. Interrupts are off. */
static int make_slots(const struct dmacoh *c, const struct mips32_tlb_regs *old)
{
    if (insn_read_wired() < (uint32_t)c->mmu.entry_first + c->mmu.win_slots) {
        return DMACOH_E_RANGE;
    }
    if (range_mapped(c, old)) {
        return DMACOH_E_BUSY;
    }
    for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
        mips32_tlb_clear(slot_entry(c, slot));
    }
    return DMACOH_OK;
}

int mips32_win_admit(const struct dmacoh *c)
{
    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    const uintptr_t irq = dmacoh_port_irq_save();
    const struct mips32_tlb_regs old = mips32_tlb_save();
    const int rc = make_slots(c, &old);

    mips32_tlb_restore(&old);
    dmacoh_port_irq_restore(irq);
    return rc;
}

/* Bits of a page number that exist, all set: the last page that an entry can show. */
static dmacoh_phys_t last_phys(void)
{
    const uintptr_t irq = dmacoh_port_irq_save();
    const struct mips32_tlb_regs old = mips32_tlb_save();
    const uint32_t bits = mips32_tlb_pfn_bits();

    mips32_tlb_restore(&old);
    dmacoh_port_irq_restore(irq);
    return ((dmacoh_phys_t)(bits >> MIPS_PFN_SHIFT) << WINDOW_SHIFT) + (WINDOW_PAGE - 1u);
}

int dmacoh_mips32_win_init(struct dmacoh *c)
{
    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    if (!mips32_has_tlb(c, insn_read_config())) {
        return DMACOH_E_UNSUPP;
    }
    if ((c->mmu.win_va & (c->policy->alias_boundary - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (range_overlap_va(c->mmu.win_va, window_size(c), MIPS_KSEG0, MIPS_SEGMENTS_SIZE)) {
        return DMACOH_E_RANGE;
    }
    if (c->mmu.entry_count < c->mmu.win_slots) {
        return DMACOH_E_RANGE;
    }
    c->win_phys_last = last_phys();
    return mips32_win_admit(c);
}

/* Every slot is unmapped, on every CPU: its entry matches nothing, and is the host's again. */
void dmacoh_mips32_win_fini(struct dmacoh *c)
{
    (void)c;
}

void dmacoh_mips32_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
        dmacoh_mips32_win_unmap(c, cpu, slot);
    }
}
