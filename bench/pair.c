/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "twin.h"

enum {
    KIND_ALLOC = 1,
    KIND_ALIGNED = 5,
    KIND_FREE = 2
};

void pair_start(struct pair *p, uint64_t pool_size)
{
    world_start(&p->product, &product, pool_size, WORLD_POOL_VA);
    world_start(&p->twin, twin_library(), pool_size, WORLD_POOL_VA);
}

void pair_end(struct pair *p)
{
    world_end(&p->product);
    world_end(&p->twin);
}

static void same(int rc, int twin_rc, const struct pair_buf *b)
{
    if (rc != twin_rc || b->product.phys != b->twin.phys) {
        give_up("product and twin differ in an allocation", rc);
    }
}

int pair_alloc(struct pair *p, struct pair_buf *b, size_t size, struct tally *t)
{
    struct dmacoh_dev *dev = &p->product.dev;
    uint32_t n = 0;
    int rc;

    twin_begin(KIND_ALLOC);
    const int twin_rc = p->twin.lib->alloc(&p->twin.dev, &b->twin, size, DMACOH_ATTR_NOZERO);

    if (twin_must_step(&n) || n > t->max) { /* a tally wants the trace of its worst call */
        STEP(n, dmacoh_alloc, rc = dmacoh_alloc(dev, &b->product, size, DMACOH_ATTR_NOZERO));
        twin_learn(n);
    } else {
        rc = dmacoh_alloc(dev, &b->product, size, DMACOH_ATTR_NOZERO);
    }
    same(rc, twin_rc, b);
    tally_add(t, n);
    return rc;
}

int pair_alloc_aligned(struct pair *p, struct pair_buf *b, const struct wish *wish, struct tally *t)
{
    struct dmacoh_dev *dev = &p->product.dev;
    uint32_t n = 0;
    int rc;

    twin_begin(KIND_ALIGNED);
    const int twin_rc = p->twin.lib->alloc_aligned(&p->twin.dev, &b->twin, wish->size, wish->align,
                                                   wish->boundary, DMACOH_ATTR_NOZERO);

    if (twin_must_step(&n) || n > t->max) {
        STEP(n, dmacoh_alloc_aligned,
             rc = dmacoh_alloc_aligned(dev, &b->product, wish->size, wish->align, wish->boundary,
                                       DMACOH_ATTR_NOZERO));
        twin_learn(n);
    } else {
        rc = dmacoh_alloc_aligned(dev, &b->product, wish->size, wish->align, wish->boundary,
                                  DMACOH_ATTR_NOZERO);
    }
    same(rc, twin_rc, b);
    tally_add(t, n);
    return rc;
}

int pair_free(struct pair_buf *b, struct tally *t)
{
    uint32_t n = 0;
    int rc;

    twin_begin(KIND_FREE);
    const int twin_rc = twin_library()->free(&b->twin);

    if (twin_must_step(&n) || n > t->max) {
        STEP(n, dmacoh_free, rc = dmacoh_free(&b->product));
        twin_learn(n);
    } else {
        rc = dmacoh_free(&b->product);
    }
    if (rc != twin_rc) {
        give_up("product and twin differ in dmacoh_free", rc);
    }
    tally_add(t, n);
    return rc;
}
