/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file vic.c
 * The interrupt controllers. PCI slots share four lines, which come in at the secondary one and are
 * passed through to the primary one. Which slot has which line differs by board, so all four are
 * one here.
 */
#include "arm.h"
#include "board.h"
#include "board_map.h"
#include "cpu_classic.h"

#define VIC_STATUS   (VIC_BASE + 0x00u)
#define VIC_SELECT   (VIC_BASE + 0x0cu)
#define VIC_ENABLE   (VIC_BASE + 0x10u)
#define SIC_PASS_SET (SIC_BASE + 0x20u)
#define PCI_LINES    0x78000000u /* 27 to 30, of both controllers */

static void (*pci_handler)(void);

void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    (void)bdf;
    pci_handler = handler;
    reg_write(VIC_SELECT, 0); /* none is a fast interrupt */
    reg_write(SIC_PASS_SET, PCI_LINES);
    reg_write(VIC_ENABLE, PCI_LINES);
}

void board_irq(void)
{
    if ((reg_read(VIC_STATUS) & PCI_LINES) != 0 && pci_handler != NULL) {
        pci_handler();
        cpu_dsb(); /* the device has dropped its line before interrupts are on again */
    }
}
