/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The MIPS32 backend against its contract in backend.h: loops over two levels, rows, identification. */
#include "rig.h"

#include "fake_mips.h"
#include "mips32.h"

#include <stdio.h>
#include <string.h>

#define PRID_24K   0x00019300u
#define PRID_34K   0x00019500u
#define PRID_1004K 0x00019900u
#define PRID_4380  0x0002a040u
#define PRID_5000  0x00025a11u
#define PRID_R10K  0x00000927u
#define PRID_I6400 0x0001a920u

/* Config2 of an L2 of eight ways of 256 lines of 64 bytes. */
#define CONFIG2_L2     0x80000257u
#define CONFIG3_CMGCR  0x20000000u
#define CONFIG_NO_MORE 0x00000483u

static struct rig rig;

static const struct dmacoh_backend_ops backend = {
    .name = "mips32",
    .probe = dmacoh_mips32_probe,
    .win_init = dmacoh_mips32_win_init,
    .win_fini = dmacoh_mips32_win_fini,
    .cpu_down = dmacoh_mips32_cpu_down,
    .op_va = dmacoh_mips32_op_va,
    .op_outer = dmacoh_mips32_op_outer,
    .barrier = dmacoh_mips32_barrier,
    .post_batch = dmacoh_mips32_post_batch,
    .win_map = dmacoh_mips32_win_map,
    .win_unmap = dmacoh_mips32_win_unmap,
    .region_check = dmacoh_mips32_region_check,
};

/* The machine without an instance: a 24K, which a test changes. */
static void machine(uint32_t ncpus)
{
    rig_machine(&rig, ncpus, 0);
    fake_mips_init();
    rig.cfg.backend = &backend;
    rig.cfg.mmu = (struct dmacoh_mmu){.root = 0};
}

static void restart(uint32_t ncpus)
{
    rig_stop(&rig);
    machine(ncpus);
}

static void init_ok(void)
{
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    fake_clear();
}

