/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file drive.h
 * @brief Drivers: how choices are made, and what is kept of a failure.
 */
#ifndef DMACOH_SIM_DRIVE_H
#define DMACOH_SIM_DRIVE_H

#include "engine.h"

enum outcome {
    OUT_COMPLETE, /* everything within the budgets was seen */
    OUT_FOUND,    /* a bug; the failing trace is in s->trace */
    OUT_LIMIT,    /* schedules or seconds ran out */
    OUT_OVERFLOW
};

/** Limits of one search, and what it counted. */
struct search {
    uint32_t adv, pre;
    uint64_t max_schedules;
    double deadline; /* drive_now() */
    bool limited;    /* a budget kept something from being tried */
    uint64_t schedules, states, steps;
};

double drive_now(void);
enum outcome drive_search(struct sim *s, struct search *q);
enum outcome drive_random(struct sim *s, const struct sim_plan *p, struct search *q,
                          uint64_t *seed);

/* script.c */
char *script_format(const struct sim *s, const struct trans *t, uint32_t n, uint64_t seed);
uint32_t script_parse(const char *text, struct trans *t, uint32_t max);
bool script_play(struct sim *s, const struct trans *t, uint32_t n);
uint32_t script_shrink(struct sim *s, struct trans *t, uint32_t n, enum sim_bug bug,
                       struct search *q);

/* witness.c */
bool witness_replay(struct sim *s, struct search *q);

/* timeline.c */
char *timeline_make(struct sim *s, const struct trans *t, uint32_t n);

#endif
