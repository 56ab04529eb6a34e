/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file atomic.c
 * ARMv5 has no exclusive accesses, so the compiler calls these functions for C11 atomics. One CPU
 * and masked interrupts are as good. Their names are the compiler's, and only the assembler may
 * have them.
 */
#include "board_map.h"
#include "cpu_classic.h"

#if !BOARD_IS_ARMV6

uint32_t board_atomic_add(uint32_t *word, uint32_t value,
                          int order) __asm__("__atomic_fetch_add_4");
uint32_t board_atomic_exchange(uint32_t *word, uint32_t value,
                               int order) __asm__("__atomic_exchange_4");
void board_synchronize(void) __asm__("__sync_synchronize");

uint32_t board_atomic_add(uint32_t *word, uint32_t value, int order)
{
    const uint32_t cpsr = cpu_read_cpsr();

    (void)order;
    cpu_write_cpsr_c(cpsr | CPSR_I);
    const uint32_t old = *word;

    *word = old + value;
    cpu_write_cpsr_c(cpsr);
    return old;
}

uint32_t board_atomic_exchange(uint32_t *word, uint32_t value, int order)
{
    const uint32_t cpsr = cpu_read_cpsr();

    (void)order;
    cpu_write_cpsr_c(cpsr | CPSR_I);
    const uint32_t old = *word;

    *word = value;
    cpu_write_cpsr_c(cpsr);
    return old;
}

/*
 * One CPU: all that could be out of order is what the compiler does, and it does not look in here.
 */
void board_synchronize(void)
{
}

#endif