static void setup(void)
{
    machine(1);
    init_ok();
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* --- cache operations --- */

static const enum be_op ops[] = {BE_CLEAN, BE_INVAL, BE_CLEAN_INVAL};
static const enum fake_kind kinds[] = {FAKE_CLEAN, FAKE_INVAL, FAKE_CLEAN_INVAL};

/* The events from `at` on are one operation on each line; the index behind them. */
static uint32_t check_loop(uint32_t at, enum fake_kind kind, uint32_t level, uintptr_t line,
                           uintptr_t first, uintptr_t last)
{
    const uint32_t n = (uint32_t)(last / line - first / line) + 1u;

    expect(at + n <= fake->nlog);
    for (uint32_t i = 0; i < n; i++) {
        const struct fake_event *e = &fake->log[at + i];

        expect(e->kind == kind && e->value == level);
        expect(e->at == first / line * line + i * line);
    }
    return at + n;
}

static uint32_t check_sync(uint32_t at)
{
    expect(at < fake->nlog && fake->log[at].kind == FAKE_DSB);
    return at + 1u;
}

/* Cleaning goes down from the L1, invalidating up from the L2, each with its own line size. */
static void check_op(uintptr_t l1, uintptr_t l2, uintptr_t first, uintptr_t last)
{
    rig.c.be_priv[MIPS_L1_LINE] = l1;
    rig.c.be_priv[MIPS_L2_LINE] = l2;
    for (uint32_t k = 0; k < 3; k++) {
        uint32_t at = 0;

        fake_clear();
        dmacoh_mips32_op_va(&rig.c, ops[k], first, last);
        if (ops[k] == BE_INVAL && l2 != 0) {
            at = check_loop(at, kinds[k], FAKE_MIPS_L2, l2, first, last);
            at = l1 != 0 ? check_sync(at) : at;
        }
        if (l1 != 0) {
            at = check_loop(at, kinds[k], 1, l1, first, last);
        }
        if (ops[k] != BE_INVAL && l2 != 0) {
            at = l1 != 0 ? check_sync(at) : at;
            at = check_loop(at, kinds[k], FAKE_MIPS_L2, l2, first, last);
        }
        expect(at == fake->nlog);
    }
}

START_TEST(op_va)
{
    static const uintptr_t lines[][2] = {{16, 0},  {32, 0},   {64, 0},  {32, 32},
                                         {32, 64}, {16, 128}, {64, 32}, {0, 128}};

    for (uint32_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        for (uintptr_t off = 0; off < 140; off += 5) {
            for (uintptr_t len = 1; len < 400; len += 13) {
                check_op(lines[i][0], lines[i][1], 0x80000000u + off, 0x80000000u + off + len - 1u);
            }
        }
        check_op(lines[i][0], lines[i][1], UINTPTR_MAX - 300u, UINTPTR_MAX);
        check_op(lines[i][0], lines[i][1], 0, 0);
    }
}
END_TEST

/* An address in KSEG1 stands for the same byte in KSEG0; its neighbours are not changed. */
START_TEST(uncached_addresses)
{
    dmacoh_mips32_op_va(&rig.c, BE_CLEAN_INVAL, 0xa0000000u, 0xa000001fu);
    ck_assert_uint_eq(fake->nlog, 1);
    ck_assert_uint_eq(fake->log[0].at, 0x80000000u);
    fake_clear();
    dmacoh_mips32_op_va(&rig.c, BE_INVAL, 0xbfffffe0u, 0xbfffffffu);
    ck_assert_uint_eq(fake->nlog, 1);
    ck_assert_uint_eq(fake->log[0].at, 0x9fffffe0u);
    fake_clear();
    dmacoh_mips32_op_va(&rig.c, BE_CLEAN, 0x9fffffe0u, 0x9fffffffu);
    dmacoh_mips32_op_va(&rig.c, BE_CLEAN, 0xc0000000u, 0xc0000000u);
    ck_assert_uint_eq(fake->log[0].at, 0x9fffffe0u);
    ck_assert_uint_eq(fake->log[1].at, 0xc0000000u);
}
END_TEST

/* BMIPS5000: at most two lines at each end are cleaned in the L2 before it is invalidated. */
START_TEST(prefetch_buffer)
{
    restart(1);
    fake_mips.prid = PRID_5000;
    fake_mips.config2 = CONFIG2_L2;
    init_ok();
    ck_assert_str_eq(rig.c.policy->name, "bmips5000 with an L2");
    for (uintptr_t off = 0; off < 64; off += 7) {
        for (uintptr_t len = 1; len < 1000; len += 31) {
            const uintptr_t first = 0x80001000u + off;
            const uintptr_t last = first + len - 1u;
            uint32_t at = 0;

            fake_clear();
            dmacoh_mips32_op_va(&rig.c, BE_INVAL, first, last);
            if (last - first < 256u) {
                at = check_loop(at, FAKE_CLEAN, FAKE_MIPS_L2, 64, first, last);
            } else {
                at = check_loop(at, FAKE_CLEAN, FAKE_MIPS_L2, 64, first, first + 64u);
                at = check_loop(at, FAKE_CLEAN, FAKE_MIPS_L2, 64, last - 64u, last);
            }
            at = check_loop(at, FAKE_INVAL, FAKE_MIPS_L2, 64, first, last);
            at = check_sync(at);
            at = check_loop(at, FAKE_INVAL, 1, 32, first, last);
            expect(at == fake->nlog);
        }
    }
    fake_clear(); /* four lines and a byte: the shortest range with a line in the middle */
    dmacoh_mips32_op_va(&rig.c, BE_INVAL, 0x80001000u, 0x80001100u);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 4);
    ck_assert_uint_eq(check_loop(2, FAKE_CLEAN, FAKE_MIPS_L2, 64, 0x800010c0u, 0x80001100u), 4);
    fake_clear();
    dmacoh_mips32_op_va(&rig.c, BE_CLEAN_INVAL, 0x80001000u, 0x80001fffu);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 0);
}
END_TEST

