/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Which CPU this is, whether it fits the others, and what can snoop it. Source: [PPC-E500-CACHE]. */
#include "e500.h"
#include "e500_insn.h"

/* Line of the level 1 data cache: 32 bytes, 64, 128. The level 2 has lines of the same size. */
#define L1CFG0_LINE(l1cfg0) (32u << ((l1cfg0) >> 23 & 3u))

int dmacoh_e500_probe(struct dmacoh *c, bool boot_cpu)
{
    const struct dmacoh_policy *policy = e500_policy(insn_read_pvr());
    const uint32_t line = L1CFG0_LINE(insn_read_l1cfg0());

    if (!boot_cpu && (policy != c->policy || line != c->line)) {
        return DMACOH_E_UNSUPP;
    }
    c->policy = policy;
    const bool coherent = (ppc_linear_wimg(c, e500_find) & PPC_M) != 0;

    /* Operations on a line would not reach the other CPUs' caches. */
    if (!coherent && c->ncpus > 1u) {
        return DMACOH_E_UNSUPP;
    }
    if (boot_cpu) {
        c->step = line;
        c->line = line;
        c->page_shift = 12;
        c->no_snoop = coherent ? 0 : 1u;
        return DMACOH_OK;
    }
    return DMACOH_WITH_WINDOWS ? e500_windows_free(c) : DMACOH_OK;
}
