/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Mappings: what a failure or a cheap path must not do, and limits at their exact values. Found by
 * scripts/mutants.
 */
#include "rig.h"

#include "core.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 0x1000u
#define LINE RIG_LINE

static struct rig rig;
static struct dmacoh_dev dev;
static struct dmacoh_map map;
static uint32_t interrupts;

static void setup(void)
{
    rig_start(&rig, 2, 4);
    memset(&map, 0, sizeof(map));
    interrupts = 0;
}

static void teardown(void)
{
    rig_stop(&rig);
}

static void count_interrupt(void *ctx)
{
    (void)ctx;
    interrupts++;
}

/* The next port call that masks interrupts is noticed. */
static void arm(void (*handler)(void *ctx))
{
    interrupts = 0;
    rig.fake.irq = handler;
    rig.fake.irq_ctx = NULL;
}

static void no_hook(void *ctx)
{
    (void)ctx;
}

static void start(const struct dmacoh_dev_cfg *cfg)
{
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, cfg), DMACOH_OK);
}

static struct dmacoh_dev_cfg coherent_cfg(void)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.flags = DMACOH_DEV_COHERENT;
    return cfg;
}

static void unmap(void)
{
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}

static int map_to(struct dmacoh_dev *d, uint64_t phys, size_t len)
{
    return dmacoh_map_phys(d, &map, phys, len, DMACOH_TO_DEVICE, 0);
}

/* --- handles --- */

START_TEST(no_failure_to_tell)
{
    struct dmacoh_why why;

    ck_assert_int_eq(map_to(&rig.dev, RIG_LOW, PAGE), DMACOH_OK);
    unmap();
    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_E_STALE);
    map = (struct dmacoh_map){.bus = DMACOH_BUS_NONE};
    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_E_STALE);
}
END_TEST

START_TEST(other_cpu)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();

    ck_assert_int_eq(map_to(&rig.dev, RIG_LOW, PAGE), DMACOH_OK);
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_sync_for_device(&map, 0, 64), DMACOH_OK);
    unmap();
    rig.fake.cpu = 0;
    /* Without cache operations a mapping has no CPU. */
    rig.c.flags |= DMACOH_F_CPU_AFFINE;
    cfg.flags |= DMACOH_DEV_FORCE_BOUNCE;
    start(&cfg);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, 64), DMACOH_OK);
    rig.fake.cpu = 1;
    unmap();
}
END_TEST

/* A coherent direct mapping has nothing to undo: no call of the port, no lock, no statistics. */
START_TEST(nothing_to_undo)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    struct dmacoh_seg in[2] = {{RIG_LOW, PAGE, 0}, {RIG_LOW + 2u * PAGE, PAGE, 0}};
    struct dmacoh_bseg out[2];

    start(&cfg);
    arm(count_interrupt);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, PAGE), DMACOH_OK);
    ck_assert_int_eq(dmacoh_sync_for_device(&map, 0, 64), DMACOH_OK);
    ck_assert_int_eq(dmacoh_sync_for_cpu(&map, 0, 64), DMACOH_OK);
    unmap();
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 2, out, 2, DMACOH_BIDIRECTIONAL, 0),
                     DMACOH_OK);
    unmap();
    /* The device's writes need not be waited for if it only reads. */
    cfg.flush_posted = no_hook;
    start(&cfg);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, PAGE), DMACOH_OK);
    unmap();
    ck_assert_uint_eq(interrupts, 0);
    rig.fake.irq = NULL;
}
END_TEST

/* Is [phys, phys + len) served by the fast path, which does not write all of the handle? */
static bool is_fast(uint64_t phys, size_t len)
{
    bool fast;

    memset(&map, 0xa5, sizeof(map));
    ck_assert_int_eq(map_to(&dev, phys, len), DMACOH_OK);
    fast = map.u.one.phys == UINT64_C(0xa5a5a5a5a5a5a5a5);
    ck_assert_uint_eq(map.bus, phys);
    ck_assert_uint_eq(dmacoh_map_bounced(&map), 0);
    unmap();
    return fast;
}

