/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc8xx_insn.h
 * @brief Host twin of the instruction layer of MPC8xx: each call is a step of the simulated CPU. Chosen by
 *        include path.
 */
#ifndef DMACOH_SIM_PPC8XX_INSN_H
#define DMACOH_SIM_PPC8XX_INSN_H

#include "ppc_insn.h"

/* Data cache control: a command for the whole cache. Only on a cold CPU. */
static inline void insn_write_dc_cst(uint32_t v)
{
    sim_insn_set_way(v);
    sim_insn_stay();
}

#endif
