/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What raw drivers have in common, and do right: loops over the lines of a range, the change of a
 * page's translation, the hand-over between CPUs.
 */
#include "insn/armv7a_insn.h"
#include "insn/pl310_insn.h"
#include "museum_drivers.h"
#include "museum_place.h"

#define OUTER_SYNC     0x730u /* register of a PL310 */
#define FIRST_LINE(va) ((va) & ~(museum_layout.line - 1u))

void museum_clean(uint32_t va, uint32_t len)
{
    for (uint32_t at = FIRST_LINE(va); at < va + len; at += museum_layout.line) {
        insn_dccmvac(at);
    }
    insn_dsb();
}

void museum_inval(uint32_t va, uint32_t len)
{
    for (uint32_t at = FIRST_LINE(va); at < va + len; at += museum_layout.line) {
        insn_dcimvac(at);
    }
    insn_dsb();
}

void museum_clean_inval(uint32_t va, uint32_t len)
{
    for (uint32_t at = FIRST_LINE(va); at < va + len; at += museum_layout.line) {
        insn_dccimvac(at);
    }
    insn_dsb();
}

/* Operations by address were posted; the controller has taken them when it has taken a SYNC. */
void museum_outer_done(void)
{
    if (museum_layout.outer != 0) {
        insn_l2_write(museum_layout.outer + OUTER_SYNC, 0);
    }
    insn_dsb();
}

/* Break-before-make: no CPU has a translation between the two. */
void museum_page_break(void)
{
    sim_store32(MUSEUM_VA(MUSEUM_PAGE_TABLE), 0);
    insn_dsb();
    insn_tlbimvaais(MUSEUM_PAGE_VA);
    insn_dsb();
    insn_isb();
}

void museum_page_make(enum sim_memtype type)
{
    sim_store32(MUSEUM_VA(MUSEUM_PAGE_TABLE), sim_small_page(MUSEUM_PAGE, type));
    insn_dsb();
    insn_isb();
}

void museum_pass_on(void)
{
    insn_dsb();
    sim_flag_set(museum_wires.passed_on, 1);
}

void museum_take_over(void)
{
    sim_wait(museum_wires.passed_on, 1);
}
