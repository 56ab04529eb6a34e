/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc_insn.h
 * @brief Host twin of the instructions that all PowerPC CPUs have. Chosen by include path.
 */
#ifndef DMACOH_SIM_PPC_INSN_H
#define DMACOH_SIM_PPC_INSN_H

#include <stdint.h>

#include "sim_insn.h"

#define PPC_SPR_PVR 287u

static inline void insn_dcbst(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_CLEAN, va);
    sim_insn_stay();
}

static inline void insn_dcbf(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_CLEAN_INVAL, va);
    sim_insn_stay();
}

static inline void insn_dcbi(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_INVAL, va);
    sim_insn_stay();
}

static inline void insn_sync(void)
{
    sim_insn_barrier(SIM_INSN_DSB);
    sim_insn_stay();
}

static inline void insn_isync(void)
{
    sim_insn_barrier(SIM_INSN_ISB);
    sim_insn_stay();
}

static inline uint32_t insn_read_pvr(void)
{
    return sim_insn_mfspr(PPC_SPR_PVR);
}

#endif
