/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The pool's memory is mapped without any permission while buffers and small objects come and go: an
 * access of the library, a header or a free list in the pool, is a fault and is counted.
 */
#include "harness.h"
#include "world.h"

#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define REGION  (16u << 20)
#define BUFFERS 1024u
#define ROUNDS  100000u

#define MAGAZINE 32u

static sigjmp_buf after_fault;

static void on_fault(int signal)
{
    (void)signal;
    siglongjmp(after_fault, 1);
}

static void buffers(struct world *w)
{
    static struct dmacoh_buf buf[BUFFERS];
    uint64_t seed = 362436069u;

    for (uint32_t i = 0; i < ROUNDS; i++) {
        const uint32_t dice = rnd(&seed);
        struct dmacoh_buf *b = &buf[dice % BUFFERS];

        if (dmacoh_free(b) != DMACOH_OK) {
            const uint32_t size = WORLD_GRANULE << (dice >> 12) % 7u;

            (void)dmacoh_alloc_aligned(&w->dev, b, size, 0, 0, DMACOH_ATTR_NOZERO);
        }
    }
    for (uint32_t i = 0; i < BUFFERS; i++) {
        (void)dmacoh_free(&buf[i]);
    }
}

static void objects(struct world *w, uint32_t magazine)
{
    static uint64_t
        meta[DMACOH_OBJPOOL_MAGAZINE_META(256u, WORLD_CPUS, MAGAZINE) / sizeof(uint64_t)];
    static struct dmacoh_obj obj[BUFFERS];
    const struct dmacoh_objpool_cfg cfg = {.size = 64u,
                                           .max_slabs = 256u,
                                           .attrs = DMACOH_ATTR_NOZERO,
                                           .magazine = magazine,
                                           .meta = meta,
                                           .meta_size = sizeof(meta)};
    struct dmacoh_objpool pool;
    uint64_t seed = 521288629u;

    if (dmacoh_objpool_init(&pool, &w->dev, &cfg) != DMACOH_OK) {
        give_up("dmacoh_objpool_init", 0);
    }
    for (uint32_t i = 0; i < ROUNDS; i++) {
        struct dmacoh_obj *o = &obj[rnd(&seed) % BUFFERS];

        if (dmacoh_objpool_free(&pool, o) != DMACOH_OK) {
            (void)dmacoh_objpool_alloc(&pool, o);
        }
    }
    for (uint32_t i = 0; i < BUFFERS; i++) {
        (void)dmacoh_objpool_free(&pool, &obj[i]);
    }
    if (dmacoh_objpool_fini(&pool) != DMACOH_OK) {
        give_up("dmacoh_objpool_fini", (long)magazine);
    }
}

void bench_pool_untouched(void)
{
    static struct world w;
    static volatile uint32_t faults;
    /* Below 4 GiB: the machine has 32-bit virtual addresses. */
    void *memory = mmap(NULL, REGION, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    struct sigaction action = {.sa_flags = SA_NODEFER};
    struct sigaction before;

    if (memory == MAP_FAILED) {
        give_up("mmap", (long)REGION);
    }
    action.sa_handler = on_fault;
    (void)sigaction(SIGSEGV, &action, &before);
    if (sigsetjmp(after_fault, 1) == 0) {
        world_start(&w, &product, REGION, (uintptr_t)memory);
        buffers(&w);
        objects(&w, 0);
        objects(&w, MAGAZINE);
    } else {
        faults = faults + 1u;
    }
    (void)sigaction(SIGSEGV, &before, NULL);
    figure("pool_untouched.faults", (double)faults, "faults");
    world_end(&w);
    (void)munmap(memory, REGION);
}
