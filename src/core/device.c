/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "device.h"

#include "memmap.h"
#include "pool.h"
#include "range.h"

#define KNOWN_FLAGS (DMACOH_DEV_COHERENT | DMACOH_DEV_FORCE_BOUNCE | DMACOH_DEV_IRQ_ORDERED)
#define FAST_LEN    0x10000u

int dev_span(const struct dmacoh_dev *dev, dmacoh_phys_t phys, bool coherent, struct span *span)
{
    span->mask = coherent ? dev->lim.coherent_mask : dev->lim.mask;
    span->bus = phys;
    span->more = ~phys;
    if (dev->nwindows != 0) {
        const struct dmacoh_window *w = dev->windows;
        const struct dmacoh_window *end = w + dev->nwindows;

        while (phys - w->phys >= w->size) {
            if (++w == end) {
                return DMACOH_E_WINDOW;
            }
        }
        span->bus = phys - w->phys + w->bus;
        span->more = w->size - 1u - (phys - w->phys);
    }
    if (span->bus > span->mask) {
        return DMACOH_E_MASK;
    }
    span->more = min_u64(span->more, span->mask - span->bus);
    return DMACOH_OK;
}

int dev_bus(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint64_t more, bool coherent,
            dmacoh_bus_t *bus)
{
    struct span span;
    const int rc = dev_span(dev, phys, coherent, &span);

    *bus = span.bus;
    if (rc == DMACOH_OK && more > span.more) {
        return span.more == span.mask - span.bus ? DMACOH_E_MASK : DMACOH_E_WINDOW;
    }
    return rc;
}

/*
 * The fast path of map_phys() serves one window: where the first bus window, the mask and one entry of
 * the memory map overlap most. It is shrunk by fast_len, so that the fast path compares the start of a
 * range only and nothing can wrap. Everything else takes the slow path, with the same result.
 */
static void find_fast_window(struct dmacoh_dev *dev)
{
    const uint64_t first = dev->nwindows != 0 ? dev->windows->phys : 0;
    const uint32_t max_seg = dev->lim.max_seg;
    uint32_t len = max_seg - 1u < FAST_LEN ? max_seg : FAST_LEN;
    struct span span;
    uint64_t best = 0;

    dev->fast_len = 0;
    if (dev_span(dev, first, false, &span) != DMACOH_OK) {
        return;
    }
    for (const struct dmacoh_mem *m = dev->c->mem; m != mem_end(dev->c); m++) {
        const uint64_t from = max_u64(first, m->phys);
        const uint64_t to = min_u64(first + span.more, m->phys + (m->size - 1u));

        /* What has no mapping can be used by a device that needs no cache operations. */
        const bool usable = m->kind == DMACOH_RAM_LINEAR ||
                            (m->kind == DMACOH_RAM_HIGH && (dev->flags & DMACOH_DEV_COHERENT) != 0);

        if (usable && from < to && to - from > best) {
            best = to - from;
            dev->win_phys = from;
        }
    }
    if (len > best) {
        len = (uint32_t)best;
    }
    dev->win_off = span.bus - first;
    dev->fast_len = len;
    dev->win_last = best - len;
}

static int check_windows(const struct dmacoh_dev_cfg *cfg, uint32_t unit)
{
    for (uint32_t i = 0; i < cfg->nwindows; i++) {
        const struct dmacoh_window *w = &cfg->windows[i];

        if (w->size == 0) {
            return DMACOH_E_SIZE;
        }
        if (!range_ok64(w->phys, w->size) || !range_ok64(w->bus, w->size)) {
            return DMACOH_E_RANGE;
        }
        if ((((uint32_t)w->bus - (uint32_t)w->phys) & (unit - 1u)) != 0) {
            return DMACOH_E_ALIGN;
        }
    }
    return DMACOH_OK;
}

