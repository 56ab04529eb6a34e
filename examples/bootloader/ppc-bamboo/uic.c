/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file uic.c
 * The interrupt controller, which is behind the bus for device control registers. The slots of PCI
 * share four lines; all four are one here.
 */
#include "board.h"
#include "cpu.h"
#include "ppc.h"

#define UIC_STATUS   0xc0
#define UIC_ENABLE   0xc2
#define UIC_CRITICAL 0xc3
#define UIC_POLARITY 0xc4
#define UIC_TRIGGER  0xc5
#define UIC_MASKED   0xc6 /* of the status: what is enabled */

#define PCI_LINES 0x00000078u /* 25 to 28, counted from the left */

#define dcr_read(dcr)                                                                              \
    __extension__({                                                                                \
        uint32_t value_;                                                                           \
        __asm__ volatile("mfdcr %0, %1" : "=r"(value_) : "i"(dcr) : "memory");                     \
        value_;                                                                                    \
    })

#define dcr_write(dcr, value)                                                                      \
    __asm__ volatile("mtdcr %0, %1" ::"i"(dcr), "r"((uint32_t)(value)) : "memory")

static void (*pci_handler)(void);

void irq_init_cpu(void)
{
    dcr_write(UIC_ENABLE, 0);
    dcr_write(UIC_CRITICAL, 0);
}

void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    (void)bdf;
    pci_handler = handler;
    dcr_write(UIC_POLARITY, dcr_read(UIC_POLARITY) & ~PCI_LINES); /* low is active */
    dcr_write(UIC_TRIGGER, dcr_read(UIC_TRIGGER) & ~PCI_LINES);   /* as long as it is low */
    dcr_write(UIC_ENABLE, PCI_LINES);
}

void irq_dispatch(void)
{
    const uint32_t lines = dcr_read(UIC_MASKED) & PCI_LINES;

    if (lines != 0 && pci_handler != NULL) {
        pci_handler();
        cpu_msync(); /* the device has dropped its line before the controller looks again */
        dcr_write(UIC_STATUS, lines);
    }
}

/* There is no other CPU to wait for, or to wake. */
void board_sleep_while(const uint32_t *word, uint32_t seen)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
    }
}

void board_wake(void)
{
}
