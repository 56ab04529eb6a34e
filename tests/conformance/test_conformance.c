/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The suite on the simulated machine: one test per case and model. Under the set engine every order
 * of agents and interrupts is searched to its end: DONE, never BOUND. Then the concrete engine plays
 * the case with random seeds. Wrong drivers must be found, and their bugs must replay.
 *
 *     test_conformance              everything
 *     test_conformance CASE [MODEL] one case, or "all", on all models or on one; of one case the
 *                                   bugs are shrunk and shown
 *     test_conformance --table      for the documentation: how many cases each model runs and skips
 *
 * Each test prints one line: CONF case=... model=... engine=... verdict=... and the figures.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "env_sim.h"

#define MAX_MODELS 64
#define MAX_CASES  256
#define MAX_TESTS  4096
#define SOAK_RUNS  100u
#define TIMEOUT_S  240.0

static const struct env_table *const tables[] = {
    &env_stream, &env_bounce, &env_sync, &env_endings, &env_windows, &env_coherent, &env_errors};

#define ONE_CPU (ENV_NEED_CPU2 | ENV_NEED_SNOOP)

/* What each model is expected to skip, by the bits that it lacks. */
static const struct {
    const char *model;
    uint32_t lacks;
} expected_lacks[] = {
    {"cortex-a15", ENV_NEED_RETYPE}, /* 798181: the suite's own retyping needs a broadcast */
    {"generic-v7-l2", ENV_NEED_INNER},
    /* One CPU; windows would not find lines of another address. */
    {"arm926", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"arm926-wt", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE | ENV_NEED_DIRTY},
    {"xscale", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"feroceon", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"arm1176", ONE_CPU | ENV_NEED_RETYPE},
    /* No TLB broadcasts, no slots in cached memory. */
    {"arm11mpcore", ENV_NEED_RETYPE | ENV_NEED_CACHED},
    /* One CPU, no page tables. */
    {"cortex-m7", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    /* PA-RISC: no windows; uncached memory on machines whose CPUs do not snoop, and only there. */
    {"pa7100lc", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"pa7300lc", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"pa8700", ENV_NEED_HIGH | ENV_NEED_RETYPE | ENV_NEED_COHERENT},
    {"24kc", ONE_CPU | ENV_NEED_RETYPE},
    {"24kf", ONE_CPU | ENV_NEED_RETYPE},
    {"74k", ONE_CPU | ENV_NEED_RETYPE},
    {"1004k", ENV_NEED_RETYPE},
    {"bmips4380", ONE_CPU | ENV_NEED_RETYPE},
    /* Nothing prefetches, or two levels: OVERWRITE drops no line. */
    {"24kc-noprefetch", ONE_CPU | ENV_NEED_RETYPE | ENV_NEED_DIRTY},
    {"bmips4380-noprefetch", ONE_CPU | ENV_NEED_RETYPE | ENV_NEED_DIRTY},
    {"bmips5000", ONE_CPU | ENV_NEED_RETYPE | ENV_NEED_DIRTY},
    /* And no uncached memory beside cached addresses of it. */
    {"r10000", ONE_CPU | ENV_NEED_RETYPE | ENV_NEED_DIRTY | ENV_NEED_COHERENT},
    {"pa8800", ENV_NEED_HIGH | ENV_NEED_RETYPE | ENV_NEED_COHERENT},
    /* One CPU, or TLBs that are not broadcast to; 405, 476 and 8xx have no windows. */
    {"ppc405", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"ppc440", ONE_CPU | ENV_NEED_RETYPE},
    {"ppc476", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"ppc603", ONE_CPU | ENV_NEED_RETYPE},
    {"mpc860", ONE_CPU | ENV_NEED_HIGH | ENV_NEED_RETYPE},
    {"e500v2", ENV_NEED_RETYPE},
};

static struct sim_model models[MAX_MODELS];
static uint32_t nmodels;
static const struct env_case *all[MAX_CASES], *wrong[MAX_CASES];
static uint32_t nall, nwrong;
static bool verbose;

static double now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Every row of the simulator, and one whose invalidations only ever discard. */
static void collect_models(void)
{
    static char discards[] = "cortex-a7-discards";
    size_t n = 0;
    const struct sim_model *row = sim_models(&n);

    for (size_t i = 0; i < n && nmodels < MAX_MODELS - 1; i++) {
        models[nmodels++] = row[i];
    }
    models[nmodels] = *sim_model_find("cortex-a7");
    models[nmodels].name = discards;
    models[nmodels++].inv_may_clean = false;
}

static void collect_cases(void)
{
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        for (uint32_t i = 0; i < tables[t]->n; i++) {
            all[nall++] = &tables[t]->cases[i];
        }
    }
    for (uint32_t i = 0; i < env_wrong.n; i++) {
        wrong[nwrong++] = &env_wrong.cases[i];
    }
}

