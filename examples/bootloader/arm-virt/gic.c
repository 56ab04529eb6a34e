/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file gic.c
 * GICv2: the PCI interrupts, all to CPU 0, and one software interrupt that wakes CPU 1.
 */
#include "arm_virt.h"
#include "board.h"
#include "cpu.h"
#include "map.h"

#define GICD_CTLR      (GICD_BASE + 0x000u)
#define GICD_ISENABLER (GICD_BASE + 0x100u)
#define GICD_ITARGETSR (GICD_BASE + 0x800u)
#define GICD_SGIR      (GICD_BASE + 0xf00u)
#define GICC_CTLR      (GICC_BASE + 0x00u)
#define GICC_PMR       (GICC_BASE + 0x04u)
#define GICC_IAR       (GICC_BASE + 0x0cu)
#define GICC_EOIR      (GICC_BASE + 0x10u)

#define INTID_MASK    0x3ffu
#define WAKE_SGI      1u
#define PCI_INTA_BASE 35u /* SPI 3: pin A of slots 0, 4, 8, ... */
#define PCI_INTS      4u

static void (*pci_handler[PCI_INTS])(void);

void gic_init_cpu0(void)
{
    reg_write(GICD_CTLR, 1);
    reg_write(GICC_PMR, 0xff); /* no priority is masked */
    reg_write(GICC_CTLR, 1);
}

void gic_init_cpu1(void)
{
    reg_write(GICC_PMR, 0xff);
    reg_write(GICC_CTLR, 1);
}

void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    const uint32_t line = (bdf >> 3) % PCI_INTS;
    const uint32_t intid = PCI_INTA_BASE + line;
    const uintptr_t target = GICD_ITARGETSR + (intid & ~3u);
    const uint32_t shift = 8u * (intid & 3u);

    pci_handler[line] = handler;
    reg_write(target, (reg_read(target) & ~(0xffu << shift)) | (1u << shift));
    reg_write(GICD_ISENABLER + 4u * (intid / 32u), 1u << (intid % 32u));
}

void board_irq(void)
{
    const uint32_t iar = reg_read(GICC_IAR);
    const uint32_t intid = iar & INTID_MASK;

    if (intid >= PCI_INTA_BASE && intid < PCI_INTA_BASE + PCI_INTS) {
        pci_handler[intid - PCI_INTA_BASE]();
        cpu_dsb(); /* the device has dropped its line before the GIC samples it again */
    }
    reg_write(GICC_EOIR, iar); /* the wake-up needs nothing else: the sleeper looks at its word */
}

/*
 * The test and the wfi run with interrupts masked: a wake-up between them stays pending, and a
 * pending interrupt ends wfi whether it is masked or not.
 */
void board_sleep_while(const uint32_t *word, uint32_t seen)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
        cpu_irq_disable();
        if (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
            cpu_dsb();
            cpu_wfi();
        }
        cpu_irq_enable();
    }
}

void board_wake(void)
{
    cpu_dsb(); /* the word is visible before the interrupt arrives */
    reg_write(GICD_SGIR, (2u << 16) | WAKE_SGI);
}
