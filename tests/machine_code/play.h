/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file play.h
 * @brief Systems from their beginning to their end, on the library and on wrong ones.
 */
#ifndef MC_PLAY_H
#define MC_PLAY_H

#include "machine.h"

struct totals {
    uint64_t systems, mapped, refused, bounced, moved, checked;
};

/** One system; trace_failed() tells how it ended. */
void play_one(struct machine *m, uint64_t seed, struct totals *t);

void play_print(const struct machine *m, const struct totals *t);

/** Each wrong backend of the image must fail. Returns the exit status. */
int mutants_wrapped(struct machine *m, uint64_t seed);

/** The same with each instruction of interest changed in turn. */
int mutants_patched(struct machine *m, uint64_t seed);

#endif
