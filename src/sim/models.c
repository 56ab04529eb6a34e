/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* CPU models: rows of data, nothing else. */
#include <string.h>

#include "machine.h"

/* TTBR0 low bits: IRGN = WBWA (bit 6), RGN = WBWA (bit 3), S (bit 1). */
#define TTBR_CACHED   0x4au
#define TTBR_UNCACHED 0x00u
/* ID_MMFR3 of Cortex-A7 and A15: CohWalk = 1, maintenance broadcast = 2. */
#define MMFR3_V7MP 0x02102211u

/* ID_MMFR3 of Cortex-A9. */
#define MMFR3_A9 0x00102111u
/* PL310 r3p2: none of the errata that concern operations by address. */
#define PL310_R3P2 0x410000c8u

#define ROW_V7(n, id, ttbr)                                                                        \
    .name = (n), .midr = (id), .mmfr3 = MMFR3_V7MP, .ttbr_flags = (ttbr), .line = 64,              \
    .granule = 64, .ncpu = 2, .coherent_l1 = true, .cmo_broadcast = true, .inv_may_clean = true

#define ROW_A9(n)                                                                                  \
    .name = (n), .midr = 0x413fc090u, .mmfr3 = MMFR3_A9, .ttbr_flags = TTBR_CACHED, .line = 32,    \
    .granule = 32, .ncpu = 4, .coherent_l1 = true, .cmo_broadcast = true, .inv_may_clean = true,   \
    .l2 = true, .outer_id = PL310_R3P2

#define ROW_V5(n, id)                                                                              \
    .name = (n), .isa = SIM_ISA_V5, .tables = SIM_TABLES_V5, .l1 = SIM_L1_VIVT, .midr = (id),      \
    .line = 32, .granule = 32, .ncpu = 1
#define ROW_PA(n)                                                                                  \
    .name = (n), .tables = SIM_TABLES_SOFT, .inv_may_clean = true, .hpmc = true, .dma_sync = true
/* 1.1: one CPU, and the U bit. */
#define ROW_PA11(n)                                                                                \
    ROW_PA(n), .isa = SIM_ISA_PA11, .l1 = SIM_L1_VIPT, .alias_boundary = 4u << 20, .line = 32,     \
               .granule = 32, .ncpu = 1
/* 2.0: caches that snoop each other, no uncached access to memory. */
#define ROW_PA20(n)                                                                                \
    ROW_PA(n), .isa = SIM_ISA_PA20, .line = 64, .ncpu = 2, .coherent_l1 = true,                    \
               .cmo_broadcast = true, .no_uncached_ram = true

#define ROW_PPC(n, i, pvr) .name = (n), .isa = (i), .tables = SIM_TABLES_SOFT, .midr = (pvr)
#define ROW_44X(n, pvr)                                                                            \
    ROW_PPC(n, SIM_ISA_PPC44X, pvr), .line = 32, .ncpu = 1, .alias_ok = true,                      \
                                     .uncached_hit_fails = true

#define ROW_V6(n, id) .name = (n), .isa = SIM_ISA_V6, .midr = (id), .line = 32, .granule = 32

/*
 * MIPS32: uncached accesses look into no cache, KSEG0 and KSEG1 are two types of the same memory by
 * design. PRId tells company and processor.
 */
#define ROW_MIPS(n, id, cpus)                                                                      \
    .name = (n), .isa = SIM_ISA_MIPS32, .tables = SIM_TABLES_SOFT, .midr = (id), .line = 32,       \
    .ncpu = (cpus), .alias_ok = true
/* They fetch nothing by themselves; software prefetches do. */
#define IN_ORDER .no_speculation = true, .prefetch = true
#define ALIASES  .l1 = SIM_L1_VIPT, .alias_boundary = 8192

