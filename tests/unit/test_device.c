/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* device.h: limits, windows, reach, capabilities; and the fast path against the full check. */
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

static int try_dev(const struct dmacoh_dev_cfg *cfg)
{
    struct dmacoh_dev dev;
    struct dmacoh_caps caps;

    memset(&dev, 0xa5, sizeof(dev));
    const int rc = dmacoh_dev_init(&dev, &rig.c, cfg);

    ck_assert_int_eq(dmacoh_dev_caps(&dev, &caps), rc == DMACOH_OK ? DMACOH_OK : DMACOH_E_INVAL);
    return rc;
}

#define ANSWERS(status, change)                                                                    \
    do {                                                                                           \
        struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);                                             \
        change;                                                                                    \
        ck_assert_int_eq(try_dev(&cfg), status);                                                   \
    } while (0)

START_TEST(arguments)
{
    struct dmacoh_dev_cfg good = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;
    struct dmacoh_caps caps;
    struct dmacoh_xlate xlate = {.ops = NULL};
    static struct rig other;

    ck_assert_int_eq(dmacoh_dev_init(NULL, &rig.c, &good), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_init(&dev, NULL, &good), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_caps(NULL, &caps), DMACOH_E_INVAL);
    ANSWERS(DMACOH_OK, (void)0);
    ANSWERS(DMACOH_E_INVAL, cfg.flags = 8);
    ANSWERS(DMACOH_E_INVAL, cfg.nwindows = 1);
    ANSWERS(DMACOH_E_UNSUPP, cfg.xlate = &xlate);
    rig.fake.context = DMACOH_CTX_IRQ;
    ANSWERS(DMACOH_E_CONTEXT, (void)0);
    rig.fake.context = 0;
    rig_start(&other, 1, 0);
    ANSWERS(DMACOH_E_INVAL, cfg.bounce = &other.bounce);
    ANSWERS(DMACOH_E_INVAL, cfg.coherent = &other.coherent);
    rig_stop(&other);
    fake = &rig.fake;
}
END_TEST

START_TEST(limits)
{
    ANSWERS(DMACOH_E_MASK, cfg.limits.mask = 0);
    ANSWERS(DMACOH_OK, cfg.limits.mask = 0x47ffffff);
    ANSWERS(DMACOH_OK, cfg.limits.mask = 12345);
    ANSWERS(DMACOH_E_INVAL, cfg.limits.gap_mask = 4096);
    ANSWERS(DMACOH_OK, cfg.limits.gap_mask = 4095);
    ANSWERS(DMACOH_E_SIZE, cfg.limits.gap_mask = 0xffffffffu);
    ANSWERS(DMACOH_E_ALIGN, cfg.limits.align = 3);
    ANSWERS(DMACOH_E_ALIGN, cfg.limits.boundary = 0x10001);
    ANSWERS(DMACOH_OK, cfg.limits.boundary = UINT64_C(1) << 63);
    ANSWERS(DMACOH_E_SIZE, cfg.limits.max_seg = 63);
    ANSWERS(DMACOH_OK, cfg.limits.max_seg = 64);
    ANSWERS(DMACOH_E_SIZE, cfg.limits.boundary = 32);
    ANSWERS(DMACOH_OK, cfg.limits.boundary = 64);
    ANSWERS(DMACOH_E_SIZE, cfg.limits.align = 256; cfg.limits.max_seg = 255);
    ANSWERS(DMACOH_E_SIZE, cfg.limits.align = 256; cfg.limits.boundary = 128);
    ANSWERS(DMACOH_E_SIZE, cfg.limits.gap_mask = 4095; cfg.limits.max_seg = 4095);
    ANSWERS(DMACOH_OK, cfg.limits.gap_mask = 4095; cfg.limits.max_seg = 4096);
    ANSWERS(DMACOH_E_SIZE, cfg.limits.gap_mask = 4095; cfg.limits.boundary = 2048);
}
END_TEST

