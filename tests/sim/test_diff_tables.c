/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The two engines check each other on random programs over translations: long descriptors, whole and
 * in halves, the short ones of ARMv5 and ARMv6, and an MPU whose regions change under a transfer.
 * Each engine searches each program to the end, the verdicts must agree.
 * usage: test_diff_tables [programs [first seed [kind]]]; four times as many if DMACOH_LONG is 1
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <dmacoh-sim/sim.h>

#include "insn/sim_insn.h"

#define LINE    16u
#define C(pa)   (0xc0000000u + (pa))
#define PG      0x80001000u
#define TABLE   0x8000u
#define HIGH    0x200000u
#define FAR     0x1200200000u
#define BUF     0x20000u
#define RASR    0xda0u
#define RBAR    0xd9cu
#define MPU_NC  (1u << 28 | 3u << 24 | 1u << 19 | 1u << 18 | 11u << 1 | 1u) /* 4 KiB */
#define MPU_WB  (1u << 28 | 3u << 24 | 1u << 19 | 3u << 16 | 11u << 1 | 1u)
#define MAX_OPS 8

enum kind {
    LONG,
    LONG_HALVES,
    V6,
    V5,
    MPU,
    KINDS
};

struct program {
    enum kind kind;
    bool walk_cached, broken_tlbi, mapped;
    int ncpu, n, ndev;
    uint8_t op[MAX_OPS];
    uint8_t dev_op[2];
};

static struct program pr;
static struct sim *scene;
static uint8_t *door, *done;
static uint32_t wanted = 10000;
static uint32_t first_seed = 1;
static int only = -1; /* kind */
static uint32_t state;

static uint32_t rnd(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % n;
}

static void generate(uint32_t seed)
{
    memset(&pr, 0, sizeof pr);
    state = seed * 2654435761u + 54321u;
    (void)rnd(2);
    pr.kind = only >= 0 ? (enum kind)only : (enum kind)(seed % KINDS);
    pr.walk_cached = rnd(2) != 0;
    pr.broken_tlbi = rnd(4) == 0;
    pr.mapped = rnd(4) != 0;
    pr.ncpu = pr.kind != MPU && rnd(2) != 0 ? 2 : 1;
    pr.n = 5;
    pr.ndev = 1 + (int)rnd(2);
    for (int i = 0; i < MAX_OPS; i++) {
        pr.op[i] = (uint8_t)rnd(16);
    }
    for (int i = 0; i < 2; i++) {
        pr.dev_op[i] = (uint8_t)rnd(2);
    }
}

static bool is_long(void)
{
    return pr.kind == LONG || pr.kind == LONG_HALVES;
}

static uint32_t entry(void)
{
    return C(TABLE) + (is_long() ? 8u : 4u);
}

static void put(uint64_t word)
{
    if (is_long()) {
        sim_insn_store64(entry(), word);
    } else {
        sim_insn_store(entry(), (uint32_t)word, 4);
    }
}

/* A half of the entry of a page above 4 GiB, or of no page. */
static void put_half(bool high, bool valid)
{
    const uint64_t word = valid ? sim_page_entry(scene, FAR, SIM_MEM_CACHED) : 0;

    sim_insn_store(entry() + (high ? 4u : 0u), (uint32_t)(high ? word >> 32 : word), 4);
}

static void table_op(uint8_t op)
{
    const bool part = pr.kind == LONG_HALVES;

    switch (op) {
    case 0:
    case 1:
    case 2:
        if (part) {
            put_half(op != 0, false);
        } else {
            put(0);
        }
        break;
    case 3:
    case 4:
        if (part) {
            put_half(op == 3, true);
        } else {
            put(sim_page_entry(scene, HIGH, SIM_MEM_UNCACHED));
        }
        break;
    case 5:
        put(sim_page_entry(scene, is_long() ? FAR : HIGH + 0x1000u, SIM_MEM_CACHED));
        break;
    case 6:
    case 7:
        sim_insn_barrier(SIM_INSN_DSB);
        break;
    case 8:
    case 9:
        sim_insn_tlbi(SIM_INSN_TLBI_IS, PG);
        break;
    case 10:
        sim_insn_tlbi(SIM_INSN_TLBI_LOCAL, PG);
        break;
    case 11:
    case 12:
        sim_insn_cache(SIM_INSN_CLEAN, entry());
        break;
    case 13:
        sim_insn_barrier(SIM_INSN_ISB);
        break;
    case 14:
        (void)sim_load8(PG);
        break;
    default:
        sim_insn_barrier(SIM_INSN_DSB_ST);
        break;
    }
}

