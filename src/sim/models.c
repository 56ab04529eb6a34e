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
#define ROW_V6(n, id) .name = (n), .isa = SIM_ISA_V6, .midr = (id), .line = 32, .granule = 32

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