START_TEST(fast_path)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();

    start(&cfg);
    ck_assert(is_fast(RIG_LOW, 1) && is_fast(RIG_LOW, 0x10000) && !is_fast(RIG_LOW, 0x10001));
    ck_assert(is_fast(RIG_LOW + dev.win_last, 0x10000));
    ck_assert(!is_fast(RIG_LOW + dev.win_last + 1u, 0x1000));
    ck_assert_int_eq(dmacoh_map_phys(&dev, NULL, RIG_LOW, 1, DMACOH_TO_DEVICE, 0), DMACOH_E_INVAL);
    cfg.limits.max_seg = PAGE;
    start(&cfg);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, PAGE + 1u), DMACOH_E_SEGSIZE);
}
END_TEST

static void expect_not_yet(void *ctx)
{
    (void)ctx;
    interrupts++;
    ck_assert_uint_eq(map.how & 0x4u, 0); /* owned by the CPU */
}

/* The state of a shared handle changes with interrupts masked, under the lock. */
START_TEST(shared_state)
{
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, PAGE, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_ref(&map), DMACOH_OK);
    arm(expect_not_yet);
    ck_assert_int_eq(dmacoh_sync_for_cpu(&map, 0, PAGE), DMACOH_OK);
    ck_assert_uint_eq(interrupts, 1);
    ck_assert_uint_eq(map.how & 0x4u, 0x4u);
    unmap();
    unmap();
}
END_TEST

START_TEST(dead_handle_has_no_bounce)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    start(&cfg);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, 100), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_map_bounced(&map), 100);
    unmap();
    ck_assert_uint_eq(dmacoh_map_bounced(&map), 0);
}
END_TEST

/* --- errors --- */

START_TEST(window_depth)
{
    struct dmacoh_why why;

    rig.c.percpu[0].depth = 4;
    ck_assert_int_eq(map_to(&rig.dev, RIG_HIGH, PAGE), DMACOH_E_DEPTH);
    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_OK);
    ck_assert_uint_eq(why.limit, 4);
    ck_assert_uint_eq(why.got, 5);
    rig.c.percpu[0].depth = 0;
}
END_TEST

START_TEST(lengths)
{
    void *nowhere = (void *)(uintptr_t)0x1000u;

    ck_assert_int_eq(map_to(&rig.dev, RIG_LOW, UINT32_MAX), DMACOH_E_NOTRAM);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &map, nowhere, 0, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_SIZE);
    ck_assert_int_eq(
        dmacoh_map_single(&rig.dev, &map, rig_va(&rig, RIG_LOW), UINT32_MAX, DMACOH_TO_DEVICE, 0),
        DMACOH_E_NOMAP);
    /* Memory without a mapping has no virtual address, also not a low one. */
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &map, nowhere, 64, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_NOMAP);
    /* A live handle stays live, whatever else is wrong. */
    ck_assert_int_eq(map_to(&rig.dev, RIG_LOW, 64), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &map, nowhere, 64, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_BUSY);
    unmap();
}
END_TEST

START_TEST(end_of_the_memory_map)
{
    rig.mem[4] = (struct dmacoh_mem){RIG_POOL, PAGE, (uintptr_t)rig.pool_mem, DMACOH_RAM_LINEAR};
    ck_assert_int_eq(map_to(&rig.dev, RIG_POOL, 64), DMACOH_E_NOTRAM);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &map, rig.pool_mem, 64, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_NOMAP);
}
END_TEST

/* The va of an entry without a mapping is no address: it overlaps nothing. */
START_TEST(memory_at_address_zero)
{
    for (uint32_t first = 0; first < 2u; first++) {
        static struct rig other;

        rig_machine(&other, 1, 0);
        other.mem[2 * first] = (struct dmacoh_mem){RIG_NODMA, PAGE, 0, DMACOH_RAM_NODMA};
        other.cfg.nmem = 3;
        if (first == 0) {
            other.mem[2].kind = DMACOH_RAM_HIGH;
            other.mem[2].va = 0;
            other.mem[2].phys = RIG_FAR;
        }
        ck_assert_int_eq(dmacoh_init(&other.c, &other.cfg), DMACOH_OK);
        rig_stop(&other);
    }
    fake = &rig.fake;
}
END_TEST

