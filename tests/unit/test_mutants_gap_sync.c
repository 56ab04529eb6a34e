/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which lines a partial hand-over touches, with which operation, and how copies are made. Found by
 * scripts/mutants.
 */
#include "range.h"
#include "rig.h"

#include "backend.h"

#include <string.h>

#define PAGE 0x1000u

static struct rig rig;
static struct dmacoh_pool pool;
static struct dmacoh_region region;
static struct dmacoh_dev dev;

static void setup(void)
{
    rig_start(&rig, 1, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* A device that bounces everything through cached memory. */
static void start_cached_bounce(void)
{
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 64u * PAGE, 11);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    memset(&pool, 0, sizeof(pool));
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
}

/* Exactly the lines of n bytes from an address on, with one operation. */
static void expect_lines(enum fake_kind kind, uint64_t phys, uint32_t n)
{
    const uintptr_t va = (uintptr_t)rig_va(&rig, phys);
    const uint32_t lines = (uint32_t)((va + n - 1u) / RIG_LINE - va / RIG_LINE) + 1u;
    const uint32_t first = fake_find(kind, 0);

    ck_assert_uint_eq(rig_lines(), lines);
    ck_assert_uint_eq(fake_count(kind), lines);
    ck_assert_uint_eq(unit_first(rig.fake.log[first].at, RIG_LINE), unit_first(va, RIG_LINE));
}

/* A range that ends where a line or a piece does leaves what follows alone. */
START_TEST(partial_sync)
{
    struct dmacoh_seg in[2] = {{RIG_LOW + 0x1010, 0x100, 0}, {RIG_LOW + 0x5020, 0x100, 0}};
    struct dmacoh_bseg out[2];
    struct dmacoh_map map = {0};
    struct dmacoh_stats before;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, PAGE, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    fake_clear();
    before = rig_stats(&rig);
    ck_assert_int_eq(dmacoh_sync_for_device(&map, 0, 64), DMACOH_OK);
    expect_lines(FAKE_CLEAN, RIG_LOW, 64);
    ck_assert_uint_eq(rig_stats(&rig).lines_clean, before.lines_clean + 1u);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);

    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &map, in, 2, out, 2, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_device(&map, 0, 0x100), DMACOH_OK);
    expect_lines(FAKE_CLEAN, RIG_LOW + 0x1010, 0x100);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

/* The same in cached slots: the lines of the slot, not of the memory. */
START_TEST(partial_sync_of_slots)
{
    struct dmacoh_seg in[2] = {{RIG_LOW + 0x1010, 0x200, 0}, {RIG_LOW + 0x5000, 0x400, 0}};
    struct dmacoh_bseg out[2];
    struct dmacoh_map map = {0};

    start_cached_bounce();
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 2, out, 2, DMACOH_BIDIRECTIONAL, 0),
                     DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_device(&map, 0, 0x200), DMACOH_OK);
    expect_lines(FAKE_CLEAN, out[0].addr, 0x200);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_cpu(&map, 0x200 + 0x140, 0x80), DMACOH_OK);
    expect_lines(FAKE_INVAL, out[1].addr + 0x140, 0x80);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

/* OVERWRITE drops whole lines before the device writes, cleans others, and changes nothing afterwards. */
START_TEST(overwrite)
{
    const uint32_t attrs = DMACOH_ATTR_OVERWRITE | DMACOH_ATTR_EDGES_OWNED;
    struct dmacoh_policy policy = *rig.c.policy;
    struct dmacoh_map map = {0};

    fake_clear();
    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &map, RIG_LOW + 0x40, 0x40, DMACOH_FROM_DEVICE, attrs),
        DMACOH_OK);
    expect_lines(FAKE_INVAL, RIG_LOW + 0x40, 0x40);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &map, RIG_LOW + 0x20, 0x20, DMACOH_FROM_DEVICE, attrs),
        DMACOH_OK);
    expect_lines(FAKE_CLEAN, RIG_LOW + 0x20, 0x20);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);

    policy.op[DMACOH_FROM_DEVICE][BE_OVERWRITE] = BE_CLEAN_INVAL;
    rig.c.policy = &policy;
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, 0x80, DMACOH_FROM_DEVICE, attrs),
                     DMACOH_OK);
    expect_lines(FAKE_CLEAN_INVAL, RIG_LOW, 0x80);
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    expect_lines(FAKE_INVAL, RIG_LOW, 0x80);
}
END_TEST

