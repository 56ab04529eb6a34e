/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pool.h
 * @brief Runs of granules out of the regions of a pool; used by buffers and by slots. Private.
 */
#ifndef DMACOH_CORE_POOL_H
#define DMACOH_CORE_POOL_H

#include "core.h"
#include "device.h"
#include "runs.h"

#include <dmacoh/pool.h>

/* Sets of region types, bits by enum dmacoh_memattr. */
#define POOL_TYPE(attr)   (1u << (attr))
#define POOL_TYPES_BOUNCE 0xfu

struct pool_want {
    const struct dmacoh_dev *dev;
    uint64_t mask;         /* last bus address */
    uint32_t types;        /* allowed region types */
    uint64_t len;          /* bytes */
    uint64_t align;        /* of the bus address; a power of two */
    uint32_t max_granules; /* region must not be larger: the handle's word has no room */
    uint64_t free;         /* [out] for reports: free bytes in the emptiest region that fits */
};

struct pool_run {
    struct dmacoh_region *region;
    uint32_t first, gen;
    uint32_t granules;
    dmacoh_bus_t bus; /* of the region's first byte; pool_take() only */
};

/* OK, or E_NOREGION, E_FULL, E_FRAG. Any context. */
int pool_take(struct dmacoh_pool *pool, struct pool_want *want, struct pool_run *run);

/* Give back an allocated run. Any context. */
void pool_give(const struct pool_run *run);

/* The same if it is still the allocation gen; false: it is not, and nothing was done. */
bool pool_give_gen(const struct pool_run *run);

/* Region types that are coherent memory for this device. */
static inline uint32_t pool_coherent_types(const struct dmacoh_dev *dev)
{
    uint32_t types = POOL_TYPE(DMACOH_MEM_UNCACHED);

    if ((dev->flags & DMACOH_DEV_COHERENT) != 0) {
        types |= POOL_TYPE(DMACOH_MEM_CACHED) | POOL_TYPE(DMACOH_MEM_HWCOHERENT);
    }
    return types;
}

/* Region types that serve an allocation with attrs. */
static inline uint32_t pool_types_for(const struct dmacoh_dev *dev, uint32_t attrs)
{
    if ((attrs & DMACOH_ATTR_NONCOHERENT) != 0) {
        return POOL_TYPE(DMACOH_MEM_CACHED) | POOL_TYPE(DMACOH_MEM_HWCOHERENT);
    }
    if ((attrs & DMACOH_ATTR_WRITE_COMBINE) != 0) {
        return POOL_TYPE(DMACOH_MEM_WC) | POOL_TYPE(DMACOH_MEM_UNCACHED);
    }
    return pool_coherent_types(dev);
}

/* Are these attributes of an allocation known, and not contradictory? */
static inline bool pool_attrs_ok(uint32_t attrs)
{
    const uint32_t types = DMACOH_ATTR_NONCOHERENT | DMACOH_ATTR_WRITE_COMBINE;

    return (attrs & ~(types | DMACOH_ATTR_NOZERO)) == 0 && (attrs & types) != types;
}

bool pool_live(const struct dmacoh_pool *pool);

/* Does the device reach all of the region below mask? Its first bus address. */
static inline bool region_reach(const struct dmacoh_dev *dev, const struct dmacoh_region *r,
                                uint64_t mask, dmacoh_bus_t *bus)
{
    if (likely(dev->nwindows == 0)) {
        *bus = r->phys;
        return r->phys + (r->size - 1u) <= mask;
    }
    return dev_bus(dev, r->phys, r->size, mask, bus) == DMACOH_OK;
}

#endif
