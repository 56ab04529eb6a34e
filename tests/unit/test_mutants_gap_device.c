/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The fast path has the results of the full check, so its results do not tell whether it is there. Here
 * its window is compared with what it should be. Found by scripts/mutants.
 */
#include "rig.h"

#define FAST_LEN 0x10000u

static struct rig rig;
static struct dmacoh_dev dev;

static void setup(void)
{
    rig_start(&rig, 1, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static struct dmacoh_dev_cfg coherent_cfg(void)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.flags = DMACOH_DEV_COHERENT;
    return cfg;
}

/* The window serves size bytes from phys on: all but the last, which keeps its arithmetic from wrapping. */
static void check_window(uint64_t phys, uint64_t size, size_t longest, uint64_t bus)
{
    ck_assert_uint_eq(dev.slow, 0);
    ck_assert_uint_eq(dev.fast_len, longest);
    ck_assert_uint_eq(dev.win_phys, phys);
    ck_assert_uint_eq(dev.win_last + dev.fast_len, size - 1u);
    ck_assert_uint_eq(dev.win_phys + dev.win_off, bus);
}

static void expect_window(const struct dmacoh_dev_cfg *cfg, uint64_t phys, uint64_t size,
                          size_t longest, uint64_t bus)
{
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, cfg), DMACOH_OK);
    check_window(phys, size, longest, bus);
}

/* The largest entry that a master reaches, wherever it stands in the map. */
START_TEST(largest_entry)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();

    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, FAST_LEN, RIG_LOW);
    rig.mem[1].size = RIG_LOW_SIZE + 0x1000u;
    expect_window(&cfg, RIG_HIGH, RIG_LOW_SIZE + 0x1000u, FAST_LEN, RIG_HIGH);
    rig.mem[1].size = RIG_HIGH_SIZE;
    rig.mem[0].kind = DMACOH_RAM_NODMA;
    expect_window(&cfg, RIG_HIGH, RIG_HIGH_SIZE, FAST_LEN, RIG_HIGH);
    rig.mem[0].kind = DMACOH_RAM_LINEAR;
}
END_TEST

START_TEST(limits)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();

    cfg.limits.max_seg = 0x1000;
    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, 0x1000, RIG_LOW);
    cfg.limits.max_seg = FAST_LEN + 1u;
    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, FAST_LEN, RIG_LOW);
    cfg.limits.max_seg = 2u * FAST_LEN;
    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, FAST_LEN, RIG_LOW);
    cfg.limits = (struct dmacoh_limits){.mask = RIG_LOW + 0x1fffffu};
    expect_window(&cfg, RIG_LOW, 0x200000, FAST_LEN, RIG_LOW);
    cfg.limits.mask = RIG_LOW + 0xfffu;
    expect_window(&cfg, RIG_LOW, 0x1000, 0xfff, RIG_LOW);
    ck_assert_int_eq(dmacoh_dev_set_mask(&dev, UINT32_MAX, 0), DMACOH_OK);
    check_window(RIG_LOW, RIG_LOW_SIZE, FAST_LEN, RIG_LOW);
}
END_TEST

/* The first bus window counts, cut to memory at both ends. */
START_TEST(bus_window)
{
    static const struct dmacoh_window inside[2] = {{RIG_LOW + 0x4000, 0x8000, 0x100000},
                                                   {RIG_HIGH, 0xfff00000u, 0x100000}};
    static const struct dmacoh_window wider[1] = {{RIG_LOW - 0x100000, 0x1000, 0x10000000}};
    struct dmacoh_dev_cfg cfg = coherent_cfg();

    cfg.coherent = NULL;
    cfg.bounce = NULL;
    cfg.windows = inside;
    cfg.nwindows = 2;
    expect_window(&cfg, RIG_LOW + 0x4000, 0x100000, FAST_LEN, 0x8000);
    cfg.limits.mask = 0x8000u + 0x8ffffu;
    expect_window(&cfg, RIG_LOW + 0x4000, 0x90000, FAST_LEN, 0x8000);
    cfg.limits.mask = UINT32_MAX;
    cfg.windows = wider;
    cfg.nwindows = 1;
    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, FAST_LEN, 0x101000);
}
END_TEST

static void hook(void *ctx)
{
    (void)ctx;
}

/* What the fast path does not look at must keep a device out of it. */
START_TEST(slow_devices)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();

    cfg.flags = 0;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_uint_ne(dev.slow, 0);
    cfg.flags = DMACOH_DEV_COHERENT | DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_uint_ne(dev.slow, 0);
    cfg = coherent_cfg();
    cfg.limits.boundary = 0x1000;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_uint_ne(dev.slow, 0);
    cfg = coherent_cfg();
    cfg.flush_posted = hook;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_uint_ne(dev.slow, 0);
    cfg.flags |= DMACOH_DEV_IRQ_ORDERED; /* the hook is not needed */
    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, FAST_LEN, RIG_LOW);
}
END_TEST

