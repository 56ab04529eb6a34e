/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board.c
 * RealView EB with ARM11 MPCore: ranges, UART, clock, the interrupt controller of the baseboard, the
 * other three CPUs.
 */
#include "board.h"
#include "arm.h"
#include "board_map.h"

#define SYS_100HZ    (SYSREG_BASE + 0x24u)
#define SYS_FLAGSSET (SYSREG_BASE + 0x30u)
#define SYS_FLAGSCLR (SYSREG_BASE + 0x34u)

#define UART_DR         (UART_BASE + 0x00u)
#define UART_FR         (UART_BASE + 0x18u)
#define UART_FR_TX_FULL 0x20u

#define SCU_CONTROL (SCU_BASE + 0x0u)
#define SCU_CONFIG  (SCU_BASE + 0x4u)

/* The baseboard's controller has an interrupt of the CPUs' own one, and the PCI slots four of its. */
#define GIC1_INTID     42u
#define PCI_INTID      80u
#define PCI_INTIDS     4u
#define GIC1D_CTLR     (GIC1D_BASE + 0x000u)
#define GIC1D_ENABLE   (GIC1D_BASE + 0x100u)
#define GIC1D_TARGETS  (GIC1D_BASE + 0x800u)
#define GIC1C_CTLR     (GIC1C_BASE + 0x00u)
#define GIC1C_PMR      (GIC1C_BASE + 0x04u)
#define GIC1C_IAR      (GIC1C_BASE + 0x0cu)
#define GIC1C_EOIR     (GIC1C_BASE + 0x10u)
#define TARGETS_FIRST4 0x01010101u /* four interrupts, each to the first CPU */

const struct mmu_range mmu_ranges[] = {
    {RAM_PHYS, RAM_PHYS, 0x00400000u, MMU_CODE},
    {RAM_PHYS + 0x00400000u, RAM_PHYS + 0x00400000u, LOWMEM_SIZE - 0x00400000u, MMU_CACHED},
    {STOLEN_VA, STOLEN_PHYS, STOLEN_SIZE, MMU_UNCACHED},
    {SYSREG_BASE, SYSREG_BASE, DEVICES_SIZE, MMU_DEVICE},
    {PCI_CONFIG, PCI_CONFIG, DEVICES_SIZE, MMU_DEVICE},
    {PCI_WINDOW, PCI_WINDOW, DEVICES_SIZE, MMU_DEVICE},
};
const size_t mmu_range_count = sizeof mmu_ranges / sizeof mmu_ranges[0];

const struct board_plan board_plan = {
    .low_phys = RAM_PHYS,
    .low_va = RAM_PHYS,
    .edu_phys = HIGHMEM_PHYS,
    .edu_mask = HIGHMEM_PHYS - 1u,
};

static void (*pci_handler)(void);

const uint32_t board_park[2] = {SYS_FLAGSSET, GICC_BASE};

void board_putc(char c)
{
    while ((reg_read(UART_FR) & UART_FR_TX_FULL) != 0) {
    }
    reg_write(UART_DR, (uint32_t)(unsigned char)c);
}

const char *board_cpu_name(void)
{
    return "arm11 mpcore";
}

uint32_t board_ms(void)
{
    return reg_read(SYS_100HZ) * 10u;
}

/* The snoop control unit makes the CPUs' caches coherent. */
void board_before_caches(void)
{
    reg_write(SCU_CONTROL, reg_read(SCU_CONTROL) | 1u);
}

static void baseboard_irq(void)
{
    const uint32_t iar = reg_read(GIC1C_IAR);

    if (iar >= PCI_INTID && iar < PCI_INTID + PCI_INTIDS) {
        pci_handler();
    }
    reg_write(GIC1C_EOIR, iar);
}

/* Which slot has which line differs by board, so all four are one here. */
void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    (void)bdf;
    pci_handler = handler;
    reg_write(GIC1D_CTLR, 1);
    reg_write(GIC1D_TARGETS + PCI_INTID, TARGETS_FIRST4);
    reg_write(GIC1D_ENABLE + 4u * (PCI_INTID / 32u), 0xfu << (PCI_INTID % 32u));
    reg_write(GIC1C_PMR, 0xff);
    reg_write(GIC1C_CTLR, 1);
    gic_enable(GIC1_INTID, baseboard_irq);
}

/* All of them sleep in park.S until there is an address in the flags register. */
bool board_release_cpu(uint32_t cpu)
{
    if (cpu > (reg_read(SCU_CONFIG) & 3u)) {
        return false;
    }
    reg_write(SYS_FLAGSCLR, UINT32_MAX);
    reg_write(SYS_FLAGSSET, (uint32_t)(uintptr_t)board_secondary_start);
    return true;
}

void board_power_off(void)
{
    for (;;) {
    }
}
