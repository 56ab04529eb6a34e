/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* After a reset KSEG0 is uncached: a boot loader makes it cached. Source: [MIPS-CACHE]. */
#include "boot.h"

#include "abi.h"

#define K0_MASK   7u
#define K0_CACHED 3u /* write-back, not coherent */

#define STATUS_CU0 0x10000000u /* kernel mode, no error level: the TLB is in use */

static void set_tlb_registers(uint32_t index, uint32_t hi, uint32_t lo0, uint32_t lo1)
{
    __asm__ volatile("mtc0 %0, $0\n\tmtc0 %1, $10\n\tmtc0 %2, $2\n\tmtc0 %3, $3\n\t"
                     "mtc0 $0, $5\n\tehb"
                     :
                     : "r"(index), "r"(hi), "r"(lo0), "r"(lo1)
                     : "memory");
}

static void make_entries(void)
{
    __asm__ volatile("mtc0 %0, $12\n\tehb" : : "r"(STATUS_CU0) : "memory");
    __asm__ volatile("mtc0 %0, $6\n\tehb" : : "r"(MC_WIN_ENTRY + MC_WIN_ENTRIES) : "memory");
    for (uint32_t i = MC_WIN_ENTRY; i < MC_WIN_ENTRY + MC_WIN_ENTRIES; i++) {
        set_tlb_registers(i, MC_HOST_VA(i), MC_HOST_LO0, MC_HOST_LO0);
        __asm__ volatile("tlbwi\n\tehb" : : : "memory");
    }
    set_tlb_registers(MC_HOST_INDEX, MC_HOST_HI, MC_HOST_LO0, MC_HOST_LO1);
}

void mc_boot(uint32_t translate)
{
    uint32_t config;

    __asm__ volatile("mfc0 %0, $16" : "=r"(config));
    config = (config & ~K0_MASK) | K0_CACHED;
    __asm__ volatile("mtc0 %0, $16\n\tehb" : : "r"(config) : "memory");
    if (translate != 0) {
        make_entries();
    }
}
