/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7a.h
 * @brief What the files of the ARMv7-A backend share. Private.
 */
#ifndef DMACOH_ARMV7A_H
#define DMACOH_ARMV7A_H

#include "backend.h"

DMACOH_BE_DECLARE(armv7a)
void dmacoh_armv7a_boot_cache_inval(bool boot_cpu);

/* Run-time facts in struct dmacoh, be_priv[]. */
enum armv7a_priv {
    V7_PTE_BITS = 0, /* attribute and type bits of a window's page, 11 to 0 */
    V7_PTE_CLEAN,    /* enum v7_pte_clean: how far entries must be cleaned for the walker */
    V7_TLB_LOCAL,    /* windows: invalidate on this CPU only */
    V7_LONG,         /* windows: tables of long descriptors */
    V7_L2_SYNC       /* PL310: offset of the register that drains it; 0: there is none */
};

/* Policy flags by which an outer cache chooses among the rows of a CPU. */
#if DMACOH_WITH_OUTER
#define V7_OUTER_FLAGS (BE_P_OUTER | BE_P_OUTER_ATOMIC)
#else
#define V7_OUTER_FLAGS 0u
#endif

/* Policy row of this CPU with these V7_OUTER_FLAGS; without them, if no row has both. */
const struct dmacoh_policy *armv7a_policy(uint32_t midr, uint32_t outer);

/* CTR gives no figure for the granule (CWG), but the core's lines are all of one size. */
#define V7_P_ONE_LINE_SIZE BE_P_OWN(0)

/* Smallest and largest line, in bytes, from CTR. */
uint32_t armv7a_step(uint32_t ctr);
uint32_t armv7a_granule(const struct dmacoh_policy *policy, uint32_t ctr);

#endif
