/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Mappings that live longer than one transfer: partial syncs, receive rings, two owners in one line,
 * scatter lists.
 */
#include "cases.h"

enum {
    CPU_A = 1,
    CPU_B,
    CPU_C,
    CPU_D
};
#define DEV_A 0x40u
#define DEV_B 0x41u
#define DEV_C 0x42u

#define FROM DMACOH_FROM_DEVICE
#define TO   DMACOH_TO_DEVICE
#define BIDI DMACOH_BIDIRECTIONAL

static void start(void)
{
    env_publish();
    env_doorbell();
}

static void wait_landed(uint32_t n)
{
    env_stir();
    env_wait_done(n);
    env_read_register();
}

/* ---- a receive ring: mapped once, handed over and taken back in parts ---- */

static const struct env_step ring[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_DONE, /* a short one: one byte */
    ENV_WAIT(2),
    ENV_WRITE(0, 0, DEV_B),
    ENV_WRITE(0, 1, DEV_C),
    ENV_DONE,
    ENV_END,
};

/* Short receive, CPU takes one line of two, uses it, gives it back, receives again. */
static void ring_cpu(void)
{
    const uint32_t line = env_line();

    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(2, 0)), FROM, DMACOH_ATTR_SKIP_SYNC) ==
               DMACOH_OK);
    env_store(0, 1, CPU_B); /* still ours: map handed nothing over */
    env_expect(env_sync_for_device(0, 0, 2u * line) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_sync_for_cpu(0, 0, 1) == DMACOH_OK); /* one byte: moves its whole line */
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == CPU_B); /* not written by the device */
    env_store(0, 2, CPU_C);              /* ours until it is given back */
    env_expect(env_sync_for_device(0, 0, 1) == DMACOH_OK);
    start();
    wait_landed(2);
    env_expect(env_sync_for_cpu(0, 0, 2u * line) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_B);
    env_expect(env_load(0, 1) == DEV_C);
    env_expect(env_load(0, 2) == CPU_C);
    env_expect(env_load(0, line) == env_initial(0, line));
    env_expect(env_unmap(0) == DMACOH_OK);
}

/* The same through a slot: copies are exact, and what the device does not write survives. */
static void ring_bounced_cpu(void)
{
    env_store(0, 0, CPU_A);
    env_store(0, 1, CPU_B);
    env_expect(env_map_phys(0, env_part(0, 0, 4), FROM, DMACOH_ATTR_SKIP_SYNC) == DMACOH_OK);
    env_expect(env_sync_for_device(0, 0, 4) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_sync_for_cpu(0, 0, 2) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == CPU_B);
    env_expect(env_sync_for_device(0, 0, 2) == DMACOH_OK);
    start();
    wait_landed(2);
    env_expect(env_sync_for_cpu(0, 0, 4) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_B);
    env_expect(env_load(0, 1) == DEV_C);
    env_expect(env_load(0, 3) == env_initial(0, 3));
    env_expect(env_unmap(0) == DMACOH_OK);
}

/* ---- taken back, stored to, unmapped: the stores stay ---- */

static const struct env_step one_write[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};

static void store_before_unmap(void)
{
    const struct env_part p = env_part(0, 0, *(const int *)env_arg());

    env_expect(env_map_phys(0, p, FROM, 0) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_sync_for_cpu(0, 0, p.len) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_store(0, 0, CPU_A);
    env_store(0, 1, CPU_B);
    env_expect(env_unmap(0) == DMACOH_OK); /* nothing is copied or invalidated again */
    env_stir();
    env_expect(env_load(0, 0) == CPU_A);
    env_expect(env_load(0, 1) == CPU_B);
}

static const int one_line = ENV_AT(1, 0);
static const int few_bytes = ENV_AT(0, 4);

/* ---- transmit twice from one mapping ---- */

static const struct env_step two_reads[] = {
    ENV_WAIT(1),           ENV_READ(0, 0, CPU_A), ENV_DONE, ENV_WAIT(2),
    ENV_READ(0, 0, CPU_B), ENV_READ(0, 1, CPU_C), ENV_DONE, ENV_END,
};

static void transmit_twice(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, 4), TO, 0) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_sync_for_cpu(0, 0, 2) == DMACOH_OK);
    env_store(0, 0, CPU_B);
    env_store(0, 1, CPU_C);
    env_expect(env_sync_for_device(0, 0, 2) == DMACOH_OK);
    start();
    wait_landed(2);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 1) == CPU_C);
}

/* A TO_DEVICE buffer may be read by the CPU while it is mapped. */
static void read_while_sending(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), TO, 0) == DMACOH_OK);
    start();
    env_expect(env_load(0, 0) == CPU_A);
    wait_landed(1);
    env_expect(env_load(0, 0) == CPU_A);
    env_expect(env_unmap(0) == DMACOH_OK);
}

static const struct env_step one_read[] = {
    ENV_WAIT(1),
    ENV_READ(0, 0, CPU_A),
    ENV_DONE,
    ENV_END,
};

/* ---- two buffers in one line, both written by the device at the same time ---- */

