/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row. Sources: [PPC-E500-CACHE],
 * [PPC-E500MC].
 *
 * Loads are speculative, and several lines may be on their way at once, so a line that was removed may be
 * back before the device has written: what it wrote is invalidated afterwards, always.
 */
#include "e500.h"
#include "ppc_policy.h"

#define FLAGS (BE_P_SPECULATES | BE_P_INV_MAY_CLEAN | BE_P_MAY_NOT_SNOOP)

#define VERSION 0xffff0000u

static const struct e500_cpu {
    uint32_t mask, pvr; /* first row with (PVR & mask) == pvr */
    struct dmacoh_policy policy;
} cpus[] = {
    {VERSION, 0x80200000u, {"e500v1", PPC_OPS, FLAGS, 0, UINT32_MAX}},
    {VERSION, 0x80210000u, {"e500v2", PPC_OPS, FLAGS | E500_P_PA36, 0, UINT32_MAX}},
    {VERSION, 0x80230000u, {"e500mc", PPC_OPS, FLAGS | E500_P_PA36, 0, UINT32_MAX}},
    {0, 0, {"e500", PPC_OPS, FLAGS, 0, UINT32_MAX}},
};

const struct dmacoh_policy *e500_policy(uint32_t pvr)
{
    const struct e500_cpu *cpu = cpus;

    while ((pvr & cpu->mask) != cpu->pvr) {
        cpu++;
    }
    return &cpu->policy;
}
