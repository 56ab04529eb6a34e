/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which CPU this is, whether it fits the others, and what can snoop it. Sources: [PPC-440-CACHE],
 * [PPC-476].
 */
#include "ppc44x.h"
#include "ppc44x_insn.h"

#define LINE        32u
#define LINE_L2_476 128u

/* No register tells the size of a line; 476 is the only one with two. */
int dmacoh_ppc44x_probe(struct dmacoh *c, bool boot_cpu)
{
    const struct dmacoh_policy *policy = ppc44x_policy(insn_read_pvr());
    const bool is_476 = (policy->flags & PPC44X_P_476) != 0;

    if (!boot_cpu && policy != c->policy) {
        return DMACOH_E_UNSUPP;
    }
    c->policy = policy;
    const bool snooped = is_476 && (ppc_linear_wimg(c, ppc44x_find) & PPC_M) != 0;

    if (!boot_cpu) {
        return snooped || c->no_snoop != 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
    }
    c->step = LINE;
    c->line = is_476 ? LINE_L2_476 : LINE;
    c->page_shift = 12;
    c->no_snoop = snooped ? 0 : 1u;
    return DMACOH_OK;
}
