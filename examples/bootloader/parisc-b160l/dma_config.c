/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file dma_config.c  The B160L as data: memory map, CPU, page tables. */
#include "b160l.h"
#include "board.h"
#include "board_map.h"
#include "pools.h"

#include <dmacoh/parisc.h>

#define PDC_CACHE           5u
#define PDC_CACHE_INFO      0u
#define PDC_WORDS           32u
#define PDC_CACHE_DATA_CONF 7u

static const struct dmacoh_mem memory_map[] = {
    {.phys = RAM_PHYS, .size = LOWMEM_SIZE, .va = RAM_PHYS, .kind = DMACOH_RAM_LINEAR},
};

static const struct dmacoh_port_ops ops = {.page_query = tables_query};

static struct dmacoh_cpu_facts facts = {.cpu = DMACOH_PA_7300LC}; /* there is no other B160L */

static _Alignas(DMACOH_META_ALIGN) unsigned char cpu_meta[DMACOH_META_SIZE(BOARD_CPUS)];

const struct dmacoh_window *const pools_windows = NULL;
const uint32_t pools_window_count = 0;

void board_ask_firmware(void)
{
    static _Alignas(64) uint32_t answer[PDC_WORDS];

    if (board_pdc_call(PDC_CACHE, PDC_CACHE_INFO, (uint32_t)(uintptr_t)answer, 0) >= 0) {
        dmacoh_pa_cache_facts(&facts, answer[PDC_CACHE_DATA_CONF]);
    }
}

int pools_init_instance(struct dmacoh *dma)
{
    const struct dmacoh_cfg cfg = {
        .mem = memory_map,
        .nmem = sizeof memory_map / sizeof memory_map[0],
        .ncpus = BOARD_CPUS,
        .facts = facts,
        .ops = &ops,
        .meta = cpu_meta,
        .meta_size = sizeof cpu_meta,
    };

    return dmacoh_init(dma, &cfg);
}
