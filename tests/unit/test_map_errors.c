/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Every error of the map calls, its numbers, and that nothing has happened. */
#include "rig.h"

#include <string.h>

static struct rig rig;
static struct dmacoh_pool_stats before;

static void snapshot(void)
{
    ck_assert_int_eq(dmacoh_pool_stats(&rig.bounce, &before), DMACOH_OK);
    fake_clear();
}

/* All or nothing: slots are back, no byte of memory and no line was touched. */
static void nothing_done(void)
{
    struct dmacoh_pool_stats after;

    ck_assert_int_eq(dmacoh_pool_stats(&rig.bounce, &after), DMACOH_OK);
    ck_assert_uint_eq(after.free, before.free);
    ck_assert_uint_eq(after.allocs, before.allocs);
    ck_assert_uint_eq(rig_lines(), 0);
    for (uint32_t i = 0; i < 0x2000; i++) {
        expect(rig.low[i] == (uint8_t)(i * 13u));
        expect(rig.high[i] == (uint8_t)(i * 11u));
    }
}

static void setup(void)
{
    rig_start(&rig, 1, 4);
    for (uint32_t i = 0; i < 0x2000; i++) {
        rig.low[i] = (uint8_t)(i * 13u);
        rig.high[i] = (uint8_t)(i * 11u);
    }
    snapshot();
}

static void teardown(void)
{
    rig_stop(&rig);
}

static struct dmacoh_why why_of(const struct dmacoh_map *m, int status)
{
    struct dmacoh_why why;

    ck_assert_int_eq(dmacoh_map_why(m, &why), DMACOH_OK);
    ck_assert_int_eq(why.status, status);
    ck_assert_uint_eq(m->bus, DMACOH_BUS_NONE);
    return why;
}

static struct dmacoh_why refused(struct dmacoh_dev *dev, uint64_t phys, size_t len, int dir,
                                 uint32_t attrs, int status)
{
    struct dmacoh_map m;

    memset(&m, 0, sizeof(m));
    ck_assert_int_eq(dmacoh_map_phys(dev, &m, phys, len, (enum dmacoh_dir)dir, attrs), status);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_E_STALE);
    nothing_done();
    return why_of(&m, status);
}

START_TEST(arguments)
{
    struct dmacoh_map m = {0};
    struct dmacoh_seg in = {RIG_LOW, 64, 0};
    struct dmacoh_bseg out[2];
    struct dmacoh_why why;
    struct dmacoh_dev copy = rig.dev;

    ck_assert_int_eq(dmacoh_map_single(&rig.dev, NULL, rig.low, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, NULL, RIG_LOW, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, NULL, &in, 1, out, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_single(NULL, &m, rig.low, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_phys(NULL, &m, RIG_LOW, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_segs(NULL, &m, &in, 1, out, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_single(&copy, &m, rig.low, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_phys(&copy, &m, RIG_LOW, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_segs(&copy, &m, &in, 1, out, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, NULL, 1, out, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 1, NULL, 1, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 0, out, 1, 0, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 65536, out, 1, 0, 0), DMACOH_E_NSEGS);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 1, out, 0, 0, 0), DMACOH_E_NSEGS);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 1, out, 65536, 0, 0), DMACOH_E_NSEGS);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 1, out, 1, DMACOH_NONE, 0), DMACOH_E_INVAL);
    in.len = 0;
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, &in, 1, out, 1, 0, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_map_why(NULL, &why), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_why(&m, NULL), DMACOH_E_INVAL);
    memset(&m, 0, sizeof(m));
    ck_assert_int_eq(dmacoh_map_why(&m, &why), DMACOH_E_STALE);
    nothing_done();
    for (int dir = -3; dir < 7; dir++) {
        if (dir < 0 || dir > 2) {
            (void)refused(&rig.dev, RIG_LOW, 64, dir, 0, DMACOH_E_INVAL);
        }
    }
    for (uint32_t bit = 0; bit < 32; bit++) {
        const uint32_t known = DMACOH_ATTR_OVERWRITE | DMACOH_ATTR_EDGES_OWNED |
                               DMACOH_ATTR_NO_BOUNCE | DMACOH_ATTR_SKIP_SYNC | DMACOH_ATTR_MMIO;

        if ((known >> bit & 1u) == 0) {
            (void)refused(&rig.dev, RIG_LOW, 64, 2, 1u << bit, DMACOH_E_INVAL);
        }
    }
    (void)refused(&rig.dev, RIG_LOW, 64, 0, DMACOH_ATTR_OVERWRITE, DMACOH_E_INVAL);
    (void)refused(&rig.dev, RIG_LOW, 64, 1, DMACOH_ATTR_OVERWRITE, DMACOH_E_INVAL);
}
END_TEST