START_TEST(bus_windows)
{
    struct dmacoh_window w[2] = {{RIG_LOW, 0, 0x100000}, {RIG_HIGH, 0x80000000u, 0x100000}};

#define WITH(status, change)                                                                       \
    do {                                                                                           \
        w[0] = (struct dmacoh_window){RIG_LOW, 0, 0x100000};                                       \
        w[1] = (struct dmacoh_window){RIG_HIGH, 0x80000000u, 0x100000};                            \
        ANSWERS(status, cfg.windows = w; cfg.nwindows = 2; change);                                \
    } while (0)

    WITH(DMACOH_OK, (void)0);
    WITH(DMACOH_E_INVAL, cfg.nwindows = 0);
    WITH(DMACOH_E_SIZE, w[1].size = 0);
    WITH(DMACOH_E_RANGE, w[1].size = UINT64_MAX);
    WITH(DMACOH_E_RANGE, w[0].bus = UINT64_MAX - 63u);
    WITH(DMACOH_E_RANGE, w[0].phys = UINT64_MAX - 63u);
    WITH(DMACOH_OK, w[0].bus = UINT64_MAX - 0xfffffu);
    WITH(DMACOH_E_ALIGN, w[1].bus += 32);
    WITH(DMACOH_OK, w[1].bus += 64);
    WITH(DMACOH_E_ALIGN, w[1].bus += 64; cfg.limits.align = 128);
    WITH(DMACOH_E_ALIGN, w[1].bus += 2048; cfg.limits.gap_mask = 4095);
}
END_TEST

START_TEST(reach)
{
    const struct dmacoh_window w[2] = {{RIG_LOW, 0x1000, 0x100000},
                                       {RIG_HIGH, 0x80000000u, 0x100000}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;
    dmacoh_bus_t bus = 77;

    cfg.windows = w;
    cfg.nwindows = 2;
    cfg.limits.mask = 0x8007ffff;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_reach(NULL, 0, 1, &bus), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW, 0, &bus), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, UINT64_MAX, 2, &bus), DMACOH_E_RANGE);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, 2, UINT64_MAX, &bus), DMACOH_E_RANGE);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW - 1u, 1, &bus), DMACOH_E_WINDOW);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW - 1u, 2, &bus), DMACOH_E_WINDOW);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW + 0xfffffu, 2, &bus), DMACOH_E_WINDOW);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW + 0x100000u, 1, &bus), DMACOH_E_WINDOW);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_HIGH + 0x7ffffu, 2, &bus), DMACOH_E_MASK);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_HIGH + 0x80000u, 1, &bus), DMACOH_E_MASK);
    ck_assert_uint_eq(bus, 77);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_LOW, 0x100000, &bus), DMACOH_OK);
    ck_assert_uint_eq(bus, 0x1000);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_HIGH + 0x7ffffu, 1, &bus), DMACOH_OK);
    ck_assert_uint_eq(bus, 0x8007ffff);
    ck_assert_int_eq(dmacoh_dev_reach(&dev, RIG_HIGH, 1, NULL), DMACOH_OK);
    /* Without windows, to the last byte. */
    ck_assert_int_eq(dmacoh_dev_set_mask(&rig.dev, UINT64_MAX, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_reach(&rig.dev, 0, UINT64_MAX, &bus), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_reach(&rig.dev, UINT64_MAX, 1, &bus), DMACOH_OK);
    ck_assert_uint_eq(bus, UINT64_MAX);
}
END_TEST

START_TEST(set_mask)
{
    dmacoh_bus_t bus;

    ck_assert_int_eq(dmacoh_dev_set_mask(NULL, 1, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_set_mask(&rig.dev, 0, 5), DMACOH_E_MASK);
    rig.fake.context = DMACOH_CTX_IRQ;
    ck_assert_int_eq(dmacoh_dev_set_mask(&rig.dev, 0xfff, 0), DMACOH_E_CONTEXT);
    rig.fake.context = 0;
    ck_assert_int_eq(dmacoh_dev_reach(&rig.dev, 0xffffffffu, 1, &bus), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_set_mask(&rig.dev, RIG_LOW + 0xfff, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_reach(&rig.dev, RIG_LOW + 0x1000, 1, &bus), DMACOH_E_MASK);
    ck_assert_int_eq(dmacoh_dev_reach(&rig.dev, RIG_LOW + 0xfff, 1, &bus), DMACOH_OK);
    /* The coherent mask follows, or is its own. */
    struct dmacoh_buf buf = {0};

    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, 64, 0), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_dev_set_mask(&rig.dev, RIG_LOW + 0xfff, UINT32_MAX), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, 64, 0), DMACOH_OK);
}
END_TEST

