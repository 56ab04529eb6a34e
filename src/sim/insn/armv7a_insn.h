/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7a_insn.h
 * @brief Host twin of the ARMv7-A instruction layer: same names, same signatures, each call is a
 *        step of the simulated CPU. Chosen by include path.
 */
#ifndef DMACOH_SIM_ARMV7A_INSN_H
#define DMACOH_SIM_ARMV7A_INSN_H

#include <stdint.h>

#include "sim_insn.h"

static inline void insn_dccmvac(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_CLEAN, va);
    sim_insn_stay();
}

static inline void insn_dcimvac(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_INVAL, va);
    sim_insn_stay();
}

static inline void insn_dccimvac(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_CLEAN_INVAL, va);
    sim_insn_stay();
}

static inline void insn_dcisw(uint32_t set_way)
{
    sim_insn_set_way(set_way);
    sim_insn_stay();
}

static inline void insn_dsb(void)
{
    sim_insn_barrier(SIM_INSN_DSB);
    sim_insn_stay();
}

static inline void insn_dsb_st(void)
{
    sim_insn_barrier(SIM_INSN_DSB_ST);
    sim_insn_stay();
}

static inline void insn_dmb(void)
{
    sim_insn_barrier(SIM_INSN_DMB);
    sim_insn_stay();
}

static inline void insn_dmb_st(void)
{
    sim_insn_barrier(SIM_INSN_DMB_ST);
    sim_insn_stay();
}

static inline void insn_isb(void)
{
    sim_insn_barrier(SIM_INSN_ISB);
    sim_insn_stay();
}

/* This CPU's TLB only. */
static inline void insn_tlbimva(uintptr_t va)
{
    sim_insn_tlbi(SIM_INSN_TLBI_LOCAL, va);
    sim_insn_stay();
}

/* All CPUs of the inner-shareable domain, all ASIDs. */
static inline void insn_tlbimvaais(uintptr_t va)
{
    sim_insn_tlbi(SIM_INSN_TLBI_IS, va);
    sim_insn_stay();
}

/* One access: a walker sees all of it or nothing. */
static inline void insn_store64(uintptr_t va, uint64_t v)
{
    sim_insn_store64(va, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_midr(void)
{
    return sim_insn_read(SIM_REG_MIDR);
}

static inline uint32_t insn_read_mpidr(void)
{
    return sim_insn_read(SIM_REG_MPIDR);
}

static inline uint32_t insn_read_ctr(void)
{
    return sim_insn_read(SIM_REG_CTR);
}

static inline uint32_t insn_read_clidr(void)
{
    return sim_insn_read(SIM_REG_CLIDR);
}

static inline uint32_t insn_read_ccsidr(void)
{
    return sim_insn_read(SIM_REG_CCSIDR);
}

static inline uint32_t insn_read_sctlr(void)
{
    return sim_insn_read(SIM_REG_SCTLR);
}

static inline uint32_t insn_read_ttbcr(void)
{
    return sim_insn_read(SIM_REG_TTBCR);
}

static inline uint32_t insn_read_ttbr0(void)
{
    return sim_insn_read(SIM_REG_TTBR0);
}

static inline uint32_t insn_read_mair0(void)
{
    return sim_insn_read(SIM_REG_MAIR0);
}

static inline uint32_t insn_read_mair1(void)
{
    return sim_insn_read(SIM_REG_MAIR1);
}

static inline uint32_t insn_read_id_mmfr3(void)
{
    return sim_insn_read(SIM_REG_ID_MMFR3);
}

static inline void insn_write_csselr(uint32_t v)
{
    sim_insn_write_csselr(v);
    sim_insn_stay();
}

#endif
