/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Which CPU this is, and whether it fits the others. Source: [ARM-1176-CTR]. */
#include "armv6.h"
#include "armv6_insn.h"

/* The cache type register as it was before ARMv7, which has bit 31 set. */
#define CTR_V7          0x80000000u
#define CTR_SEPARATE    0x01000000u
#define CTR_D_ALIAS     0x00800000u /* bits 13:12 of addresses must agree */
#define CTR_D_LINE(ctr) (8u << ((ctr) >> 12 & 3u))

static uint32_t have(const struct dmacoh *c, uint32_t ctr)
{
    const bool shared = c->ncpus > 1u && (c->flags & DMACOH_F_CPU_AFFINE) == 0;

    return ((ctr & CTR_D_ALIAS) != 0 ? V6_ALIASES : 0) | (shared ? V6_SHARED : 0);
}

int dmacoh_armv6_probe(struct dmacoh *c, bool boot_cpu)
{
    const uint32_t ctr = insn_read_ctr();

    /* A unified cache has other operations; none of these CPUs has one. */
    if ((ctr & (CTR_V7 | CTR_SEPARATE)) != CTR_SEPARATE) {
        return DMACOH_E_UNSUPP;
    }
    const struct dmacoh_policy *policy = armv6_policy(insn_read_midr(), have(c, ctr));

    if (boot_cpu) {
        c->policy = policy;
        c->step = CTR_D_LINE(ctr);
        c->line = c->step;
        c->page_shift = 12;
        return DMACOH_OK;
    }
    return policy == c->policy && CTR_D_LINE(ctr) == c->step ? DMACOH_OK : DMACOH_E_UNSUPP;
}
