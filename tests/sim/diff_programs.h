/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file diff_programs.h
 * @brief Random programs for test_diff: a kind of cache, forms of programs over it, and a machine
 *        that runs the program of a seed.
 */
#ifndef TESTS_SIM_DIFF_PROGRAMS_H
#define TESTS_SIM_DIFF_PROGRAMS_H

#include <dmacoh-sim/sim.h>

/** A kind of cache: what a machine with it is, and the forms of its programs. */
struct diff_kind {
    const char *name;
    const struct diff_form *form;
    int nform;
};

/** NULL: no such kind. */
const struct diff_kind *diff_kind_find(const char *name);

/** Make the program of a seed; diff_machine() then runs it. */
void diff_generate(const struct diff_kind *kind, uint32_t seed);

/** The last program as text, an operation a letter. */
const char *diff_text(void);

/** A machine with that program. */
struct sim *diff_machine(void);

#endif
