/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The order that the core gives to a backend with an outer cache, on a backend that only writes down what
 * it is asked for: to the device inner, barrier, outer, barrier; to the CPU outer, barrier, inner,
 * barrier; post_batch before both, and before the data is copied out of a slot.
 */
#include "rig.h"

#include "backend.h"

#include <string.h>

#define MOCK_OPS                                                                                   \
    {                                                                                              \
        {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                              \
        {                                                                                          \
            BE_CLEAN, BE_INVAL, BE_INVAL                                                           \
        }                                                                                          \
    }

static struct dmacoh_policy policy = {"mock", MOCK_OPS, 0, 0, UINT32_MAX};
static int probe_result, win_init_result;

static int mock_probe(struct dmacoh *c, bool boot_cpu)
{
    if (boot_cpu) {
        c->policy = &policy;
        c->line = 64;
        c->step = 32;
        c->page_shift = 12;
    }
    return probe_result;
}

static int mock_win_init(struct dmacoh *c)
{
    c->win_phys_last = UINT32_MAX;
    return win_init_result;
}

static void mock_win_fini(struct dmacoh *c)
{
    (void)c;
}

static void mock_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    (void)c;
    (void)cpu;
}

static void mock_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    (void)c;
    (void)last;
    fake_log(op == BE_CLEAN   ? FAKE_CLEAN
             : op == BE_INVAL ? FAKE_INVAL
                              : FAKE_CLEAN_INVAL,
             first, 0);
}

static void mock_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    ck_assert_uint_le(first, last);
    fake_log(FAKE_OUTER, first, (uint32_t)op);
}

static void mock_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    fake_log(FAKE_BARRIER, 0, (uint32_t)kind);
}

static void mock_post_batch(const struct dmacoh *c)
{
    (void)c;
    fake_log(FAKE_POST, 0, 0);
}

static uintptr_t mock_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    (void)c;
    (void)cpu;
    (void)slot;
    return (uintptr_t)fake_ram_at(pa, 4096);
}

static void mock_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    (void)c;
    (void)cpu;
    (void)slot;
}

static int mock_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr,
                             uintptr_t va)
{
    (void)c;
    (void)pa;
    (void)len;
    (void)attr;
    (void)va;
    return DMACOH_OK;
}

#define MOCK(be, ret, name, args) .name = mock_##name,

static const struct dmacoh_backend_ops mock = {.name = "mock", DMACOH_BE_LIST(MOCK, mock)};

static struct rig rig;

static int start(uint32_t policy_flags, uint32_t ncpus, uint32_t flags)
{
    rig_machine(&rig, ncpus, 2);
    policy.flags = policy_flags;
    rig.cfg.backend = &mock;
    rig.cfg.flags = flags;
    rig.cfg.outer_va = (policy_flags & BE_P_OUTER) != 0 ? 0xf8000000u : 0;
    return dmacoh_init(&rig.c, &rig.cfg);
}

static void device(uint32_t flags)
{
    struct dmacoh_dev_cfg cfg;

    ck_assert_int_eq(start(BE_P_OUTER | BE_P_POST_BATCH, 2, 0), DMACOH_OK);
    rig_pools(&rig);
    cfg = rig_dev_cfg(&rig);
    cfg.flags = flags;
    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
}

/* Compare the log with a string: b BEGIN, d DONE, c i x inner operations, o outer, p post_batch. */
static void log_is(const char *want)
{
    static const char letters[] = {[FAKE_CLEAN] = 'c',
                                   [FAKE_INVAL] = 'i',
                                   [FAKE_CLEAN_INVAL] = 'x',
                                   [FAKE_OUTER] = 'o',
                                   [FAKE_POST] = 'p'};
    char got[64] = {0};

    ck_assert_uint_lt(fake->nlog, sizeof(got));
    for (uint32_t i = 0; i < fake->nlog; i++) {
        const struct fake_event *e = &fake->log[i];

        got[i] = letters[e->kind];
        if (e->kind == FAKE_BARRIER) {
            got[i] = e->value == BE_BAR_BEGIN ? 'b' : e->value == BE_BAR_DONE ? 'd' : '?';
        }
    }
    ck_assert_str_eq(got, want);
    fake_clear();
}