START_TEST(capabilities)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;
    struct dmacoh_caps caps;
    struct dmacoh_buf buf = {0};

    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, &caps), DMACOH_OK);
    ck_assert_uint_eq(caps.method, DMACOH_M_STOLEN);
    ck_assert(!caps.coherent && caps.bounces && caps.windows);
    ck_assert_uint_eq(caps.line, 64);
    ck_assert_uint_eq(caps.max_seg, 0xffffffffu);
    ck_assert_uint_eq(caps.max_segs, 0xffffffffu);
    ck_assert_uint_eq(caps.max_map, 0xffffffffu);
    ck_assert_uint_eq(caps.required_mask, 0x1ffffffffu);
    ck_assert_uint_eq(caps.coherent_bytes, RIG_COH_SIZE);
    ck_assert_uint_eq(caps.coherent_free, RIG_COH_SIZE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, 1, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, &caps), DMACOH_OK);
    ck_assert_uint_eq(caps.coherent_free, RIG_COH_SIZE - 4096u);

    cfg.limits.max_seg = 8192;
    cfg.limits.max_segs = 5;
    cfg.limits.boundary = 4096;
    cfg.limits.coherent_mask = RIG_POOL;
    cfg.flags = DMACOH_DEV_COHERENT;
    cfg.bounce = NULL;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_caps(&dev, &caps), DMACOH_OK);
    ck_assert_uint_eq(caps.method, DMACOH_M_HWCOHERENT);
    ck_assert(caps.coherent && !caps.bounces);
    ck_assert_uint_eq(caps.max_seg, 8192);
    ck_assert_uint_eq(caps.max_segs, 5);
    ck_assert_uint_eq(caps.max_map, 4096);
    ck_assert_uint_eq(caps.max_bounce, 0);
    ck_assert_uint_eq(caps.coherent_bytes, 0);
    cfg.coherent = NULL;
    cfg.flags = 0;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_caps(&dev, &caps), DMACOH_OK);
    ck_assert_uint_eq(caps.method, DMACOH_M_NONE);
}
END_TEST

/* A buffer of caps.max_bounce bytes can be bounced, whatever its address; one of max_map is mapped. */
START_TEST(max_bounce_holds)
{
    static const struct dmacoh_limits cases[] = {
        {.mask = UINT32_MAX},
        {.mask = UINT32_MAX, .boundary = 4096},
        {.mask = UINT32_MAX, .boundary = 0x10000, .gap_mask = 4095},
        {.mask = UINT32_MAX, .boundary = 64},
        {.mask = UINT32_MAX, .align = 256, .max_seg = 3000},
    };

    for (uint32_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
        struct dmacoh_caps caps;
        struct dmacoh_dev dev;

        cfg.limits = cases[i];
        cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
        ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
        ck_assert_int_eq(dmacoh_dev_caps(&dev, &caps), DMACOH_OK);
        ck_assert_uint_gt(caps.max_bounce, 0);
        for (uint32_t off = 0; off < 4096; off += 61) {
            struct dmacoh_map m = {0};

            ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW + off, (size_t)caps.max_bounce,
                                             DMACOH_BIDIRECTIONAL, 0),
                             DMACOH_OK);
            ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        }
    }
}
END_TEST

/* The mask is one of bus addresses. */
START_TEST(required_mask)
{
    const struct dmacoh_window w = {RIG_LOW, 0xc0000000u, 0x80000000u - RIG_LOW};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_caps caps;
    struct dmacoh_dev dev;

    cfg.windows = &w;
    cfg.nwindows = 1;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_caps(&dev, &caps), DMACOH_OK);
    ck_assert_uint_eq(caps.required_mask, 0xffffffffu);
}
END_TEST

