/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "tp_place.h"

#define POOL_BYTES 0x10000u

struct tp_place tp_place;

static _Alignas(DMACOH_META_ALIGN) unsigned char cpu_meta[DMACOH_META_SIZE(1)];
static _Alignas(DMACOH_META_ALIGN) unsigned char pool_meta[DMACOH_REGION_META(POOL_BYTES, 6)];

void tp_place_init_dev(uint32_t granule_shift, const struct dmacoh_dev_cfg *dev)
{
    const struct sim_host_ram cached = sim_host_cached();
    const struct sim_host_ram uncached = sim_host_uncached();
    const struct dmacoh_cfg cfg = {
        .mem = &tp_place.ram,
        .nmem = 1,
        .ncpus = 1,
        .meta = cpu_meta,
        .meta_size = sizeof cpu_meta,
    };
    const struct dmacoh_region_cfg region = {
        .phys = uncached.phys,
        .size = uncached.size,
        .va = (uintptr_t)uncached.va,
        .attr = DMACOH_MEM_UNCACHED,
        .method = DMACOH_M_STOLEN,
        .granule_shift = granule_shift,
        .meta = pool_meta,
        .meta_size = sizeof pool_meta,
    };
    struct dmacoh_dev_cfg with_pools = *dev;

    tp_place = (struct tp_place){
        .ram = {cached.phys, cached.size, (uintptr_t)cached.va, DMACOH_RAM_LINEAR},
    };
    with_pools.coherent = &tp_place.pool;
    with_pools.bounce = &tp_place.pool;
    sim_expect(dmacoh_init(&tp_place.c, &cfg) == DMACOH_OK);
    sim_expect(dmacoh_pool_init(&tp_place.pool, &tp_place.c, NULL) == DMACOH_OK);
    sim_expect(dmacoh_pool_add_region(&tp_place.pool, &tp_place.region, &region) == DMACOH_OK);
    sim_expect(dmacoh_dev_init(&tp_place.dev, &tp_place.c, &with_pools) == DMACOH_OK);
}

void tp_place_init(uint32_t granule_shift, uint32_t gap_mask)
{
    const struct dmacoh_dev_cfg dev = {
        .limits = {.mask = DMACOH_BIT_MASK(32), .gap_mask = gap_mask},
    };

    tp_place_init_dev(granule_shift, &dev);
}

void tp_place_fini(void)
{
    sim_expect(dmacoh_dev_fini(&tp_place.dev) == DMACOH_OK);
    sim_expect(dmacoh_pool_remove_region(&tp_place.pool, &tp_place.region) == DMACOH_OK);
    sim_expect(dmacoh_pool_fini(&tp_place.pool) == DMACOH_OK);
    sim_expect(dmacoh_fini(&tp_place.c) == DMACOH_OK);
}
