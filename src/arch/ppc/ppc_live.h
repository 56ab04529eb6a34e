/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc_live.h
 * @brief What the live translations say, whatever form they have: TLB entries, BATs, page tables. Private.
 */
#ifndef DMACOH_PPC_LIVE_H
#define DMACOH_PPC_LIVE_H

#include "backend.h"

/* Attributes of a translation, in the order in which all formats have them. */
#define PPC_W    0x8u /* write-through */
#define PPC_I    0x4u /* caching inhibited */
#define PPC_M    0x2u /* memory coherence required */
#define PPC_G    0x1u /* guarded: nothing is fetched speculatively */
#define PPC_WIMG 0xfu

/* A translation, or the rest of one from some address on. */
struct ppc_map {
    dmacoh_phys_t phys;
    uint64_t size; /* bytes */
    uint32_t wimg;
};

/* The translation from va to its end. False: there is none. */
typedef bool (*ppc_find_fn)(const struct dmacoh *c, uintptr_t va, struct ppc_map *map);

/* Bits that all of the linear map has. A part that is not mapped has none. */
uint32_t ppc_linear_wimg(const struct dmacoh *c, ppc_find_fn find);

/* Is [va, va + len) mapped to pa, with the bits that a region of this type needs? */
int ppc_region_mapped(const struct dmacoh *c, ppc_find_fn find, dmacoh_phys_t pa, uint64_t len,
                      uint32_t attr, uintptr_t va);

/* Do two translations share memory? */
static inline bool ppc_overlap(const struct ppc_map *map, dmacoh_phys_t pa, uint64_t len)
{
    return map->phys <= pa + (len - 1u) && pa <= map->phys + (map->size - 1u);
}

#endif
