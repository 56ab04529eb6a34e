/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Pools: the choice between regions and their errors, and limits at their exact values. Found by
 * scripts/mutants.
 */
#include "rig.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 0x1000u

static struct rig rig;
static struct dmacoh_pool pool;
static struct dmacoh_region regions[8];
static struct dmacoh_dev dev;

static void setup(void)
{
    rig_start(&rig, 1, 4);
    memset(&pool, 0, sizeof(pool));
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* The rig's own regions leave the second 64 KiB of its pool memory to the tests. */
#define FREE_PHYS (RIG_POOL + 0x50000u)

static void add(uint32_t i, uint64_t offset, uint64_t size, uint32_t shift)
{
    const struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, FREE_PHYS + offset, size, shift);

    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[i], &cfg), DMACOH_OK);
}

static void start_device(void)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.coherent = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
}

/* A page in every second place: much is free, but never two pages together. */
static void fragment(struct dmacoh_buf *b, uint32_t pages)
{
    for (uint32_t i = 0; i < pages; i++) {
        ck_assert_int_eq(dmacoh_alloc(&dev, &b[i], PAGE, 0), DMACOH_OK);
    }
    for (uint32_t i = 0; i < pages; i += 2u) {
        ck_assert_int_eq(dmacoh_free(&b[i]), DMACOH_OK);
    }
}

/* A region that is fragmented neither stops the search, nor is its reason lost. */
START_TEST(next_region_after_a_fragmented_one)
{
    struct dmacoh_buf b[4] = {0};
    struct dmacoh_buf two = {0};
    struct dmacoh_buf more = {0};

    add(0, 0, 4u * PAGE, 12);
    start_device();
    fragment(b, 4);
    add(1, 8u * PAGE, 2u * PAGE, 12);
    ck_assert_int_eq(dmacoh_alloc(&dev, &two, 2u * PAGE, 0), DMACOH_OK);
    ck_assert_uint_eq(two.phys, FREE_PHYS + 8u * PAGE);
    /* fragmented, then full */
    ck_assert_int_eq(dmacoh_alloc(&dev, &more, 2u * PAGE, 0), DMACOH_E_FRAG);
}
END_TEST

START_TEST(fragmented_behind_full)
{
    struct dmacoh_buf first = {0};
    struct dmacoh_buf more = {0};
    struct dmacoh_buf b[4] = {0};

    add(0, 0, 2u * PAGE, 12);
    start_device();
    ck_assert_int_eq(dmacoh_alloc(&dev, &first, 2u * PAGE, 0), DMACOH_OK);
    add(1, 8u * PAGE, 4u * PAGE, 12);
    fragment(b, 4);
    ck_assert_int_eq(dmacoh_alloc(&dev, &more, 2u * PAGE, 0), DMACOH_E_FRAG);
}
END_TEST

/* The low mark is kept when there is more again. */
START_TEST(low_mark)
{
    struct dmacoh_buf big = {0};
    struct dmacoh_buf small = {0};
    struct dmacoh_pool_stats s;

    add(0, 0, 8u * PAGE, 12);
    start_device();
    ck_assert_int_eq(dmacoh_alloc(&dev, &big, 7u * PAGE, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_free(&big), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&dev, &small, PAGE, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &s), DMACOH_OK);
    ck_assert_uint_eq(s.min_free, PAGE);
    ck_assert_uint_eq(s.free, 7u * PAGE);
}
END_TEST

/* A system may have hooks without one for events. */
START_TEST(no_event_hook)
{
    static const struct dmacoh_port_ops none;
    struct dmacoh_buf buf = {0};

    start_device();
    rig.c.ops = &none;
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf, PAGE, 0), DMACOH_E_NOREGION);
    rig.c.ops = NULL;
}
END_TEST

/*
 * A handle copied back after its buffer was freed, whose generation happens to be the number that the
 * allocator keeps in the same word for a free run: the next one of the list.
 */
START_TEST(generation_like_a_link)
{
    struct dmacoh_buf b[6] = {0};
    struct dmacoh_buf burnt = {0};
    struct dmacoh_pool_stats s;

    add(0, 0, 16u * PAGE, 12);
    start_device();
    for (uint32_t i = 0; i < 2u; i++) {
        ck_assert_int_eq(dmacoh_alloc(&dev, &burnt, PAGE, 0), DMACOH_OK);
        ck_assert_int_eq(dmacoh_free(&burnt), DMACOH_OK);
    }
    for (uint32_t i = 0; i < 6u; i++) {
        ck_assert_int_eq(dmacoh_alloc(&dev, &b[i], PAGE, 0), DMACOH_OK);
    }
    ck_assert_uint_eq(b[2].run, 2);
    ck_assert_uint_eq(b[2].gen, 4);
    const struct dmacoh_buf copy = b[2];

    ck_assert_int_eq(dmacoh_free(&b[4]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_free(&b[2]), DMACOH_OK);
    b[2] = copy;
    ck_assert_int_eq(dmacoh_free(&b[2]), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &s), DMACOH_OK);
    ck_assert_uint_eq(s.allocs, 4);
    ck_assert_uint_eq(s.free, 12u * PAGE);
}
END_TEST

