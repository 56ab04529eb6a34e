/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Cache operations and barriers of a transfer of 64 KiB by a device that does not snoop, in one piece and
 * in a list: one operation a line, two barriers a call, however long the list.
 */
#include "armv7a_insn.h"
#include "harness.h"
#include "world.h"

#include <string.h>

#define SIZE    (64u << 10)
#define ENTRIES 128u

static void transfer(struct world *w, uint32_t entries)
{
    static struct dmacoh_seg in[ENTRIES];
    static struct dmacoh_bseg out[ENTRIES];
    const struct bench_insns before = bench_insns;
    struct dmacoh_map map;
    char key[64];
    uint32_t there = 0;
    uint32_t back = 0;
    int rc;

    memset(&map, 0, sizeof(map));
    for (uint32_t i = 0; i < entries; i++) {
        in[i] = (struct dmacoh_seg){WORLD_RAM + (uint64_t)i * 2u * SIZE, SIZE / entries, 0};
    }
    STEP(there, dmacoh_map_segs,
         rc = dmacoh_map_segs(&w->dev, &map, in, entries, out, entries, DMACOH_FROM_DEVICE, 0));
    if (rc != DMACOH_OK) {
        give_up("dmacoh_map_segs", rc);
    }
    STEP(back, dmacoh_unmap, rc = dmacoh_unmap(&map));
    if (rc != DMACOH_OK) {
        give_up("dmacoh_unmap", rc);
    }
    const uint64_t lines = bench_insns.cache - before.cache;
    const uint64_t barriers = bench_insns.barriers - before.barriers;

    (void)snprintf(key, sizeof(key), "cmo_batch.%u.lines", entries);
    figure(key, (double)lines, "operations");
    (void)snprintf(key, sizeof(key), "cmo_batch.%u.barriers", entries);
    figure(key, (double)barriers, "barriers");
    (void)snprintf(key, sizeof(key), "cmo_batch.%u.line", entries);
    figure(key, (double)(there + back) / (double)lines, "instr");
}

void bench_cmo_batch(void)
{
    static struct world w;
    struct dmacoh_dev_cfg cfg = {.limits = {.mask = DMACOH_BIT_MASK(64)}};

    world_start(&w, &product, 1u << 20, WORLD_POOL_VA);
    if (dmacoh_dev_fini(&w.dev) != DMACOH_OK || dmacoh_dev_init(&w.dev, &w.c, &cfg) != DMACOH_OK) {
        give_up("a device that does not snoop", 0);
    }
    transfer(&w, 1);
    transfer(&w, 16);
    transfer(&w, 128);
    world_end(&w);
}
