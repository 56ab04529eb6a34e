/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board.c
 * QEMU "virt": its ranges, UART, timer, PCI access, power.
 */
#include "board.h"
#include "arm.h"
#include "board_map.h"
#include "cpu.h"
#include "fdt.h"

#define UART_DR         (UART_BASE + 0x00u)
#define UART_FR         (UART_BASE + 0x18u)
#define UART_FR_TX_FULL 0x20u

#define PSCI_CPU_ON     0x84000003u
#define PSCI_SYSTEM_OFF 0x84000008u

/* psci.S */
uint32_t board_psci(uint32_t function, uint32_t a, uint32_t b, uint32_t c);

#define FDT_PHYS RAM_PHYS /* where QEMU puts it when the image leaves the place free */

const struct mmu_range mmu_ranges[] = {
    {GICD_BASE, GICD_BASE, 0x02000000u, MMU_DEVICE},
    {PCI_WINDOW, PCI_WINDOW, RAM_PHYS - PCI_WINDOW, MMU_DEVICE},
#if BOARD_LPAE
    {PCI_ECAM_VA, PCI_ECAM_PHYS, PCI_ECAM_SIZE, MMU_DEVICE},
#endif
    {RAM_PHYS, RAM_PHYS, LOWMEM_SIZE, MMU_CACHED},
    {IMAGE_PHYS, IMAGE_PHYS, IMAGE_SIZE, MMU_CODE},
    {STOLEN_VA, STOLEN_PHYS, STOLEN_SIZE, MMU_UNCACHED},
};
const size_t mmu_range_count = sizeof mmu_ranges / sizeof mmu_ranges[0];

const struct board_plan board_plan = {
    .low_phys = LOW_LANDING_PHYS,
    .low_va = LOW_LANDING_PHYS,
    .high_phys = HIGH_LANDING_PHYS,
    .landing_size = LANDING_SIZE,
    .edu_phys = EDU_BUFFER_PHYS,
    .edu_mask = STOLEN_PHYS + STOLEN_SIZE - 1u,
    .edu_alias_va = EDU_BUFFER_PHYS & (STOLEN_PHYS + STOLEN_SIZE - 1u),
};

void board_putc(char c)
{
    while ((reg_read(UART_FR) & UART_FR_TX_FULL) != 0) {
    }
    reg_write(UART_DR, (uint32_t)(unsigned char)c);
}

const void *board_fdt(void)
{
    return fdt_check((const void *)(uintptr_t)FDT_PHYS);
}

const char *board_bootargs(void)
{
    return fdt_bootargs(board_fdt());
}

const char *board_cpu_name(void)
{
    switch (cpu_read_midr() & 0xff00fff0u) {
    case 0x4100c0f0u:
        return "cortex-a15";
    case 0x4100c070u:
        return "cortex-a7";
    default:
        return "unknown";
    }
}

uint32_t board_ms(void)
{
    return (uint32_t)(cpu_read_cntvct() / (cpu_read_cntfrq() / 1000u));
}

/* ---- PCI: ECAM, one bus; bus addresses are CPU addresses on this machine ---- */

static uintptr_t ecam_address(uint32_t bdf, uint32_t offset)
{
    return PCI_ECAM_VA + ((uintptr_t)bdf << 12) + (offset & 0xffcu);
}

uint32_t board_pci_read(uint32_t bdf, uint32_t offset)
{
    return reg_read(ecam_address(bdf, offset));
}

void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value)
{
    reg_write(ecam_address(bdf, offset), value);
}

uint64_t board_pci_window(void)
{
    return PCI_WINDOW;
}

uintptr_t board_pci_va(uint64_t bus)
{
    return (uintptr_t)bus;
}

/* Pin A of slot n is line n modulo 4. */
void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    gic_enable(PCI_INTA_BASE + (bdf >> 3) % 4u, handler);
}

/* ---- CPUs and power: PSCI ---- */

void board_before_caches(void)
{
    /* every cache of this machine is the CPUs' own */
}

bool board_release_cpu(uint32_t cpu)
{
    return board_psci(PSCI_CPU_ON, cpu, (uint32_t)(uintptr_t)board_secondary_start, 0) == 0;
}

void board_power_off(void)
{
    for (;;) {
        (void)board_psci(PSCI_SYSTEM_OFF, 0, 0, 0);
    }
}
