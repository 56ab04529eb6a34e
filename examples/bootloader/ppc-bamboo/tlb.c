/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file tlb.c  The address space of a 440: entries of the UTLB, which nothing replaces. */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "ppc.h"

#define SPR_MMUCR 946

/* Word 0 of an entry; sizes are 4^n KiB. */
#define TLB_VALID   0x200u
#define TLB_SIZE(n) ((n) << 4)
#define SIZE_1M     5u
#define SIZE_16M    7u
#define SIZE_256M   9u

/* Word 2. */
#define TLB_I       0x400u
#define TLB_G       0x100u
#define RIGHTS_CODE 0x7u /* supervisor: execute, write, read */
#define RIGHTS_DATA 0x3u

#define FIRST_LOWMEM 2u
#define ENTRY_STOLEN 9u
#define ENTRY_PCI    10u
#define ENTRY_IO     11u

static dmacoh_phys_t view; /* what the view of highmem shows; 0: nothing yet */

/* Not valid while it changes: the word with the valid bit is the first to go and the last to come. */
static void write_entry(uint32_t entry, uint32_t va, uint32_t phys, uint32_t size, uint32_t bits)
{
    const uint32_t word0 = va | TLB_VALID | TLB_SIZE(size);

    __asm__ volatile("tlbwe %0, %1, 0" ::"r"(0), "r"(entry) : "memory");
    __asm__ volatile("tlbwe %0, %1, 2" ::"r"(bits), "r"(entry) : "memory");
    __asm__ volatile("tlbwe %0, %1, 1" ::"r"(phys), "r"(entry) : "memory");
    __asm__ volatile("tlbwe %0, %1, 0\n\tisync" ::"r"(word0), "r"(entry) : "memory");
}

static void clear_entry(uint32_t entry)
{
    __asm__ volatile("tlbwe %0, %1, 0\n\tisync" ::"r"(0), "r"(entry) : "memory");
}

void mmu_init_cpu(void)
{
    cpu_mtspr(SPR_MMUCR, 0); /* translations of no process */
    for (uint32_t at = 0; at < LOWMEM_SIZE; at += 0x01000000u) {
        write_entry(FIRST_LOWMEM + at / 0x01000000u, RAM_PHYS + at, RAM_PHYS + at, SIZE_16M,
                    at == 0 ? RIGHTS_CODE : RIGHTS_DATA);
    }
    write_entry(ENTRY_STOLEN, STOLEN_VA, STOLEN_PHYS, SIZE_16M, TLB_I | TLB_G | RIGHTS_DATA);
    write_entry(ENTRY_PCI, PCI_WINDOW, PCI_WINDOW, SIZE_256M, TLB_I | TLB_G | RIGHTS_DATA);
    write_entry(ENTRY_IO, IO_BASE, IO_BASE, SIZE_256M, TLB_I | TLB_G | RIGHTS_DATA);
    clear_entry(0);
    clear_entry(1);
}

/* All that is mapped is bolted. */
bool mmu_data_miss(uintptr_t va)
{
    (void)va;
    return false;
}

void *board_high_view(dmacoh_phys_t phys)
{
    if (view != phys) {
        view = phys;
        cpu_msync(); /* accesses through the old view are complete */
        write_entry(TLB_VIEW, HIGH_VIEW_VA, (uint32_t)phys, SIZE_1M, RIGHTS_DATA);
    }
    return (void *)(uintptr_t)HIGH_VIEW_VA;
}