/* The CPU would have to maintain or to copy memory that it cannot reach. */
START_TEST(memory_in_the_dark)
{
    static struct rig dark;
    struct dmacoh_dev_cfg cfg;
    const uint32_t attrs = DMACOH_ATTR_OVERWRITE;

    rig_start(&dark, 1, 0);
    cfg = rig_dev_cfg(&dark);
    cfg.bounce = NULL;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &dark.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(map_to(&dev, RIG_HIGH, PAGE), DMACOH_E_NOMAP);
    cfg = rig_dev_cfg(&dark);
    cfg.flags = DMACOH_DEV_COHERENT;
    cfg.limits.mask = RIG_HIGH - 1u;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &dark.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, RIG_HIGH, PAGE, DMACOH_FROM_DEVICE, attrs),
                     DMACOH_E_NOMAP);
    rig_stop(&dark);
    fake = &rig.fake;
}
END_TEST

/* The first byte of memory is no exception. */
START_TEST(dark_byte_zero)
{
    static struct rig dark;
    struct dmacoh_dev_cfg cfg;

    rig_machine(&dark, 1, 0);
    dark.mem[1].phys = 0;
    ck_assert_int_eq(dmacoh_init(&dark.c, &dark.cfg), DMACOH_OK);
    cfg = rig_dev_cfg(&dark);
    ck_assert_int_eq(dmacoh_dev_init(&dev, &dark.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(map_to(&dev, 0, 1), DMACOH_E_NOMAP);
    rig_stop(&dark);
    fake = &rig.fake;
}
END_TEST

/* --- lists --- */

/* The first wrong segment is told, and what comes after it does not make it right. */
START_TEST(first_segment_is_wrong)
{
    struct dmacoh_seg in[2] = {{RIG_POOL, 64, 0}, {RIG_LOW, 64, 0}};
    struct dmacoh_bseg out[2];
    struct dmacoh_why why;

    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &map, in, 2, out, 2, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_NOTRAM);
    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_OK);
    ck_assert_uint_eq(why.seg, 0);
}
END_TEST

START_TEST(most_segments)
{
    struct dmacoh_seg in[3] = {
        {RIG_LOW, 64, 0}, {RIG_LOW + 0x100, 64, 0}, {RIG_LOW + 0x200, 64, 0}};
    struct dmacoh_bseg *many = calloc(UINT16_MAX, sizeof(*many));
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_bseg out[3] = {{0}};

    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &map, in, 3, many, UINT16_MAX, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    unmap();
    /* The smaller one of both limits counts. */
    cfg.limits.max_segs = 100;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 3, out, 2, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_NSEGS);
    ck_assert_uint_eq(out[2].len, 0);
    free(many);
}
END_TEST

/* The number that is told is the one that is wrong. */
START_TEST(wrong_number_of_segments)
{
    struct dmacoh_seg *in = calloc(UINT16_MAX + 1u, sizeof(*in));
    struct dmacoh_bseg out[1];
    struct dmacoh_why why;

    in[0] = (struct dmacoh_seg){RIG_LOW, 64, 0};
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &map, in, UINT16_MAX, out, 0, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_NSEGS);
    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_OK);
    ck_assert_uint_eq(why.limit, UINT16_MAX);
    ck_assert_uint_eq(why.got, 0);
    ck_assert_int_eq(
        dmacoh_map_segs(&rig.dev, &map, in, UINT16_MAX + 1u, out, 1, DMACOH_TO_DEVICE, 0),
        DMACOH_E_NSEGS);
    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_OK);
    ck_assert_uint_eq(why.got, UINT16_MAX + 1u);
    free(in);
}
END_TEST

START_TEST(longest_list)
{
    struct dmacoh_seg in[2] = {{0x100000000, 0x80000000u, 0}, {0x300000000, 0x7fffffffu, 0}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_bseg out[2];

    cfg.limits.mask = UINT64_MAX;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 2, out, 2, DMACOH_TO_DEVICE, DMACOH_ATTR_MMIO),
                     DMACOH_OK);
    unmap();
    in[1].len++;
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 2, out, 2, DMACOH_TO_DEVICE, DMACOH_ATTR_MMIO),
                     DMACOH_E_SIZE);
}
END_TEST

