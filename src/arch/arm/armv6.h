/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv6.h
 * @brief What the files of the ARMv6 backend share. Private.
 */
#ifndef DMACOH_ARMV6_H
#define DMACOH_ARMV6_H

#include "backend.h"

DMACOH_BE_DECLARE(armv6)
void dmacoh_armv6_boot_cache_inval(bool boot_cpu);

/* Run-time facts in struct dmacoh, be_priv[]. */
enum armv6_priv {
    V6_PTE_BITS = 0 /* attribute and type bits of a window's small page */
};

/* Take a line from the other CPUs before an operation that would not reach them. */
#define V6_P_OWN_LINE BE_P_OWN(0)

/* What a row may depend on, beside the CPU. */
#define V6_ALIASES 1u /* lines are found by virtual address */
#define V6_SHARED  2u /* several CPUs use one buffer */

/* Policy row of this CPU. */
const struct dmacoh_policy *armv6_policy(uint32_t midr, uint32_t have);

#endif
