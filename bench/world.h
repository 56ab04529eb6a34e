/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file world.h
 * @brief The library as a set of functions, and a machine with one device and one pool.
 *
 * Pool memory has addresses and no contents: the library never touches it, so a pool of 1 GiB costs
 * its metadata only.
 */
#ifndef DMACOH_BENCH_WORLD_H
#define DMACOH_BENCH_WORLD_H

#include <dmacoh/dmacoh.h>

/* The functions that benchmarks call; the library exists twice, see twin.h. */
#define BENCH_FUNCTIONS(X)                                                                         \
    X(init)                                                                                        \
    X(dev_init)                                                                                    \
    X(pool_init)                                                                                   \
    X(pool_add_region)                                                                             \
    X(pool_stats)                                                                                  \
    X(alloc)                                                                                       \
    X(alloc_aligned)                                                                               \
    X(free)                                                                                        \
    X(objpool_init)                                                                                \
    X(objpool_alloc) X(objpool_free) X(objpool_drain) X(map_phys) X(map_segs) X(unmap)

#define BENCH_MEMBER(name) __typeof__(&dmacoh_##name) name;

struct library {
    BENCH_FUNCTIONS(BENCH_MEMBER)
};

/* The library as a product is built. */
extern const struct library product;

#define WORLD_CPUS 64u

struct world {
    const struct library *lib;
    struct dmacoh c;
    struct dmacoh_mem mem;
    struct dmacoh_dev dev;
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    uint64_t percpu[DMACOH_META_SIZE(WORLD_CPUS) / sizeof(uint64_t)];
    void *meta; /* of the region */
};

#define WORLD_RAM      0x80000000u /* physical address of cached RAM */
#define WORLD_RAM_SIZE 0x04000000u
#define WORLD_POOL     0x100000000u /* physical address of the pool */
#define WORLD_POOL_VA  0x40000000u
#define WORLD_GRANULE  4096u

/* An instance, and a coherent device that reaches everything, with a pool of one region at va. */
void world_start(struct world *w, const struct library *lib, uint64_t pool_size, uintptr_t va);

void world_end(struct world *w);

#endif
