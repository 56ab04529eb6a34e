/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Every exhibit of the museum: found, replayed, explained; cured; and DONE through the library. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "museum.h"
#include "museum_place.h"

/* What each bug must be found as, and what its story must say. */
static const struct expectation {
    const char *name;
    enum sim_bug bug;
    const char *row;   /* of the timeline: the operation or action that does the damage */
    const char *where; /* of the facts */
    const char *since; /* of the facts */
} expected[] = {
    {"inval-before", SIM_STALE_CPU, "fill 00020000", "hidden by L1, which holds 80 (clean)",
     "fill 00020000"},
    {"dirty-before", SIM_STALE_CPU, "00020000      ", "overwritten in memory, which holds a0",
     "00020000"},
    {"l1-before-l2", SIM_STALE_CPU, "l2 fill 00020000", "hidden by L1, which holds 80 (clean)",
     "fill 00020000"},
    {"index-two-cpus", SIM_STALE_DEV, "clean c0020000", "hidden by L1.1, which holds a0 (dirty)",
     "cpu1: store"},
    {"inval-no-dma", SIM_DIRTY_LOST, "inval 00020020", "lost from L1, the only place that held 77",
     "cpu0"},
    {"not-padded", SIM_DIRTY_LOST, "inval 00020020", "lost from L1, the only place that held 77",
     "cpu0"},
    {"edge-dropped", SIM_DIRTY_LOST, "inval c0020000", "lost from L1, the only place that held 77",
     "cpu0: store"},
    {"edge-two-steps", SIM_DIRTY_LOST, "takes interrupt", "lost from L1", "cpu0: store c0020000"},
    {"unaligned-loop", SIM_STALE_DEV, "store c002005f", "hidden by L1, which holds a1 (dirty)",
     "cpu0"},
    {"loop-too-far", SIM_STALE_CPU, "l2_inval 00020040",
     "lost from L2, the only place that held 77: dropped by step ", "evict 00020040"},
    {"misaligned-skip", SIM_STALE_CPU, "dma_write 00020020", "hidden by L1, which holds 80 (clean)",
     "cpu0: load"},
    {"own-doorbell", SIM_STALE_DEV, "store 0010c004", "held up in the core's store queue",
     "has not been completed"},
    {"posted-write", SIM_STALE_CPU, "dma_write 00020000", "held up on the bus",
     "the device's write"},
    {"remap-too-late", SIM_STALE_CPU, "clean_inval e0000000",
     "hidden by L1, which holds 80 (clean)", "fill 00200000"},
    {"freed-too-early", SIM_ALIAS, "store c0008000", "hidden by a TLB", "of cpu1: walk e0000000"},
    {"bounce-garbage", SIM_EXPECT, "store c002003f", "overwritten by the CPU's own copy",
     "cpu0: store c002003f"},
};
#define EXHIBITS (int)(sizeof expected / sizeof expected[0])

static const struct expectation *want;
static const struct exhibit *exhibit;
static struct museum_result result;

static void look_at(int i)
{
    want = &expected[i];
    exhibit = museum_find(want->name);
    ck_assert_ptr_nonnull(exhibit);
    result = museum_search(exhibit);
}

static bool starts_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

START_TEST(is_found_and_replays)
{
    look_at(_i);
    const struct sim_report *r = sim_report(result.raw);

    ck_assert_msg(r->verdict == SIM_BUG && r->bug == want->bug, "%s: %s %s", want->name,
                  r->verdict_name, r->bug_name);
    ck_assert(result.concrete_found);
    ck_assert_uint_ge(result.concrete_schedules, 1);
    ck_assert(r->replayed);
    ck_assert(result.replayed);
    ck_assert_msg(starts_with(r->script, want->name), "%s", r->script);
    ck_assert_ptr_null(strchr(r->script, '\n'));
    museum_result_free(&result);
}
END_TEST

START_TEST(has_a_story)
{
    struct museum_facts f;

    look_at(_i);
    const struct sim_report *r = sim_report(result.raw);

    ck_assert_ptr_nonnull(strstr(r->timeline, "=> "));
    ck_assert_ptr_nonnull(strstr(r->timeline, r->bug_name));
    ck_assert_msg(strstr(r->timeline, want->row) != NULL, "no \"%s\" in\n%s", want->row,
                  r->timeline);
    if (want->bug != SIM_DIRTY_LOST && want->bug != SIM_ALIAS) {
        ck_assert_ptr_nonnull(strstr(r->message, " want "));
        ck_assert_ptr_nonnull(strstr(r->message, "last writer "));
    }
    ck_assert(museum_facts(r, &f));
    ck_assert_msg(starts_with(f.where, want->where), "%s", f.where);
    ck_assert_msg(starts_with(f.since, "step "), "%s", f.since);
    ck_assert_msg(strstr(f.since, want->since) != NULL, "%s", f.since);
    ck_assert(exhibit->cure[0] != '\0' && exhibit->wrote[0] != NULL);
    ck_assert(exhibit->hardware[0] != '\0' && exhibit->library[0] != NULL);
    museum_result_free(&result);
}
END_TEST

