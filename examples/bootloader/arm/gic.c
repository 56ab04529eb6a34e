/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file gic.c
 * GICv2 and the A9's own: device interrupts, all to CPU 0, and one software interrupt that wakes a
 * CPU.
 */
#include "arm.h"
#include "board.h"
#include "board_map.h"
#include "cpu.h"

#define GICD_CTLR      (GICD_BASE + 0x000u)
#define GICD_ISENABLER (GICD_BASE + 0x100u)
#define GICD_ITARGETSR (GICD_BASE + 0x800u)
#define GICD_SGIR      (GICD_BASE + 0xf00u)
#define GICC_CTLR      (GICC_BASE + 0x00u)
#define GICC_PMR       (GICC_BASE + 0x04u)
#define GICC_IAR       (GICC_BASE + 0x0cu)
#define GICC_EOIR      (GICC_BASE + 0x10u)

#define INTID_MASK 0x3ffu
#define WAKE_SGI   1u
#define INTIDS     96u

static void (*handlers[INTIDS])(void);

void gic_init_cpu(void)
{
    reg_write(GICC_PMR, 0xff); /* no priority is masked */
    reg_write(GICC_CTLR, 1);
}

void gic_init_boot_cpu(void)
{
    reg_write(GICD_CTLR, 1);
    gic_init_cpu();
}

void gic_wake(uint32_t cpus)
{
    cpu_dsb(); /* the word is visible before the interrupt arrives */
    reg_write(GICD_SGIR, (cpus << 16) | WAKE_SGI);
}

void gic_enable(uint32_t intid, void (*handler)(void))
{
    const uintptr_t target = GICD_ITARGETSR + (intid & ~3u);
    const uint32_t shift = 8u * (intid & 3u);

    handlers[intid] = handler;
    reg_write(target, (reg_read(target) & ~(0xffu << shift)) | (1u << shift));
    reg_write(GICD_ISENABLER + 4u * (intid / 32u), 1u << (intid % 32u));
}

void board_irq(void)
{
    const uint32_t iar = reg_read(GICC_IAR);
    const uint32_t intid = iar & INTID_MASK;

    if (intid < INTIDS && handlers[intid] != NULL) {
        handlers[intid]();
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
    gic_wake(2);
}
