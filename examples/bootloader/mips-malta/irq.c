/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file irq.c
 * Interrupts: those of PCI devices, on CPU 0, by two i8259 and on machines with a coherence manager by its
 * GIC before them; and the way to the timer's.
 */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "mips.h"

#define PIC1      (PCI_IO + 0x20u)
#define PIC2      (PCI_IO + 0xa0u)
#define PIC_ELCR  (PCI_IO + 0x4d0u) /* edge or level, a bit an input */
#define PIC_DATA  1u
#define ICW1      0x11u /* edge, cascade, ICW4 follows */
#define ICW4      0x01u
#define CASCADE   2u
#define OCW2_EOI  0x20u
#define OCW3_POLL 0x0cu
#define POLL_IRQ  0x80u
#define PIC_LINES 16u

/* The south bridge routes each of the four PCI interrupts to a line of the i8259. */
#define PIIX4_BDF  (10u << 3)
#define PIIX4_PIRQ 0x60u
#define PCI_LINE   10u
#define FIRST_SLOT 18u
#define PCI_PINS   4u

#define GCR_GIC_BASE (CM_GCR_BASE + 0x80u)
#define GIC(offset)  (KSEG1 + CM_GIC_PHYS + (offset))
#define GIC_I8259    3u /* input of the GIC */
#define GIC_SET_MASK GIC(0x380u)
#define GIC_MAP_PIN  GIC(0x500u + 4u * GIC_I8259)
#define GIC_MAP_CPU  GIC(0x2000u + 0x20u * GIC_I8259)
#define GIC_TO_PIN   0x80000000u
#define GIC_ENABLE   1u

static void (*handlers[PIC_LINES])(void);
static uint32_t depth[BOARD_CPUS];

/* ---- i8259 ---- */

static void init_pic(uintptr_t pic, uint8_t cascade, uint8_t mask)
{
    reg_write8(pic, ICW1);
    reg_write8(pic + PIC_DATA, 0); /* no vectors: it is polled */
    reg_write8(pic + PIC_DATA, cascade);
    reg_write8(pic + PIC_DATA, ICW4);
    reg_write8(pic + PIC_DATA, mask);
}

/* Asks for the interrupt, which also acknowledges it. PIC_LINES: there was none. */
static uint32_t poll_pics(void)
{
    uint32_t answer;

    reg_write8(PIC1, OCW3_POLL);
    answer = reg_read8(PIC1);
    if ((answer & POLL_IRQ) == 0) {
        return PIC_LINES;
    }
    if ((answer & 7u) != CASCADE) {
        return answer & 7u;
    }
    reg_write8(PIC2, OCW3_POLL);
    return 8u + (reg_read8(PIC2) & 7u);
}

static void end_of_interrupt(uint32_t line)
{
    if (line >= 8u) {
        reg_write8(PIC2, OCW2_EOI);
    }
    reg_write8(PIC1, OCW2_EOI);
}

static void device_interrupt(void)
{
    const uint32_t line = poll_pics();

    if (line == PIC_LINES) {
        return;
    }
    if (handlers[line] != NULL) {
        handlers[line]();
        cpu_sync(); /* the device has dropped its line before the i8259 looks again */
    }
    end_of_interrupt(line);
}

/* Pin A of slot n is PCI interrupt n - 18, modulo 4; all of them go to one line. */
void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    const uint32_t pin = ((bdf >> 3) - FIRST_SLOT) % PCI_PINS;
    const uint32_t shift = 8u * pin;
    const uint32_t routes = board_pci_read(PIIX4_BDF, PIIX4_PIRQ);

    handlers[PCI_LINE] = handler;
    board_pci_write(PIIX4_BDF, PIIX4_PIRQ, (routes & ~(0xffu << shift)) | PCI_LINE << shift);
    reg_write8(PIC_ELCR + 1u, 1u << (PCI_LINE - 8u));
    reg_write8(PIC2 + PIC_DATA, (uint8_t) ~(1u << (PCI_LINE - 8u)));
}

/* ---- set-up and dispatch ---- */

void irq_init_cpu(void)
{
    depth[cpu_number()] = 0;
    timer_init_cpu();
    cpu_write_status(cpu_read_status() | STATUS_IM(IP_TIMER));
}

/* Pins of the GIC are numbered from interrupt line 2 on. */
static void init_gic(void)
{
    reg_write(GCR_GIC_BASE, CM_GIC_PHYS | GIC_ENABLE);
    reg_write(GIC_MAP_PIN, GIC_TO_PIN | (IP_I8259 - 2u));
    reg_write(GIC_MAP_CPU, 1u);
    reg_write(GIC_SET_MASK, 1u << GIC_I8259);
}

void irq_init_boot_cpu(void)
{
    init_pic(PIC1, 1u << CASCADE, (uint8_t) ~(1u << CASCADE));
    init_pic(PIC2, CASCADE, 0xff);
    if (board_has_cm()) {
        init_gic();
    }
    irq_init_cpu();
    cpu_write_status(cpu_read_status() | STATUS_IM(IP_I8259));
}

bool irq_active(void)
{
    return depth[cpu_number()] != 0;
}

/* Called with interrupts masked. */
void board_irq(void)
{
    const uint32_t cpu = cpu_number();
    const uint32_t pending = cpu_read_cause() & cpu_read_status();

    depth[cpu]++;
    if ((pending & CAUSE_IP(IP_TIMER)) != 0) {
        timer_interrupt();
    }
    if ((pending & CAUSE_IP(IP_I8259)) != 0) {
        device_interrupt();
    }
    depth[cpu]--;
}
