/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file device.h
 * @brief What a device reaches. Private.
 */
#ifndef DMACOH_CORE_DEVICE_H
#define DMACOH_CORE_DEVICE_H

#include "core.h"

/* dmacoh_dev.slow: why mappings need more than the tests of the fast path. */
#define SLOW_CACHE 1u /* lines are maintained */
#define SLOW_OTHER 2u

/* What a device sees of a physical address. */
struct span {
    dmacoh_bus_t bus;
    uint64_t more; /* bytes behind the first one that continue there */
    uint64_t mask; /* last bus address, of maps or of allocations */
};

/* Of one byte: OK, E_WINDOW or E_MASK. Up to the mask of maps, or that of coherent memory. */
int dev_span(const struct dmacoh_dev *dev, dmacoh_phys_t phys, bool coherent, struct span *span);

/* The same for len more bytes behind it, in a range that does not wrap. */
int dev_bus(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint64_t more, bool coherent,
            dmacoh_bus_t *bus);

#endif
