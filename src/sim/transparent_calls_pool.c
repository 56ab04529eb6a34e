/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: the pool functions and barriers as a driver calls them. */
#include "transparent_track.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

int dmacoh_plain_alloc(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, uint32_t attrs);
int dmacoh_plain_alloc_aligned(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size,
                               size_t align, uint64_t boundary, uint32_t attrs);
int dmacoh_plain_free(struct dmacoh_buf *buf);
int dmacoh_plain_objpool_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj);
int dmacoh_plain_objpool_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj);
int dmacoh_plain_pool_add_region(struct dmacoh_pool *pool, struct dmacoh_region *region,
                                 const struct dmacoh_region_cfg *cfg);
int dmacoh_plain_pool_remove_region(struct dmacoh_pool *pool, struct dmacoh_region *region);
void dmacoh_plain_wmb(const struct dmacoh_dev *dev);
void dmacoh_plain_rmb(const struct dmacoh_dev *dev);
void dmacoh_plain_desc_publish(const struct dmacoh_dev *dev);

static void handed_out(uint64_t phys, uint64_t len)
{
    uint32_t off = 0;
    const struct tp_arena *a = tp_arena_of(phys, len, &off);

    if (a != NULL) {
        tp_own(phys, len, a->cached ? SIM_OWN_CPU : SIM_OWN_COH);
        tp_deed(TP_ALLOCATED, phys, len, DMACOH_NONE);
    }
}

static void given_back(uint64_t phys, uint64_t len)
{
    tp_own(phys, len, SIM_OWN_LIB);
    tp_deed(TP_FREED, phys, len, DMACOH_NONE);
}

static int alloc(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, size_t align,
                 uint64_t boundary, uint32_t attrs, uintptr_t pc)
{
    const struct tp_entry outer = tp_call_begin(pc);
    const int rc = dmacoh_plain_alloc_aligned(dev, buf, size, align, boundary, attrs);

    if (rc == DMACOH_OK) {
        handed_out(buf->phys, buf->size);
    }
    tp_call_end(outer);
    return rc;
}

int dmacoh_alloc(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, uint32_t attrs)
{
    return tp.on ? alloc(dev, buf, size, 0, 0, attrs, CALLER)
                 : dmacoh_plain_alloc(dev, buf, size, attrs);
}

int dmacoh_alloc_aligned(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, size_t align,
                         uint64_t boundary, uint32_t attrs)
{
    return tp.on ? alloc(dev, buf, size, align, boundary, attrs, CALLER)
                 : dmacoh_plain_alloc_aligned(dev, buf, size, align, boundary, attrs);
}

int dmacoh_free(struct dmacoh_buf *buf)
{
    if (!tp.on || buf == NULL) {
        return dmacoh_plain_free(buf);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);
    const uint64_t phys = buf->phys;
    const uint64_t len = buf->size;
    const int rc = dmacoh_plain_free(buf);

    if (rc == DMACOH_OK) {
        given_back(phys, len);
    }
    tp_call_end(outer);
    return rc;
}

int dmacoh_objpool_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    if (!tp.on) {
        return dmacoh_plain_objpool_alloc(op, obj);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);
    const int rc = dmacoh_plain_objpool_alloc(op, obj);

    if (rc == DMACOH_OK) {
        handed_out(sim_host_phys(obj->va), op->stride);
    }
    tp_call_end(outer);
    return rc;
}

int dmacoh_objpool_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj)
{
    if (!tp.on || obj == NULL) {
        return dmacoh_plain_objpool_free(op, obj);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);
    const uint64_t phys = sim_host_phys(obj->va);
    const int rc = dmacoh_plain_objpool_free(op, obj);

    if (rc == DMACOH_OK) {
        given_back(phys, op->stride);
    }
    tp_call_end(outer);
    return rc;
}

int dmacoh_pool_add_region(struct dmacoh_pool *pool, struct dmacoh_region *region,
                           const struct dmacoh_region_cfg *cfg)
{
    if (!tp.on || cfg == NULL) {
        return dmacoh_plain_pool_add_region(pool, region, cfg);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);
    const int rc = dmacoh_plain_pool_add_region(pool, region, cfg);

    if (rc == DMACOH_OK) {
        tp_own(cfg->phys, cfg->size, SIM_OWN_LIB);
    }
    tp_call_end(outer);
    return rc;
}

int dmacoh_pool_remove_region(struct dmacoh_pool *pool, struct dmacoh_region *region)
{
    if (!tp.on || region == NULL) {
        return dmacoh_plain_pool_remove_region(pool, region);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);
    const uint64_t phys = region->phys;
    const uint64_t size = region->size;
    uint32_t off = 0;
    const int rc = dmacoh_plain_pool_remove_region(pool, region);
    const struct tp_arena *a = tp_arena_of(phys, size, &off);

    if (rc == DMACOH_OK && a != NULL) {
        tp_own(phys, size, a->cached ? SIM_OWN_CPU : SIM_OWN_ANY);
    }
    tp_call_end(outer);
    return rc;
}

/* ---- barriers ---- */

void dmacoh_wmb(const struct dmacoh_dev *dev)
{
    const struct tp_entry outer = tp_enter(CALLER, false);

    dmacoh_plain_wmb(dev);
    tp_leave(outer);
}

void dmacoh_rmb(const struct dmacoh_dev *dev)
{
    const struct tp_entry outer = tp_enter(CALLER, false);

    dmacoh_plain_rmb(dev);
    tp_leave(outer);
}

void dmacoh_desc_publish(const struct dmacoh_dev *dev)
{
    const struct tp_entry outer = tp_enter(CALLER, false);

    dmacoh_plain_desc_publish(dev);
    tp_leave(outer);
}
