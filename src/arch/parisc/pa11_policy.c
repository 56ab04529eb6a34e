/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of PA-RISC 1.1, as data: a new one is a row. Sources:
 * [PA-CACHE], [PA-ALIAS], [PA-UNCACHED].
 *
 * All have lines of 32 bytes. The alias boundary of all that were built divides 4 MiB;
 * firmware may name more. PA7100LC and PA7300LC have no bus on which caches snoop, and map RAM
 * uncached instead.
 */
#include "pa.h"

#include <dmacoh/parisc.h>

#define ALIAS 0x400000u

static const struct pa_cpu cpus[] = {
    {DMACOH_PA_UNKNOWN, 32, ALIAS, {"pa11", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_7000, 32, ALIAS, {"pa7000", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_7100, 32, ALIAS, {"pa7100", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_7100LC, 32, ALIAS, {"pa7100lc", PA_OPS, PA_LC_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_7200, 32, ALIAS, {"pa7200", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_7300LC, 32, ALIAS, {"pa7300lc", PA_OPS, PA_LC_FLAGS, ALIAS, UINT32_MAX}},
};

const struct pa_cpu *pa11_cpu(uint32_t cpu)
{
    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        if (cpus[i].cpu == cpu) {
            return &cpus[i];
        }
    }
    return NULL;
}
