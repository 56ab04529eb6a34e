/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file board.c  Malta: what the loader lands in, and the UART. */
#include "board.h"
#include "board_map.h"
#include "cpu.h"

#define UART_DATA        UART_BASE
#define UART_LINE_STATUS (UART_BASE + 5u)
#define UART_TX_EMPTY    0x20u

/* There is no edu on this machine. What the suite calls its narrow device does not reach highmem. */
const struct board_plan board_plan = {
    .low_phys = LOW_LANDING_PHYS,
    .low_va = KSEG0 + LOW_LANDING_PHYS,
    .high_phys = HIGH_LANDING_PHYS,
    .landing_size = LANDING_SIZE,
    .edu_phys = SUITE_HIGH_PHYS,
    .edu_mask = HIGHMEM_PHYS - 1u,
};

void board_putc(char c)
{
    while ((reg_read8(UART_LINE_STATUS) & UART_TX_EMPTY) == 0) {
    }
    reg_write8(UART_DATA, (uint8_t)c);
}
