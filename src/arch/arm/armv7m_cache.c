/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Data-cache operations by address, and barriers. Sources: [ARM-V7M-CACHE], [ARM-M7-AXIM].
 *
 * An operation is a store to a register on the private peripheral bus; the buffer's own accesses go out
 * through another interface, and between two interfaces nothing is in order without a barrier. So a DSB
 * before the first operation, whatever address the data was stored through, and a DSB after the last.
 * There is no DSB for stores only on these cores: its other options mean the full one.
 *
 * An operation by address acts on the line whatever the MPU says of the address, and on this CPU only.
 */
#include "armv7m.h"
#include "armv7m_insn.h"

#include "lines.h"

#define CCR_DC 0x00010000u /* data cache on */

/*
 * Operations work with the cache off, too, and then they are a danger: a cache that was never switched on
 * may hold garbage from power-on, which a clean would write over memory. Off means that nothing of the
 * buffer can be in it, so there is nothing to do.
 */
void dmacoh_armv7m_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);

    if ((insn_scs_read(SCS_CCR) & CCR_DC) == 0) {
        return;
    }
    if (op == BE_CLEAN) {
        FOR_EACH_LINE(c->step, first, end, insn_dccmvac)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(c->step, first, end, insn_dcimvac)
    } else {
        FOR_EACH_LINE(c->step, first, end, insn_dccimvac)
    }
}

void dmacoh_armv7m_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    switch (kind) {
    case BE_BAR_WMB:
    case BE_BAR_RMB:
        insn_dmb();
        break;
    case BE_BAR_PUBLISH:
    case BE_BAR_BEGIN:
        insn_dsb();
        break;
    case BE_BAR_DONE:
        insn_dsb();
        insn_isb(); /* nothing that was fetched ahead used what is gone now */
        break;
    }
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_armv7m_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_armv7m_post_batch(const struct dmacoh *c)
{
    (void)c;
}