/* A pool that was never started is not one; neither is an instance. */
START_TEST(dead_objects)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    struct dmacoh_pool pool = {.c = &rig.c};
    struct dmacoh copy = rig.c;

    cfg.coherent = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_E_INVAL);
    cfg = coherent_cfg();
    cfg.coherent = NULL;
    cfg.bounce = NULL;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &copy, &cfg), DMACOH_E_INVAL);
}
END_TEST

/* The largest unit that is allowed: half of 4 GiB. */
START_TEST(largest_unit)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();

    cfg.limits.gap_mask = 0x3fffffffu;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    cfg.limits.gap_mask = 0x7fffffffu;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_E_SIZE);
}
END_TEST

/* Without bus windows only the mask ends the range; with them, addresses keep their low bits. */
START_TEST(translation)
{
    struct dmacoh_window w = {RIG_LOW + 0x10, 0x30, 0x1000};
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    dmacoh_bus_t bus = 0;

    cfg.coherent = NULL;
    cfg.bounce = NULL;
    cfg.limits.mask = UINT64_MAX;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, 0x1000, 0x100000, &bus), DMACOH_OK);
    ck_assert_uint_eq(bus, 0x1000);
    cfg.windows = &w;
    cfg.nwindows = 1;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_E_ALIGN);
    w.bus = RIG_LOW + 0x90;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW + 0x110, 0x100, &bus), DMACOH_OK);
    ck_assert_uint_eq(bus, RIG_LOW + 0x190);
}
END_TEST

/* The mask of coherent memory is no limit of a map. */
START_TEST(coherent_mask)
{
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    dmacoh_bus_t bus = 0;

    cfg.limits.coherent_mask = RIG_LOW - 1u;
    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, FAST_LEN, RIG_LOW);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW, 0x1000, &bus), DMACOH_OK);
    ck_assert_uint_eq(bus, RIG_LOW);
}
END_TEST

/* The first byte decides: beyond the mask it stays, though the range leaves its window as well. */
START_TEST(first_error)
{
    static const struct dmacoh_window w[1] = {{RIG_LOW, 0x100000, 0x1000}};
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    struct dmacoh dead = rig.c;

    cfg.coherent = NULL;
    cfg.bounce = NULL;
    cfg.windows = w;
    cfg.nwindows = 1;
    cfg.limits.mask = 0xfffff;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW, 0x2000, NULL), DMACOH_E_MASK);
    cfg.limits.gap_mask = 0x5;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_E_INVAL);
    cfg.xlate = (struct dmacoh_xlate *)&dead;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &dead, &cfg), DMACOH_E_INVAL);
}
END_TEST

/* What only a window shows is no memory for the short way of a device that needs cache operations. */
START_TEST(mapped_memory_only)
{
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    rig.mem[1].size = RIG_LOW_SIZE + 0x1000u;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_uint_eq(dev.win_phys, RIG_LOW);
}
END_TEST

/* A mask that is made smaller may leave nothing of the first window, and so no fast path. */
START_TEST(no_fast_path)
{
    static const struct dmacoh_window high = {RIG_LOW, 0x80000000u, RIG_LOW_SIZE};
    struct dmacoh_dev_cfg cfg = coherent_cfg();
    struct dmacoh_map map = {0};

    cfg.windows = &high;
    cfg.nwindows = 1;
    cfg.bounce = NULL;
    expect_window(&cfg, RIG_LOW, RIG_LOW_SIZE, FAST_LEN, 0x80000000u);
    ck_assert_int_eq(dmacoh_dev_set_mask(&dev, 0x7fffffffu, 0), DMACOH_OK);
    ck_assert_uint_eq(dev.fast_len, 0);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, RIG_LOW, 64, DMACOH_TO_DEVICE, 0), DMACOH_E_MASK);
    ck_assert_str_eq(dev.name, cfg.name); /* for a debugger */
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_device");
    TCase *t = tcase_create("fast window");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, largest_entry);
    tcase_add_test(t, limits);
    tcase_add_test(t, bus_window);
    tcase_add_test(t, slow_devices);
    tcase_add_test(t, dead_objects);
    tcase_add_test(t, largest_unit);
    tcase_add_test(t, translation);
    tcase_add_test(t, coherent_mask);
    tcase_add_test(t, first_error);
    tcase_add_test(t, mapped_memory_only);
    tcase_add_test(t, no_fast_path);
    suite_add_tcase(s, t);
    return rig_run(s);
}
