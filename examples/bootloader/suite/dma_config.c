/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file dma_config.c
 * What the conformance suite needs of the library: an instance, a coherent pool and a bounce pool,
 * and a device record that refers to them. All addresses come from the board's board_map.h:
 *
 *     SUITE_MEMORY       the entries of the memory map
 *     SUITE_MMU          the members of struct dmacoh_mmu, or 0 for none
 *     SUITE_OUTER_VA     registers of the outer cache, or 0
 *     SUITE_FLAGS        DMACOH_F_* of the instance
 *     SUITE_REGION_FLAGS DMACOH_REGION_* of the uncached regions
 *     BOARD_CPUS, STOLEN_PHYS, STOLEN_VA, STOLEN_SIZE
 */
#include "board.h"
#include "board_map.h"
#ifdef SUITE_INCLUDE
#include SUITE_INCLUDE
#endif

/*
 * The first half of the stolen range is coherent memory, the second for bounces: some lines, then
 * pages.
 */
#define COHERENT_SIZE (STOLEN_SIZE / 2u)
#define EDGE_OFFSET   COHERENT_SIZE
#define EDGE_SIZE     0x10000u
#define BOUNCE_OFFSET (EDGE_OFFSET + EDGE_SIZE)
#define BOUNCE_SIZE   (STOLEN_SIZE - BOUNCE_OFFSET)

#define PAGE_SHIFT 12u
#define LINE_SHIFT 6u /* at least */

static const struct dmacoh_mem memory_map[] = {SUITE_MEMORY};

#define METADATA _Alignas(DMACOH_META_ALIGN) unsigned char

static METADATA cpu_meta[DMACOH_META_SIZE(BOARD_CPUS)];
static METADATA coherent_meta[DMACOH_REGION_META(COHERENT_SIZE, PAGE_SHIFT)];
static METADATA edge_meta[DMACOH_REGION_META(EDGE_SIZE, LINE_SHIFT)];
static METADATA bounce_meta[DMACOH_REGION_META(BOUNCE_SIZE, PAGE_SHIFT)];
#ifdef WINDOW_TABLE
static _Alignas(WINDOW_TABLE) unsigned char window_tables[WINDOW_TABLE];
#endif

static struct dmacoh_pool coherent_pool, bounce_pool;
static struct dmacoh_region coherent_region, edge_region, bounce_region;

struct dmacoh board_dma;
struct dmacoh_dev board_edu;

static int init_instance(void)
{
    const struct dmacoh_cfg cfg = {
        .mem = memory_map,
        .nmem = sizeof memory_map / sizeof memory_map[0],
        .ncpus = BOARD_CPUS,
        .mmu = {SUITE_MMU},
        .outer_va = SUITE_OUTER_VA,
        .flags = SUITE_FLAGS,
        .meta = cpu_meta,
        .meta_size = sizeof cpu_meta,
    };

    return dmacoh_init(&board_dma, &cfg);
}

/*
 * A granule of the lines' region. Some CPUs do not say how long their lines are at most, QEMU's
 * Cortex-A9 among them; the library then counts with 2 KiB, and no granule may be smaller.
 */
static uint32_t line_shift(void)
{
    const uint32_t shift = (uint32_t)__builtin_ctz(dmacoh_line(&board_dma));

    return shift > LINE_SHIFT ? shift : LINE_SHIFT;
}

static int add_region(struct dmacoh_pool *pool, struct dmacoh_region *region, uint32_t offset,
                      uint32_t size, uint32_t shift, void *meta, size_t meta_size)
{
    const struct dmacoh_region_cfg cfg = {
        .phys = STOLEN_PHYS + offset,
        .size = size,
        .va = STOLEN_VA + offset,
        .attr = DMACOH_MEM_UNCACHED,
        .method = DMACOH_M_STOLEN,
        .flags = SUITE_REGION_FLAGS,
        .granule_shift = shift,
        .max_run = shift < PAGE_SHIFT ? 1u : 0,
        .meta = meta,
        .meta_size = meta_size,
    };

    return dmacoh_pool_add_region(pool, region, &cfg);
}

/* The edge region is added first: a single line is then never taken out of the pages. */
int board_dma_init(void)
{
    const struct dmacoh_dev_cfg dev = {
        .limits = {.mask = board_plan.edu_mask},
        .coherent = &coherent_pool,
        .bounce = &bounce_pool,
        .name = "suite",
    };
    int rc = init_instance();

    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_init(&coherent_pool, &board_dma, NULL);
    }
    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_init(&bounce_pool, &board_dma, NULL);
    }
    if (rc == DMACOH_OK) {
        rc = add_region(&coherent_pool, &coherent_region, 0, COHERENT_SIZE, PAGE_SHIFT,
                        coherent_meta, sizeof coherent_meta);
    }
    if (rc == DMACOH_OK) {
        rc = add_region(&bounce_pool, &edge_region, EDGE_OFFSET, EDGE_SIZE, line_shift(), edge_meta,
                        sizeof edge_meta);
    }
    if (rc == DMACOH_OK) {
        rc = add_region(&bounce_pool, &bounce_region, BOUNCE_OFFSET, BOUNCE_SIZE, PAGE_SHIFT,
                        bounce_meta, sizeof bounce_meta);
    }
    return rc == DMACOH_OK ? dmacoh_dev_init(&board_edu, &board_dma, &dev) : rc;
}
