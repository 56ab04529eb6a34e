/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file board_smp.h  All CPUs of a board in the library at the same time. */
#ifndef CONFORMANCE_BOARD_SMP_H
#define CONFORMANCE_BOARD_SMP_H

#include "env_state.h"

#define SMP_CPUS 4u

/** Brings the CPUs from 2 on into the library. False: the board has no more than two. */
bool smp_start(void);

/**
 * The cases: two CPUs, on memory with a mapping and on memory without one, and then four. CPUs 0 and 1 are
 * a case's own, the others join the last one at its start. No device.
 */
#define SMP_CASES 3u
extern const struct env_case smp_cases[SMP_CASES];

#endif
