/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Which CPU this is, and whether it fits the others. Sources: [ARM-CTR], [ARM-MPIDR]. */
#include "armv7a.h"
#include "armv7a_insn.h"
#include "pl310.h"

#define MPIDR_MP 0x80000000u /* multiprocessing extensions: broadcasting operations exist */

#define CTR_DMINLINE(ctr) ((ctr) >> 16 & 15u)
#define CTR_CWG(ctr)      ((ctr) >> 24 & 15u)
#define CWG_UNKNOWN       9u /* no figure: the architecture's largest granule, 512 words */

/* Bytes; the fields are log2 of words. */
uint32_t armv7a_step(uint32_t ctr)
{
    return 4u << CTR_DMINLINE(ctr);
}

uint32_t armv7a_granule(const struct dmacoh_policy *policy, uint32_t ctr)
{
    uint32_t cwg = CTR_CWG(ctr);

    if (cwg == 0 && (policy->flags & V7_P_ONE_LINE_SIZE) == 0) {
        cwg = CWG_UNKNOWN;
    }
    const uint32_t granule = 4u << cwg;

    return granule > armv7a_step(ctr) ? granule : armv7a_step(ctr);
}

static int probe_other(const struct dmacoh *c)
{
    const uint32_t ctr = insn_read_ctr();
    const uint32_t ours = c->policy->flags | V7_P_ONE_LINE_SIZE;
    const struct dmacoh_policy *row = armv7a_policy(insn_read_midr(), ours & V7_OUTER_FLAGS);
    const uint32_t flags = row->flags;

    /* A smaller line would be skipped by the loops, a larger granule would cross owners. */
    if (armv7a_step(ctr) < c->step || armv7a_granule(row, ctr) > c->line) {
        return DMACOH_E_UNSUPP;
    }

    /* An erratum that the boot CPU does not have, or no CPU that stands before this outer cache. */
    if ((flags & ~ours) != 0 || (ours & ~flags & V7_OUTER_FLAGS) != 0) {
        return DMACOH_E_UNSUPP;
    }
    return DMACOH_OK;
}

/* The outer cache, if the caller names one: its policy flags, and what the drain needs. */
static int probe_outer(struct dmacoh *c, uint32_t *outer)
{
    *outer = 0;
#if DMACOH_WITH_OUTER
    if (c->outer_va != 0) {
        uint32_t sync_reg = 0;
        const int rc = pl310_probe(c, outer, &sync_reg);

        c->be_priv[V7_L2_SYNC] = sync_reg;
        return rc;
    }
#else
    (void)c;
#endif
    return DMACOH_OK;
}

int dmacoh_armv7a_probe(struct dmacoh *c, bool boot_cpu)
{
    if (!boot_cpu) {
        return probe_other(c);
    }
    const uint32_t ctr = insn_read_ctr();
    uint32_t outer;
    const int rc = probe_outer(c, &outer);

    if (rc != DMACOH_OK) {
        return rc;
    }
    c->policy = armv7a_policy(insn_read_midr(), outer);
    c->step = armv7a_step(ctr);
    c->line = armv7a_granule(c->policy, ctr);
    if (outer != 0 && c->line < PL310_LINE) {
        c->line = PL310_LINE;
    }
    c->page_shift = 12;
    if (c->line > 1u << c->page_shift) {
        return DMACOH_E_UNSUPP;
    }
    if (c->ncpus > 1u && (insn_read_mpidr() & MPIDR_MP) == 0) {
        return DMACOH_E_UNSUPP; /* neither cache nor TLB operations reach another CPU */
    }
    return DMACOH_OK;
}