/* Whole lines that two segments share need no edge, so there is no second try when segments are too many. */
START_TEST(no_second_try)
{
    struct dmacoh_seg in[3] = {
        {RIG_LOW, 0x20, 0}, {RIG_LOW + 0x20, 0x20, 0}, {RIG_LOW + PAGE, 64, 0}};
    struct dmacoh_bseg out[1];
    struct dmacoh_why why;

    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &map, in, 3, out, 1, DMACOH_FROM_DEVICE, 0),
                     DMACOH_E_NSEGS);
    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_OK);
    ck_assert_uint_eq(why.seg, 2);
}
END_TEST

/* Pieces of one line need one edge slot, not two. */
START_TEST(one_edge)
{
    struct dmacoh_seg in = {RIG_LOW + 4u, 8, 0};
    struct dmacoh_bseg out[3];
    const struct dmacoh_stats before = rig_stats(&rig);

    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &map, &in, 1, out, 3, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(rig_stats(&rig).edges, before.edges + 1u);
    unmap();
}
END_TEST

/* Memory that touches on the bus is one segment, though it does not touch in memory. Bus addresses from 0. */
START_TEST(joined_on_the_bus)
{
    static const struct dmacoh_window w[2] = {{RIG_LOW, 0, PAGE},
                                              {RIG_LOW + 4u * PAGE, PAGE, PAGE}};
    struct dmacoh_seg in[2] = {{RIG_LOW, PAGE, 0}, {RIG_LOW + 4u * PAGE, PAGE, 0}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_bseg out[2];

    cfg.coherent = NULL;
    cfg.bounce = NULL;
    cfg.windows = w;
    cfg.nwindows = 2;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 2, out, 2, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(map.nsegs, 1);
    ck_assert_uint_eq(out[0].addr, 0);
    ck_assert_uint_eq(out[0].len, 2u * PAGE);
    unmap();
    ck_assert_int_eq(map_to(&dev, RIG_LOW, PAGE), DMACOH_OK);
    ck_assert_uint_eq(map.bus, 0);
    unmap();
}
END_TEST

/* A run that goes on in another bus window does not hide that its beginning was refused. */
START_TEST(refused_before_a_window_ends)
{
    static const struct dmacoh_window w[2] = {{RIG_LOW, 0, 2u * PAGE},
                                              {RIG_LOW + 2u * PAGE, 0x100000, 4u * PAGE}};
    struct dmacoh_seg in[3] = {
        {RIG_LOW, PAGE, 0}, {RIG_LOW + 2u * PAGE - 128u, 128, 0}, {RIG_LOW + 2u * PAGE, PAGE, 0}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_bseg out[4];

    cfg.coherent = NULL;
    cfg.bounce = NULL;
    cfg.limits.gap_mask = PAGE - 1u;
    cfg.windows = w;
    cfg.nwindows = 2;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 3, out, 4, DMACOH_TO_DEVICE, 0), DMACOH_E_GAP);
}
END_TEST

/* --- slots and boundaries --- */

/* Eight granules of which the first is taken: what follows is misaligned for a boundary of two. */
static void start_boundary(struct dmacoh_pool *pool, struct dmacoh_region *region, uint64_t phys,
                           uint64_t size)
{
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, phys, size, 11);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    memset(pool, 0, sizeof(*pool));
    ck_assert_int_eq(dmacoh_pool_init(pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(pool, region, &rc), DMACOH_OK);
    cfg.bounce = pool;
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    cfg.limits.boundary = PAGE;
    start(&cfg);
}

START_TEST(slot_within_a_boundary)
{
    static struct dmacoh_pool pool;
    static struct dmacoh_region region;
    static const size_t lens[] = {3000, PAGE};
    struct dmacoh_map first = {0};

    start_boundary(&pool, &region, RIG_POOL + 0x50000u, 8u * 2048u);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &first, RIG_LOW, 64, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    for (uint32_t i = 0; i < 2u; i++) {
        ck_assert_int_eq(map_to(&dev, RIG_LOW, lens[i]), DMACOH_OK);
        ck_assert_uint_eq(map.bus / PAGE, (map.bus + lens[i] - 1u) / PAGE);
        unmap();
    }
    ck_assert_int_eq(dmacoh_unmap(&first), DMACOH_OK);
}
END_TEST

