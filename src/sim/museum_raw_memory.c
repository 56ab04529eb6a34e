/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Order of accesses, attributes of a page, contents of a bounce slot.
 *
 * Drivers as their authors shipped them, reduced to what one transfer does: cache operations,
 * barriers, registers and accesses, in their order. The machine does not know who owns what here:
 * nothing is reported before the damage is done. With `cured` (an argument) the operation is added
 * or taken away that the exhibit names as its cure, and nothing else.
 */
#include "insn/armv7a_insn.h"
#include "museum_drivers.h"
#include "museum_place.h"

void museum_raw_own_after_doorbell(void *arg)
{
    const uint32_t desc = MUSEUM_UNCACHED(MUSEUM_DESC);
    const bool cured = arg != NULL;

    sim_store32(desc + MUSEUM_DESC_ADDR, MUSEUM_BUF);
    insn_dmb();
    sim_store32(desc + MUSEUM_DESC_OWN, 1);
    if (cured) {
        insn_dsb();
    }
    MUSEUM_START(MUSEUM_DESC);
}

void museum_raw_no_status_read(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const bool cured = arg != NULL;

    museum_clean_inval(va, MUSEUM_LINE);
    MUSEUM_START(MUSEUM_BUF);
    MUSEUM_WAIT_INTERRUPT();
    if (cured) {
        MUSEUM_READ_STATUS();
    }
    insn_dmb();
    museum_inval(va, MUSEUM_LINE);
    (void)sim_load8(va);
}

void museum_raw_remap_too_late(void *arg)
{
    const bool cured = arg != NULL;

    museum_clean_inval(MUSEUM_PAGE_VA, MUSEUM_LINE); /* a page from the allocator */
    museum_page_break();
    museum_page_make(SIM_MEM_UNCACHED);
    if (cured) {
        museum_clean_inval(MUSEUM_PAGE_VA, MUSEUM_LINE);
    }
    MUSEUM_START(MUSEUM_PAGE);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    museum_page_break(); /* it becomes an ordinary page again, with what the device wrote */
    museum_page_make(SIM_MEM_CACHED);
    (void)sim_load8(MUSEUM_PAGE_VA);
}

/* The uncached page goes back to the allocator. */
void museum_raw_freed_too_early(void *arg)
{
    const bool cured = arg != NULL;

    if (!cured) {
        museum_pass_on();
    }
    sim_store32(MUSEUM_VA(MUSEUM_PAGE_TABLE), 0);
    insn_dsb();
    if (cured) {
        insn_tlbimvaais(MUSEUM_PAGE_VA);
    } else {
        insn_tlbimva(MUSEUM_PAGE_VA); /* this CPU's TLB only */
    }
    insn_dsb();
    insn_isb();
    museum_page_make(SIM_MEM_CACHED);
    if (cured) {
        museum_pass_on();
    }
}

/* On another CPU the allocator gives it to somebody else. */
void museum_raw_freed_other(void *arg)
{
    (void)arg;
    museum_take_over();
    sim_store8(MUSEUM_PAGE_VA, 0x5a);
    (void)sim_load8(MUSEUM_PAGE_VA);
}

/* The device writes less than it was asked for; the first and the last byte stand for all. */
void museum_raw_bounce_garbage(void *arg)
{
    const uint32_t va = MUSEUM_VA(MUSEUM_BUF);
    const uint32_t slot = MUSEUM_UNCACHED(MUSEUM_SLOT);
    const uint32_t last = MUSEUM_LINE - 1u;
    const bool cured = arg != NULL;

    if (cured) {
        sim_store8(slot, sim_load8(va));
        sim_store8(slot + last, sim_load8(va + last));
        insn_dsb();
    }
    MUSEUM_START(MUSEUM_SLOT);
    MUSEUM_WAIT_INTERRUPT();
    MUSEUM_READ_STATUS();
    insn_dmb();
    sim_store8(va, sim_load8(slot));
    sim_store8(va + last, sim_load8(slot + last));
    sim_expect8(va, 0x51);
    sim_expect8(va + last, 0x80 + last); /* what the device did not write is as it was */
}
