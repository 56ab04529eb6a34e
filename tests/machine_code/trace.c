/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define STEPS 48u
#define CHARS 160u

static char steps[STEPS][CHARS];
static uint32_t nsteps;
static char reason[CHARS];
static bool failed, follow;
static uint64_t state = 1;

void die(const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    (void)fputs("machine_code: ", stderr);
    (void)vfprintf(stderr, format, ap);
    (void)fputc('\n', stderr);
    va_end(ap);
    exit(2);
}

void trace_step(const char *format, ...)
{
    char *line = steps[nsteps++ % STEPS];
    va_list ap;

    va_start(ap, format);
    (void)vsnprintf(line, CHARS, format, ap);
    va_end(ap);
    if (follow) {
        (void)printf("  %s\n", line);
    }
}

void trace_fail(const char *format, ...)
{
    va_list ap;

    if (failed) {
        return;
    }
    failed = true;
    va_start(ap, format);
    (void)vsnprintf(reason, CHARS, format, ap);
    va_end(ap);
}

bool trace_failed(void)
{
    return failed;
}

const char *trace_reason(void)
{
    return failed ? reason : "";
}

void trace_reset(void)
{
    nsteps = 0;
    failed = false;
}

void trace_print(void)
{
    const uint32_t first = nsteps > STEPS ? nsteps - STEPS : 0;

    for (uint32_t i = first; i < nsteps; i++) {
        (void)printf("  %s\n", steps[i % STEPS]);
    }
}

void trace_follow(bool on)
{
    follow = on;
}

/* splitmix64: any seed will do. */
void random_seed(uint64_t seed)
{
    state = seed;
}

uint32_t random_word(void)
{
    state += 0x9e3779b97f4a7c15u;
    uint64_t z = state;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)(z >> 32);
}

uint32_t random_below(uint32_t n)
{
    return (uint32_t)((uint64_t)random_word() * n >> 32);
}

bool random_one_in(uint32_t n)
{
    return random_below(n) == 0;
}