/* What is longer than the boundary is split there, wherever its slot lies. */
START_TEST(slot_over_a_boundary)
{
    static struct dmacoh_pool pool;
    static struct dmacoh_region region;
    struct dmacoh_seg in = {RIG_LOW, 5000, 0};
    struct dmacoh_bseg out[3];

    start_boundary(&pool, &region, RIG_POOL + 0x50800u, 3u * 2048u);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, &in, 1, out, 3, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(out[0].addr, RIG_POOL + 0x50800u);
    ck_assert_uint_eq(out[0].len, 0x800);
    unmap();
}
END_TEST

/* Somebody gives memory back just after an edge slot was refused. */
static struct dmacoh_map holder;

static void give_back(void *ctx, uint32_t event, const void *object, const struct dmacoh_why *why)
{
    (void)ctx;
    (void)object;
    (void)why;
    if (event == DMACOH_EVENT_EXHAUSTED) {
        (void)dmacoh_unmap(&holder);
    }
}

/* An edge that was refused stays so, though the next ones would be granted: a mapping has all or none. */
START_TEST(refused_edge)
{
    static const struct dmacoh_port_ops ops = {.event = give_back};
    static struct dmacoh_pool pool;
    static struct dmacoh_region region;
    struct dmacoh_seg in[2] = {{RIG_LOW + 0x1010, 0x100, 0}, {RIG_LOW + 0x3010, 0x1f0, 0}};
    struct dmacoh_seg held = {RIG_LOW + 0x5010, 0x100, 0};
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_POOL + 0x50000u, 2u * LINE, 6);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_bseg held_out[3];
    struct dmacoh_bseg out[6];

    memset(&pool, 0, sizeof(pool));
    rc.max_run = 1;
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    start(&cfg);
    rig.c.ops = &ops;
    for (uint32_t n = 1; n <= 2u; n++) {
        memset(&holder, 0, sizeof(holder));
        ck_assert_int_eq(
            dmacoh_map_segs(&dev, &holder, &held, 1, held_out, 3, DMACOH_FROM_DEVICE, 0),
            DMACOH_OK);
        ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, n, out, 6, DMACOH_FROM_DEVICE, 0),
                         DMACOH_E_NOREGION);
    }
    rig.c.ops = NULL;
}
END_TEST

/* Windows reach memory up to the last byte below 4 GiB, and no further. */
START_TEST(end_of_the_windows)
{
    static struct rig far;
    const uint64_t end = (uint64_t)1 << 32;

    rig_machine(&far, 1, 4);
    far.mem[3].phys = end - RIG_FAR_SIZE;
    far.fake.ram[far.fake.nram - 1u].phys = end - RIG_FAR_SIZE;
    for (uint32_t i = 0; i < 2u; i++) {
        ck_assert_int_eq(dmacoh_init(&far.c, &far.cfg), DMACOH_OK);
        struct dmacoh_dev_cfg cfg = rig_dev_cfg(&far);

        cfg.limits.mask = UINT64_MAX;
        ck_assert_int_eq(dmacoh_dev_init(&dev, &far.c, &cfg), DMACOH_OK);
        ck_assert_int_eq(map_to(&dev, end - PAGE, i == 0 ? PAGE : 2u * PAGE),
                         i == 0 ? DMACOH_OK : DMACOH_E_NOMAP);
        if (i == 0) {
            unmap();
        }
        ck_assert_int_eq(dmacoh_dev_fini(&dev), DMACOH_OK);
        ck_assert_int_eq(dmacoh_fini(&far.c), DMACOH_OK);
        far.mem[3].phys = end - PAGE;
    }
    rig_stop(&far);
    fake = &rig.fake;
}
END_TEST

/* A range that crosses the boundary twice crosses it. */
START_TEST(two_boundaries)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.limits.boundary = PAGE;
    start(&cfg);
    ck_assert_int_eq(map_to(&dev, RIG_LOW + 0x800u, 2u * PAGE), DMACOH_E_BOUNDARY);
}
END_TEST

