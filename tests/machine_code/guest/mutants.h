/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mutants.h
 * @brief The wrong backends of mutant.c, one table for both sides.
 */
#ifndef MC_MUTANTS_H
#define MC_MUTANTS_H

#define MC_MUTANTS(X)                                                                              \
    X(MC_MUTANT_TAIL, "tail", "a last line of which the caller owns a part is forgotten")          \
    X(MC_MUTANT_HEAD, "head", "a first line of which the caller owns a part is forgotten")         \
    X(MC_MUTANT_INVAL_CLEANS, "inval-cleans", "lines are cleaned where they must go")              \
    X(MC_MUTANT_CLEAN_INVALS, "clean-invals", "lines are dropped where they must be kept")         \
    X(MC_MUTANT_NO_OP, "no-op", "no line is operated on")                                          \
    X(MC_MUTANT_NO_BEGIN, "no-begin", "no barrier before the first operation")                     \
    X(MC_MUTANT_NO_DONE, "no-done", "no barrier after the last operation")

#define MC_MUTANT_ID(id, name, what) id,
enum mc_mutant {
    MC_MUTANT_NONE,
    MC_MUTANTS(MC_MUTANT_ID) MC_NMUTANTS
};

#endif
