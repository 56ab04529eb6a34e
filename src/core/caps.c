/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "device.h"
#include "memmap.h"
#include "pool.h"
#include "range.h"

#if DMACOH_WITH_POOL

/* Coherent memory: the first region that this device can use says how it came to be. */
static void coherent_caps(const struct dmacoh_dev *dev, struct dmacoh_caps *out)
{
    const uint32_t types = pool_coherent_types(dev);

    for (const struct dmacoh_region *r = dev->coherent->first; r != NULL; r = r->next) {
        dmacoh_bus_t bus;

        if ((types & POOL_TYPE(r->attr)) == 0 || !region_reach(dev, r, true, &bus)) {
            continue;
        }
        if (out->coherent_bytes == 0) {
            out->method = (uint8_t)r->method;
        }
        out->coherent_bytes += r->size;
        out->coherent_free += (size_t)r->free << r->granule_shift;
    }
}

#endif

#if DMACOH_WITH_BOUNCE

static void bounce_caps(const struct dmacoh_dev *dev, struct dmacoh_caps *out)
{
    for (const struct dmacoh_region *r = dev->bounce->first; r != NULL; r = r->next) {
        dmacoh_bus_t bus;

        if (region_reach(dev, r, false, &bus)) {
            /* The slot keeps the low address bits of the data, so up to a unit of it goes in front. */
            const size_t longest = (size_t)r->max_run << r->granule_shift;
            const uint64_t boundary = dev->lim.boundary;
            const size_t run = boundary - 1u < longest ? (size_t)boundary : longest;
            const size_t most = run >= dev->unit ? run - (dev->unit - 1u) : 0;

            out->bounces = true;
            out->max_bounce = max_u64(out->max_bounce, min_u64(most, out->max_map));
        }
    }
}

#endif

/* The highest bus address of RAM that a master can reach. */
static uint64_t last_bus(const struct dmacoh_dev *dev)
{
    uint64_t last = 0;

    for (const struct dmacoh_mem *m = dev->c->mem; m != mem_end(dev->c); m++) {
        const uint64_t end = m->phys + (m->size - 1u);

        if (m->kind == DMACOH_RAM_NODMA) {
            continue;
        }
        if (dev->nwindows == 0) {
            last = max_u64(last, end);
            continue;
        }
        for (const struct dmacoh_window *w = dev->windows; w != dev->windows + dev->nwindows; w++) {
            const uint64_t top = min_u64(end, w->phys + (w->size - 1u));

            if (top >= m->phys && top >= w->phys) {
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

    *out = (struct dmacoh_caps){.method = DMACOH_M_NONE};
    if ((dev->flags & DMACOH_DEV_COHERENT) != 0) {
        out->coherent = true;
        out->method = DMACOH_M_HWCOHERENT;
    }
    out->windows = c->mmu.win_slots != 0;
    out->line = c->line;
    out->max_seg = lim->max_seg != 0 ? lim->max_seg : UINT32_MAX;
    out->max_segs = lim->max_segs != 0 ? lim->max_segs : UINT32_MAX;
    out->max_map = out->max_seg;
    if (lim->boundary - 1u < out->max_map) {
        out->max_map = lim->boundary;
    }
    while (out->required_mask < last) {
        out->required_mask = out->required_mask << 1 | 1u;
    }
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