/* The mask of coherent memory is no limit of a map. */
START_TEST(coherent_mask)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.limits.coherent_mask = RIG_LOW - 1u;
    cfg.bounce = NULL;
    start(&cfg);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, 64), DMACOH_OK);
    unmap();
    cfg.limits.mask = RIG_LOW - 1u;
    cfg.limits.coherent_mask = UINT32_MAX;
    start(&cfg);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, 64), DMACOH_E_MASK);
}
END_TEST

/* A slot that is shorter than the unit is aligned to the unit still: data keep their place in it. */
START_TEST(short_slots)
{
    static struct dmacoh_pool pool;
    static struct dmacoh_region region;
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map first = {0};

    start_boundary(&pool, &region, RIG_POOL + 0x50000u, 8u * 2048u);
    cfg.bounce = &pool;
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    cfg.limits.boundary = 4u * PAGE;
    cfg.limits.gap_mask = PAGE - 1u;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &first, RIG_LOW, 64, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_int_eq(map_to(&dev, RIG_LOW, 64), DMACOH_OK);
    ck_assert_uint_eq(first.bus % PAGE, 0);
    ck_assert_uint_eq(map.bus % PAGE, 0);
    unmap();
    ck_assert_int_eq(dmacoh_unmap(&first), DMACOH_OK);
}
END_TEST

/* A refusal gives back what its mapping has taken, and nothing of another one's. */
START_TEST(refused_edge_of_another)
{
    static struct dmacoh_pool pool;
    static struct dmacoh_region region;
    struct dmacoh_seg held[1] = {{RIG_LOW + 0x5010, 0x100, 0}};
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_POOL + 0x50000u, 2u * LINE, 6);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map holding = {0};
    struct dmacoh_pool_stats stats;
    struct dmacoh_bseg out[3];

    memset(&pool, 0, sizeof(pool));
    rc.max_run = 1;
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &holding, held, 1, out, 3, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    for (uint32_t head = 0; head <= 0x10u; head += 0x10u) {
        struct dmacoh_seg in[1] = {{RIG_LOW + 0x1000u + head, 0x110, 0}};

        ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 1, out, 3, DMACOH_FROM_DEVICE, 0),
                         DMACOH_E_NOREGION);
        ck_assert_int_eq(dmacoh_pool_stats(&pool, &stats), DMACOH_OK);
        ck_assert_uint_eq(stats.allocs, 2);
        ck_assert_uint_eq(stats.free, 0);
    }
    ck_assert_int_eq(dmacoh_unmap(&holding), DMACOH_OK);
}
END_TEST

/* The last byte of a segment is used, too. */
START_TEST(one_byte_left)
{
    static const struct dmacoh_window w[2] = {{RIG_LOW, 0, LINE - 1u},
                                              {RIG_LOW + 0x2000u + LINE - 1u, LINE - 1u, PAGE}};
    struct dmacoh_seg in[2] = {{RIG_LOW, LINE - 1u, 0}, {RIG_LOW + 0x2000u + LINE - 1u, LINE, 0}};
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    struct dmacoh_bseg out[3];

    cfg.coherent = NULL;
    cfg.bounce = NULL;
    cfg.windows = w;
    cfg.nwindows = 2;
    cfg.limits.max_seg = LINE;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 2, out, 3, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(out[0].addr, 0);
    ck_assert_uint_eq(out[0].len, LINE);
    ck_assert_uint_eq(out[1].len, LINE - 1u);
    unmap();
}
END_TEST

/* --- what a handle says --- */

static void why_is(uint32_t seg, uint64_t limit, uint64_t got)
{
    struct dmacoh_why why;

    ck_assert_int_eq(dmacoh_map_why(&map, &why), DMACOH_OK);
    ck_assert_uint_eq(why.seg, seg);
    ck_assert_uint_eq(why.limit, limit);
    ck_assert_uint_eq(why.got, got);
}

