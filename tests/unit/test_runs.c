/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The allocator of runs against a plain map of granules. */
#include "rig.h"

#include "runs.h"

#include <stdlib.h>
#include <string.h>

#define GRANULES 4096u
#define HANDLES  2048u

struct model {
    struct runs *r;
    uint8_t used[GRANULES];
    uint32_t n, free_granules, nlive;
    struct {
        uint32_t at, n, gen;
    } live[HANDLES];
};

static void model_init(struct model *m, uint32_t n)
{
    memset(m, 0, sizeof(*m));
    m->r = malloc(sizeof(struct runs) + (n + 1u) * sizeof(struct run_rec));
    m->n = n;
    m->free_granules = n;
    runs_init(m->r, n);
}

static uint32_t longest_free(const struct model *m)
{
    uint32_t best = 0;
    uint32_t now = 0;

    for (uint32_t i = 0; i < m->n; i++) {
        now = m->used[i] ? 0 : now + 1u;
        best = now > best ? now : best;
    }
    return best;
}

static uint32_t model_alloc(struct model *m, uint32_t n, uint32_t align, uint32_t bias,
                            uint32_t gen)
{
    const uint32_t at = runs_alloc(m->r, n, align, bias, gen);

    if (at == RUNS_NONE) {
        return at;
    }
    expect(at < m->n && n <= m->n - at);
    expect(((at + bias) & (align - 1u)) == 0);
    for (uint32_t i = at; i < at + n; i++) {
        expect(!m->used[i]);
        m->used[i] = 1;
    }
    expect(runs_size(m->r, at) == n);
    expect(runs_gen(m->r, at) == gen);
    m->free_granules -= n;
    m->live[m->nlive].at = at;
    m->live[m->nlive].n = n;
    m->live[m->nlive++].gen = gen;
    return at;
}

static void model_free(struct model *m, uint32_t k)
{
    const uint32_t at = m->live[k].at;

    expect(runs_gen(m->r, at) == m->live[k].gen);
    expect(runs_free(m->r, at) == m->live[k].n);
    expect(runs_size(m->r, at) == 0);
    memset(m->used + at, 0, m->live[k].n);
    m->free_granules += m->live[k].n;
    m->live[k] = m->live[--m->nlive];
}

/* What a failure may mean: header of runs.h and dmacoh_alloc_aligned(), 33/32 of (size + align). */
static void check_refusal(const struct model *m, uint32_t n, uint32_t align)
{
    expect((uint64_t)longest_free(m) * 32u < 33u * ((uint64_t)n + align));
}

static void check_largest(const struct model *m)
{
    const uint32_t longest = longest_free(m);
    const uint32_t said = runs_largest(m->r);

    expect(said <= longest);
    expect((uint64_t)said * 33u >= (uint64_t)longest * 32u);
    expect((said == 0) == (longest == 0));
}

static void check_sizes(const struct model *m)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < m->n + 3u; i++) {
        const uint32_t n = runs_size(m->r, i);

        expect(n == 0 || (i < m->n && m->used[i]));
        sum += n;
    }
    expect(sum == m->n - m->free_granules);
}

static void churn(uint32_t fill_percent, uint32_t granules, uint32_t ops)
{
    struct model m;
    uint32_t refused = 0;

    model_init(&m, granules);
    rig_seed(fill_percent * 7919u + granules);
    for (uint32_t op = 0; op < ops; op++) {
        const uint32_t used = m.n - m.free_granules;
        const bool want = used * 100u < m.n * fill_percent;

        if (m.nlive != 0 && (!want || rig_random() % 8u == 0 || m.nlive == HANDLES)) {
            model_free(&m, rig_random() % m.nlive);
        } else {
            const uint32_t n = rig_random() % (rig_random() % 16u == 0 ? 130u : 9u) + 1u;
            const uint32_t align = 1u << (rig_random() % 4u == 0 ? rig_random() % 7u : 0);

            if (model_alloc(&m, n, align, rig_random() % 128u, op) == RUNS_NONE) {
                check_refusal(&m, n, align);
                refused++;
            }
        }
        if (op % 512u == 0) {
            check_largest(&m);
            check_sizes(&m);
        }
    }
    while (m.nlive != 0) {
        model_free(&m, m.nlive - 1u);
    }
    /* All neighbours merged: the whole of it is one run again. */
    expect(runs_largest(m.r) == granules);
    expect(model_alloc(&m, granules, 1, 0, 7) == 0);
    expect(fill_percent < 99u || refused != 0);
    free(m.r);
}

