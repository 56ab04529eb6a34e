/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Scatter lists: merging, splitting, edges of runs; and random lists on random devices. */
#include "rig.h"

#include <stdlib.h>
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

#define MAX_OUT 256u

struct list {
    struct dmacoh_seg in[16];
    struct dmacoh_bseg out[MAX_OUT];
    uint32_t nin;
    struct dmacoh_map m;
};

static int map_list(struct dmacoh_dev *dev, struct list *l, uint32_t max_out, int dir,
                    uint32_t attrs)
{
    memset(&l->m, 0, sizeof(l->m));
    return dmacoh_map_segs(dev, &l->m, l->in, l->nin, l->out, max_out, (enum dmacoh_dir)dir, attrs);
}

static void init_dev(struct dmacoh_dev *dev, struct dmacoh_limits limits)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    limits.mask = limits.mask != 0 ? limits.mask : UINT32_MAX;
    cfg.limits = limits;
    ck_assert_int_eq(dmacoh_dev_init(dev, &rig.c, &cfg), DMACOH_OK);
}

/* Output as expected, then unmap. */
static void gives(struct list *l, uint32_t n, const struct dmacoh_bseg *want)
{
    ck_assert_uint_eq(l->m.nsegs, n);
    for (uint32_t i = 0; i < n; i++) {
        ck_assert_uint_eq(l->out[i].addr, want[i].addr);
        ck_assert_uint_eq(l->out[i].len, want[i].len);
    }
    ck_assert_int_eq(dmacoh_unmap(&l->m), DMACOH_OK);
}

START_TEST(merges)
{
    struct list l = {.nin = 6,
                     .in = {{RIG_LOW, 4096, 9},
                            {RIG_LOW + 4096u, 100, 9},
                            {RIG_LOW, 0, 9},
                            {RIG_LOW + 4196u, 92, 9},
                            {RIG_LOW + 0x8000u, 64, 9},
                            {0, 0, 9}}};
    const struct dmacoh_bseg want[] = {{RIG_LOW, 4288}, {RIG_LOW + 0x8000u, 64}};

    /* The joints inside a line are nobody else's: no edge is bounced. */
    for (int dir = 0; dir < 3; dir++) {
        ck_assert_int_eq(map_list(&rig.dev, &l, 2, dir, DMACOH_ATTR_NO_BOUNCE), DMACOH_OK);
        ck_assert_uint_eq(dmacoh_map_bounced(&l.m), 0);
        gives(&l, 2, want);
    }
}
END_TEST

START_TEST(splits)
{
    static struct list l = {.nin = 2, .in = {{RIG_LOW, 8192, 0}, {RIG_LOW + 8192u, 8192, 0}}};
    struct dmacoh_dev dev;

    init_dev(&dev, (struct dmacoh_limits){.max_seg = 4096});
    ck_assert_int_eq(map_list(&dev, &l, 4, 0, 0), DMACOH_OK);
    gives(&l, 4,
          (const struct dmacoh_bseg[]){{RIG_LOW, 4096},
                                       {RIG_LOW + 4096u, 4096},
                                       {RIG_LOW + 8192u, 4096},
                                       {RIG_LOW + 12288u, 4096}});
    init_dev(&dev, (struct dmacoh_limits){.max_seg = 4096, .max_segs = 3});
    ck_assert_int_eq(map_list(&dev, &l, 4, 0, 0), DMACOH_E_NSEGS);

    /* A segment size that is no multiple of the joint unit: cuts only where a joint may be. */
    init_dev(&dev, (struct dmacoh_limits){.max_seg = 6144, .gap_mask = 4095});
    ck_assert_int_eq(map_list(&dev, &l, MAX_OUT, 0, 0), DMACOH_OK);
    gives(&l, 4,
          (const struct dmacoh_bseg[]){{RIG_LOW, 4096},
                                       {RIG_LOW + 4096u, 4096},
                                       {RIG_LOW + 8192u, 4096},
                                       {RIG_LOW + 12288u, 4096}});
    init_dev(&dev, (struct dmacoh_limits){.max_seg = 65535, .align = 4});
    l.in[0].len = 0x12000;
    l.in[1].len = 0;
    ck_assert_int_eq(map_list(&dev, &l, MAX_OUT, 0, 0), DMACOH_OK);
    gives(&l, 2,
          (const struct dmacoh_bseg[]){{RIG_LOW, 65532}, {RIG_LOW + 65532u, 0x12000 - 65532}});

    init_dev(&dev, (struct dmacoh_limits){.boundary = 0x10000});
    l.in[0].phys = RIG_LOW + 0xf000u;
    ck_assert_int_eq(map_list(&dev, &l, MAX_OUT, 1, 0), DMACOH_OK);
    gives(&l, 3,
          (const struct dmacoh_bseg[]){{RIG_LOW + 0xf000u, 0x1000},
                                       {RIG_LOW + 0x10000u, 0x10000},
                                       {RIG_LOW + 0x20000u, 0x1000}});
}
END_TEST

