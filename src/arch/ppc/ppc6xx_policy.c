/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row. Sources: [PPC-603-CACHE],
 * [PPC-750-CACHE], [PPC-7400-CACHE], [PPC-7450].
 *
 * Usually masters snoop these caches, and nothing of this is needed. Where they do not, lines come back
 * by speculative loads, so what a device wrote is invalidated afterwards. Several CPUs snoop each other;
 * whether an operation reaches the others is a matter of the kind.
 */
#include "ppc6xx.h"
#include "ppc_policy.h"

#define FLAGS  (BE_P_SPECULATES | BE_P_INV_MAY_CLEAN | BE_P_MAY_NOT_SNOOP)
#define ALONE  (FLAGS | BE_P_LOCAL_CMO)
#define F603E  (FLAGS | PPC6XX_P_ABE_HID0)
#define FE300  (F603E | PPC6XX_P_8BATS_HID2)
#define F750FX (F603E | PPC6XX_P_8BATS)
#define F7450  (FLAGS | PPC6XX_P_ABE_HID1)
#define F7455  (F7450 | PPC6XX_P_8BATS_HID0)

#define VERSION 0xffff0000u

static const struct ppc6xx_cpu {
    uint32_t mask, pvr; /* first row with (PVR & mask) == pvr */
    struct dmacoh_policy policy;
} cpus[] = {
    {VERSION, 0x00060000u, {"603e", PPC_OPS, F603E, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x00070000u, {"603ev", PPC_OPS, F603E, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x00810000u, {"g2 in 8240", PPC_OPS, F603E, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80810000u, {"g2 in 8260", PPC_OPS, F603E, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80820000u, {"g2_le", PPC_OPS, FE300, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80830000u, {"e300c1", PPC_OPS, FE300, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80840000u, {"e300c2", PPC_OPS, FE300, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80850000u, {"e300c3", PPC_OPS, FE300, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80860000u, {"e300c4", PPC_OPS, FE300, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x00040000u, {"604", PPC_OPS, FLAGS, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x00090000u, {"604e", PPC_OPS, FLAGS, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x000a0000u, {"604r", PPC_OPS, FLAGS, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x00080000u, {"750", PPC_OPS, F603E, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x70000000u, {"750fx", PPC_OPS, F750FX, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x70020000u, {"750gx", PPC_OPS, F750FX, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x000c0000u, {"7400", PPC_OPS, ALONE, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x800c0000u, {"7410", PPC_OPS, ALONE, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80000000u, {"7450", PPC_OPS, F7450, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80010000u, {"7455", PPC_OPS, F7455, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80020000u, {"7447, 7457", PPC_OPS, F7455, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80030000u, {"7447a", PPC_OPS, F7455, BAT_BLOCK, UINT32_MAX}},
    {VERSION, 0x80040000u, {"7448", PPC_OPS, F7455, BAT_BLOCK, UINT32_MAX}},
    {0, 0, {"classic powerpc", PPC_OPS, ALONE, BAT_BLOCK, UINT32_MAX}},
};

const struct dmacoh_policy *ppc6xx_policy(uint32_t pvr)
{
    const struct ppc6xx_cpu *cpu = cpus;

    while ((pvr & cpu->mask) != cpu->pvr) {
        cpu++;
    }
    return &cpu->policy;
}