/* Handles need not be zeroed; whatever they held, each member is of this mapping. */
START_TEST(members)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    struct dmacoh_seg in[2] = {{.phys = RIG_LOW, .len = 64}, {.phys = RIG_LOW + PAGE, .len = 64}};
    struct dmacoh_bseg out[2];

    start(&cfg);
    memset(&map, 0x5a, sizeof(map));
    ck_assert_int_eq(map_to(&dev, RIG_LOW, 64), DMACOH_OK);
    ck_assert_ptr_eq(map.dev, &dev);
    unmap();
    memset(&map, 0x5a, sizeof(map));
    ck_assert_int_eq(map_to(&rig.dev, RIG_LOW, 64), DMACOH_OK);
    ck_assert_uint_eq((uintptr_t)map.u.one.xlate, 0);
    unmap();
    memset(&map, 0x5a, sizeof(map));
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &map, in, 2, out, 2, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_ptr_eq(map.u.list.out, out);
    ck_assert_uint_eq(map.u.list.nout, 2);
    ck_assert_uint_eq((uintptr_t)map.u.list.xlate, 0);
    unmap();
}
END_TEST

/* The segment that is to blame, and its address. */
START_TEST(who_is_to_blame)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_seg in[3] = {{.phys = RIG_LOW, .len = PAGE},
                               {.phys = RIG_LOW + 3u * PAGE + 64u, .len = PAGE - 64u},
                               {.phys = RIG_LOW + 4u * PAGE, .len = PAGE}};
    struct dmacoh_bseg out[3];

    cfg.limits.gap_mask = PAGE - 1u;
    start(&cfg);
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 3, out, 3, DMACOH_TO_DEVICE, 0), DMACOH_E_GAP);
    why_is(1, PAGE - 1u, in[1].phys);
    cfg.limits.gap_mask = 0;
    cfg.bounce = NULL;
    start(&cfg);
    in[1].phys += 8u;
    in[1].len -= 16u;
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 3, out, 3, DMACOH_FROM_DEVICE, 0),
                     DMACOH_E_EDGE);
    why_is(1, LINE, in[1].phys);
    in[2].phys = UINT64_MAX - 10u;
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 3, out, 3, DMACOH_FROM_DEVICE, 0),
                     DMACOH_E_RANGE);
    why_is(2, UINT64_MAX, in[2].phys);
    /* No slot of a window: nobody's fault. */
    in[1] = (struct dmacoh_seg){.phys = RIG_HIGH, .len = PAGE};
    in[2] = (struct dmacoh_seg){.phys = RIG_HIGH + 2u * PAGE, .len = PAGE};
    rig.c.percpu[0].depth = 4;
    ck_assert_int_eq(dmacoh_map_segs(&dev, &map, in, 3, out, 3, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_DEPTH);
    why_is(0, 4, 5);
    rig.c.percpu[0].depth = 0;
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_map");
    TCase *t = tcase_create("map");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, no_failure_to_tell);
    tcase_add_test(t, members);
    tcase_add_test(t, who_is_to_blame);
    tcase_add_test(t, other_cpu);
    tcase_add_test(t, nothing_to_undo);
    tcase_add_test(t, fast_path);
    tcase_add_test(t, shared_state);
    tcase_add_test(t, dead_handle_has_no_bounce);
    tcase_add_test(t, window_depth);
    tcase_add_test(t, lengths);
    tcase_add_test(t, end_of_the_memory_map);
    tcase_add_test(t, memory_at_address_zero);
    tcase_add_test(t, memory_in_the_dark);
    tcase_add_test(t, dark_byte_zero);
    tcase_add_test(t, first_segment_is_wrong);
    tcase_add_test(t, most_segments);
    tcase_add_test(t, wrong_number_of_segments);
    tcase_add_test(t, longest_list);
    tcase_add_test(t, no_second_try);
    tcase_add_test(t, one_edge);
    tcase_add_test(t, joined_on_the_bus);
    tcase_add_test(t, refused_before_a_window_ends);
    tcase_add_test(t, slot_within_a_boundary);
    tcase_add_test(t, slot_over_a_boundary);
    tcase_add_test(t, refused_edge);
    tcase_add_test(t, end_of_the_windows);
    tcase_add_test(t, two_boundaries);
    tcase_add_test(t, coherent_mask);
    tcase_add_test(t, short_slots);
    tcase_add_test(t, refused_edge_of_another);
    tcase_add_test(t, one_byte_left);
    suite_add_tcase(s, t);
    return rig_run(s);
}
