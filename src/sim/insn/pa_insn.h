/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pa_insn.h
 * @brief Host twin of the PA-RISC instruction layer: same names, same signatures, each call is a
 *        step of the simulated CPU. Chosen by include path.
 */
#ifndef DMACOH_SIM_PA_INSN_H
#define DMACOH_SIM_PA_INSN_H

#include <stdint.h>

#include "sim_insn.h"

static inline void insn_fdc(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_CLEAN_INVAL, va);
    sim_insn_stay();
}

/* Whether it writes a dirty line back is the model's to say. */
static inline void insn_pdc(uintptr_t va)
{
    sim_insn_cache(SIM_INSN_INVAL, va);
    sim_insn_stay();
}

static inline void insn_sync(void)
{
    sim_insn_barrier(SIM_INSN_DSB);
    sim_insn_stay();
}

static inline void insn_syncdma(void)
{
    sim_insn_syncdma();
    sim_insn_stay();
}

#endif
