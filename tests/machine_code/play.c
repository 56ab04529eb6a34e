/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "play.h"

#include "trace.h"
#include "world.h"

#include <stdio.h>

#define STEPS 150u /* of a system */

void play_one(struct machine *m, uint64_t seed, struct totals *t)
{
    static struct world w;

    trace_reset();
    random_seed(seed);
    world_begin(&w, m);
    for (uint32_t i = 0; i < STEPS && !trace_failed(); i++) {
        world_step(&w);
    }
    world_end(&w);
    t->systems++;
    t->mapped += w.mapped;
    t->refused += w.refused;
    t->bounced += w.bounced;
    t->moved += w.moved;
    t->checked += w.checked;
}

static void line(const char *what, uint64_t n)
{
    (void)printf("%12llu %s\n", (unsigned long long)n, what);
}

void play_print(const struct machine *m, const struct totals *t)
{
    line("mappings", t->mapped);
    line("requests refused", t->refused);
    line("bytes bounced", t->bounced);
    line("bytes moved by the device", t->moved);
    line("bytes checked by the CPU", t->checked);
    line("lines cleaned", m->cache.ops[CACHE_CLEAN]);
    line("lines invalidated", m->cache.ops[CACHE_INVAL]);
    line("lines cleaned and invalidated", m->cache.ops[CACHE_CLEAN_INVAL]);
    line("lines filled", m->cache.fills);
    line("lines evicted", m->cache.evictions);
    line("barriers", m->watch.barriers);
}
