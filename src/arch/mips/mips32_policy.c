/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row.
 *
 * Many of these cores fetch no line that no instruction asks for. But programs prefetch, beyond the end of
 * what they copy, too; so what a device wrote is invalidated afterwards all the same. Where the port
 * vouches that nothing does (DMACOH_F_NO_PREFETCH) that is left out, and the lines leave before instead.
 * CPUs without a row of their own are taken to fetch lines as they like.
 *
 * With a second level no dirty line is dropped: in the time between the two levels it could be evicted from
 * the first into the second one, and from there over what the device has written. So OVERWRITE cleans.
 *
 * A page's colour, where a way of the L1 is larger than a page, is that of its physical address; a window
 * has eight pages of address space, so that there is one of the right colour in any cache up to 32 KiB a
 * way. It costs address space only, and so every CPU has it, aliases or not: errata that make a cache
 * without aliases behave as if it had some (74K, 1074K) need no rows.
 */
#include "mips32.h"

/* op[dir][transition]: BIDIRECTIONAL, TO_DEVICE, FROM_DEVICE; to device, overwrite, to CPU. */
#define ONE_LEVEL                                                                                  \
    {                                                                                              \
        {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                              \
        {                                                                                          \
            BE_CLEAN, BE_INVAL, BE_INVAL                                                           \
        }                                                                                          \
    }
#define TWO_LEVELS                                                                                 \
    {                                                                                              \
        {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                              \
        {                                                                                          \
            BE_CLEAN, BE_CLEAN_INVAL, BE_INVAL                                                     \
        }                                                                                          \
    }
#define QUIET                                                                                      \
    {                                                                                              \
        {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP}, {BE_CLEAN, BE_CLEAN, BE_NOP},                    \
        {                                                                                          \
            BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP                                                 \
        }                                                                                          \
    }
/* There is no operation that cleans and does not invalidate. */
#define R10K                                                                                       \
    {                                                                                              \
        {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL}, {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP},      \
        {                                                                                          \
            BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL                                               \
        }                                                                                          \
    }
#define WINDOW 32768u /* bytes of address space of a window slot: a page of each colour */

/* A CPU that fetches nothing on its own. */
#define STILL(mask, prid, name, flags)                                                             \
    {mask, prid, MIPS_QUIET, {name ", nothing prefetches", QUIET, flags, WINDOW, UINT32_MAX}},     \
        {mask, prid, MIPS_L2, {name " with an L2", TWO_LEVELS, flags, WINDOW, UINT32_MAX}},        \
    {                                                                                              \
        mask, prid, 0,                                                                             \
        {                                                                                          \
            name, ONE_LEVEL, flags, WINDOW, UINT32_MAX                                             \
        }                                                                                          \
    }
/* One that may fetch any line at any time. */
#define SPECULATES(mask, prid, name, flags)                                                        \
    {mask,                                                                                         \
     prid,                                                                                         \
     MIPS_L2,                                                                                      \
     {name " with an L2", TWO_LEVELS, (flags) | BE_P_SPECULATES, WINDOW, UINT32_MAX}},             \
    {                                                                                              \
        mask, prid, 0,                                                                             \
        {                                                                                          \
            name, ONE_LEVEL, (flags) | BE_P_SPECULATES, WINDOW, UINT32_MAX                         \
        }                                                                                          \
    }

#define CPU        0x00ffff00u /* company and processor */
#define CM3_FLAGS  (BE_P_SPECULATES | MIPS_P_CM3)
#define R10K_FLAGS (BE_P_SPECULATES | MIPS_P_SPEC_STORES)

static const struct mips32_cpu {
    uint32_t mask, prid; /* first row with (PRId & mask) == prid */
    uint32_t need;       /* and all of MIPS_QUIET, MIPS_L2 that are set here */
    struct dmacoh_policy policy;
} cpus[] = {
    STILL(CPU, 0x00018000u, "4kc", 0),
    STILL(CPU, 0x00018400u, "4kec", 0),
    STILL(CPU, 0x00019000u, "4kec release 2", 0),
    STILL(CPU, 0x00019300u, "24k", 0),
    STILL(CPU, 0x00019600u, "24ke", 0),
    STILL(CPU, 0x00019500u, "34k", MIPS_P_ONE_L1),
    STILL(CPU, 0x00019700u, "74k", 0),
    STILL(CPU, 0x00019900u, "1004k", 0),
    STILL(CPU, 0x00019a00u, "1074k", 0),
    STILL(CPU, 0x00019c00u, "m14kc", 0),
    STILL(CPU, 0x00019e00u, "m14kec", 0),
    STILL(0x00fffe00u, 0x0001a000u, "interaptiv", 0),
    SPECULATES(CPU, 0x0001a800u, "p5600", 0),
    {CPU, 0x0001a900u, 0, {"i6400", TWO_LEVELS, CM3_FLAGS, WINDOW, UINT32_MAX}},
    {CPU, 0x0001b000u, 0, {"i6500", TWO_LEVELS, CM3_FLAGS, WINDOW, UINT32_MAX}},
    STILL(0x00fffe00u, 0x00029000u, "bmips3300", BE_P_POST_BATCH),
    STILL(CPU, 0x0002a000u, "bmips4350, bmips4380", BE_P_POST_BATCH),
    SPECULATES(0x00fffe00u, 0x00025a00u, "bmips5000", MIPS_P_L2_BUFFER),
    {CPU, 0x00000900u, 0, {"r10000", R10K, R10K_FLAGS, WINDOW, UINT32_MAX}},
    {0x00fffe00u, 0x00000e00u, 0, {"r12000, r14000", R10K, R10K_FLAGS, WINDOW, UINT32_MAX}},
    SPECULATES(0, 0, "mips32", 0),
};

const struct dmacoh_policy *mips32_policy(uint32_t prid, uint32_t have)
{
    const struct mips32_cpu *cpu = cpus;

    while ((prid & cpu->mask) != cpu->prid || (cpu->need & ~have) != 0) {
        cpu++;
    }
    return &cpu->policy;
}
