/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Data-cache operations by address, and barriers. Sources: [PPC-E500-CACHE], [PPC-E500-MBAR]. */
#include "e500.h"
#include "e500_insn.h"
#include "ppc_cache.h"

/*
 * The level 2 of e500v1 and v2 is the system's, keeps lines of 32 bytes, and takes part in these
 * operations; so does e500mc's own. There is no outer level.
 */
void dmacoh_e500_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    ppc_op_va(c, op, first, last);
}

/*
 * There is lwsync on none of the older cores, and it orders uncached memory on none: what a reader needs is
 * msync, which is what `sync` is here. Between two stores the order is enough, nobody has to wait.
 */
void dmacoh_e500_barrier(const struct dmacoh *c, enum be_bar kind)
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
void dmacoh_e500_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_e500_post_batch(const struct dmacoh *c)
{
    (void)c;
}
