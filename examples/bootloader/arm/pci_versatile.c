/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file pci_versatile.c  A PCI bridge: bus addresses of RAM are physical ones, both start at 0. */
#include "arm.h"
#include "board.h"
#include "board_map.h"

/*
 * Upper 4 bits of the bus addresses of the second window, and of what masters see of this machine.
 */
#define PCI_IMAP1 (PCI_REGS + 0x04u)
#define PCI_SMAP0 (PCI_REGS + 0x10u)

static uintptr_t config_address(uint32_t bdf, uint32_t offset)
{
    return PCI_CONFIG + ((uintptr_t)bdf << 8) + (offset & 0xfcu);
}

uint32_t board_pci_read(uint32_t bdf, uint32_t offset)
{
    return reg_read(config_address(bdf, offset));
}

void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value)
{
    reg_write(config_address(bdf, offset), value);
}

uint64_t board_pci_window(void)
{
    reg_write(PCI_IMAP1, PCI_IMAP);
    reg_write(PCI_SMAP0, RAM_PHYS >> 28);
    return PCI_WINDOW;
}

uintptr_t board_pci_va(uint64_t bus)
{
    return (uintptr_t)bus;
}
