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
#include "pl310.h"

#include "lines.h"

void dmacoh_armv7a_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);

    if (op == BE_CLEAN) {
        FOR_EACH_LINE(c->step, first, end, insn_dccmvac)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(c->step, first, end, insn_dcimvac)
    } else {
        FOR_EACH_LINE(c->step, first, end, insn_dccimvac)
    }
}

static bool has_pl310(const struct dmacoh *c)
{
    return DMACOH_WITH_OUTER && c->be_priv[V7_L2_SYNC] != 0;
}

/*
 * Stores to uncached memory stay in the controller's buffer, which answers for them at once: so no
 * barrier of the CPU waits for them, no manual says in which order they leave it, and before r3p2 they may
 * stay for ever (769419).
 */
static void drain(const struct dmacoh *c)
{
#if DMACOH_WITH_OUTER
    pl310_drain(c, (uint32_t)c->be_priv[V7_L2_SYNC]);
    insn_dsb();
#else
    (void)c;
#endif
}

void dmacoh_armv7a_barrier(const struct dmacoh *c, enum be_bar kind)
{
    switch (kind) {
    case BE_BAR_WMB:
        if (!has_pl310(c)) {
            insn_dmb_st();
            break;
        }
        insn_dsb_st();
        drain(c);
        break;
    case BE_BAR_RMB:
        insn_dmb();
        break;
    case BE_BAR_PUBLISH:
        /* Stores only: map and sync have completed their operations themselves. */
        insn_dsb_st();
        if (has_pl310(c)) {
            drain(c);
        }
        break;
    case BE_BAR_BEGIN:
    case BE_BAR_DONE:
    default:
        insn_dsb();
        break;
    }
}

/* Policy has the bit only if there is a controller; its addresses have 32 bits, as those of its CPUs. */
void dmacoh_armv7a_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
#if DMACOH_WITH_OUTER
    pl310_op(c, (uint32_t)c->be_priv[V7_L2_SYNC], op, (uint32_t)first, (uint32_t)last);
#else
    (void)c;
    (void)op;
    (void)first;
    (void)last;
#endif
}

/* Policy has no such bit: the core never comes here. */
void dmacoh_armv7a_post_batch(const struct dmacoh *c)
{
    (void)c;
}
