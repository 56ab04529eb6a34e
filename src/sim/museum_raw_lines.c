/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The wrong lines: shared ones, one too few, one too many.
 *
 * Drivers as their authors shipped them, reduced to what one transfer does: cache operations,
 * barriers, registers and accesses, in their order. The machine does not know who owns what here:
 * nothing is reported before the damage is done. With `cured` (an argument) the operation is added
 * or taken away that the exhibit names as its cure, and nothing else.
 */
#include "insn/armv7a_insn.h"
#include "museum_drivers.h"
#include "museum_place.h"

/* From the start of the device to the data; prepared before, taken back afterwards. */
static void transfer(uint32_t pa)
{
    MUSEUM_START(pa);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
}

void museum_raw_not_padded(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const uint32_t heap = va + (arg != NULL ? MUSEUM_LINE : MUSEUM_SHORT); /* cured: padded */

    museum_clean_inval(va, MUSEUM_SHORT);
    MUSEUM_START(MUSEUM_BUF);
    sim_store8(heap, 0x77); /* the heap uses what follows, and releases its lock */
    insn_dsb();
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    museum_inval(va, MUSEUM_SHORT);
    (void)sim_load8(va);
    (void)sim_load8(heap);
}

void museum_raw_edge_dropped(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    sim_store8(va + MUSEUM_SHORT, 0x77); /* the neighbour, some time before */
    insn_dsb();
    if (cured) {
        museum_clean_inval(va, MUSEUM_SHORT);
    } else {
        museum_inval(va, MUSEUM_SHORT);
    }
    transfer(MUSEUM_BUF);
    museum_inval(va, MUSEUM_SHORT);
    (void)sim_load8(va);
    (void)sim_load8(va + MUSEUM_SHORT);
}

void museum_interrupt_writes(void *arg)
{
    (void)arg;
    sim_store8(MUSEUM_VA(MUSEUM_BUF), 0x77);
}

/* An invalidation that keeps what shares the first line: by two operations, or by one. */
static void inval_range_with_edge(uint32_t va, uint32_t len, bool one_step)
{
    const uint32_t edge = va & ~(MUSEUM_LINE - 1u);

    if (one_step) {
        insn_dccimvac(edge);
    } else {
        insn_dccmvac(edge);
        insn_dcimvac(edge);
    }
    museum_inval(edge + MUSEUM_LINE, len - (edge + MUSEUM_LINE - va));
}

void museum_raw_edge_two_steps(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_UNALIGNED);
    const bool cured = arg != NULL;

    inval_range_with_edge(va, MUSEUM_LONG, cured);
    transfer(MUSEUM_UNALIGNED);
    inval_range_with_edge(va, MUSEUM_LONG, cured);
    (void)sim_load8(va + MUSEUM_LINE / 2u);
    (void)sim_load8(MUSEUM_VA(MUSEUM_BUF));
}

/* The exhibit is this loop: it steps by lines from wherever the buffer begins. */
static void clean_range_from_start(uint32_t va, uint32_t len)
{
    for (uint32_t at = va; at < va + len; at += MUSEUM_LINE) {
        insn_dccmvac(at);
    }
    insn_dsb();
}

void museum_raw_unaligned_start(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_UNALIGNED);
    const bool cured = arg != NULL;

    sim_store8(va, 0xa0);
    sim_store8(va + MUSEUM_LINE - 1u, 0xa1);
    insn_dsb();
    clean_range_from_start(va, MUSEUM_LINE + (cured ? MUSEUM_LINE / 2u : 0u));
    MUSEUM_START(MUSEUM_UNALIGNED);
    MUSEUM_WAIT_INTERRUPT();
}

/* The exhibit is this loop: `end` is the first byte behind the range, and gets its line dropped. */
static void outer_inval_range(uint32_t pa, uint32_t end, bool cured)
{
    for (uint32_t at = pa; cured ? at < end : at <= end; at += museum_layout.line) {
        sim_outer_inval(at);
    }
    museum_outer_done();
}

void museum_raw_loop_too_far(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    sim_store8(va + MUSEUM_LINE, 0x77); /* whatever lies behind the buffer */
    insn_dsb();
    museum_inval(va, MUSEUM_LINE);
    outer_inval_range(MUSEUM_BUF, MUSEUM_BUF + MUSEUM_LINE, cured);
    transfer(MUSEUM_BUF);
    outer_inval_range(MUSEUM_BUF, MUSEUM_BUF + MUSEUM_LINE, cured);
    museum_inval(va, MUSEUM_LINE);
    (void)sim_load8(va);
    (void)sim_load8(va + MUSEUM_LINE);
}

/* The exhibit is this check: a range that does not begin at a line is left alone, all of it. */
static void inval_range_checked(uint32_t va, uint32_t len, bool cured)
{
    if (!cured && va % MUSEUM_LINE != 0) {
        return; /* with a warning on the console */
    }
    museum_inval(va, len);
}

void museum_raw_misaligned_skip(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_UNALIGNED);
    const bool cured = arg != NULL;

    (void)sim_load8(va); /* what was received before */
    inval_range_checked(va, MUSEUM_LINE / 2u, cured);
    transfer(MUSEUM_UNALIGNED);
    inval_range_checked(va, MUSEUM_LINE / 2u, cured);
    (void)sim_load8(va);
}
