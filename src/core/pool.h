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
    bool coherent;         /* memory for the device, up to its coherent mask; else a slot */
    uint32_t types;        /* allowed region types */
    size_t len;            /* bytes */
    uint32_t align_log;    /* of the bus address, log2 */
    uint32_t max_granules; /* region must not be larger: the handle's word has no room */
    size_t free;           /* [out] for reports: free bytes in the emptiest region that fits */
};

struct pool_run {
    struct dmacoh_region *region;
    uint32_t first, gen;
    uint32_t granules;
    dmacoh_bus_t bus; /* of the region's first byte; pool_take() only */
};

/* OK, or E_NOREGION, E_FULL, E_FRAG. Any context. */
int pool_take(struct dmacoh_pool *pool, struct pool_want *want, struct pool_run *run);

/*
 * Give back the allocated run that starts at first. Any context. With gen, only if it is still that
 * allocation; false: it is not, and nothing was done.
 */
bool pool_give(struct dmacoh_region *r, uint32_t first, const uint32_t *gen);

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

/* Does the device reach all of the region? Its first bus address. */
bool region_reach(const struct dmacoh_dev *dev, const struct dmacoh_region *r, bool coherent,
                  dmacoh_bus_t *bus);

#endif
