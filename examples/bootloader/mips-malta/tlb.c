/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file tlb.c
 * The TLB of a CPU: wired entries for the library's windows, and a view of highmem that the refill
 * handler of start.S loads.
 */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "mips.h"

#define CONFIG1_ENTRIES(config1) (((config1) >> 25 & 0x3fu) + 1u)
#define INDEX_MISS               0x80000000u

#define MIB       0x100000u
#define PAIR_MASK (2u * MIB - 1u)

/*
 * The two EntryLo words of the view, which the refill handler loads: the page table of this board. The
 * first one is 0 as long as there is no view.
 */
extern uint32_t tlb_view[2];
uint32_t tlb_view[2];

/* An address in KSEG0 never goes through the TLB: an entry that has one never matches. */
static void make_unmatchable(uint32_t entry)
{
    cpu_write_entryhi(KSEG0 + (entry << 13));
    cpu_write_entrylo0(0);
    cpu_write_entrylo1(0);
    cpu_write_index(entry);
    cpu_tlbwi();
}

void tlb_init(void)
{
    const uint32_t entries = CONFIG1_ENTRIES(cpu_read_config1());

    cpu_write_pagemask(0);
    for (uint32_t i = 0; i < entries; i++) {
        make_unmatchable(i);
    }
    cpu_write_wired(WINDOW_SLOTS);
    cpu_write_entryhi(0); /* address space 0 */
}

/* An entry of the old view must go before the new one is loaded: there must never be two. */
static void drop_view(void)
{
    const uint32_t status = cpu_di();

    cpu_write_entryhi(HIGH_VIEW_VA);
    cpu_tlbp();
    if ((cpu_read_index() & INDEX_MISS) == 0) {
        make_unmatchable(cpu_read_index());
    }
    cpu_write_entryhi(0);
    if ((status & STATUS_IE) != 0) {
        cpu_ei();
    }
}

/*
 * The view has the type of KSEG0 and of the library's windows. Its addresses have the colour of the
 * physical ones, whatever the size of a cache way, so all of them find the same lines.
 */
void *board_high_view(dmacoh_phys_t phys)
{
    const uint32_t pair = (uint32_t)phys & ~PAIR_MASK;
    const uint32_t even = ENTRY_LO(pair, board_cca());
    const uintptr_t offset = (uint32_t)phys & MIB;

    if (tlb_view[0] != even) {
        tlb_view[0] = even;
        tlb_view[1] = ENTRY_LO(pair + MIB, board_cca());
        drop_view();
    }
    return (void *)(HIGH_VIEW_VA + offset);
}
