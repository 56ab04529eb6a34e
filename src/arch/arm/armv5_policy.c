/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row.
 *
 * These cores fetch no line on their own, but a program may (PLD), and Feroceon has a prefetcher in its
 * second level; so what a device wrote is invalidated afterwards all the same. A write-through mapping needs
 * no cleaning; it gets it nevertheless, since nothing is dirty and the operation finds nothing to do.
 */
#include "armv5.h"

/* op[dir][transition]: BIDIRECTIONAL, TO_DEVICE, FROM_DEVICE; to device, overwrite, to CPU. */
#define V5_OPS                                                                                     \
    {                                                                                              \
        {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                              \
        {                                                                                          \
            BE_CLEAN, BE_INVAL, BE_INVAL                                                           \
        }                                                                                          \
    }
#define RANGES (BE_P_ALIASES | BE_P_IRQ_ATOMIC | V5_P_RANGES | V5_P_FEATURES)
#define PAIRS  (BE_P_ALIASES | BE_P_IRQ_ATOMIC | V5_P_PAIRS)

#define PART   0xff0ffff0u /* implementer, architecture, part */
#define XSCALE 0xff0f0000u /* implementer and architecture: all generations */
#define EXACT  0xfffffff0u

static const struct armv5_cpu {
    uint32_t mask, midr; /* first row with (MIDR & mask) == midr */
    struct dmacoh_policy policy;
} cpus[] = {
    {PART, 0x41069260u, {"arm926", V5_OPS, BE_P_ALIASES, BE_ALIAS_EQUAL, UINT32_MAX}},
    {XSCALE, 0x69050000u, {"xscale", V5_OPS, PAIRS, BE_ALIAS_EQUAL, UINT32_MAX}},
    {EXACT, 0x56155710u, {"feroceon 88fr571", V5_OPS, RANGES, BE_ALIAS_EQUAL, UINT32_MAX}},
    {EXACT, 0x56251310u, {"feroceon 88fr131", V5_OPS, RANGES, BE_ALIAS_EQUAL, UINT32_MAX}},
    {0, 0, {"armv5", V5_OPS, BE_P_ALIASES, BE_ALIAS_EQUAL, UINT32_MAX}},
};

const struct dmacoh_policy *armv5_policy(uint32_t midr)
{
    const struct armv5_cpu *cpu = cpus;

    while ((midr & cpu->mask) != cpu->midr) {
        cpu++;
    }
    return &cpu->policy;
}
