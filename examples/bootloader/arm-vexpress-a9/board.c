/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file board.c
 * Versatile Express, Cortex-A9 tile: ranges, UART, clock, the outer cache, the other three CPUs.
 * The suite's bus master is a virtio device, which QEMU's machine has transports for.
 */
#include "board.h"
#include "arm.h"
#include "board_map.h"
#include "cpu.h"

#define SYS_100HZ    (SYSREG_BASE + 0x24u)
#define SYS_FLAGSSET (SYSREG_BASE + 0x30u)
#define SYS_FLAGSCLR (SYSREG_BASE + 0x34u)

#define UART_DR         (UART_BASE + 0x00u)
#define UART_FR         (UART_BASE + 0x18u)
#define UART_FR_TX_FULL 0x20u

#define SCU_CONTROL (SCU_BASE + 0x0u)
#define SCU_CONFIG  (SCU_BASE + 0x4u)

#define PL310_CONTROL   (PL310_BASE + 0x100u)
#define PL310_AUX       (PL310_BASE + 0x104u)
#define PL310_SYNC      (PL310_BASE + 0x730u)
#define PL310_INVAL_WAY (PL310_BASE + 0x77cu)
#define PL310_WAYS      0xffffu
/* Shareable override: uncached accesses pass the cache by and never allocate in it. */
#define PL310_AUX_OVERRIDE 0x00400000u

const struct mmu_range mmu_ranges[] = {
    {SYSREG_BASE, SYSREG_BASE, 0x00200000u, MMU_DEVICE},
    {SCU_BASE, SCU_BASE, 0x00200000u, MMU_DEVICE},
    {RAM_PHYS, RAM_PHYS, LOWMEM_SIZE, MMU_CACHED},
    {IMAGE_PHYS, IMAGE_PHYS, IMAGE_SIZE, MMU_CODE},
    {STOLEN_VA, STOLEN_PHYS, STOLEN_SIZE, MMU_UNCACHED},
};
const size_t mmu_range_count = sizeof mmu_ranges / sizeof mmu_ranges[0];

const struct board_plan board_plan = {
    .low_phys = RAM_PHYS,
    .low_va = RAM_PHYS,
    .edu_phys = HIGHMEM_PHYS,
    .edu_mask = HIGHMEM_PHYS - 1u,
};

const uint32_t board_park[2] = {SYS_FLAGSSET, GICC_BASE};

void board_putc(char c)
{
    while ((reg_read(UART_FR) & UART_FR_TX_FULL) != 0) {
    }
    reg_write(UART_DR, (uint32_t)(unsigned char)c);
}

const char *board_cpu_name(void)
{
    return "cortex-a9";
}

uint32_t board_ms(void)
{
    return reg_read(SYS_100HZ) * 10u;
}

/*
 * The one moment at which an operation by way is allowed: the cache is off, so nothing is lost and
 * nobody else operates on it. The snoop control unit makes the CPUs' first levels coherent.
 */
void board_before_caches(void)
{
    reg_write(SCU_CONTROL, reg_read(SCU_CONTROL) | 1u);
    reg_write(PL310_CONTROL, 0);
    reg_write(PL310_AUX, reg_read(PL310_AUX) | PL310_AUX_OVERRIDE);
    reg_write(PL310_INVAL_WAY, PL310_WAYS);
    while ((reg_read(PL310_INVAL_WAY) & PL310_WAYS) != 0) {
    }
    reg_write(PL310_SYNC, 0);
    reg_write(PL310_CONTROL, 1);
}

#define VIRTIO_COUNT 4u
#define VIRTIO_SIZE  0x200u
#define VIRTIO_INTID 72u

uintptr_t board_virtio(uint32_t index)
{
    return index < VIRTIO_COUNT ? VIRTIO_BASE + index * VIRTIO_SIZE : 0;
}

void board_virtio_irq(uint32_t index, void (*handler)(void))
{
    gic_enable(VIRTIO_INTID + index, handler);
}

/* All of them sleep in park.S until there is an address in the flags register. */
bool board_release_cpu(uint32_t cpu)
{
    if (cpu > (reg_read(SCU_CONFIG) & 3u)) {
        return false;
    }
    reg_write(SYS_FLAGSCLR, UINT32_MAX);
    reg_write(SYS_FLAGSSET, (uint32_t)(uintptr_t)board_secondary_start);
    cpu_dsb(); /* the address is there before the wake-up interrupt */
    return true;
}

void board_power_off(void)
{
    for (;;) {
        cpu_wfi();
    }
}
