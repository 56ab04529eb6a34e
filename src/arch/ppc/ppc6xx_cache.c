/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Data-cache operations by address, and barriers. Sources: [PPC-603-CACHE], [PPC-750-CACHE]. */
#include "ppc6xx.h"
#include "ppc6xx_insn.h"
#include "ppc_cache.h"

/* Level 2 caches, inside or beside the CPU, take part in these operations. There is no outer level. */
void dmacoh_ppc6xx_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    ppc_op_va(c, op, first, last);
}

/*
 * One barrier for all: eieio keeps the order within cached memory and within uncached, guarded memory,
 * but not between the two, and coherent memory may be either.
 */
void dmacoh_ppc6xx_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    (void)kind;
    insn_sync();
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_ppc6xx_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_ppc6xx_post_batch(const struct dmacoh *c)
{
    (void)c;
}