START_TEST(barriers)
{
    for (int bar = BE_BAR_WMB; bar <= BE_BAR_DONE; bar++) {
        fake_clear();
        dmacoh_mips32_barrier(&rig.c, (enum be_bar)bar);
        ck_assert_uint_eq(fake->nlog, 1);
        ck_assert_int_eq(fake->log[0].kind, FAKE_DSB);
    }
    fake_clear();
    dmacoh_mips32_op_outer(&rig.c, BE_CLEAN, 0, 63);
    dmacoh_mips32_win_fini(&rig.c);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* BMIPS: the read-ahead cache is emptied before the first line goes, once a call, and not on the way out. */
START_TEST(read_ahead)
{
    struct dmacoh_dev_cfg cfg;
    struct dmacoh_dev dev;
    struct dmacoh_map m = {0};

    restart(1);
    fake_mips.prid = PRID_4380;
    fake_mips.cbr = 0xff47ffffu;
    fake_mips.rac = 0x43u;
    fake_mips.rac_va = 0xff440000u;
    init_ok();
    ck_assert_str_eq(rig.c.policy->name, "bmips4350, bmips4380");
    cfg = rig_dev_cfg(&rig);
    cfg.bounce = NULL;
    cfg.coherent = NULL;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 4096, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_RAC), 0);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 128);
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_RAC), 3);
    ck_assert_uint_eq(fake_find(FAKE_RAC, 0), 1);
    ck_assert_uint_eq(fake->log[0].kind, FAKE_DSB);
    ck_assert_uint_eq(fake->log[2].at, 1);
    ck_assert_uint_eq(fake->log[2].value, 0x143u);
    ck_assert_uint_eq(fake->log[3].kind, FAKE_RAC);
    ck_assert_int_eq(fake->log[4].kind, FAKE_DSB);
    ck_assert_uint_eq(fake_find(FAKE_INVAL, 0), 5);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 128);
}
END_TEST

START_TEST(cold_reset)
{
    fake_mips.config2 = CONFIG2_L2;
    for (uint32_t boot = 0; boot < 2; boot++) {
        fake_clear();
        dmacoh_mips32_boot_cache_inval(boot != 0);
        ck_assert_int_eq(fake->log[0].kind, FAKE_CSSELR);
        ck_assert_int_eq(fake->log[1].kind, FAKE_ISB);
        uint32_t at = check_loop(2, FAKE_DCISW, 1, 32, 0x80000000u, 0x80003fffu);

        if (boot != 0) {
            at = check_loop(at, FAKE_DCISW, FAKE_MIPS_L2, 64, 0x80000000u, 0x8001ffffu);
        }
        ck_assert_uint_eq(check_sync(at), fake->nlog);
    }
    /* No L2, no Config2, and a CPU without such registers. */
    fake_clear();
    fake_mips.config2 = 0x80000000u;
    dmacoh_mips32_boot_cache_inval(true);
    ck_assert_uint_eq(fake_count(FAKE_DCISW), 512);
    fake_clear();
    fake_mips.config2 = CONFIG2_L2;
    fake_mips.config1 &= 0x7fffffffu;
    dmacoh_mips32_boot_cache_inval(true);
    ck_assert_uint_eq(fake_count(FAKE_DCISW), 512);
    fake_clear();
    fake_mips.config = CONFIG_NO_MORE;
    dmacoh_mips32_boot_cache_inval(true);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* --- rows --- */

#define S BE_P_SPECULATES

static const uint8_t one_level[3][BE_NTRANSITIONS] = {
    {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP}, {BE_CLEAN, BE_INVAL, BE_INVAL}};
static const uint8_t two_levels[3][BE_NTRANSITIONS] = {{BE_CLEAN, BE_CLEAN, BE_INVAL},
                                                       {BE_CLEAN, BE_CLEAN, BE_NOP},
                                                       {BE_CLEAN, BE_CLEAN_INVAL, BE_INVAL}};
static const uint8_t quiet[3][BE_NTRANSITIONS] = {{BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP},
                                                  {BE_CLEAN, BE_CLEAN, BE_NOP},
                                                  {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP}};
static const uint8_t r10k[3][BE_NTRANSITIONS] = {{BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL},
                                                 {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP},
                                                 {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL}};

static void check_row(uint32_t prid, uint32_t have, const char *name, uint32_t flags,
                      const uint8_t (*op)[BE_NTRANSITIONS])
{
    const struct dmacoh_policy *p = mips32_policy(prid, have);

    ck_assert_str_eq(p->name, name);
    ck_assert_uint_eq(p->flags, flags);
    ck_assert_uint_eq(p->alias_boundary, 32768);
    ck_assert_uint_eq(p->va_last, UINT32_MAX);
    ck_assert_mem_eq(p->op, op, sizeof(one_level));
}

START_TEST(still_rows)
{
    static const struct {
        uint32_t prid;
        const char *name;
        uint32_t flags;
    } cpus[] = {
        {0x00018003u, "4kc", 0},
        {0x0001842fu, "4kec", 0},
        {0x0001906cu, "4kec release 2", 0},
        {PRID_24K | 0x8du, "24k", 0},
        {0x0001968cu, "24ke", 0},
        {PRID_34K | 0x55u, "34k", MIPS_P_ONE_L1},
        {0x0001974cu, "74k", 0},
        {PRID_1004K | 0x2fu, "1004k", 0},
        {0x00019a20u, "1074k", 0},
        {0x00019c05u, "m14kc", 0},
        {0x00019e05u, "m14kec", 0},
        {0x0001a020u, "interaptiv", 0},
        {0x0001a120u, "interaptiv", 0},
        {0x00029029u, "bmips3300", BE_P_POST_BATCH},
        {0x00029107u, "bmips3300", BE_P_POST_BATCH},
        {PRID_4380, "bmips4350, bmips4380", BE_P_POST_BATCH},
    };

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        char name[64];

        check_row(cpus[i].prid, 0, cpus[i].name, cpus[i].flags, one_level);
        (void)snprintf(name, sizeof(name), "%s with an L2", cpus[i].name);
        check_row(cpus[i].prid, MIPS_L2, name, cpus[i].flags, two_levels);
        (void)snprintf(name, sizeof(name), "%s, nothing prefetches", cpus[i].name);
        check_row(cpus[i].prid, MIPS_QUIET, name, cpus[i].flags, quiet);
        check_row(cpus[i].prid, MIPS_QUIET | MIPS_L2, name, cpus[i].flags, quiet);
    }
}
END_TEST

