/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file peers.h
 * @brief Allocators of fixed-size objects, ours and others', behind one interface.
 */
#ifndef DMACOH_BENCH_PEERS_H
#define DMACOH_BENCH_PEERS_H

#include <dmacoh/pool.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an allocator handed out. */
union cell {
    void *memory;
    struct dmacoh_obj object;
    struct dmacoh_buf buffer;
};

struct allocator {
    const char *name;
    /* False: it cannot be had here, or not for these objects. At most `most` are live at a time. */
    bool (*start)(size_t size, uint32_t most);
    void (*stop)(void);
    void (*get)(union cell *cell);
    void (*put)(union cell *cell);
    uintptr_t get_entry, put_entry; /* the functions whose instructions count; set by start() */
    void (*thread)(uint32_t cpu);   /* a new thread begins; may be NULL */
};

/* One array a file, each ends with a NULL name. */
extern struct allocator allocators_dmacoh[];  /* peer_dmacoh.c */
extern struct allocator allocators_malloc[];  /* peer_malloc.c: jemalloc, mimalloc, glibc */
extern struct allocator allocators_mempool[]; /* peer_mempool.c, where DPDK is */
extern struct allocator allocators_ck[];      /* peer_ck.c, where ck is */

/* --- clock.c --- */

uint64_t clock_ns(void);
double median(double *values, uint32_t n);

/* --- the benchmarks --- */

void peers_fixed(struct allocator **all, uint32_t n, bool brief);
void peers_smp(struct allocator **all, uint32_t n);
void peers_bounce(void);
void peers_fragmentation(void);
void peers_cache(void);

#endif
