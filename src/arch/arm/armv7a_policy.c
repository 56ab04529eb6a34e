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
 * Erratum 852421 (Cortex-A17 up to r1p2) makes a DMB of stores doubtful, and has no bit: only secure
 * software can work around it.
 *
 * The CTR of Cortex-A9 gives no figure for the granule; all its lines have 32 bytes.
 *
 * What stands behind a Cortex-A9 or A5 is a property of the system: those with a PL310 have rows of their
 * own, one of them for releases with erratum 588369.
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
#define A9_FLAGS (V7_FLAGS | V7_P_ONE_LINE_SIZE)

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
    {MIDR_PART, 0x410fc090u, {"cortex-a9", V7_OPS, A9_FLAGS, 0, UINT32_MAX}},
    /* [cortex-a17] */
    {MIDR_PART, 0x410fc0e0u, {"cortex-a17", V7_OPS, V7_FLAGS, 0, UINT32_MAX}},
    /* [cortex-a17] */
    {0, 0, {"armv7-a", V7_OPS, V7_FLAGS, 0, UINT32_MAX}},
};

static const struct dmacoh_policy *find(const struct armv7a_cpu *cpu, uint32_t midr)
{
    while ((midr & cpu->mask) != cpu->midr) {
        cpu++;
    }
    return &cpu->policy;
}

#if DMACOH_WITH_OUTER

#define A9_PL310_FLAGS       (A9_FLAGS | BE_P_OUTER)
#define A9_PL310_EARLY_FLAGS (A9_FLAGS | BE_P_OUTER | BE_P_OUTER_ATOMIC)
#define A5_PL310_FLAGS       (V7_FLAGS | BE_P_OUTER)

/* No row for any other CPU: its policy has no outer cache, which the core then refuses. */
#define NO_OUTER                                                                                   \
    {                                                                                              \
        0, 0,                                                                                      \
        {                                                                                          \
            "armv7-a", V7_OPS, V7_FLAGS, 0, UINT32_MAX                                             \
        }                                                                                          \
    }

static const struct armv7a_cpu with_pl310[] = {
    {MIDR_PART, 0x410fc090u, {"cortex-a9, pl310", V7_OPS, A9_PL310_FLAGS, 0, UINT32_MAX}},
    {MIDR_PART, 0x410fc050u, {"cortex-a5, pl310", V7_OPS, A5_PL310_FLAGS, 0, UINT32_MAX}},
    NO_OUTER,
};

static const struct armv7a_cpu with_early_pl310[] = {
    {MIDR_PART,
     0x410fc090u,
     {"cortex-a9, pl310 before r2p0", V7_OPS, A9_PL310_EARLY_FLAGS, 0, UINT32_MAX}},
    NO_OUTER,
};

#endif

const struct dmacoh_policy *armv7a_policy(uint32_t midr, uint32_t outer)
{
#if DMACOH_WITH_OUTER
    if ((outer & BE_P_OUTER_ATOMIC) != 0) {
        return find(with_early_pl310, midr);
    }
    if (outer != 0) {
        return find(with_pl310, midr);
    }
#else
    (void)outer;
#endif
    return find(cpus, midr);
}
