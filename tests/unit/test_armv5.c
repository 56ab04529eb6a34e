/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv5 backend against its contract in backend.h: loops, pairs, ranges, tables, identification. */
#include "rig.h"

#include "armv5.h"

#define CTR         0x1d152152u /* 16 KiB, four ways, lines of 32 bytes */
#define MIDR_926    0x41069265u
#define MIDR_XSCALE 0x69052d06u
#define MIDR_131    0x56251311u
#define MIDR_571    0x56155710u

/* Sections: write-back, write-through, buffered, neither. */
#define SECT_WB 0xc1eu
#define SECT_WT 0xc1au
#define SECT_B  0xc16u
#define SECT_SO 0xc12u

static struct rig rig;

static const struct dmacoh_backend_ops backend = {
    .name = "armv5",
    .probe = dmacoh_armv5_probe,
    .win_init = dmacoh_armv5_win_init,
    .win_fini = dmacoh_armv5_win_fini,
    .cpu_down = dmacoh_armv5_cpu_down,
    .op_va = dmacoh_armv5_op_va,
    .op_outer = dmacoh_armv5_op_outer,
    .barrier = dmacoh_armv5_barrier,
    .post_batch = dmacoh_armv5_post_batch,
    .win_map = dmacoh_armv5_win_map,
    .win_unmap = dmacoh_armv5_win_unmap,
    .region_check = dmacoh_armv5_region_check,
};

static int init(uint32_t midr, uint32_t ctr)
{
    rig_stop(&rig);
    rig_machine(&rig, 1, 0);
    rig.fake.midr = midr;
    rig.fake.ctr = ctr;
    rig.cfg.backend = &backend;
    return dmacoh_init(&rig.c, &rig.cfg);
}

static void restart(uint32_t midr)
{
    ck_assert_int_eq(init(midr, CTR), DMACOH_OK);
    fake_clear();
}

