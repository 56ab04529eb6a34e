/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which CPU this is, whether it fits the others, and what can snoop it. Sources: [PPC-603-CACHE],
 * [PPC-7450].
 */
#include "ppc6xx.h"
#include "ppc6xx_insn.h"

#define LINE      32u
#define HID0_ABE  0x00000008u
#define HID1_ABE  0x00000400u
#define HID0_XAEN 0x00020000u /* 7455 and later: BATs and pages of 36 bits */

/* With several CPUs operations have to reach all of them. */
static bool broadcasts(uint32_t flags)
{
    return ((flags & PPC6XX_P_ABE_HID0) == 0 || (insn_read_hid0() & HID0_ABE) != 0) &&
           ((flags & PPC6XX_P_ABE_HID1) == 0 || (insn_read_hid1() & HID1_ABE) != 0);
}

int dmacoh_ppc6xx_probe(struct dmacoh *c, bool boot_cpu)
{
    const struct dmacoh_policy *policy = ppc6xx_policy(insn_read_pvr());

    if (!boot_cpu && policy != c->policy) {
        return DMACOH_E_UNSUPP;
    }
    if ((policy->flags & PPC6XX_P_8BATS_HID0) != 0 && (insn_read_hid0() & HID0_XAEN) != 0) {
        return DMACOH_E_UNSUPP;
    }
    c->policy = policy;
    const bool coherent = (ppc_linear_wimg(c, ppc6xx_find) & PPC_M) != 0;

    /* Without M an operation stays on this CPU. Where the host's tables cannot be read, M is its word. */
    if (c->ncpus > 1u && ((!coherent && c->mmu.root != 0) || !broadcasts(policy->flags))) {
        return DMACOH_E_UNSUPP;
    }
    if (!boot_cpu) {
        if (!coherent && c->no_snoop == 0) {
            return DMACOH_E_UNSUPP;
        }
        return DMACOH_WITH_WINDOWS ? ppc6xx_windows_free(c) : DMACOH_OK;
    }
    c->step = LINE;
    c->line = LINE;
    c->page_shift = 12;
    c->no_snoop = coherent ? 0 : 1u;
    return DMACOH_OK;
}
