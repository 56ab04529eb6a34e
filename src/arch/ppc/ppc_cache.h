/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc_cache.h
 * @brief Data-cache operations by address. Private.
 *
 * Every PowerPC has the same three instructions. Some CPUs clean what dcbi should only invalidate: a matter
 * of the row (BE_P_INV_MAY_CLEAN). Sources: [PPC-440-CACHE], [PPC-405-CACHE], [PPC-E500-CACHE].
 */
#ifndef DMACOH_PPC_CACHE_H
#define DMACOH_PPC_CACHE_H

#include "backend.h"
#include "lines.h"
#include "ppc_insn.h"

static inline void ppc_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t end = (uintptr_t)unit_first(last, c->step);

    if (op == BE_CLEAN) {
        FOR_EACH_LINE(c->step, first, end, insn_dcbst)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(c->step, first, end, insn_dcbi)
    } else {
        FOR_EACH_LINE(c->step, first, end, insn_dcbf)
    }
}

#endif
