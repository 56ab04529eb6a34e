/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file map.h
 * @brief The stages of a mapping. Private.
 */
#ifndef DMACOH_CORE_MAP_H
#define DMACOH_CORE_MAP_H

#include "walk.h"

/* dmacoh_map.how. 0: a coherent device uses the memory directly, nothing to undo or to sync. */
#define HOW_DIR       0x0003u
#define HOW_CPU_OWNED 0x0004u /* all of it was taken back by sync_for_cpu */
#define HOW_LIST      0x0008u /* u.list is valid, else u.one */
#define HOW_CACHE     0x0020u /* the device does not snoop: lines are maintained */
#define HOW_BOUNCE    0x0040u /* at least one slot */
#define HOW_SHARED                                                                                 \
    0x0100u               /* dmacoh_map_ref() was called: state changes under the instance's lock */
#define HOW_FLUSH 0x0200u /* wait for posted writes before taking back */
/* Attributes are kept as they are. */
#define HOW_ATTRS     (HOW_OVERWRITE | HOW_SKIP_SYNC)
#define HOW_OVERWRITE DMACOH_ATTR_OVERWRITE
#define HOW_SKIP_SYNC DMACOH_ATTR_SKIP_SYNC

/* What a plan works on, and where it failed. */
struct plan {
    struct dmacoh_dev *dev;
    struct dmacoh_seg *in;
    struct dmacoh_bseg *out;
    uint32_t nin, max_out;
    enum dmacoh_dir dir;
    uint32_t attrs;
    bool single; /* one output segment, never split */
    /* results */
    uint32_t nout, len;
    bool split;              /* there were partial edge lines to bounce */
    uint32_t bounces, edges; /* slots taken */
    /* failure */
    uint32_t seg;
    uint64_t limit, got;
};

/*
 * Limits and reach, slots, output segments; nothing of it visible to the device. On success slots are
 * allocated and in[].slot tells them; on failure none is.
 */
int plan_make(struct plan *p);

/* Release every slot of a mapping. */
void plan_release(const struct dmacoh_dev *dev, const struct dmacoh_seg *in, uint32_t nin);

#endif