/* Two bus windows that continue one run at another bus address. */
START_TEST(across_windows)
{
    const struct dmacoh_window w[2] = {{RIG_LOW, 0x1000, 0x4000},
                                       {RIG_LOW + 0x4000u, 0x90000000u, 0x20000000u}};
    struct list l = {.nin = 2, .in = {{RIG_LOW + 0x3000u, 0x1000, 0}, {RIG_LOW + 0x4000u, 64, 0}}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;

    cfg.windows = w;
    cfg.nwindows = 2;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(map_list(&dev, &l, 2, 0, 0), DMACOH_OK);
    gives(&l, 2, (const struct dmacoh_bseg[]){{0x4000, 0x1000}, {0x90000000u, 64}});
}
END_TEST

/* Head, body, tail; body zero-copy; both partial edges of a run that spans several inputs. */
START_TEST(edges_of_a_run)
{
    struct list l = {
        .nin = 3,
        .in = {{RIG_LOW + 60u, 100, 0}, {RIG_LOW + 160u, 1, 0}, {RIG_LOW + 161u, 100, 0}}};

    ck_assert_int_eq(map_list(&rig.dev, &l, 3, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(l.m.nsegs, 3);
    ck_assert_uint_eq(l.out[0].len, 4);
    ck_assert_uint_eq(l.out[1].addr, RIG_LOW + 64u);
    ck_assert_uint_eq(l.out[1].len, 192);
    ck_assert_uint_eq(l.out[2].len, 5);
    ck_assert_uint_eq(dmacoh_map_bounced(&l.m), 9);
    ck_assert_uint_eq(rig_stats(&rig).edges, 2);
    ck_assert_uint_eq(rig_stats(&rig).bounces, 0);
    ck_assert_int_eq(dmacoh_unmap(&l.m), DMACOH_OK);
}
END_TEST

/* No room for the extra segments, and no free edge slot: the segments with edges are bounced whole. */
START_TEST(whole_instead_of_edges)
{
    struct list l = {.nin = 2, .in = {{RIG_LOW + 60u, 1000, 0}, {RIG_LOW + 0x4000u, 4096, 0}}};

    ck_assert_int_eq(map_list(&rig.dev, &l, 2, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(l.m.nsegs, 2);
    ck_assert_uint_eq(dmacoh_map_bounced(&l.m), 1000);
    ck_assert_uint_eq(l.out[1].addr, RIG_LOW + 0x4000u);
    ck_assert_uint_eq(rig_stats(&rig).bounces, 1);
    ck_assert_uint_eq(rig_stats(&rig).edges, 0);
    ck_assert_int_eq(dmacoh_unmap(&l.m), DMACOH_OK);

    /* A pool without a region for edges: its granules are too large for an edge word. */
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 0x80000, 6);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_dev dev;

    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(map_list(&dev, &l, MAX_OUT, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_map_bounced(&l.m), 1000);
    ck_assert_uint_eq(l.m.nsegs, 2);
    ck_assert_int_eq(dmacoh_unmap(&l.m), DMACOH_OK);

    /* Edge slots run out after the first run. */
    struct list many = {.nin = 2, .in = {{RIG_LOW + 60u, 1000, 0}, {RIG_LOW + 0x4001u, 300, 0}}};
    struct dmacoh_pool_stats stats;

    const struct dmacoh_region_cfg small = rig_region_cfg(&rig, RIG_CACHED + 0x80000u, 192, 6);
    struct dmacoh_pool tight;
    struct dmacoh_region r0;

    ck_assert_int_eq(dmacoh_pool_init(&tight, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&tight, &r0, &small), DMACOH_OK);
    cfg.bounce = &tight;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(map_list(&dev, &many, MAX_OUT, DMACOH_FROM_DEVICE, 0), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_pool_stats(&tight, &stats), DMACOH_OK);
    ck_assert_uint_eq(stats.free, 192);
}
END_TEST

/* Two buffers that share a line and do not touch: both edges are bounced, nothing is lost. */
START_TEST(shared_line)
{
    struct list l = {.nin = 2, .in = {{RIG_LOW, 80, 0}, {RIG_LOW + 100u, 92, 0}}};
    uint8_t data[172];

    memset(data, 0x77, sizeof(data));
    memset(rig.low, 0x11, 256);
    ck_assert_int_eq(map_list(&rig.dev, &l, 8, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(l.m.nsegs, 4);
    ck_assert_uint_eq(dmacoh_map_bounced(&l.m), 16u + 28u);
    rig_dma(l.out, l.m.nsegs, 0, 0, data, 172, true);
    memset(rig.low + 80, 0x22, 20);
    ck_assert_int_eq(dmacoh_unmap(&l.m), DMACOH_OK);
    for (uint32_t i = 0; i < 192; i++) {
        ck_assert_uint_eq(rig.low[i], i >= 80 && i < 100 ? 0x22 : 0x77);
    }
}
END_TEST

/* NVMe: joints at pages only; the edges of a run are joined to it at a page border. */
START_TEST(page_joints)
{
    struct list l = {.nin = 1, .in = {{RIG_LOW + 0x10u, 0x3000, 0}}};
    struct dmacoh_dev dev;

    init_dev(&dev, (struct dmacoh_limits){.gap_mask = 4095});
    ck_assert_int_eq(map_list(&dev, &l, 8, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(l.m.nsegs, 3);
    ck_assert_uint_eq(l.out[0].addr & 4095u, 0x10);
    ck_assert_uint_eq(l.out[0].len, 0xff0);
    ck_assert_uint_eq(l.out[1].addr, RIG_LOW + 0x1000u);
    ck_assert_uint_eq(l.out[1].len, 0x2000);
    ck_assert_uint_eq(l.out[2].addr & 4095u, 0);
    ck_assert_uint_eq(l.out[2].len, 0x10);
    ck_assert_uint_eq(dmacoh_map_bounced(&l.m), 0x1000);
    ck_assert_int_eq(dmacoh_unmap(&l.m), DMACOH_OK);
}
END_TEST

/* 65535 segments and more than 64 KiB; each byte of the length is counted. */
START_TEST(many_segments)
{
    static struct dmacoh_seg in[65535];
    static struct dmacoh_bseg out[65535];
    struct dmacoh_map m = {0};

    for (uint32_t i = 0; i < 65535; i++) {
        in[i] = (struct dmacoh_seg){RIG_LOW + (i % 16000u) * 128u, 64, 0};
    }
    fake_clear();
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, in, 65535, out, 65534, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_NSEGS);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, in, 65535, out, 65535, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(m.nsegs, 65535);
    ck_assert_uint_eq(m.len, 65535u * 64u);
    ck_assert_uint_eq(fake_count(FAKE_DSB), 2);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 65535);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_DSB), 2);
}
END_TEST

/* --- random lists --- */

static void random_list(struct list *l)
{
    uint32_t at = rig_random() % 0x3000u;

    l->nin = rig_random() % 8u + 1u;
    for (uint32_t i = 0; i < l->nin; i++) {
        const uint32_t kind = rig_random() % 8u;
        const uint64_t base = rig_random() % 4u == 0 ? RIG_HIGH : RIG_LOW;
        uint32_t len = kind == 0 ? 0 : rig_random() % (kind < 3 ? 9000u : 300u) + 1u;

        if (i != 0 && rig_random() % 3u == 0) {
            const uint64_t end = l->in[i - 1u].phys + l->in[i - 1u].len;

            l->in[i] = (struct dmacoh_seg){end, len, rig_random()};
        } else {
            at += rig_random() % 8u == 0 ? 4096u - at % 4096u : rig_random() % 500u;
            if (rig_random() % 2u == 0) {
                at = (at + 63u) & ~63u;
                len = (len + 63u) & ~63u;
            }
            at += 0x16000u; /* never the memory of an earlier one */
            l->in[i] = (struct dmacoh_seg){base + at, len, rig_random()};
        }
    }
}

static uint32_t list_len(const struct list *l)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < l->nin; i++) {
        sum += l->in[i].len;
    }
    return sum;
}

/* Host address of byte i of the input. */
static uint8_t *in_byte(const struct list *l, uint32_t i)
{
    for (uint32_t k = 0; k < l->nin; k++) {
        if (i < l->in[k].len) {
            return fake_ram_at(l->in[k].phys + i, 1);
        }
        i -= l->in[k].len;
    }
    abort();
}

static void check_limits(const struct list *l, const struct dmacoh_limits *lim, uint32_t len)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < l->m.nsegs; i++) {
        const struct dmacoh_bseg *o = &l->out[i];

        expect(o->len != 0);
        expect(lim->max_seg == 0 || o->len <= lim->max_seg);
        expect(lim->align == 0 || o->addr % lim->align == 0);
        expect(lim->boundary == 0 ||
               o->addr / lim->boundary == (o->addr + o->len - 1u) / lim->boundary);
        expect(i == 0 || (((o[-1].addr + o[-1].len) | o->addr) & lim->gap_mask) == 0);
        sum += o->len;
    }
    expect(sum == len && l->m.len == len && l->m.bus == l->out[0].addr);
    expect(lim->max_segs == 0 || l->m.nsegs <= lim->max_segs);
}

/* Which refusals are right is tested elsewhere; here: none where there is no reason for one. */
static void check_refusal(const struct dmacoh_limits *lim, int rc, uint32_t len)
{
    expect(rc != DMACOH_E_SIZE || len == 0);
    expect(len != 0 || rc == DMACOH_E_SIZE);
    expect(rc != DMACOH_E_GAP || lim->gap_mask != 0);
    expect(rc != DMACOH_E_NSEGS || lim->max_segs != 0);
    expect(rc == DMACOH_E_SIZE || rc == DMACOH_E_GAP || rc == DMACOH_E_NSEGS ||
           (rc == DMACOH_E_SEGSIZE && lim->align > 1));
}

static void transfer(struct dmacoh_dev *dev, struct list *l, const struct dmacoh_limits *lim,
                     int dir)
{
    static uint8_t data[80000];
    const uint32_t len = list_len(l);
    struct dmacoh_pool_stats before, after;

    for (uint32_t i = 0; i < len; i++) {
        *in_byte(l, i) = (uint8_t)(i * 31u >> 3);
    }
    expect(dmacoh_pool_stats(&rig.bounce, &before) == DMACOH_OK);
    fake_clear();
    const int rc = map_list(dev, l, MAX_OUT, dir, 0);

    if (rc != DMACOH_OK) {
        check_refusal(lim, rc, len);
    } else {
        check_limits(l, lim, len);
        expect(fake_count(FAKE_DSB) <= 2u + 2u * 4u * rig_stats(&rig).windows);
        rig_dma(l->out, l->m.nsegs, 0, 0, data, len, false);
        for (uint32_t i = 0; i < len; i++) {
            expect(data[i] == (uint8_t)(i * 31u >> 3));
            data[i] = (uint8_t)~data[i];
        }
        if (dir != DMACOH_TO_DEVICE) {
            rig_dma(l->out, l->m.nsegs, 0, 0, data, len, true);
        }
        expect(dmacoh_unmap(&l->m) == DMACOH_OK);
        for (uint32_t i = 0; i < len; i++) {
            expect(*in_byte(l, i) ==
                   (uint8_t)((i * 31u >> 3) ^ (dir != DMACOH_TO_DEVICE ? 0xffu : 0)));
        }
    }
    expect(dmacoh_pool_stats(&rig.bounce, &after) == DMACOH_OK);
    expect(after.free == before.free && after.allocs == before.allocs);
}

START_TEST(random_lists)
{
    static const struct dmacoh_limits cases[] = {
        {.mask = UINT32_MAX},
        {.mask = UINT32_MAX, .max_seg = 1000},
        {.mask = UINT32_MAX, .boundary = 2048},
        {.mask = UINT32_MAX, .max_seg = 65535, .boundary = 65536, .align = 4},
        {.mask = UINT32_MAX, .gap_mask = 4095},
        {.mask = UINT32_MAX, .max_segs = 5},
        {.mask = UINT32_MAX, .align = 128, .max_seg = 500},
        {.mask = RIG_POOL + RIG_POOL_SIZE - 1u, .max_seg = 3000},
        {.mask = RIG_POOL + RIG_POOL_SIZE - 1u, .gap_mask = 4095, .boundary = 8192, .max_segs = 9},
    };
    uint32_t mapped = 0;

    rig_seed(99);
    for (uint32_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++) {
        struct dmacoh_dev dev;

        init_dev(&dev, cases[k]);
        for (uint32_t i = 0; i < 300; i++) {
            struct list l;

            random_list(&l);
            transfer(&dev, &l, &cases[k], (int)(i % 3u));
            mapped += l.m.bus != DMACOH_BUS_NONE;
        }
    }
    ck_assert_uint_gt(mapped, 1500);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("map_lists");
    TCase *t = tcase_create("map_lists");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, merges);
    tcase_add_test(t, splits);
    tcase_add_test(t, across_windows);
    tcase_add_test(t, edges_of_a_run);
    tcase_add_test(t, whole_instead_of_edges);
    tcase_add_test(t, shared_line);
    tcase_add_test(t, page_joints);
    tcase_add_test(t, many_segments);
    tcase_add_test(t, random_lists);
    suite_add_tcase(s, t);
    return rig_run(s);
}
