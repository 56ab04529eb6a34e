/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mips32_insn.h
 * @brief The MIPS instructions of the library, on the fake machine.
 */
#ifndef DMACOH_MIPS32_INSN_H
#define DMACOH_MIPS32_INSN_H

#include "fake_mips.h"

static inline void insn_l1_inval(uintptr_t va)
{
    fake_mips_op(FAKE_INVAL, va, 1);
}

static inline void insn_l1_clean_inval(uintptr_t va)
{
    fake_mips_op(FAKE_CLEAN_INVAL, va, 1);
}

static inline void insn_l1_clean(uintptr_t va)
{
    fake_mips_op(FAKE_CLEAN, va, 1);
}

static inline void insn_l2_inval(uintptr_t va)
{
    fake_mips_op(FAKE_INVAL, va, FAKE_MIPS_L2);
}

static inline void insn_l2_clean_inval(uintptr_t va)
{
    fake_mips_op(FAKE_CLEAN_INVAL, va, FAKE_MIPS_L2);
}

static inline void insn_l2_clean(uintptr_t va)
{
    fake_mips_op(FAKE_CLEAN, va, FAKE_MIPS_L2);
}

/* In the log: operations by set and way. */
static inline void insn_l1_store_tag(uintptr_t va)
{
    fake_log(FAKE_DCISW, va, 1);
}

static inline void insn_l2_store_tag(uintptr_t va)
{
    fake_log(FAKE_DCISW, va, FAKE_MIPS_L2);
}

static inline void insn_sync(void)
{
    fake_log(FAKE_DSB, 0, 0);
}

static inline void insn_ehb(void)
{
    fake_mips_ehb();
}

static inline void insn_tlbp(void)
{
    fake_mips_tlbp();
}

static inline void insn_tlbr(void)
{
    fake_mips_tlbr();
}

static inline void insn_tlbwi(void)
{
    fake_mips_tlbwi();
}

static inline uint32_t insn_read_index(void)
{
    return fake_mips_read(&fake_mips.index);
}

static inline void insn_write_index(uint32_t v)
{
    fake_mips_write(&fake_mips.index, v);
}

static inline uint32_t insn_read_entrylo0(void)
{
    return fake_mips_read(&fake_mips.lo0);
}

static inline void insn_write_entrylo0(uint32_t v)
{
    fake_mips_write(&fake_mips.lo0, v);
}

static inline uint32_t insn_read_entrylo1(void)
{
    return fake_mips_read(&fake_mips.lo1);
}

static inline void insn_write_entrylo1(uint32_t v)
{
    fake_mips_write(&fake_mips.lo1, v);
}

static inline uint32_t insn_read_pagemask(void)
{
    return fake_mips_read(&fake_mips.mask);
}

static inline void insn_write_pagemask(uint32_t v)
{
    fake_mips_write(&fake_mips.mask, v);
}

static inline uint32_t insn_read_entryhi(void)
{
    return fake_mips_read(&fake_mips.hi);
}

static inline void insn_write_entryhi(uint32_t v)
{
    fake_mips_write(&fake_mips.hi, v);
}

static inline uint32_t insn_read_wired(void)
{
    return fake_mips.wired;
}

static inline uint32_t insn_read_prid(void)
{
    return fake_mips.prid;
}

static inline uint32_t insn_read_config(void)
{
    return fake_mips.config;
}

static inline uint32_t insn_read_config1(void)
{
    return fake_mips.config1;
}

static inline uint32_t insn_read_config2(void)
{
    return fake_mips.config2;
}

static inline uint32_t insn_read_config3(void)
{
    return fake_mips.config3;
}

static inline uint32_t insn_read_cbr(void)
{
    return fake_mips.cbr;
}

static inline void insn_clear_tags(void)
{
    fake_log(FAKE_CSSELR, 0, 0);
}

static inline uint32_t insn_core_read(uintptr_t va)
{
    return fake_mips_core_read(va);
}

static inline void insn_core_write(uintptr_t va, uint32_t v)
{
    fake_mips_core_write(va, v);
}

#endif
