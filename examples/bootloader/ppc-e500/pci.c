/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file pci.c
 * The PCI bridge: configuration accesses, one window for the CPU, and the windows through which
 * devices see RAM. Until one is set there is no DMA at all.
 */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "e500.h"
#include "endian.h"
#include "ppc.h"

#define PCI_CFG_ADDRESS (PCI_BASE + 0x00u)
#define PCI_CFG_DATA    (PCI_BASE + 0x04u) /* little-endian, alone in this SoC */

/* Outbound window 1, from the CPU to the bus. All addresses in units of 4 KiB. */
#define PCI_POTAR1  (PCI_BASE + 0xc20u)
#define PCI_POTEAR1 (PCI_BASE + 0xc24u)
#define PCI_POWBAR1 (PCI_BASE + 0xc28u)
#define PCI_POWAR1  (PCI_BASE + 0xc30u)

/* Inbound windows 1 to 3, from the bus to RAM. */
#define PCI_INBOUND(n) (PCI_BASE + 0xe00u - 0x20u * (n))
#define PITAR          0x00u
#define PIWBAR         0x08u
#define PIWBEAR        0x0cu
#define PIWAR          0x10u

#define POWAR_MEMORY       0x80044000u
#define PIWAR_MEMORY       0xa0f55000u /* enabled, prefetchable, local memory, snooping */
#define WINDOW_SIZE(log2)  ((log2)-1u)
#define CFG_ENABLE         0x80000000u
#define COMMAND_MEM_MASTER 6u

static void map_inbound(uint32_t n, uint64_t bus, uint64_t phys, uint32_t log2)
{
    const uintptr_t regs = PCI_INBOUND(n);

    reg_write(regs + PITAR, (uint32_t)(phys >> 12));
    reg_write(regs + PIWBAR, (uint32_t)(bus >> 12));
    reg_write(regs + PIWBEAR, 0);
    reg_write(regs + PIWAR, PIWAR_MEMORY | WINDOW_SIZE(log2));
}

static void init_bridge(void)
{
    reg_write(PCI_POTAR1, PCI_WINDOW_BUS >> 12);
    reg_write(PCI_POTEAR1, 0);
    reg_write(PCI_POWBAR1, (uint32_t)(PCI_WINDOW_PHYS >> 12));
    reg_write(PCI_POWAR1, POWAR_MEMORY | WINDOW_SIZE(28u));
    map_inbound(1, INBOUND_BUS, 0, INBOUND_LOG);
    if (BOARD_CONFORMANCE) {
        map_inbound(2, 0, 0, INBOUND_LOG);
    } else {
        map_inbound(2, UINT64_C(0x800000000), 0, 33);
    }
    cpu_msync();
    board_pci_write(0, 4, board_pci_read(0, 4) | COMMAND_MEM_MASTER);
}

uint32_t board_pci_read(uint32_t bdf, uint32_t offset)
{
    reg_write(PCI_CFG_ADDRESS, CFG_ENABLE | bdf << 8 | (offset & 0xfcu));
    cpu_msync();
    return le32(reg_read(PCI_CFG_DATA));
}

void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value)
{
    reg_write(PCI_CFG_ADDRESS, CFG_ENABLE | bdf << 8 | (offset & 0xfcu));
    cpu_msync();
    reg_write(PCI_CFG_DATA, le32(value));
    cpu_msync();
}

uint64_t board_pci_window(void)
{
    init_bridge();
    return PCI_WINDOW_BUS;
}

uintptr_t board_pci_va(uint64_t bus)
{
    return (uintptr_t)bus - PCI_WINDOW_BUS + PCI_WINDOW_VA;
}

/* Pin A of slot n is line n modulo 4, and the lines are the sources from 1 on. */
void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    mpic_enable(1u + (bdf >> 3) % 4u, handler);
}