static const struct sim_model models[] = {
    /* r2p1: erratum 798181, a broadcast TLBI with its DSB may leave other CPUs' entries alive. */
    {ROW_V7("cortex-a15", 0x412fc0f1u, TTBR_CACHED), .tlbi_is_broken = true},
    {ROW_V7("cortex-a15-r4", 0x414fc0f0u, TTBR_CACHED)},
    {ROW_V7("cortex-a7", 0x410fc075u, TTBR_CACHED)},
    /* [cortex-a17] */
    {ROW_V7("cortex-a17", 0x411fc0e1u, TTBR_CACHED)},
    /* [cortex-a17] */
    /* The same core under an operating system whose TTBR says non-cacheable walks. */
    {ROW_V7("cortex-a7-ncwalk", 0x410fc075u, TTBR_UNCACHED)},
    /* Loops must step by the small number and align by the large one. */
    {.name = "generic-v7-step32",
     .midr = 0x410fc075u,
     .mmfr3 = MMFR3_V7MP,
     .ttbr_flags = TTBR_CACHED,
     .line = 32,
     .granule = 64,
     .ncpu = 2,
     .coherent_l1 = true,
     .cmo_broadcast = true,
     .inv_may_clean = true},
    /* An outer cache that only physical-address operations reach. */
    {ROW_V7("generic-v7-l2", 0x410fc075u, TTBR_CACHED), .l2 = true},
    {ROW_V7("cortex-a7-lpae", 0x410fc075u, TTBR_CACHED), .tables = SIM_TABLES_LPAE},
    {ROW_A9("cortex-a9-pl310")},
    /* The Shareable override is off: uncached accesses meet stale lines of the outer cache. */
    {ROW_A9("cortex-a9-pl310-lookup"), .outer_lookup = true},
    /* Virtually tagged. The first one also with write-through mappings. */
    {ROW_V5("arm926", 0x41069265u), .no_write_allocate = true},
    {ROW_V5("arm926-wt", 0x41069265u), .no_write_allocate = true, .write_through = true},
    {ROW_V5("xscale", 0x69052d06u), .no_write_allocate = true},
    {ROW_V5("feroceon", 0x56251311u)},
    /* Virtually indexed: a page has four colours. */
    {ROW_V6("arm1176", 0x410fb767u), .l1 = SIM_L1_VIPT, .alias_boundary = 16384,
     .no_write_allocate = true, .ncpu = 1},
    /* Coherent caches, and operations that stay on their CPU. */
    {ROW_V6("arm11mpcore", 0x410fb024u), .ncpu = 2, .coherent_l1 = true, .no_speculation = true,
     .fill_cleans_peer = true, .tlbi_is_broken = true}, /* there are no broadcasts */
    /* Cache operations are stores to the private bus: nothing but a barrier orders them. */
    {.name = "cortex-m7",
     .isa = SIM_ISA_V7M,
     .tables = SIM_TABLES_MPU,
     .cmo_unordered = true,
     .midr = 0x411fc271u,
     .line = 32,
     .granule = 32,
     .ncpu = 1},
    /* A line in two places stops the machine; what devices wrote waits for a syncdma. */
    {ROW_PA11("pa7100lc")},
    {ROW_PA11("pa7300lc")},
    {ROW_PA20("pa8700"), .l1 = SIM_L1_VIPT, .alias_boundary = 16u << 20, .granule = 64},
    /* The firmware tells no alias boundary: only equal addresses share a place. L2 lines: 128. */
    {ROW_PA20("pa8800"), .l1 = SIM_L1_VIVT, .granule = 128},
    /* 405 and 8xx fetch no data by speculation: an uncached alias of memory works, with care. */
    {ROW_PPC("ppc405", SIM_ISA_PPC44X, 0x40110145u), .line = 32, .granule = 32, .ncpu = 1,
     .no_speculation = true, .alias_ok = true},
    {ROW_44X("ppc440", 0x422218d3u), .granule = 32},
    /* L2 lines of 128 bytes. */
    {ROW_44X("ppc476", 0x11a50000u), .granule = 128},
    /* Operations reach the other CPU only through mappings with M = 1. */
    {ROW_PPC("e500v2", SIM_ISA_E500, 0x80210022u), .line = 32, .granule = 32, .ncpu = 2,
     .coherent_l1 = true, .cmo_broadcast = true, .cmo_needs_shared = true},
    {ROW_PPC("ppc603", SIM_ISA_PPC6XX, 0x00070200u), .line = 32, .granule = 32, .ncpu = 1},
    {ROW_PPC("mpc860", SIM_ISA_PPC8XX, 0x00500000u), .line = 16, .granule = 16, .ncpu = 1,
     .no_speculation = true, .alias_ok = true},
    /* A way of 8 KiB: a page has two colours. */
    {ROW_MIPS("24kc", 0x00019300u, 1), IN_ORDER, ALIASES, .granule = 32},
    {ROW_MIPS("24kf", 0x00019300u, 1), IN_ORDER, ALIASES, .granule = 32},
    /* Where the port asserts that nobody prefetches. */
    {ROW_MIPS("24kc-noprefetch", 0x00019300u, 1), ALIASES, .granule = 32, .no_speculation = true},
    {ROW_MIPS("74k", 0x00019700u, 1), IN_ORDER, ALIASES, .granule = 32},
    /* A coherence manager, and caches whose hardware knows their aliases. */
    {ROW_MIPS("1004k", 0x00019900u, 2), IN_ORDER, .granule = 32, .coherent_l1 = true,
     .cmo_broadcast = true},
    /* A read-ahead cache between L1 and memory. */
    {ROW_MIPS("bmips4380", 0x0002a000u, 1), IN_ORDER, .granule = 32, .read_ahead = true},
    {ROW_MIPS("bmips4380-noprefetch", 0x0002a000u, 1), .granule = 32, .no_speculation = true,
     .read_ahead = true},
    {ROW_MIPS("bmips5000", 0x00025a00u, 1), .granule = 32, .l2 = true},
    /* Not coherent, its software compiled with cache barriers: no store is ever speculated. */
    {ROW_MIPS("r10000", 0x00000900u, 1), .granule = 64, .l2 = true, .outer_line = 64,
     .outer_op_inner = true},
};

const struct sim_model *sim_models(size_t *n)
{
    *n = sizeof models / sizeof models[0];
    return models;
}

const struct sim_model *sim_model_find(const char *name)
{
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        if (strcmp(models[i].name, name) == 0) {
            return &models[i];
        }
    }
    return NULL;
}
