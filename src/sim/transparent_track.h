/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file transparent_track.h
 * @brief Live mappings of transparent mode: from the driver's calls to the owner of each byte. Private.
 */
#ifndef DMACOH_SIM_TRANSPARENT_TRACK_H
#define DMACOH_SIM_TRANSPARENT_TRACK_H

#include <dmacoh/dmacoh.h>

#include "transparent_state.h"

/* Contiguous bytes of a mapping: where they lie, and where the device finds them (a slot, if bounced). */
struct tp_span {
    uint32_t off, len;
    uint64_t phys, dev;
};

struct tp_map {
    struct tp_map *next;
    const struct dmacoh_map *handle;
    const struct dmacoh_dev *dev;
    enum dmacoh_dir dir;
    uint32_t attrs, len, refs;
    struct tp_span *span;
    uint32_t nspans;
    bool taken_back; /* a part of it, by dmacoh_sync_for_cpu() */
};

/* New owners: of bytes used in place, of slots, and of the originals behind slots. */
struct tp_change {
    enum sim_owner direct, slot, bounced;
};

/* transparent_track.c */
struct tp_map *tp_map_find(const struct dmacoh_map *handle);
void tp_map_add(struct tp_map *m);
void tp_map_drop(struct tp_map *m);
bool tp_spans_make(struct tp_map *m, const struct dmacoh_seg *in, uint32_t nin,
                   const struct dmacoh_bseg *out, uint32_t nout);
void tp_map_own(const struct tp_map *m, uint32_t off, uint32_t len, struct tp_change c);
void tp_map_deeds(const struct tp_map *m, uint32_t off, uint32_t len, enum tp_deed deed);
enum sim_owner tp_device_owner(enum dmacoh_dir dir);
void tp_keep_other_readers(const struct tp_map *ended);

/* transparent_handover.c */
/* Around a map call; in[0 .. nin) is the driver's memory. */
void tp_map_begin(const struct dmacoh_seg *in, uint32_t nin, enum dmacoh_dir dir);
void tp_map_end(const struct dmacoh_map *handle, const struct dmacoh_dev *dev,
                const struct dmacoh_seg *in, uint32_t nin, const struct dmacoh_bseg *out,
                enum dmacoh_dir dir, uint32_t attrs, int rc);
void tp_sync_begin(const struct tp_map *m, uint32_t off, uint32_t len);
void tp_sync_end(struct tp_map *m, uint32_t off, uint32_t len, bool to_cpu, int rc);
void tp_unmap_begin(const struct tp_map *m);
void tp_unmap_end(struct tp_map *m, int rc);

#endif
