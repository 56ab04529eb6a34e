/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Cold reset: cache RAM holds garbage. Source: [ARM-926-C7]. */
#include "armv5.h"
#include "armv5_insn.h"

void dmacoh_armv5_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu; /* there is one CPU */
    insn_dciall();
    insn_drain();
}
