/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file board.c  B160L: its plan, and PCI behind Dino. */
#include "board.h"
#include "b160l.h"
#include "board_map.h"
#include "endian.h"

#define PCI_CFG_ADDRESS (DINO_BASE + 0x64u)
#define PCI_CFG_DATA    (DINO_BASE + 0x68u) /* little-endian, alone in this chip */

/* What edu would be for is not in this emulator; its mask is that of the suite's narrow device. */
const struct board_plan board_plan = {
    .low_phys = LOW_LANDING_PHYS,
    .low_va = LOW_LANDING_PHYS,
    .landing_size = LANDING_SIZE,
    .edu_mask = EDU_MASK,
};

const char *board_cpu_name(void)
{
    return "pa7300lc";
}

uint32_t board_pci_read(uint32_t bdf, uint32_t offset)
{
    reg_write(PCI_CFG_ADDRESS, bdf << 8 | (offset & 0xfcu));
    return le32(reg_read(PCI_CFG_DATA));
}

void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value)
{
    reg_write(PCI_CFG_ADDRESS, bdf << 8 | (offset & 0xfcu));
    reg_write(PCI_CFG_DATA, le32(value));
}

/* Firmware has opened all of Dino's windows, and placed its own devices below this one. */
uint64_t board_pci_window(void)
{
    return PCI_WINDOW;
}

uintptr_t board_pci_va(uint64_t bus)
{
    return (uintptr_t)bus;
}

/* The plan has no highmem, so nobody asks for one. */
void *board_high_view(dmacoh_phys_t phys)
{
    (void)phys;
    return NULL;
}