/* What is refused, and for which reason, on both sides of each limit. */
START_TEST(limits_of_a_region)
{
    struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, FREE_PHYS, PAGE, 12);
    struct dmacoh_region r;

    cfg.granule_shift = 31;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &r, &cfg), DMACOH_E_SIZE);
    cfg.granule_shift = 32;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &r, &cfg), DMACOH_E_INVAL);
    cfg.granule_shift = 6;
    cfg.size = (uint64_t)64 << 27;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &r, &cfg), DMACOH_E_RANGE);
    cfg.size += 64;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &r, &cfg), DMACOH_E_SIZE);
}
END_TEST

/* A wrong region is a wrong region in a full pool, too. */
START_TEST(full_pool)
{
    struct dmacoh_region_cfg cfg;
    struct dmacoh_region r;

    for (uint32_t i = 0; i < DMACOH_POOL_MAX_REGIONS; i++) {
        add(i, i * PAGE, PAGE, 12);
    }
    cfg = rig_region_cfg(&rig, FREE_PHYS + 0x8000u, PAGE, 12);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &r, &cfg), DMACOH_E_FULL);
    cfg.size = 0;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &r, &cfg), DMACOH_E_SIZE);
}
END_TEST

/* A limit of one allocation beyond the region's size is no limit. */
START_TEST(generous_max_run)
{
    struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, FREE_PHYS, 4u * PAGE, 12);
    struct dmacoh_buf buf = {0};

    cfg.max_run = 5;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &cfg), DMACOH_OK);
    start_device();
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf, 5u * PAGE, 0), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf, 4u * PAGE, 0), DMACOH_OK);
}
END_TEST

/* The side array of one region must not lie in the memory of another. */
START_TEST(metadata_in_another_region)
{
    struct dmacoh_region_cfg outer = rig_region_cfg(&rig, RIG_CACHED, 4u * PAGE, 12);
    struct dmacoh_region_cfg other = rig_region_cfg(&rig, RIG_CACHED + 8u * PAGE, 4u * PAGE, 12);

    outer.meta = rig_va(&rig, RIG_CACHED + 8u * PAGE);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &outer), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[1], &other), DMACOH_E_OVERLAP);
    other.meta = outer.meta;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[1], &other), DMACOH_E_OVERLAP);
}
END_TEST

/* Every line of the region and no other, clean and invalidate, with its barriers and in the statistics. */
static void check_purge(uintptr_t va, uint32_t lines)
{
    ck_assert_uint_eq(rig_lines(), lines);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN_INVAL), lines);
    ck_assert_uint_eq(fake->nlog, lines + 2u);
    ck_assert_int_eq(fake->log[0].kind, FAKE_DSB);
    for (uint32_t i = 0; i < lines; i++) {
        ck_assert_uint_eq(fake->log[1u + i].at, va + i * RIG_LINE);
    }
    ck_assert_int_eq(fake->log[lines + 1u].kind, FAKE_DSB);
}

START_TEST(purge)
{
    static const uint32_t attrs[] = {DMACOH_MEM_UNCACHED, DMACOH_MEM_WC};

    for (uint32_t i = 0; i < 2u; i++) {
        struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, FREE_PHYS, 2u * PAGE, 12);
        const uint32_t lines = 2u * PAGE / RIG_LINE;
        const struct dmacoh_stats before = rig_stats(&rig);

        cfg.flags = 0;
        cfg.attr = (uint16_t)attrs[i];
        rig.fake.sctlr &= ~0x10000000u;
        fake_clear();
        ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &cfg), DMACOH_OK);
        check_purge(cfg.va, lines);
        ck_assert_uint_eq(rig_stats(&rig).lines_clean_inval, before.lines_clean_inval + lines);
        ck_assert_uint_eq(rig_stats(&rig).barriers, before.barriers + 2u);
        ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &regions[0]), DMACOH_OK);
    }
}
END_TEST

START_TEST(purge_of_cached_memory)
{
    const struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, RIG_CACHED, 2u * PAGE, 12);

    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &regions[0]), DMACOH_OK);
    check_purge(cfg.va, 2u * PAGE / RIG_LINE);
}
END_TEST