static int check_limits(const struct dmacoh_limits *l, uint32_t line, uint32_t *unit)
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
    *unit = max_u32(max_u32(line, l->align), l->gap_mask + 1u);
    /* A limit of 0 means none: less 1 it is the largest number. */
    if (l->max_seg - 1u < *unit - 1u || l->boundary - 1u < *unit - 1u ||
        (*unit | l->gap_mask) > UINT32_MAX / 2u) {
        return DMACOH_E_SIZE;
    }
    return DMACOH_OK;
}

static bool pool_ok(const struct dmacoh_pool *pool, const struct dmacoh *c)
{
#if DMACOH_WITH_POOL
    return pool == NULL || (object_live(pool, KIND_POOL) && pool->c == c);
#else
    (void)c;
    return pool == NULL;
#endif
}

int dmacoh_dev_init(struct dmacoh_dev *dev, struct dmacoh *c, const struct dmacoh_dev_cfg *cfg)
{
    uint32_t unit = 0;

    if (dev == NULL || cfg == NULL || (cfg->flags & ~KNOWN_FLAGS) != 0 ||
        (cfg->windows == NULL) != (cfg->nwindows == 0) || !pool_ok(cfg->coherent, c) ||
        !pool_ok(cfg->bounce, c)) {
        return DMACOH_E_INVAL;
    }
    int rc = object_check(c, KIND_INSTANCE);

    if (rc == DMACOH_OK && cfg->xlate != NULL) {
        rc = DMACOH_E_UNSUPP;
    }
    if (rc == DMACOH_OK) {
        rc = check_limits(&cfg->limits, c->line, &unit);
    }
    if (rc == DMACOH_OK) {
        rc = check_windows(cfg, unit);
    }
    if (rc == DMACOH_OK && BE_MAY(BE_P_MAY_NOT_SNOOP) && c->no_snoop != 0 &&
        (cfg->flags & DMACOH_DEV_COHERENT) != 0) {
        rc = DMACOH_E_ATTR;
    }
    if (rc != DMACOH_OK) {
        return rc;
    }
    *dev = (struct dmacoh_dev){0};
    dev->magic = object_mark(dev, KIND_DEVICE);
    dev->align_mask = cfg->limits.align != 0 ? cfg->limits.align - 1u : 0;
    dev->flags = cfg->flags;
    dev->nwindows = cfg->nwindows;
    dev->unit = unit;
    dev->c = c;
    dev->windows = cfg->windows;
    dev->lim = cfg->limits;
    dev->coherent = cfg->coherent;
    dev->bounce = cfg->bounce;
    dev->name = cfg->name;
    if ((cfg->flags & DMACOH_DEV_IRQ_ORDERED) == 0) {
        dev->flush_posted = cfg->flush_posted;
        dev->flush_ctx = cfg->flush_ctx;
    }
    if (dev->lim.coherent_mask == 0) {
        dev->lim.coherent_mask = dev->lim.mask;
    }
    dev->slow = (cfg->flags & DMACOH_DEV_COHERENT) == 0 ? SLOW_CACHE : 0;
    if (cfg->limits.boundary != 0 || (cfg->flags & DMACOH_DEV_FORCE_BOUNCE) != 0 ||
        dev->flush_posted != NULL) {
        dev->slow |= SLOW_OTHER;
    }
    find_fast_window(dev);
    return DMACOH_OK;
}

int dmacoh_dev_fini(struct dmacoh_dev *dev)
{
    const int rc = object_check(dev, KIND_DEVICE);

    if (rc != DMACOH_OK) {
        return rc;
    }
    dev->magic = 0;
    dev->slow = SLOW_OTHER; /* the fast path of map_phys() does not look at magic */
    return DMACOH_OK;
}

int dmacoh_dev_set_mask(struct dmacoh_dev *dev, uint64_t mask, uint64_t coherent_mask)
{
    const int rc = object_check(dev, KIND_DEVICE);

    if (rc != DMACOH_OK) {
        return rc;
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
    if (!range_ok64(phys, len)) {
        return DMACOH_E_RANGE;
    }
    const int rc = dev_bus(dev, phys, len - 1u, false, &first);

    if (rc == DMACOH_OK && bus != NULL) {
        *bus = first;
    }
    return rc;
}
