/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the B160L: one or more PA7300LC. Every address is mapped to itself, because
 * lines are found by virtual address, and firmware uses physical ones.
 *
 *     0x00000000-0x0dffffff   lowmem, cached; the first MiB is firmware's, the second ours
 *     0x0e000000-0x0effffff   stolen: coherent and bounce, uncached by the U bit
 *     0xf0800000-0xfeffffff   PCI memory
 *     0xffd00000-0xffdfffff   LASI, with the UART
 *     0xfff00000-0xffffffff   Dino, the CPUs' own registers
 *
 * There is no highmem: the library has no windows on this architecture. Devices see RAM where the
 * CPUs see it.
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#include "board.h"

#define BOARD_CPUS 2u

#define RAM_PHYS    0u
#define LOWMEM_SIZE 0x0e000000u
#define STOLEN_PHYS (RAM_PHYS + LOWMEM_SIZE)
#define STOLEN_SIZE 0x01000000u
#define STOLEN_VA   STOLEN_PHYS

/* 64 MiB of data, and room for a skewed start and a guard. */
#define LANDING_SIZE     0x04100000u
#define LOW_LANDING_PHYS 0x02000000u

#define IMAGE_PHYS 0x00100000u

/* ---- for common/pools.c ---- */
#define STOLEN_FLAGS DMACOH_REGION_CLEAN /* boot.c has flushed it, before it was mapped uncached */
#define EDU_MASK     (STOLEN_PHYS + STOLEN_SIZE - 1u)
#define NARROW_MASK  EDU_MASK

#define IO_BASE    0xf0800000u
#define PCI_WINDOW 0xf2000000u
#define UART_BASE  0xffd05800u
#define DINO_BASE  0xfff80000u
#define CPU_HPA(n) (0xfffb0000u + ((n) << 12))

/* 16550, its registers a byte each. */
#define UART_THR       0u
#define UART_LSR       5u
#define UART_LSR_EMPTY 0x20u

#endif
