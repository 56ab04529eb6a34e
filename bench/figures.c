/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

void tally_add(struct tally *t, uint32_t n)
{
    t->calls++;
    t->sum += n;
    if (n > t->max) {
        t->max = n;
        memcpy(t->trace, step_trace(), sizeof(t->trace));
    }
}

double tally_avg(const struct tally *t)
{
    return t->calls != 0 ? (double)t->sum / (double)t->calls : 0.0;
}

void figure(const char *key, double value, const char *unit)
{
    printf("figure %s %.7g %s\n", key, value, unit);
    (void)fflush(stdout);
}

static int by_address(const void *left, const void *right)
{
    const uintptr_t a = *(const uintptr_t *)left;
    const uintptr_t b = *(const uintptr_t *)right;

    return (a > b) - (a < b);
}

void profile(const char *key, const uintptr_t *trace, uint32_t n)
{
    static uintptr_t sorted[STEP_TRACE];
    const uint32_t known = n < STEP_TRACE ? n : STEP_TRACE;
    uint32_t same = 0;

    memcpy(sorted, trace, known * sizeof(sorted[0]));
    qsort(sorted, known, sizeof(sorted[0]), by_address);
    for (uint32_t i = 0; i < known; i++) {
        same++;
        if (i + 1u == known || sorted[i + 1u] != sorted[i]) {
            printf("profile %s %#lx %u\n", key, (unsigned long)sorted[i], same);
            same = 0;
        }
    }
}

void give_up(const char *what, long value)
{
    (void)fflush(stdout);
    (void)fprintf(stderr, "dmacoh-bench: %s (%ld)\n", what, value);
    exit(2);
}
