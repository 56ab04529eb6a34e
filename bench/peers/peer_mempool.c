/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* DPDK's rte_mempool, with a per-core cache of 256 objects and without. */
#include "harness.h"
#include "peers.h"

#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_lcore.h>
#include <rte_mempool.h>

#define CACHE 256u
#define MOST  131072u /* headers and rings of more would not fit into the memory that it is given */

static struct rte_mempool *plain;
static struct rte_mempool *cached;

static bool eal_start(void)
{
    static char *arguments[] = {
        "bench", "--no-huge",      "--no-shconf",    "--no-pci",          "-l", "0", "-m",
        "512",   "--no-telemetry", "--iova-mode=va", "--log-level=error", NULL};
    static int state; /* 0: not tried, 1: works, -1: does not */

    if (state == 0) {
        state = rte_eal_init((int)(sizeof(arguments) / sizeof(arguments[0])) - 1, arguments) < 0
                    ? -1
                    : 1;
    }
    return state > 0;
}

/* Inlined by its headers; so the function around it is what is counted. */
static __attribute__((noinline)) int pool_get(struct rte_mempool *pool, void **object)
{
    return rte_mempool_get(pool, object);
}

static __attribute__((noinline)) void pool_put(struct rte_mempool *pool, void *object)
{
    rte_mempool_put(pool, object);
}

static struct rte_mempool *create(struct allocator *a, size_t size, uint32_t most, uint32_t cache)
{
    if (!eal_start()) {
        return NULL;
    }
    a->get_entry = (uintptr_t)pool_get;
    a->put_entry = (uintptr_t)pool_put;
    return rte_mempool_create(a->name, most < MOST ? most + 8u * CACHE : MOST, (unsigned)size,
                              cache, 0, NULL, NULL, NULL, NULL, SOCKET_ID_ANY, 0);
}

static bool fits(size_t size, uint32_t most)
{
    return most <= MOST && most * (size + 192u) < (400u << 20);
}

static bool plain_start(size_t size, uint32_t most)
{
    plain = fits(size, most) ? create(&allocators_mempool[0], size, most, 0) : NULL;
    return plain != NULL;
}

static bool cached_start(size_t size, uint32_t most)
{
    cached = fits(size, most) ? create(&allocators_mempool[1], size, most, CACHE) : NULL;
    return cached != NULL;
}

static void plain_stop(void)
{
    rte_mempool_free(plain);
}

static void cached_stop(void)
{
    rte_mempool_free(cached);
}

static void take(struct rte_mempool *pool, union cell *cell)
{
    if (pool_get(pool, &cell->memory) != 0) {
        give_up("rte_mempool_get", rte_errno);
    }
}

static void plain_get(union cell *cell)
{
    take(plain, cell);
}

static void plain_put(union cell *cell)
{
    pool_put(plain, cell->memory);
}

static void cached_get(union cell *cell)
{
    take(cached, cell);
}

static void cached_put(union cell *cell)
{
    pool_put(cached, cell->memory);
}

static void thread(uint32_t cpu)
{
    (void)cpu;
    if (rte_lcore_id() == LCORE_ID_ANY) {
        (void)rte_thread_register();
    }
}

struct allocator allocators_mempool[] = {
    {"rte_mempool", plain_start, plain_stop, plain_get, plain_put, 0, 0, thread},
    {"rte_mempool_cache", cached_start, cached_stop, cached_get, cached_put, 0, 0, thread},
    {0},
};