/* What the port vouches for does not count where the CPU fetches lines by itself. */
START_TEST(speculating_rows)
{
    static const struct {
        uint32_t prid;
        const char *name;
        uint32_t flags;
    } cpus[] = {
        {0x0001a820u, "p5600", S},
        {PRID_5000, "bmips5000", S | MIPS_P_L2_BUFFER},
        {0x00025b01u, "bmips5000", S | MIPS_P_L2_BUFFER},
        {0x0001a200u, "mips32", S},
        {0x0001a700u, "mips32", S},
        {0x00d00200u, "mips32", S},
        {0x00039300u, "mips32", S},
        {0x00000400u, "mips32", S},
    };

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        char name[64];

        (void)snprintf(name, sizeof(name), "%s with an L2", cpus[i].name);
        check_row(cpus[i].prid, 0, cpus[i].name, cpus[i].flags, one_level);
        check_row(cpus[i].prid, MIPS_QUIET, cpus[i].name, cpus[i].flags, one_level);
        check_row(cpus[i].prid, MIPS_L2, name, cpus[i].flags, two_levels);
        check_row(cpus[i].prid, MIPS_QUIET | MIPS_L2, name, cpus[i].flags, two_levels);
    }
    for (uint32_t have = 0; have < 4; have++) {
        check_row(PRID_I6400, have, "i6400", S | MIPS_P_CM3, two_levels);
        check_row(0x0001b001u, have, "i6500", S | MIPS_P_CM3, two_levels);
        check_row(PRID_R10K, have, "r10000", S | MIPS_P_SPEC_STORES, r10k);
        check_row(0x00000e23u, have, "r12000, r14000", S | MIPS_P_SPEC_STORES, r10k);
        check_row(0x00000f10u, have, "r12000, r14000", S | MIPS_P_SPEC_STORES, r10k);
    }
}
END_TEST

/* --- identification --- */

static void is_refused(void)
{
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
}

static void lines_are(uint32_t step, uint32_t line)
{
    init_ok();
    ck_assert_uint_eq(rig.c.step, step);
    ck_assert_uint_eq(rig.c.line, line);
    ck_assert_uint_eq(rig.c.page_shift, 12);
}

/* Config1: lines of 2 << L bytes. */
START_TEST(first_level)
{
    lines_are(32, 32);
    ck_assert_uint_eq(rig.c.be_priv[MIPS_L2_LINE], 0);
    for (uint32_t l = 1; l < 8; l++) {
        fake_mips.config1 = 0x80000000u | l << 10;
        lines_are(2u << l, 2u << l);
    }
    fake_mips.config1 = 0x80000000u; /* no data cache */
    is_refused();
    fake_mips.config1 = 0x80000000u | 4u << 10 | 4u << 13; /* ways of 32 KiB, and of 64 */
    init_ok();
    fake_mips.config1 = 0x80000000u | 4u << 10 | 5u << 13;
    is_refused();
    fake_mips.config1 = 0x80000000u | 5u << 10 | 7u << 13; /* 32 sets of 64 bytes */
    lines_are(64, 64);
    fake_mips.config = CONFIG_NO_MORE;
    is_refused();
}
END_TEST

