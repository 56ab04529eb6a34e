/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row and its errata bits.
 *
 * Cortex-A cores speculate, so everything that a device wrote is invalidated afterwards. Before the
 * device writes, a clean is enough: a clean line cannot be evicted over the device's data, and bytes that
 * the device leaves alone are not lost. With OVERWRITE nothing needs to be kept, so lines are dropped;
 * under a hypervisor and on some cores that cleans them as well, before the device starts.
 *
 * Erratum 798181 (Cortex-A15 up to r3p2): a broadcast TLB invalidation may not complete on other CPUs.
 */
#include "armv7a.h"

/* op[dir][transition]: BIDIRECTIONAL, TO_DEVICE, FROM_DEVICE; to device, overwrite, to CPU. */
#define V7_OPS                                                                                     \
    {                                                                                              \
        {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                              \
        {                                                                                          \
            BE_CLEAN, BE_INVAL, BE_INVAL                                                           \
        }                                                                                          \
    }
#define V7_FLAGS (BE_P_SPECULATES | BE_P_TLB_BCAST | BE_P_INV_MAY_CLEAN)

struct armv7a_cpu {
    uint32_t mask, midr; /* first row with (MIDR & mask) == midr */
    struct dmacoh_policy policy;
};

#define MIDR_PART    0xff0ffff0u /* implementer, architecture, part */
#define MIDR_VARIANT 0xfffffff0u /* the same, and the major revision */
#define MIDR_EXACT   0xffffffffu

static const struct armv7a_cpu cpus[] = {
    {MIDR_EXACT, 0x413fc0f3u, {"cortex-a15", V7_OPS, V7_FLAGS, 0, UINT32_MAX}},
    {MIDR_VARIANT, 0x414fc0f0u, {"cortex-a15", V7_OPS, V7_FLAGS, 0, UINT32_MAX}},
    {MIDR_PART,
     0x410fc0f0u,
     {"cortex-a15 before r3p3", V7_OPS, V7_FLAGS | BE_P_TLBI_NEEDS_IPI, 0, UINT32_MAX}},
    {MIDR_PART, 0x410fc070u, {"cortex-a7", V7_OPS, V7_FLAGS, 0, UINT32_MAX}},
    {0, 0, {"armv7-a", V7_OPS, V7_FLAGS, 0, UINT32_MAX}},
};

const struct dmacoh_policy *armv7a_policy(uint32_t midr)
{
    const struct armv7a_cpu *cpu = cpus;

    while ((midr & cpu->mask) != cpu->midr) {
        cpu++;
    }
    return &cpu->policy;
}
