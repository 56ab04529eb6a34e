/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Calls that fail: the reason is named, and the CPU still owns its bytes, dirty lines included. Each
 * case then uses the memory again, rightly.
 */
#include "cases.h"

enum {
    CPU_A = 1,
    CPU_B,
    CPU_C
};
#define DEV_A 0x40u

#define FROM DMACOH_FROM_DEVICE
#define TO   DMACOH_TO_DEVICE

static const struct env_step one_write[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};

/* After the failure: the same memory, mapped in a way that works, by the same handle. */
static void works_afterwards(void)
{
    env_expect(env_load(0, 0) == CPU_A);
    env_store(0, 1, CPU_C);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    env_publish();
    env_doorbell();
    env_wait_done(1);
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == CPU_C);
}

static bool says(int status)
{
    struct dmacoh_why why = {0};

    return dmacoh_map_why(env_handle(0), &why) == DMACOH_OK && why.status == status &&
           env_handle(0)->bus == DMACOH_BUS_NONE && env_unmap(0) == DMACOH_E_STALE;
}

static void edge_without_pool(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, 4), FROM, 0) == DMACOH_E_EDGE);
    env_expect(says(DMACOH_E_EDGE));
    works_afterwards();
}

static void edge_no_bounce(void)
{
    const struct env_part p = env_part(0, 0, 4);

    env_store(0, 0, CPU_A);
    env_expect(env_map_segs(0, &p, 1, 4, FROM, DMACOH_ATTR_NO_BOUNCE) == DMACOH_E_EDGE);
    env_expect(says(DMACOH_E_EDGE));
    works_afterwards();
}

static void too_many_segments(void)
{
    const struct env_part list[] = {{0, 0, env_line()}, {1, 0, env_line()}};

    env_store(0, 0, CPU_A);
    env_store(1, 0, CPU_B);
    env_expect(env_map_segs(0, list, 2, 1, FROM, 0) == DMACOH_E_NSEGS);
    env_expect(says(DMACOH_E_NSEGS));
    env_expect(env_load(1, 0) == CPU_B);
    works_afterwards();
}

static void bad_arguments(void)
{
    struct env_part none = env_part(0, 0, ENV_AT(1, 0));

    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, none, DMACOH_NONE, 0) == DMACOH_E_INVAL);
    env_expect(env_map_phys(0, none, TO, DMACOH_ATTR_OVERWRITE) == DMACOH_E_INVAL);
    none.len = 0;
    env_expect(env_map_phys(0, none, FROM, 0) == DMACOH_E_SIZE);
    works_afterwards();
}

/* A slot for the first line, none for the rest: nothing is left behind. */
static void pool_exhausted(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(1, env_part(1, 0, ENV_AT(6, 0)), FROM, DMACOH_ATTR_SKIP_SYNC) ==
               DMACOH_OK);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(4, 0)), FROM, 0) == DMACOH_E_FULL);
    env_expect(says(DMACOH_E_FULL));
    env_expect(env_unmap(1) == DMACOH_OK);
    works_afterwards();
}

static void beyond_mask(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, DMACOH_ATTR_NO_BOUNCE) ==
               DMACOH_E_MASK);
    env_expect(says(DMACOH_E_MASK));
    works_afterwards();
}

static void joint_in_a_page(void)
{
    const struct env_part list[] = {{0, 0, env_line()}, {1, env_line(), env_line()}};

    env_store(0, 0, CPU_A);
    env_expect(env_map_segs(0, list, 2, 4, FROM, DMACOH_ATTR_NO_BOUNCE) == DMACOH_E_GAP);
    env_expect(says(DMACOH_E_GAP));
    works_afterwards();
}

/* Errors on a live mapping do not disturb it. */
static void live_handle(void)
{
    const struct env_part p = env_part(0, 0, ENV_AT(1, 0));
    struct dmacoh_map copy;

    env_store(0, 0, CPU_A);
    env_store(0, 1, CPU_B);
    env_expect(env_map_phys(0, p, FROM, 0) == DMACOH_OK);
    copy = *env_handle(0);
    env_publish();
    env_doorbell();
    env_expect(dmacoh_map_phys(env_device(), env_handle(0), 0, 4, TO, 0) == DMACOH_E_BUSY);
    env_expect(dmacoh_sync_for_cpu(env_handle(0), p.len, 1) == DMACOH_E_RANGE);
    env_expect(dmacoh_sync_for_cpu(env_handle(0), 1, SIZE_MAX) == DMACOH_E_RANGE);
    env_expect(dmacoh_unmap(&copy) == DMACOH_E_STALE);
    env_wait_done(1);
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_unmap(0) == DMACOH_E_STALE);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == CPU_B);
}

static void stale_buffer(void)
{
    struct dmacoh_buf copy;

    env_expect(env_alloc(0, 1) == DMACOH_OK);
    copy = *env_buf(0);
    env_set_word(0, 0, CPU_A);
    env_expect(dmacoh_free(&copy) == DMACOH_E_STALE);
    env_expect(env_word(0, 0) == CPU_A);
    env_expect(env_free(0) == DMACOH_OK);
    env_expect(dmacoh_free(env_buf(0)) == DMACOH_E_STALE);
}

#define DMA ENV_NEED_DMA
#define M1                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 1                                                                             \
        }                                                                                          \
    }
#define M2                                                                                         \
    {                                                                                              \
        {ENV_LOW, 2},                                                                              \
        {                                                                                          \
            ENV_LOW, 2                                                                             \
        }                                                                                          \
    }

static const struct env_case cases[] = {
    {"error-edge-without-pool",
     DMA,
     ENV_NO_POOL,
     0,
     0,
     M1,
     one_write,
     {edge_without_pool, NULL},
     NULL,
     NULL},
    {"error-edge-no-bounce",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write,
     {edge_no_bounce, NULL},
     NULL,
     NULL},
    {"error-too-many-segments",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M2,
     one_write,
     {too_many_segments, NULL},
     NULL,
     NULL},
    {"error-bad-arguments",
     DMA,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write,
     {bad_arguments, NULL},
     NULL,
     NULL},
    {"error-pool-exhausted",
     DMA | ENV_NEED_SMALL,
     ENV_FORCED,
     0,
     0,
     {{ENV_LOW, 4}, {ENV_LOW, 6}},
     one_write,
     {pool_exhausted, NULL},
     NULL,
     NULL},
    {"error-beyond-mask",
     DMA | ENV_NEED_HIGH,
     ENV_NARROW,
     0,
     0,
     {{ENV_HIGH, 1}},
     one_write,
     {beyond_mask, NULL},
     NULL,
     NULL},
    {"error-joint-in-a-page",
     DMA,
     ENV_GAP,
     0,
     0,
     M2,
     one_write,
     {joint_in_a_page, NULL},
     NULL,
     NULL},
    {"error-live-handle", DMA, ENV_DIRECT, 0, 0, M1, one_write, {live_handle, NULL}, NULL, NULL},
    {"error-stale-buffer",
     ENV_NEED_COHERENT,
     ENV_DIRECT,
     0,
     0,
     {{0, 0}},
     NULL,
     {stale_buffer, NULL},
     NULL,
     NULL},
};

const struct env_table env_errors = {cases, ENV_COUNT(cases)};
