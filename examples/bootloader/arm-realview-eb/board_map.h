/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the RealView Emulation Baseboard with the ARM11 MPCore tile.
 *
 *     physical                  what                          virtual
 *     0x00000000-0x047fffff     lowmem                        same, cacheable
 *     0x04800000-0x04ffffff     stolen: coherent and bounce   0xe0000000, uncached
 *     0x05000000-0x07ffffff     highmem                       none
 *     0x10000000-0x101fffff     registers, UART, SCU, GICs    same, Device
 *     0x61000000-0x611fffff     PCI configuration             same, Device
 *     0x64000000-0x641fffff     PCI memory                    same, Device
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#define BOARD_CPUS     4u
#define BOARD_IS_ARMV6 1

/* Take part in coherency; and memory is shared by the CPUs: S of sections, S of the tables. */
#define BOARD_ACTLR          0x20u
#define BOARD_SECTION_SHARED 0x10000u
#define BOARD_TTBR_SHARED    0x2u

#define RAM_PHYS     0x00000000u
#define LOWMEM_SIZE  0x04800000u
#define STOLEN_PHYS  (RAM_PHYS + LOWMEM_SIZE)
#define STOLEN_SIZE  0x00800000u
#define STOLEN_VA    0xe0000000u
#define HIGHMEM_PHYS (STOLEN_PHYS + STOLEN_SIZE)
#define HIGHMEM_SIZE 0x03000000u

/* The suite's own view of highmem: one section. */
#define HIGH_VIEW_VA 0xd0000000u

/* 4 CPUs, 4 slots, 32 KiB a slot: its table entry has a cache line to itself. */
#define WINDOW_VA    0xffe00000u
#define WINDOW_SLOTS 4u
#define WINDOW_TABLE 1024u

#define SYSREG_BASE  0x10000000u
#define UART_BASE    0x10009000u
#define PCI_REGS     0x10019000u
#define GIC1C_BASE   0x10040000u /* the board's controller, behind the CPUs' own */
#define GIC1D_BASE   0x10041000u
#define SCU_BASE     0x10100000u
#define GICC_BASE    0x10100100u
#define GICD_BASE    0x10101000u
#define PCI_CONFIG   0x61000000u
#define PCI_WINDOW   0x64000000u
#define PCI_IMAP     PCI_WINDOW /* the upper bits of the window's bus addresses */
#define DEVICES_SIZE 0x00200000u

/* ---- for suite/dma_config.c ---- */
#define SUITE_INCLUDE      "arm.h"
#define SUITE_OUTER_VA     0
#define SUITE_FLAGS        DMACOH_F_NO_PREFETCH /* nothing here executes PLD */
#define SUITE_REGION_FLAGS DMACOH_REGION_CLEAN  /* never mapped cacheable since the reset */
#define SUITE_MEMORY                                                                               \
    {.phys = RAM_PHYS, .size = LOWMEM_SIZE, .va = RAM_PHYS, .kind = DMACOH_RAM_LINEAR},            \
    {                                                                                              \
        .phys = HIGHMEM_PHYS, .size = HIGHMEM_SIZE, .kind = DMACOH_RAM_HIGH                        \
    }
#define SUITE_MMU                                                                                  \
    .root = mmu_root(), .tables_phys = (uintptr_t)window_tables,                                   \
    .tables_va = (uintptr_t)window_tables, .tables_size = sizeof window_tables,                    \
    .win_slots = WINDOW_SLOTS, .win_va = WINDOW_VA

#endif
