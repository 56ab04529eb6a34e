/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Small objects of 64 bytes with magazines: pairs in random order, bursts of 32 as a network driver has
 * them, the worst call, and objects that are freed on another CPU than they were allocated on, for 1 to 64
 * CPUs.
 */
#include "objects.h"

#include <string.h>

#define OPERATIONS 200000u
#define BURST      32u
#define LIVE       (OBJECTS_MOST / 2u)

struct tallies {
    struct tally alloc, free;
};

static void report(const char *name, const struct tallies *t)
{
    char key[64];

    (void)snprintf(key, sizeof(key), "magazine.%s.pair", name);
    figure(key, tally_avg(&t->alloc) + tally_avg(&t->free), "instr");
    (void)snprintf(key, sizeof(key), "magazine.%s.alloc.max", name);
    figure(key, (double)t->alloc.max, "instr");
    (void)snprintf(key, sizeof(key), "magazine.%s.free.max", name);
    figure(key, (double)t->free.max, "instr");
}

static void fill(void)
{
    static struct tally any;

    objects_start(OBJECTS_MAGAZINE);
    twin_cpu(0);
    for (uint32_t i = 0; i < LIVE; i++) {
        objects_alloc(i, &any);
    }
}

static void pairs(uint32_t operations)
{
    static struct tallies t;
    uint64_t seed = 88675123u;

    fill();
    for (uint32_t i = 0; i < operations / 2u; i++) {
        const uint32_t victim = rnd(&seed) % LIVE;

        objects_free(victim, &t.free);
        objects_alloc(victim, &t.alloc);
    }
    figure("magazine.alloc", tally_avg(&t.alloc), "instr");
    figure("magazine.free", tally_avg(&t.free), "instr");
    figure("magazine.pair", tally_avg(&t.alloc) + tally_avg(&t.free), "instr");
    profile("magazine.alloc", t.alloc.trace, t.alloc.max);
    profile("magazine.free", t.free.trace, t.free.max);
    objects_end();
}

/* `ahead` objects go before the first comes back: more than a magazine holds make refills and spills. */
static void bursts(uint32_t operations, uint32_t ahead, const char *name)
{
    static struct tallies t;

    memset(&t, 0, sizeof(t));
    fill();
    for (uint32_t i = 0; i < operations / 2u; i += ahead) {
        for (uint32_t k = 0; k < ahead; k++) {
            objects_alloc(LIVE + k, &t.alloc);
        }
        for (uint32_t k = 0; k < ahead; k++) {
            objects_free(LIVE + k, &t.free);
        }
    }
    report(name, &t);
    objects_end();
}

/* Even CPUs allocate and odd ones free: every object goes back through the slabs. */
static void across(uint32_t operations, uint32_t ncpus)
{
    static struct tallies t;
    char name[32];

    memset(&t, 0, sizeof(t));
    fill();
    for (uint32_t i = 0; i < operations / 2u; i += BURST) {
        const uint32_t cpu = i / BURST * 2u % ncpus;

        twin_cpu(cpu);
        for (uint32_t k = 0; k < BURST; k++) {
            objects_alloc(LIVE + k, &t.alloc);
        }
        twin_cpu((cpu + 1u) % ncpus);
        for (uint32_t k = 0; k < BURST; k++) {
            objects_free(LIVE + k, &t.free);
        }
    }
    twin_cpu(0);
    (void)snprintf(name, sizeof(name), "cpus.%u", ncpus);
    report(name, &t);
    objects_end();
}

void bench_magazine(const struct options *opt)
{
    const uint32_t operations = opt->longer ? 10u * OPERATIONS : OPERATIONS;

    pairs(operations);
    bursts(operations, BURST, "burst32");
    bursts(operations, 2u * OBJECTS_MAGAZINE, "burst512");
    across(operations, 1);
    across(operations, 4);
    across(operations, 64);
}