/* The bug is what the exhibit says it is: with that one change nothing is wrong any more. */
START_TEST(is_cured)
{
    look_at(_i);
    const struct sim_report *r = sim_report(result.cured);

    ck_assert_msg(r->verdict == SIM_DONE, "%s: %s %s\n%s", r->verdict_name, r->bug_name, r->message,
                  r->timeline);
    museum_result_free(&result);
}
END_TEST

START_TEST(is_done_through_the_library)
{
    look_at(_i);
    const struct sim_report *r = sim_report(result.twin);

    ck_assert_msg(r->verdict == SIM_DONE, "%s: %s %s\n%s", r->verdict_name, r->bug_name, r->message,
                  r->timeline);
    ck_assert_uint_ge(r->schedules, 1);
    ck_assert(result.good);
    museum_result_free(&result);
}
END_TEST

/* A search to the end that looks at nothing would be DONE as well: a wrong driver is not. */
static void twin_without_unmap(void *arg)
{
    (void)arg;
    sim_store8(MUSEUM_VA(MUSEUM_BUF), 0xa0);
    sim_expect(museum_map(MUSEUM_BUF, MUSEUM_LINE, DMACOH_FROM_DEVICE) == DMACOH_OK);
    MUSEUM_START(museum_map_bus());
    MUSEUM_WAIT_INTERRUPT();
    (void)sim_load8(MUSEUM_VA(MUSEUM_BUF));
}

START_TEST(twin_is_judged)
{
    struct exhibit x = *museum_find("dirty-before");
    char script[] = "x seed=- : r0";

    x.twin = twin_without_unmap;
    struct museum_result r = museum_search(&x);

    ck_assert_int_eq(sim_report(r.twin)->verdict, SIM_BUG);
    ck_assert(!r.good);
    museum_result_free(&r);
    struct sim *s = museum_raw_scene(museum_find("inval-before"), false);

    ck_assert_int_eq(sim_replay(s, script), SIM_BOUND); /* the default order shows nothing */
    sim_free(s);
}
END_TEST

START_TEST(table_and_stories_succeed)
{
    ck_assert_int_eq(museum_table(), 0);
    for (size_t i = 0; i < museum_count; i++) {
        ck_assert_int_eq(museum_story(museum[i]), 0);
    }
}
END_TEST

/* One change, one word: the row names its machines, and they exist. */
START_TEST(rows_are_complete)
{
    for (size_t i = 0; i < museum_count; i++) {
        const struct exhibit *x = museum[i];

        ck_assert_ptr_nonnull(sim_model_find(x->model));
        ck_assert(x->twin_model == NULL || sim_model_find(x->twin_model) != NULL);
        ck_assert_uint_le(strlen(x->title), 46);
        ck_assert(x->source[0] != '\0');
        ck_assert_ptr_null(x->wrote[MUSEUM_WORDS - 1]);
        ck_assert_ptr_null(x->library[MUSEUM_WORDS - 1]);
    }
}
END_TEST

START_TEST(all_are_expected)
{
    ck_assert_uint_eq(museum_count, EXHIBITS);
    ck_assert_uint_ge(museum_count, 14);
    ck_assert_ptr_null(museum_find("nothing"));
    for (size_t i = 0; i < museum_count; i++) {
        ck_assert_str_eq(museum[i]->name, expected[i].name);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("museum");
    TCase *each = tcase_create("exhibits");
    TCase *rest = tcase_create("museum");

    tcase_set_timeout(each, 60);
    tcase_set_timeout(rest, 120);
    tcase_add_loop_test(each, is_found_and_replays, 0, EXHIBITS);
    tcase_add_loop_test(each, has_a_story, 0, EXHIBITS);
    tcase_add_loop_test(each, is_cured, 0, EXHIBITS);
    tcase_add_loop_test(each, is_done_through_the_library, 0, EXHIBITS);
    tcase_add_test(rest, twin_is_judged);
    tcase_add_test(rest, table_and_stories_succeed);
    tcase_add_test(rest, rows_are_complete);
    tcase_add_test(rest, all_are_expected);
    suite_add_tcase(suite, each);
    suite_add_tcase(suite, rest);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(make_suite());

    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);

    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
