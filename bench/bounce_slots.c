/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Bounce slots: map and unmap of a buffer that the device does not reach, without the copy, at 10 to 99
 * percent full, among slots of the same size and of mixed ones; and the answer that there is none.
 */
#include "bounce.h"
#include "pool.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLES 16u /* they cost the same: see the max */

struct crowd {
    struct bounce b;
    struct dmacoh_map *maps;
    uint32_t n, most;
    uint64_t seed;
};

static void crowd_start(struct crowd *c)
{
    bounce_start(&c->b, BOUNCE_SLOTS_SIZE, BOUNCE_SLOTS_VA);
    c->most = BOUNCE_SLOTS_SIZE >> BOUNCE_SHIFT;
    c->maps = calloc(c->most, sizeof(*c->maps));
    c->n = 0;
    c->seed = 123456789u;
    if (c->maps == NULL) {
        give_up("out of memory", (long)c->most);
    }
}

static void crowd_end(struct crowd *c)
{
    free(c->maps);
    bounce_end(&c->b);
}

static uint32_t size_of(struct crowd *c, uint32_t size)
{
    return size != 0 ? size : 2048u << rnd(&c->seed) % 6u; /* 0: mixed, 2 to 64 KiB */
}

static void leave(struct crowd *c)
{
    const uint32_t i = rnd(&c->seed) % c->n;
    uint32_t last;

    if (dmacoh_unmap(&c->maps[i]) != DMACOH_OK) {
        give_up("dmacoh_unmap", (long)i);
    }
    /* Handles do not move; so the last one is mapped anew in the gap. */
    last = --c->n;
    if (i != last) {
        const uint32_t len = c->maps[last].len;

        if (dmacoh_unmap(&c->maps[last]) != DMACOH_OK ||
            bounce_map(&c->b, &c->maps[i], len) != DMACOH_OK) {
            give_up("moving a slot", (long)i);
        }
    }
}

static bool join(struct crowd *c, uint32_t size, uint64_t limit)
{
    const uint32_t len = size_of(c, size);

    if (bounce_used(&c->b) + len > limit || c->n == c->most ||
        bounce_map(&c->b, &c->maps[c->n], len) != DMACOH_OK) {
        return false;
    }
    c->n++;
    return true;
}

/* Fill to so many percent, then replace a quarter of the crowd by others. */
static void populate(struct crowd *c, uint32_t size, uint32_t percent)
{
    const uint64_t limit = (uint64_t)BOUNCE_SLOTS_SIZE / 100u * percent;

    while (join(c, size, limit)) {
    }
    for (uint32_t i = 0; i < c->n / 4u; i++) {
        leave(c);
        (void)join(c, size, limit);
    }
}

/* What a map does besides finding a slot and giving it back is not counted here. */
static void slot_only(struct crowd *c, struct dmacoh_map *map, uint32_t size, struct tally *take,
                      struct tally *give)
{
    uint32_t n = 0;
    int rc;

    STEP(n, pool_take, rc = bounce_map(&c->b, map, size));
    if (rc != DMACOH_OK) {
        give_up("dmacoh_map_phys", rc);
    }
    tally_add(take, n);
    STEP(n, pool_give, rc = dmacoh_unmap(map));
    if (rc != DMACOH_OK) {
        give_up("dmacoh_unmap", rc);
    }
    tally_add(give, n);
}

static void measure(uint32_t size, uint32_t background, uint32_t percent, const char *name)
{
    static struct tally take;
    static struct tally give;
    static struct tally there;
    static struct tally back;
    struct dmacoh_map map;
    struct crowd c;
    char key[64];

    memset(&take, 0, sizeof(take));
    memset(&give, 0, sizeof(give));
    memset(&there, 0, sizeof(there));
    memset(&back, 0, sizeof(back));
    memset(&map, 0, sizeof(map));
    crowd_start(&c);
    populate(&c, background, percent);
    for (uint32_t i = 0; i < SAMPLES; i++) {
        uint32_t n = 0;
        int rc;

        STEP(n, dmacoh_map_phys, rc = bounce_map(&c.b, &map, size));
        if (rc == DMACOH_E_FULL || rc == DMACOH_E_FRAG) {
            leave(&c); /* no room at 99 percent: make some */
            continue;
        }
        if (rc != DMACOH_OK) {
            give_up("dmacoh_map_phys", rc);
        }
        tally_add(&there, n);
        STEP(n, dmacoh_unmap, rc = dmacoh_unmap(&map));
        if (rc != DMACOH_OK) {
            give_up("dmacoh_unmap", rc);
        }
        tally_add(&back, n);
        slot_only(&c, &map, size, &take, &give);
    }
    (void)snprintf(key, sizeof(key), "bounce_slots.%s.%u.slot", name, percent);
    figure(key, tally_avg(&take) + tally_avg(&give), "instr");
    if (size == 2u << 10 && percent == 10u) {
        profile("bounce_slots.take", take.trace, take.max);
        profile("bounce_slots.give", give.trace, give.max);
    }
    (void)snprintf(key, sizeof(key), "bounce_slots.%s.%u.pair", name, percent);
    figure(key, tally_avg(&there) + tally_avg(&back), "instr");
    profile(key, there.trace, there.max);
    (void)snprintf(key, sizeof(key), "bounce_slots.%s.%u.max", name, percent);
    figure(key, (double)(there.max + back.max), "instr");
    crowd_end(&c);
}

/* Half of the pool is free, in pieces that are too short. */
static void refuse(void)
{
    struct dmacoh_map map;
    struct crowd c;
    uint32_t n = 0;
    int rc;

    memset(&map, 0, sizeof(map));
    crowd_start(&c);
    while (bounce_map(&c.b, &c.maps[c.n], 64u << 10) == DMACOH_OK) {
        c.n++;
    }
    for (uint32_t i = 0; i < c.n; i += 2u) {
        (void)dmacoh_unmap(&c.maps[i]);
    }
    STEP(n, pool_take, rc = bounce_map(&c.b, &map, 256u << 10));
    if (rc != DMACOH_E_FRAG) {
        give_up("a bounce that should have been refused", rc);
    }
    figure("bounce_slots.refused.slot", (double)n, "instr");
    STEP(n, dmacoh_map_phys, rc = bounce_map(&c.b, &map, 256u << 10));
    figure("bounce_slots.refused.map", (double)n, "instr");
    profile("bounce_slots.refused.map", step_trace(), n);
    crowd_end(&c);
}

void bench_bounce_slots(const struct options *opt)
{
    static const uint32_t percents[] = {10, 50, 90, 99};

    (void)opt;
    for (uint32_t i = 0; i < sizeof(percents) / sizeof(percents[0]); i++) {
        measure(2u << 10, 2u << 10, percents[i], "2KiB");
        measure(64u << 10, 64u << 10, percents[i], "64KiB");
        measure(256u << 10, 256u << 10, percents[i], "256KiB");
        measure(64u << 10, 0, percents[i], "64KiB.mixed");
    }
    refuse();
}
