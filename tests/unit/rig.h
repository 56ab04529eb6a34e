/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file rig.h
 * @brief One fake machine with an instance, pools and a device, as most unit tests need it.
 *
 *      physical              size     kind                          machine address
 *      RIG_LOW   0x40000000  4 MiB    linear                        host address
 *      RIG_POOL  0x50000000  1 MiB    uncached, not in the map      host address
 *      RIG_HIGH  0x60000000  1 MiB    no mapping                    windows
 *      RIG_NODMA 0x10000000  64 KiB   mapped, no master reaches it  host address
 *      RIG_FAR   0x140000000 64 KiB   no mapping, above the windows none
 */
#ifndef DMACOH_UNIT_RIG_H
#define DMACOH_UNIT_RIG_H

#include "fake.h"

#include <dmacoh/dmacoh.h>
#include <dmacoh/port.h>

#include <check.h>

/* For loops: libcheck's own assertions write a mark each time. */
#define expect(x)                                                                                  \
    do {                                                                                           \
        if (!(x)) {                                                                                \
            ck_abort_msg("%s", #x);                                                                \
        }                                                                                          \
    } while (0)

#define RIG_LOW        UINT64_C(0x40000000)
#define RIG_LOW_SIZE   0x400000u
#define RIG_POOL       UINT64_C(0x50000000)
#define RIG_POOL_SIZE  0x100000u
#define RIG_HIGH       UINT64_C(0x60000000)
#define RIG_HIGH_SIZE  0x100000u
#define RIG_NODMA      UINT64_C(0x10000000)
#define RIG_NODMA_SIZE 0x10000u
#define RIG_FAR        UINT64_C(0x140000000)
#define RIG_FAR_SIZE   0x10000u
#define RIG_WIN_VA     0xf0ffc000u /* four pages below a MiB: eight slots need two tables */
#define RIG_LINE       64u

/* The last MiB of low memory: page tables, and regions of cached memory. */
#define RIG_TABLES (RIG_LOW + 0x3ff000u)
#define RIG_CACHED (RIG_LOW + 0x300000u)

/* Parts of the pool memory. */
#define RIG_EDGES       RIG_POOL
#define RIG_EDGES_SIZE  0x8000u
#define RIG_BOUNCE      (RIG_POOL + 0x10000u)
#define RIG_BOUNCE_SIZE 0x40000u
#define RIG_COHERENT    (RIG_POOL + 0x80000u)
#define RIG_COH_SIZE    0x80000u

/* Section of Normal write-back write-allocate shareable memory, and of Normal non-cacheable memory. */
#define RIG_SECT_WB 0x0001140eu
#define RIG_SECT_NC 0x00011402u
/* The attributes of RIG_SECT_WB in a small page: XN, global, read and write. */
#define RIG_PTE_WB 0x0000045fu

struct rig {
    struct fake fake;
    struct dmacoh_mem mem[5];
    struct dmacoh_cfg cfg;
    struct dmacoh c;
    uint8_t *base, *low, *pool_mem, *high, *nodma, *far;
    uint32_t *root;
    uint64_t percpu[64];
    struct dmacoh_pool bounce, coherent;
    struct dmacoh_region r_edges, r_bounce, r_coherent;
    struct dmacoh_dev dev;
    void *meta[16];
    uint32_t nmeta;
};

/* Memory and tables; cfg is filled, nothing of the library is called. */
void rig_machine(struct rig *r, uint32_t ncpus, uint32_t slots);

/* The same with an instance, its pools (edges, bounce, coherent; all uncached) and a device. */
void rig_start(struct rig *r, uint32_t ncpus, uint32_t slots);

/* Pools for an instance that the test has started itself. */
void rig_pools(struct rig *r);

void rig_stop(struct rig *r);

/* A device description: 32-bit mask, both pools, not coherent. */
struct dmacoh_dev_cfg rig_dev_cfg(struct rig *r);

/* A region of uncached or cached memory; metadata is allocated until rig_stop(). */
struct dmacoh_region_cfg rig_region_cfg(struct rig *r, uint64_t phys, uint64_t size,
                                        uint32_t shift);

/* Machine address of memory that has one. */
void *rig_va(struct rig *r, uint64_t phys);

/*
 * The device: reads or writes len bytes from offset off of a transfer. Its bus address is the physical
 * one plus shift.
 */
void rig_dma(const struct dmacoh_bseg *segs, uint32_t n, uint64_t shift, uint32_t off,
             uint8_t *data, uint32_t len, bool write);

/* Bus address of one byte of a transfer. */
uint64_t rig_bus(const struct dmacoh_bseg *segs, uint32_t n, uint32_t off);

/* Sum of the line operations since the log was cleared. */
uint32_t rig_lines(void);

struct dmacoh_stats rig_stats(struct rig *r);

uint32_t rig_random(void);
void rig_seed(uint32_t seed);

/* One test program: the suite's cases, run; the exit status. */
int rig_run(Suite *s);

#endif
