/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "maint.h"
#include "pool.h"
#include "range.h"

int dmacoh_alloc(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, uint32_t attrs)
{
    return dmacoh_alloc_aligned(dev, buf, size, 0, 0, attrs);
}

#if DMACOH_WITH_POOL

/* A dead handle holds why it failed: there is no other place that belongs to this caller alone. */
static slow_path int fail(struct dmacoh_buf *buf, int status, uint64_t limit, size_t got)
{
    *buf = (struct dmacoh_buf){.bus = DMACOH_BUS_NONE,
                               .phys = limit,
                               .size = (uint32_t)-status,
                               .run = (uint32_t)got,
                               .gen = (uint32_t)((uint64_t)got >> 32)};
    return status;
}

static int check(const struct dmacoh_dev *dev, size_t size, size_t align, uint64_t boundary,
                 uint32_t attrs)
{
    if (!device_live(dev) || !pool_attrs_ok(attrs)) {
        return DMACOH_E_INVAL;
    }
    if (size == 0 || size > UINT32_MAX) {
        return DMACOH_E_SIZE;
    }
    if ((align & (align - 1u)) != 0 || (boundary & (boundary - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (boundary != 0 && size > boundary) {
        return DMACOH_E_BOUNDARY;
    }
    return dev->coherent != NULL ? DMACOH_OK : DMACOH_E_UNSUPP;
}

int dmacoh_alloc_aligned(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, size_t align,
                         uint64_t boundary, uint32_t attrs)
{
    if (buf == NULL) {
        return DMACOH_E_INVAL;
    }
    if (buf->cookie == live_mark(buf)) {
        return DMACOH_E_BUSY;
    }
    int rc = check(dev, size, align, boundary, attrs);

    if (unlikely(rc != DMACOH_OK)) {
        return fail(buf, rc, boundary, size);
    }
    const uint32_t types = pool_types_for(dev, attrs);
    struct pool_run run;
    struct pool_want want;

    want.dev = dev;
    want.coherent = true;
    want.types = types;
    want.len = size;
    want.align_log = align != 0 ? log2_ceil(align) : 0;
    if (boundary != 0 && log2_ceil(size) > want.align_log) {
        want.align_log = log2_ceil(size); /* so it crosses no larger power of two */
    }
    want.max_granules = RUNS_MAX;
    rc = pool_take(dev->coherent, &want, &run);
    if (unlikely(rc != DMACOH_OK)) {
        return fail(buf, rc, want.free, size);
    }
    const struct dmacoh_region *r = run.region;
    const size_t offset = (size_t)run.first << r->granule_shift;
    const size_t whole = (size_t)run.granules << r->granule_shift;

    if (unlikely(whole > UINT32_MAX)) {
        (void)pool_give(run.region, run.first, NULL);
        return fail(buf, DMACOH_E_SIZE, UINT32_MAX, whole);
    }
    buf->va = (void *)(r->va + offset);
    buf->region = run.region;
    buf->bus = run.bus + offset;
    buf->phys = r->phys + offset;
    buf->size = (uint32_t)whole;
    buf->cookie = live_mark(buf);
    buf->run = run.first;
    buf->gen = run.gen;
    if ((attrs & DMACOH_ATTR_NOZERO) == 0) {
        maint_zero((uintptr_t)buf->va, whole); /* outside the lock: the run is ours */
    }
    return DMACOH_OK;
}

int dmacoh_free(struct dmacoh_buf *buf)
{
    if (buf == NULL) {
        return DMACOH_E_INVAL;
    }
    /* The generation catches what the mark cannot: a handle copied back over itself after a free. */
    if (buf->cookie != live_mark(buf) || !pool_give(buf->region, buf->run, &buf->gen)) {
        return DMACOH_E_STALE;
    }
    *buf = (struct dmacoh_buf){.bus = DMACOH_BUS_NONE};
    return DMACOH_OK;
}

int dmacoh_buf_why(const struct dmacoh_buf *buf, struct dmacoh_why *why)
{
    if (buf == NULL || why == NULL) {
        return DMACOH_E_INVAL;
    }
    if (buf->cookie == live_mark(buf) || buf->bus != DMACOH_BUS_NONE || buf->size == 0) {
        return DMACOH_E_STALE;
    }
    *why = (struct dmacoh_why){.status = -(int32_t)buf->size,
                               .limit = buf->phys,
                               .got = (uint64_t)buf->gen << 32 | buf->run};
    return DMACOH_OK;
}

#else /* !DMACOH_WITH_POOL */

int dmacoh_alloc_aligned(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, size_t align,
                         uint64_t boundary, uint32_t attrs)
{
    (void)dev;
    (void)buf;
    (void)size;
    (void)align;
    (void)boundary;
    (void)attrs;
    return DMACOH_E_UNSUPP;
}

int dmacoh_free(struct dmacoh_buf *buf)
{
    (void)buf;
    return DMACOH_E_UNSUPP;
}

int dmacoh_buf_why(const struct dmacoh_buf *buf, struct dmacoh_why *why)
{
    (void)buf;
    (void)why;
    return DMACOH_E_UNSUPP;
}

#endif
