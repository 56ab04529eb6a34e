/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Operations that are missing, or come at the wrong moment.
 *
 * Drivers as their authors shipped them, reduced to what one transfer does: cache operations,
 * barriers, registers and accesses, in their order. The machine does not know who owns what here:
 * nothing is reported before the damage is done. With `cured` (an argument) the operation is added
 * or taken away that the exhibit names as its cure, and nothing else.
 */
#include "insn/armv7a_insn.h"
#include "museum_drivers.h"
#include "museum_place.h"

void museum_raw_inval_before(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    (void)sim_load8(va); /* the sector that was read before is in the cache */
    museum_inval(va, MUSEUM_LINE);
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    if (cured) {
        museum_inval(va, MUSEUM_LINE);
    }
    (void)sim_load8(va);
}

void museum_raw_dirty_before(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    sim_store8(va, 0xa0); /* whoever had the buffer before wrote into it */
    insn_dsb();
    if (cured) {
        museum_clean_inval(va, MUSEUM_LINE);
    }
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    museum_inval(va, MUSEUM_LINE);
    (void)sim_load8(va);
}

static void outer_inval(uint32_t pa)
{
    sim_outer_inval(pa);
    museum_outer_done();
}

void museum_raw_l1_before_l2(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    (void)sim_load8(va); /* what was received before is in both caches */
    museum_inval(va, museum_layout.line);
    outer_inval(MUSEUM_BUF);
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    if (cured) {
        outer_inval(MUSEUM_BUF);
        museum_inval(va, museum_layout.line);
    } else {
        museum_inval(va, museum_layout.line);
        outer_inval(MUSEUM_BUF);
    }
    (void)sim_load8(va);
}

void museum_other_fills(void *arg)
{
    (void)arg;
    sim_store8(MUSEUM_VA(MUSEUM_BUF), 0xa0);
    museum_pass_on();
}

/* The machine's operations act on this CPU's cache only; when cured, on all caches. */
void museum_raw_index_two_cpus(void *arg)
{
    (void)arg;
    museum_take_over();
    museum_clean(MUSEUM_VA(MUSEUM_BUF), MUSEUM_LINE);
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
}

void museum_raw_inval_without_dma(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    sim_store8(va + MUSEUM_SHORT,
               0x77); /* a local variable of the caller, who queues the request */
    insn_dsb();
    sim_store8(va, 0x51); /* the data, byte by byte from the device's FIFO */
    MUSEUM_WAIT_INTERRUPT();
    if (!cured) {
        museum_inval(va, MUSEUM_SHORT);
    }
    (void)sim_load8(va);
    (void)sim_load8(va + MUSEUM_SHORT);
}
