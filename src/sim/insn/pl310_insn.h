/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pl310_insn.h
 * @brief Host twin of the accesses to a PL310's registers.
 */
#ifndef DMACOH_SIM_PL310_INSN_H
#define DMACOH_SIM_PL310_INSN_H

#include <stdint.h>

#include "sim_insn.h"

static inline void insn_l2_write(uintptr_t reg, uint32_t v)
{
    sim_insn_outer_write(reg, v);
    sim_insn_stay();
}

static inline uint32_t insn_l2_read(uintptr_t reg)
{
    const uint32_t v = sim_insn_outer_read(reg);

    sim_insn_stay();
    return v;
}

#endif