START_TEST(second_level)
{
    fake_mips.config2 = CONFIG2_L2;
    lines_are(32, 64);
    ck_assert_str_eq(rig.c.policy->name, "24k with an L2");
    fake_mips.config2 = 0x80000237u; /* 16 bytes */
    lines_are(16, 32);
    fake_mips.config2 = 0x80000287u; /* a reserved line size */
    lines_are(32, 32);
    fake_mips.config2 = CONFIG2_L2 | 0x1000u; /* bypassed */
    lines_are(32, 32);
    fake_mips.prid = PRID_5000;
    lines_are(32, 32);
    fake_mips.prid = 0x00d00200u; /* another company's bit may mean anything */
    lines_are(32, 64);
    fake_mips.prid = PRID_24K;
    fake_mips.config2 = CONFIG2_L2;
    fake_mips.config1 &= 0x7fffffffu; /* there is no Config2 */
    lines_are(32, 32);
    fake_mips.config1 |= 0x80000000u;
    rig.cfg.flags = DMACOH_F_NO_PREFETCH;
    lines_are(32, 64);
    ck_assert_str_eq(rig.c.policy->name, "24k, nothing prefetches");
}
END_TEST

/* Only the port knows the line of a CM3's L2. */
START_TEST(manager_3)
{
    fake_mips.prid = PRID_I6400;
    fake_mips.config2 = CONFIG2_L2;
    is_refused();
    static const uint32_t bad[] = {8, 24, 48, 65, 512, 0x80000000u};

    for (uint32_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        rig.cfg.facts.l2_line = bad[i];
        is_refused();
    }
    for (uint32_t line = 16; line <= 256; line *= 2) {
        rig.cfg.facts.l2_line = line;
        lines_are(line < 32 ? line : 32, line < 32 ? 32 : line);
        ck_assert_str_eq(rig.c.policy->name, "i6400");
        ck_assert_uint_eq(rig.c.be_priv[MIPS_L2_LINE], line);
    }
    fake_mips.prid = PRID_24K; /* it can be asked */
    rig.cfg.facts.l2_line = 128;
    lines_are(32, 64);
}
END_TEST

START_TEST(r10000)
{
    fake_mips.prid = PRID_R10K;
    fake_mips.config = 0x6c000003u; /* no such chain of registers: bit 31 is another one's */
    fake_mips.config1 = 0;
    is_refused();
    rig.cfg.flags = DMACOH_F_NO_SPEC_STORES;
    lines_are(64, 64);
    ck_assert_uint_eq(rig.c.be_priv[MIPS_L1_LINE], 0);
    fake_mips.config |= 0x2000u;
    lines_are(128, 128);
    rig.cfg.flags = DMACOH_F_NO_SPEC_STORES | DMACOH_F_NO_PREFETCH;
    lines_are(128, 128);
    ck_assert_str_eq(rig.c.policy->name, "r10000");
    rig.cfg.flags = 0x20u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_INVAL);
}
END_TEST

/* KSEG0 must be cached; and where a loader left the base of the core's registers empty, memory lies. */
START_TEST(segments)
{
    for (uint32_t k0 = 0; k0 < 8; k0++) {
        fake_mips.config = 0x80000480u | k0;
        if (k0 == 2 || k0 == 7) {
            is_refused();
        } else {
            init_ok();
            ck_assert_uint_eq(rig.c.be_priv[MIPS_CCA], (uintptr_t)k0 << 3);
        }
    }
    fake_mips.config = 0x80000483u;
    fake_mips.prid = PRID_4380;
    fake_mips.cbr = 0x0003ffffu;
    is_refused();
    fake_mips.cbr = 0x11fa1234u;
    init_ok();
    ck_assert_uint_eq(rig.c.be_priv[MIPS_RAC], 0xb1f80000u);
}
END_TEST

static int map_with(uint64_t phys, uintptr_t va, uint64_t size, uint32_t kind)
{
    rig.mem[4] = (struct dmacoh_mem){phys, size, va, kind};
    rig.cfg.nmem = 5;
    return dmacoh_init(&rig.c, &rig.cfg);
}

