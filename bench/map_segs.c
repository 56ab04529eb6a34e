/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * A scatter list of 128 pages on a coherent direct device: none, half or all of them touch the one before.
 * Per entry.
 */
#include "harness.h"
#include "world.h"

#include <string.h>

#define ENTRIES 128u

/* Every `group` entries touch. */
static void list(struct world *w, uint32_t group, const char *name)
{
    static struct dmacoh_seg in[ENTRIES];
    static struct dmacoh_bseg out[ENTRIES];
    struct dmacoh_map map;
    char key[64];
    uint32_t there = 0;
    uint32_t back = 0;
    int rc;

    memset(&map, 0, sizeof(map));
    for (uint32_t i = 0; i < ENTRIES; i++) {
        in[i] = (struct dmacoh_seg){WORLD_RAM + (uint64_t)(i + i / group) * 4096u, 4096u, 0};
    }
    STEP(there, dmacoh_map_segs,
         rc = dmacoh_map_segs(&w->dev, &map, in, ENTRIES, out, ENTRIES, DMACOH_TO_DEVICE, 0));
    if (rc != DMACOH_OK) {
        give_up("dmacoh_map_segs", rc);
    }
    (void)snprintf(key, sizeof(key), "map_segs.%s.entry", name);
    profile(key, step_trace(), there);
    const uint32_t segments = map.nsegs;

    STEP(back, dmacoh_unmap, rc = dmacoh_unmap(&map));
    if (rc != DMACOH_OK) {
        give_up("dmacoh_unmap", rc);
    }
    figure(key, (double)(there + back) / (double)ENTRIES, "instr");
    (void)snprintf(key, sizeof(key), "map_segs.%s.out", name);
    figure(key, (double)segments, "segments");
}

void bench_map_segs(void)
{
    static struct world w;

    world_start(&w, &product, 1u << 20, WORLD_POOL_VA);
    list(&w, 1, "apart");
    list(&w, 2, "half");
    list(&w, ENTRIES, "contiguous");
    world_end(&w);
}
