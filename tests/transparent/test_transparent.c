/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: each of its oracles, in both speeds; replay; signals; what a run leaves behind. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "scenes.h"

#define RUNS 40u

static struct sim_transparent_report run(const char *name, enum sim_speed speed, uint64_t seed,
                                         uint32_t runs)
{
    const struct sim_transparent_plan plan = {
        .speed = speed, .seed = seed, .runs = runs, .max_steps = 20000};
    struct sim_transparent_report r;
    const enum sim_verdict v = sim_transparent(&plan, tp_scene(name)->fn, NULL, &r);

    ck_assert_int_eq(v, r.verdict);
    return r;
}

static void check_found(const struct tp_scene *s, enum sim_bug bug,
                        const struct sim_transparent_report *r)
{
    char site[64];

    ck_assert_msg(r->bug == bug, "%s: %s", s->name, r->text);
    ck_assert_int_eq(r->verdict, bug == SIM_OK ? SIM_BOUND : SIM_BUG);
    if (bug == SIM_OK) {
        ck_assert_uint_eq(r->runs, RUNS);
        return;
    }
    if (bug != s->trap) {
        return; /* in this speed the bug shows elsewhere */
    }
    if (s->says != NULL) {
        ck_assert_msg(strstr(r->text, s->says) != NULL, "%s: %s", s->name, r->text);
    }
    if (s->line != NULL) {
        (void)snprintf(site, sizeof site, "scenes.c:%u", *s->line);
        ck_assert_msg(strcmp(r->site, site) == 0, "%s, not %s: %s", s->name, site, r->text);
    }
}

START_TEST(scene_in_fast)
{
    const struct tp_scene *s = &tp_scenes[_i];
    const struct sim_transparent_report r = run(s->name, SIM_FAST, 1, RUNS);

    check_found(s, sim_speed_supported(SIM_TRAP) ? s->fast : s->portable, &r);
}
END_TEST

START_TEST(scene_in_trap)
{
    const struct tp_scene *s = &tp_scenes[_i];
    const struct sim_transparent_report r = run(s->name, SIM_TRAP, 1, RUNS);

    check_found(s, s->trap, &r);
}
END_TEST

START_TEST(trap_is_refused)
{
    const struct sim_transparent_report r = run("right_send", SIM_TRAP, 1, RUNS);

    ck_assert_int_eq(r.verdict, SIM_OVERFLOW);
    ck_assert_uint_eq(r.runs, 0);
    ck_assert_ptr_nonnull(strstr(r.text, "SIM_FAST"));
}
END_TEST

/* The same seed is the same run; the seed of a report shows the bug in one run. */
START_TEST(seeds_replay)
{
    const struct sim_transparent_report a = run("without_wmb", SIM_FAST, 1, 200);
    const struct sim_transparent_report b = run("without_wmb", SIM_FAST, 1, 200);

    ck_assert_int_eq(a.verdict, SIM_BUG);
    ck_assert_str_eq(a.text, b.text);
    ck_assert_uint_eq(a.steps, b.steps);
    ck_assert_uint_eq(a.traps, b.traps);

    const struct sim_transparent_report c = run("without_wmb", SIM_FAST, a.seed, 1);

    ck_assert_int_eq(c.verdict, SIM_BUG);
    ck_assert_str_eq(a.message, c.message);
}
END_TEST

START_TEST(seed_from_the_environment)
{
    const struct sim_transparent_report a = run("without_wmb", SIM_FAST, 1, 200);
    char seed[32];

    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)a.seed);
    ck_assert_int_eq(setenv("DMACOH_SIM_SEED", seed, 1), 0);
    const struct sim_transparent_report b = run("without_wmb", SIM_FAST, 1000, 200);

    ck_assert_int_eq(unsetenv("DMACOH_SIM_SEED"), 0);
    ck_assert_uint_eq(b.runs, 1);
    ck_assert_uint_eq(b.seed, a.seed);
    ck_assert_str_eq(a.text, b.text);
}
END_TEST

/* A report out of a device's callback leaves nothing behind that the next case could trip over. */
START_TEST(a_report_leaves_nothing_behind)
{
    static const char *const wrong[] = {"direction", "device_pointer", "own_handler", "read_owned",
                                        "late_write"};

    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_int_eq(run(wrong[i], SIM_FAST, 1, RUNS).verdict, SIM_BUG);
        const struct sim_transparent_report r = run("right_receive", SIM_FAST, 1, 5);

        ck_assert_msg(r.verdict == SIM_BOUND, "after %s: %s", wrong[i], r.text);
    }
}
END_TEST

/* FAST does not stop at memory that no device owns, TRAP does. */
START_TEST(trap_sees_every_access)
{
    const struct sim_transparent_report fast = run("right_wide_copy", SIM_FAST, 1, 1);
    const struct sim_transparent_report trap = run("right_wide_copy", SIM_TRAP, 1, 1);

    ck_assert_uint_gt(trap.traps, fast.traps + 50);
}
END_TEST