static void setup(void)
{
    rig_machine(&rig, 1, 0);
    restart(MIDR_926);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* --- cache operations --- */

static const enum be_op ops[] = {BE_CLEAN, BE_INVAL, BE_CLEAN_INVAL};
static const enum fake_kind kinds[] = {FAKE_CLEAN, FAKE_INVAL, FAKE_CLEAN_INVAL};

static void check_loop(uint32_t step, uintptr_t first, uintptr_t last)
{
    const uint32_t n = (uint32_t)(last / step - first / step) + 1u;

    for (uint32_t k = 0; k < 3; k++) {
        fake_clear();
        dmacoh_armv5_op_va(&rig.c, ops[k], first, last);
        expect(fake->nlog == n);
        for (uint32_t i = 0; i < n; i++) {
            expect(fake->log[i].kind == kinds[k]);
            expect(fake->log[i].at == first / step * step + (uintptr_t)i * step);
        }
    }
}

START_TEST(op_va)
{
    for (uint32_t step = 16; step <= 64; step *= 2) {
        rig.c.step = step;
        for (uintptr_t off = 0; off < 70; off += 3) {
            for (uintptr_t len = 1; len < 200; len += 7) {
                check_loop(step, 0x20000000u + off, 0x20000000u + off + len - 1u);
            }
        }
        check_loop(step, UINTPTR_MAX - 100u, UINTPTR_MAX);
        check_loop(step, 0, 0);
    }
}
END_TEST

/* XScale: a clean and invalidation is a pair for each line; the two others are as elsewhere. */
START_TEST(pairs)
{
    restart(MIDR_XSCALE);
    for (uintptr_t off = 0; off < 40; off += 3) {
        for (uintptr_t len = 1; len < 100; len += 5) {
            const uintptr_t first = 0x20000000u + off;
            const uintptr_t last = first + len - 1u;
            const uint32_t n = (uint32_t)(last / 32u - first / 32u) + 1u;

            fake_clear();
            dmacoh_armv5_op_va(&rig.c, BE_CLEAN_INVAL, first, last);
            expect(fake->nlog == 2u * n);
            for (uint32_t i = 0; i < 2u * n; i++) {
                expect(fake->log[i].kind == (i % 2u == 0 ? FAKE_CLEAN : FAKE_INVAL));
                expect(fake->log[i].at == first / 32u * 32u + (uintptr_t)(i / 2u) * 32u);
            }
            for (uint32_t k = 0; k < 2; k++) {
                fake_clear();
                dmacoh_armv5_op_va(&rig.c, ops[k], first, last);
                expect(fake->nlog == n && fake_count(kinds[k]) == n);
            }
        }
    }
}
END_TEST

/* Feroceon: the first and the last line, whatever lies between. */
START_TEST(ranges)
{
    static const uint32_t midrs[] = {MIDR_131, MIDR_571};

    for (uint32_t m = 0; m < 2; m++) {
        restart(midrs[m]);
        for (uint32_t k = 0; k < 3; k++) {
            for (uintptr_t off = 0; off < 40; off += 7) {
                const uintptr_t first = 0xffffff00u + off;
                const uintptr_t last = first + off * 5u;

                fake_clear();
                dmacoh_armv5_op_va(&rig.c, ops[k], first, last);
                expect(fake->nlog == 2);
                expect(fake->log[0].kind == FAKE_RANGE_START && fake->log[0].value == kinds[k]);
                expect(fake->log[0].at == (first & ~(uintptr_t)31u));
                expect(fake->log[1].kind == kinds[k]);
                expect(fake->log[1].at == (last & ~(uintptr_t)31u));
            }
        }
    }
}
END_TEST

/* One barrier for everything. */
START_TEST(barriers)
{
    static const enum be_bar bars[] = {BE_BAR_WMB, BE_BAR_RMB, BE_BAR_PUBLISH, BE_BAR_BEGIN,
                                       BE_BAR_DONE};

    for (uint32_t i = 0; i < 5; i++) {
        fake_clear();
        dmacoh_armv5_barrier(&rig.c, bars[i]);
        ck_assert_uint_eq(fake->nlog, 1);
        ck_assert_int_eq(fake->log[0].kind, FAKE_DSB);
    }
}
END_TEST

/* This CPU kind has none of them. */
START_TEST(nothing_to_do)
{
    dmacoh_armv5_op_outer(&rig.c, BE_CLEAN, 0, 63);
    dmacoh_armv5_post_batch(&rig.c);
    dmacoh_armv5_cpu_down(&rig.c, 0);
    dmacoh_armv5_win_fini(&rig.c);
    dmacoh_armv5_win_unmap(&rig.c, 0, 0);
    ck_assert_uint_eq(dmacoh_armv5_win_map(&rig.c, 0, 0, RIG_HIGH), RIG_HIGH);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

START_TEST(cold_reset)
{
    for (uint32_t boot = 0; boot < 2; boot++) {
        fake_clear();
        dmacoh_armv5_boot_cache_inval(boot != 0);
        ck_assert_uint_eq(fake->nlog, 2);
        ck_assert_int_eq(fake->log[0].kind, FAKE_DCISW);
        ck_assert_int_eq(fake->log[1].kind, FAKE_DSB);
    }
}
END_TEST

/* --- identification --- */

#define PAIRS  (BE_P_ALIASES | BE_P_IRQ_ATOMIC | V5_P_PAIRS)
#define RANGES (BE_P_ALIASES | BE_P_IRQ_ATOMIC | V5_P_RANGES | V5_P_FEATURES)

START_TEST(policies)
{
    static const uint8_t table[3][BE_NTRANSITIONS] = {{BE_CLEAN, BE_CLEAN, BE_INVAL},
                                                      {BE_CLEAN, BE_CLEAN, BE_NOP},
                                                      {BE_CLEAN, BE_INVAL, BE_INVAL}};
    static const struct {
        uint32_t midr;
        const char *name;
        uint32_t flags;
    } cpus[] = {{MIDR_926, "arm926", BE_P_ALIASES},       {0x41069260u, "arm926", BE_P_ALIASES},
                {MIDR_XSCALE, "xscale", PAIRS},           {0x690541f1u, "xscale", PAIRS},
                {0x69056882u, "xscale", PAIRS},           {MIDR_571, "feroceon 88fr571", RANGES},
                {MIDR_131, "feroceon 88fr131", RANGES},   {0x56055310u, "armv5", BE_P_ALIASES},
                {0x4106a262u, "armv5", BE_P_ALIASES},     {0x41069270u, "armv5", BE_P_ALIASES},
                {0x56155711u, "feroceon 88fr571", RANGES}};

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        const struct dmacoh_policy *p = armv5_policy(cpus[i].midr);

        ck_assert_str_eq(p->name, cpus[i].name);
        ck_assert_uint_eq(p->flags, cpus[i].flags);
        ck_assert_mem_eq(p->op, table, sizeof(table));
        ck_assert_uint_eq(p->alias_boundary, BE_ALIAS_EQUAL);
        ck_assert_uint_eq(p->va_last, UINT32_MAX);
    }
}
END_TEST

START_TEST(identification)
{
    ck_assert_uint_eq(rig.c.step, 32);
    ck_assert_uint_eq(rig.c.line, 32);
    ck_assert_uint_eq(rig.c.page_shift, 12);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_int_eq(init(MIDR_926, CTR & ~0x2000u), DMACOH_OK);
    ck_assert_uint_eq(rig.c.line, 8);
    ck_assert_int_eq(init(MIDR_926, CTR & ~0x01000000u), DMACOH_E_UNSUPP);
    ck_assert_int_eq(init(MIDR_926, 0x83338003u), DMACOH_E_UNSUPP);
    rig.cfg.ncpus = 2;
    rig.fake.ctr = CTR;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
}
END_TEST

/* A second-level cache that is on, as the CPU kind tells it. */
START_TEST(second_level)
{
    restart(MIDR_926);
    rig.fake.features = UINT32_MAX; /* there is no such register */
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    rig.fake.sctlr = 0x04000000u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
    restart(MIDR_131);
    rig.fake.features = 0xffbfffffu;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    rig.fake.features = 0x00400000u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
}
END_TEST

START_TEST(no_windows)
{
    rig.cfg.mmu.win_slots = 1;
    rig.cfg.mmu.win_va = RIG_WIN_VA;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
}
END_TEST

/* --- region_check --- */

static int check(uint64_t pa, uint64_t len, uint32_t attr, uintptr_t va)
{
    return dmacoh_armv5_region_check(&rig.c, pa, len, attr, va);
}

START_TEST(region_check)
{
    const uintptr_t va = 0x90000000u;
    const uint32_t pool = (uint32_t)RIG_POOL;
    uint32_t *table = rig_va(&rig, RIG_TABLES + 0xc00u);
    uint32_t *l1 = &rig.root[va >> 20];

    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    l1[0] = pool | SECT_B;
    ck_assert_int_eq(check(RIG_POOL, 0x100000, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x100001, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    l1[0] = pool | SECT_SO;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_WC, va), DMACOH_OK);
    l1[0] = pool | SECT_WT;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    l1[0] = pool | SECT_WB;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    l1[0] = pool | SECT_B | 0x40000u; /* a section as well: there are no larger ones */
    ck_assert_int_eq(check(RIG_POOL | 0x40000u, 4096, DMACOH_MEM_UNCACHED, va + 0x40000u),
                     DMACOH_OK);
    l1[0] = pool | SECT_B | 1u; /* a table of 1 KiB pages */
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    /* Small, extended and large pages. Permissions are no types. */
    l1[0] = (uint32_t)(RIG_TABLES + 0xc00u) | 0x11u;
    table[0] = pool | 0xff6u;
    table[1] = (pool + 0x1000u) | 0x077u;
    table[2] = (pool + 0x2000u) | 0xffeu;
    ck_assert_int_eq(check(RIG_POOL, 0x2000, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x2001, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL + 0x3000u, 1, DMACOH_MEM_UNCACHED, va + 0x3000u),
                     DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL + 0x1000u, 0x1000, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    for (uint32_t i = 16; i < 32; i++) {
        table[i] = (pool + 0x10000u) | 0xff5u;
    }
    ck_assert_int_eq(check(RIG_POOL + 0x13000u, 0xd000, DMACOH_MEM_UNCACHED, va + 0x13000u),
                     DMACOH_OK);
    /* A table that the library cannot reach. */
    l1[0] = (uint32_t)RIG_HIGH | 0x11u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    l1[0] = (uint32_t)RIG_POOL | 0x11u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
}
END_TEST

/* What the caller says of its types is taken exactly. XScale: X is TEX bit 0. */
START_TEST(region_check_told)
{
    const uintptr_t va = 0x90000000u;
    uint32_t *table = rig_va(&rig, RIG_TABLES + 0xc00u);

    rig.root[va >> 20] = (uint32_t)(RIG_TABLES + 0xc00u) | 0x11u;
    table[0] = (uint32_t)RIG_POOL | 0x077u; /* X=1 C=0 B=1: stores do not coalesce */
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = 0x044u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    table[0] = (uint32_t)RIG_POOL | 0x076u; /* X is a permission here */
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_WC, va), DMACOH_OK);
    rig.c.mmu.root = 0;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, 0), DMACOH_OK);
}
END_TEST

