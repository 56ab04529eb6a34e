/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The outer level gets the physical range of the inner one, to the byte, once a call. Found by
 * scripts/mutants.
 */
#include "rig.h"

#include "backend.h"
#include "core.h"

#include <string.h>

#define PAGE 0x1000u

static struct rig rig;
static struct dmacoh_policy policy;
static struct dmacoh_backend_ops backend;
static struct dmacoh_pool pool;
static struct dmacoh_region region;
static struct dmacoh_dev dev;

static struct {
    uint32_t calls;
    enum be_op op;
    uint64_t first, last;
} outer;

static void record(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    outer.calls++;
    outer.op = op;
    outer.first = first;
    outer.last = last;
}

/* The usual machine, with an outer cache that the backend does not know. */
static void setup(void)
{
    rig_start(&rig, 1, 4);
    policy = *rig.c.policy;
    policy.flags |= BE_P_OUTER;
    backend = dmacoh_be_armv7a;
    backend.op_outer = record;
    rig.c.policy = &policy;
    rig.c.be = &backend;
    memset(&pool, 0, sizeof(pool));
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static void expect_outer(enum be_op op, uint64_t phys, uint64_t len)
{
    ck_assert_uint_eq(outer.calls, 1);
    ck_assert_int_eq((int)outer.op, (int)op);
    ck_assert_uint_eq(outer.first, phys);
    ck_assert_uint_eq(outer.last, phys + len - 1u);
    memset(&outer, 0, sizeof(outer));
}

START_TEST(direct)
{
    struct dmacoh_map map = {0};

    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &map, RIG_LOW + 0x1000, 0x100, DMACOH_BIDIRECTIONAL, 0),
        DMACOH_OK);
    expect_outer(BE_CLEAN, RIG_LOW + 0x1000, 0x100);
    ck_assert_int_eq(dmacoh_sync_for_cpu(&map, 0x40, 0x40), DMACOH_OK);
    expect_outer(BE_INVAL, RIG_LOW + 0x1040, 0x40);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    expect_outer(BE_INVAL, RIG_LOW + 0x1000, 0x100);
}
END_TEST

START_TEST(cached_slot)
{
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 4u * PAGE, 11);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map map = {0};

    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    memset(&outer, 0, sizeof(outer));
    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, RIG_LOW, 0x400, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    expect_outer(BE_CLEAN, map.bus, 0x400);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_cpu(&map, 0x100, 0x80), DMACOH_OK);
    expect_outer(BE_INVAL, map.bus + 0x100, 0x80);
    ck_assert_uint_eq(rig_lines(), 2);
    ck_assert_uint_eq(rig.fake.log[fake_find(FAKE_INVAL, 0)].at,
                      (uintptr_t)rig_va(&rig, map.bus + 0x100));
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

START_TEST(purge)
{
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_POOL + 0x50000u, 2u * PAGE, 12);
    const struct dmacoh_stats before = rig_stats(&rig);

    rc.flags = 0;
    memset(&outer, 0, sizeof(outer));
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    expect_outer(BE_CLEAN_INVAL, rc.phys, rc.size);
    ck_assert_uint_eq(rig_lines(), rc.size / RIG_LINE);
    ck_assert_uint_eq(rig_stats(&rig).lines_clean_inval,
                      before.lines_clean_inval + 2u * rc.size / RIG_LINE);
    ck_assert_uint_eq(rig_stats(&rig).barriers, before.barriers + 3u);
}
END_TEST

/* Memory that goes back to the system leaves both levels; a machine without an outer cache has one. */
START_TEST(region_given_back)
{
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 2u * PAGE, 12);
    struct dmacoh_region_cfg uncached = rig_region_cfg(&rig, RIG_POOL + 0x50000u, 2u * PAGE, 12);

    memset(&outer, 0, sizeof(outer));
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    expect_outer(BE_CLEAN_INVAL, rc.phys, rc.size);
    policy.flags &= ~BE_P_OUTER;
    uncached.flags = 0;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &uncached), DMACOH_OK);
    ck_assert_uint_eq(outer.calls, 0);
}
END_TEST

/* The inner level fails for want of windows: the outer one does not make it good. */
START_TEST(inner_level_fails)
{
    struct dmacoh_map map = {0};

    rig.c.percpu[0].depth = 4;
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_HIGH, PAGE, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_DEPTH);
    rig.c.percpu[0].depth = 0;
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_outer");
    TCase *t = tcase_create("outer");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, direct);
    tcase_add_test(t, cached_slot);
    tcase_add_test(t, purge);
    tcase_add_test(t, region_given_back);
    tcase_add_test(t, inner_level_fails);
    suite_add_tcase(s, t);
    return rig_run(s);
}
