/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row. Sources: [PPC-405-CACHE],
 * [PPC-440-CACHE], [PPC-476].
 *
 * On 440 and its successors line fills start speculatively, even for stores on a path that is not taken:
 * what a device wrote is invalidated afterwards, always. 405 does not, but a program may (dcbt), and it
 * gets the same. No operation reaches the caches of another CPU.
 */
#include "ppc44x.h"
#include "ppc_policy.h"

#define F405 (BE_P_LOCAL_CMO | BE_P_MAY_NOT_SNOOP | PPC44X_P_405)
#define F440 (BE_P_SPECULATES | BE_P_LOCAL_CMO | BE_P_MAY_NOT_SNOOP)
#define F476 (F440 | BE_P_INV_MAY_CLEAN | PPC44X_P_476)

#define VERSION 0xffff0000u

static const struct ppc44x_cpu {
    uint32_t mask, pvr; /* first row with (PVR & mask) == pvr */
    struct dmacoh_policy policy;
} cpus[] = {
    {VERSION, 0x40110000u, {"405gp", PPC_OPS, F405, 0, UINT32_MAX}},
    {VERSION, 0x50910000u, {"405gpr", PPC_OPS, F405, 0, UINT32_MAX}},
    {VERSION, 0x51210000u, {"405ep", PPC_OPS, F405, 0, UINT32_MAX}},
    {VERSION, 0x41510000u, {"405ez", PPC_OPS, F405, 0, UINT32_MAX}},
    {VERSION, 0x12910000u, {"405ex", PPC_OPS, F405, 0, UINT32_MAX}},
    {VERSION, 0x20010000u, {"405 in virtex", PPC_OPS, F405, 0, UINT32_MAX}},
    {VERSION, 0x11a50000u, {"476", PPC_OPS, F476, 0, UINT32_MAX}},
    {VERSION, 0x7ff50000u, {"476fpe", PPC_OPS, F476, 0, UINT32_MAX}},
    {VERSION, 0x13020000u, {"460ex, 460gt", PPC_OPS, F440, 0, UINT32_MAX}},
    {0, 0, {"440", PPC_OPS, F440, 0, UINT32_MAX}},
};

const struct dmacoh_policy *ppc44x_policy(uint32_t pvr)
{
    const struct ppc44x_cpu *cpu = cpus;

    while ((pvr & cpu->mask) != cpu->pvr) {
        cpu++;
    }
    return &cpu->policy;
}
