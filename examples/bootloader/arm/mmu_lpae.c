/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file mmu_lpae.c
 * Translation tables of long descriptors: blocks of 2 MiB, and physical addresses of 40 bits.
 *
 * The root has an entry a gigabyte, and all four lead to a table. The library links the tables of
 * its windows into them itself; the board never touches those entries.
 */
#include "arm.h"
#include "board.h"
#include "board_map.h"
#include "cpu.h"

#define BLOCK_SHIFT 21u
#define BLOCK_SIZE  (1u << BLOCK_SHIFT)
#define GIBS        4u
#define BLOCKS      512u /* of a gigabyte */

/* Index of a type in MAIR0, and the types. */
#define INDEX_DEVICE   0u
#define INDEX_CACHED   1u
#define INDEX_UNCACHED 2u
#define MAIR0_TYPES                                                                                \
    (0x04u << (8u * INDEX_DEVICE) | 0xffu << (8u * INDEX_CACHED) | 0x44u << (8u * INDEX_UNCACHED))

#define DESC_BLOCK UINT64_C(0x1)
#define DESC_TABLE UINT64_C(0x3)
#define DESC_AF    UINT64_C(0x400) /* accessed: no fault tells us the first time */
#define DESC_OUTER UINT64_C(0x200) /* outer shareable */
#define DESC_INNER UINT64_C(0x300)
#define DESC_XN    (UINT64_C(1) << 54)
#define DESC_OF(i) (DESC_BLOCK | DESC_AF | (uint64_t)(i) << 2)

/* Long descriptors, TTBR0 for the whole address space; walks hit the caches of the stores. */
#define TTBCR_EAE       0x80000000u
#define TTBCR_WALK_WBWA 0x00003500u /* SH0 inner, ORGN0 and IRGN0 write-back write-allocate */

#define SCTLR_M (1u << 0)
#define SCTLR_A (1u << 1)
#define SCTLR_C (1u << 2)
#define SCTLR_Z (1u << 11)
#define SCTLR_I (1u << 12)

static uint64_t root[GIBS] __attribute__((aligned(32)));
static uint64_t level2[GIBS * BLOCKS] __attribute__((aligned(4096)));

/* Uncached memory is outer shareable by definition: said so, no two views of it differ. */
static const uint64_t type_bits[] = {
    [MMU_DEVICE] = DESC_OF(INDEX_DEVICE) | DESC_OUTER | DESC_XN,
    [MMU_CACHED] = DESC_OF(INDEX_CACHED) | DESC_INNER | DESC_XN,
    [MMU_CODE] = DESC_OF(INDEX_CACHED) | DESC_INNER,
    [MMU_UNCACHED] = DESC_OF(INDEX_UNCACHED) | DESC_OUTER | DESC_XN,
};

/* Runs on CPU 0 with MMU and caches off: the stores go straight to memory. */
void mmu_build(void)
{
    for (uint32_t gib = 0; gib < GIBS; gib++) {
        root[gib] = (uint64_t)(uintptr_t)&level2[gib * BLOCKS] | DESC_TABLE;
    }
    for (const struct mmu_range *r = mmu_ranges; r != mmu_ranges + mmu_range_count; r++) {
        for (uint32_t offset = 0; offset < r->size; offset += BLOCK_SIZE) {
            level2[(r->va + offset) >> BLOCK_SHIFT] = (r->phys + offset) | type_bits[r->type];
        }
    }
}

uintptr_t mmu_root(void)
{
    return (uintptr_t)root;
}

/* All CPUs use the one table. A leaf function: start.S relies on it not to use the stack. */
void mmu_enable(void)
{
    cpu_tlbiall();
    cpu_iciallu();
    cpu_bpiall();
    cpu_dsb(); /* invalidations are complete ... */
    cpu_isb(); /* ... before anything is fetched through the new state */
    /* Before the caches are on: a CPU outside the coherency domain sees no broadcast. */
    cpu_write_actlr(cpu_read_actlr() | BOARD_ACTLR);
    cpu_write_mair0(MAIR0_TYPES);
    cpu_write_ttbcr(TTBCR_EAE | TTBCR_WALK_WBWA);
    cpu_write_dacr(1); /* not looked at with this format, but never undefined */
    cpu_write_ttbr0_64((uint64_t)(uintptr_t)root);
    cpu_isb();
    cpu_write_sctlr((cpu_read_sctlr() | SCTLR_M | SCTLR_C | SCTLR_Z | SCTLR_I) & ~SCTLR_A);
    cpu_isb();
}

/*
 * The walker reads both halves of an entry at once, and CPUs with this format store aligned 64 bits
 * at once. While it changes, the entry is invalid: break before make, as in mmu.c, with broadcast.
 */
static void store_entry(volatile uint64_t *entry, uint64_t value)
{
    *entry = value;
    cpu_dsb(); /* the walkers see it */
}

void *board_high_view(dmacoh_phys_t phys)
{
    uint64_t *const entry = &level2[HIGH_VIEW_VA >> BLOCK_SHIFT];
    const dmacoh_phys_t block = phys & ~(dmacoh_phys_t)(BLOCK_SIZE - 1u);
    const uint64_t value = block | type_bits[MMU_CACHED];

    if (*entry != value) {
        store_entry(entry, 0);
        cpu_tlbimvaais(HIGH_VIEW_VA);
        cpu_dsb(); /* no access through the old translation is left */
        cpu_isb();
        store_entry(entry, value);
        cpu_isb();
    }
    return (void *)(uintptr_t)(HIGH_VIEW_VA + (uint32_t)(phys - block));
}
