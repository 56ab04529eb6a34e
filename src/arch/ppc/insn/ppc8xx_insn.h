/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc8xx_insn.h
 * @brief What MPC8xx has beside ppc_insn.h. Private.
 */
#ifndef DMACOH_PPC8XX_INSN_H
#define DMACOH_PPC8XX_INSN_H

#include "ppc_insn.h"

/* Data cache control: a command for the whole cache. Only on a cold CPU. */
static inline void insn_write_dc_cst(uint32_t v)
{
    __asm__ volatile("mtspr 568, %0" : : "r"(v) : "memory");
}

#endif
