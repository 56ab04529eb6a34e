/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file board.c  Versatile/PB: boot, ranges, UART, clock, the way out. */
#include "board.h"
#include "arm.h"
#include "board_map.h"
#include "console.h"
#include "cpu_classic.h"

#define SYS_100HZ (SYSREG_BASE + 0x24u)

#define UART_DR         (UART_BASE + 0x00u)
#define UART_FR         (UART_BASE + 0x18u)
#define UART_FR_TX_FULL 0x20u

#define SEMIHOST_EXIT_EXTENDED 0x20u
#define SEMIHOST_APPLICATION   0x20026u

#define MIDR_PART(midr) ((midr) >> 4 & 0xfffu)
#define PART_ARM926     0x926u
#define PART_ARM1176    0xb76u

/* The vectors at 0 and the image, which is behind them, are one executable range. */
#define CODE_SIZE 0x00400000u

const struct mmu_range mmu_ranges[] = {
    {RAM_PHYS, RAM_PHYS, CODE_SIZE, MMU_CODE},
    {RAM_PHYS + CODE_SIZE, RAM_PHYS + CODE_SIZE, LOWMEM_SIZE - CODE_SIZE, MMU_CACHED},
    {STOLEN_VA, STOLEN_PHYS, STOLEN_SIZE, MMU_UNCACHED},
    {SYSREG_BASE, SYSREG_BASE, DEVICES_SIZE, MMU_DEVICE},
    {PCI_CONFIG, PCI_CONFIG, DEVICES_SIZE, MMU_DEVICE},
    {PCI_WINDOW, PCI_WINDOW, DEVICES_SIZE, MMU_DEVICE},
};
const size_t mmu_range_count = sizeof mmu_ranges / sizeof mmu_ranges[0];

const struct board_plan board_plan = {
    .low_phys = RAM_PHYS,
    .low_va = RAM_PHYS,
    .edu_phys = BOARD_IS_ARMV6 ? HIGHMEM_PHYS : 0,
    .edu_mask = HIGHMEM_PHYS - 1u,
};

void board_putc(char c)
{
    while ((reg_read(UART_FR) & UART_FR_TX_FULL) != 0) {
    }
    reg_write(UART_DR, (uint32_t)(unsigned char)c);
}

const char *board_cpu_name(void)
{
    switch (MIDR_PART(cpu_read_midr())) {
    case PART_ARM926:
        return "arm926";
    case PART_ARM1176:
        return "arm1176";
    default:
        return "unknown";
    }
}

uint32_t board_ms(void)
{
    return reg_read(SYS_100HZ) * 10u;
}

void board_boot_cpu0(void)
{
    dmacoh_boot_cache_inval(true);
    mmu_build();
    mmu_enable();
    cpu_irq_enable();
    board_exit(loader_main());
}

bool board_start_cpu(uint32_t cpu, void (*entry)(void))
{
    (void)cpu;
    (void)entry;
    return false;
}

void board_exit(int code)
{
    const uint32_t block[2] = {SEMIHOST_APPLICATION, (uint32_t)code};

    cpu_irq_disable();
    cpu_dsb();
    for (;;) {
        (void)board_semihost(SEMIHOST_EXIT_EXTENDED, block);
    }
}

void board_fatal_exception(uint32_t kind, uint32_t pc)
{
    static const char *const names[] = {"undefined instruction", "supervisor call",
                                        "prefetch abort", "data abort"};
    static uint32_t entered;

    /* A supervisor call here is the exit itself, made without -semihosting: do not repeat it. */
    while (entered++ != 0) {
    }
    con_printf("\nFATAL %s: pc=%08x dfsr=%08x dfar=%08x\n", names[(kind - 1u) & 3u], pc,
               cpu_read_dfsr(), cpu_read_dfar());
    board_exit(99);
}