START_TEST(end)
{
    struct dmacoh_caps caps;
    struct dmacoh_map m = {0};
    struct dmacoh_dev copy = rig.dev;

    ck_assert_int_eq(dmacoh_dev_fini(&copy), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_fini(NULL), DMACOH_E_INVAL);
    rig.fake.context = DMACOH_CTX_IRQS_OFF;
    ck_assert_int_eq(dmacoh_dev_fini(&rig.dev), DMACOH_E_CONTEXT);
    rig.fake.context = 0;
    ck_assert_int_eq(dmacoh_dev_fini(&rig.dev), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_fini(&rig.dev), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, &caps), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 64, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_INVAL);
}
END_TEST

/* A coherent device that is gone is not served by the fast path either. */
START_TEST(end_of_coherent)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;

    cfg.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_fini(&dev), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 64, DMACOH_TO_DEVICE, 0), DMACOH_E_INVAL);
}
END_TEST

/* A device that is said to snoop, where the CPU's probe found that nothing can. */
START_TEST(nothing_snoops)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev = {0};

    rig.c.no_snoop = 1;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    dev.magic = 0;
    cfg.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_E_ATTR);
    ck_assert_uint_eq(dev.magic, 0);
    rig.c.no_snoop = 0;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
}
END_TEST

/* --- the fast path --- */

/* What map.h says about a coherent device and one range, in the order of the errors that matter here. */
static bool may_map(const struct dmacoh_dev *dev, const struct dmacoh_limits *l, uint64_t phys,
                    size_t len, int dir, uint64_t *bus)
{
    static const uint64_t ram[4][2] = {
        {RIG_LOW, RIG_LOW_SIZE}, {RIG_HIGH, RIG_HIGH_SIZE}, {RIG_FAR, RIG_FAR_SIZE}, {0, 0}};
    bool inside = false;

    for (uint32_t i = 0; i < 3; i++) {
        inside |= phys >= ram[i][0] && phys - ram[i][0] < ram[i][1] &&
                  len <= ram[i][1] - (phys - ram[i][0]);
    }
    return len != 0 && len <= UINT32_MAX && (dir == 0 || dir == 1 || dir == 2) && inside &&
           (l->max_seg == 0 || len <= l->max_seg) &&
           dmacoh_dev_reach(dev, phys, len, bus) == DMACOH_OK &&
           (l->align == 0 || *bus % l->align == 0) &&
           (l->boundary == 0 || *bus / l->boundary == (*bus + len - 1u) / l->boundary);
}

static uint64_t interesting(const struct dmacoh_dev_cfg *cfg)
{
    static const uint64_t base[] = {RIG_LOW,
                                    RIG_LOW + RIG_LOW_SIZE,
                                    RIG_HIGH,
                                    RIG_FAR,
                                    RIG_HIGH + RIG_HIGH_SIZE,
                                    RIG_FAR + RIG_FAR_SIZE,
                                    RIG_NODMA,
                                    UINT32_MAX,
                                    0};
    const uint64_t jitter = rig_random() % 3u == 0 ? rig_random() & 0x1ffffu : rig_random() % 257u;
    uint64_t at;

    if (cfg->nwindows != 0 && rig_random() % 3u == 0) {
        const struct dmacoh_window *w = &cfg->windows[rig_random() % cfg->nwindows];

        at = rig_random() % 2u ? w->phys + w->size : w->phys + (cfg->limits.mask - w->bus);
    } else if (rig_random() % 8u == 0) {
        at = cfg->limits.mask;
    } else {
        at = base[rig_random() % 9u];
    }
    return rig_random() % 2u ? at + jitter : at - jitter;
}

static size_t any_len(void)
{
    static const size_t lens[] = {0,       1,        SIZE_MAX, SIZE_MAX - 1u, UINT32_MAX, 0x10000,
                                  0x10001, 0x400000, 0x400001, 0xffff,        64,         4096};
    const uint32_t kind = rig_random() % 4u;

    return kind == 0   ? lens[rig_random() % 12u]
           : kind == 1 ? rig_random() & 0x1ffffu
                       : rig_random() % 300u;
}

