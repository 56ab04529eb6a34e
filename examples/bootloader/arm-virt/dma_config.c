/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file dma_config.c  The machine as data: memory map, page tables. Bus addresses are physical ones. */
#include "arm.h"
#include "board.h"
#include "board_map.h"
#include "fdt.h"
#include "pools.h"

/* Highmem ends where the device tree says that RAM ends. */
static struct dmacoh_mem memory_map[] = {
    {.phys = RAM_PHYS, .size = LOWMEM_SIZE, .va = RAM_PHYS, .kind = DMACOH_RAM_LINEAR},
    {.phys = HIGHMEM_PHYS, .size = 0, .va = 0, .kind = DMACOH_RAM_HIGH},
};

static _Alignas(DMACOH_META_ALIGN) unsigned char cpu_meta[DMACOH_META_SIZE(BOARD_MAX_CPUS)];
static _Alignas(WINDOW_TABLE) unsigned char window_tables[WINDOW_TABLE];

const struct dmacoh_window *const pools_windows = NULL;
const uint32_t pools_window_count = 0;

int pools_init_instance(struct dmacoh *dma)
{
    /** [instance] */
    const struct dmacoh_cfg cfg = {
        .mem = memory_map,
        .nmem = 2,
        .ncpus = BOARD_MAX_CPUS,
        .mmu =
            {
                .root = mmu_root(),
                .tables_phys = (uintptr_t)window_tables, /* the linear map is an identity map */
                .tables_va = (uintptr_t)window_tables,
                .tables_size = sizeof window_tables,
                .win_slots = WINDOW_SLOTS,
                .win_va = WINDOW_VA,
            },
        .meta = cpu_meta,
        .meta_size = sizeof cpu_meta,
    };
    /** [instance] */
    uint64_t ram_size;

    if (!fdt_memory_size(board_fdt(), &ram_size) || RAM_PHYS + ram_size <= HIGHMEM_PHYS) {
        return DMACOH_E_NOTRAM;
    }
    memory_map[1].size = RAM_PHYS + ram_size - HIGHMEM_PHYS;
    return dmacoh_init(dma, &cfg);
}
