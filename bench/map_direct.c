/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Map and unmap of a coherent direct device: the path of every network packet and disk block on a
 * machine whose devices snoop. It must take no lock and no barrier, and must store to the handle only.
 */
#include "armv7a_insn.h"
#include "harness.h"
#include "port.h"
#include "world.h"

#include <string.h>

/* All that the call could reach beside the handle. */
struct surroundings {
    struct dmacoh_map left, right; /* the handle's neighbours */
    struct dmacoh c;
    struct dmacoh_dev dev;
    struct dmacoh_pool pool;
    uint64_t percpu[DMACOH_META_SIZE(WORLD_CPUS) / sizeof(uint64_t)];
    struct bench_port port;
    struct bench_insns insns;
};

static struct world w;
static struct dmacoh_map maps[3]; /* the middle one is used */

/* Into zeroed storage and member by member, so that padding compares equal. */
static void look(struct surroundings *s)
{
    memcpy(&s->left, &maps[0], sizeof(s->left));
    memcpy(&s->right, &maps[2], sizeof(s->right));
    memcpy(&s->c, &w.c, sizeof(s->c));
    memcpy(&s->dev, &w.dev, sizeof(s->dev));
    memcpy(&s->pool, &w.pool, sizeof(s->pool));
    memcpy(s->percpu, w.percpu, sizeof(s->percpu));
    s->port = bench_port;
    s->insns = bench_insns;
}

static void direct(void)
{
    static struct surroundings before;
    static struct surroundings after;
    const dmacoh_phys_t phys = WORLD_RAM + 0x1234u;
    uint32_t map = 0;
    uint32_t unmap = 0;
    int rc;

    look(&before);
    STEP(map, dmacoh_map_phys,
         rc = dmacoh_map_phys(&w.dev, &maps[1], phys, 1500u, DMACOH_FROM_DEVICE, 0));
    profile("map_direct.map", step_trace(), map);
    if (rc != DMACOH_OK || maps[1].bus != phys) {
        give_up("dmacoh_map_phys", rc);
    }
    STEP(unmap, dmacoh_unmap, rc = dmacoh_unmap(&maps[1]));
    profile("map_direct.unmap", step_trace(), unmap);
    look(&after);
    if (rc != DMACOH_OK) {
        give_up("dmacoh_unmap", rc);
    }
    figure("map_direct.map", (double)map, "instr");
    figure("map_direct.unmap", (double)unmap, "instr");
    figure("map_direct.pair", (double)(map + unmap), "instr");
    figure("map_direct.locks", (double)(after.port.locks - before.port.locks), "locks");
    figure("map_direct.barriers", (double)(after.insns.barriers - before.insns.barriers),
           "barriers");
    figure("map_direct.stores_elsewhere", memcmp(&before, &after, sizeof(before)) != 0 ? 1.0 : 0.0,
           "objects");
}

static void single(void)
{
    uint32_t map = 0;
    int rc;

    /* The machine's address: a number that the library does not dereference. */
    STEP(map, dmacoh_map_single,
         rc = dmacoh_map_single(&w.dev, &maps[1], (const void *)(w.mem.va + 0x1234u), 1500u,
                                DMACOH_FROM_DEVICE, 0));
    if (rc != DMACOH_OK || dmacoh_unmap(&maps[1]) != DMACOH_OK) {
        give_up("dmacoh_map_single", rc);
    }
    figure("map_direct.map_single", (double)map, "instr");
}

void bench_map_direct(void)
{
    world_start(&w, &product, 1u << 20, WORLD_POOL_VA);
    direct();
    single();
    world_end(&w);
}