static const struct env_step two_buffers[] = {
    ENV_WAIT(1), ENV_WRITE(0, 0, DEV_A), ENV_WRITE(1, ENV_LAST, DEV_B), ENV_DONE, ENV_END,
};

static void two_in_one_line(void)
{
    env_store(0, 5, CPU_A);
    env_expect(env_map_single(0, env_part(0, 0, 4), FROM, 0) == DMACOH_OK);
    env_expect(env_map_single(1, env_part(0, 8, 12), FROM, 0) == DMACOH_OK);
    start();
    env_store(0, 6, CPU_B); /* between the two */
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_store(0, 0, CPU_C); /* ours again, while its neighbour is still mapped */
    env_expect(env_unmap(1) == DMACOH_OK);
    env_expect(env_load(0, 0) == CPU_C);
    env_expect(env_load(0, 11) == DEV_B);
    env_expect(env_load(0, 8) == env_initial(0, 8));
    env_expect(env_load(0, 5) == CPU_A);
    env_expect(env_load(0, 6) == CPU_B);
}

/* ---- a scatter list of three memories, edges only at the ends of a run ---- */

static const struct env_step scattered[] = {
    ENV_WAIT(1), ENV_WRITE(0, 0, DEV_A), ENV_WRITE(0, ENV_LAST, DEV_B), ENV_DONE, ENV_END,
};

static void scatter(void)
{
    const uint32_t line = env_line();
    const struct env_part list[] = {
        {0, line - 4u, 4u}, /* these two touch: one run with a partial first line */
        {0, line, line},
        {1, line, line},
    };

    env_store(0, line - 5u, CPU_A);
    env_store(1, line, CPU_B);
    env_expect(env_map_segs(0, list, 3, 8, FROM, 0) == DMACOH_OK);
    env_expect(dmacoh_map_bounced(env_handle(0)) == 4u);
    start();
    env_store(0, line - 6u, CPU_C);
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, line - 4u) == DEV_A);
    env_expect(env_load(1, 2u * line - 1u) == DEV_B);
    env_expect(env_load(1, line) == CPU_B);
    env_expect(env_load(0, line - 5u) == CPU_A);
    env_expect(env_load(0, line - 6u) == CPU_C);
}

#define DMA ENV_NEED_DMA
#define IRQ (ENV_NEED_DMA | ENV_NEED_DEVIRQ)
#define M1                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 1                                                                             \
        }                                                                                          \
    }
#define M2                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 2                                                                             \
        }                                                                                          \
    }
#define M11                                                                                        \
    {                                                                                              \
        {ENV_LOW, 1},                                                                              \
        {                                                                                          \
            ENV_LOW, 1                                                                             \
        }                                                                                          \
    }
#define M32                                                                                        \
    {                                                                                              \
        {ENV_LOW, 3},                                                                              \
        {                                                                                          \
            ENV_LOW, 3                                                                             \
        }                                                                                          \
    }

static const struct env_case cases[] = {
    {"sync-ring-short-receive", DMA, ENV_DIRECT, 0, 0, M2, ring, {ring_cpu, NULL}, NULL, NULL},
    {"sync-ring-bounced-uncached",
     DMA,
     ENV_FORCED,
     0,
     0,
     M1,
     ring,
     {ring_bounced_cpu, NULL},
     NULL,
     NULL},
    {"sync-ring-bounced-cached",
     DMA,
     ENV_FORCED_CACHED,
     0,
     0,
     M1,
     ring,
     {ring_bounced_cpu, NULL},
     NULL,
     NULL},
    {"sync-store-before-unmap",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write,
     {store_before_unmap, NULL},
     NULL,
     &one_line},
    {"sync-store-before-unmap-bounced",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write,
     {store_before_unmap, NULL},
     NULL,
     &few_bytes},
    {"sync-transmit-twice",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M1,
     two_reads,
     {transmit_twice, NULL},
     NULL,
     NULL},
    {"sync-transmit-twice-bounced-uncached",
     DMA,
     ENV_FORCED,
     0,
     0,
     M1,
     two_reads,
     {transmit_twice, NULL},
     NULL,
     NULL},
    {"sync-transmit-twice-bounced-cached",
     DMA,
     ENV_FORCED_CACHED,
     0,
     0,
     M1,
     two_reads,
     {transmit_twice, NULL},
     NULL,
     NULL},
    {"sync-read-while-sending",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_read,
     {read_while_sending, NULL},
     NULL,
     NULL},
    {"sync-two-buffers-in-one-line",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M1,
     two_buffers,
     {two_in_one_line, NULL},
     NULL,
     NULL},
    {"sync-two-buffers-in-one-line-cached",
     DMA,
     ENV_CACHED_POOL,
     0,
     0,
     M1,
     two_buffers,
     {two_in_one_line, NULL},
     NULL,
     NULL},
    {"sync-scatter-list", DMA, ENV_DIRECT, 0, 0, M32, scattered, {scatter, NULL}, NULL, NULL},
};

const struct env_table env_sync = {cases, ENV_COUNT(cases)};
