/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the Malta board with 1 GiB of RAM; 642 MiB are the least.
 *
 *     physical                  what                          virtual
 *     0x00000000-0x077fffff     lowmem                        KSEG0, cacheable
 *     0x07800000-0x07ffffff     coherent and bounce memory    KSEG1, uncached; KSEG0 is not used
 *     0x10000000-0x17dfffff     PCI memory                    KSEG1
 *     0x18000000-0x181fffff     PCI I/O: UART, interrupts     KSEG1
 *     0x1bde0000, 0x1fbf8000    P5600: cores and GIC          KSEG1
 *     0x1be00000                GT64120 registers             KSEG1
 *     0x20000000-end of RAM     highmem                       none
 *
 * KSEG0 and KSEG1 always exist, for the first 512 MiB of physical addresses: nothing maps them, and
 * nothing can take them away. Above them a page is reached by a TLB entry only.
 *
 * All of RAM answers a second time from physical 0x80000000 on, and that is all that the second 256 MiB
 * have. The library must not see one byte under two addresses, so nothing from there on is in the memory
 * map. It also means that a driver which gives a device a KSEG0 address instead of a physical one works on
 * this board, by accident.
 *
 * Also for start.S: constants only.
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#define KSEG0 0x80000000
#define KSEG1 0xa0000000

#define BOARD_CPUS 2

/* TLB entries of each CPU: the first ones are the library's, and wired; the others are refilled. */
#define WINDOW_SLOTS 4

/* Window slots of the library. Any colour is possible: the range has the largest alignment. */
#define WINDOW_VA 0xc0000000

/* The board's own view of highmem: a pair of 1 MiB pages, loaded by the refill handler. */
#define HIGH_VIEW_VA    0xc4000000
#define HIGH_VIEW_SHIFT 21
#define PAGE_MASK_1M    0x001fe000

/* ---- interrupts, by bit of Cause.IP ---- */
#define IP_I8259 2
#define IP_TIMER 7

#ifndef __ASSEMBLER__

#define LOWMEM_SIZE  0x07800000u
#define STOLEN_PHYS  LOWMEM_SIZE
#define STOLEN_SIZE  0x00800000u
#define STOLEN_VA    (KSEG1 + STOLEN_PHYS)
#define HIGHMEM_PHYS 0x20000000u

/* ---- for common/pools.c ---- */
#define STOLEN_METHOD DMACOH_M_ALIAS /* KSEG1 */
#define STOLEN_FLAGS  0u             /* the boot monitor may have used it: its lines must go */
#define EDU_MASK      (HIGHMEM_PHYS - 1u)
#define NARROW_MASK   (HIGHMEM_PHYS - 1u)

/* Landing areas of the disk reads: 64 MiB of data, and room for a skewed start and a guard. */
#define LANDING_SIZE      0x04100000u
#define LOW_LANDING_PHYS  0x01000000u
#define HIGH_LANDING_PHYS 0x24000000u

/* The suite's highmem. */
#define SUITE_HIGH_PHYS 0x23000000u

#define PCI_WINDOW  0x10000000u
#define PCI_IO      (KSEG1 + 0x18000000u)
#define UART_BASE   (PCI_IO + 0x3f8u)
#define GT_BASE     (KSEG1 + 0x1be00000u)
#define SOFTRES     (KSEG1 + 0x1f000500u)
#define CM_GCR_BASE (KSEG1 + 0x1fbf8000u)
#define CM_CPC_PHYS 0x1bde0000u
#define CM_GIC_PHYS 0x1bdc0000u

#endif
#endif
