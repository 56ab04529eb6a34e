/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file env_sim.h
 * @brief Runs one case on one simulated machine.
 */
#ifndef CONFORMANCE_ENV_SIM_H
#define CONFORMANCE_ENV_SIM_H

#include <dmacoh-sim/sim.h>

#include "cases.h"

/** Bits that this model lacks (ENV_NEED_*). */
uint32_t env_sim_lacks(const struct sim_model *model);

/** The model as the suite runs it: lines a quarter or half as long, so that scenes stay small. */
struct sim_model env_sim_scaled(const struct sim_model *model);

/** Search the case. The machine stays alive for its report until sim_free(). */
struct sim *env_sim_run(const struct env_case *c, const struct sim_model *model,
                        const struct sim_plan *plan);

/** Pool memory, as ranges of the current call. */
void env_sim_pool_ranges(void);

#endif
