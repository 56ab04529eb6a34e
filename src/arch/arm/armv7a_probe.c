/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Which CPU this is, and whether it fits the others. Sources: [ARM-CTR], [ARM-MPIDR]. */
#include "armv7a.h"
#include "armv7a_insn.h"

#define MPIDR_MP 0x80000000u /* multiprocessing extensions: broadcasting operations exist */

#define CTR_DMINLINE(ctr) ((ctr) >> 16 & 15u)
#define CTR_CWG(ctr)      ((ctr) >> 24 & 15u)
#define CWG_UNKNOWN       9u /* no figure: the architecture's largest granule, 512 words */

/* Bytes; the fields are log2 of words. */
uint32_t armv7a_step(uint32_t ctr)
{
    return 4u << CTR_DMINLINE(ctr);
}

uint32_t armv7a_granule(uint32_t ctr)
{
    const uint32_t granule = 4u << (CTR_CWG(ctr) != 0 ? CTR_CWG(ctr) : CWG_UNKNOWN);

    return granule > armv7a_step(ctr) ? granule : armv7a_step(ctr);
}

static int probe_other(const struct dmacoh *c)
{
    const uint32_t ctr = insn_read_ctr();

    /* A smaller line would be skipped by the loops, a larger granule would cross owners. */
    if (armv7a_step(ctr) < c->step || armv7a_granule(ctr) > c->line) {
        return DMACOH_E_UNSUPP;
    }
    if ((armv7a_policy(insn_read_midr())->flags & ~c->policy->flags) != 0) {
        return DMACOH_E_UNSUPP; /* an erratum that the boot CPU does not have */
    }
    return DMACOH_OK;
}

int dmacoh_armv7a_probe(struct dmacoh *c, bool boot_cpu)
{
    if (!boot_cpu) {
        return probe_other(c);
    }
    const uint32_t ctr = insn_read_ctr();

    c->policy = armv7a_policy(insn_read_midr());
    c->step = armv7a_step(ctr);
    c->line = armv7a_granule(ctr);
    c->page_shift = 12;
    if (c->line > 1u << c->page_shift) {
        return DMACOH_E_UNSUPP;
    }
    if (c->ncpus > 1u && (insn_read_mpidr() & MPIDR_MP) == 0) {
        return DMACOH_E_UNSUPP; /* neither cache nor TLB operations reach another CPU */
    }
    return DMACOH_OK;
}
