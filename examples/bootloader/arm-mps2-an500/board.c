/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file board.c  MPS2 with AN500: UART, clock, the way out. There is no bus master. */
#include "board.h"
#include "board_map.h"
#include "cpu.h"

#define UART_DATA      (UART_BASE + 0x00u)
#define UART_STATE     (UART_BASE + 0x04u)
#define UART_CTRL      (UART_BASE + 0x08u)
#define UART_DIVIDER   (UART_BASE + 0x10u)
#define UART_TX_FULL   1u
#define UART_TX_ENABLE 1u
#define UART_FASTEST   16u /* the smallest divider that it takes */

#define FPGAIO_100HZ (FPGAIO_BASE + 0x14u)

#define SEMIHOST_EXIT_EXTENDED 0x20u
#define SEMIHOST_APPLICATION   0x20026u

const struct board_plan board_plan = {
    .low_phys = RAM_PHYS,
    .low_va = RAM_PHYS,
    .edu_phys = 0,
    .edu_mask = STOLEN_PHYS + STOLEN_SIZE - 1u,
};

void board_putc(char c)
{
    if ((reg_read(UART_CTRL) & UART_TX_ENABLE) == 0) {
        reg_write(UART_DIVIDER, UART_FASTEST);
        reg_write(UART_CTRL, UART_TX_ENABLE);
    }
    while ((reg_read(UART_STATE) & UART_TX_FULL) != 0) {
    }
    reg_write(UART_DATA, (uint32_t)(unsigned char)c);
}

const char *board_cpu_name(void)
{
    return "cortex-m7";
}

uint32_t board_ms(void)
{
    return reg_read(FPGAIO_100HZ) * 10u;
}

/* Memory without a mapping does not exist here. */
void *board_high_view(dmacoh_phys_t phys)
{
    (void)phys;
    return NULL;
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

    cpu_write_primask(1);
    cpu_dsb();
    for (;;) {
        cpu_semihost(SEMIHOST_EXIT_EXTENDED, block);
    }
}
