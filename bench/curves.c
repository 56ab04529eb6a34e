/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Cost against size, for the pictures: pools of 1 MiB to 1 GiB, 10 to 99 percent full, lists of 1 to 4096
 * entries, magazines of 1 to 64 CPUs, bounce slots 10 to 99 percent full. One line a point:
 * "curve NAME X VALUE".
 */
#include "bounce.h"
#include "heap.h"
#include "objects.h"

#include <stdlib.h>
#include <string.h>

#define OPERATIONS 10000u
#define MIB        (1u << 20)
#define MOST_SEGS  4096u
#define BURST      32u

static const uint32_t fills[] = {10, 25, 50, 75, 90, 95, 99};
#define FILLS (sizeof(fills) / sizeof(fills[0]))

static void point(const char *name, double x, double value)
{
    printf("curve %s %g %.7g\n", name, x, value);
    (void)fflush(stdout);
}

/* Buffers of 1 to 64 granules come and go; the fill stays. */
static void churn(struct heap *h, uint32_t percent, uint32_t operations)
{
    const uint64_t wanted = h->size / 100u * percent;

    for (uint32_t i = 0; i < operations; i++) {
        const uint32_t granules = heap_log_uniform(h, 4u);

        if (h->used + (uint64_t)granules * WORLD_GRANULE > wanted ||
            heap_alloc(h, granules * WORLD_GRANULE) != DMACOH_OK) {
            heap_free_any(h);
        }
    }
}

static void pool(uint64_t size, uint32_t percent, const char *pair, const char *max, double x)
{
    static struct heap h;

    heap_start(&h, size, 2463534242u);
    churn(&h, percent, h.most + OPERATIONS);
    heap_reset_tallies(&h);
    churn(&h, percent, OPERATIONS);
    point(pair, x, tally_avg(&h.alloc) + tally_avg(&h.free));
    point(max, x, (double)(h.alloc.max + h.free.max));
    heap_end(&h);
}

/* A list of pages for a coherent device; all touch, or none does. */
static void list(uint32_t entries, uint32_t group, const char *name)
{
    static struct dmacoh_seg in[MOST_SEGS];
    static struct dmacoh_bseg out[MOST_SEGS];
    static struct world w;
    struct dmacoh_map map;
    uint32_t there = 0;
    uint32_t back = 0;

    memset(&map, 0, sizeof(map));
    world_start(&w, &product, MIB, WORLD_POOL_VA);
    for (uint32_t i = 0; i < entries; i++) {
        in[i] = (struct dmacoh_seg){WORLD_RAM + (uint64_t)(i + i / group) * 4096u, 4096u, 0};
    }
    STEP(there, dmacoh_map_segs,
         (void)dmacoh_map_segs(&w.dev, &map, in, entries, out, entries, DMACOH_TO_DEVICE, 0));
    STEP(back, dmacoh_unmap, (void)dmacoh_unmap(&map));
    point(name, entries, (double)(there + back) / entries);
    world_end(&w);
}

/* Even CPUs allocate and odd ones free, in bursts: every object goes back through the slabs. */
static void magazines(uint32_t ncpus)
{
    static struct tally alloc;
    static struct tally give;

    memset(&alloc, 0, sizeof(alloc));
    memset(&give, 0, sizeof(give));
    objects_start(OBJECTS_MAGAZINE);
    for (uint32_t i = 0; i < OPERATIONS; i += BURST) {
        const uint32_t cpu = i / BURST * 2u % ncpus;

        twin_cpu(cpu);
        for (uint32_t k = 0; k < BURST; k++) {
            objects_alloc(k, &alloc);
        }
        twin_cpu((cpu + 1u) % ncpus);
        for (uint32_t k = 0; k < BURST; k++) {
            objects_free(k, &give);
        }
    }
    twin_cpu(0);
    point("magazine.pair", ncpus, tally_avg(&alloc) + tally_avg(&give));
    point("magazine.max", ncpus, (double)(alloc.max + give.max));
    objects_end();
}

/* Slots of 64 KiB, random ones released and taken again. */
static void bounces(uint32_t percent)
{
    static struct tally there;
    static struct tally back;
    static struct bounce b;
    const uint32_t slots = BOUNCE_SLOTS_SIZE / (64u << 10) * percent / 100u;
    struct dmacoh_map *maps = calloc(slots, sizeof(*maps));
    uint64_t seed = 123456789u;

    if (maps == NULL) {
        give_up("out of memory", (long)slots);
    }
    memset(&there, 0, sizeof(there));
    memset(&back, 0, sizeof(back));
    bounce_start(&b, BOUNCE_SLOTS_SIZE, BOUNCE_SLOTS_VA);
    for (uint32_t i = 0; i < slots; i++) {
        (void)bounce_map(&b, &maps[i], 64u << 10);
    }
    for (uint32_t i = 0; i < 2000u; i++) {
        struct dmacoh_map *map = &maps[rnd(&seed) % slots];
        uint32_t n = 0;

        if (i < 2000u - 16u) {
            (void)dmacoh_unmap(map);
            (void)bounce_map(&b, map, 64u << 10);
            continue;
        }
        STEP(n, dmacoh_unmap, (void)dmacoh_unmap(map));
        tally_add(&back, n);
        STEP(n, dmacoh_map_phys, (void)bounce_map(&b, map, 64u << 10));
        tally_add(&there, n);
    }
    point("bounce.pair", percent, tally_avg(&there) + tally_avg(&back));
    bounce_end(&b);
    free(maps);
}

void bench_curves(void)
{
    for (uint32_t mib = 1; mib <= 1024u; mib *= 2u) {
        pool((uint64_t)mib * MIB, 75u, "pool_size.pair", "pool_size.max", mib);
    }
    for (uint32_t i = 0; i < FILLS; i++) {
        pool(64u * MIB, fills[i], "pool_fill.pair", "pool_fill.max", fills[i]);
        bounces(fills[i]);
    }
    for (uint32_t entries = 1; entries <= MOST_SEGS; entries *= 2u) {
        list(entries, 1, "list.apart");
        list(entries, MOST_SEGS, "list.contiguous");
    }
    for (uint32_t ncpus = 1; ncpus <= WORLD_CPUS; ncpus *= 2u) {
        magazines(ncpus);
    }
}
