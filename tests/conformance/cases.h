/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file cases.h
 * @brief The tables of cases.
 */
#ifndef CONFORMANCE_CASES_H
#define CONFORMANCE_CASES_H

#include "env.h"

#define ENV_COUNT(table) ((uint32_t)(sizeof(table) / sizeof(table)[0]))

struct env_table {
    const struct env_case *cases;
    uint32_t n;
};

extern const struct env_table env_stream;   /**< one transfer, every direction, API and shape */
extern const struct env_table env_bounce;   /**< the same through bounce memory and limits */
extern const struct env_table env_sync;     /**< partial syncs, rings, scatter lists */
extern const struct env_table env_endings;  /**< two users, aborts, interrupts */
extern const struct env_table env_windows;  /**< memory without a mapping */
extern const struct env_table env_coherent; /**< coherent memory, snooping and late devices */
extern const struct env_table env_errors;   /**< failing calls change nothing */
extern const struct env_table env_wrong;    /**< wrong drivers: each one must be caught */

#endif
