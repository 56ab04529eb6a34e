/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Buffers, capabilities and the start of an instance at their limits. Found by scripts/mutants. */
#include "rig.h"

#include "backend.h"

#include <stdlib.h>
#include <string.h>

#define PAGE      0x1000u
#define FREE_PHYS (RIG_POOL + 0x50000u)

static struct rig rig;
static struct dmacoh_pool pool;
static struct dmacoh_region regions[2];
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

static struct dmacoh_caps caps_of(const struct dmacoh_dev_cfg *cfg)
{
    struct dmacoh_caps caps;

    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_caps(&dev, &caps), DMACOH_OK);
    return caps;
}

/* --- buffers --- */

/* Without a boundary a buffer needs no alignment: here it would find none. */
START_TEST(no_boundary)
{
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, FREE_PHYS + PAGE, 3u * PAGE, 12);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_buf buf = {0};

    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &rc), DMACOH_OK);
    cfg.coherent = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf, 3u * PAGE, 0), DMACOH_OK);
    ck_assert_uint_eq(buf.phys, FREE_PHYS + PAGE);
}
END_TEST

START_TEST(longest_buffer)
{
    struct dmacoh_buf buf = {0};

    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, UINT32_MAX, 0), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, (size_t)UINT32_MAX + 1u, 0), DMACOH_E_SIZE);
}
END_TEST

/*
 * On a machine with more than 4 GiB of addresses: the last bytes before 4 GiB, rounded up to granules,
 * are more than a handle can hold. Nobody touches the memory, so it need not be there.
 */
START_TEST(buffer_rounded_beyond_4g)
{
    static struct rig big;
    struct dmacoh_policy policy;
    struct dmacoh_region_cfg rc = {.phys = (uint64_t)1 << 40,
                                   .size = (uint64_t)1 << 33,
                                   .va = (uintptr_t)1 << 40,
                                   .attr = DMACOH_MEM_UNCACHED,
                                   .granule_shift = 16,
                                   .flags = DMACOH_REGION_CLEAN};
    struct dmacoh_dev_cfg cfg = {.limits = {.mask = UINT64_MAX}, .coherent = &pool};
    struct dmacoh_buf buf = {0};
    struct dmacoh_pool_stats s;

    rig_machine(&big, 1, 0);
    big.cfg.mmu.root = 0;
    ck_assert_int_eq(dmacoh_init(&big.c, &big.cfg), DMACOH_OK);
    policy = *big.c.policy;
    policy.va_last = UINT64_MAX;
    big.c.policy = &policy;
    rc.meta_size = dmacoh_region_meta_size(rc.size, rc.granule_shift);
    rc.meta = malloc(rc.meta_size);
    memset(&pool, 0, sizeof(pool));
    ck_assert_int_eq(dmacoh_pool_init(&pool, &big.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &rc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_init(&dev, &big.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf, UINT32_MAX, DMACOH_ATTR_NOZERO), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &s), DMACOH_OK);
    ck_assert_uint_eq(s.free, rc.size);
    ck_assert_uint_eq(s.allocs, 0);
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf, UINT32_MAX - 0xffffu, DMACOH_ATTR_NOZERO), DMACOH_OK);
    ck_assert_uint_eq(buf.size, UINT32_MAX - 0xffffu);
    free(rc.meta);
    rig_stop(&big);
    fake = &rig.fake;
}
END_TEST

/* A copy of a live handle holds no failure. */
START_TEST(copies_hold_no_failure)
{
    struct dmacoh_buf buf = {0};
    struct dmacoh_buf copy;
    struct dmacoh_why why;

    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, PAGE, 0), DMACOH_OK);
    copy = buf;
    ck_assert_int_eq(dmacoh_buf_why(&copy, &why), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_buf_why(&buf, &why), DMACOH_E_STALE);
}
END_TEST

/* --- capabilities --- */

/* Only what the device can use counts; the first of it names the method. */
START_TEST(coherent_memory)
{
    struct dmacoh_region_cfg cached = rig_region_cfg(&rig, RIG_CACHED, PAGE, 12);
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, FREE_PHYS, PAGE, 12);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_region more;
    struct dmacoh_caps caps;

    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[0], &cached), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[1], &rc), DMACOH_OK);
    rc = rig_region_cfg(&rig, FREE_PHYS + PAGE, PAGE, 12);
    rc.method = DMACOH_M_NONE;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &more, &rc), DMACOH_OK);
    cfg.coherent = &pool;
    caps = caps_of(&cfg);
    ck_assert_uint_eq(caps.coherent_bytes, 2u * PAGE);
    ck_assert_uint_eq(caps.method, DMACOH_M_STOLEN);
}
END_TEST

START_TEST(bounce_out_of_reach)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_caps caps;

    cfg.limits.mask = RIG_POOL - 1u;
    caps = caps_of(&cfg);
    ck_assert(!caps.bounces);
    ck_assert_uint_eq(caps.max_bounce, 0);
}
END_TEST

