/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file start.c
 * The vector table, and what the CPU enters first. The hardware loads the stack pointer.
 */
#include "board.h"
#include "console.h"
#include "cpu.h"
#include "mpu.h"

#define STACK_SIZE 0x4000u

/* From the linker script. */
extern uint32_t bss_start[], bss_end[];

static _Alignas(8) unsigned char stack[STACK_SIZE];

_Noreturn void reset(void);

_Noreturn void reset(void)
{
    for (uint32_t *word = bss_start; word != bss_end; word++) {
        *word = 0;
    }
    mpu_and_caches_enable();
    board_exit(loader_main());
}

/* One that comes while the first is being reported cannot be reported, only ended. */
static _Noreturn void fault(void)
{
    static uint32_t entered;

    if (entered++ == 0) {
        con_printf("\nFATAL exception %u: cfsr=%08x\n", cpu_read_ipsr(), reg_read(SCS_CFSR));
    }
    board_exit(99);
}

union vector {
    const void *stack_top;
    void (*handler)(void);
};

/* The architecture's own exceptions; there are no device interrupts on this board. */
static const union vector vectors[16] __attribute__((used, section(".vectors"))) = {
    {.stack_top = stack + STACK_SIZE},
    {.handler = reset},
    {.handler = fault}, /* NMI */
    {.handler = fault}, /* HardFault, which the others are raised to */
    {.handler = fault},
    {.handler = fault},
    {.handler = fault},
    {.handler = fault},
    {.handler = fault},
    {.handler = fault},
    {.handler = fault},
    {.handler = fault}, /* SVCall */
    {.handler = fault},
    {.handler = fault},
    {.handler = fault}, /* PendSV */
    {.handler = fault}, /* SysTick */
};
