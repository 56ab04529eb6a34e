/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Line operations and barriers of every transition are the least that the rules of the CPU allow:
 *   to the device, any direction: each line of the buffer once (a slot in uncached memory: none)
 *   to the CPU, device-written: each line once; TO_DEVICE: nothing
 *   two barriers a call with line operations, one a call that only copies out, none otherwise
 * whatever the number of segments and pages.
 */
#include "rig.h"

#include <string.h>

static struct rig rig;

static void setup(void)
{
    rig_start(&rig, 1, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static uint32_t lines(uint64_t phys, uint32_t len)
{
    return len == 0 ? 0 : (uint32_t)((phys + len - 1u) / 64u - phys / 64u) + 1u;
}

/* Whole lines inside the buffer: what is left of a device-written one when its edges are bounced. */
static uint32_t inner_lines(uint64_t phys, uint32_t len)
{
    const uint64_t first = (phys + 63u) / 64u;
    const uint64_t last = (phys + len) / 64u;

    return last > first ? (uint32_t)(last - first) : 0;
}

enum kind {
    DIRECT,
    LIST,
    BOUNCED,
    CACHED_BOUNCE,
    COHERENT
};

struct count {
    uint32_t lines, barriers;
};

/* Barriers of the call itself: those of windows are counted by their entries, three a page. */
static struct count counted(void)
{
    struct count c = {rig_lines(), fake_count(FAKE_DSB)};
    const uint32_t pages = fake_count(FAKE_ENTRY) / 2u;

    c.barriers -= 3u * pages;
    return c;
}

static void expect_count(uint32_t n, bool copies_out)
{
    const struct count c = counted();

    expect(c.lines == n);
    expect(c.barriers == (n != 0 ? 2u : copies_out ? 1u : 0));
    fake_clear();
}

static void all_transitions(struct dmacoh_dev *dev, enum kind kind, uint64_t phys, uint32_t len,
                            int dir)
{
    struct dmacoh_seg in = {phys, len, 0};
    struct dmacoh_bseg out[3];
    struct dmacoh_map m = {0};
    const bool writes = dir != DMACOH_TO_DEVICE;
    const bool edges = writes && ((phys | len) & 63u) != 0;
    uint32_t n = lines(phys, len);
    bool copies = kind == BOUNCED || kind == CACHED_BOUNCE;

    if (kind == COHERENT) {
        n = 0;
    } else if (kind == BOUNCED) {
        n = 0;
    } else if (kind == LIST && edges) {
        n = inner_lines(phys, len);
        copies = true;
    } else if (kind == DIRECT && edges) {
        n = 0; /* bounced whole */
        copies = true;
    }
    struct dmacoh_stats before = rig_stats(&rig);
    struct dmacoh_stats after;

    fake_clear();
    expect((kind == LIST
                ? dmacoh_map_segs(dev, &m, &in, 1, out, 3, (enum dmacoh_dir)dir, 0)
                : dmacoh_map_phys(dev, &m, phys, len, (enum dmacoh_dir)dir, 0)) == DMACOH_OK);
    expect(fake_count(FAKE_INVAL) + fake_count(FAKE_CLEAN_INVAL) == 0);
    after = rig_stats(&rig);
    expect(after.lines_clean - before.lines_clean == n);
    expect(after.barriers - before.barriers == (n != 0 ? 2u : 0));
    expect_count(n, false);
    expect(dmacoh_sync_for_cpu(&m, 0, len) == DMACOH_OK);
    expect(fake_count(FAKE_CLEAN) == 0);
    expect_count(writes ? n : 0, writes && copies);
    expect(dmacoh_sync_for_device(&m, 0, len) == DMACOH_OK);
    expect_count(n, false);
    before = rig_stats(&rig);
    expect(dmacoh_unmap(&m) == DMACOH_OK);
    after = rig_stats(&rig);
    expect(after.lines_inval - before.lines_inval == (writes ? n : 0));
    expect_count(writes ? n : 0, writes && copies);
}

static void lengths(struct dmacoh_dev *dev, enum kind kind, uint64_t base)
{
    static const uint32_t lens[] = {1, 2, 63, 64, 65, 127, 128, 129, 192, 1000, 4096, 8192, 12345};

    for (int dir = 0; dir < 3; dir++) {
        for (uint32_t off = 0; off < 64; off += 7) {
            for (uint32_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
                all_transitions(dev, kind, base + off, lens[i], dir);
            }
        }
    }
}

START_TEST(direct)
{
    lengths(&rig.dev, DIRECT, RIG_LOW);
    lengths(&rig.dev, LIST, RIG_LOW);
}
END_TEST

START_TEST(highmem)
{
    lengths(&rig.dev, DIRECT, RIG_HIGH);
    lengths(&rig.dev, LIST, RIG_HIGH + 0xf80u);
}
END_TEST

START_TEST(bounced)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;

    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    lengths(&dev, BOUNCED, RIG_LOW);
    lengths(&dev, BOUNCED, RIG_HIGH);

    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 0x10000, 11);
    struct dmacoh_pool pool;
    struct dmacoh_region region;

    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    lengths(&dev, CACHED_BOUNCE, RIG_LOW);
}
END_TEST

