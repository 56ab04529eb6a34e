/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the MPS2 board with the Cortex-M7 image AN500. All addresses are physical.
 *
 *     0x00000000-0x003fffff     SSRAM 1: vectors, code; no master is meant to reach it
 *     0x20000000-0x202fffff     SSRAM 2 and 3: data, cacheable
 *     0x20300000-0x203fffff     stolen: coherent and bounce, an MPU region of its own, not cached
 *     0x40000000                devices: the default map
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#define BOARD_CPUS 1u

#define CODE_PHYS   0x00000000u
#define CODE_SIZE   0x00400000u
#define RAM_PHYS    0x20000000u
#define RAM_SIZE    0x00400000u
#define STOLEN_SIZE 0x00100000u
#define STOLEN_PHYS (RAM_PHYS + RAM_SIZE - STOLEN_SIZE)
#define STOLEN_VA   STOLEN_PHYS

#define UART_BASE   0x40004000u
#define FPGAIO_BASE 0x40028000u

/* ---- for suite/dma_config.c ---- */
#define SUITE_OUTER_VA     0
#define SUITE_FLAGS        0
#define SUITE_REGION_FLAGS 0
#define SUITE_MEMORY                                                                               \
    {.phys = CODE_PHYS, .size = CODE_SIZE, .va = CODE_PHYS, .kind = DMACOH_RAM_NODMA},             \
    {                                                                                              \
        .phys = RAM_PHYS, .size = RAM_SIZE - STOLEN_SIZE, .va = RAM_PHYS,                          \
        .kind = DMACOH_RAM_LINEAR                                                                  \
    }
#define SUITE_MMU .root = 0 /* no tables, no windows */

#endif
