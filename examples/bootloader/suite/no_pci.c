/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file no_pci.c  A machine without PCI: every slot is empty, so nobody asks for the rest. */
#include "board.h"

uint32_t board_pci_read(uint32_t bdf, uint32_t offset)
{
    (void)bdf;
    (void)offset;
    return UINT32_MAX;
}

void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value)
{
    (void)bdf;
    (void)offset;
    (void)value;
}

uint64_t board_pci_window(void)
{
    return 0;
}

uintptr_t board_pci_va(uint64_t bus)
{
    return (uintptr_t)bus;
}

void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    (void)bdf;
    (void)handler;
}