START_TEST(ranges)
{
    struct dmacoh_why w;

    w = refused(&rig.dev, RIG_LOW, 0, 0, 0, DMACOH_E_SIZE);
    ck_assert_uint_eq(w.limit, UINT32_MAX);
    w = refused(&rig.dev, RIG_LOW, (size_t)1 << 32, 0, 0, DMACOH_E_SIZE);
    ck_assert_uint_eq(w.got, (uint64_t)1 << 32);
    (void)refused(&rig.dev, RIG_LOW, SIZE_MAX, 0, 0, DMACOH_E_SIZE);
    (void)refused(&rig.dev, UINT64_MAX - 63u, 65, 0, 0, DMACOH_E_RANGE);
    (void)refused(&rig.dev, UINT64_MAX - 63u, 65, 0, DMACOH_ATTR_MMIO, DMACOH_E_RANGE);
    w = refused(&rig.dev, RIG_LOW - 64u, 64, 0, 0, DMACOH_E_NOTRAM);
    ck_assert_uint_eq(w.got, RIG_LOW - 64u);
    w = refused(&rig.dev, RIG_LOW + RIG_LOW_SIZE - 64u, 65, 0, 0, DMACOH_E_NOTRAM);
    ck_assert_uint_eq(w.got, RIG_LOW + RIG_LOW_SIZE);
    (void)refused(&rig.dev, RIG_NODMA, 64, 0, DMACOH_ATTR_NO_BOUNCE, DMACOH_E_NOTRAM);
    (void)refused(&rig.dev, RIG_FAR, 64, 0, 0, DMACOH_E_NOMAP);

    struct dmacoh_map m = {0};

    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, rig.low - 1, 1, 0, 0), DMACOH_E_NOMAP);
    w = why_of(&m, DMACOH_E_NOMAP);
    ck_assert_uint_eq(w.got, (uintptr_t)rig.low - 1u);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, rig.low + RIG_LOW_SIZE - 1u, 2, 0, 0),
                     DMACOH_E_NOMAP);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, (void *)UINTPTR_MAX, 2, 0, 0), DMACOH_E_NOMAP);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, rig.low, 0, 0, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, rig.low, SIZE_MAX, 0, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, rig.pool_mem, 64, 0, 0), DMACOH_E_NOMAP);
    nothing_done();
}
END_TEST

/* The device object does not move, so it is made where it stays. */
#define DEVICE(bounce_, ...)                                                                       \
    struct dmacoh_dev dev;                                                                         \
    struct dmacoh_dev_cfg dcfg = rig_dev_cfg(&rig);                                                \
    dcfg.limits = (struct dmacoh_limits){__VA_ARGS__};                                             \
    dcfg.bounce = (bounce_) ? dcfg.bounce : NULL;                                                  \
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dcfg), DMACOH_OK)

