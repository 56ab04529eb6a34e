/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "objects.h"

#define REGION (16u << 20)

enum {
    KIND_ALLOC = 3,
    KIND_FREE = 4
};

struct side {
    struct world world;
    struct dmacoh_objpool pool;
    uint64_t meta[DMACOH_OBJPOOL_MAGAZINE_META(OBJECTS_SLABS, WORLD_CPUS, OBJECTS_MAGAZINE) /
                  sizeof(uint64_t)];
    struct dmacoh_obj obj[OBJECTS_MOST];
};

static struct side sides[2]; /* product, twin */

static void side_start(struct side *s, const struct library *lib, uint32_t magazine)
{
    const struct dmacoh_objpool_cfg cfg = {.size = 64u,
                                           .max_slabs = OBJECTS_SLABS,
                                           .attrs = DMACOH_ATTR_NOZERO,
                                           .magazine = magazine,
                                           .meta = s->meta,
                                           .meta_size = sizeof(s->meta)};

    world_start(&s->world, lib, REGION, WORLD_POOL_VA);
    if (lib->objpool_init(&s->pool, &s->world.dev, &cfg) != DMACOH_OK) {
        give_up("dmacoh_objpool_init", (long)magazine);
    }
}

void objects_start(uint32_t magazine)
{
    side_start(&sides[0], &product, magazine);
    side_start(&sides[1], twin_library(), magazine);
}

void objects_end(void)
{
    world_end(&sides[0].world);
    world_end(&sides[1].world);
}

void objects_alloc(uint32_t i, struct tally *t)
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

void objects_free(uint32_t i, struct tally *t)
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

void objects_swap(uint32_t i, uint32_t k)
{
    for (uint32_t side = 0; side < 2u; side++) {
        const struct dmacoh_obj other = sides[side].obj[i];

        sides[side].obj[i] = sides[side].obj[k];
        sides[side].obj[k] = other;
    }
}
