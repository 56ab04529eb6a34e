/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row.
 *
 * These cores fetch no data line on their own, but a program may (PLD in a copy loop that runs past its
 * end), so what a device wrote is invalidated afterwards all the same.
 *
 * ARM1136 and ARM1176 with a cache of more than 16 KiB look lines up by virtual address: two bits of it are
 * not those of the physical one. A page has then four colours, and operations reach the line of one.
 *
 * ARM11 MPCore, several CPUs on one buffer: operations are preceded by taking the line, which is impossible
 * once the device has written. So whatever the device may write leaves every cache before, nothing is left
 * to be done afterwards, and nothing may prefetch: the port has to vouch for it. With CPU-affine devices,
 * or alone, it is a CPU like the others.
 */
#include "armv6.h"

/* op[dir][transition]: BIDIRECTIONAL, TO_DEVICE, FROM_DEVICE; to device, overwrite, to CPU. */
#define V6_OPS                                                                                     \
    {                                                                                              \
        {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                              \
        {                                                                                          \
            BE_CLEAN, BE_INVAL, BE_INVAL                                                           \
        }                                                                                          \
    }
#define OWNED_OPS                                                                                  \
    {                                                                                              \
        {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP}, {BE_CLEAN, BE_CLEAN, BE_NOP},                    \
        {                                                                                          \
            BE_CLEAN_INVAL, BE_INVAL, BE_NOP                                                       \
        }                                                                                          \
    }
#define V6_FLAGS    BE_P_LOCAL_CMO
#define OWNED_FLAGS (BE_P_NO_PREFETCH | BE_P_LINES_LEAVE | BE_P_TLBI_NEEDS_IPI | V6_P_OWN_LINE)
#define ALIAS       16384u
/*
 * Pages of a window slot, so that its entry has a cache line to itself: an entry is cleaned for the walker,
 * by the CPU that stored it, and a store to another CPU's entry in the line would take the line away.
 */
#define SLOT_LINE 32768u

#define PART 0xff00fff0u /* implementer and part */

static const struct armv6_cpu {
    uint32_t mask, midr; /* first row with (MIDR & mask) == midr */
    uint32_t need;       /* and all of V6_ALIASES, V6_SHARED that are set here */
    struct dmacoh_policy policy;
} cpus[] = {
    {PART, 0x4100b020u, V6_SHARED, {"arm11 mpcore", OWNED_OPS, OWNED_FLAGS, SLOT_LINE, UINT32_MAX}},
    {PART, 0x4100b020u, 0, {"arm11 mpcore, cpu-affine", V6_OPS, V6_FLAGS, 0, UINT32_MAX}},
    {PART,
     0x4100b360u,
     V6_ALIASES,
     {"arm1136 with aliases", V6_OPS, V6_FLAGS | BE_P_ALIASES, ALIAS, UINT32_MAX}},
    {PART, 0x4100b360u, 0, {"arm1136", V6_OPS, V6_FLAGS, 0, UINT32_MAX}},
    {PART,
     0x4100b760u,
     V6_ALIASES,
     {"arm1176 with aliases", V6_OPS, V6_FLAGS | BE_P_ALIASES, ALIAS, UINT32_MAX}},
    {PART, 0x4100b760u, 0, {"arm1176", V6_OPS, V6_FLAGS, 0, UINT32_MAX}},
    {0, 0, V6_ALIASES, {"armv6 with aliases", V6_OPS, V6_FLAGS | BE_P_ALIASES, ALIAS, UINT32_MAX}},
    {0, 0, 0, {"armv6", V6_OPS, V6_FLAGS, 0, UINT32_MAX}},
};

const struct dmacoh_policy *armv6_policy(uint32_t midr, uint32_t have)
{
    const struct armv6_cpu *cpu = cpus;

    while ((midr & cpu->mask) != cpu->midr || (cpu->need & ~have) != 0) {
        cpu++;
    }
    return &cpu->policy;
}
