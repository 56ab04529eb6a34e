/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file landing.h
 * Memory that disk data lands in, of every kind that the library serves.
 *
 * An area is `skew` bytes, the data, and a guard. Before a read all of it is poisoned, so that
 * neither an earlier read nor a missing one can look like success; afterwards the bytes around
 * the data must still be poison.
 */
#ifndef BOOT_LANDING_H
#define BOOT_LANDING_H

#include "sha256.h"
#include <dmacoh/dmacoh.h>
#include <stdbool.h>
#include <stdint.h>

enum landing_kind {
    LANDING_LOW,     /**< linear map, physically contiguous */
    LANDING_HIGH,    /**< no mapping; pages shuffled within each MiB */
    LANDING_COHERENT /**< a dmacoh_alloc() buffer: no map, no cache operation */
};

struct landing {
    uint32_t kind;                /**< enum landing_kind */
    uint32_t skew;                /**< data starts so many bytes into the area */
    uint32_t room;                /**< data bytes that fit */
    const struct dmacoh_buf *buf; /**< LANDING_COHERENT */
};

/** Bytes after the data that must survive a read. */
#define LANDING_GUARD 64u

/** Fills [0, skew + len + guard) with poison. */
void landing_poison(const struct landing *area, uint32_t len);

/** Are the bytes before and after the data of @p len bytes still poison? */
bool landing_guards_ok(const struct landing *area, uint32_t len);

/** Scatter list of data bytes [offset, offset + len); how many entries. Not for COHERENT. */
uint32_t landing_segs(const struct landing *area, uint32_t offset, uint32_t len,
                      struct dmacoh_seg *seg);

/**
 * CPU address of data byte @p offset; @p len is shortened to what is contiguous there. For HIGH
 * valid until the next call, on CPU 0 only.
 */
const void *landing_view(const struct landing *area, uint32_t offset, uint32_t *len);

#endif
