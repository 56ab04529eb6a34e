/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Cold reset: cache RAM holds garbage. Sources: [PPC-405-CACHE], [PPC-440-CACHE]. */
#include "ppc44x.h"
#include "ppc44x_insn.h"

/* 405: a congruence class at a time; no 405 has more of them. */
#define CLASSES_SIZE 16384u
#define LINE_405     32u

/* The level 2 of 476 has no instruction for this: the port invalidates it by its registers. */
void dmacoh_ppc44x_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu;
    insn_sync();
    if ((ppc44x_policy(insn_read_pvr())->flags & PPC44X_P_405) != 0) {
        for (uintptr_t at = 0; at < CLASSES_SIZE; at += LINE_405) {
            insn_dccci(at);
        }
    } else {
        insn_dccci(0);
    }
    insn_sync();
    insn_isync();
}
