/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file mmu.c
 * Translation table of the board: 1 MiB sections of the short-descriptor format.
 *
 * The library adds second-level tables for its windows below mmu_l1 itself; the board never
 * touches those entries.
 */
#include "arm_virt.h"
#include "board.h"
#include "cpu.h"
#include "map.h"

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
#define ACTLR_SMP (1u << 6)

uint32_t mmu_l1[4096] __attribute__((aligned(16384)));

static void map_sections(uint32_t va, uint32_t phys, uint32_t size, uint32_t attributes)
{
    for (uint32_t offset = 0; offset < size; offset += SECTION_SIZE) {
        mmu_l1[(va + offset) >> SECTION_SHIFT] = (phys + offset) | attributes;
    }
}

/* Runs on CPU 0 with MMU and caches off: the stores go straight to memory. */
void mmu_build(void)
{
    map_sections(GICD_BASE, GICD_BASE, 0x02000000u, SECTION_DEVICE);
    map_sections(PCI_WINDOW, PCI_WINDOW, RAM_PHYS - PCI_WINDOW, SECTION_DEVICE);
    map_sections(RAM_PHYS, RAM_PHYS, LOWMEM_SIZE, SECTION_NORMAL_WBWA | SECTION_XN);
    map_sections(IMAGE_PHYS, IMAGE_PHYS, IMAGE_SIZE, SECTION_NORMAL_WBWA);
    map_sections(STOLEN_VA, STOLEN_PHYS, STOLEN_SIZE, SECTION_NORMAL_NC);
}

/* Both CPUs use the one table. A leaf function: start.S relies on it not to use the stack. */
void mmu_enable(void)
{
    uint32_t sctlr;

    cpu_tlbiall();
    cpu_iciallu();
    cpu_bpiall();
    cpu_dsb(); /* invalidations are complete ... */
    cpu_isb(); /* ... before anything is fetched through the new state */
    /* Before the caches are on: a CPU outside the coherency domain sees no broadcast. */
    cpu_write_actlr(cpu_read_actlr() | ACTLR_SMP);
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
 * Break before make, with broadcast: the other CPU may have walked this entry speculatively.
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
