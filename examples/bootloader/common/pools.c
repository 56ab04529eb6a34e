/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file pools.c
 * Pools and bus masters of a board that reads a disk, from the numbers of its board_map.h:
 *
 *     STOLEN_PHYS, STOLEN_VA, STOLEN_SIZE   memory with an uncached mapping only
 *     STOLEN_FLAGS                          DMACOH_REGION_* of it
 *     STOLEN_METHOD                         how it is uncached; default: DMACOH_M_STOLEN
 *     EDU_MASK                              last bus address that edu reaches
 *     NARROW_MASK                           last bus address of an NVMe that reaches no highmem
 *
 * All storage is the board's; the library keeps it between board_dma_init() and board_dma_fini().
 */
#include "pools.h"

#include "board.h"
#include "board_map.h"

/*
 * The stolen range: queues and coherent buffers, then bounce slots of whole lines for edges,
 * then bounce slots of whole pages.
 */
#define COHERENT_PHYS STOLEN_PHYS
#define COHERENT_SIZE 0x00300000u
#define EDGE_PHYS     (COHERENT_PHYS + COHERENT_SIZE)
#define EDGE_SIZE     0x00004000u
#define BOUNCE_PHYS   (EDGE_PHYS + EDGE_SIZE)
#define BOUNCE_SIZE   (STOLEN_PHYS + STOLEN_SIZE - BOUNCE_PHYS)

#ifndef STOLEN_METHOD
#define STOLEN_METHOD DMACOH_M_STOLEN
#endif

#define PAGE_SHIFT 12u
#define LINE_SHIFT 6u

/** [storage] */
#define METADATA _Alignas(DMACOH_META_ALIGN) unsigned char

static METADATA coherent_meta[DMACOH_REGION_META(COHERENT_SIZE, PAGE_SHIFT)];
static METADATA edge_meta[DMACOH_REGION_META(EDGE_SIZE, LINE_SHIFT)];
static METADATA bounce_meta[DMACOH_REGION_META(BOUNCE_SIZE, PAGE_SHIFT)];

static struct dmacoh_pool coherent_pool, bounce_pool;
static struct dmacoh_region coherent_region, edge_region, bounce_region;

struct dmacoh board_dma;
struct dmacoh_dev board_nvme, board_nvme_narrow, board_nvme_forced, board_edu;
/** [storage] */

static int add_region(struct dmacoh_pool *pool, struct dmacoh_region *region, uint32_t phys,
                      uint32_t size, uint32_t shift, uint32_t max_run, void *meta, size_t meta_size)
{
    /** [region] */
    const struct dmacoh_region_cfg cfg = {
        .phys = phys,
        .size = size,
        .va = STOLEN_VA + (phys - STOLEN_PHYS),
        .attr = DMACOH_MEM_UNCACHED,
        .method = STOLEN_METHOD,
        .flags = STOLEN_FLAGS,
        .granule_shift = shift,
        .max_run = max_run,
        .meta = meta,
        .meta_size = meta_size,
    };
    /** [region] */

    return dmacoh_pool_add_region(pool, region, &cfg);
}

/* The edge region is added first: a single line is then never taken out of the pages. */
static int init_pools(void)
{
    int rc = dmacoh_pool_init(&coherent_pool, &board_dma, NULL);

    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_init(&bounce_pool, &board_dma, NULL);
    }
    if (rc == DMACOH_OK) {
        rc = add_region(&coherent_pool, &coherent_region, COHERENT_PHYS, COHERENT_SIZE, PAGE_SHIFT,
                        0, coherent_meta, sizeof coherent_meta);
    }
    if (rc == DMACOH_OK) {
        rc = add_region(&bounce_pool, &edge_region, EDGE_PHYS, EDGE_SIZE, LINE_SHIFT, 1, edge_meta,
                        sizeof edge_meta);
    }
    if (rc == DMACOH_OK) {
        rc = add_region(&bounce_pool, &bounce_region, BOUNCE_PHYS, BOUNCE_SIZE, PAGE_SHIFT, 0,
                        bounce_meta, sizeof bounce_meta);
    }
    return rc;
}

/*
 * Three records of one NVMe: what it can do, and twice what a worse part could do. gap_mask: a
 * PRP list has one address a page, so pieces may join at page borders only.
 */
static int init_nvme(struct dmacoh_dev *dev, uint64_t mask, uint32_t flags, const char *name)
{
    /** [device] */
    const struct dmacoh_dev_cfg cfg = {
        .limits = {.mask = mask, .align = 4, .gap_mask = 4095},
        .windows = pools_windows,
        .nwindows = pools_window_count,
        .flags = flags,
        .coherent = &coherent_pool,
        .bounce = &bounce_pool,
        .name = name,
    };
    /** [device] */

    return dmacoh_dev_init(dev, &board_dma, &cfg);
}

static int init_edu(void)
{
    const struct dmacoh_dev_cfg cfg = {
        .limits = {.mask = EDU_MASK, .max_seg = 2048, .max_segs = 1},
        .windows = pools_windows,
        .nwindows = pools_window_count,
        .coherent = &coherent_pool,
        .bounce = &bounce_pool,
        .name = "edu",
    };

    return dmacoh_dev_init(&board_edu, &board_dma, &cfg);
}

int board_dma_init(void)
{
    int rc = pools_init_instance(&board_dma);

    if (rc == DMACOH_OK) {
        rc = init_pools();
    }
    if (rc == DMACOH_OK) {
        rc = init_nvme(&board_nvme, DMACOH_BIT_MASK(64), 0, "nvme");
    }
    if (rc == DMACOH_OK) {
        rc = init_nvme(&board_nvme_narrow, NARROW_MASK, 0, "nvme-narrow");
    }
    if (rc == DMACOH_OK) {
        rc = init_nvme(&board_nvme_forced, DMACOH_BIT_MASK(64), DMACOH_DEV_FORCE_BOUNCE,
                       "nvme-forced");
    }
    if (rc == DMACOH_OK) {
        rc = init_edu();
    }
    return rc;
}

int board_dma_fini(void)
{
    struct dmacoh_dev *const devices[] = {&board_edu, &board_nvme_forced, &board_nvme_narrow,
                                          &board_nvme};
    int rc = DMACOH_OK;

    for (size_t i = 0; i < sizeof devices / sizeof devices[0] && rc == DMACOH_OK; i++) {
        rc = dmacoh_dev_fini(devices[i]);
    }
    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_remove_region(&bounce_pool, &edge_region);
    }
    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_remove_region(&bounce_pool, &bounce_region);
    }
    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_remove_region(&coherent_pool, &coherent_region);
    }
    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_fini(&bounce_pool);
    }
    if (rc == DMACOH_OK) {
        rc = dmacoh_pool_fini(&coherent_pool);
    }
    return rc == DMACOH_OK ? dmacoh_fini(&board_dma) : rc;
}
