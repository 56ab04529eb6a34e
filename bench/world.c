/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "world.h"

#include "harness.h"

#include <stdlib.h>

#define BENCH_PRODUCT(name) .name = dmacoh_##name,

const struct library product = {BENCH_FUNCTIONS(BENCH_PRODUCT)};

static void must(const char *what, int rc)
{
    if (rc != DMACOH_OK) {
        give_up(what, rc);
    }
}

void world_start(struct world *w, const struct library *lib, uint64_t pool_size, uintptr_t va)
{
    const size_t meta_size = DMACOH_REGION_META(pool_size, 12u);

    *w = (struct world){.lib = lib};
    w->mem = (struct dmacoh_mem){
        .phys = WORLD_RAM, .size = WORLD_RAM_SIZE, .va = 0x10000000u, .kind = DMACOH_RAM_LINEAR};
    w->meta = calloc(1, meta_size);
    if (w->meta == NULL) {
        give_up("out of memory", (long)meta_size);
    }

    const struct dmacoh_cfg cfg = {.mem = &w->mem,
                                   .nmem = 1,
                                   .ncpus = WORLD_CPUS,
                                   .meta = w->percpu,
                                   .meta_size = sizeof(w->percpu)};
    const struct dmacoh_region_cfg region = {.phys = WORLD_POOL,
                                             .size = pool_size,
                                             .va = va,
                                             .attr = DMACOH_MEM_UNCACHED,
                                             .method = DMACOH_M_STOLEN,
                                             .granule_shift = 12u,
                                             .flags = DMACOH_REGION_CLEAN,
                                             .meta = w->meta,
                                             .meta_size = meta_size};
    const struct dmacoh_dev_cfg dev = {.limits = {.mask = DMACOH_BIT_MASK(64)},
                                       .flags = DMACOH_DEV_COHERENT,
                                       .coherent = &w->pool};

    must("dmacoh_init", lib->init(&w->c, &cfg));
    must("dmacoh_pool_init", lib->pool_init(&w->pool, &w->c, NULL));
    must("dmacoh_pool_add_region", lib->pool_add_region(&w->pool, &w->region, &region));
    must("dmacoh_dev_init", lib->dev_init(&w->dev, &w->c, &dev));
}

void world_end(struct world *w)
{
    free(w->meta);
    w->meta = NULL;
}
