/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file platform.c
 * The library on the simulated machine. Its memory map is one entry, the cacheable RAM; its pool is
 * the uncached RAM. There are no page tables: dmacoh_cfg.mmu stays zero.
 */
#include "platform.h"

#include <dmacoh-sim/transparent.h>

#define GRANULE_SHIFT 8u
#define POOL_BYTES    0x10000u /* the default of sim_transparent_plan.uncached_bytes */

static _Alignas(DMACOH_META_ALIGN) unsigned char cpu_meta[DMACOH_META_SIZE(1)];
static _Alignas(
    DMACOH_META_ALIGN) unsigned char pool_meta[DMACOH_REGION_META(POOL_BYTES, GRANULE_SHIFT)];

static void init_pool(struct platform *p)
{
    const struct sim_host_ram uncached = sim_host_uncached();
    const struct dmacoh_region_cfg cfg = {
        .phys = uncached.phys,
        .size = uncached.size,
        .va = (uintptr_t)uncached.va,
        .attr = DMACOH_MEM_UNCACHED,
        .method = DMACOH_M_STOLEN,
        .granule_shift = GRANULE_SHIFT,
        .meta = pool_meta,
        .meta_size = sizeof pool_meta,
    };

    sim_expect(dmacoh_pool_init(&p->pool, &p->c, NULL) == DMACOH_OK);
    sim_expect(dmacoh_pool_add_region(&p->pool, &p->region, &cfg) == DMACOH_OK);
}

void platform_init(struct platform *p)
{
    const struct sim_host_ram cached = sim_host_cached();
    const struct dmacoh_cfg cfg = {
        .mem = &p->ram,
        .nmem = 1,
        .ncpus = 1,
        .meta = cpu_meta,
        .meta_size = sizeof cpu_meta,
    };
    const struct dmacoh_dev_cfg dev = {
        .limits = {.mask = DMACOH_BIT_MASK(32)},
        .coherent = &p->pool,
        .bounce = &p->pool,
        .name = "nic",
    };

    *p = (struct platform){
        .ram = {cached.phys, cached.size, (uintptr_t)cached.va, DMACOH_RAM_LINEAR},
    };
    sim_expect(dmacoh_init(&p->c, &cfg) == DMACOH_OK);
    init_pool(p);
    sim_expect(dmacoh_dev_init(&p->dev, &p->c, &dev) == DMACOH_OK);
}

void platform_fini(struct platform *p)
{
    sim_expect(dmacoh_dev_fini(&p->dev) == DMACOH_OK);
    sim_expect(dmacoh_pool_remove_region(&p->pool, &p->region) == DMACOH_OK);
    sim_expect(dmacoh_pool_fini(&p->pool) == DMACOH_OK);
    sim_expect(dmacoh_fini(&p->c) == DMACOH_OK);
}
