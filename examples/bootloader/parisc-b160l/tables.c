/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file tables.c
 * The page tables of this board, in a format of its own: the TLB is filled by vectors.S, which finds
 * the protection of each MiB here. Virtual addresses are physical ones.
 */
#include "b160l.h"
#include "board.h"
#include "board_map.h"

#define MIB_SHIFT 20u

/* As idtlbp and iitlbp take it. */
#define PROT_DIRTY    0x10000000u /* stores do not trap */
#define PROT_DATA     0x01000000u /* read and write, privilege 0 */
#define PROT_CODE     0x03000000u /* and execute */
#define PROT_UNCACHED 0x00080000u

extern uint32_t board_protection[4096];
uint32_t board_protection[4096]; /* 0: nothing is there */

static void map(uint32_t first, uint32_t last, uint32_t protection)
{
    for (uint32_t mib = first >> MIB_SHIFT; mib <= last >> MIB_SHIFT; mib++) {
        board_protection[mib] = PROT_DIRTY | protection;
    }
}

/* Translation is off, and this CPU is alone. */
void tables_build(void)
{
    map(RAM_PHYS, STOLEN_PHYS - 1u, PROT_DATA);
    map(IMAGE_PHYS, IMAGE_PHYS, PROT_CODE);
    map(STOLEN_PHYS, STOLEN_PHYS + STOLEN_SIZE - 1u, PROT_DATA | PROT_UNCACHED);
    map(IO_BASE, UINT32_MAX, PROT_DATA | PROT_UNCACHED);
}

int tables_query(void *ctx, uintptr_t va, uint64_t *phys, uint32_t *attr)
{
    const uint32_t protection = board_protection[va >> MIB_SHIFT];

    (void)ctx;
    if (protection == 0) {
        return -1;
    }
    *phys = va;
    *attr = (protection & PROT_UNCACHED) != 0 ? DMACOH_MEM_UNCACHED : DMACOH_MEM_CACHED;
    return 0;
}