static void handshake(void)
{
    if (sim_flag_get(done) == 0) {
        sim_doorbell(door);
        sim_wait(done, 1);
    }
}

static void mpu_op(int i)
{
    switch (pr.op[i]) {
    case 0:
    case 1:
        sim_insn_scs_write(RASR, MPU_NC);
        break;
    case 2:
        sim_insn_scs_write(RASR, MPU_WB);
        break;
    case 3:
        sim_insn_scs_write(RASR, 0);
        break;
    case 4:
    case 5:
        sim_store8(BUF, (uint8_t)(0x10 + i));
        break;
    case 6:
        (void)sim_load8(BUF);
        break;
    case 7:
        sim_insn_cache(SIM_INSN_CLEAN, BUF);
        break;
    case 8:
        sim_insn_cache(SIM_INSN_INVAL, BUF);
        break;
    case 9:
        sim_insn_cache(SIM_INSN_CLEAN_INVAL, BUF);
        break;
    case 10:
    case 11:
    case 12:
        sim_insn_barrier(SIM_INSN_DSB);
        sim_insn_barrier(SIM_INSN_ISB);
        break;
    default:
        handshake();
        break;
    }
}

static void cpu0(void *arg)
{
    (void)arg;
    for (int i = 0; i < pr.n; i++) {
        if (pr.kind == MPU) {
            mpu_op(i);
        } else {
            table_op(pr.op[i]);
        }
    }
    if (pr.kind == MPU && sim_flag_get(done) == 0) {
        sim_doorbell(door);
    }
}

static void cpu1(void *arg)
{
    (void)arg; /* its walker and its TLB are there */
}

static void device(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    for (int i = 0; i < pr.ndev; i++) {
        if (pr.dev_op[i] != 0) {
            sim_dev_store(BUF, (uint8_t)(0x80 + i));
        } else {
            (void)sim_dev_load(BUF);
        }
    }
    sim_dev_done(done);
}

static void setup(void *arg)
{
    (void)arg;
    sim_own(BUF, LINE, SIM_OWN_RAW);
    sim_own(HIGH, 2 * 4096, SIM_OWN_RAW);
    sim_own(FAR, 4096, SIM_OWN_RAW);
    if (pr.kind == MPU) {
        sim_insn_scs_write(RBAR, BUF | 0x10u | 3u);
        sim_insn_scs_write(RASR, pr.mapped ? 0 : MPU_NC);
    }
}

static struct sim_model model(void)
{
    static const enum sim_tables tables[] = {SIM_TABLES_LPAE, SIM_TABLES_LPAE, SIM_TABLES_SHORT,
                                             SIM_TABLES_V5, SIM_TABLES_MPU};
    static const enum sim_isa isa[] = {SIM_ISA_V7A, SIM_ISA_V7A, SIM_ISA_V6, SIM_ISA_V5,
                                       SIM_ISA_V7M};
    struct sim_model m = *sim_model_find("cortex-a7");

    m.tables = tables[pr.kind];
    m.isa = isa[pr.kind];
    m.line = m.granule = LINE;
    m.ncpu = (uint8_t)pr.ncpu;
    m.tlbi_is_broken = pr.broken_tlbi;
    m.ttbr_flags = pr.walk_cached ? m.ttbr_flags : 0;
    return m;
}

