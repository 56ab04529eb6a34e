/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file bounce.h
 * @brief A machine whose device reaches no RAM, only the slots of its bounce pool: all maps bounce.
 */
#ifndef DMACOH_BENCH_BOUNCE_H
#define DMACOH_BENCH_BOUNCE_H

#include "harness.h"
#include "world.h"

#define BOUNCE_SHIFT      11u /* slots of 2 KiB */
#define BOUNCE_SLOTS_SIZE (64u << 20)
#define BOUNCE_SLOTS_VA   0x40000000u
#define BOUNCE_RAM        0x80000000u /* physical */
#define BOUNCE_RAM_SIZE   0x01000000u
#define BOUNCE_PHYS       0x10000000u

struct bounce {
    struct dmacoh c;
    struct dmacoh_mem mem;
    struct dmacoh_dev dev;
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    uint64_t percpu[DMACOH_META_SIZE(1) / sizeof(uint64_t)];
    void *meta;
};

/* The slots at va; RAM is at ram_va, for those who copy: else any number will do. */
void bounce_start(struct bounce *b, uint64_t size, uintptr_t va);
void bounce_start_at(struct bounce *b, uint64_t size, uintptr_t va, uintptr_t ram_va);
void bounce_end(struct bounce *b);

/* Map len bytes of RAM to the device, without the copy. */
int bounce_map(struct bounce *b, struct dmacoh_map *map, uint32_t len);

/* Bytes of slots that are taken. */
uint64_t bounce_used(struct bounce *b);

#endif
