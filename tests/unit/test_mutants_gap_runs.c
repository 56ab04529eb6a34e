/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The choices of the allocator of runs that its results alone do not show: which of several runs that
 * fit it takes, and that each search ends after four entries. Found by scripts/mutants.
 */
#include "rig.h"

#include "runs.h"

#include <stdlib.h>

#define GRANULES 4096u
#define MOST     8u

/* Free runs of the given sizes, and nothing else free. */
struct holes {
    struct runs *r;
    uint32_t at[MOST];
};

static void holes_make(struct holes *h, const uint32_t *sizes, uint32_t n)
{
    uint32_t left = GRANULES;

    h->r = malloc(sizeof(struct runs) + (GRANULES + 1u) * sizeof(struct run_rec));
    runs_init(h->r, GRANULES);
    for (uint32_t i = 0; i < n; i++) {
        h->at[i] = runs_alloc(h->r, sizes[i], 1, 0, 0);
        expect(h->at[i] != RUNS_NONE);
        expect(runs_alloc(h->r, 1, 1, 0, 0) == h->at[i] + sizes[i]);
        left -= sizes[i] + 1u;
    }
    expect(runs_alloc(h->r, left, 1, 0, 0) != RUNS_NONE);
    for (uint32_t i = 0; i < n; i++) {
        runs_free(h->r, h->at[i]);
    }
}

static void holes_free(struct holes *h)
{
    free(h->r);
}

/* A larger run is left whole when a smaller one does: in the same row of classes, and in one below. */
START_TEST(smallest_class_that_fits)
{
    static const uint32_t exact[] = {100, 40};
    static const uint32_t rows[] = {2000, 40};
    struct holes h;

    holes_make(&h, exact, 2);
    ck_assert_uint_eq(runs_alloc(h.r, 40, 1, 0, 0), h.at[1]);
    holes_free(&h);

    holes_make(&h, rows, 2);
    ck_assert_uint_eq(runs_alloc(h.r, 38, 1, 0, 0), h.at[1]);
    holes_free(&h);
}
END_TEST

/* Three granules at a multiple of eight are in any run of ten, so no longer one is asked for. */
START_TEST(smallest_run_for_an_alignment)
{
    static const uint32_t sizes[] = {100, 10};
    struct holes h;

    for (uint32_t bias = 0; bias < 8u; bias++) {
        holes_make(&h, sizes, 2);
        const uint32_t at = runs_alloc(h.r, 3, 8, bias, 0);

        ck_assert(at >= h.at[1] && at < h.at[1] + 8u);
        holes_free(&h);
    }
}
END_TEST

/* A run without room to move is taken if it happens to start well. */
START_TEST(short_run_that_starts_well)
{
    static const uint32_t sizes[] = {8};
    struct holes h;

    holes_make(&h, sizes, 1);
    ck_assert_uint_eq(runs_alloc(h.r, 8, 8, 0u - h.at[0], 0), h.at[0]);
    holes_free(&h);
    holes_make(&h, sizes, 1);
    ck_assert_uint_eq(runs_alloc(h.r, 8, 8, 1u - h.at[0], 0), RUNS_NONE);
    holes_free(&h);
}
END_TEST

/* Runs of one class are used by address, as far as four entries tell. */
START_TEST(order_within_a_class)
{
    static const uint32_t sizes[] = {1, 1, 1, 1, 1, 1, 1};
    static const uint32_t expected[] = {0, 1, 2, 3, 6, 5, 4};
    struct holes h;

    holes_make(&h, sizes, 7);
    for (uint32_t i = 0; i < 7u; i++) {
        ck_assert_uint_eq(runs_alloc(h.r, 1, 1, 0, 0), h.at[expected[i]]);
    }
    /* A lower address goes to the front. */
    for (uint32_t i = 7; i-- != 0;) {
        runs_free(h.r, h.at[i]);
    }
    for (uint32_t i = 0; i < 7u; i++) {
        ck_assert_uint_eq(runs_alloc(h.r, 1, 1, 0, 0), h.at[i]);
    }
    holes_free(&h);
}
END_TEST

/* The search in the request's own class ends after four entries, too. */
START_TEST(search_is_bounded)
{
    static const uint32_t fourth[] = {64, 64, 64, 65};
    static const uint32_t fifth[] = {64, 64, 64, 64, 65};
    struct holes h;

    holes_make(&h, fourth, 4);
    ck_assert_uint_eq(runs_alloc(h.r, 65, 1, 0, 0), h.at[3]);
    holes_free(&h);
    holes_make(&h, fifth, 5);
    ck_assert_uint_eq(runs_alloc(h.r, 65, 1, 0, 0), RUNS_NONE);
    holes_free(&h);
}
END_TEST

/* A number out of a broken handle may be anything. */
START_TEST(no_such_granule)
{
    static const uint32_t sizes[] = {1};
    struct holes h;

    holes_make(&h, sizes, 1);
    ck_assert_uint_eq(runs_size(h.r, GRANULES), 0);
    ck_assert_uint_eq(runs_size(h.r, GRANULES + 1u), 0);
    ck_assert_uint_eq(runs_size(h.r, 0xfffffff0u), 0);
    ck_assert_uint_eq(runs_size(h.r, RUNS_NONE), 0);
    holes_free(&h);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_runs");
    TCase *t = tcase_create("choices");

    tcase_add_test(t, smallest_class_that_fits);
    tcase_add_test(t, smallest_run_for_an_alignment);
    tcase_add_test(t, short_run_that_starts_well);
    tcase_add_test(t, order_within_a_class);
    tcase_add_test(t, search_is_bounded);
    tcase_add_test(t, no_such_granule);
    suite_add_tcase(s, t);
    return rig_run(s);
}
