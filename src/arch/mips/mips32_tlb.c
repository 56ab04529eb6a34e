/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * This CPU's TLB, entry by entry. Source: [MIPS-TLB].
 *
 * An entry translates a pair of pages. A CPU with two entries for one address stops with a machine check, or
 * worse, so an entry that shall match nothing gets an address that is never looked up, in KSEG0, and one
 * that no other entry has.
 *
 * The registers are the host's as well, whose code may have been interrupted between two of its own TLB
 * instructions: who uses them here saves and restores them. Hazard barriers stand where one instruction's
 * CP0 result is another one's source.
 */
#include "mips32.h"
#include "mips32_insn.h"

#define PAIR_SHIFT 13u /* of two 4 KiB pages */
#define PAIR_MASK  ((1u << PAIR_SHIFT) - 1u)
#define HI_ASID    0x3ffu /* with the bits of a longer address space number */

struct mips32_tlb_regs mips32_tlb_save(void)
{
    insn_ehb(); /* who was interrupted may just have written one of them */
    const struct mips32_tlb_regs regs = {
        .hi = insn_read_entryhi(),
        .lo0 = insn_read_entrylo0(),
        .lo1 = insn_read_entrylo1(),
        .mask = insn_read_pagemask(),
        .index = insn_read_index(),
    };

    return regs;
}

void mips32_tlb_restore(const struct mips32_tlb_regs *old)
{
    insn_write_index(old->index);
    insn_write_pagemask(old->mask);
    insn_write_entrylo0(old->lo0);
    insn_write_entrylo1(old->lo1);
    insn_write_entryhi(old->hi);
    insn_ehb();
}

uint32_t mips32_tlb_find(uintptr_t va, const struct mips32_tlb_regs *old)
{
    insn_write_entryhi(((uint32_t)va & ~PAIR_MASK) | (old->hi & HI_ASID));
    insn_ehb();
    insn_tlbp();
    insn_ehb();
    const uint32_t index = insn_read_index();

    return (index & MIPS_NO_ENTRY) != 0 ? MIPS_NO_ENTRY : index;
}

struct mips32_page mips32_tlb_read(uint32_t index, uintptr_t va)
{
    insn_write_index(index);
    insn_ehb();
    insn_tlbr();
    insn_ehb();
    const uint32_t pair = insn_read_pagemask() | PAIR_MASK;
    const uint32_t size = (pair >> 1) + 1u;
    const struct mips32_page page = {
        .lo = ((uint32_t)va & size) != 0 ? insn_read_entrylo1() : insn_read_entrylo0(),
        .size = size,
    };

    return page;
}

void mips32_tlb_write(uint32_t index, uintptr_t va, uint32_t lo0, uint32_t lo1)
{
    insn_write_index(index);
    insn_write_pagemask(0);
    insn_write_entryhi((uint32_t)va & ~PAIR_MASK);
    insn_write_entrylo0(lo0);
    insn_write_entrylo1(lo1);
    insn_ehb();
    insn_tlbwi();
    insn_ehb();
}

void mips32_tlb_clear(uint32_t index)
{
    mips32_tlb_write(index, MIPS_KSEG0 + ((uintptr_t)index << PAIR_SHIFT), 0, 0);
}

uint32_t mips32_tlb_pfn_bits(void)
{
    insn_write_entrylo0(MIPS_LO_PFN);
    insn_ehb();
    return insn_read_entrylo0() & MIPS_LO_PFN;
}