/* A CPU whose policy needs nothing for a transition gets nothing. */
START_TEST(nothing_to_do)
{
    struct dmacoh_policy policy = *rig.c.policy;
    struct dmacoh_map map = {0};

    policy.op[DMACOH_TO_DEVICE][BE_TO_DEVICE] = BE_NOP;
    rig.c.policy = &policy;
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, PAGE, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(rig.fake.nlog, 0);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

/* Loads and stores of one copy of n bytes into a slot. */
static uint32_t copy_accesses(uint64_t phys, size_t n, uint32_t attrs, enum dmacoh_dir dir)
{
    struct dmacoh_map map = {0};
    const uint32_t before = rig.fake.accesses;
    uint32_t accesses;

    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, phys, n, dir, attrs), DMACOH_OK);
    accesses = rig.fake.accesses - before;
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    return accesses;
}

/* Words where both sides are aligned, bytes at the ends. */
START_TEST(copies_by_word)
{
    start_cached_bounce();
    ck_assert_uint_eq(copy_accesses(RIG_LOW, 64, 0, DMACOH_TO_DEVICE), 2u * 16u);
    ck_assert_uint_eq(copy_accesses(RIG_LOW, 4, 0, DMACOH_TO_DEVICE), 2u);
    ck_assert_uint_eq(copy_accesses(RIG_LOW + 1u, 10, 0, DMACOH_TO_DEVICE), 2u * (3u + 1u + 3u));
}
END_TEST

/* SKIP_SYNC leaves the copy to the sync calls; only what the device may leave unwritten is copied before. */
START_TEST(skipped_copies)
{
    start_cached_bounce();
    ck_assert_uint_eq(copy_accesses(RIG_LOW, 64, DMACOH_ATTR_SKIP_SYNC, DMACOH_TO_DEVICE), 0);
    ck_assert_uint_eq(copy_accesses(RIG_LOW, 64, DMACOH_ATTR_SKIP_SYNC, DMACOH_FROM_DEVICE), 32);
    ck_assert_uint_eq(copy_accesses(RIG_LOW, 64, DMACOH_ATTR_SKIP_SYNC | DMACOH_ATTR_OVERWRITE,
                                    DMACOH_FROM_DEVICE),
                      0);
}
END_TEST

/* Where lines are half a granule, the half that is not the mapping's is not touched. */
START_TEST(half_a_granule)
{
    static struct rig other;
    struct dmacoh_seg in[2] = {{RIG_LOW, 64, 0}, {RIG_LOW + 0x1020u, 32, 0}};
    struct dmacoh_bseg out[2];
    struct dmacoh_dev_cfg cfg;
    struct dmacoh_map map = {0};

    rig_machine(&other, 1, 0);
    other.fake.ctr = 0x8443c004u;
    ck_assert_int_eq(dmacoh_init(&other.c, &other.cfg), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_line(&other.c), 64);
    cfg = rig_dev_cfg(&other);
    ck_assert_int_eq(dmacoh_dev_init(&dev, &other.c, &cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, RIG_LOW, 32, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 1);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    /* Nor is it by a sync, wherever the half that is lies in the mapping. */
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 2, out, 2, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_device(&map, 64u + 8u, 8), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 1);
    ck_assert_uint_eq(fake->log[1].at, (uintptr_t)rig_va(&other, RIG_LOW + 0x1020u));
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    rig_stop(&other);
    fake = &rig.fake;
}
END_TEST

static void waited(void *ctx)
{
    (*(uint32_t *)ctx)++;
}

/* A coherent device's posted writes are waited for, and nothing else is done. */
START_TEST(only_wait)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map map = {0};
    uint32_t waits = 0;

    cfg.flags = DMACOH_DEV_COHERENT;
    cfg.flush_posted = waited;
    cfg.flush_ctx = &waits;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, RIG_LOW, PAGE, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    ck_assert_uint_eq(waits, 1);
    ck_assert_uint_eq(rig.fake.nlog, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_sync");
    TCase *t = tcase_create("lines");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, partial_sync);
    tcase_add_test(t, partial_sync_of_slots);
    tcase_add_test(t, overwrite);
    tcase_add_test(t, nothing_to_do);
    tcase_add_test(t, copies_by_word);
    tcase_add_test(t, skipped_copies);
    tcase_add_test(t, half_a_granule);
    tcase_add_test(t, only_wait);
    suite_add_tcase(s, t);
    return rig_run(s);
}
