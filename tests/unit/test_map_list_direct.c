/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Lists on a coherent device: the direct path against the full check, on random lists and limits. */
#include "rig.h"

#include <string.h>

#define ENTRIES 12u

static struct rig rig;
static uint32_t taken; /* lists that the direct path served */

static void setup(void)
{
    rig_start(&rig, 1, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static uint32_t dice(uint32_t n)
{
    return rig_random() % n;
}

/* Mostly pages that touch or nearly touch; now and then something odd. */
static void draw(struct dmacoh_seg *in, uint32_t n)
{
    uint64_t at = RIG_LOW + dice(64) * 4096u;

    for (uint32_t i = 0; i < n; i++) {
        const uint32_t len = dice(4) == 0 ? 1u + dice(0x12000) : 256u << dice(6);

        in[i] = (struct dmacoh_seg){at, len, 0xffffffffu};
        at += len;
        switch (dice(24)) {
        case 0:
            at += 4096u;
            break;
        case 1:
            at += dice(64);
            break;
        case 2:
            at = RIG_LOW + RIG_LOW_SIZE - 8192u; /* runs over the end */
            break;
        case 3:
            at = RIG_NODMA;
            break;
        case 4:
            at = RIG_HIGH;
            break;
        case 5:
            in[i].len = 0;
            break;
        default:
            break;
        }
    }
}

static struct dmacoh_dev_cfg draw_device(void)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.flags = DMACOH_DEV_COHERENT;
    cfg.bounce = NULL;
    cfg.limits.max_seg = dice(2) == 0 ? 0 : 0x1000u << dice(6);
    cfg.limits.max_segs = (uint16_t)(dice(2) == 0 ? 0 : 1u + dice(ENTRIES));
    cfg.limits.align = dice(3) == 0 ? 256u : 0;
    cfg.limits.gap_mask = dice(4) == 0 ? 0xfffu : 0;
    cfg.limits.mask = dice(8) == 0 ? RIG_LOW + 0x80000u : UINT32_MAX;
    return cfg;
}

struct result {
    int rc;
    struct dmacoh_map map;
    struct dmacoh_why why;
    struct dmacoh_seg in[ENTRIES];
    struct dmacoh_bseg out[ENTRIES];
};

static void map_it(struct dmacoh_dev *dev, struct result *r, const struct dmacoh_seg *in,
                   uint32_t n, uint32_t max_out)
{
    memset(r, 0, sizeof(*r));
    memcpy(r->in, in, n * sizeof(in[0]));
    r->rc = dmacoh_map_segs(dev, &r->map, r->in, n, r->out, max_out, DMACOH_FROM_DEVICE, 0);
    if (r->rc != DMACOH_OK) {
        ck_assert_int_eq(dmacoh_map_why(&r->map, &r->why), DMACOH_OK);
    }
}

static void compare(uint32_t n, uint32_t max_out)
{
    const struct dmacoh_dev_cfg cfg = draw_device();
    struct dmacoh_seg in[ENTRIES];
    struct dmacoh_dev dev;
    struct result fast;
    struct result full;

    if (dmacoh_dev_init(&dev, &rig.c, &cfg) != DMACOH_OK) {
        return;
    }
    draw(in, n);
    map_it(&dev, &fast, in, n, max_out);
    dev.slow = 1; /* the full check for everything */
    map_it(&dev, &full, in, n, max_out);
    expect(fast.rc == full.rc);
    if (fast.rc != DMACOH_OK) {
        expect(memcmp(&fast.why, &full.why, sizeof(fast.why)) == 0);
        return;
    }
    taken++;
    expect(fast.map.bus == full.map.bus && fast.map.len == full.map.len);
    expect(fast.map.nsegs == full.map.nsegs);
    for (uint32_t i = 0; i < fast.map.nsegs; i++) {
        expect(fast.out[i].addr == full.out[i].addr && fast.out[i].len == full.out[i].len);
    }
    for (uint32_t i = 0; i < n; i++) {
        expect(fast.in[i].slot == full.in[i].slot);
    }
    expect(dmacoh_unmap(&fast.map) == DMACOH_OK);
    expect(dmacoh_unmap(&full.map) == DMACOH_OK);
}

START_TEST(same_as_full)
{
    rig_seed(20);
    for (uint32_t i = 0; i < 100000u; i++) {
        compare(1u + dice(ENTRIES), 1u + dice(ENTRIES));
    }
    ck_assert_uint_gt(taken, 10000);
}
END_TEST

/* Two pages that touch, around the longest segment that the device takes. */
START_TEST(edges_of_a_segment)
{
    static const uint32_t limits[] = {0x2000, 0x1fff, 0x2001, 0};
    static const struct dmacoh_window window = {RIG_LOW, 0x80000000u, RIG_LOW_SIZE};

    for (uint32_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
        struct dmacoh_seg in[2] = {{RIG_LOW, 0x1000, 0}, {RIG_LOW + 0x1000u, 0x1000, 0}};
        struct dmacoh_bseg out[2];
        struct dmacoh_map m = {0};
        struct dmacoh_dev dev;

        cfg.flags = DMACOH_DEV_COHERENT;
        cfg.limits.max_seg = limits[i];
        cfg.windows = &window;
        cfg.nwindows = 1;
        ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
        ck_assert_int_eq(dmacoh_map_segs(&dev, &m, in, 2, out, 2, DMACOH_TO_DEVICE, 0), DMACOH_OK);
        ck_assert_uint_eq(m.nsegs, limits[i] == 0x1fffu ? 2 : 1);
        ck_assert_uint_eq(out[0].addr, 0x80000000u);
        ck_assert_uint_eq(m.len, 0x2000);
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("map_list_direct");
    TCase *t = tcase_create("lists");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, same_as_full);
    tcase_add_test(t, edges_of_a_segment);
    suite_add_tcase(s, t);
    return rig_run(s);
}
