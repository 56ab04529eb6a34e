/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Small objects of 64 bytes under the lock, random order, nine tenths of every slab in use.
 */
#include "objects.h"

#define OPERATIONS 200000u

void bench_small(const struct options *opt)
{
    static struct tally fill;
    static struct tally fill_frees;
    static struct tally allocs;
    static struct tally frees;
    const uint32_t operations = opt->longer ? 10u * OPERATIONS : OPERATIONS;
    const uint32_t live = OBJECTS_MOST / 10u * 9u;
    uint64_t seed = 88675123u;

    objects_start(0);
    for (uint32_t i = 0; i < OBJECTS_MOST; i++) {
        objects_alloc(i, &fill);
    }
    /* The handles from `live` on give their objects back, after those are spread over all slabs. */
    for (uint32_t i = live; i < OBJECTS_MOST; i++) {
        objects_swap(i, rnd(&seed) % live);
        objects_free(i, &fill_frees);
    }
    for (uint32_t i = 0; i < operations / 2u; i++) {
        const uint32_t victim = rnd(&seed) % live;

        objects_free(victim, &frees);
        objects_alloc(victim, &allocs);
    }
    figure("small.alloc.avg", tally_avg(&allocs), "instr");
    figure("small.free.avg", tally_avg(&frees), "instr");
    figure("small.pair", tally_avg(&allocs) + tally_avg(&frees), "instr");
    figure("small.alloc.max", (double)(fill.max > allocs.max ? fill.max : allocs.max), "instr");
    figure("small.free.max", (double)frees.max, "instr");
    profile("small.alloc", allocs.trace, allocs.max);
    profile("small.free", frees.trace, frees.max);
    objects_end();
}
