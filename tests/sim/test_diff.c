/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The two engines check each other: random programs over one line, two lines, two CPUs, an outer
 * cache and page tables; each engine searches each program to the end, the verdicts must agree.
 * usage: test_diff [programs [first seed]]
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <dmacoh-sim/sim.h>

#include "armv7a_insn.h"
#include "mem_insn.h"

#define LINE    16u
#define BUF     0x20000u
#define C(pa)   (0xc0000000u + (pa))
#define SYN(pa) (0xd0000000u + (pa))
#define PG      0x80001000u
#define PTE     (C(0x8004u))
#define HIGH    0x200000u
#define MAX_OPS 8

enum kind {
    ONE_LINE,
    TWO_CPUS,
    TWO_LINES,
    OUTER,
    TABLES,
    KINDS
};

struct program {
    enum kind kind;
    bool walk_cached, broken_tlbi, may_clean;
    int ncpu, n, ndev, n1;
    uint8_t op[MAX_OPS], where[MAX_OPS], dev_op[2], dev_where[2], op1[2];
};

static struct program pr;
static uint8_t *door, *done;
static uint32_t wanted = 10000;
static uint32_t first_seed = 1;

static uint32_t state;

static uint32_t rnd(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % n;
}

static void generate(uint32_t seed)
{
    memset(&pr, 0, sizeof pr);
    state = seed * 2654435761u + 12345u;
    (void)rnd(2);
    pr.kind = (enum kind)(seed % KINDS);
    pr.walk_cached = rnd(2) != 0;
    pr.broken_tlbi = rnd(4) == 0;
    pr.may_clean = rnd(2) != 0;
    pr.ncpu = pr.kind == TWO_CPUS || (pr.kind == TABLES && rnd(2) != 0) ? 2 : 1;
    pr.n = pr.kind == TABLES ? 5 : pr.kind == TWO_LINES || pr.kind == ONE_LINE ? 6 : 5;
    pr.ndev = 1 + (int)rnd(2);
    pr.n1 = 1 + (int)rnd(2);
    for (int i = 0; i < MAX_OPS; i++) {
        pr.op[i] = (uint8_t)rnd(16);
        pr.where[i] = (uint8_t)rnd(2);
    }
    for (int i = 0; i < 2; i++) {
        pr.dev_op[i] = (uint8_t)rnd(2);
        pr.dev_where[i] = (uint8_t)rnd(2);
        pr.op1[i] = (uint8_t)rnd(4);
    }
}

static void handshake(void)
{
    if (sim_flag_get(done) == 0) {
        sim_doorbell(door);
        sim_wait(done, 1);
    }
}

static void line_op(int i)
{
    const uint32_t pa = BUF + (pr.kind == TWO_LINES ? pr.where[i] * LINE : 0);
    /* the other VA of the same line, in programs over one line */
    const uint32_t va = pr.kind == ONE_LINE && pr.where[i] != 0 ? SYN(pa) : C(pa);

    switch (pr.op[i]) {
    case 0:
    case 1:
        sim_store8(va, (uint8_t)(0x10 + i));
        break;
    case 2:
        (void)sim_load8(va);
        break;
    case 3:
        insn_dccmvac(va);
        break;
    case 4:
    case 5:
        insn_dcimvac(va);
        break;
    case 6:
        insn_dccimvac(va);
        break;
    case 7:
    case 8:
        insn_dsb();
        break;
    case 9:
        insn_dmb();
        break;
    case 10:
        insn_dsb_st();
        break;
    case 11:
        if (pr.kind == OUTER) {
            sim_outer_clean(pa);
        } else {
            sim_dev_reg_read(0);
        }
        break;
    case 12:
        if (pr.kind == OUTER) {
            sim_outer_inval(pa);
        } else {
            sim_dev_reg_read(0);
        }
        break;
    default:
        handshake();
        break;
    }
}

