/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board_map.h
 * The address plan of the Versatile/PB. RAM is at 0, with the exception vectors.
 *
 *     physical                  what                          virtual
 *     0x00000000-0x047fffff     lowmem                        same, cacheable
 *     0x04800000-0x04ffffff     stolen: coherent and bounce   0xe0000000, uncached
 *     0x05000000-0x07ffffff     highmem; ARMv6 only           none
 *     0x10000000-0x101fffff     system registers, UART, VICs  same, Device
 *     0x42000000-0x421fffff     PCI configuration             same, Device
 *     0x50000000-0x501fffff     PCI memory                    same, Device
 *
 * The same sources serve the ARM926 (ARMv5) and the ARM1176 (ARMv6); the compiler says which. A
 * cache that is looked up by virtual address cannot serve memory without a mapping, so ARMv5 has no
 * highmem.
 */
#ifndef BOARD_MAP_H
#define BOARD_MAP_H

#define BOARD_CPUS     1u
#define BOARD_IS_ARMV6 (__ARM_ARCH >= 6)

/* One CPU: nothing is shared. */
#define BOARD_ACTLR          0u
#define BOARD_SECTION_SHARED 0u
#define BOARD_TTBR_SHARED    0u

#define RAM_PHYS     0x00000000u
#define LOWMEM_SIZE  0x04800000u
#define STOLEN_PHYS  (RAM_PHYS + LOWMEM_SIZE)
#define STOLEN_SIZE  0x00800000u
#define STOLEN_VA    0xe0000000u
#define HIGHMEM_PHYS (STOLEN_PHYS + STOLEN_SIZE)
#define HIGHMEM_SIZE 0x03000000u

/*
 * The suite's own view of highmem: one section, so its colours are those of the physical addresses.
 */
#define HIGH_VIEW_VA 0xd0000000u

/* 1 CPU, 4 slots, 4 colours. */
#define WINDOW_VA    0xffe00000u
#define WINDOW_SLOTS 4u
#define WINDOW_TABLE 1024u

#define SYSREG_BASE  0x10000000u
#define PCI_REGS     0x10001000u
#define SIC_BASE     0x10003000u
#define VIC_BASE     0x10140000u
#define UART_BASE    0x101f1000u
#define PCI_CONFIG   0x42000000u
#define PCI_WINDOW   0x50000000u
#define PCI_IMAP     (PCI_WINDOW >> 28) /* the upper bits of the window's bus addresses */
#define DEVICES_SIZE 0x00200000u

/* ---- for suite/dma_config.c ---- */
#define SUITE_INCLUDE  "arm.h"
#define SUITE_OUTER_VA 0
#define SUITE_FLAGS    0
/* Never mapped cacheable since the reset, as a cache looked up by virtual address demands it. */
#define SUITE_REGION_FLAGS DMACOH_REGION_CLEAN
#define SUITE_LINEAR                                                                               \
    {                                                                                              \
        .phys = RAM_PHYS, .size = LOWMEM_SIZE, .va = RAM_PHYS, .kind = DMACOH_RAM_LINEAR           \
    }
#if BOARD_IS_ARMV6
#define SUITE_MEMORY                                                                               \
    SUITE_LINEAR,                                                                                  \
    {                                                                                              \
        .phys = HIGHMEM_PHYS, .size = HIGHMEM_SIZE, .kind = DMACOH_RAM_HIGH                        \
    }
#define SUITE_MMU                                                                                  \
    .root = mmu_root(), .tables_phys = (uintptr_t)window_tables,                                   \
    .tables_va = (uintptr_t)window_tables, .tables_size = sizeof window_tables,                    \
    .win_slots = WINDOW_SLOTS, .win_va = WINDOW_VA
#else
#undef WINDOW_TABLE
#define SUITE_MEMORY SUITE_LINEAR
#define SUITE_MMU    .root = mmu_root()
#endif

#endif
