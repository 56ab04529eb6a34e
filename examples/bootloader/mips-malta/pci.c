/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file pci.c
 * GT64120, the bridge between CPU and PCI. Its registers are little-endian. A bus master sees what a CPU
 * sees: bus addresses are physical ones.
 */
#include "board.h"
#include "board_map.h"
#include "endian.h"

#define GT_PCI_COMMAND (GT_BASE + 0xc00u)
#define GT_CONFIG_ADDR (GT_BASE + 0xcf8u)
#define GT_CONFIG_DATA (GT_BASE + 0xcfcu)
#define CONFIG_ENABLE  0x80000000u
/* No swap of bytes, as master and as slave: one rule for the bridge and for the devices behind it. */
#define COMMAND_NO_SWAP 0x00010001u

static void select_register(uint32_t bdf, uint32_t offset)
{
    static bool ready;

    if (!ready) {
        ready = true;
        mmio_write32(GT_PCI_COMMAND, mmio_read32(GT_PCI_COMMAND) | COMMAND_NO_SWAP);
    }
    mmio_write32(GT_CONFIG_ADDR, CONFIG_ENABLE | bdf << 8 | (offset & 0xfcu));
}

uint32_t board_pci_read(uint32_t bdf, uint32_t offset)
{
    select_register(bdf, offset);
    return mmio_read32(GT_CONFIG_DATA);
}

void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value)
{
    select_register(bdf, offset);
    mmio_write32(GT_CONFIG_DATA, value);
}

uint64_t board_pci_window(void)
{
    return PCI_WINDOW;
}

uintptr_t board_pci_va(uint64_t bus)
{
    return KSEG1 + (uintptr_t)bus;
}
