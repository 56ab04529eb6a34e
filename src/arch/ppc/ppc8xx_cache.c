/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Data-cache operations by address, and barriers. Source: [PPC-860]. */
#include "ppc8xx.h"
#include "ppc8xx_insn.h"
#include "ppc_cache.h"

void dmacoh_ppc8xx_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    ppc_op_va(c, op, first, last);
}

/* One barrier for all: eieio does not keep the order between cached and uncached memory. */
void dmacoh_ppc8xx_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    (void)kind;
    insn_sync();
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_ppc8xx_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_ppc8xx_post_batch(const struct dmacoh *c)
{
    (void)c;
}
