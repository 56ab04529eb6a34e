/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Data-cache operations by address, and barriers. Sources: [PA-FDC], [PA-SYNC].
 *
 * The address is the linear map's, whose translation is an ordinary cacheable one: that a line moves in
 * again behind an operation does no harm before a transfer, since it is clean, and is what the purge
 * after a transfer is for.
 */
#include "pa.h"
#include "pa_insn.h"

#include "lines.h"

/* fdc for cleaning as well: nothing cleans a line and keeps it. */
void pa_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);

    if (op == BE_INVAL) {
        FOR_EACH_LINE(c->step, first, end, insn_pdc)
    } else {
        FOR_EACH_LINE(c->step, first, end, insn_fdc)
    }
}

/*
 * BEGIN and RMB stand behind a load that told of a completion: syncdma waits until what the device
 * wrote has left the I/O adapter, and sync lets nothing overtake that. An adapter without anything to
 * wait for takes it as a no-operation. sync alone orders stores and completes cache operations.
 */
void pa_barrier(enum be_bar kind)
{
    switch (kind) {
    case BE_BAR_RMB:
    case BE_BAR_BEGIN:
        insn_syncdma();
        insn_sync();
        break;
    case BE_BAR_WMB:
    case BE_BAR_PUBLISH:
    case BE_BAR_DONE:
        insn_sync();
        break;
    }
}
