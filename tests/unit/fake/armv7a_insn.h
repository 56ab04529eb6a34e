/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7a_insn.h
 * @brief The ARMv7-A instructions of the library, on the fake machine.
 */
#ifndef DMACOH_ARMV7A_INSN_H
#define DMACOH_ARMV7A_INSN_H

#include "fake.h"

static inline void insn_dccmvac(uintptr_t va)
{
    fake_op(FAKE_CLEAN, va);
}

static inline void insn_dcimvac(uintptr_t va)
{
    fake_op(FAKE_INVAL, va);
}

static inline void insn_dccimvac(uintptr_t va)
{
    fake_op(FAKE_CLEAN_INVAL, va);
}

static inline void insn_dcisw(uint32_t set_way)
{
    fake_log(FAKE_DCISW, set_way, 0);
}

static inline void insn_dsb(void)
{
    fake_log(FAKE_DSB, 0, 0);
}

static inline void insn_dsb_st(void)
{
    fake_log(FAKE_DSB_ST, 0, 0);
}

static inline void insn_dmb(void)
{
    fake_log(FAKE_DMB, 0, 0);
}

static inline void insn_dmb_st(void)
{
    fake_log(FAKE_DMB_ST, 0, 0);
}

static inline void insn_isb(void)
{
    fake_log(FAKE_ISB, 0, 0);
}

static inline void insn_tlbimva(uintptr_t va)
{
    fake_tlbi(va, false);
}

static inline void insn_tlbimvaais(uintptr_t va)
{
    fake_tlbi(va, true);
}

static inline void insn_store64(uintptr_t va, uint64_t v)
{
    fake_store64(va, v);
}

static inline uint32_t insn_read_mair0(void)
{
    return fake->mair0;
}

static inline uint32_t insn_read_mair1(void)
{
    return fake->mair1;
}

static inline uint32_t insn_read_midr(void)
{
    return fake->midr;
}

static inline uint32_t insn_read_mpidr(void)
{
    return fake->mpidr;
}

static inline uint32_t insn_read_ctr(void)
{
    return fake->ctr;
}

static inline uint32_t insn_read_clidr(void)
{
    return fake->clidr;
}

static inline void insn_write_csselr(uint32_t v)
{
    fake->csselr = v;
    fake_log(FAKE_CSSELR, v, 0);
}

static inline uint32_t insn_read_ccsidr(void)
{
    return fake->ccsidr[fake->csselr & 15u];
}

static inline uint32_t insn_read_sctlr(void)
{
    return fake->sctlr;
}

static inline uint32_t insn_read_ttbcr(void)
{
    return fake->ttbcr;
}

static inline uint32_t insn_read_ttbr0(void)
{
    return fake->ttbr0;
}

static inline uint32_t insn_read_id_mmfr3(void)
{
    return fake->mmfr3;
}

#endif