static void table_op(int i)
{
    switch (pr.op[i]) {
    case 0:
    case 1:
    case 2:
        insn_store32(PTE, 0);
        break;
    case 3:
    case 4:
        insn_store32(PTE, sim_small_page(HIGH, SIM_MEM_UNCACHED));
        break;
    case 5:
        insn_store32(PTE, sim_small_page(HIGH + 0x1000u, SIM_MEM_CACHED));
        break;
    case 6:
    case 7:
        insn_dsb();
        break;
    case 8:
    case 9:
        insn_tlbimvaais(PG);
        break;
    case 10:
        insn_tlbimva(PG);
        break;
    case 11:
    case 12:
        insn_dccmvac(PTE);
        break;
    case 13:
        insn_isb();
        break;
    case 14:
        (void)sim_load8(PG);
        break;
    default:
        insn_dsb_st();
        break;
    }
}

static void cpu0(void *arg)
{
    (void)arg;
    for (int i = 0; i < pr.n; i++) {
        if (pr.kind == TABLES) {
            table_op(i);
        } else {
            line_op(i);
        }
    }
    if (pr.kind != TABLES && sim_flag_get(done) == 0) {
        sim_doorbell(door);
    }
}

static void cpu1(void *arg)
{
    (void)arg;
    for (int i = 0; i < pr.n1 && pr.kind != TABLES; i++) {
        if (pr.op1[i] < 2) {
            sim_store8(C(BUF) + 8, (uint8_t)(0x40 + i));
        } else {
            (void)sim_load8(C(BUF) + 8);
        }
    }
}

static void device(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    for (int i = 0; i < pr.ndev; i++) {
        const uint64_t pa = BUF + (pr.kind == TWO_LINES ? pr.dev_where[i] * LINE : 0);

        if (pr.dev_op[i] != 0) {
            sim_dev_store(pa, (uint8_t)(0x80 + i));
        } else {
            (void)sim_dev_load(pa);
        }
    }
    sim_dev_done(done);
}

static void setup(void *arg)
{
    (void)arg;
    sim_own(BUF, 2 * LINE, SIM_OWN_RAW);
    sim_own(HIGH, 2 * 4096, SIM_OWN_RAW);
}

static struct sim *machine(void)
{
    struct sim_model m = *sim_model_find(pr.kind == OUTER ? "generic-v7-l2" : "cortex-a7");

    m.line = m.granule = LINE;
    m.ncpu = (uint8_t)pr.ncpu;
    m.inv_may_clean = pr.may_clean;
    if (pr.kind == TABLES) {
        m.tlbi_is_broken = pr.broken_tlbi;
        m.ttbr_flags = pr.walk_cached ? m.ttbr_flags : 0;
    }
    struct sim *s = sim_new(&m);
    sim_ram(s, 0x4000, 0x5000, SIM_RAM_TABLE);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, HIGH, 0x100000, SIM_RAM_NORMAL);
    sim_ttbr(s, 0x4000);
    sim_map_sections(s, 0xc0000000u, 0, 1, SIM_MEM_CACHED);
    sim_map_sections(s, 0xd0000000u, 0, 1, SIM_MEM_CACHED);
    sim_map_table(s, 0x80000000u, 0x8000);
    if (pr.kind == TABLES) {
        sim_map_page(s, PG, HIGH, SIM_MEM_CACHED);
    }
    door = sim_flags(s, 2);
    done = door + 1;
    sim_setup(s, setup, NULL);
    sim_cpu(s, 0, cpu0, NULL);
    if (pr.ncpu == 2) {
        sim_cpu(s, 1, cpu1, NULL);
    }
    (void)sim_device(s, device, NULL);
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
    uint32_t clean = 0;
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
            clean += con == SIM_DONE;
        } else if (differ++ < 5) {
            (void)printf("seed %u kind %d: concrete %s, set %s\n", (unsigned)(first_seed + i),
                         (int)pr.kind, sim_bug_name(a), sim_bug_name(b));
        }
    }
    (void)printf("test_diff: %u programs: %u agree (%u without a bug), %u differ, %u undecided, "
                 "%.1f s\n",
                 (unsigned)wanted, (unsigned)agree, (unsigned)clean, (unsigned)differ,
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
    Suite *suite = suite_create("sim_diff");
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