/* A case runs on every model but those that lack the second CPU, the outer cache, ... */
static uint32_t missing(const struct env_case *c, const struct sim_model *m)
{
    const bool cached = c->dev == ENV_CACHED_POOL || c->dev == ENV_FORCED_CACHED;

    return (c->needs | ENV_NEED_INNER | (cached ? ENV_NEED_CACHED : 0u)) & env_sim_lacks(m);
}

static void print_line(const struct env_case *c, const struct sim_model *m, const char *engine,
                       const struct sim_report *r, double ms)
{
    printf("CONF case=%s model=%s engine=%s verdict=%s bug=%s schedules=%llu states=%llu "
           "steps=%llu max_set=%u ms=%.0f\n",
           c->name, m->name, engine, r->verdict_name, r->bug_name, (unsigned long long)r->schedules,
           (unsigned long long)r->states, (unsigned long long)r->steps, r->max_set, ms);
    if (verbose) {
        printf("  %s\n  bound: %s\n  script: %s\n%s\n", r->message, r->bound, r->script,
               r->timeline);
    }
    (void)fflush(stdout);
}

static bool skipped(const struct env_case *c, const struct sim_model *m)
{
    const uint32_t bits = missing(c, m);

    if (bits != 0) {
        printf("CONF case=%s model=%s verdict=SKIP lacks=0x%02x\n", c->name, m->name,
               (unsigned)bits);
        (void)fflush(stdout);
    }
    return bits != 0;
}

static void searched_to_the_end(const struct env_case *c, const struct sim_model *m)
{
    const struct sim_plan plan = {.max_seconds = TIMEOUT_S};
    const double start = now_ms();
    struct sim *s = env_sim_run(c, m, &plan);
    const struct sim_report *r = sim_report(s);

    print_line(c, m, "set", r, now_ms() - start);
    ck_assert_msg(r->verdict == SIM_DONE, "%s on %s: %s %s: %s\n%s\nscript: %s", c->name, m->name,
                  r->verdict_name, r->bug_name, r->message, r->timeline, r->script);
    sim_free(s);
}

static void survives_random_play(const struct env_case *c, const struct sim_model *m)
{
    const struct sim_plan plan = {
        .engine = SIM_ENGINE_CONCRETE, .drive = SIM_DRIVE_RANDOM, .seed = 1, .runs = SOAK_RUNS};
    const double start = now_ms();
    struct sim *s = env_sim_run(c, m, &plan);
    const struct sim_report *r = sim_report(s);

    print_line(c, m, "concrete", r, now_ms() - start);
    ck_assert_msg(r->verdict == SIM_BOUND, "%s on %s: %s %s: %s\n%s\nscript: %s", c->name, m->name,
                  r->verdict_name, r->bug_name, r->message, r->timeline, r->script);
    sim_free(s);
}

static void right(int i)
{
    const struct env_case *c = all[(uint32_t)i % nall];
    const struct sim_model *m = &models[(uint32_t)i / nall];

    if (!skipped(c, m)) {
        searched_to_the_end(c, m);
        survives_random_play(c, m);
    }
}

/*
 * Oracles of the machine name a line, and their bug replays on the concrete engine. An expectation of
 * the case about a value that races has none: there the set engine's verdict is enough.
 */
