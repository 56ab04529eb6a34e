/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7m_insn.h
 * @brief Host twin of the ARMv7-M instruction layer: same names, same signatures, each call is a
 *        step of the simulated CPU. Chosen by include path.
 */
#ifndef DMACOH_SIM_ARMV7M_INSN_H
#define DMACOH_SIM_ARMV7M_INSN_H

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

static inline void insn_dmb(void)
{
    sim_insn_barrier(SIM_INSN_DMB);
    sim_insn_stay();
}

static inline void insn_isb(void)
{
    sim_insn_barrier(SIM_INSN_ISB);
    sim_insn_stay();
}

static inline uint32_t insn_scs_read(uint32_t offset)
{
    return sim_insn_scs_read(offset);
}

static inline void insn_scs_write(uint32_t offset, uint32_t v)
{
    sim_insn_scs_write(offset, v);
    sim_insn_stay();
}

#endif
