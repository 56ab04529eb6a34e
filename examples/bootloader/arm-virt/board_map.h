/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the board: who owns which physical range, and where the CPU sees it.
 *
 *     physical                  what                          virtual
 *     0x08000000-0x09ffffff     GIC, UART                     same, Device
 *     0x10000000-0x3fffffff     PCI memory and ECAM           same, Device
 *     0x40000000-0x477fffff     lowmem                        same, cacheable, 1 MiB sections
 *     0x47800000-0x47ffffff     stolen: coherent and bounce   0xe0000000, Normal Non-cacheable
 *     0x48000000-end of RAM     highmem                       none
 *
 * The stolen range has exactly one mapping, so no cacheable alias of it ever exists. It ends at the
 * mask of the narrowest master (edu: 0x47ffffff), so that every device reaches it.
 *
 * Two images: short descriptors on the machine with highmem=off, and BOARD_LPAE, long descriptors
 * on the machine with RAM beyond 4 GiB, where the disk's highmem landing area is then. PCI
 * configuration space lies beyond 4 GiB there, too.
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#include "board.h"

#ifndef BOARD_LPAE
#define BOARD_LPAE 0
#endif

#define BOARD_CPUS BOARD_MAX_CPUS

#define BOARD_ACTLR 0x40u /* SMP: take part in coherency */

#define RAM_PHYS    0x40000000u
#define LOWMEM_SIZE 0x07800000u

#define STOLEN_PHYS (RAM_PHYS + LOWMEM_SIZE)
#define STOLEN_SIZE 0x00800000u
#define STOLEN_VA   0xe0000000u

#define HIGHMEM_PHYS (STOLEN_PHYS + STOLEN_SIZE)

/* Landing areas of the disk reads: 64 MiB of data, and room for a skewed start and a guard. */
#define LANDING_SIZE     0x04100000u
#define LOW_LANDING_PHYS 0x41000000u
#if BOARD_LPAE
#define HIGH_LANDING_PHYS UINT64_C(0x101000000)
#else
#define HIGH_LANDING_PHYS 0x4c000000u
#endif

/* Where edu reads and writes: above its mask. Its alias (addr & mask) lies in lowmem. */
#define EDU_BUFFER_PHYS 0x4b000000u

/* The board's own view of highmem: one section, for filling and hashing. */
#define HIGH_VIEW_VA 0xd0000000u

/* Window slots of the library: 2 CPUs x 4 slots x 4 KiB, all in one table of the last level. */
#define WINDOW_VA    0xffe00000u
#define WINDOW_SLOTS 4u
#define WINDOW_TABLE (BOARD_LPAE ? 4096u : 1024u)

#define GICD_BASE  0x08000000u
#define GICC_BASE  0x08010000u
#define UART_BASE  0x09000000u
#define PCI_WINDOW 0x10000000u

/* Pin A of slots 0, 4, 8, ... */
#define PCI_INTA_BASE 35u

#if BOARD_LPAE
#define PCI_ECAM_PHYS UINT64_C(0x4010000000)
#define PCI_ECAM_VA   0xc0000000u
#define PCI_ECAM_SIZE 0x00200000u /* bus 0 and one more: the smallest block */
#else
#define PCI_ECAM_VA 0x3f000000u
#endif

/* The only part of lowmem that is executable. */
#define IMAGE_PHYS 0x40200000u
#define IMAGE_SIZE 0x00200000u

/* ---- for common/pools.c ---- */

#define STOLEN_FLAGS 0u
#define EDU_MASK     (STOLEN_PHYS + STOLEN_SIZE - 1u)
#define NARROW_MASK  (HIGHMEM_PHYS - 1u)

#endif
