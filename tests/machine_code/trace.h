/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file trace.h
 * @brief The last steps, for the report of a failure; random numbers.
 */
#ifndef MC_TRACE_H
#define MC_TRACE_H

#include <stdbool.h>
#include <stdint.h>

/** Ends the program: something is wrong with the test itself. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Remembers a step. */
void trace_step(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Something is wrong with what is tested. The first one counts. */
void trace_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool trace_failed(void);
const char *trace_reason(void);

/** Forgets all steps and the failure. */
void trace_reset(void);

/** Prints the remembered steps. */
void trace_print(void);

/** Print each step at once. */
void trace_follow(bool on);

/** Random numbers: the same ones after the same seed. */
void random_seed(uint64_t seed);
uint32_t random_word(void);

/** 0 .. n - 1, n not 0. */
uint32_t random_below(uint32_t n);

/** True once in n times. */
bool random_one_in(uint32_t n);

#endif
