/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file dma_config.c  The PowerPC boards as data: memory map, entries of the TLB, bus addresses. */
#include "board.h"
#include "board_map.h"
#include "endian.h"
#include "fdt.h"
#include "pools.h"

/* Highmem ends where the device tree says that RAM ends. */
static struct dmacoh_mem memory_map[] = {
    {.phys = RAM_PHYS, .size = LOWMEM_SIZE, .va = RAM_PHYS, .kind = DMACOH_RAM_LINEAR},
    {.phys = HIGHMEM_PHYS, .size = 0, .va = 0, .kind = DMACOH_RAM_HIGH},
};

static _Alignas(DMACOH_META_ALIGN) unsigned char cpu_meta[DMACOH_META_SIZE(BOARD_CPUS)];

#ifdef BOARD_WINDOWS
static const struct dmacoh_window windows[] = {BOARD_WINDOWS};
const struct dmacoh_window *const pools_windows = windows;
const uint32_t pools_window_count = sizeof windows / sizeof windows[0];
#else
const struct dmacoh_window *const pools_windows = NULL;
const uint32_t pools_window_count = 0;
#endif

/* Two cells of address, then one or two of size. The node has no unit address on these boards. */
static uint64_t ram_size(void)
{
    uint32_t len;
    const uint32_t *reg = fdt_property(board_fdt(), "memory", "reg", &len);

    if (reg == NULL || len < 12) {
        return 0;
    }
    return len < 16 ? be32(reg[2]) : (uint64_t)be32(reg[2]) << 32 | be32(reg[3]);
}

int pools_init_instance(struct dmacoh *dma)
{
    const struct dmacoh_cfg cfg = {
        .mem = memory_map,
        .nmem = sizeof memory_map / sizeof memory_map[0],
        .ncpus = BOARD_CPUS,
        .mmu =
            {
                .win_slots = WINDOW_SLOTS,
                .win_va = WINDOW_VA,
                .entry_first = TLB_WINDOW_FIRST,
                .entry_count = TLB_WINDOW_COUNT,
            },
        .meta = cpu_meta,
        .meta_size = sizeof cpu_meta,
    };
    const uint64_t size = ram_size();

    if (RAM_PHYS + size <= HIGHMEM_PHYS) {
        return DMACOH_E_NOTRAM;
    }
    memory_map[1].size = RAM_PHYS + size - HIGHMEM_PHYS;
    return dmacoh_init(dma, &cfg);
}
