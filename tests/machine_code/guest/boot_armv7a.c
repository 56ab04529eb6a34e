/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Short descriptors, where translation is asked for: every address is a physical one, the linear map is
 * cached, the stolen memory is not, and there is nothing at the windows yet. Source: [ARM-SHORT].
 */
#include "boot.h"

#include "abi.h"

#define SECTION_CACHED 0x00011c0eu /* write-back, write-allocate, shareable; all access */
#define PAGE_CACHED    0x0000047eu
#define PAGE_UNCACHED  0x00000472u
#define TABLE          0x00000001u
#define MIB            0x100000u
#define PAGE           0x1000u
#define ARENA_END      0x218000u
#define SCTLR_M_C      0x5u

static volatile uint32_t *at(uint32_t address)
{
    return (volatile uint32_t *)(uintptr_t)address;
}

static void make_tables(void)
{
    volatile uint32_t *l1 = at(MC_TABLE_L1), *l2 = at(MC_TABLE_L2);

    for (uint32_t i = 0; i < 4096u; i++) {
        l1[i] = 0;
    }
    for (uint32_t va = MC_RAM; va < MC_LOW; va += MIB) {
        l1[va / MIB] = va | SECTION_CACHED;
    }
    l1[MC_LOW / MIB] = MC_TABLE_L2 | TABLE;
    for (uint32_t i = 0; i < 256u; i++) {
        const uint32_t va = MC_LOW + i * PAGE;

        l2[i] = va >= ARENA_END ? 0 : va | (va < MC_STOLEN ? PAGE_CACHED : PAGE_UNCACHED);
    }
}

void mc_boot(uint32_t translate)
{
    uint32_t sctlr;

    if (translate == 0) {
        return;
    }
    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(sctlr));
    if ((sctlr & SCTLR_M_C) == SCTLR_M_C) {
        at(MC_TABLE_L1)[MC_WIN_VA / MIB] = 0; /* what a failed test may have left */
    } else {
        make_tables();
    }
    __asm__ volatile("mcr p15, 0, %0, c3, c0, 0" : : "r"(0xffffffffu)); /* all domains: manager */
    __asm__ volatile("mcr p15, 0, %0, c2, c0, 2" : : "r"(0u));          /* TTBR0 for everything */
    __asm__ volatile("mcr p15, 0, %0, c2, c0, 0" : : "r"(MC_TABLE_L1)); /* walks are not cached */
    __asm__ volatile("dsb sy\n\tmcr p15, 0, %0, c8, c7, 0\n\tdsb sy\n\tisb" : : "r"(0u) : "memory");
    sctlr |= SCTLR_M_C;
    __asm__ volatile("mcr p15, 0, %0, c1, c0, 0\n\tisb" : : "r"(sctlr) : "memory");
}
