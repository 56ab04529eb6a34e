/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "maint.h"
#include "pool.h"
#include "range.h"

#if DMACOH_WITH_OBJPOOL

#define NO_SLAB     0xffffffffu
#define MAX_SLABS   (1u << 24)
#define MAX_OBJECTS 64u
#define INDEX_BITS  6u

/*
 * One slab: at most 64 objects, so that its state is one word and finding a free object is one
 * find-first-set. free == 0 and buf live: full, in no list. buf not live: in the list of unused entries.
 */
struct slab {
    struct dmacoh_buf buf;
    uint64_t free;       /* bit i: object i is free */
    uint32_t next, prev; /* partial slabs; next alone: unused entries */
};
_Static_assert(sizeof(struct slab) <= DMACOH_OBJPOOL_META(1), "published in dmacoh/pool.h");
_Static_assert(((uint64_t)MAX_SLABS << INDEX_BITS) < UINT32_MAX, "an id fits 32 bits");

static bool objpool_live(const struct dmacoh_objpool *op)
{
    return op != NULL && op->magic == object_mark(op, KIND_OBJPOOL);
}

static uintptr_t op_lock(struct dmacoh_objpool *op)
{
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&op->lock);
    return irq;
}

static void op_unlock(struct dmacoh_objpool *op, uintptr_t irq)
{
    dmacoh_port_unlock(&op->lock);
    dmacoh_port_irq_restore(irq);
}

static slow_path void partial_push(struct dmacoh_objpool *op, uint32_t i)
{
    op->slabs[i].prev = NO_SLAB;
    op->slabs[i].next = op->partial;
    if (op->partial != NO_SLAB) {
        op->slabs[op->partial].prev = i;
    }
    op->partial = i;
}

static slow_path void partial_remove(struct dmacoh_objpool *op, uint32_t i)
{
    const struct slab *s = &op->slabs[i];

    if (s->next != NO_SLAB) {
        op->slabs[s->next].prev = s->prev;
    }
    if (s->prev != NO_SLAB) {
        op->slabs[s->prev].next = s->next;
    } else {
        op->partial = s->next;
    }
}

/*
 * A slab is one granule, or as many as one object needs. With a boundary the stride is a power of two and
 * the slab aligned to it: then no object crosses a larger power of two.
 */
static void lay_out(struct dmacoh_objpool *op, const struct dmacoh_objpool_cfg *cfg,
                    uint32_t granule)
{
    /* Objects are zeroed word by word, so they begin and end at words. */
    const uint32_t align = cfg->align == 0 ? 8u : cfg->align < 4u ? 4u : cfg->align;
    uint32_t stride = (uint32_t)unit_last(cfg->size - 1u, align) + 1u;

    if (cfg->boundary != 0) {
        stride = (uint32_t)pow2_above(stride);
    }
    if (stride < granule / MAX_OBJECTS) {
        stride = granule / MAX_OBJECTS;
    }
    op->stride = stride;
    op->slab_size = (uint32_t)unit_last(stride - 1u, granule) + 1u;
    op->slab_align = cfg->boundary != 0 && stride > align ? stride : align;
    op->all = 1;
    for (uint32_t end = stride + stride; end <= op->slab_size && op->all != UINT64_MAX;) {
        op->all = op->all << 1 | 1u;
        end += stride;
    }
}

/* Granule of the first region that slabs can come from; 0: there is none. */
static uint32_t slab_granule(const struct dmacoh_dev *dev, uint32_t attrs)
{
    const uint32_t types = pool_types_for(dev, attrs);

    for (const struct dmacoh_region *r = dev->coherent->first; r != NULL; r = r->next) {
        dmacoh_bus_t bus;

        if ((types & POOL_TYPE(r->attr)) != 0 && region_reach(dev, r, true, &bus)) {
            return 1u << r->granule_shift;
        }
    }
    return 0;
}

