/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file dma_config.c  The machine as data: memory map, TLB entries. Bus addresses are physical ones. */
#include "board_map.h"
#include "mips.h"
#include "pools.h"

/* Highmem ends where the boot monitor says that RAM ends. */
static struct dmacoh_mem memory_map[] = {
    {.phys = 0, .size = LOWMEM_SIZE, .va = KSEG0, .kind = DMACOH_RAM_LINEAR},
    {.phys = HIGHMEM_PHYS, .size = 0, .va = 0, .kind = DMACOH_RAM_HIGH},
};

static _Alignas(DMACOH_META_ALIGN) unsigned char cpu_meta[DMACOH_META_SIZE(BOARD_CPUS)];
const struct dmacoh_window *const pools_windows = NULL;
const uint32_t pools_window_count = 0;

/* Bytes of RAM, as the boot monitor writes them; 0: it says nothing that makes sense. */
static uint32_t ram_size(void)
{
    const char *text = board_monitor_variable("ememsize");
    uint32_t size = 0;

    if (text == NULL) {
        return 0;
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        size = size * 10u + (uint32_t)(*text - '0');
    }
    return size;
}

int pools_init_instance(struct dmacoh *dma)
{
    const uint32_t size = ram_size();
    const struct dmacoh_cfg cfg = {
        .mem = memory_map,
        .nmem = 2,
        .ncpus = board_cpus(),
        .mmu =
            {
                .win_slots = WINDOW_SLOTS,
                .win_va = WINDOW_VA,
                .entry_first = 0,
                .entry_count = WINDOW_SLOTS,
            },
        .meta = cpu_meta,
        .meta_size = sizeof cpu_meta,
    };

    if (size <= HIGHMEM_PHYS) {
        return DMACOH_E_NOTRAM;
    }
    memory_map[1].size = size - HIGHMEM_PHYS;
    return dmacoh_init(dma, &cfg);
}
