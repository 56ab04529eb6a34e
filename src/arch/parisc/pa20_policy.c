/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of PA-RISC 2.0 in 32-bit mode, as data: a new one is a row.
 * Sources: [PA-CACHE], [PA-ALIAS].
 *
 * The architecture promises that addresses which are equal modulo 16 MiB are equivalent. PA8800 and PA8900
 * answer that they have no boundary: then equal addresses only are safe, unless the port knows better.
 * An unknown CPU may be one of them.
 */
#include "pa.h"

#include <dmacoh/parisc.h>

#define ALIAS 0x1000000u

static const struct pa_cpu cpus[] = {
    {DMACOH_PA_UNKNOWN, 128, ALIAS, {"pa20", PA_OPS, PA_FLAGS, BE_ALIAS_EQUAL, UINT32_MAX}},
    {DMACOH_PA_8000, 64, ALIAS, {"pa8000", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_8200, 64, ALIAS, {"pa8200", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_8500, 64, ALIAS, {"pa8500", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_8600, 64, ALIAS, {"pa8600", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_8700, 64, ALIAS, {"pa8700", PA_OPS, PA_FLAGS, ALIAS, UINT32_MAX}},
    {DMACOH_PA_8800, 128, ALIAS, {"pa8800", PA_OPS, PA_FLAGS, BE_ALIAS_EQUAL, UINT32_MAX}},
    {DMACOH_PA_8900, 128, ALIAS, {"pa8900", PA_OPS, PA_FLAGS, BE_ALIAS_EQUAL, UINT32_MAX}},
};

const struct pa_cpu *pa20_cpu(uint32_t cpu)
{
    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        if (cpus[i].cpu == cpu) {
            return &cpus[i];
        }
    }
    return NULL;
}
