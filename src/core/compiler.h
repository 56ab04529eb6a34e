/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file compiler.h
 * @brief The few compiler extensions that the core uses. Private.
 */
#ifndef DMACOH_COMPILER_H
#define DMACOH_COMPILER_H

#include "config.h"

#include <dmacoh/port.h>

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* Keeps a slow path's frame and registers out of the fast path that calls it. */
#define slow_path __attribute__((noinline))

/* For the library's own invariants and for callers that the contract excludes. Never the only guard. */
#if DMACOH_ASSERT
#define core_assert(x) ((x) ? (void)0 : dmacoh_port_panic(#x, __func__))
#else
#define core_assert(x) ((void)0)
#endif

#endif
