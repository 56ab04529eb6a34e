/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "objpool.h"

#include "maint.h"
#include "pool.h"
#include "range.h"

#if DMACOH_WITH_OBJPOOL

static bool objpool_live(const struct dmacoh_objpool *op)
{
    return op != NULL && op->magic == object_mark(op, KIND_OBJPOOL);
}

/*
 * A slab is one granule, or as many as one object needs. With a boundary the stride is a power of two
 * and the slab aligned to it: then no object crosses a larger power of two.
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
    if (stride < granule / SLAB_OBJECTS) {
        stride = granule / SLAB_OBJECTS;
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
    if (cfg->magazine != 0 && !DMACOH_WITH_MAGAZINE) {
        return DMACOH_E_UNSUPP;
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
    op->attrs = cfg->attrs;
    op->partial = NO_SLAB;
    op->dev = dev;
    op->max_slabs = cfg->max_slabs;
    op->slabs = cfg->meta;
    lay_out(op, cfg, granule);
#if DMACOH_WITH_MAGAZINE
    if (cfg->magazine != 0) {
        rc = magazine_init(op, cfg);
        if (rc != DMACOH_OK) {
            return rc;
        }
    }
#endif
    for (uint32_t i = 0; i < cfg->max_slabs; i++) {
        op->slabs[i] = (struct slab){.next = i + 1u};
    }
    op->slabs[cfg->max_slabs - 1u].next = NO_SLAB;
    dmacoh_port_lock_init(&op->lock);
    op->magic = object_mark(op, KIND_OBJPOOL);
    return DMACOH_OK;
}

/* Objects in magazines are out of their slabs, but not handed out. */
static bool objpool_busy(const struct dmacoh_objpool *op)
{
#if DMACOH_WITH_MAGAZINE
    if (op->magazine != 0) {
        return magazine_busy(op);
    }
#endif
    return op->live != 0;
}

int dmacoh_objpool_fini(struct dmacoh_objpool *op)
{
    const int rc = object_check(op, KIND_OBJPOOL);

    if (rc != DMACOH_OK) {
        return rc;
    }
    if (objpool_busy(op)) {
        return DMACOH_E_BUSY;
    }
    for (uint32_t i = 0; i < op->max_slabs; i++) {
        if (op->slabs[i].buf.va != NULL) {
            (void)dmacoh_free(&op->slabs[i].buf);
        }
    }
    op->magic = 0;
    return DMACOH_OK;
}

static void partial_push(struct dmacoh_objpool *op, uint32_t i)
{
    const uint32_t next = op->partial;

    op->slabs[i].next = next;
    if (next != NO_SLAB) {
        op->slabs[next].prev = i;
    }
    op->partial = i;
}

static void partial_remove(struct dmacoh_objpool *op, uint32_t i)
{
    const struct slab *s = &op->slabs[i];

    if (op->partial == i) {
        op->partial = s->next;
        return;
    }
    op->slabs[s->prev].next = s->next;
    if (s->next != NO_SLAB) {
        op->slabs[s->next].prev = s->prev;
    }
}

/*
 * The lock is not held while the pool is asked (locks are leaves), so two CPUs may both grow: then both
 * slabs are used. The entry is reserved first, so max_slabs holds.
 */
slow_path int slab_grow(struct dmacoh_objpool *op, uintptr_t *irq)
{
    const uint32_t i = op->unused;

    if (i == NO_SLAB) {
        return DMACOH_E_FULL;
    }
    struct slab *s = &op->slabs[i];

    op->unused = s->next;
    lock_drop(&op->lock, *irq);
    const int rc = dmacoh_alloc_aligned(op->dev, &s->buf, op->slab_size, op->slab_align, 0,
                                        op->attrs | DMACOH_ATTR_NOZERO);

    *irq = lock_take(&op->lock);
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

/* One empty slab is kept against bouncing to and fro; this one goes back. */
static slow_path void slab_leave(struct dmacoh_objpool *op, uint32_t i, struct dmacoh_buf *gone)
{
    struct slab *s = &op->slabs[i];

    op->empty--;
    partial_remove(op, i);
    *gone = s->buf;
    gone->cookie = live_mark(gone);
    *s = (struct slab){.next = op->unused};
    op->unused = i;
}

static inline bool put(struct dmacoh_objpool *op, uint32_t k, struct dmacoh_buf *gone)
{
    const uint32_t i = k >> INDEX_BITS;
    struct slab *s = &op->slabs[i];

    if (s->free == 0) {
        partial_push(op, i);
    }
    s->free |= object_bit(k);
    op->live--;
    if (likely(s->free != op->all) || op->empty++ == 0) {
        return false;
    }
    slab_leave(op, i, gone);
    return true;
}

#if DMACOH_WITH_MAGAZINE
bool slab_put(struct dmacoh_objpool *op, uint32_t k, struct dmacoh_buf *gone)
{
    return put(op, k, gone);
}
#endif

/* Apart from the checks, so that a call that goes to a magazine saves no registers for this. */
static slow_path int locked_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    uintptr_t irq = op_lock(op);

    while (unlikely(op->partial == NO_SLAB)) {
        const int rc = slab_grow(op, &irq);

        if (rc != DMACOH_OK) {
            op_unlock(op, irq);
            object_none(obj);
            return rc;
        }
    }
    object_describe(op, slab_take(op), obj);
    op_unlock(op, irq);
    if ((op->attrs & DMACOH_ATTR_NOZERO) == 0) {
        maint_zero((uintptr_t)obj->va, op->stride);
    }
    return DMACOH_OK;
}

int dmacoh_objpool_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    if (obj == NULL) {
        return DMACOH_E_INVAL;
    }
    if (!objpool_live(op)) {
        object_none(obj);
        return DMACOH_E_INVAL;
    }
#if DMACOH_WITH_MAGAZINE
    if (op->magazine != 0) {
        return magazine_alloc(op, obj);
    }
#endif
    return locked_alloc(op, obj);
}

static slow_path int locked_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    const uint32_t k = obj->id - 1u;
    const uint32_t i = k >> INDEX_BITS;
    const uintptr_t irq = op_lock(op);

    /* An unused entry has no memory; a free object's bit is set; no slab has a bit that is not in all. */
    if (i >= op->max_slabs || op->slabs[i].buf.va == NULL ||
        ((op->slabs[i].free | ~op->all) & object_bit(k)) != 0) {
        op_unlock(op, irq);
        return DMACOH_E_STALE;
    }
    struct dmacoh_buf gone;
    const bool left = put(op, k, &gone);

    op_unlock(op, irq);
    object_none(obj);
    return unlikely(left) ? dmacoh_free(&gone) : DMACOH_OK;
}

int dmacoh_objpool_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    if (!objpool_live(op) || obj == NULL) {
        return DMACOH_E_INVAL;
    }
#if DMACOH_WITH_MAGAZINE
    if (op->magazine != 0) {
        return magazine_free(op, obj);
    }
#endif
    return locked_free(op, obj);
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