static void fast_against_full(const struct dmacoh_dev_cfg *cfg, uint32_t n)
{
    struct dmacoh_dev dev;
    uint32_t mapped = 0;

    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, cfg), DMACOH_OK);
    for (uint32_t i = 0; i < n; i++) {
        static const int dirs[] = {0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 4, -1, -2, 0x7fffffff};
        const int dir = dirs[rig_random() % 14u];
        const uint64_t phys = interesting(cfg);
        const size_t len = any_len();
        struct dmacoh_map m = {0};
        uint64_t bus = 0;
        const bool may = may_map(&dev, &cfg->limits, phys, len, dir, &bus);
        const int rc = dmacoh_map_phys(&dev, &m, phys, len, (enum dmacoh_dir)dir, 0);

        expect((rc == DMACOH_OK) == may);
        if (may) {
            mapped++;
            expect(m.bus == bus && m.len == len && m.nsegs == 1);
            expect(dmacoh_map_phys(&dev, &m, phys, len, (enum dmacoh_dir)dir, 0) == DMACOH_E_BUSY);
            expect(dmacoh_unmap(&m) == DMACOH_OK);
        } else {
            expect(m.bus == DMACOH_BUS_NONE);
        }
    }
    ck_assert_uint_gt(mapped, n / 1000u);
}

START_TEST(fast_path)
{
    static const struct dmacoh_window two[2] = {{RIG_LOW + 0x1000, 0x100, 0x200000},
                                                {RIG_HIGH, 0xfff00000u, 0x200000}};
    static const struct dmacoh_window small[2] = {{RIG_LOW + 0x100, 0x40, 0x40},
                                                  {RIG_FAR, UINT64_MAX - 0xffffu, 0x10000}};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    rig_seed(4711);
    cfg.flags = DMACOH_DEV_COHERENT;
    cfg.bounce = NULL;
    fast_against_full(&cfg, 1u << 18);
    cfg.limits = (struct dmacoh_limits){.mask = RIG_LOW + 0x12345u, .max_seg = 1000, .align = 4};
    fast_against_full(&cfg, 1u << 18);
    cfg.limits = (struct dmacoh_limits){.mask = 0xfff0ffffu, .align = 16};
    cfg.windows = two;
    cfg.nwindows = 2;
    fast_against_full(&cfg, 1u << 18);
    cfg.limits = (struct dmacoh_limits){.mask = UINT64_MAX};
    cfg.windows = small;
    fast_against_full(&cfg, 1u << 17);
    cfg.limits = (struct dmacoh_limits){.mask = UINT64_MAX, .boundary = 4096};
    fast_against_full(&cfg, 1u << 17);
}
END_TEST

/* A mask below all memory leaves the fast path nothing. */
START_TEST(fast_path_empty)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;

    cfg.flags = DMACOH_DEV_COHERENT;
    cfg.bounce = NULL;
    cfg.limits.mask = RIG_LOW - 1u;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 1, DMACOH_TO_DEVICE, 0), DMACOH_E_MASK);
    ck_assert_int_eq(dmacoh_dev_set_mask(&dev, RIG_LOW, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 1, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(m.bus, RIG_LOW);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 2, DMACOH_TO_DEVICE, 0), DMACOH_E_MASK);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("device");
    TCase *t = tcase_create("device");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, arguments);
    tcase_add_test(t, limits);
    tcase_add_test(t, bus_windows);
    tcase_add_test(t, reach);
    tcase_add_test(t, set_mask);
    tcase_add_test(t, capabilities);
    tcase_add_test(t, max_bounce_holds);
    tcase_add_test(t, required_mask);
    tcase_add_test(t, end);
    tcase_add_test(t, end_of_coherent);
    tcase_add_test(t, nothing_snoops);
    tcase_add_test(t, fast_path);
    tcase_add_test(t, fast_path_empty);
    suite_add_tcase(s, t);
    return rig_run(s);
}
