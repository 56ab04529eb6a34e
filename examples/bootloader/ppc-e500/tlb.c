/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file tlb.c
 * The address space of an e500: entries of TLB1, which nothing replaces. A CPU has its own.
 *
 * The one that changes is the view of highmem. A CPU takes it when it misses; when CPU 0 moves the
 * view it asks the others to drop their copies: hardware would do it by tlbivax, but not for a
 * protected entry, and emulators do not broadcast it.
 */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "e500.h"
#include "ppc.h"

#define SPR_L1CSR0 1010
#define SPR_L1CSR1 1011
#define SPR_HID1   1009
#define SPR_MAS0   624
#define SPR_MAS1   625
#define SPR_MAS2   626
#define SPR_MAS3   627
#define SPR_MAS7   944

#define L1CSR_ENABLE 0x1u
#define L1CSR_INVAL  0x2u
#define HID1_ABE     0x1000u /* cache and TLB operations reach the other CPUs */

#define MAS0_TLB1(entry) (0x10000000u | (entry) << 16)
#define MAS1_VALID       0x80000000u
#define MAS1_PROTECT     0x40000000u
#define MAS1_SIZE(log4)  ((log4) << 8) /* 4^n KiB */

#define SIZE_4K   1u
#define SIZE_1M   5u
#define SIZE_16M  7u
#define SIZE_64M  8u
#define SIZE_256M 9u

#define WIMG_M  0x4u
#define WIMG_IG 0xau
#define WIMG_IM 0xeu

#define RIGHTS_CODE 0x15u /* supervisor: execute, write, read */
#define RIGHTS_DATA 0x05u

static const struct {
    uint32_t va;
    uint64_t phys;
    uint32_t size;
    uint32_t wimg;
    uint32_t rights;
} entries[] = {
    {0x00000000u, 0x00000000u, SIZE_64M, WIMG_M, RIGHTS_CODE}, /* start.S has it on */
    {0x04000000u, 0x04000000u, SIZE_64M, WIMG_M, RIGHTS_DATA},
    {0x08000000u, 0x08000000u, SIZE_64M, WIMG_M, RIGHTS_DATA},
    {STOLEN_VA, STOLEN_PHYS, SIZE_16M, WIMG_IM, RIGHTS_DATA},
    {CCSR_VA, CCSR_PHYS, SIZE_1M, WIMG_IG, RIGHTS_DATA},
    {PCI_WINDOW_VA, PCI_WINDOW_PHYS, SIZE_256M, WIMG_IG, RIGHTS_DATA},
    {SPIN_VA, SPIN_PHYS, SIZE_4K, WIMG_IG, RIGHTS_DATA},
};

#define ENTRIES (sizeof entries / sizeof entries[0])

static volatile dmacoh_phys_t view; /* what the view of highmem shows; 0: nothing yet */

/* A miss of the TLB writes the MAS registers, so interrupts, which may miss, are off. */
static void write_entry(uint32_t entry, uint32_t mas1, uint32_t mas2, uint64_t phys,
                        uint32_t rights)
{
    const uint32_t state = cpu_irq_save();

    cpu_mtspr(SPR_MAS0, MAS0_TLB1(entry));
    cpu_mtspr(SPR_MAS1, mas1);
    cpu_mtspr(SPR_MAS2, mas2);
    cpu_mtspr(SPR_MAS3, (uint32_t)phys | rights);
    cpu_mtspr(SPR_MAS7, phys >> 32);
    __asm__ volatile("isync; msync; tlbwe; isync" ::: "memory");
    cpu_irq_restore(state);
}

static void enable_caches(bool boot_cpu)
{
    if ((cpu_mfspr(SPR_L1CSR0) & L1CSR_ENABLE) != 0) {
        return;
    }
    dmacoh_boot_cache_inval(boot_cpu);
    cpu_msync();
    cpu_isync();
    cpu_mtspr(SPR_L1CSR0, L1CSR_ENABLE);
    cpu_mtspr(SPR_L1CSR1, L1CSR_INVAL);
    cpu_mtspr(SPR_L1CSR1, L1CSR_ENABLE);
    cpu_isync();
}

/* The other CPUs come with their first entry in the place of the second one. */
void mmu_init_cpu(void)
{
    const uint32_t cpu = board_this_cpu();

    for (uint32_t i = 1; i < ENTRIES; i++) {
        const uint32_t place = cpu != 0 && i == 1 ? 0 : i;

        write_entry(place, MAS1_VALID | MAS1_PROTECT | MAS1_SIZE(entries[i].size),
                    entries[i].va | entries[i].wimg, entries[i].phys, entries[i].rights);
    }
    cpu_mtspr(SPR_HID1, cpu_mfspr(SPR_HID1) | HID1_ABE);
    enable_caches(cpu == 0);
}

bool mmu_data_miss(uintptr_t va)
{
    if (view == 0 || va - HIGH_VIEW_VA >= 0x100000u) {
        return false;
    }
    write_entry(TLB1_VIEW, MAS1_VALID | MAS1_PROTECT | MAS1_SIZE(SIZE_1M), HIGH_VIEW_VA | WIMG_M,
                view, RIGHTS_DATA);
    return true;
}

void mmu_drop_view(void)
{
    write_entry(TLB1_VIEW, MAS1_SIZE(SIZE_1M), HIGH_VIEW_VA, 0, 0);
}

void *board_high_view(dmacoh_phys_t phys)
{
    if (view != phys) {
        view = phys;
        cpu_msync();
        mmu_drop_view();
        mpic_drop_views();
    }
    return (void *)(uintptr_t)HIGH_VIEW_VA;
}
