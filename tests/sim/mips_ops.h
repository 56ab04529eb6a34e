/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mips_ops.h
 * @brief What programs of the tests do on MIPS machines, by the instructions' own names.
 */
#ifndef TESTS_SIM_MIPS_OPS_H
#define TESTS_SIM_MIPS_OPS_H

#include "insn/sim_insn.h"

#define K0(pa)  (0x80000000u + (pa)) /* cached */
#define K1(pa)  (0xa0000000u + (pa)) /* uncached */
#define WIN     0xc8000000u          /* a pair of pages; nothing else is mapped there */
#define RAC_REG 0xb1f80000u

#define HIT_INV_D    0x11u
#define HIT_WBINV_D  0x15u
#define HIT_WB_D     0x19u
#define HIT_INV_SD   0x13u
#define HIT_WBINV_SD 0x17u
#define HIT_WB_SD    0x1bu

#define C_UNCACHED 2u
#define C_CACHED   3u

#define CP0_INDEX    0u, 0u
#define CP0_ENTRYLO0 2u, 0u
#define CP0_ENTRYLO1 3u, 0u
#define CP0_PAGEMASK 5u, 0u
#define CP0_ENTRYHI  10u, 0u

#define CACHE(op, va)  sim_insn_mips_cache((op), (va))
#define SYNC()         sim_insn_mips_sync()
#define EHB()          sim_insn_mips_ehb()
#define MTC0(reg, v)   sim_insn_mips_mtc0(reg, (v))
#define MFC0(reg)      sim_insn_mips_mfc0(reg)
#define TLB(operation) sim_insn_mips_tlb(SIM_MIPS_##operation)

/* EntryLo of a valid page that every address space has. */
static inline uint32_t mips_lo(uint32_t pa, uint32_t c)
{
    return pa >> 12 << 6 | c << 3 | 7u;
}

/* Write entry `index`: the even page of the pair at `va` is `pa`, the odd one is not there. */
static inline void mips_tlb_write(uint32_t index, uint32_t va, uint32_t lo0)
{
    MTC0(CP0_PAGEMASK, 0);
    MTC0(CP0_ENTRYHI, va);
    MTC0(CP0_ENTRYLO0, lo0);
    MTC0(CP0_ENTRYLO1, 1);
    MTC0(CP0_INDEX, index);
    EHB();
    TLB(TLBWI);
}

static inline void mips_tlb_clear(uint32_t index)
{
    MTC0(CP0_PAGEMASK, 0);
    MTC0(CP0_ENTRYHI, K0(index << 13));
    MTC0(CP0_ENTRYLO0, 0);
    MTC0(CP0_ENTRYLO1, 0);
    MTC0(CP0_INDEX, index);
    EHB();
    TLB(TLBWI);
}

#endif
