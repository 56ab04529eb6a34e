/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file pools.h  What pools.c wants of a board, besides the numbers of its board_map.h. */
#ifndef BOOT_POOLS_H
#define BOOT_POOLS_H

#include <dmacoh/dmacoh.h>

/** Initialises the instance with the board's memory map. 0, or a negative enum dmacoh_status. */
int pools_init_instance(struct dmacoh *dma);

/** How devices see RAM; NULL and 0: as the CPUs do. */
extern const struct dmacoh_window *const pools_windows;
extern const uint32_t pools_window_count;

#endif