/* --- whole transfers --- */

/* Feroceon: a range over three pages is three operations, each with interrupts masked. */
START_TEST(transfer_in_pages)
{
    static const enum fake_kind want[] = {FAKE_DSB,         FAKE_RANGE_START, FAKE_CLEAN,
                                          FAKE_RANGE_START, FAKE_CLEAN,       FAKE_RANGE_START,
                                          FAKE_CLEAN,       FAKE_DSB};
    const struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX}, .name = "unit"};
    struct dmacoh_map map = {0};

    restart(MIDR_131);
    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW + 0xfe0u, 0x1040, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 8);
    for (uint32_t i = 0; i < 8; i++) {
        ck_assert_int_eq(fake->log[i].kind, want[i]);
    }
    ck_assert_uint_eq(fake->masked_ops_max, 1);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

/* Memory without a mapping cannot be served, and is refused. */
START_TEST(no_high_memory)
{
    const struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX}, .name = "unit"};
    struct dmacoh_map map = {0};

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_HIGH, 64, DMACOH_TO_DEVICE, 0),
                     DMACOH_E_NOMAP);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("armv5");
    TCase *t = tcase_create("armv5");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, op_va);
    tcase_add_test(t, pairs);
    tcase_add_test(t, ranges);
    tcase_add_test(t, barriers);
    tcase_add_test(t, nothing_to_do);
    tcase_add_test(t, cold_reset);
    tcase_add_test(t, policies);
    tcase_add_test(t, identification);
    tcase_add_test(t, second_level);
    tcase_add_test(t, no_windows);
    tcase_add_test(t, region_check);
    tcase_add_test(t, region_check_told);
    tcase_add_test(t, transfer_in_pages);
    tcase_add_test(t, no_high_memory);
    suite_add_tcase(s, t);
    return rig_run(s);
}
