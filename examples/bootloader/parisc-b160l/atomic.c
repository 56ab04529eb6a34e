/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file atomic.c
 * The only atomic access of PA-RISC is "load and clear", so the compiler calls these functions for
 * C11 atomics, stores among them. Those of libgcc would go through a page of Linux's. Their names
 * are the compiler's, and only the assembler may have them. One lock serves all words: whoever
 * writes one holds it.
 */
#include "cpu.h"

#include <stdint.h>

uint32_t board_atomic_add(volatile uint32_t *word,
                          uint32_t value) __asm__("__sync_fetch_and_add_4");
uint32_t board_atomic_swap(volatile uint32_t *word,
                           uint32_t value) __asm__("__sync_lock_test_and_set_4");
uint8_t board_atomic_swap_byte(volatile uint8_t *byte,
                               uint8_t value) __asm__("__sync_lock_test_and_set_1");
uint32_t board_atomic_cas(volatile uint32_t *word, uint32_t old,
                          uint32_t value) __asm__("__sync_val_compare_and_swap_4");

static _Alignas(16) volatile uint32_t lock = 1; /* 1: free */

/* Interrupts are off while it is held: a handler of the same CPU may want it. */
static uint32_t enter(void)
{
    const uint32_t state = cpu_irq_save();

    while (cpu_ldcw(&lock) == 0) {
    }
    cpu_sync();
    return state;
}

static void leave(uint32_t state)
{
    cpu_sync();
    lock = 1;
    cpu_irq_restore(state);
}

uint32_t board_atomic_add(volatile uint32_t *word, uint32_t value)
{
    const uint32_t state = enter();
    const uint32_t old = *word;

    *word = old + value;
    leave(state);
    return old;
}

uint32_t board_atomic_swap(volatile uint32_t *word, uint32_t value)
{
    const uint32_t state = enter();
    const uint32_t old = *word;

    *word = value;
    leave(state);
    return old;
}

uint8_t board_atomic_swap_byte(volatile uint8_t *byte, uint8_t value)
{
    const uint32_t state = enter();
    const uint8_t old = *byte;

    *byte = value;
    leave(state);
    return old;
}

uint32_t board_atomic_cas(volatile uint32_t *word, uint32_t old, uint32_t value)
{
    const uint32_t state = enter();
    const uint32_t seen = *word;

    if (seen == old) {
        *word = value;
    }
    leave(state);
    return seen;
}