START_TEST(churn_half)
{
    churn(50, GRANULES, 110000);
    churn(50, 37, 10000);
}
END_TEST

START_TEST(churn_90)
{
    churn(90, GRANULES, 110000);
    churn(90, 1000, 10000);
}
END_TEST

START_TEST(churn_99)
{
    churn(99, GRANULES, 110000);
    churn(99, 333, 10000);
}
END_TEST

/* Every size of a region can be allocated whole, and nothing then. */
START_TEST(whole_region)
{
    struct model m;

    for (uint32_t n = 1; n <= 300; n++) {
        model_init(&m, n);
        expect(runs_largest(m.r) == n);
        expect(model_alloc(&m, n, 1, 0, n) == 0);
        expect(runs_largest(m.r) == 0);
        expect(runs_alloc(m.r, 1, 1, 0, 0) == RUNS_NONE);
        model_free(&m, 0);
        expect(runs_largest(m.r) == n);
        expect(runs_alloc(m.r, n + 1u, 1, 0, 0) == RUNS_NONE);
        expect(runs_alloc(m.r, 0, 1, 0, 0) == RUNS_NONE);
        expect(runs_alloc(m.r, RUNS_NONE, 1, 0, 0) == RUNS_NONE);
        free(m.r);
    }
}
END_TEST

/* Frees in every order of three neighbours merge back to one run. */
START_TEST(merge_orders)
{
    static const uint8_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                         {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct model m;

    for (uint32_t o = 0; o < 6; o++) {
        uint32_t at[3];

        model_init(&m, 100);
        for (uint32_t i = 0; i < 3; i++) {
            at[i] = runs_alloc(m.r, 10u + i, 1, 0, i);
            expect(at[i] != RUNS_NONE);
        }
        expect(runs_alloc(m.r, 100u - 33u, 1, 0, 9) != RUNS_NONE);
        for (uint32_t i = 0; i < 3; i++) {
            expect(runs_free(m.r, at[orders[o][i]]) == 10u + orders[o][i]);
        }
        expect(runs_largest(m.r) == 33u);
        expect(runs_alloc(m.r, 33, 1, 0, 0) == 0);
        free(m.r);
    }
}
END_TEST

/* (granule + bias) is aligned, for alignments up to beyond the region. */
START_TEST(alignment_and_bias)
{
    struct model m;

    for (uint32_t log = 0; log <= 12; log++) {
        for (uint32_t bias = 0; bias < 64; bias += 3) {
            const uint32_t align = 1u << log;
            uint32_t got = 0;

            model_init(&m, 256);
            while (m.nlive < 8 && model_alloc(&m, 3, align, bias, got) != RUNS_NONE) {
                got++;
            }
            expect(got >= (align <= 16u ? 8u : align <= 64u ? 2u : 0));
            free(m.r);
        }
    }
}
END_TEST

/* An alignment that only the free run's own start has is found; a bad start leaves the run as it was. */
START_TEST(large_alignment)
{
    struct model m;

    model_init(&m, 64);
    expect(model_alloc(&m, 64, 1u << 26, 0, 1) == 0);
    model_free(&m, 0);
    expect(model_alloc(&m, 64, 64, 1, 1) == RUNS_NONE);
    check_largest(&m);
    expect(model_alloc(&m, 64, 1, 1, 1) == 0);
    free(m.r);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("runs");
    TCase *t = tcase_create("runs");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, churn_half);
    tcase_add_test(t, churn_90);
    tcase_add_test(t, churn_99);
    tcase_add_test(t, whole_region);
    tcase_add_test(t, merge_orders);
    tcase_add_test(t, alignment_and_bias);
    tcase_add_test(t, large_alignment);
    suite_add_tcase(s, t);
    return rig_run(s);
}
