/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Ours: small objects under the lock and with magazines, and buffers of whole granules. */
#include "harness.h"
#include "peers.h"
#include "port.h"
#include "world.h"

#include <stdlib.h>

#define MAGAZINE 256u

struct ours {
    struct world world;
    struct dmacoh_objpool pool;
    void *meta;
    size_t size;
};

static struct ours locked;
static struct ours magazine;
static struct ours buffers;

static bool start_objects(struct ours *o, size_t size, uint32_t most, uint32_t cache)
{
    const uint32_t per_slab = (uint32_t)(WORLD_GRANULE / size);
    const uint32_t slabs = most / (per_slab != 0 ? per_slab : 1u) + WORLD_CPUS * cache / 8u + 64u;
    const size_t meta_size = DMACOH_OBJPOOL_MAGAZINE_META(slabs, WORLD_CPUS, cache);
    const struct dmacoh_objpool_cfg cfg = {.size = (uint32_t)size,
                                           .max_slabs = slabs,
                                           .attrs = DMACOH_ATTR_NOZERO,
                                           .magazine = cache,
                                           .meta = o->meta = aligned_alloc(64u, meta_size),
                                           .meta_size = meta_size};

    if (per_slab < 2u) {
        free(o->meta);
        return false; /* whole granules: that is what dmacoh_alloc() is for */
    }
    world_start(&o->world, &product, (uint64_t)slabs * WORLD_GRANULE, WORLD_POOL_VA);
    if (dmacoh_objpool_init(&o->pool, &o->world.dev, &cfg) != DMACOH_OK) {
        give_up("dmacoh_objpool_init", (long)slabs);
    }
    return true;
}

static void stop_objects(struct ours *o)
{
    world_end(&o->world);
    free(o->meta);
}

/* Entry points are filled in when it starts, so that the table is not a list of casts. */
static void entries(struct allocator *a, uintptr_t get, uintptr_t put)
{
    a->get_entry = get;
    a->put_entry = put;
}

static bool locked_start(size_t size, uint32_t most)
{
    entries(&allocators_dmacoh[0], (uintptr_t)dmacoh_objpool_alloc, (uintptr_t)dmacoh_objpool_free);
    return start_objects(&locked, size, most, 0);
}

static void locked_stop(void)
{
    stop_objects(&locked);
}

static void must(int rc)
{
    if (rc != DMACOH_OK) {
        give_up("an allocation of ours", rc);
    }
}

static void locked_get(union cell *cell)
{
    must(dmacoh_objpool_alloc(&locked.pool, &cell->object));
}

static void locked_put(union cell *cell)
{
    must(dmacoh_objpool_free(&locked.pool, &cell->object));
}

static bool magazine_start(size_t size, uint32_t most)
{
    entries(&allocators_dmacoh[1], (uintptr_t)dmacoh_objpool_alloc, (uintptr_t)dmacoh_objpool_free);
    return start_objects(&magazine, size, most, MAGAZINE);
}

static void magazine_stop(void)
{
    stop_objects(&magazine);
}

static void magazine_get(union cell *cell)
{
    must(dmacoh_objpool_alloc(&magazine.pool, &cell->object));
}

static void magazine_put(union cell *cell)
{
    must(dmacoh_objpool_free(&magazine.pool, &cell->object));
}

static bool buffers_start(size_t size, uint32_t most)
{
    if (size < WORLD_GRANULE) {
        return false;
    }
    entries(&allocators_dmacoh[2], (uintptr_t)dmacoh_alloc, (uintptr_t)dmacoh_free);
    buffers.size = size;
    world_start(&buffers.world, &product, (uint64_t)most * size + (1u << 20), WORLD_POOL_VA);
    return true;
}

static void buffers_stop(void)
{
    world_end(&buffers.world);
}

static void buffers_get(union cell *cell)
{
    cell->buffer = (struct dmacoh_buf){0};
    must(dmacoh_alloc(&buffers.world.dev, &cell->buffer, buffers.size, DMACOH_ATTR_NOZERO));
}

static void buffers_put(union cell *cell)
{
    must(dmacoh_free(&cell->buffer));
}

static void thread(uint32_t cpu)
{
    bench_port.cpu = cpu;
}

struct allocator allocators_dmacoh[] = {
    {"dmacoh", locked_start, locked_stop, locked_get, locked_put, 0, 0, thread},
    {"dmacoh_magazine", magazine_start, magazine_stop, magazine_get, magazine_put, 0, 0, thread},
    {"dmacoh_alloc", buffers_start, buffers_stop, buffers_get, buffers_put, 0, 0, thread},
    {0},
};
