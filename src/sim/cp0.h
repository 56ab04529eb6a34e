/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file cp0.h
 * @brief CP0 of MIPS, private: what its registers and its TLB instructions share.
 */
#ifndef DMACOH_SIM_CP0_H
#define DMACOH_SIM_CP0_H

#include "engine.h"
#include "soft_tlb.h"

#define CP0_TLB_SIZE 16u /* entries of MIPS; the machine has more */
#define CP0_MISS     0x80000000u
#define CP0_MASK     0x1fffe000u /* bits of PageMask */

#define CP0_CBR 0x11fa0000u /* BMIPS: where the CPU's registers are */

/* The C field of EntryLo, and Config.K0. */
#define CP0_C_THROUGH     0u
#define CP0_C_UNCACHED    2u
#define CP0_C_CACHED      3u
#define CP0_C_COHERENT    5u
#define CP0_C_ACCELERATED 7u

/* What Config.K0 says of cached memory. */
static inline uint32_t cp0_coherency(const struct sim *s)
{
    return s->m.coherent_l1 ? CP0_C_COHERENT : CP0_C_CACHED;
}

static inline uint32_t cp0_log2(uint32_t n)
{
    uint32_t r = 0;

    for (; n > 1; n >>= 1) {
        r++;
    }
    return r;
}

/* The running CPU's; CPU 0's in setup. */
static inline struct soft_tlb *cp0_tlb(struct sim *s)
{
    return &s->soft[s->in_setup ? 0 : sim_agent];
}

/* Reports an operation that the architecture leaves undefined, and ends the run. */
void cp0_undefined(struct sim *s, const char *what);
/* The same on a machine that is no MIPS. */
void cp0_demand(struct sim *s);

#endif
