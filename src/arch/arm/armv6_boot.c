/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Cold reset: cache RAM holds garbage. Source: [ARM-1176-C7]. */
#include "armv6.h"
#include "armv6_insn.h"

/* One level, private to the CPU: the first CPU does what every other one does. */
void dmacoh_armv6_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu;
    insn_dciall();
    insn_dsb();
    insn_isb();
}
