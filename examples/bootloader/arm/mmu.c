/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file mmu.c
 * Translation table: 1 MiB sections of the short-descriptor format, from the board's list of
 * ranges.
 *
 * The library adds second-level tables for its windows below mmu_l1 itself; the board never touches
 * those entries.
 */
#include "arm.h"
#include "board.h"
#include "board_map.h"
#include "cpu.h"

#define SECTION_SHIFT 20u
#define SECTION_SIZE  (1u << SECTION_SHIFT)

/* Type section, domain 0, AP = full access, S where other masters or CPUs look. */
#define SECTION_NORMAL_WBWA 0x00011c0eu /* TEX=001 C=1 B=1 S=1 */
#define SECTION_NORMAL_NC   0x00011c12u /* TEX=001 C=0 B=0 S=1 XN */
#define SECTION_DEVICE      0x00000c16u /* TEX=000 C=0 B=1 XN */
#define SECTION_XN          0x00000010u

#define TTBR_WALK_WBWA_SHARED 0x4au /* walks hit the same caches as the stores into the table */

#define SCTLR_M   (1u << 0)
#define SCTLR_A   (1u << 1)
#define SCTLR_C   (1u << 2)
#define SCTLR_Z   (1u << 11)
#define SCTLR_I   (1u << 12)
#define SCTLR_TRE (1u << 28)
#define SCTLR_AFE (1u << 29)

static uint32_t mmu_l1[4096] __attribute__((aligned(16384)));

static const uint32_t type_bits[] = {
    [MMU_DEVICE] = SECTION_DEVICE,
    [MMU_CACHED] = SECTION_NORMAL_WBWA | SECTION_XN,
    [MMU_CODE] = SECTION_NORMAL_WBWA,
    [MMU_UNCACHED] = SECTION_NORMAL_NC,
};

/* Runs on CPU 0 with MMU and caches off: the stores go straight to memory. */
void mmu_build(void)
{
    for (const struct mmu_range *r = mmu_ranges; r != mmu_ranges + mmu_range_count; r++) {
        for (uint32_t offset = 0; offset < r->size; offset += SECTION_SIZE) {
            mmu_l1[(r->va + offset) >> SECTION_SHIFT] =
                ((uint32_t)r->phys + offset) | type_bits[r->type];
        }
    }
}

uintptr_t mmu_root(void)
{
    return (uintptr_t)mmu_l1;
}

/* All CPUs use the one table. A leaf function: start.S relies on it not to use the stack. */
void mmu_enable(void)
{
    uint32_t sctlr;

    cpu_tlbiall();
    cpu_iciallu();
    cpu_bpiall();
    cpu_dsb(); /* invalidations are complete ... */
    cpu_isb(); /* ... before anything is fetched through the new state */
    /* Before the caches are on: a CPU outside the coherency domain sees no broadcast. */
    cpu_write_actlr(cpu_read_actlr() | BOARD_ACTLR);
    cpu_write_ttbcr(0); /* short descriptors, TTBR0 for the whole address space */
    cpu_write_dacr(1);  /* domain 0: client, permissions are checked */
    cpu_write_ttbr0((uint32_t)(uintptr_t)mmu_l1 | TTBR_WALK_WBWA_SHARED);
    cpu_isb();
    sctlr = cpu_read_sctlr();
    sctlr |= SCTLR_M | SCTLR_C | SCTLR_Z | SCTLR_I;
    sctlr &= ~(SCTLR_A | SCTLR_TRE | SCTLR_AFE);
    cpu_write_sctlr(sctlr);
    cpu_isb();
}

/*
 * Break before make, with broadcast: another CPU may have walked this entry speculatively.
 * The view is cacheable like the linear map, and ARMv7 data caches are physically tagged, so the
 * library's maintenance through its own windows finds the lines that were stored through here.
 */
void *board_high_view(dmacoh_phys_t phys)
{
    volatile uint32_t *entry = &mmu_l1[HIGH_VIEW_VA >> SECTION_SHIFT];
    const uint32_t value = (uint32_t)phys | SECTION_NORMAL_WBWA | SECTION_XN;

    if (*entry != value) {
        *entry = 0;
        cpu_dsb(); /* the walkers see the break before the TLB entries go */
        cpu_tlbimvaais(HIGH_VIEW_VA);
        cpu_dsb(); /* no access through the old translation is left */
        cpu_isb();
        *entry = value;
        cpu_dsb(); /* the walkers see the new entry before its first use */
        cpu_isb();
    }
    return (void *)(uintptr_t)HIGH_VIEW_VA;
}
