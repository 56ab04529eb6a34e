/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc8xx.h
 * @brief What the files of the MPC8xx backend share. Private.
 */
#ifndef DMACOH_PPC8XX_H
#define DMACOH_PPC8XX_H

#include "backend.h"

DMACOH_BE_DECLARE(ppc8xx)
void dmacoh_ppc8xx_boot_cache_inval(bool boot_cpu);

/* Policy row of this CPU. */
const struct dmacoh_policy *ppc8xx_policy(uint32_t pvr);

#endif
