/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file tp_place.h  The library in the memory of transparent mode, for the tests of the mode. */
#ifndef TRANSPARENT_TP_PLACE_H
#define TRANSPARENT_TP_PLACE_H

#include <dmacoh-sim/transparent.h>
#include <dmacoh/dmacoh.h>

struct tp_place {
    struct dmacoh c;
    struct dmacoh_mem ram;
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_dev dev;
};
extern struct tp_place tp_place;

/** One instance, all uncached memory in one pool for coherent buffers and bounces, one device. */
void tp_place_init(uint32_t granule_shift, uint32_t gap_mask);

/** The same with a device of its own flags and posted-write hook. */
void tp_place_init_dev(uint32_t granule_shift, const struct dmacoh_dev_cfg *dev);
void tp_place_fini(void);

#endif
