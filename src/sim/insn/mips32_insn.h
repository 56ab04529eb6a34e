/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mips32_insn.h
 * @brief Host twin of the MIPS32 instruction layer: same names, same signatures, each call is a
 *        step of the simulated CPU. Chosen by include path.
 */
#ifndef DMACOH_SIM_MIPS32_INSN_H
#define DMACOH_SIM_MIPS32_INSN_H

#include <stdint.h>

#include "sim_insn.h"

static inline void insn_l1_inval(uintptr_t va)
{
    sim_insn_mips_cache(0x11, va);
    sim_insn_stay();
}

static inline void insn_l1_clean_inval(uintptr_t va)
{
    sim_insn_mips_cache(0x15, va);
    sim_insn_stay();
}

static inline void insn_l1_clean(uintptr_t va)
{
    sim_insn_mips_cache(0x19, va);
    sim_insn_stay();
}

static inline void insn_l2_inval(uintptr_t va)
{
    sim_insn_mips_cache(0x13, va);
    sim_insn_stay();
}

static inline void insn_l2_clean_inval(uintptr_t va)
{
    sim_insn_mips_cache(0x17, va);
    sim_insn_stay();
}

static inline void insn_l2_clean(uintptr_t va)
{
    sim_insn_mips_cache(0x1b, va);
    sim_insn_stay();
}

static inline void insn_l1_store_tag(uintptr_t va)
{
    sim_insn_mips_cache(0x09, va);
    sim_insn_stay();
}

static inline void insn_l2_store_tag(uintptr_t va)
{
    sim_insn_mips_cache(0x0b, va);
    sim_insn_stay();
}

static inline void insn_sync(void)
{
    sim_insn_mips_sync();
    sim_insn_stay();
}

static inline void insn_ehb(void)
{
    sim_insn_mips_ehb();
    sim_insn_stay();
}

static inline void insn_tlbp(void)
{
    sim_insn_mips_tlb(SIM_MIPS_TLBP);
    sim_insn_stay();
}

static inline void insn_tlbr(void)
{
    sim_insn_mips_tlb(SIM_MIPS_TLBR);
    sim_insn_stay();
}

static inline void insn_tlbwi(void)
{
    sim_insn_mips_tlb(SIM_MIPS_TLBWI);
    sim_insn_stay();
}

static inline uint32_t insn_read_index(void)
{
    return sim_insn_mips_mfc0(0, 0);
}

static inline void insn_write_index(uint32_t v)
{
    sim_insn_mips_mtc0(0, 0, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_entrylo0(void)
{
    return sim_insn_mips_mfc0(2, 0);
}

static inline void insn_write_entrylo0(uint32_t v)
{
    sim_insn_mips_mtc0(2, 0, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_entrylo1(void)
{
    return sim_insn_mips_mfc0(3, 0);
}

static inline void insn_write_entrylo1(uint32_t v)
{
    sim_insn_mips_mtc0(3, 0, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_pagemask(void)
{
    return sim_insn_mips_mfc0(5, 0);
}

static inline void insn_write_pagemask(uint32_t v)
{
    sim_insn_mips_mtc0(5, 0, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_entryhi(void)
{
    return sim_insn_mips_mfc0(10, 0);
}

static inline void insn_write_entryhi(uint32_t v)
{
    sim_insn_mips_mtc0(10, 0, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_wired(void)
{
    return sim_insn_mips_mfc0(6, 0);
}

static inline uint32_t insn_read_prid(void)
{
    return sim_insn_mips_mfc0(15, 0);
}

static inline uint32_t insn_read_config(void)
{
    return sim_insn_mips_mfc0(16, 0);
}

static inline uint32_t insn_read_config1(void)
{
    return sim_insn_mips_mfc0(16, 1);
}

static inline uint32_t insn_read_config2(void)
{
    return sim_insn_mips_mfc0(16, 2);
}

static inline uint32_t insn_read_config3(void)
{
    return sim_insn_mips_mfc0(16, 3);
}

static inline uint32_t insn_read_cbr(void)
{
    return sim_insn_mips_mfc0(22, 6);
}

static inline void insn_clear_tags(void)
{
    sim_insn_mips_mtc0(28, 0, 0);
    sim_insn_mips_mtc0(28, 2, 0);
    sim_insn_mips_mtc0(28, 4, 0);
    sim_insn_stay();
}

static inline uint32_t insn_core_read(uintptr_t va)
{
    return sim_insn_mips_reg_load(va);
}

static inline void insn_core_write(uintptr_t va, uint32_t v)
{
    sim_insn_mips_reg_store(va, v);
    sim_insn_stay();
}

#endif
