/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Data-cache operations by address, and barriers. Sources: [ARM-1176-C7], [ARM-11MP-CMO].
 *
 * There are operations on address ranges, too (MCRR). They are not used: ARM11 MPCore has none, and one of
 * them keeps an interrupt waiting for as long as its range is, which a loop never does.
 */
#include "armv6.h"
#include "armv6_insn.h"
#include "mem_insn.h"

#include "lines.h"

/*
 * ARM11 MPCore keeps its data caches coherent, but an operation acts on the cache of its own CPU only. So
 * the line is brought here first: a load takes over, or has written back, what another CPU holds dirty,
 * which is enough to clean it; a store makes this CPU the only holder, which an invalidation needs.
 *
 * The byte that is loaded and stored back is one of the caller's: a byte beside it may belong to somebody
 * who stores to it at this moment, and that store would be lost. An interrupt between the load and the
 * store does no harm, since its handler does not own the byte either. A store to a neighbour's byte on
 * another CPU could take the line away before the operation comes, dirty as it is: so lines with neighbours
 * are bounced, also on the way to the device (BE_P_LINES_LEAVE).
 *
 * Once the device has written this is no way any more: the store could put an old byte over its data. So
 * nothing is done then, and nothing may have been prefetched meanwhile: BE_P_NO_PREFETCH.
 */
static void op_owned(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);
    uintptr_t byte = first;

    for (uintptr_t va = (uintptr_t)unit_first(first, c->step);; va += c->step) {
        const uint8_t value = insn_load8(byte);

        if (op == BE_CLEAN) {
            insn_dccmvac(va);
        } else {
            insn_store8(byte, value);
            if (op == BE_INVAL) {
                insn_dcimvac(va);
            } else {
                insn_dccimvac(va);
            }
        }
        if (va == end) {
            break;
        }
        byte = va + c->step;
    }
}

void dmacoh_armv6_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);

    if ((c->policy->flags & V6_P_OWN_LINE) != 0) {
        op_owned(c, op, first, last);
    } else if (op == BE_CLEAN) {
        FOR_EACH_LINE(c->step, first, end, insn_dccmvac)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(c->step, first, end, insn_dcimvac)
    } else {
        FOR_EACH_LINE(c->step, first, end, insn_dccimvac)
    }
}

/* Barriers have no options on these CPUs: all of them are for loads and stores, and the full system. */
void dmacoh_armv6_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    switch (kind) {
    case BE_BAR_WMB:
    case BE_BAR_RMB:
        insn_dmb();
        break;
    case BE_BAR_PUBLISH:
    case BE_BAR_BEGIN:
    case BE_BAR_DONE:
        insn_dsb();
        break;
    }
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_armv6_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_armv6_post_batch(const struct dmacoh *c)
{
    (void)c;
}
