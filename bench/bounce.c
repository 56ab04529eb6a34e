/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "bounce.h"

#include <stdlib.h>

static void must(const char *what, int rc)
{
    if (rc != DMACOH_OK) {
        give_up(what, rc);
    }
}

void bounce_start_at(struct bounce *b, uint64_t size, uintptr_t va, uintptr_t ram_va)
{
    const size_t meta_size = DMACOH_REGION_META(size, BOUNCE_SHIFT);

    *b = (struct bounce){.meta = calloc(1, meta_size)};
    if (b->meta == NULL) {
        give_up("out of memory", (long)meta_size);
    }
    b->mem = (struct dmacoh_mem){
        .phys = BOUNCE_RAM, .size = BOUNCE_RAM_SIZE, .va = ram_va, .kind = DMACOH_RAM_LINEAR};

    const struct dmacoh_cfg cfg = {
        .mem = &b->mem, .nmem = 1, .ncpus = 1, .meta = b->percpu, .meta_size = sizeof(b->percpu)};
    const struct dmacoh_region_cfg region = {.phys = BOUNCE_PHYS,
                                             .size = size,
                                             .va = va,
                                             .attr = DMACOH_MEM_UNCACHED,
                                             .method = DMACOH_M_STOLEN,
                                             .granule_shift = BOUNCE_SHIFT,
                                             .flags = DMACOH_REGION_CLEAN,
                                             .meta = b->meta,
                                             .meta_size = meta_size};
    const struct dmacoh_dev_cfg dev = {
        .limits = {.mask = DMACOH_BIT_MASK(31)}, .flags = DMACOH_DEV_COHERENT, .bounce = &b->pool};

    must("dmacoh_init", dmacoh_init(&b->c, &cfg));
    must("dmacoh_pool_init", dmacoh_pool_init(&b->pool, &b->c, NULL));
    must("dmacoh_pool_add_region", dmacoh_pool_add_region(&b->pool, &b->region, &region));
    must("dmacoh_dev_init", dmacoh_dev_init(&b->dev, &b->c, &dev));
}

void bounce_start(struct bounce *b, uint64_t size, uintptr_t va)
{
    bounce_start_at(b, size, va, 0x20000000u);
}

void bounce_end(struct bounce *b)
{
    free(b->meta);
    b->meta = NULL;
}

int bounce_map(struct bounce *b, struct dmacoh_map *map, uint32_t len)
{
    return dmacoh_map_phys(&b->dev, map, BOUNCE_RAM, len, DMACOH_TO_DEVICE, DMACOH_ATTR_SKIP_SYNC);
}

uint64_t bounce_used(struct bounce *b)
{
    return b->pool.bytes - b->pool.free;
}