START_TEST(coherent)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;

    cfg.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    lengths(&dev, COHERENT, RIG_LOW);
    lengths(&dev, COHERENT, RIG_HIGH);
}
END_TEST

/* The barriers of a list are those of one buffer. */
START_TEST(segments)
{
    for (uint32_t nin = 1; nin <= 60; nin++) {
        struct dmacoh_seg in[60];
        struct dmacoh_bseg out[180];
        struct dmacoh_map m = {0};

        for (uint32_t i = 0; i < nin; i++) {
            in[i] = (struct dmacoh_seg){RIG_LOW + i * 0x1000u + (i % 3u), 200, 0};
        }
        for (int dir = 0; dir < 3; dir++) {
            fake_clear();
            ck_assert_int_eq(
                dmacoh_map_segs(&rig.dev, &m, in, nin, out, 180, (enum dmacoh_dir)dir, 0),
                DMACOH_OK);
            ck_assert_uint_eq(fake_count(FAKE_DSB), 2);
            fake_clear();
            ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
            ck_assert_uint_eq(fake_count(FAKE_DSB), dir == DMACOH_TO_DEVICE ? 0 : 2);
        }
    }
}
END_TEST

/* OVERWRITE: whole lines are invalidated, once; they need no clean before. */
START_TEST(overwrite)
{
    struct dmacoh_map m = {0};

    fake_clear();
    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 640, DMACOH_FROM_DEVICE, DMACOH_ATTR_OVERWRITE),
        DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 10);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 0);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 20);
    /* A line that is the caller's, but not filled by the device, is kept. */
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 630, DMACOH_FROM_DEVICE,
                                     DMACOH_ATTR_OVERWRITE | DMACOH_ATTR_EDGES_OWNED),
                     DMACOH_OK);
    ck_assert_uint_eq(fake->log[fake->nlog - 2u].kind, FAKE_CLEAN);
}
END_TEST

/* The order of one call: barrier, lines, barrier. */
START_TEST(order)
{
    struct dmacoh_map m = {0};

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, 0, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    static const enum fake_kind want[] = {FAKE_DSB, FAKE_CLEAN, FAKE_CLEAN, FAKE_DSB,
                                          FAKE_DSB, FAKE_INVAL, FAKE_INVAL, FAKE_DSB};

    ck_assert_uint_eq(fake->nlog, 8);
    for (uint32_t i = 0; i < 8; i++) {
        ck_assert_int_eq(fake->log[i].kind, want[i]);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("budget");
    TCase *t = tcase_create("budget");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, direct);
    tcase_add_test(t, highmem);
    tcase_add_test(t, bounced);
    tcase_add_test(t, coherent);
    tcase_add_test(t, segments);
    tcase_add_test(t, overwrite);
    tcase_add_test(t, order);
    suite_add_tcase(s, t);
    return rig_run(s);
}
