/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Every seeded bug is found by the set engine, by exhaustive search and by random runs; every
 * correct scene is DONE; every bug of the set engine replays on the concrete engine.
 */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenes.h"

static void check_bug(struct sim *s, enum sim_verdict v, const char *how)
{
    const struct sim_report *r = sim_report(s);

    ck_assert_msg(v == SIM_BUG, "%s: %s %s", how, r->verdict_name, r->bound);
    ck_assert_msg(r->replayed, "%s: %s does not replay", how, r->bug_name);
    ck_assert_msg(strstr(r->timeline, r->bug_name) != NULL, "%s: no timeline", how);
}

START_TEST(set_engine)
{
    const struct scene *sc = &scenes[_i];
    struct sim *s = scene_new(sc, 0, NULL);
    const enum sim_verdict v = sim_run(s, NULL);

    if (sc->bug == 0 || (sc->id == 4 && sc->bug == 6)) {
        ck_assert_msg(v == SIM_DONE, "%s: %s %s", sc->what, sim_report(s)->bug_name,
                      sim_report(s)->message);
    } else {
        check_bug(s, v, sc->what);
    }
    sim_free(s);
}
END_TEST

START_TEST(exhaustive)
{
    const struct scene *sc = &scenes[_i];
    const bool correct = sc->bug == 0 || (sc->id == 4 && sc->bug == 6);
    const struct sim_plan plan = {.engine = SIM_ENGINE_CONCRETE,
                                  .drive = SIM_DRIVE_EXHAUSTIVE,
                                  /* to the end where that is short; the set engine does the rest */
                                  .adversary = correct && (sc->id == 5 || sc->id == 4) ? 1 : 0,
                                  .max_seconds = 30};
    struct sim *s = scene_new(sc, 0, NULL);
    const enum sim_verdict v = sim_run(s, &plan);

    if (correct && plan.adversary == 0) {
        ck_assert_msg(v == SIM_DONE, "%s: %s %s", sc->what, sim_report(s)->bug_name,
                      sim_report(s)->message);
    } else if (correct) {
        ck_assert_int_eq(v, SIM_BOUND);
        ck_assert(sim_report(s)->within_budget);
    } else {
        check_bug(s, v, sc->what);
    }
    sim_free(s);
}
END_TEST

START_TEST(random_runs)
{
    const struct scene *sc = &scenes[_i];
    const bool correct = sc->bug == 0 || (sc->id == 4 && sc->bug == 6);
    const struct sim_plan plan = {
        .engine = SIM_ENGINE_CONCRETE, .drive = SIM_DRIVE_RANDOM, .runs = correct ? 500 : 100000};
    struct sim *s = scene_new(sc, 0, NULL);
    const enum sim_verdict v = sim_run(s, &plan);

    if (correct) {
        ck_assert_int_eq(v, SIM_BOUND); /* random runs prove nothing */
        ck_assert(!sim_report(s)->within_budget);
    } else {
        check_bug(s, v, sc->what);
    }
    sim_free(s);
}
END_TEST

START_TEST(script_replays_word_for_word)
{
    const struct scene *sc = &scenes[_i];
    struct sim *s = scene_new(sc, 0, NULL);

    if (sim_run(s, NULL) == SIM_BUG) {
        const enum sim_bug bug = sim_report(s)->bug;
        char *script = strdup(sim_report(s)->script);

        ck_assert_ptr_nonnull(script);
        ck_assert_ptr_null(strchr(script, '\n'));
        ck_assert_int_eq(sim_replay(s, script), SIM_BUG);
        ck_assert_int_eq(sim_report(s)->bug, bug);
        ck_assert_str_eq(sim_report(s)->script, script);
        free(script);
    }
    sim_free(s);
}
END_TEST

START_TEST(bounds_are_not_done)
{
    const struct scene good = {5, 0, 1, ""};
    const struct sim_plan few = {.max_schedules = 3};
    const struct sim_plan calm = {.preempt = 1};
    const struct sim_plan deaf = {.no_irqs = true};
    struct sim *s = scene_new(&good, 0, NULL);

    ck_assert_int_eq(sim_run(s, &few), SIM_BOUND);
    ck_assert(!sim_report(s)->within_budget);
    ck_assert_int_eq(sim_run(s, &deaf), SIM_BOUND);
    sim_free(s);
    const struct scene two = {7, 0, 1, ""};
    s = scene_new(&two, 0, NULL);
    ck_assert_int_eq(sim_run(s, &calm), SIM_BOUND);
    ck_assert(sim_report(s)->within_budget);
    sim_free(s);
}
END_TEST

START_TEST(counts_do_not_depend_on_the_build)
{
    const struct scene sc = {1, 0, 2, ""};
    const struct sim_plan all = {.engine = SIM_ENGINE_CONCRETE};
    struct sim *s = scene_new(&sc, 0, NULL);

    ck_assert_int_eq(sim_run(s, NULL), SIM_DONE);
    const uint64_t a = sim_report(s)->schedules;
    ck_assert_int_eq(sim_run(s, &all), SIM_DONE);
    (void)printf("test_scenes: S1 n2: set %llu schedules, concrete %llu schedules %llu states\n",
                 (unsigned long long)a, (unsigned long long)sim_report(s)->schedules,
                 (unsigned long long)sim_report(s)->states);
    (void)fflush(stdout);
    ck_assert_uint_eq(a, 9);
    ck_assert_uint_eq(sim_report(s)->schedules, 1052);
    sim_free(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sim_scenes");
    TCase *tc = tcase_create("scenes");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, set_engine, 0, scene_count);
    tcase_add_loop_test(tc, exhaustive, 0, scene_count);
    tcase_add_loop_test(tc, random_runs, 0, scene_count);
    tcase_add_loop_test(tc, script_replays_word_for_word, 0, scene_count);
    tcase_add_test(tc, bounds_are_not_done);
    tcase_add_test(tc, counts_do_not_depend_on_the_build);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
