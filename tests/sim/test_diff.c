/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The two engines check each other: random programs over each kind of cache; each engine searches
 * each program to the end, the verdicts must agree.
 * usage: test_diff KIND [programs [first seed]]; five times as many if DMACOH_LONG is 1
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "diff_programs.h"

static const struct diff_kind *kind;
static uint32_t wanted = 10000;
static uint32_t first_seed = 1;

static enum sim_verdict verdict_of(enum sim_engine engine, enum sim_bug *bug)
{
    const struct sim_plan plan = {.engine = engine,
                                  .drive = SIM_DRIVE_ORDER,
                                  .max_seconds = 60,
                                  .max_schedules = 400000,
                                  .no_witness = true,
                                  .no_shrink = true};
    struct sim *s = diff_machine();
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

        diff_generate(kind, first_seed + i);
        const enum sim_verdict con = verdict_of(SIM_ENGINE_CONCRETE, &a);
        const enum sim_verdict set = verdict_of(SIM_ENGINE_SET, &b);
        if (con == SIM_BOUND || set == SIM_OVERFLOW || set == SIM_BOUND) {
            open++;
        } else if ((con == SIM_BUG) == (set == SIM_BUG)) {
            agree++;
            clean += con == SIM_DONE;
        } else if (differ++ < 5) {
            (void)printf("seed %u, %s: concrete %s, set %s\n", (unsigned)(first_seed + i),
                         diff_text(), sim_bug_name(a), sim_bug_name(b));
        }
    }
    (void)printf("test_diff %s: %u programs: %u agree (%u without a bug), %u differ, "
                 "%u undecided, %.1f s\n",
                 kind->name, (unsigned)wanted, (unsigned)agree, (unsigned)clean, (unsigned)differ,
                 (unsigned)open, (double)(clock() - start) / CLOCKS_PER_SEC);
    (void)fflush(stdout);
    ck_assert_uint_eq(differ, 0);
    ck_assert_uint_le(open, wanted / 100);
}
END_TEST

int main(int argc, char **argv)
{
    kind = diff_kind_find(argc > 1 ? argv[1] : "pipt");
    if (kind == NULL) {
        (void)fprintf(stderr, "test_diff: no kind %s\n", argv[1]);
        return EXIT_FAILURE;
    }
    if (argc > 2) {
        wanted = (uint32_t)strtoul(argv[2], NULL, 10);
    }
    if (argc > 3) {
        first_seed = (uint32_t)strtoul(argv[3], NULL, 10);
    }
    const char *longer = getenv("DMACOH_LONG");
    if (longer != NULL && strcmp(longer, "1") == 0) {
        wanted *= 5;
    }
    Suite *suite = suite_create("sim_diff");
    TCase *tc = tcase_create("engines");
    tcase_set_timeout(tc, 3600);
    tcase_add_test(tc, engines_agree_on_random_programs);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
