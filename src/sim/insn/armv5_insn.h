/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv5_insn.h
 * @brief Host twin of the ARMv5 instruction layer: same names, same signatures, each call is a
 *        step of the simulated CPU. Chosen by include path.
 */
#ifndef DMACOH_SIM_ARMV5_INSN_H
#define DMACOH_SIM_ARMV5_INSN_H

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

/* All sets and ways at once: as forbidden to a running CPU as one of them. */
static inline void insn_dciall(void)
{
    sim_insn_set_way(0);
    sim_insn_stay();
}

static inline void insn_drain(void)
{
    sim_insn_barrier(SIM_INSN_DSB);
    sim_insn_stay();
}

static inline void insn_clean_first(uintptr_t va)
{
    sim_insn_range_start(va);
    sim_insn_stay();
}

static inline void insn_clean_last(uintptr_t va)
{
    sim_insn_range_end(SIM_INSN_CLEAN, va);
    sim_insn_stay();
}

static inline void insn_inval_first(uintptr_t va)
{
    sim_insn_range_start(va);
    sim_insn_stay();
}

static inline void insn_inval_last(uintptr_t va)
{
    sim_insn_range_end(SIM_INSN_INVAL, va);
    sim_insn_stay();
}

static inline void insn_clean_inval_first(uintptr_t va)
{
    sim_insn_range_start(va);
    sim_insn_stay();
}

static inline void insn_clean_inval_last(uintptr_t va)
{
    sim_insn_range_end(SIM_INSN_CLEAN_INVAL, va);
    sim_insn_stay();
}

static inline uint32_t insn_read_midr(void)
{
    return sim_insn_read(SIM_REG_MIDR);
}

static inline uint32_t insn_read_ctr(void)
{
    return sim_insn_read(SIM_REG_CTR);
}

static inline uint32_t insn_read_sctlr(void)
{
    return sim_insn_read(SIM_REG_SCTLR);
}

/* No machine has Feroceon's second-level cache. */
static inline uint32_t insn_read_features(void)
{
    return 0;
}

#endif