START_TEST(memory_map)
{
    ck_assert_int_eq(map_with(0x4000, 0x80004000u, 0x2000, DMACOH_RAM_LINEAR), DMACOH_OK);
    ck_assert_int_eq(map_with(0x4000, 0x80005000u, 0x2000, DMACOH_RAM_LINEAR), DMACOH_E_ATTR);
    ck_assert_int_eq(map_with(UINT64_C(0x100004000), 0x80004000u, 0x2000, DMACOH_RAM_LINEAR),
                     DMACOH_E_ATTR);
    ck_assert_int_eq(map_with(0x4000, 0xa0004000u, 0x2000, DMACOH_RAM_LINEAR), DMACOH_E_ATTR);
    ck_assert_int_eq(map_with(0x1ffff000, 0x9ffff000u, 0x1000, DMACOH_RAM_LINEAR), DMACOH_OK);
    ck_assert_int_eq(map_with(0x1ffff000, 0x9ffff000u, 0x2000, DMACOH_RAM_LINEAR), DMACOH_E_ATTR);
    ck_assert_int_eq(map_with(0x1ffff000, 0xbffff000u, 0x2000, DMACOH_RAM_LINEAR), DMACOH_E_ATTR);
    ck_assert_int_eq(map_with(0x1fc00000, 0xbfc00000u, 0x1000, DMACOH_RAM_NODMA), DMACOH_OK);
    ck_assert_int_eq(map_with(0x20000000, 0xc0000000u, 0x1000, DMACOH_RAM_LINEAR), DMACOH_OK);
    ck_assert_int_eq(map_with(0x20000000, 0, 0x1000, DMACOH_RAM_HIGH), DMACOH_OK);
}
END_TEST

/* Several CPUs: operations must reach all caches that may hold a line. */
START_TEST(several_cpus)
{
    restart(2);
    is_refused();
    rig.cfg.flags = DMACOH_F_CPU_AFFINE;
    init_ok();
    rig.cfg.flags = 0;
    fake_mips.prid = PRID_34K;
    init_ok();
    fake_mips.prid = PRID_1004K;
    fake_mips.config3 = CONFIG3_CMGCR;
    is_refused(); /* what KSEG0 shows is not coherent */
    for (uint32_t k0 = 3; k0 < 7; k0++) {
        fake_mips.config = 0x80000480u | k0;
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg),
                         k0 == 4 || k0 == 5 ? DMACOH_OK : DMACOH_E_UNSUPP);
    }
    fake_mips.config = 0x80000485u;
    fake_mips.config3 = ~CONFIG3_CMGCR;
    is_refused();
    fake_mips.config3 = CONFIG3_CMGCR;
    fake_mips.config2 = 0x00000257u; /* there is no Config3 */
    is_refused();
    fake_mips.config2 = CONFIG2_L2;
    init_ok();
}
END_TEST

static void differs(uint32_t *reg, uint32_t value)
{
    const uint32_t old = *reg;

    *reg = value;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    *reg = old;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
}

START_TEST(second_cpu)
{
    restart(2);
    fake_mips.prid = PRID_34K;
    fake_mips.config2 = CONFIG2_L2;
    rig.cfg.mmu.entry_first = 40; /* of no windows: Wired does not matter */
    init_ok();
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    differs(&fake_mips.prid, PRID_24K);
    differs(&fake_mips.prid, 0x00019700u);
    differs(&fake_mips.config, 0x80000482u);
    differs(&fake_mips.config, 0x80000485u);
    differs(&fake_mips.config, CONFIG_NO_MORE);
    differs(&fake_mips.config1, 0x80000000u | 3u << 10);
    differs(&fake_mips.config2, 0x80000267u);
    differs(&fake_mips.config2, 0x80000000u);
    restart(2);
    fake_mips.prid = PRID_4380;
    fake_mips.cbr = 0x11f80000u;
    rig.cfg.flags = DMACOH_F_CPU_AFFINE;
    init_ok();
    rig.fake.cpu = 1;
    differs(&fake_mips.cbr, 0x11f40000u);
    differs(&fake_mips.prid, 0x00029000u); /* everything else agrees */
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mips32");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, op_va);
    tcase_add_test(t, uncached_addresses);
    tcase_add_test(t, prefetch_buffer);
    tcase_add_test(t, barriers);
    tcase_add_test(t, read_ahead);
    tcase_add_test(t, cold_reset);
    tcase_add_test(t, still_rows);
    tcase_add_test(t, speculating_rows);
    tcase_add_test(t, first_level);
    tcase_add_test(t, second_level);
    tcase_add_test(t, manager_3);
    tcase_add_test(t, r10000);
    tcase_add_test(t, segments);
    tcase_add_test(t, memory_map);
    tcase_add_test(t, several_cpus);
    tcase_add_test(t, second_cpu);
    suite_add_tcase(s, t);
    return rig_run(s);
}
