/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of QEMU's ppce500 with up to four e500v2 cores: 36-bit physical addresses, and a PCI
 * bridge whose devices see RAM at other addresses than the CPUs.
 *
 *     physical                    what                    virtual      TLB1
 *     0x0_00000000-0x0_0bffffff   lowmem                  same         0 to 2, M=1, protected
 *     0x0_0c000000-0x0_0cffffff   stolen: coherent and    0xa0000000   3, I=1 G=1 M=1
 *                                 bounce
 *     0x0_0d000000-end of RAM     highmem                 none
 *     0xc_00000000-0xc_0fffffff   PCI memory              0xc0000000   5, I=1 G=1
 *     0xf_e0000000-0xf_e00fffff   the SoC's registers     0xe0000000   4, I=1 G=1
 *     0xf_ef000000-0xf_ef000fff   spin table              0xef000000   6, I=1 G=1
 *
 * Entry 7 is the board's view of a MiB of highmem, 8 to 15 are the library's window slots. No
 * bolted entry covers the stolen range, so no cacheable alias of it ever exists.
 *
 * The bus addresses of PCI devices:
 *
 *     bus                         RAM
 *     0x0_80000000-0x0_bfffffff   its first GiB
 *     0x8_40000000-0x9_7fffffff   what is above; a device with 64 address bits reaches it
 *
 * An address in no inbound window goes nowhere, so who forgets to translate reads nothing. The
 * conformance suite has devices with and without windows: in its image the first GiB is also at the
 * bus addresses from 0 on, instead of what is above.
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#include "board.h"

#ifndef BOARD_CONFORMANCE
#define BOARD_CONFORMANCE 0
#endif

#define BOARD_CPUS  4u
#define TIMEBASE_HZ 400000000u

#define RAM_PHYS     0u
#define LOWMEM_SIZE  0x0c000000u
#define STOLEN_PHYS  (RAM_PHYS + LOWMEM_SIZE)
#define STOLEN_SIZE  0x01000000u
#define STOLEN_VA    0xa0000000u
#define HIGHMEM_PHYS (STOLEN_PHYS + STOLEN_SIZE)

/* 64 MiB of data, and room for a skewed start and a guard. */
#define LANDING_SIZE      0x04100000u
#define LOW_LANDING_PHYS  0x02000000u
#define HIGH_LANDING_PHYS UINT64_C(0x101000000) /* with -m 5G */

#define INBOUND_BUS 0x80000000u
#define INBOUND_LOG 30u

/* What edu can reach, as a bus address; it ands addresses with it. */
#define BUS_OFFSET (BOARD_CONFORMANCE ? 0u : INBOUND_BUS)
#define EDU_MASK   (BUS_OFFSET + 0x0fffffffu)
#define EDU_PHYS   0x1b000000u

/* ---- for common/pools.c and ppc/dma_config.c ---- */
#define STOLEN_FLAGS 0u
#define NARROW_MASK  EDU_MASK
#if !BOARD_CONFORMANCE
#define BOARD_WINDOWS                                                                              \
    {0, BUS_OFFSET, 0x40000000u},                                                                  \
    {                                                                                              \
        0x40000000u, UINT64_C(0x840000000), UINT64_C(0x140000000)                                  \
    }
#endif

#define HIGH_VIEW_VA 0xd0000000u

#define WINDOW_VA    0xf0000000u
#define WINDOW_SLOTS 4u

/* Entries of TLB1. */
#define TLB1_VIEW        7u
#define TLB_WINDOW_FIRST 8u
#define TLB_WINDOW_COUNT 8u

#define CCSR_PHYS UINT64_C(0xfe0000000)
#define CCSR_VA   0xe0000000u
#define UART_BASE (CCSR_VA + 0x4500u)
#define PCI_BASE  (CCSR_VA + 0x8000u)
#define MPIC_BASE (CCSR_VA + 0x40000u)
#define GPIO_BASE (CCSR_VA + 0xff000u)

#define SPIN_PHYS UINT64_C(0xfef000000)
#define SPIN_VA   0xef000000u

#define PCI_WINDOW_PHYS UINT64_C(0xc00000000)
#define PCI_WINDOW_VA   0xc0000000u
#define PCI_WINDOW_BUS  0xe0000000u

/* 16550, its registers a byte each. */
#define UART_THR       0u
#define UART_LSR       5u
#define UART_LSR_EMPTY 0x20u

#endif
