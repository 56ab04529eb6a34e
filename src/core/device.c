/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "device.h"

#include "pool.h"
#include "range.h"

#define KNOWN_FLAGS (DMACOH_DEV_COHERENT | DMACOH_DEV_FORCE_BOUNCE | DMACOH_DEV_IRQ_ORDERED)
#define FAST_LEN    0x10000u

int dev_span(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint64_t mask, dmacoh_bus_t *bus,
             uint64_t *more)
{
    dmacoh_bus_t first = phys;
    uint64_t in_window = UINT64_MAX - phys;

    if (dev->nwindows != 0) {
        const struct dmacoh_window *w = dev->windows;
        const struct dmacoh_window *end = w + dev->nwindows;

        while (w != end && phys - w->phys >= w->size) {
            w++;
        }
        if (w == end) {
            return DMACOH_E_WINDOW;
        }
        first = phys - w->phys + w->bus;
        in_window = w->size - 1u - (phys - w->phys);
    }
    if (first > mask) {
        return DMACOH_E_MASK;
    }
    *bus = first;
    *more = min_u64(in_window, mask - first);
    return DMACOH_OK;
}

/*
 * The fast path of map_phys() serves one window: where the first bus window, the mask and one entry of
 * the memory map overlap most. It is shrunk by fast_len, so that the fast path compares the start of a
 * range only and nothing can wrap. Everything else takes the slow path, with the same result.
 */
static void find_fast_window(struct dmacoh_dev *dev)
{
    const struct dmacoh_window *w = dev->windows;
    const uint64_t off = w != NULL ? w->bus - w->phys : 0;
    const uint64_t first = w != NULL ? w->phys : 0;
    uint64_t more = UINT64_MAX; /* bytes behind the first one */
    dmacoh_bus_t bus = 0;
    uint64_t best = 0;
    uint64_t len = dev->lim.max_seg != 0 ? dev->lim.max_seg : FAST_LEN;

    dev->fast_len = 0;
    if (dev_span(dev, first, dev->lim.mask, &bus, &more) != DMACOH_OK) {
        return;
    }
    for (uint32_t k = 0; k < dev->c->nmem; k++) {
        const struct dmacoh_mem *m = &dev->c->mem[k];
        const uint64_t from = max_u64(first, m->phys);
        const uint64_t to = min_u64(first + more, m->phys + (m->size - 1u));

        if (m->kind != DMACOH_RAM_NODMA && from < to && to - from > best) {
            best = to - from;
            dev->win_phys = from;
        }
    }
    len = min_u64(min_u64(len, FAST_LEN), best);
    dev->win_off = off;
    dev->fast_len = (size_t)len;
    dev->win_last = best - len;
}

static int check_windows(const struct dmacoh_dev_cfg *cfg, uint64_t unit)
{
    for (uint32_t i = 0; i < cfg->nwindows; i++) {
        const struct dmacoh_window *w = &cfg->windows[i];

        if (w->size == 0) {
            return DMACOH_E_SIZE;
        }
        if (!range_ok(w->phys, w->size, UINT64_MAX) || !range_ok(w->bus, w->size, UINT64_MAX)) {
            return DMACOH_E_RANGE;
        }
        if (((w->bus - w->phys) & (unit - 1u)) != 0) {
            return DMACOH_E_ALIGN;
        }
    }
    return DMACOH_OK;
}

/* 0 means no limit, so it passes. */
static bool at_least(uint64_t limit, uint64_t least)
{
    return limit == 0 || limit >= least;
}

static int check_limits(const struct dmacoh_limits *l, uint64_t line, uint64_t *unit)
{
    if (l->mask == 0) {
        return DMACOH_E_MASK;
    }
    if ((l->gap_mask & (l->gap_mask + 1u)) != 0) {
        return DMACOH_E_INVAL;
    }
    if ((l->align != 0 && !is_pow2(l->align)) || (l->boundary != 0 && !is_pow2(l->boundary))) {
        return DMACOH_E_ALIGN;
    }
    *unit = max_u64(max_u64(line, l->align), (uint64_t)l->gap_mask + 1u);
    if (!at_least(l->max_seg, *unit) || !at_least(l->boundary, *unit) || *unit > UINT32_MAX / 2u) {
        return DMACOH_E_SIZE;
    }
    return DMACOH_OK;
}