/* Pools go in any order, and the others stay. */
START_TEST(pools_of_an_instance)
{
    static struct dmacoh_pool other[3];

    for (uint32_t gone = 0; gone < 3u; gone++) {
        for (uint32_t i = 0; i < 3u; i++) {
            ck_assert_int_eq(dmacoh_pool_init(&other[i], &rig.c, NULL), DMACOH_OK);
        }
        ck_assert_int_eq(dmacoh_pool_fini(&other[gone]), DMACOH_OK);
        for (uint32_t i = 0; i < 3u; i++) {
            ck_assert_int_eq(dmacoh_pool_init(&other[i], &rig.c, NULL),
                             i == gone ? DMACOH_OK : DMACOH_E_BUSY);
        }
        for (uint32_t i = 0; i < 3u; i++) {
            ck_assert_int_eq(dmacoh_pool_fini(&other[i]), DMACOH_OK);
        }
    }
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_E_BUSY);
    ck_assert_int_eq(dmacoh_pool_init(&rig.bounce, &rig.c, NULL), DMACOH_E_BUSY);
}
END_TEST

/* Alignments as large as an allocator of 2^27 granules can tell apart, and the next one. */
START_TEST(huge_alignment)
{
    static const struct dmacoh_window w = {RIG_POOL, (uint64_t)1 << 33, RIG_POOL_SIZE};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_POOL, 0x1000, 6);
    static struct dmacoh_pool front;
    struct dmacoh_buf buf = {0};

    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.bounce, &rig.r_edges), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_init(&front, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&front, &regions[0], &rc), DMACOH_OK);
    cfg.limits.mask = UINT64_MAX;
    cfg.coherent = &front;
    cfg.bounce = NULL;
    cfg.windows = &w;
    cfg.nwindows = 1;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc_aligned(&dev, &buf, 64, (size_t)1 << 34, 0, 0), DMACOH_E_FRAG);
    ck_assert_int_eq(dmacoh_alloc_aligned(&dev, &buf, 64, (size_t)1 << 33, 0, 0), DMACOH_OK);
    ck_assert_uint_eq(buf.bus, (uint64_t)1 << 33);
}
END_TEST

/* An edge's word has room for 4096 granules: a region of so many serves edges, a larger one does not. */
START_TEST(largest_edge_region)
{
    for (uint32_t more = 0; more < 2u; more++) {
        const uint64_t size = (4096u + more) * (uint64_t)RIG_LINE;
        struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, RIG_CACHED, size, 6);
        struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
        struct dmacoh_seg in = {RIG_LOW + 0x10u, 200, 0};
        struct dmacoh_bseg out[3];
        struct dmacoh_map map = {0};

        cfg.max_run = 1;
        ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &cfg), DMACOH_OK);
        dc.bounce = &pool;
        ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dc), DMACOH_OK);
        ck_assert_int_eq(dmacoh_map_segs(&dev, &map, &in, 1, out, 3, DMACOH_FROM_DEVICE, 0),
                         more == 0 ? DMACOH_OK : DMACOH_E_NOREGION);
        if (more == 0) {
            ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
        }
        ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &regions[0]), DMACOH_OK);
    }
}
END_TEST

/* A report tells of the emptiest region that fits, wherever it stands. */
START_TEST(emptiest_region)
{
    struct dmacoh_buf b[4] = {0};
    struct dmacoh_buf small[4] = {0};
    struct dmacoh_buf more = {0};
    struct dmacoh_pool_stats stats;
    struct dmacoh_why why;

    add(0, 0, 4u * PAGE, 12);
    start_device();
    fragment(b, 4);
    add(1, 8u * PAGE, 2u * PAGE, 12);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &stats), DMACOH_OK);
    ck_assert_uint_eq(stats.largest, 2u * PAGE);
    for (uint32_t i = 0; i < 3u; i++) {
        ck_assert_int_eq(dmacoh_alloc(&dev, &small[i], PAGE, 0), DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_free(&small[0]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_free(&small[1]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&dev, &more, 2u * PAGE, 0), DMACOH_E_FRAG);
    ck_assert_int_eq(dmacoh_buf_why(&more, &why), DMACOH_OK);
    ck_assert_uint_eq(why.limit, 2u * PAGE);
    ck_assert_int_eq(dmacoh_free(&b[1]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &stats), DMACOH_OK);
    ck_assert_uint_eq(stats.largest, 3u * PAGE);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_pool");
    TCase *t = tcase_create("pool");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, next_region_after_a_fragmented_one);
    tcase_add_test(t, fragmented_behind_full);
    tcase_add_test(t, low_mark);
    tcase_add_test(t, no_event_hook);
    tcase_add_test(t, generation_like_a_link);
    tcase_add_test(t, limits_of_a_region);
    tcase_add_test(t, full_pool);
    tcase_add_test(t, generous_max_run);
    tcase_add_test(t, metadata_in_another_region);
    tcase_add_test(t, purge);
    tcase_add_test(t, purge_of_cached_memory);
    tcase_add_test(t, pools_of_an_instance);
    tcase_add_test(t, huge_alignment);
    tcase_add_test(t, largest_edge_region);
    tcase_add_test(t, emptiest_region);
    suite_add_tcase(s, t);
    return rig_run(s);
}
