/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Data-cache operations by address, and barriers. Sources: [ARM-926-C7], [ARM-XSCALE-C7],
 * [ARM-FEROCEON-RANGE].
 *
 * The caches are virtually tagged: an operation finds a line only under the address through which it was
 * filled. The library uses the linear map's address, and that every line of a buffer lies under that
 * one is the host's promise (docs/arch/armv5.md).
 */
#include "armv5.h"
#include "armv5_insn.h"

#include "lines.h"

/*
 * An interrupt between the two could store to another owner's bytes of an edge line, and lose them. The
 * core has masked interrupts (BE_P_IRQ_ATOMIC).
 */
static void clean_then_inval(uintptr_t va)
{
    insn_dccmvac(va);
    insn_dcimvac(va);
}

/*
 * One operation for all lines of a page. The first line waits in a register until the last one comes, and
 * an interrupt whose handler did the same in between would change it; so interrupts are masked here, too.
 */
static void op_range(enum be_op op, uintptr_t start, uintptr_t end)
{
    if (op == BE_CLEAN) {
        insn_clean_first(start);
        insn_clean_last(end);
    } else if (op == BE_INVAL) {
        insn_inval_first(start);
        insn_inval_last(end);
    } else {
        insn_clean_inval_first(start);
        insn_clean_inval_last(end);
    }
}

void dmacoh_armv5_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);

    if ((c->policy->flags & V5_P_RANGES) != 0) {
        op_range(op, (uintptr_t)unit_first(first, c->step), end);
    } else if (op == BE_CLEAN) {
        FOR_EACH_LINE(c->step, first, end, insn_dccmvac)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(c->step, first, end, insn_dcimvac)
    } else if ((c->policy->flags & V5_P_PAIRS) != 0) {
        FOR_EACH_LINE(c->step, first, end, clean_then_inval)
    } else {
        FOR_EACH_LINE(c->step, first, end, insn_dccimvac)
    }
}

/*
 * There is one barrier, which waits for the write buffer and, on XScale, for outstanding loads. It is more
 * than an in-order core needs between loads, but nothing less exists.
 */
void dmacoh_armv5_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    (void)kind;
    insn_drain();
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_armv5_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_armv5_post_batch(const struct dmacoh *c)
{
    (void)c;
}
