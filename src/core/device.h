/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file device.h
 * @brief What a device reaches. Private.
 */
#ifndef DMACOH_CORE_DEVICE_H
#define DMACOH_CORE_DEVICE_H

#include "core.h"

/*
 * Bus address of one byte, and how many bytes behind it continue there, below mask. OK, E_WINDOW or
 * E_MASK.
 */
int dev_span(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint64_t mask, dmacoh_bus_t *bus,
             uint64_t *more);

/* Bus address of a range that does not wrap; OK, E_WINDOW or E_MASK. */
static inline int dev_bus(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint64_t len,
                          uint64_t mask, dmacoh_bus_t *bus)
{
    uint64_t more = 0;
    const int rc = dev_span(dev, phys, mask, bus, &more);

    if (rc == DMACOH_OK && len - 1u > more) {
        return more == mask - *bus ? DMACOH_E_MASK : DMACOH_E_WINDOW;
    }
    return rc;
}

#endif