static int check_cfg(const struct dmacoh_objpool_cfg *cfg)
{
    if (cfg->max_slabs == 0 || cfg->max_slabs > MAX_SLABS || cfg->meta == NULL ||
        !pool_attrs_ok(cfg->attrs)) {
        return DMACOH_E_INVAL;
    }
    if (cfg->size == 0 || cfg->size > 1u << 30) {
        return DMACOH_E_SIZE;
    }
    if ((cfg->align != 0 && !is_pow2(cfg->align)) || cfg->align > 1u << 30 ||
        (cfg->boundary != 0 && !is_pow2(cfg->boundary)) ||
        ((uintptr_t)cfg->meta & (DMACOH_META_ALIGN - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (cfg->boundary != 0 && (cfg->size > cfg->boundary || cfg->align > cfg->boundary)) {
        return DMACOH_E_BOUNDARY;
    }
    return cfg->meta_size >= DMACOH_OBJPOOL_META(cfg->max_slabs) ? DMACOH_OK : DMACOH_E_META;
}

int dmacoh_objpool_init(struct dmacoh_objpool *op, struct dmacoh_dev *dev,
                        const struct dmacoh_objpool_cfg *cfg)
{
    int rc = DMACOH_E_INVAL;

    if (op != NULL && cfg != NULL) {
        rc = object_check(dev, KIND_DEVICE);
    }
    if (rc == DMACOH_OK) {
        rc = check_cfg(cfg);
    }
    if (rc == DMACOH_OK && dev->coherent == NULL) {
        rc = DMACOH_E_UNSUPP;
    }
    if (rc != DMACOH_OK) {
        return rc;
    }
    const uint32_t granule = slab_granule(dev, cfg->attrs);

    if (granule == 0) {
        return DMACOH_E_NOREGION;
    }
    *op = (struct dmacoh_objpool){0};
    op->magic = object_mark(op, KIND_OBJPOOL);
    op->attrs = cfg->attrs;
    op->partial = NO_SLAB;
    op->dev = dev;
    op->max_slabs = cfg->max_slabs;
    op->slabs = cfg->meta;
    lay_out(op, cfg, granule);
    for (uint32_t i = 0; i < cfg->max_slabs; i++) {
        op->slabs[i] = (struct slab){.next = i + 1u};
    }
    op->slabs[cfg->max_slabs - 1u].next = NO_SLAB;
    dmacoh_port_lock_init(&op->lock);
    return DMACOH_OK;
}

int dmacoh_objpool_fini(struct dmacoh_objpool *op)
{
    const int rc = object_check(op, KIND_OBJPOOL);

    if (rc != DMACOH_OK) {
        return rc;
    }
    if (op->live != 0) {
        return DMACOH_E_BUSY;
    }
    for (uint32_t i = 0; i < op->max_slabs; i++) {
        if (op->slabs[i].free != 0) {
            (void)dmacoh_free(&op->slabs[i].buf);
        }
    }
    op->magic = 0;
    return DMACOH_OK;
}

/*
 * Take memory for one more slab. The lock is not held while the pool is asked (locks are leaves), so two
 * CPUs may both grow: then both slabs are used. The entry is reserved first, so max_slabs holds.
 */
static slow_path int grow(struct dmacoh_objpool *op, uintptr_t *irq)
{
    const uint32_t i = op->unused;

    if (i == NO_SLAB) {
        return DMACOH_E_FULL;
    }
    struct slab *s = &op->slabs[i];

    op->unused = s->next;
    op_unlock(op, *irq);
    const int rc = dmacoh_alloc_aligned(op->dev, &s->buf, op->slab_size, op->slab_align, 0,
                                        op->attrs | DMACOH_ATTR_NOZERO);

    *irq = op_lock(op);
    if (rc != DMACOH_OK) {
        s->next = op->unused;
        op->unused = i;
        return rc;
    }
    s->free = op->all;
    op->empty++;
    partial_push(op, i);
    return DMACOH_OK;
}

int dmacoh_objpool_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    if (obj == NULL) {
        return DMACOH_E_INVAL;
    }
    *obj = (struct dmacoh_obj){.bus = DMACOH_BUS_NONE};
    if (!objpool_live(op)) {
        return DMACOH_E_INVAL;
    }
    uintptr_t irq = op_lock(op);

    while (op->partial == NO_SLAB) {
        const int rc = grow(op, &irq);

        if (rc != DMACOH_OK) {
            op_unlock(op, irq);
            return rc;
        }
    }
    const uint32_t i = op->partial;
    struct slab *s = &op->slabs[i];
    const uint32_t bit = s->free << 32 != 0
                             ? (uint32_t)__builtin_ctz((uint32_t)s->free)
                             : 32u + (uint32_t)__builtin_ctz((uint32_t)(s->free >> 32));

    if (s->free == op->all) {
        op->empty--;
    }
    s->free &= ~((uint64_t)1 << bit);
    if (s->free == 0) {
        partial_remove(op, i);
    }
    op->live++;
    obj->bus = s->buf.bus + (uint64_t)bit * op->stride;
    obj->va = (void *)((uintptr_t)s->buf.va + (uintptr_t)bit * op->stride);
    obj->id = (i << INDEX_BITS | bit) + 1u;
    op_unlock(op, irq);
    if ((op->attrs & DMACOH_ATTR_NOZERO) == 0) {
        maint_zero((uintptr_t)obj->va, op->stride);
    }
    return DMACOH_OK;
}

/* One empty slab is kept against bouncing to and fro; this one goes back. Releases the lock. */
static slow_path int give_slab(struct dmacoh_objpool *op, struct dmacoh_obj *obj, uint32_t i,
                               uintptr_t irq)
{
    struct slab *s = &op->slabs[i];
    struct dmacoh_buf buf = s->buf;

    op->empty--;
    partial_remove(op, i);
    buf.cookie = live_mark(&buf);
    *s = (struct slab){.next = op->unused};
    op->unused = i;
    op_unlock(op, irq);
    *obj = (struct dmacoh_obj){.bus = DMACOH_BUS_NONE};
    return dmacoh_free(&buf);
}

int dmacoh_objpool_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    if (!objpool_live(op) || obj == NULL) {
        return DMACOH_E_INVAL;
    }
    const uint32_t i = (obj->id - 1u) >> INDEX_BITS;
    const uint64_t mark = (uint64_t)1 << ((obj->id - 1u) & (MAX_OBJECTS - 1u));
    const uintptr_t irq = op_lock(op);

    /* An unused entry has no memory; a free object's bit is set. */
    if (obj->id == 0 || i >= op->max_slabs || op->slabs[i].buf.va == NULL ||
        (op->slabs[i].free & mark) != 0 || (mark & ~op->all) != 0) {
        op_unlock(op, irq);
        return DMACOH_E_STALE;
    }
    struct slab *s = &op->slabs[i];

    if (s->free == 0) {
        partial_push(op, i);
    }
    s->free |= mark;
    op->live--;
    if (unlikely(s->free == op->all) && op->empty++ != 0) {
        return give_slab(op, obj, i, irq);
    }
    op_unlock(op, irq);
    *obj = (struct dmacoh_obj){.bus = DMACOH_BUS_NONE};
    return DMACOH_OK;
}

#else /* !DMACOH_WITH_OBJPOOL */

int dmacoh_objpool_init(struct dmacoh_objpool *op, struct dmacoh_dev *dev,
                        const struct dmacoh_objpool_cfg *cfg)
{
    (void)op;
    (void)dev;
    (void)cfg;
    return DMACOH_E_UNSUPP;
}

int dmacoh_objpool_fini(struct dmacoh_objpool *op)
{
    (void)op;
    return DMACOH_E_UNSUPP;
}

int dmacoh_objpool_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    (void)op;
    (void)obj;
    return DMACOH_E_UNSUPP;
}

int dmacoh_objpool_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    (void)op;
    (void)obj;
    return DMACOH_E_UNSUPP;
}

#endif
