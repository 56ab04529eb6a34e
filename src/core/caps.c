/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "device.h"
#include "pool.h"
#include "range.h"

#if DMACOH_WITH_POOL

/* Coherent memory: the first region that this device can use says how it came to be. */
static void coherent_caps(const struct dmacoh_dev *dev, struct dmacoh_caps *out)
{
    const uint32_t types = pool_coherent_types(dev);

    for (const struct dmacoh_region *r = dev->coherent->first; r != NULL; r = r->next) {
        dmacoh_bus_t bus;

        if ((types & POOL_TYPE(r->attr)) == 0 ||
            !region_reach(dev, r, dev->lim.coherent_mask, &bus)) {
            continue;
        }
        if (out->coherent_bytes == 0) {
            out->method = (uint8_t)r->method;
        }
        out->coherent_bytes += r->size;
        out->coherent_free += (uint64_t)r->free << r->granule_shift;
    }
}

#endif

#if DMACOH_WITH_BOUNCE

static void bounce_caps(const struct dmacoh_dev *dev, struct dmacoh_caps *out)
{
    for (const struct dmacoh_region *r = dev->bounce->first; r != NULL; r = r->next) {
        dmacoh_bus_t bus;

        if (region_reach(dev, r, dev->lim.mask, &bus)) {
            /* The slot keeps the low address bits of the data, so up to a unit of it goes in front. */
            const uint64_t longest = (uint64_t)r->max_run << r->granule_shift;
            const uint64_t boundary = dev->lim.boundary;
            const uint64_t run = boundary != 0 ? min_u64(longest, boundary) : longest;
            const uint64_t most = run >= dev->unit ? run - (dev->unit - 1u) : 0;

            out->bounces = true;
            out->max_bounce = max_u64(out->max_bounce, min_u64(most, out->max_map));
        }
    }
}

#endif

/* The highest bus address of RAM that a master can reach. */
static uint64_t last_bus(const struct dmacoh_dev *dev)
{
    const struct dmacoh *c = dev->c;
    uint64_t last = 0;

    for (uint32_t i = 0; i < c->nmem; i++) {
        const struct dmacoh_mem *m = &c->mem[i];
        const uint64_t end = m->phys + (m->size - 1u);

        if (m->kind == DMACOH_RAM_NODMA) {
            continue;
        }
        if (dev->nwindows == 0) {
            last = max_u64(last, end);
        }
        for (uint32_t k = 0; k < dev->nwindows; k++) {
            const struct dmacoh_window *w = &dev->windows[k];
            const uint64_t top = min_u64(end, w->phys + (w->size - 1u));

            if (top >= max_u64(m->phys, w->phys)) {
                last = max_u64(last, top - w->phys + w->bus);
            }
        }
    }
    return last;
}

int dmacoh_dev_caps(const struct dmacoh_dev *dev, struct dmacoh_caps *out)
{
    if (!device_live(dev) || out == NULL) {
        return DMACOH_E_INVAL;
    }
    const struct dmacoh *c = dev->c;
    const struct dmacoh_limits *lim = &dev->lim;
    const uint64_t last = last_bus(dev);

    *out = (struct dmacoh_caps){.method = DMACOH_M_NONE,
                                .coherent = (dev->flags & DMACOH_DEV_COHERENT) != 0,
                                .windows = c->mmu.win_slots != 0,
                                .line = c->line,
                                .max_seg = lim->max_seg != 0 ? lim->max_seg : UINT32_MAX,
                                .max_segs = lim->max_segs != 0 ? lim->max_segs : UINT32_MAX};
    if (out->coherent) {
        out->method = DMACOH_M_HWCOHERENT;
    }
    out->max_map = out->max_seg;
    if (lim->boundary != 0) {
        out->max_map = min_u64(out->max_map, lim->boundary);
    }
    out->required_mask = last == 0 ? 0 : DMACOH_BIT_MASK(64 - __builtin_clzll(last));
#if DMACOH_WITH_POOL
    if (dev->coherent != NULL) {
        coherent_caps(dev, out);
    }
#endif
#if DMACOH_WITH_BOUNCE
    if (dev->bounce != NULL) {
        bounce_caps(dev, out);
    }
#endif
    return DMACOH_OK;
}
