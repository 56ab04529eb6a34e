/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7a_short.h
 * @brief The bits of short descriptors: inline, since each is asked for in one place. Private.
 */
#ifndef DMACOH_ARMV7A_SHORT_H
#define DMACOH_ARMV7A_SHORT_H

#include "armv7a_insn.h"
#include "armv7a_tables.h"
#include "short_desc.h"

#define NORMAL_NC SHORT_TEX0 /* TEX=001 C=0 B=0 */

#define SCTLR_TRE     0x10000000u
#define TTBR_IRGN     0x00000041u /* bits 6 and 0: inner cacheability of walks */
#define TTBR_RGN      0x00000018u /* bits 4 and 3: outer cacheability */
#define MMFR3_COHWALK 0x00f00000u

static inline bool v7_short_type_is(const struct dmacoh *c, uint32_t bits, uint32_t attr)
{
    if (c->mmu.pte_attr[attr] != 0) {
        return ((bits ^ c->mmu.pte_attr[attr]) & SHORT_TYPE) == 0;
    }
    if ((insn_read_sctlr() & SCTLR_TRE) != 0) {
        return true; /* the encodings are the system's own: only pte_attr can tell them */
    }
    return (bits & SHORT_TYPE) == NORMAL_NC;
}

static inline uint32_t v7_short_window_bits(uint32_t bits)
{
    return (bits & ~(SHORT_AP | SHORT_APX | SHORT_NG)) | SHORT_AP_RW | SHORT_XN | SHORT_SMALL;
}

/*
 * TTBR0 says where walks look, ID_MMFR3 whether the core's own can look into the data caches at all. Walks
 * past these reach an outer cache, unless its cacheability is off as well.
 */
static inline enum v7_pte_clean v7_short_pte_clean(const struct dmacoh *c)
{
    const uint32_t ttbr0 = insn_read_ttbr0();

    if ((ttbr0 & TTBR_IRGN) != 0 && (insn_read_id_mmfr3() & MMFR3_COHWALK) != 0) {
        return V7_SEEN;
    }
#if DMACOH_WITH_OUTER
    if (c->be_priv[V7_L2_SYNC] != 0 && (ttbr0 & TTBR_RGN) == 0) {
        return V7_CLEAN_OUTER;
    }
#else
    (void)c;
#endif
    return V7_CLEAN_INNER;
}

#endif