static struct sim *machine(void)
{
    const struct sim_model m = model();
    struct sim *s = sim_new(&m);

    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    if (pr.kind == MPU) {
        sim_mpu_region(s, 0, 0, 0x100000u, SIM_MEM_CACHED);
    } else {
        sim_ram(s, 0x4000, 0xc000, SIM_RAM_TABLE);
        sim_ram(s, HIGH, 0x100000, SIM_RAM_NORMAL);
        sim_ram(s, FAR, 0x1000, SIM_RAM_NORMAL);
        sim_ttbr(s, 0x4000);
        sim_table_pool(s, 0xa000, 0x6000);
        sim_map_sections(s, C(0), 0, 1, SIM_MEM_CACHED);
        sim_map_table(s, 0x80000000u, TABLE);
        sim_watch_va(s, PG, 4096);
        if (pr.mapped) {
            sim_map_page(s, PG, pr.kind == LONG_HALVES ? FAR : HIGH, SIM_MEM_CACHED);
        }
    }
    door = sim_flags(s, 2);
    done = door + 1;
    sim_setup(s, setup, NULL);
    sim_cpu(s, 0, cpu0, NULL);
    if (pr.ncpu == 2) {
        sim_cpu(s, 1, cpu1, NULL);
    }
    (void)sim_device(s, device, NULL);
    scene = s;
    return s;
}

static enum sim_verdict verdict_of(enum sim_engine engine, enum sim_bug *bug)
{
    const struct sim_plan plan = {.engine = engine,
                                  .drive = SIM_DRIVE_ORDER,
                                  .max_seconds = 5,
                                  .max_schedules = 400000,
                                  .no_witness = true,
                                  .no_shrink = true};
    struct sim *s = machine();
    const enum sim_verdict v = sim_run(s, &plan);

    *bug = sim_report(s)->bug;
    sim_free(s);
    return v;
}

START_TEST(engines_agree_on_random_programs)
{
    uint32_t agree = 0;
    uint32_t clean[KINDS] = {0};
    uint32_t differ = 0;
    uint32_t open = 0;
    const clock_t start = clock();

    for (uint32_t i = 0; i < wanted; i++) {
        enum sim_bug a = SIM_OK;
        enum sim_bug b = SIM_OK;

        generate(first_seed + i);
        const enum sim_verdict con = verdict_of(SIM_ENGINE_CONCRETE, &a);
        const enum sim_verdict set = verdict_of(SIM_ENGINE_SET, &b);
        if (con == SIM_BOUND || set == SIM_OVERFLOW || set == SIM_BOUND) {
            open++;
        } else if ((con == SIM_BUG) == (set == SIM_BUG)) {
            agree++;
            clean[pr.kind] += con == SIM_DONE;
        } else if (differ++ < 5) {
            (void)printf("seed %u kind %d: concrete %s, set %s\n", (unsigned)(first_seed + i),
                         (int)pr.kind, sim_bug_name(a), sim_bug_name(b));
        }
    }
    (void)printf(
        "test_diff_tables: %u programs: %u agree (without a bug: long %u, halves %u, v6 %u, "
        "v5 %u, mpu %u), %u differ, %u undecided, %.1f s\n",
        (unsigned)wanted, (unsigned)agree, (unsigned)clean[LONG], (unsigned)clean[LONG_HALVES],
        (unsigned)clean[V6], (unsigned)clean[V5], (unsigned)clean[MPU], (unsigned)differ,
        (unsigned)open, (double)(clock() - start) / CLOCKS_PER_SEC);
    (void)fflush(stdout);
    ck_assert_uint_eq(differ, 0);
    ck_assert_uint_le(open, wanted / 100);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc > 1) {
        wanted = (uint32_t)strtoul(argv[1], NULL, 10);
    }
    if (argc > 2) {
        first_seed = (uint32_t)strtoul(argv[2], NULL, 10);
    }
    if (argc > 3) {
        only = (int)strtoul(argv[3], NULL, 10) % KINDS;
    }
    const char *longer = getenv("DMACOH_LONG");

    if (longer != NULL && strcmp(longer, "1") == 0) {
        wanted *= 4;
    }
    Suite *suite = suite_create("sim_diff_tables");
    TCase *tc = tcase_create("engines");

    tcase_set_timeout(tc, 600);
    tcase_add_test(tc, engines_agree_on_random_programs);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
