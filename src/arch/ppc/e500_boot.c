/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Cold reset: cache RAM holds garbage. Sources: [PPC-E500-CACHE], [PPC-E500MC]. */
#include "e500.h"
#include "e500_insn.h"

#define PVR_VERSION  0xffff0000u
#define PVR_E500MC   0x80230000u
#define L1CSR0_DCFI  0x00000002u /* invalidate the data cache; clears itself */
#define L1CSR0_DCLFR 0x00000100u /* and its locks */
#define L2CSR0_L2FI  0x00200000u
#define L2CSR0_L2LFC 0x00000400u

/* Both levels are private to a CPU: the first one does what every other one does. */
void dmacoh_e500_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu;
    insn_sync();
    insn_isync();
    insn_write_l1csr0(L1CSR0_DCFI | L1CSR0_DCLFR);
    insn_isync();
    while ((insn_read_l1csr0() & (L1CSR0_DCFI | L1CSR0_DCLFR)) != 0) {
    }
    if ((insn_read_pvr() & PVR_VERSION) == PVR_E500MC) {
        insn_sync();
        insn_isync();
        insn_write_l2csr0(L2CSR0_L2FI | L2CSR0_L2LFC);
        while ((insn_read_l2csr0() & (L2CSR0_L2FI | L2CSR0_L2LFC)) != 0) {
        }
    }
    insn_sync();
    insn_isync();
}
