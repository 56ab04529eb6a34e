/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the Versatile Express with the Cortex-A9 tile.
 *
 *     physical                  what                          virtual
 *     0x10000000-0x101fffff     system registers, UART        same, Device
 *     0x1e000000-0x1e1fffff     SCU, GIC, PL310               same, Device
 *     0x60000000-0x677fffff     lowmem                        same, cacheable
 *     0x67800000-0x67ffffff     stolen: coherent and bounce   0xe0000000, Normal Non-cacheable
 *     0x68000000-0x6fffffff     highmem                       none
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#define BOARD_CPUS 4u

/* ACTLR: take part in coherency (SMP), and send and obey broadcasts of maintenance (FW). */
#define BOARD_ACTLR 0x41u

#define RAM_PHYS     0x60000000u
#define LOWMEM_SIZE  0x07800000u
#define STOLEN_PHYS  (RAM_PHYS + LOWMEM_SIZE)
#define STOLEN_SIZE  0x00800000u
#define STOLEN_VA    0xe0000000u
#define HIGHMEM_PHYS (STOLEN_PHYS + STOLEN_SIZE)
#define HIGHMEM_SIZE 0x08000000u

/* The suite's own view of highmem: one section. */
#define HIGH_VIEW_VA 0xd0000000u

/* 4 CPUs, one slot each: who interrupts saves and restores it. */
#define WINDOW_VA    0xffe00000u
#define WINDOW_SLOTS 1u
#define WINDOW_TABLE 1024u

#define SYSREG_BASE 0x10000000u
#define UART_BASE   0x10009000u
#define VIRTIO_BASE 0x10013000u
#define SCU_BASE    0x1e000000u
#define GICC_BASE   0x1e000100u
#define GICD_BASE   0x1e001000u
#define PL310_BASE  0x1e00a000u

/* The only part of lowmem that is executable. */
#define IMAGE_PHYS 0x60200000u
#define IMAGE_SIZE 0x00200000u

/* ---- for suite/dma_config.c ---- */
#define SUITE_INCLUDE      "arm.h"
#define SUITE_OUTER_VA     PL310_BASE
#define SUITE_FLAGS        0
#define SUITE_REGION_FLAGS 0
#define SUITE_MEMORY                                                                               \
    {.phys = RAM_PHYS, .size = LOWMEM_SIZE, .va = RAM_PHYS, .kind = DMACOH_RAM_LINEAR},            \
        {.phys = HIGHMEM_PHYS, .size = HIGHMEM_SIZE, .kind = DMACOH_RAM_HIGH},
#define SUITE_MMU                                                                                  \
    .root = mmu_root(), .tables_phys = (uintptr_t)window_tables,                                   \
    .tables_va = (uintptr_t)window_tables, .tables_size = sizeof window_tables,                    \
    .win_slots = WINDOW_SLOTS, .win_va = WINDOW_VA

#endif
