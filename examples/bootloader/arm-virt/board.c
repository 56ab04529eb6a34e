/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board.c
 * QEMU "virt" with highmem=off: boot of both CPUs, UART, timer, PCI access, the way out.
 */
#include "board.h"
#include "arm_virt.h"
#include "console.h"
#include "cpu.h"
#include "fdt.h"
#include "map.h"

#define UART_DR         (UART_BASE + 0x00u)
#define UART_FR         (UART_BASE + 0x18u)
#define UART_FR_TX_FULL 0x20u

#define PSCI_CPU_ON     0x84000003u
#define PSCI_SYSTEM_OFF 0x84000008u

#define SEMIHOST_EXIT_EXTENDED 0x20u
#define SEMIHOST_APPLICATION   0x20026u

#define FDT_PHYS RAM_PHYS /* where QEMU puts it when the image leaves the place free */

#define PCI_ECAM_HIGHMEM_OFF 0x3f000000u

const struct board_plan board_plan = {
    .low_phys = LOW_LANDING_PHYS,
    .low_va = LOW_LANDING_PHYS,
    .high_phys = HIGH_LANDING_PHYS,
    .landing_size = LANDING_SIZE,
    .edu_phys = EDU_BUFFER_PHYS,
    .edu_mask = STOLEN_PHYS + STOLEN_SIZE - 1u,
    .edu_alias_va = EDU_BUFFER_PHYS & (STOLEN_PHYS + STOLEN_SIZE - 1u),
};

static void (*cpu1_entry)(void);

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
    return PCI_ECAM_HIGHMEM_OFF + ((uintptr_t)bdf << 12) + (offset & 0xffcu);
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

/* ---- CPUs ---- */

/*
 * Only the boot CPU invalidates by set and way: levels that the CPUs share hold live data when
 * the second one comes up, and these CPUs clear their own first level at reset.
 */
void board_boot_cpu0(void)
{
    dmacoh_boot_cache_inval(true);
    mmu_build();
    mmu_enable();
    gic_init_cpu0();
    cpu_irq_enable();
    board_exit(loader_main());
}

void board_boot_cpu1(void)
{
    gic_init_cpu1();
    cpu_irq_enable();
    cpu1_entry();
    for (;;) {
        cpu_wfi();
    }
}

bool board_start_cpu1(void (*entry)(void))
{
    cpu1_entry = entry;
    /* CPU 1 reads cpu1_entry after its caches are on and coherent: no cache work is needed. */
    cpu_dsb();
    return board_psci(PSCI_CPU_ON, 1, (uint32_t)(uintptr_t)board_secondary_start, 0) == 0;
}

/* ---- the way out ---- */

void board_exit(int code)
{
    const uint32_t block[2] = {SEMIHOST_APPLICATION, (uint32_t)code};

    cpu_irq_disable();
    cpu_dsb();
    (void)board_semihost(SEMIHOST_EXIT_EXTENDED, block);
    for (;;) { /* only without -semihosting */
        (void)board_psci(PSCI_SYSTEM_OFF, 0, 0, 0);
    }
}

void board_fatal_exception(uint32_t kind, uint32_t pc)
{
    static const char *const names[] = {"undefined instruction", "supervisor call",
                                        "prefetch abort", "data abort"};
    static uint32_t entered;

    /* A supervisor call here is the exit itself, made without -semihosting: do not repeat it. */
    if (entered++ != 0) {
        for (;;) {
            (void)board_psci(PSCI_SYSTEM_OFF, 0, 0, 0);
        }
    }
    con_printf("\nFATAL %s on cpu %u: pc=%08x dfsr=%08x dfar=%08x\n", names[(kind - 1u) & 3u],
               cpu_read_mpidr() & 3u, pc, cpu_read_dfsr(), cpu_read_dfar());
    board_exit(99);
}