/* Without a pool, and with one that the caller forbids: the reason is named. */
START_TEST(no_bounce)
{
    for (uint32_t i = 0; i < 2; i++) {
        const uint32_t attrs = i == 0 ? 0 : DMACOH_ATTR_NO_BOUNCE;
        struct dmacoh_why w;

        {
            DEVICE(i == 1, .mask = RIG_LOW + 0xfffu);
            w = refused(&dev, RIG_LOW + 0xfc0u, 128, 1, attrs, DMACOH_E_MASK);
            ck_assert_uint_eq(w.limit, RIG_LOW + 0xfffu);
        }
        {
            DEVICE(i == 1, .mask = UINT32_MAX, .align = 256);
            w = refused(&dev, RIG_LOW + 128u, 128, 1, attrs, DMACOH_E_ALIGN);
            ck_assert_uint_eq(w.limit, 256);
        }
        {
            DEVICE(i == 1, .mask = UINT32_MAX, .boundary = 4096);
            w = refused(&dev, RIG_LOW + 0xfc0u, 128, 1, attrs, DMACOH_E_BOUNDARY);
            ck_assert_uint_eq(w.limit, 4096);
        }
        {
            DEVICE(i == 1, .mask = UINT32_MAX);
            w = refused(&dev, RIG_LOW + 1u, 63, 2, attrs, DMACOH_E_EDGE);
            ck_assert_uint_eq(w.limit, 64);
            (void)refused(&dev, RIG_LOW, 63, 0, attrs, DMACOH_E_EDGE);
        }
        {
            const struct dmacoh_window win = {RIG_LOW, 0, 0x1000};
            struct dmacoh_dev dev;
            struct dmacoh_dev_cfg dcfg = rig_dev_cfg(&rig);

            dcfg.windows = &win;
            dcfg.nwindows = 1;
            dcfg.bounce = i == 1 ? dcfg.bounce : NULL;
            ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dcfg), DMACOH_OK);
            (void)refused(&dev, RIG_LOW + 0xfc0u, 128, 1, attrs, DMACOH_E_WINDOW);
            (void)refused(&dev, RIG_HIGH, 128, 1, attrs, DMACOH_E_WINDOW);
        }
    }
}
END_TEST

/* One segment has limits that no bounce can help. */
START_TEST(one_segment)
{
    struct dmacoh_why w;

    {
        DEVICE(true, .mask = UINT32_MAX, .max_seg = 4096);
        w = refused(&dev, RIG_LOW, 4097, 1, 0, DMACOH_E_SEGSIZE);
        ck_assert_uint_eq(w.limit, 4096);
        ck_assert_uint_eq(w.got, 4097);
    }
    {
        DEVICE(true, .mask = UINT32_MAX, .boundary = 4096);
        (void)refused(&dev, RIG_LOW, 4097, 1, 0, DMACOH_E_BOUNDARY);
        (void)refused(&dev, RIG_LOW + 32u, 4096, 1, 0, DMACOH_E_BOUNDARY);
    }
}
END_TEST

START_TEST(shortage)
{
    struct dmacoh_map m[6];
    struct dmacoh_why w;

    memset(m, 0, sizeof(m));
    DEVICE(true, .mask = RIG_POOL + RIG_POOL_SIZE - 1u);
    (void)refused(&dev, RIG_HIGH, RIG_BOUNCE_SIZE + 1u, 1, 0, DMACOH_E_NOREGION);
    for (uint32_t i = 0; i < 4; i++) {
        ck_assert_int_eq(dmacoh_map_phys(&dev, &m[i], RIG_HIGH, 0x10000, DMACOH_TO_DEVICE,
                                         DMACOH_ATTR_SKIP_SYNC),
                         DMACOH_OK);
    }
    snapshot();
    w = refused(&dev, RIG_HIGH, 0x1000, 1, 0, DMACOH_E_FULL);
    ck_assert_uint_eq(w.limit, 0);
    ck_assert_uint_eq(w.got, 0x1000);
    ck_assert_int_eq(dmacoh_unmap(&m[0]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m[2]), DMACOH_OK);
    snapshot();
    w = refused(&dev, RIG_HIGH, 0x18000, 1, 0, DMACOH_E_FRAG);
    ck_assert_uint_eq(w.limit, 0x20000);
    {
        struct dmacoh_dev deaf;

        dcfg.limits.mask = RIG_POOL + 0xffu;
        ck_assert_int_eq(dmacoh_dev_init(&deaf, &rig.c, &dcfg), DMACOH_OK);
        (void)refused(&deaf, RIG_HIGH, 64, 1, 0, DMACOH_E_NOREGION);
    }
}
END_TEST

