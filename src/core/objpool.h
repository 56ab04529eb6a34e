/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file objpool.h
 * @brief Slabs of small objects, and what the magazines in front of them need. Private.
 */
#ifndef DMACOH_CORE_OBJPOOL_H
#define DMACOH_CORE_OBJPOOL_H

#include "core.h"

#include <dmacoh/pool.h>

#define NO_SLAB      0xffffffffu
#define MAX_SLABS    (1u << 24)
#define INDEX_BITS   6u
#define SLAB_OBJECTS (1u << INDEX_BITS)

/*
 * One slab: at most 64 objects, so that its state is one word and finding a free object is one find-
 * first-set. free == 0 and buf live: full, in no list. buf not live: in the list of unused entries. An
 * object is numbered by its slab and its place there.
 */
struct slab {
    struct dmacoh_buf buf;
    uint64_t free; /* bit i: object i is free */
    uint32_t next,
        prev; /* partial slabs, the first one's prev is anything; next alone: unused entries */
};
_Static_assert(sizeof(struct slab) <= DMACOH_OBJPOOL_META(1), "published in dmacoh/pool.h");
_Static_assert(((uint64_t)MAX_SLABS << INDEX_BITS) < UINT32_MAX, "an id fits 32 bits");

static inline uint64_t object_bit(uint32_t k)
{
    return (uint64_t)1 << (k & (SLAB_OBJECTS - 1u));
}

static inline uintptr_t op_lock(struct dmacoh_objpool *op)
{
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&op->lock);
    return irq;
}

static inline void op_unlock(struct dmacoh_objpool *op, uintptr_t irq)
{
    dmacoh_port_unlock(&op->lock);
    dmacoh_port_irq_restore(irq);
}

static inline void object_none(struct dmacoh_obj *obj)
{
    obj->bus = DMACOH_BUS_NONE;
    obj->va = NULL;
    obj->id = 0;
}

/* The handle of object k of a slab with memory. */
static inline void object_describe(const struct dmacoh_objpool *op, uint32_t k,
                                   struct dmacoh_obj *obj)
{
    const struct slab *s = &op->slabs[k >> INDEX_BITS];
    const uint32_t offset = (k & (SLAB_OBJECTS - 1u)) * op->stride;

    obj->bus = s->buf.bus + offset;
    obj->va = (void *)((uintptr_t)s->buf.va + offset);
    obj->id = k + 1u;
}

/* Under the lock: take an object out of the first partial slab. There is one. */
static inline uint32_t slab_take(struct dmacoh_objpool *op)
{
    const uint32_t i = op->partial;
    struct slab *s = &op->slabs[i];
    const uint64_t before = s->free;
    const uint32_t low = (uint32_t)before;
    const uint32_t at = low != 0 ? (uint32_t)__builtin_ctz(low)
                                 : 32u + (uint32_t)__builtin_ctz((uint32_t)(before >> 32));

    s->free = before & (before - 1u);
    if (before == op->all) {
        op->empty--;
    }
    if (s->free == 0) {
        op->partial = s->next;
    }
    op->live++;
    return i << INDEX_BITS | at;
}

/*
 * Take memory for one more slab. Called with the lock held and no partial slab; it is released
 * meanwhile, and the CPU may be another one afterwards.
 */
int slab_grow(struct dmacoh_objpool *op, uintptr_t *irq);

/*
 * Under the lock: give object k back, which is out of its slab. True: the slab left the pool of
 * objects, for another one is empty, too; *gone is its memory, to be freed when the lock is released.
 */
bool slab_put(struct dmacoh_objpool *op, uint32_t k, struct dmacoh_buf *gone);

/*
 * Magazines: dmacoh_objpool_alloc() and _free() of a pool that has them, for an object pool and a
 * handle that are checked.
 */
int magazine_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj);
int magazine_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj);

/* Lay them out in the metadata behind the slabs. OK, or why they cannot be. */
int magazine_init(struct dmacoh_objpool *op, const struct dmacoh_objpool_cfg *cfg);

/* Is an object handed out? Thread context. */
bool magazine_busy(const struct dmacoh_objpool *op);

#endif
