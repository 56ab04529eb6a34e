/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row. Source: [PPC-860].
 *
 * Nothing snoops this cache, and it loads nothing on its own; but a program may (dcbt), so what a device
 * wrote is invalidated afterwards all the same.
 */
#include "ppc8xx.h"
#include "ppc_policy.h"

#define FLAGS (BE_P_LOCAL_CMO | BE_P_INV_MAY_CLEAN | BE_P_MAY_NOT_SNOOP)

static const struct ppc8xx_cpu {
    uint32_t mask, pvr; /* first row with (PVR & mask) == pvr */
    struct dmacoh_policy policy;
} cpus[] = {
    {0xffff0000u, 0x00500000u, {"mpc8xx", PPC_OPS, FLAGS, 0, UINT32_MAX}},
    {0, 0, {"powerpc with lines of 16 bytes", PPC_OPS, FLAGS, 0, UINT32_MAX}},
};

const struct dmacoh_policy *ppc8xx_policy(uint32_t pvr)
{
    const struct ppc8xx_cpu *cpu = cpus;

    while ((pvr & cpu->mask) != cpu->pvr) {
        cpu++;
    }
    return &cpu->policy;
}
