/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file harness.h
 * @brief Exact instruction counts of single calls, and how figures are reported.
 *
 * The processor's trap flag raises a signal after every instruction, so a call's count is exact and
 * repeatable. It runs from the function's first instruction to its return, both included; the caller's
 * argument set-up and the call itself are not in it. A trap costs microseconds, so a call is stepped
 * only if its path through the library is new: see twin.h.
 */
#ifndef DMACOH_BENCH_HARNESS_H
#define DMACOH_BENCH_HARNESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* --- step.c --- */

void step_init(void);

/* Count the instructions of the next call of the function at entry. */
void step_arm(uintptr_t entry);

/* Instructions of that call. */
uint32_t step_count(void);

/* The addresses of its instructions, in order; at most STEP_TRACE. */
#define STEP_TRACE 65536u
const uintptr_t *step_trace(void);

/* The flag of this thread. The red zone of the interrupted frame is stepped over. */
static inline void step_on(void)
{
    __asm__ volatile("lea -128(%%rsp), %%rsp\n\tpushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\t"
                     "lea 128(%%rsp), %%rsp"
                     :
                     :
                     : "memory", "cc");
}

static inline void step_off(void)
{
    __asm__ volatile("lea -128(%%rsp), %%rsp\n\tpushfq\n\tandq $~0x100, (%%rsp)\n\tpopfq\n\t"
                     "lea 128(%%rsp), %%rsp"
                     :
                     :
                     : "memory", "cc");
}

/* Count one call: STEP(n, dmacoh_free, rc = dmacoh_free(&buf)). */
#define STEP(n, function, statement)                                                               \
    do {                                                                                           \
        step_arm((uintptr_t)(function));                                                           \
        step_on();                                                                                 \
        statement;                                                                                 \
        step_off();                                                                                \
        (n) = step_count();                                                                        \
    } while (0)

/* --- figures.c --- */

/* Counts of many calls. trace is the one with the largest count: such a call is always stepped. */
struct tally {
    uint64_t calls, sum;
    uint32_t max;
    uintptr_t trace[STEP_TRACE];
};

void tally_add(struct tally *t, uint32_t n);
double tally_avg(const struct tally *t);

/* One figure: "key value unit". */
void figure(const char *key, double value, const char *unit);

/* Where the instructions of a call are: "profile key address count" lines, for report.py. */
void profile(const char *key, const uintptr_t *trace, uint32_t n);

/* End the program: a benchmark cannot run as meant. */
_Noreturn void give_up(const char *what, long value);

/* --- a small generator; the same numbers in every run --- */

static inline uint32_t rnd(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return (uint32_t)(*s >> 16);
}

/* --- the benchmarks, one file each --- */

struct options {
    bool longer; /* ten times the operations, and known paths are counted again more often */
};

void bench_pool_worst(const struct options *opt);
void bench_pool_mixed(const struct options *opt);
void bench_pool_flat(const struct options *opt);
void bench_pool_untouched(void);
void bench_small(const struct options *opt);
void bench_magazine(const struct options *opt);
void bench_bounce_slots(const struct options *opt);
void bench_cmo_batch(void);
void bench_curves(void);
void bench_map_direct(void);
void bench_map_segs(void);

#endif