/* A live handle stays what it is; a copy, a dead one and garbage are none. */
START_TEST(handles)
{
    struct dmacoh_map m = {0};
    struct dmacoh_map copy, saved, garbage;
    struct dmacoh_seg in = {RIG_LOW, 64, 0};
    struct dmacoh_bseg out[1];
    struct dmacoh_why why;
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev coherent;

    cfg.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&coherent, &rig.c, &cfg), DMACOH_OK);
    memset(&garbage, 0xa5, sizeof(garbage));
    for (uint32_t i = 0; i < 2; i++) {
        struct dmacoh_dev *dev = i == 0 ? &rig.dev : &coherent;

        ck_assert_int_eq(dmacoh_map_phys(dev, &m, RIG_LOW, 4096, 0, 0), DMACOH_OK);
        saved = m;
        ck_assert_int_eq(dmacoh_map_phys(dev, &m, RIG_LOW, 64, 0, 0), DMACOH_E_BUSY);
        ck_assert_int_eq(dmacoh_map_phys(NULL, &m, RIG_LOW, 64, 7, 0), DMACOH_E_BUSY);
        ck_assert_int_eq(dmacoh_map_single(dev, &m, rig.low, 64, 0, 0), DMACOH_E_BUSY);
        ck_assert_int_eq(dmacoh_map_segs(dev, &m, &in, 1, out, 1, 0, 0), DMACOH_E_BUSY);
        ck_assert_mem_eq(&saved, &m, sizeof(m));
        ck_assert_int_eq(dmacoh_map_why(&m, &why), DMACOH_E_STALE);
        copy = m;
        for (uint32_t k = 0; k < 2; k++) {
            struct dmacoh_map *dead = k == 0 ? &copy : &garbage;

            saved = *dead;
            ck_assert_int_eq(dmacoh_unmap(dead), DMACOH_E_STALE);
            ck_assert_int_eq(dmacoh_map_abandon(dead), DMACOH_E_STALE);
            ck_assert_int_eq(dmacoh_map_ref(dead), DMACOH_E_STALE);
            ck_assert_int_eq(dmacoh_sync_for_cpu(dead, 0, 1), DMACOH_E_STALE);
            ck_assert_int_eq(dmacoh_sync_for_device(dead, 0, 1), DMACOH_E_STALE);
            ck_assert_uint_eq(dmacoh_map_bounced(dead), 0);
            ck_assert_mem_eq(&saved, dead, sizeof(saved));
        }
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_E_STALE);
        ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 1), DMACOH_E_STALE);
    }
    ck_assert_int_eq(dmacoh_map_abandon(NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_ref(NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_sync_for_cpu(NULL, 0, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_sync_for_device(NULL, 0, 0), DMACOH_E_INVAL);
    ck_assert_uint_eq(dmacoh_map_bounced(NULL), 0);
}
END_TEST

/* Lists: the failing segment is named, and what was taken before goes back. */
static struct dmacoh_why list_refused(struct dmacoh_dev *dev, struct dmacoh_seg *in, uint32_t nin,
                                      uint32_t max_out, int dir, uint32_t attrs, int status)
{
    struct dmacoh_bseg out[32];
    struct dmacoh_map m = {0};

    snapshot();
    ck_assert_int_eq(dmacoh_map_segs(dev, &m, in, nin, out, max_out, (enum dmacoh_dir)dir, attrs),
                     status);
    nothing_done();
    return why_of(&m, status);
}

START_TEST(lists)
{
    struct dmacoh_seg in[5] = {{RIG_LOW + 3u, 500, 1},
                               {RIG_LOW + 0x1000u, 0, 2},
                               {RIG_HIGH + 7u, 0x800, 3},
                               {RIG_LOW + 0x1100u, 100, 4},
                               {RIG_LOW - 64u, 64, 5}};
    struct dmacoh_why w;

    w = list_refused(&rig.dev, in, 5, 32, 2, 0, DMACOH_E_NOTRAM);
    ck_assert_uint_eq(w.seg, 4);
    in[4].phys = UINT64_MAX;
    w = list_refused(&rig.dev, in, 5, 32, 2, 0, DMACOH_E_RANGE);
    ck_assert_uint_eq(w.seg, 4);
    in[4].phys = RIG_FAR;
    w = list_refused(&rig.dev, in, 5, 32, 2, 0, DMACOH_E_NOMAP);
    ck_assert_uint_eq(w.seg, 4);
    in[4] = (struct dmacoh_seg){RIG_LOW + 0x1800u, 64, 5};
    w = list_refused(&rig.dev, in, 5, 32, 2, DMACOH_ATTR_NO_BOUNCE, DMACOH_E_EDGE);
    ck_assert_uint_eq(w.seg, 0);
    ck_assert_uint_eq(w.limit, 64);
    w = list_refused(&rig.dev, in, 5, 3, 2, 0, DMACOH_E_NSEGS);
    ck_assert_uint_eq(w.seg, 4);
    ck_assert_uint_eq(w.limit, 3);
    ck_assert_uint_eq(w.got, 4);
    /* More than 4 GiB in all. */
    struct dmacoh_seg huge[2] = {{RIG_LOW, 0xffffffffu, 0}, {RIG_LOW, 1, 0}};

    w = list_refused(&rig.dev, huge, 2, 32, 1, 0, DMACOH_E_SIZE);
    ck_assert_uint_eq(w.limit, UINT32_MAX);
    ck_assert_uint_eq(w.got, (uint64_t)1 << 32);
    /* Joints of the input that the gap mask forbids. */
    DEVICE(true, .mask = UINT32_MAX, .gap_mask = 4095);
    struct dmacoh_seg gap[2] = {{RIG_LOW, 0x800, 0}, {RIG_LOW + 0x2000u, 0x800, 0}};

    w = list_refused(&dev, gap, 2, 32, 1, 0, DMACOH_E_GAP);
    ck_assert_uint_eq(w.seg, 1);
    ck_assert_uint_eq(w.limit, 4095);
    gap[0].len = 0x1000;
    gap[1].phys += 64;
    (void)list_refused(&dev, gap, 2, 32, 1, 0, DMACOH_E_GAP);
}
END_TEST

/* The bounce pool runs out at the last segment. */
START_TEST(list_shortage)
{
    struct dmacoh_seg in[5];
    struct dmacoh_why w;

    DEVICE(true, .mask = RIG_POOL + RIG_POOL_SIZE - 1u);
    for (uint32_t i = 0; i < 5; i++) {
        in[i] = (struct dmacoh_seg){RIG_HIGH + i * 0x20000u, 0x10000, 0};
    }
    w = list_refused(&dev, in, 5, 32, 0, 0, DMACOH_E_FULL);
    ck_assert_uint_eq(w.seg, 4);
}
END_TEST

/* A coherent device that writes needs no line of its own. MMIO is no memory. */
START_TEST(coherent_and_mmio)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;

    cfg.flags = DMACOH_DEV_COHERENT;
    cfg.bounce = NULL;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW + 1u, 17, 2, DMACOH_ATTR_NO_BOUNCE),
                     DMACOH_OK);
    ck_assert_uint_eq(m.bus, RIG_LOW + 1u);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, 0x1000004, 4, 0, DMACOH_ATTR_MMIO), DMACOH_OK);
    ck_assert_uint_eq(m.bus, 0x1000004);
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 4), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    cfg = rig_dev_cfg(&rig);
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, 0x1000004, 4, 0, DMACOH_ATTR_MMIO), DMACOH_OK);
    ck_assert_uint_eq(m.bus, 0x1000004);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    (void)refused(&dev, RIG_FAR, 4, 0, DMACOH_ATTR_MMIO, DMACOH_E_MASK);
    (void)refused(&dev, RIG_LOW, 64, 1, DMACOH_ATTR_NO_BOUNCE, DMACOH_E_UNSUPP);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* A failed call is counted, once, and a shortage is told apart from a mistake. */
START_TEST(counted)
{
    (void)refused(&rig.dev, RIG_LOW - 64u, 64, 0, 0, DMACOH_E_NOTRAM);
    ck_assert_uint_eq(rig_stats(&rig).fails, 1);
    (void)refused(&rig.dev, RIG_FAR, 64, 1, 0, DMACOH_E_NOMAP);
    ck_assert_uint_eq(rig_stats(&rig).fails, 2);
    ck_assert_uint_eq(rig_stats(&rig).bounces, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("map_errors");
    TCase *t = tcase_create("map_errors");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, arguments);
    tcase_add_test(t, ranges);
    tcase_add_test(t, no_bounce);
    tcase_add_test(t, one_segment);
    tcase_add_test(t, shortage);
    tcase_add_test(t, handles);
    tcase_add_test(t, lists);
    tcase_add_test(t, list_shortage);
    tcase_add_test(t, coherent_and_mmio);
    tcase_add_test(t, counted);
    suite_add_tcase(s, t);
    return rig_run(s);
}
