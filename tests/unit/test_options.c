/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* One option off: what needs it answers E_UNSUPP or names the limit, and the rest works. */
#include "rig.h"

#include "config.h"

static struct rig rig;

static void setup(void)
{
    rig_machine(&rig, 1, DMACOH_WITH_WINDOWS ? 4 : 0);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    if (DMACOH_WITH_POOL) {
        rig_pools(&rig);
    }
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
}

static void teardown(void)
{
    rig_stop(&rig);
}

START_TEST(direct_maps)
{
    struct dmacoh_map m = {0};
    struct dmacoh_caps caps;

    for (int dir = 0; dir < 3; dir++) {
        fake_clear();
        ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, rig.low, 128, (enum dmacoh_dir)dir, 0),
                         DMACOH_OK);
        ck_assert_uint_eq(fake_count(FAKE_CLEAN), 2);
        ck_assert_uint_eq(dmacoh_map_bounced(&m), 0);
        ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 64), DMACOH_OK);
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, &caps), DMACOH_OK);
    ck_assert_int_eq(caps.bounces, DMACOH_WITH_BOUNCE);
    ck_assert_int_eq(caps.windows, DMACOH_WITH_WINDOWS);
    ck_assert_int_eq(caps.coherent_bytes != 0, DMACOH_WITH_POOL);
}
END_TEST

START_TEST(pools)
{
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_pool_stats stats;
    struct dmacoh_buf buf = {0};
    struct dmacoh_why why;
    const struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, RIG_POOL + 0x60000u, 0x1000, 12);
    const int want = DMACOH_WITH_POOL ? DMACOH_OK : DMACOH_E_UNSUPP;

    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), want);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &cfg), want);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &stats), want);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, 64, 0), want);
    ck_assert_int_eq(dmacoh_buf_why(&buf, &why), DMACOH_WITH_POOL ? DMACOH_E_STALE : want);
    ck_assert_int_eq(dmacoh_free(&buf), want);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), want);
    ck_assert_int_eq(dmacoh_pool_fini(&pool), want);
    if (!DMACOH_WITH_POOL) {
        struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
        struct dmacoh_dev dev;

        dc.bounce = &pool; /* a device cannot have what does not exist */
        ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dc), DMACOH_E_INVAL);
    }
}
END_TEST

START_TEST(objects)
{
    static uint64_t meta[16];
    struct dmacoh_objpool op;
    struct dmacoh_obj obj = {0};
    const struct dmacoh_objpool_cfg cfg = {
        .size = 64, .max_slabs = 2, .meta = meta, .meta_size = sizeof(meta)};
    const int want = DMACOH_WITH_OBJPOOL ? DMACOH_OK : DMACOH_E_UNSUPP;

    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), want);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj), want);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &obj), want);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), want);
#if !DMACOH_WITH_MAGAZINE
    struct dmacoh_objpool_cfg with = cfg;

    with.magazine = 8;
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &with), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_E_UNSUPP);
#endif
}
END_TEST

START_TEST(bounces)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_seg in = {RIG_LOW + 1u, 500, 0};
    struct dmacoh_bseg out[3];
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;
    const bool on = DMACOH_WITH_BOUNCE;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + 1u, 10, 2, 0),
                     on ? DMACOH_OK : DMACOH_E_EDGE);
    (void)dmacoh_unmap(&m);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 1, out, 3, 2, 0),
                     on ? DMACOH_OK : DMACOH_E_EDGE);
    (void)dmacoh_unmap(&m);
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 10, 1, 0),
                     on ? DMACOH_OK : DMACOH_E_UNSUPP);
    (void)dmacoh_unmap(&m);
    cfg.flags = 0;
    cfg.limits.mask = RIG_POOL + RIG_POOL_SIZE - 1u;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_NODMA, 10, 1, 0),
                     on ? DMACOH_OK : DMACOH_E_NOTRAM);
    (void)dmacoh_unmap(&m);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_HIGH, 10, 1, 0), !on ? DMACOH_E_MASK
                                                                    : DMACOH_WITH_WINDOWS
                                                                        ? DMACOH_OK
                                                                        : DMACOH_E_NOMAP);
}
END_TEST

START_TEST(windows)
{
    struct dmacoh_map m = {0};
    struct dmacoh c;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 128, 1, 0),
                     DMACOH_WITH_WINDOWS ? DMACOH_OK : DMACOH_E_NOMAP);
    (void)dmacoh_unmap(&m);
    if (!DMACOH_WITH_WINDOWS) {
        rig.cfg.mmu.win_slots = 1;
        rig.cfg.mmu.win_va = RIG_WIN_VA;
        ck_assert_int_eq(dmacoh_init(&c, &rig.cfg), DMACOH_E_UNSUPP);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("options");
    TCase *t = tcase_create("options");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, direct_maps);
    tcase_add_test(t, pools);
    tcase_add_test(t, objects);
    tcase_add_test(t, bounces);
    tcase_add_test(t, windows);
    suite_add_tcase(s, t);
    return rig_run(s);
}