START_TEST(levels)
{
    struct dmacoh_map m = {0};

    device(0);
    for (int dir = 0; dir < 3; dir++) {
        ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, (enum dmacoh_dir)dir, 0),
                         DMACOH_OK);
        log_is("bcdod");
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        log_is(dir == DMACOH_TO_DEVICE ? "" : "bpodid");
    }
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, 2, DMACOH_ATTR_OVERWRITE),
                     DMACOH_OK);
    log_is("bidod");
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 64), DMACOH_OK);
    log_is("bpodid");
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    /* Lines are counted on both levels, barriers as they were issued. */
    const struct dmacoh_stats s = rig_stats(&rig);

    ck_assert_uint_eq(s.lines_clean, 3u * 8u);
    ck_assert_uint_eq(s.lines_inval, 2u * 8u + 8u + 4u + 8u);
    ck_assert_uint_eq(s.lines_clean_inval, 0);
    ck_assert_uint_eq(s.barriers, 8u * 3u);
    rig_stop(&rig);
}
END_TEST

/* All segments of one level, then the barrier, then all of the other. */
START_TEST(lists)
{
    struct dmacoh_seg in[3] = {
        {RIG_LOW, 128, 0}, {RIG_HIGH + 0x1000u, 64, 0}, {RIG_LOW + 0x800u, 64, 0}};
    struct dmacoh_bseg out[3];
    struct dmacoh_map m = {0};

    device(0);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, in, 3, out, 3, 0, 0), DMACOH_OK);
    log_is("bcccdoood");
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    log_is("bpooodiiid");
    rig_stop(&rig);
}
END_TEST

/* A bounce through uncached memory: the copy out comes behind post_batch. Cached slots have two levels. */
START_TEST(slots)
{
    struct dmacoh_map m = {0};

    device(DMACOH_DEV_FORCE_BOUNCE);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, 0, 0), DMACOH_OK);
    log_is("");
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    log_is("bp");

    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 0x10000, 11);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_dev dev;

    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 128, 0, 0), DMACOH_OK);
    ck_assert_uint_eq(fake->log[3].at, m.bus); /* by physical address */
    log_is("bcdod");
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    log_is("bpodid");
    rig_stop(&rig);
}
END_TEST

/* A region that is added, and a cached one that is removed, leaves both levels. */
START_TEST(regions)
{
    struct dmacoh_region region;
    struct dmacoh_region_cfg cfg;

    device(0);
    cfg = rig_region_cfg(&rig, RIG_POOL + 0x60000u, 0x1000, 12);
    cfg.flags = 0;
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &region, &cfg), DMACOH_OK);
    log_is("bxdod");
    cfg = rig_region_cfg(&rig, RIG_CACHED, 0x1000, 12);
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &region), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &region, &cfg), DMACOH_OK);
    log_is("");
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &region), DMACOH_OK);
    log_is("bxdod");
    rig_stop(&rig);
}
END_TEST

/* What the policy of a CPU does to dmacoh_init(). */
START_TEST(policies)
{
    ck_assert_int_eq(start(BE_P_LOCAL_CMO, 2, 0), DMACOH_E_UNSUPP);
    rig_stop(&rig);
    ck_assert_int_eq(start(BE_P_LOCAL_CMO, 2, DMACOH_F_CPU_AFFINE), DMACOH_OK);
    rig_stop(&rig);
    ck_assert_int_eq(start(BE_P_LOCAL_CMO, 1, 0), DMACOH_OK);
    rig_stop(&rig);
    probe_result = DMACOH_E_UNSUPP;
    ck_assert_int_eq(start(0, 1, 0), DMACOH_E_UNSUPP);
    rig_stop(&rig);
    probe_result = DMACOH_OK;
    win_init_result = DMACOH_E_PORT;
    ck_assert_int_eq(start(0, 1, 0), DMACOH_E_PORT);
    rig_stop(&rig);
    win_init_result = DMACOH_OK;
}
END_TEST

/* Compiled in, but this CPU has none: one level, two barriers, no post_batch. */
START_TEST(no_outer)
{
    struct dmacoh_map m = {0};

    ck_assert_int_eq(start(0, 1, 0), DMACOH_OK);
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, 0, 0), DMACOH_OK);
    log_is("bcd");
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    log_is("bid");
    rig_stop(&rig);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("order");
    TCase *t = tcase_create("order");

    tcase_add_test(t, levels);
    tcase_add_test(t, lists);
    tcase_add_test(t, slots);
    tcase_add_test(t, regions);
    tcase_add_test(t, policies);
    tcase_add_test(t, no_outer);
    suite_add_tcase(s, t);
    return rig_run(s);
}
