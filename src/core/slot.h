/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file slot.h
 * @brief Bounce and edge slots: where they lie, and the word that remembers them. Private.
 *
 * A slot is a run of granules of a region of the device's bounce pool. The word of an input segment holds
 * either one whole slot (3 bits region, 27 bits granule) or a head and a tail slot (twice 3 + 12 bits).
 */
#ifndef DMACOH_SLOT_H
#define DMACOH_SLOT_H

#include "pool.h"

#define SLOT_KIND   0xc0000000u
#define SLOT_NONE   0x00000000u /* the device uses the memory itself */
#define SLOT_WHOLE  0x40000000u
#define SLOT_EDGES  0x80000000u
#define EDGE_ABSENT 0x7fffu
#define EDGE_MAX    4096u /* granules of a region that can be edge slots */

/* One place: region << 27 | granule. */
#define PLACE_NONE 0xffffffffu

static inline uint32_t slot_whole(uint32_t place)
{
    return SLOT_WHOLE | place;
}

static inline uint32_t slot_edges(uint32_t head, uint32_t tail)
{
    return SLOT_EDGES | head << 15 | tail;
}

static inline bool slot_is_whole(uint32_t word)
{
    return DMACOH_WITH_BOUNCE && (word & SLOT_KIND) == SLOT_WHOLE;
}

static inline bool slot_is_edges(uint32_t word)
{
    return DMACOH_WITH_BOUNCE && (word & SLOT_KIND) == SLOT_EDGES;
}

static inline uint32_t slot_head(uint32_t word)
{
    return slot_is_edges(word) ? word >> 15 & 0x7fffu : EDGE_ABSENT;
}

static inline uint32_t slot_tail(uint32_t word)
{
    return slot_is_edges(word) ? word & 0x7fffu : EDGE_ABSENT;
}

static inline uint32_t run_place(const struct pool_run *run)
{
    return (uint32_t)run->region->index << 27 | run->first;
}

/* The place of a whole slot, and of an edge. */
static inline uint32_t slot_place(uint32_t word)
{
    return word & ~SLOT_KIND;
}

static inline uint32_t edge_place(uint32_t edge)
{
    return edge >> 12 << 27 | (edge & 0xfffu);
}

static inline uint32_t place_edge(uint32_t place)
{
    return place >> 27 << 12 | (place & 0xfffu);
}

/* Gives a slot back. pool_take() gives them out. */
void slot_free(const struct dmacoh_dev *dev, uint32_t place);

/*
 * A slot keeps the address bits below the edge unit: joints stay joints, and copies stay aligned. An
 * address that is misaligned for the device is the exception: there the slot starts aligned.
 */
static inline uint32_t slot_in_unit(const struct dmacoh_dev *dev, dmacoh_phys_t phys)
{
    return (uint32_t)phys & (dev->unit - 1u) & ~dev->align_mask;
}

/* Where the bytes of phys lie in a slot. */
struct slot_spot {
    dmacoh_phys_t phys;
    uintptr_t va;
    bool cached;
};
struct slot_spot slot_spot(const struct dmacoh_dev *dev, uint32_t place, dmacoh_phys_t phys);

#endif
