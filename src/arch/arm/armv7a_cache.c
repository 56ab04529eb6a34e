/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Data-cache operations by address to the point of coherency, and barriers. Sources: [ARM-DC],
 * [ARM-BARRIER].
 *
 * Operations by address act on every level up to the point of coherency and, for shareable memory, on all
 * CPUs of the domain, whatever the attributes of the mapping they go through. They are ordered only
 * against accesses through the same address, hence BE_BAR_BEGIN; and only a barrier for loads and stores
 * completes them, hence DSB SY and never DSB ST or an inner-shareable one: devices are outside that domain.
 */
#include "armv7a.h"
#include "armv7a_insn.h"

#include "range.h"

/* To the last line, not to one past the end: that is 0 at the top of the address space. */
#define FOR_EACH_LINE(insn)                                                                        \
    for (uintptr_t va = (uintptr_t)unit_first(first, c->step);; va += c->step) {                   \
        insn(va);                                                                                  \
        if (va == end) {                                                                           \
            break;                                                                                 \
        }                                                                                          \
    }

void dmacoh_armv7a_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);

    if (op == BE_CLEAN) {
        FOR_EACH_LINE(insn_dccmvac)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(insn_dcimvac)
    } else {
        FOR_EACH_LINE(insn_dccimvac)
    }
}

void dmacoh_armv7a_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    switch (kind) {
    case BE_BAR_WMB:
        insn_dmb_st();
        break;
    case BE_BAR_RMB:
        insn_dmb();
        break;
    case BE_BAR_PUBLISH:
        /* Stores only: map and sync have completed their operations themselves. */
        insn_dsb_st();
        break;
    case BE_BAR_BEGIN:
    case BE_BAR_DONE:
        insn_dsb();
        break;
    }
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_armv7a_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_armv7a_post_batch(const struct dmacoh *c)
{
    (void)c;
}
