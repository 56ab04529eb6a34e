/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The one public function of a backend that has no instance: it runs before there is memory to hold one.
 * A program of several backends has to mean one of them; there the machine is simulated and starts cold.
 */
#include "backend.h"

#if DMACOH_BACKEND_DYNAMIC
#define BOOT_CACHE_INVAL dmacoh_armv7a_boot_cache_inval
#else
#define BOOT_CACHE_INVAL BE_SYM(DMACOH_BACKEND, boot_cache_inval)
#endif

void BOOT_CACHE_INVAL(bool boot_cpu);

void dmacoh_boot_cache_inval(bool boot_cpu)
{
    BOOT_CACHE_INVAL(boot_cpu);
}
