/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Small objects of 64 bytes, random order, nine tenths of every slab in use. Counts are learnt from the
 * twin's path as with buffers.
 */
#include "twin.h"

#include <string.h>

#define REGION     (16u << 20)
#define SLABS      512u
#define OBJECTS    (SLABS * 64u)
#define OPERATIONS 200000u

enum {
    KIND_ALLOC = 3,
    KIND_FREE = 4
};

struct side {
    struct world world;
    struct dmacoh_objpool pool;
    uint64_t meta[DMACOH_OBJPOOL_META(SLABS) / sizeof(uint64_t)];
    struct dmacoh_obj obj[OBJECTS];
};

static struct side sides[2]; /* product, twin */

static void side_start(struct side *s, const struct library *lib)
{
    const struct dmacoh_objpool_cfg cfg = {.size = 64u,
                                           .max_slabs = SLABS,
                                           .attrs = DMACOH_ATTR_NOZERO,
                                           .meta = s->meta,
                                           .meta_size = sizeof(s->meta)};

    world_start(&s->world, lib, REGION, WORLD_POOL_VA);
    if (lib->objpool_init(&s->pool, &s->world.dev, &cfg) != DMACOH_OK) {
        give_up("dmacoh_objpool_init", 0);
    }
}

static void alloc(uint32_t i, struct tally *t)
{
    struct side *s = &sides[0];
    uint32_t n = 0;
    int rc;

    twin_begin(KIND_ALLOC);
    const int twin_rc = sides[1].world.lib->objpool_alloc(&sides[1].pool, &sides[1].obj[i]);

    if (twin_must_step(&n) || n > t->max) {
        STEP(n, dmacoh_objpool_alloc, rc = dmacoh_objpool_alloc(&s->pool, &s->obj[i]));
        twin_learn(n);
    } else {
        rc = dmacoh_objpool_alloc(&s->pool, &s->obj[i]);
    }
    if (rc != twin_rc || s->obj[i].bus != sides[1].obj[i].bus) {
        give_up("product and twin differ in dmacoh_objpool_alloc", rc);
    }
    tally_add(t, n);
}

static void give(uint32_t i, struct tally *t)
{
    struct side *s = &sides[0];
    uint32_t n = 0;
    int rc;

    twin_begin(KIND_FREE);
    const int twin_rc = sides[1].world.lib->objpool_free(&sides[1].pool, &sides[1].obj[i]);

    if (twin_must_step(&n) || n > t->max) {
        STEP(n, dmacoh_objpool_free, rc = dmacoh_objpool_free(&s->pool, &s->obj[i]));
        twin_learn(n);
    } else {
        rc = dmacoh_objpool_free(&s->pool, &s->obj[i]);
    }
    if (rc != twin_rc || rc != DMACOH_OK) {
        give_up("product and twin differ in dmacoh_objpool_free", rc);
    }
    tally_add(t, n);
}

/* Handles of small objects are values: they may change places. */
static void swap(uint32_t i, uint32_t k)
{
    for (uint32_t side = 0; side < 2u; side++) {
        const struct dmacoh_obj other = sides[side].obj[i];

        sides[side].obj[i] = sides[side].obj[k];
        sides[side].obj[k] = other;
    }
}

void bench_small(const struct options *opt)
{
    static struct tally fill;
    static struct tally fill_frees;
    static struct tally allocs;
    static struct tally frees;
    const uint32_t operations = opt->longer ? 10u * OPERATIONS : OPERATIONS;
    const uint32_t live = OBJECTS / 10u * 9u;
    uint64_t seed = 88675123u;

    side_start(&sides[0], &product);
    side_start(&sides[1], twin_library());
    for (uint32_t i = 0; i < OBJECTS; i++) {
        alloc(i, &fill);
    }
    /* The handles from `live` on give their objects back, after those are spread over all slabs. */
    for (uint32_t i = live; i < OBJECTS; i++) {
        swap(i, rnd(&seed) % live);
        give(i, &fill_frees);
    }
    for (uint32_t i = 0; i < operations / 2u; i++) {
        const uint32_t victim = rnd(&seed) % live;

        give(victim, &frees);
        alloc(victim, &allocs);
    }
    figure("small.alloc.avg", tally_avg(&allocs), "instr");
    figure("small.free.avg", tally_avg(&frees), "instr");
    figure("small.pair", tally_avg(&allocs) + tally_avg(&frees), "instr");
    figure("small.alloc.max", (double)(fill.max > allocs.max ? fill.max : allocs.max), "instr");
    figure("small.free.max", (double)frees.max, "instr");
    profile("small.alloc", allocs.trace, allocs.max);
    profile("small.free", frees.trace, frees.max);
    world_end(&sides[0].world);
    world_end(&sides[1].world);
}
