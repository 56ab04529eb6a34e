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

#define ROW_V7(n, id, ttbr)                                                                        \
    .name = (n), .midr = (id), .mmfr3 = MMFR3_V7MP, .ttbr_flags = (ttbr), .line = 64,              \
    .granule = 64, .ncpu = 2, .coherent_l1 = true, .cmo_broadcast = true, .inv_may_clean = true

static const struct sim_model models[] = {
    /* r2p1: erratum 798181, a broadcast TLBI with its DSB may leave other CPUs' entries alive. */
    {ROW_V7("cortex-a15", 0x412fc0f1u, TTBR_CACHED), .tlbi_is_broken = true},
    {ROW_V7("cortex-a15-r4", 0x414fc0f0u, TTBR_CACHED)},
    {ROW_V7("cortex-a7", 0x410fc075u, TTBR_CACHED)},
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
