/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file scenes.h
 * @brief Small scenes on raw instructions: each with its seeded bugs, and correct when bug is 0.
 */
#ifndef TESTS_SIM_SCENES_H
#define TESTS_SIM_SCENES_H

#include <dmacoh-sim/sim.h>

struct scene {
    int id, bug, n;
    const char *what;
};

extern const struct scene scenes[];
extern const int scene_count;

/* A machine for the scene. `rules_off` deletes rules of the machine; `model` NULL: the scene's. */
struct sim *scene_new(const struct scene *sc, uint64_t rules_off, const char *model);

#endif
