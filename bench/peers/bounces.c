/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Bounces: slots searched one by one, as a reference for ours (bounce_slots.c counts those); and a
 * bounce with its copy against memcpy() of the same bytes.
 */
#include "bounce.h"
#include "peers.h"
#include "reference.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SLOTS   32768u
#define SAMPLES 8u
#define ROUNDS  7u

/* All of one size: how full decides how long the search is. */
static void linear(uint32_t slots, uint32_t percent, const char *name)
{
    static struct tally get;
    static struct tally put;
    struct linear l;
    uint32_t *live = calloc(SLOTS, sizeof(*live));
    uint32_t n = 0;
    uint64_t seed = 123456789u;
    char key[64];

    memset(&get, 0, sizeof(get));
    memset(&put, 0, sizeof(put));
    linear_start(&l, SLOTS);
    while ((n + 1u) * slots * 100u <= SLOTS * percent) {
        live[n++] = linear_alloc(&l, slots);
    }
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t at = rnd(&seed) % n;

        linear_free(&l, live[at], slots);
        live[at] = linear_alloc(&l, slots);
    }
    for (uint32_t i = 0; i < SAMPLES; i++) {
        const uint32_t at = rnd(&seed) % n;
        uint32_t count = 0;

        STEP(count, linear_free, linear_free(&l, live[at], slots));
        tally_add(&put, count);
        l.next = rnd(&seed) % SLOTS; /* other devices have moved it */
        STEP(count, linear_alloc, live[at] = linear_alloc(&l, slots));
        tally_add(&get, count);
    }
    (void)snprintf(key, sizeof(key), "bounce_slots.%s.%u.linear", name, percent);
    figure(key, tally_avg(&get) + tally_avg(&put), "instr");
    linear_end(&l);
    free(live);
}

/* No run of 128 slots is left: every slot is looked at. */
static void linear_refusal(void)
{
    struct linear l;
    uint32_t n = 0;
    uint32_t first = 0;

    linear_start(&l, SLOTS);
    for (uint32_t i = 0; i < SLOTS / 32u; i++) {
        (void)linear_alloc(&l, 32);
    }
    for (uint32_t i = 0; i < SLOTS; i += 64u) {
        linear_free(&l, i, 32);
    }
    STEP(n, linear_alloc, first = linear_alloc(&l, 128));
    if (first != REFERENCE_NONE) {
        give_up("the linear search found a run that is not there", (long)first);
    }
    figure("bounce_slots.refused.linear", (double)n, "instr");
    linear_end(&l);
}

static double time_memcpy(void *to, const void *from, size_t size, uint32_t times)
{
    const uint64_t start = clock_ns();

    for (uint32_t i = 0; i < times; i++) {
        memcpy(to, from, size);
        __asm__ volatile("" ::: "memory");
    }
    return (double)(clock_ns() - start) / times;
}

static double time_bounce(struct bounce *b, uint32_t size, uint32_t times)
{
    const uint64_t start = clock_ns();
    struct dmacoh_map map;

    memset(&map, 0, sizeof(map));
    for (uint32_t i = 0; i < times; i++) {
        if (dmacoh_map_phys(&b->dev, &map, BOUNCE_RAM, size, DMACOH_TO_DEVICE, 0) != DMACOH_OK ||
            dmacoh_unmap(&map) != DMACOH_OK) {
            give_up("a bounce", (long)size);
        }
    }
    return (double)(clock_ns() - start) / times;
}

/* Below 4 GiB: the machine has 32-bit virtual addresses. */
static void *low_memory(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT | MAP_POPULATE, -1, 0);

    if (memory == MAP_FAILED) {
        give_up("mmap", (long)size);
    }
    return memory;
}

static void copies(void)
{
    uint8_t *ram = low_memory(BOUNCE_RAM_SIZE);
    uint8_t *slots = low_memory(1u << 20);
    static struct bounce b;
    char key[64];

    bounce_start_at(&b, 1u << 20, (uintptr_t)slots, (uintptr_t)ram);
    for (uint32_t size = 2048; size <= 256u << 10; size *= size == 2048u ? 32u : 4u) {
        const uint32_t times = (64u << 20) / size / 8u;
        double ours[ROUNDS];
        double plain[ROUNDS];

        for (uint32_t round = 0; round < ROUNDS; round++) {
            ours[round] = time_bounce(&b, size, times);
            plain[round] = time_memcpy(slots, ram, size, times);
        }
        const double bounced = median(ours, ROUNDS);
        const double copied = median(plain, ROUNDS);

        (void)snprintf(key, sizeof(key), "bounce_copy.%uKiB.ns", size >> 10);
        figure(key, bounced, "ns");
        (void)snprintf(key, sizeof(key), "bounce_copy.%uKiB.memcpy", size >> 10);
        figure(key, bounced / copied, "x");
    }
    bounce_end(&b);
    (void)munmap(ram, BOUNCE_RAM_SIZE);
    (void)munmap(slots, 1u << 20);
}

void peers_bounce(void)
{
    static const uint32_t percents[] = {10, 50, 90, 99};

    for (uint32_t i = 0; i < 4u; i++) {
        linear(1, percents[i], "2KiB");
        linear(32, percents[i], "64KiB");
        linear(128, percents[i], "256KiB");
    }
    linear_refusal();
    copies();
}
