/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the Bamboo board: a PowerPC 440EP. Devices see RAM where the CPU sees it.
 *
 *     physical                what                          virtual      UTLB
 *     0x00000000-0x06ffffff   lowmem                        same         2 to 8, 16 MiB each
 *     0x07000000-0x07ffffff   stolen: coherent and bounce   0xb0000000   9, I=1 G=1
 *     0x08000000-end of RAM   highmem                       none
 *     0xa0000000-0xafffffff   PCI memory                    same         10, I=1 G=1
 *     0xe0000000-0xefffffff   PCI configuration, UART       same         11, I=1 G=1
 *
 * Entry 12 is the board's view of a MiB of highmem, 16 to 19 are the library's window slots. No
 * entry but its own covers the stolen range, so no cacheable alias of it ever exists. The emulator
 * starts with entries 0 and 1, for all 4 GiB; they go.
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#include "board.h"

#define BOARD_CPUS  1u
#define TIMEBASE_HZ 400000000u

#define RAM_PHYS     0u
#define LOWMEM_SIZE  0x07000000u
#define STOLEN_PHYS  (RAM_PHYS + LOWMEM_SIZE)
#define STOLEN_SIZE  0x01000000u
#define STOLEN_VA    0xb0000000u
#define HIGHMEM_PHYS (STOLEN_PHYS + STOLEN_SIZE)

/* 64 MiB of data, and room for a skewed start and a guard. */
#define LANDING_SIZE      0x04100000u
#define LOW_LANDING_PHYS  0x02000000u
#define HIGH_LANDING_PHYS 0x0a000000u

/* What a narrow master could reach; edu itself wants MSI, which this machine lacks. */
#define EDU_MASK (HIGHMEM_PHYS - 1u)
#define EDU_PHYS 0x09000000u

#define HIGH_VIEW_VA 0xd0000000u
#define WINDOW_VA    0xf0000000u
#define WINDOW_SLOTS 4u

/* Entries of the UTLB. */
#define TLB_VIEW         12u
#define TLB_WINDOW_FIRST 16u
#define TLB_WINDOW_COUNT 4u

/* ---- for common/pools.c ---- */
#define STOLEN_FLAGS 0u
#define NARROW_MASK  EDU_MASK

#define IO_BASE    0xe0000000u
#define PCI_CONFIG 0xeec00000u
#define PCI_BRIDGE 0xef400000u
#define UART_BASE  0xef600300u
#define PCI_WINDOW 0xa0000000u

/* 16550, its registers a byte each. */
#define UART_THR       0u
#define UART_LSR       5u
#define UART_LSR_EMPTY 0x20u

#endif