/* The mask that would reach all memory a master can reach, through the windows that there are. */
START_TEST(required_mask)
{
    static const struct dmacoh_window last_byte[1] = {{RIG_FAR - RIG_LINE, 0, RIG_FAR_SIZE}};
    static const struct dmacoh_window past[2] = {{RIG_LOW, 0, PAGE},
                                                 {RIG_LOW + RIG_LOW_SIZE, 0x80000000u, PAGE}};
    static const struct dmacoh_window one[1] = {{RIG_LOW - 0x10000, 0x10000, 0x10040}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.coherent = NULL;
    cfg.bounce = NULL;
    cfg.windows = last_byte;
    cfg.nwindows = 1;
    ck_assert_uint_eq(caps_of(&cfg).required_mask, 0xffff);
    cfg.windows = past;
    cfg.nwindows = 2;
    ck_assert_uint_eq(caps_of(&cfg).required_mask, 0xfff);
    cfg.windows = one;
    cfg.nwindows = 1;
    ck_assert_uint_eq(caps_of(&cfg).required_mask, 0x3ffff);
    cfg.windows = NULL;
    cfg.nwindows = 0;
    rig.mem[2].phys = (uint64_t)1 << 36; /* no master reaches it */
    ck_assert_uint_eq(caps_of(&cfg).required_mask, 0x1ffffffffu);
    rig.mem[3].phys = ((uint64_t)1 << 32) - RIG_FAR_SIZE;
    ck_assert_uint_eq(caps_of(&cfg).required_mask, 0xffffffffu);
}
END_TEST

/* --- start --- */

static int broken_probe(struct dmacoh *c, bool boot_cpu)
{
    (void)c;
    (void)boot_cpu;
    return DMACOH_E_PORT;
}

/* A CPU that is not recognised ends the start at once: there is no policy to look at. */
START_TEST(no_probe_no_start)
{
    static struct rig other;
    struct dmacoh_backend_ops backend = dmacoh_be_armv7a;

    backend.probe = broken_probe;
    rig_machine(&other, 2, 4);
    other.cfg.backend = &backend;
    ck_assert_int_eq(dmacoh_init(&other.c, &other.cfg), DMACOH_E_PORT);
    rig_stop(&other);
    fake = &rig.fake;
}
END_TEST

/* The mask of maps decides about slots, that of coherent memory does not. */
START_TEST(bounce_beyond_the_coherent_mask)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.limits.coherent_mask = RIG_POOL - 1u;
    ck_assert(caps_of(&cfg).bounces);
}
END_TEST

/* The smaller of the two limits, whichever it is. */
START_TEST(longest_map)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.limits.boundary = (uint64_t)1 << 32;
    ck_assert_uint_eq(caps_of(&cfg).max_map, UINT32_MAX);
    cfg.limits.boundary = PAGE;
    cfg.limits.max_seg = PAGE - 1u;
    ck_assert_uint_eq(caps_of(&cfg).max_map, PAGE - 1u);
    cfg.limits.max_seg = PAGE + 1u;
    ck_assert_uint_eq(caps_of(&cfg).max_map, PAGE);
}
END_TEST

/* A window that has a single byte of memory reaches that. */
START_TEST(one_byte_of_memory)
{
    static const struct dmacoh_window first[1] = {{RIG_LOW - 0xfffu, 1, PAGE}};
    static const struct dmacoh_window last[1] = {{RIG_LOW + RIG_LOW_SIZE - 1u, 0x103f, PAGE}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.windows = first;
    cfg.nwindows = 1;
    ck_assert_uint_eq(caps_of(&cfg).required_mask, 0x1fff);
    cfg.windows = last;
    ck_assert_uint_eq(caps_of(&cfg).required_mask, 0x1fff);
}
END_TEST

/* An alignment that is larger than the size stays, whatever the boundary. */
START_TEST(aligned_within_a_boundary)
{
    struct dmacoh_buf first = {0};
    struct dmacoh_buf buf = {0};

    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &first, PAGE, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc_aligned(&rig.dev, &buf, PAGE, 4u * PAGE, 16u * PAGE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(buf.bus % (4u * PAGE), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_buf");
    TCase *t = tcase_create("buffers");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, no_boundary);
    tcase_add_test(t, longest_buffer);
    tcase_add_test(t, buffer_rounded_beyond_4g);
    tcase_add_test(t, copies_hold_no_failure);
    tcase_add_test(t, coherent_memory);
    tcase_add_test(t, bounce_out_of_reach);
    tcase_add_test(t, required_mask);
    tcase_add_test(t, no_probe_no_start);
    tcase_add_test(t, bounce_beyond_the_coherent_mask);
    tcase_add_test(t, longest_map);
    tcase_add_test(t, one_byte_of_memory);
    tcase_add_test(t, aligned_within_a_boundary);
    suite_add_tcase(s, t);
    return rig_run(s);
}
