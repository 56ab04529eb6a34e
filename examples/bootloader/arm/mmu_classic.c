/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file mmu_classic.c
 * Translation table: 1 MiB sections, in the format of ARMv5 or in the one of ARMv6.
 *
 * Walks of these CPUs look into no data cache. The table is filled with the caches off; the one
 * entry that changes later is cleaned.
 */
#include "arm.h"
#include "board.h"
#include "board_map.h"
#include "cpu_classic.h"

#define SECTION_SHIFT 20u
#define SECTION_SIZE  (1u << SECTION_SHIFT)

/* Type section, domain 0, AP = full access. */
#if BOARD_IS_ARMV6
#define SECTION_CACHED   (0x00001c1eu | BOARD_SECTION_SHARED) /* TEX=001 C=1 B=1 XN */
#define SECTION_CODE     (0x00001c0eu | BOARD_SECTION_SHARED)
#define SECTION_UNCACHED 0x00001c12u /* TEX=001 C=0 B=0 XN: Normal Non-cacheable */
#define SECTION_DEVICE   0x00000c16u /* TEX=000 C=0 B=1 XN */
#define SCTLR_FORMAT     (1u << 23)  /* XP: no subpages, so there is room for XN and TEX */
#else
#define SECTION_CACHED   0x00000c1eu /* C=1 B=1: write-back; bit 4 is always 1 */
#define SECTION_CODE     SECTION_CACHED
#define SECTION_UNCACHED 0x00000c12u /* C=0 B=0: nothing waits in the write buffer */
#define SECTION_DEVICE   0x00000c12u
#define SCTLR_FORMAT     0u
#endif

#define SCTLR_M (1u << 0)
#define SCTLR_A (1u << 1)
#define SCTLR_C (1u << 2)
#define SCTLR_S (1u << 8)
#define SCTLR_R (1u << 9)
#define SCTLR_I (1u << 12)
#define SCTLR_V (1u << 13) /* exception vectors at 0xffff0000 */

static uint32_t table[4096] __attribute__((aligned(16384)));

static const uint32_t type_bits[] = {
    [MMU_DEVICE] = SECTION_DEVICE,
    [MMU_CACHED] = SECTION_CACHED,
    [MMU_CODE] = SECTION_CODE,
    [MMU_UNCACHED] = SECTION_UNCACHED,
};

void mmu_build(void)
{
    for (const struct mmu_range *r = mmu_ranges; r != mmu_ranges + mmu_range_count; r++) {
        for (uint32_t offset = 0; offset < r->size; offset += SECTION_SIZE) {
            table[(r->va + offset) >> SECTION_SHIFT] =
                ((uint32_t)r->phys + offset) | type_bits[r->type];
        }
    }
}

uintptr_t mmu_root(void)
{
    return (uintptr_t)table;
}

void mmu_enable(void)
{
    uint32_t sctlr = cpu_read_sctlr() & ~(SCTLR_A | SCTLR_S | SCTLR_R | SCTLR_V);

    cpu_icache_inval();
    cpu_tlb_inval_all();
    cpu_dsb();
    cpu_write_ttbr0((uint32_t)(uintptr_t)table | BOARD_TTBR_SHARED);
    if (BOARD_ACTLR != 0) {
        cpu_write_actlr(cpu_read_actlr() | BOARD_ACTLR); /* before the caches are on */
    }
    cpu_write_dacr(1); /* domain 0: client, permissions are checked */
    cpu_write_sctlr(sctlr | SCTLR_M | SCTLR_C | SCTLR_I | SCTLR_FORMAT);
}

void *board_high_view(dmacoh_phys_t phys)
{
    volatile uint32_t *entry = &table[HIGH_VIEW_VA >> SECTION_SHIFT];
    const uint32_t value = (uint32_t)phys | SECTION_CACHED;

    if (*entry != value) {
        *entry = value;
        cpu_clean_line((uintptr_t)entry);
        cpu_dsb(); /* in memory, where the walker looks, before the old translation goes */
        cpu_tlb_inval(HIGH_VIEW_VA);
        cpu_dsb();
    }
    return (void *)(uintptr_t)HIGH_VIEW_VA;
}
