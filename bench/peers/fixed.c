/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Objects of one size: how many instructions a pair costs, and how long it takes compared with ours.
 * Rounds of all allocators alternate, and the median of seven counts, since the machine is not ours
 * alone.
 */
#include "harness.h"
#include "peers.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS  7u
#define PAIRS   4096u
#define SAMPLES 200u /* stepped */

enum order {
    LIFO,
    FIFO,
    RANDOM
};

static const char *const order_names[] = {"lifo", "fifo", "random"};

struct crowd {
    struct allocator *a;
    union cell *cells;
    uint32_t n, oldest;
    uint64_t seed;
    double ns[ROUNDS];
};

/* Which object goes next, and comes back in its place. */
static uint32_t victim(struct crowd *c, enum order order)
{
    switch (order) {
    case LIFO:
        return c->n - 1u;
    case FIFO:
        c->oldest = (c->oldest + 1u) % c->n;
        return c->oldest;
    case RANDOM:
    default:
        return rnd(&c->seed) % c->n;
    }
}

static bool crowd_start(struct crowd *c, struct allocator *a, size_t size, uint32_t n)
{
    memset(c, 0, sizeof(*c));
    if (a->start == NULL || !a->start(size, n + 1024u)) {
        return false;
    }
    c->a = a;
    c->n = n;
    c->seed = 2463534242u;
    c->cells = calloc(n, sizeof(*c->cells));
    if (c->cells == NULL) {
        give_up("out of memory", (long)n);
    }
    if (a->thread != NULL) {
        a->thread(0);
    }
    for (uint32_t i = 0; i < n; i++) {
        a->get(&c->cells[i]);
    }
    return true;
}

static void crowd_end(struct crowd *c)
{
    for (uint32_t i = 0; i < c->n; i++) {
        c->a->put(&c->cells[i]);
    }
    free(c->cells);
    c->a->stop();
}

static void time_round(struct crowd *c, enum order order, uint32_t round)
{
    const struct allocator *a = c->a;
    const uint64_t start = clock_ns();

    for (uint32_t i = 0; i < PAIRS; i++) {
        union cell *cell = &c->cells[victim(c, order)];

        a->put(cell);
        a->get(cell);
    }
    c->ns[round] = (double)(clock_ns() - start) / (double)PAIRS;
}

static void count(struct crowd *c, enum order order, const char *config)
{
    static struct tally get;
    static struct tally put;
    const struct allocator *a = c->a;
    char key[96];

    memset(&get, 0, sizeof(get));
    memset(&put, 0, sizeof(put));
    for (uint32_t i = 0; i < SAMPLES; i++) {
        union cell *cell = &c->cells[victim(c, order)];
        uint32_t n = 0;

        STEP(n, a->put_entry, a->put(cell));
        tally_add(&put, n);
        STEP(n, a->get_entry, a->get(cell));
        tally_add(&get, n);
    }
    (void)snprintf(key, sizeof(key), "pool_fixed.%s.%s.pair", config, a->name);
    figure(key, tally_avg(&get) + tally_avg(&put), "instr");
}

#define MOST_ALLOCATORS 16u

static struct crowd crowds[MOST_ALLOCATORS]; /* of one size and fill; the first one is ours */

static void compare(uint32_t present, enum order order, const char *shape, bool counted)
{
    double ours = 0;
    char config[64];
    char key[128];

    (void)snprintf(config, sizeof(config), "%s.%s", shape, order_names[order]);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < present; i++) {
            time_round(&crowds[i], order, round);
        }
    }
    for (uint32_t i = 0; i < present; i++) {
        const double ns = median(crowds[i].ns, ROUNDS);

        ours = i == 0 ? ns : ours;
        (void)snprintf(key, sizeof(key), "pool_fixed.%s.%s.ns", config, crowds[i].a->name);
        figure(key, ns, "ns");
        (void)snprintf(key, sizeof(key), "pool_fixed.%s.%s.ratio", config, crowds[i].a->name);
        figure(key, ours / ns, "x");
        if (counted) {
            count(&crowds[i], order, config);
        }
    }
}

static void one(struct allocator **all, uint32_t nall, size_t size, uint32_t mib, uint32_t percent)
{
    const uint32_t n = (uint32_t)(((uint64_t)mib << 20) / size * percent / 100u);
    uint32_t present = 0;
    char shape[32];

    (void)snprintf(shape, sizeof(shape), "%zu.%uMiB.%u", size, mib, percent);
    for (uint32_t i = 0; i < nall; i++) {
        if (crowd_start(&crowds[present], all[i], size, n)) {
            present++;
        }
    }
    for (enum order order = LIFO; order <= RANDOM; order++) {
        compare(present, order, shape, mib == 4u && percent == 90u && order == RANDOM);
    }
    for (uint32_t i = 0; i < present; i++) {
        crowd_end(&crowds[i]);
    }
}

void peers_fixed(struct allocator **all, uint32_t n, bool brief)
{
    static const size_t sizes[] = {64, 256, 4096};

    for (uint32_t s = 0; s < 3u; s++) {
        for (uint32_t mib = 4; mib <= 64u; mib *= 16u) {
            for (uint32_t percent = 50; percent <= 90u; percent += 40u) {
                if (!brief || (mib == 4u && percent == 90u)) {
                    one(all, n, sizes[s], mib, percent);
                }
            }
        }
    }
}