static bool pool_ok(const struct dmacoh_pool *pool, const struct dmacoh *c)
{
#if DMACOH_WITH_POOL
    return pool == NULL || (pool_live(pool) && pool->c == c);
#else
    (void)c;
    return pool == NULL;
#endif
}

int dmacoh_dev_init(struct dmacoh_dev *dev, struct dmacoh *c, const struct dmacoh_dev_cfg *cfg)
{
    uint64_t unit = 0;
    int rc;

    if (dev == NULL || cfg == NULL || !instance_live(c) || (cfg->flags & ~KNOWN_FLAGS) != 0 ||
        (cfg->windows == NULL) != (cfg->nwindows == 0) || !pool_ok(cfg->coherent, c) ||
        !pool_ok(cfg->bounce, c)) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    if (cfg->xlate != NULL) {
        return DMACOH_E_UNSUPP;
    }
    rc = check_limits(&cfg->limits, c->line, &unit);
    if (rc == DMACOH_OK) {
        rc = check_windows(cfg, unit);
    }
    if (rc != DMACOH_OK) {
        return rc;
    }
    *dev = (struct dmacoh_dev){.magic = object_mark(dev, MAGIC_DEVICE),
                               .align_mask = cfg->limits.align != 0 ? cfg->limits.align - 1u : 0,
                               .flags = cfg->flags,
                               .nwindows = cfg->nwindows,
                               .unit = (uint32_t)unit,
                               .c = c,
                               .windows = cfg->windows,
                               .lim = cfg->limits,
                               .coherent = cfg->coherent,
                               .bounce = cfg->bounce,
                               .name = cfg->name};
    if ((cfg->flags & DMACOH_DEV_IRQ_ORDERED) == 0) {
        dev->flush_posted = cfg->flush_posted;
        dev->flush_ctx = cfg->flush_ctx;
    }
    if (dev->lim.coherent_mask == 0) {
        dev->lim.coherent_mask = dev->lim.mask;
    }
    dev->slow = (cfg->flags & DMACOH_DEV_COHERENT) == 0 || cfg->limits.boundary != 0 ||
                (cfg->flags & DMACOH_DEV_FORCE_BOUNCE) != 0 || dev->flush_posted != NULL;
    find_fast_window(dev);
    return DMACOH_OK;
}

int dmacoh_dev_fini(struct dmacoh_dev *dev)
{
    if (!device_live(dev)) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    dev->magic = 0;
    dev->slow = 1; /* the fast path of map_phys() does not look at magic */
    return DMACOH_OK;
}

int dmacoh_dev_set_mask(struct dmacoh_dev *dev, uint64_t mask, uint64_t coherent_mask)
{
    if (!device_live(dev)) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    if (mask == 0) {
        return DMACOH_E_MASK;
    }
    dev->lim.mask = mask;
    dev->lim.coherent_mask = coherent_mask != 0 ? coherent_mask : mask;
    find_fast_window(dev);
    return DMACOH_OK;
}

int dmacoh_dev_reach(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint64_t len,
                     dmacoh_bus_t *bus)
{
    dmacoh_bus_t first = 0;

    if (!device_live(dev)) {
        return DMACOH_E_INVAL;
    }
    if (len == 0) {
        return DMACOH_E_SIZE;
    }
    if (!range_ok(phys, len, UINT64_MAX)) {
        return DMACOH_E_RANGE;
    }
    const int rc = dev_bus(dev, phys, len, dev->lim.mask, &first);

    if (rc == DMACOH_OK && bus != NULL) {
        *bus = first;
    }
    return rc;
}