static void is_caught(int i)
{
    const struct env_case *c = wrong[(uint32_t)i % nwrong];
    const struct sim_model *m = &models[(uint32_t)i / nwrong];
    struct sim_plan plan = {.max_seconds = TIMEOUT_S, .no_witness = true};
    const double start = now_ms();

    if (skipped(c, m)) {
        return;
    }
    struct sim *s = env_sim_run(c, m, &plan);
    const struct sim_report *r = sim_report(s);

    print_line(c, m, "set", r, now_ms() - start);
    ck_assert_msg(r->verdict == SIM_BUG, "%s on %s was not found: %s", c->name, m->name,
                  r->verdict_name);
    if (r->bug != SIM_EXPECT) {
        plan.no_witness = false;
        plan.no_shrink = !verbose;
        (void)sim_run(s, &plan);
        ck_assert_msg(r->replayed, "%s on %s: %s does not replay", c->name, m->name, r->bug_name);
    }
    sim_free(s);
}

/* What is skipped is what is said above, and nothing else. */
static void skips_are_expected(int i)
{
    (void)i;
    for (uint32_t m = 0; m < nmodels; m++) {
        uint32_t want = 0;

        for (size_t k = 0; k < sizeof expected_lacks / sizeof expected_lacks[0]; k++) {
            if (strcmp(expected_lacks[k].model, models[m].name) == 0) {
                want = expected_lacks[k].lacks;
            }
        }
        ck_assert_msg(env_sim_lacks(&models[m]) == want, "%s lacks 0x%x, expected 0x%x",
                      models[m].name, (unsigned)env_sim_lacks(&models[m]), (unsigned)want);
    }
}

/* ---- the table of the documentation ---- */

static void print_count(const struct env_case *const *cases, uint32_t n, const struct sim_model *m)
{
    uint32_t skips = 0;

    for (uint32_t i = 0; i < n; i++) {
        skips += missing(cases[i], m) != 0;
    }
    printf(" %u | %u |", (unsigned)(n - skips), (unsigned)skips);
}

static void print_table(void)
{
    printf("| model | right, run | skipped | wrong, run | skipped |\n|---|---:|---:|---:|---:|\n");
    for (uint32_t m = 0; m < nmodels; m++) {
        printf("| %s |", models[m].name);
        print_count(all, nall, &models[m]);
        print_count(wrong, nwrong, &models[m]);
        printf("\n");
    }
}

/* ---- libcheck: one named test per case and model ---- */

static void add(TCase *tc, const char *name, void (*fn)(int), int i)
{
    static TTest tests[MAX_TESTS];
    static uint32_t n;

    if (n == MAX_TESTS) {
        abort();
    }
    TTest *t = &tests[n++];

    *t = (TTest){name, fn, __FILE__, __LINE__};
    _tcase_add_test(tc, t, 0, 0, i, i + 1);
}

static bool chosen(const char *want, const char *name)
{
    return want == NULL || strcmp(want, "all") == 0 || strcmp(want, name) == 0;
}

static Suite *make_suite(const char *only_case, const char *only_model)
{
    Suite *suite = suite_create("conformance");
    TCase *first = tcase_create("skips");

    add(first, "skips_are_expected", skips_are_expected, 0);
    suite_add_tcase(suite, first);
    for (uint32_t m = 0; m < nmodels; m++) {
        TCase *tc = tcase_create(models[m].name);

        tcase_set_timeout(tc, 2.0 * TIMEOUT_S);
        for (uint32_t i = 0; i < nall && chosen(only_model, models[m].name); i++) {
            if (chosen(only_case, all[i]->name)) {
                add(tc, all[i]->name, right, (int)(m * nall + i));
            }
        }
        for (uint32_t i = 0; i < nwrong && chosen(only_model, models[m].name); i++) {
            if (chosen(only_case, wrong[i]->name)) {
                add(tc, wrong[i]->name, is_caught, (int)(m * nwrong + i));
            }
        }
        suite_add_tcase(suite, tc);
    }
    return suite;
}

int main(int argc, char **argv)
{
    collect_models();
    collect_cases();
    if (argc == 2 && strcmp(argv[1], "--table") == 0) {
        print_table();
        return EXIT_SUCCESS;
    }
    verbose = argc > 1 && strcmp(argv[1], "all") != 0;
    SRunner *runner =
        srunner_create(make_suite(argc > 1 ? argv[1] : NULL, argc > 2 ? argv[2] : NULL));

    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);

    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
