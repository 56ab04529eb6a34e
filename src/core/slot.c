/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "slot.h"

#if DMACOH_WITH_BOUNCE

static struct dmacoh_region *place_region(const struct dmacoh_dev *dev, uint32_t place)
{
    struct dmacoh_region *r = dev->bounce->first;

    while (r->index != place >> 27) {
        r = r->next;
    }
    return r;
}

struct slot_spot slot_spot(const struct dmacoh_dev *dev, uint32_t place, dmacoh_phys_t phys)
{
    const struct dmacoh_region *r = place_region(dev, place);
    const size_t offset =
        ((size_t)(place & (RUNS_MAX - 1u)) << r->granule_shift) + slot_in_unit(dev, phys);

    return (struct slot_spot){
        .phys = r->phys + offset, .va = r->va + offset, .cached = r->attr == DMACOH_MEM_CACHED};
}

void slot_free(const struct dmacoh_dev *dev, uint32_t place)
{
    (void)pool_give(place_region(dev, place), place & (RUNS_MAX - 1u), NULL);
}

#endif
