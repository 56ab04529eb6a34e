/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Data-cache operations by address, and barriers. Sources: [PPC-405-CACHE], [PPC-440-CACHE]. */
#include "ppc44x.h"
#include "ppc44x_insn.h"
#include "ppc_cache.h"

/* They act whatever the type of the mapping; 476's act on its level 2 as well. There is no outer level. */
void dmacoh_ppc44x_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    ppc_op_va(c, op, first, last);
}

/*
 * Between two stores the order is enough. 440 has one instruction under both names, 476 does not. 405
 * takes the opcode as eieio, and it keeps the order of all accesses there, too.
 */
void dmacoh_ppc44x_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    switch (kind) {
    case BE_BAR_WMB:
        insn_mbar();
        break;
    case BE_BAR_RMB:
    case BE_BAR_PUBLISH:
    case BE_BAR_BEGIN:
    case BE_BAR_DONE:
        insn_sync();
        break;
    }
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_ppc44x_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_ppc44x_post_batch(const struct dmacoh *c)
{
    (void)c;
}