/* Lines and granules of other CPUs; the same cases as the default's. */
START_TEST(other_models)
{
    static const char *const model[] = {"cortex-a7", "generic-v7-step32"};
    static const char *const scene[] = {"right_receive", "right_edges", "right_parts",
                                        "lost_neighbour", "read_owned"};

    for (unsigned i = 0; i < sizeof scene / sizeof scene[0]; i++) {
        const struct sim_transparent_plan plan = {.model = sim_model_find(model[_i]), .runs = RUNS};
        struct sim_transparent_report r;

        ck_assert_ptr_nonnull(plan.model);
        (void)sim_transparent(&plan, tp_scene(scene[i])->fn, NULL, &r);
        ck_assert_msg(r.bug == tp_scene(scene[i])->fast, "%s: %s", scene[i], r.text);
    }
}
END_TEST

START_TEST(leaks_are_counted)
{
    ck_assert_uint_eq(run("late_write_with_hook", SIM_FAST, 1, 1).live_maps, 0);
    ck_assert_uint_eq(run("read_owned", SIM_FAST, 1, 1).live_maps, 1);
}
END_TEST

static volatile sig_atomic_t foreign;

static void foreign_handler(int sig)
{
    (void)sig;
    foreign++;
    _Exit(foreign == 1 ? 42 : 43);
}

static void foreign_fault(void *arg)
{
    volatile int *nowhere = arg;

    *nowhere = 1;
}

/* An access that is none of the simulator's business reaches the handler that was there before. */
START_TEST(foreign_faults_are_passed_on)
{
    const struct sim_transparent_plan plan = {.runs = 1};
    void *nowhere = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert(nowhere != MAP_FAILED);
    (void)signal(SIGSEGV, foreign_handler);
    (void)sim_transparent(&plan, foreign_fault, nowhere, NULL);
    ck_abort();
}
END_TEST

START_TEST(handlers_are_given_back)
{
    void (*old)(int) = signal(SIGSEGV, foreign_handler);

    ck_assert_int_eq(run("right_receive", SIM_FAST, 1, 1).verdict, SIM_BOUND);
    ck_assert(signal(SIGSEGV, old) == foreign_handler);
}
END_TEST

static void nothing(void *arg)
{
    const struct sim_host_ram cached = sim_host_cached();
    const struct sim_host_ram uncached = sim_host_uncached();

    (void)arg;
    sim_expect(cached.size == 0x2000 && uncached.size == 0x1000);
    sim_expect((uintptr_t)cached.va + cached.size - 1u <= UINT32_MAX);
    sim_expect(sim_host_phys(cached.va) == cached.phys);
    sim_expect(sim_host_alloc(0x1f00, 64) == cached.va);
    sim_expect(sim_host_alloc(0x101, 0) == NULL);
    sim_expect(*(volatile uint8_t *)cached.va == 0);
    *(volatile uint8_t *)cached.va = 1; /* gone in the next run */
}

START_TEST(defaults_and_sizes)
{
    const struct sim_transparent_plan plan = {
        .cached_bytes = 0x1001, .uncached_bytes = 1, .runs = 3};
    struct sim_transparent_report r;

    ck_assert(sim_speed_supported(SIM_FAST));
    ck_assert_int_eq(sim_transparent(&plan, nothing, NULL, &r), SIM_BOUND);
    ck_assert_uint_eq(r.runs, 3);
    ck_assert_uint_eq(r.seed, 3);
    ck_assert_int_eq(sim_transparent(NULL, tp_scene("right_send")->fn, NULL, NULL), SIM_BOUND);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("transparent");
    TCase *tc = tcase_create("transparent");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, scene_in_fast, 0, (int)tp_nscenes);
    tcase_add_test(tc, defaults_and_sizes);
    tcase_add_test(tc, handlers_are_given_back);
    tcase_add_loop_test(tc, other_models, 0, 2);
    tcase_add_exit_test(tc, foreign_faults_are_passed_on, 42);
    if (!sim_speed_supported(SIM_TRAP)) {
        tcase_add_test(tc, trap_is_refused);
    } else {
        tcase_add_loop_test(tc, scene_in_trap, 0, (int)tp_nscenes);
        tcase_add_test(tc, seeds_replay);
        tcase_add_test(tc, seed_from_the_environment);
        tcase_add_test(tc, a_report_leaves_nothing_behind);
        tcase_add_test(tc, trap_sees_every_access);
        tcase_add_test(tc, leaks_are_counted);
    }
    suite_add_tcase(s, tc);

    SRunner *sr = srunner_create(s);

    srunner_run_all(sr, CK_NORMAL);
    const int failed = srunner_ntests_failed(sr);

    srunner_free(sr);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
