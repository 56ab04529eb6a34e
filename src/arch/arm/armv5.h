/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv5.h
 * @brief What the files of the ARMv5 backend share. Private.
 */
#ifndef DMACOH_ARMV5_H
#define DMACOH_ARMV5_H

#include "backend.h"

DMACOH_BE_DECLARE(armv5)
void dmacoh_armv5_boot_cache_inval(bool boot_cpu);

/* Clean and invalidate is two operations: XScale. */
#define V5_P_PAIRS BE_P_OWN(0)
/* Operations act on ranges, whose ends are two registers: Feroceon. */
#define V5_P_RANGES BE_P_OWN(1)
/* There may be a second-level cache, and a register that says so: Feroceon. */
#define V5_P_FEATURES BE_P_OWN(2)

/* Policy row of this CPU. */
const struct dmacoh_policy *armv5_policy(uint32_t midr);

#endif
