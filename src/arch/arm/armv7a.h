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

/* Run-time facts in struct dmacoh, be_priv[]. */
enum armv7a_priv {
    V7_PTE_BITS = 0, /* attribute and type bits of a window's small page */
    V7_PTE_CLEAN,    /* the walker does not see the data cache: clean entries to the PoC */
    V7_TLB_LOCAL     /* windows: invalidate on this CPU only */
};

/* Policy row of this CPU. */
const struct dmacoh_policy *armv7a_policy(uint32_t midr);

/* Smallest and largest line, in bytes, from CTR. */
uint32_t armv7a_step(uint32_t ctr);
uint32_t armv7a_granule(uint32_t ctr);

/* Make an entry visible to the walkers of all CPUs, up to but without the barrier. */
void armv7a_entry_store(const struct dmacoh *c, uintptr_t entry, uint32_t value);

#endif
