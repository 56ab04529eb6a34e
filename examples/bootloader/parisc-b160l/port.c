/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file port.c
 * The library's port on PA-RISC: the eight functions of <dmacoh/port.h>.
 */
#include <dmacoh/port.h>

#include "b160l.h"
#include "board.h"
#include "console.h"
#include "cpu.h"

uintptr_t dmacoh_port_irq_save(void)
{
    return cpu_irq_save();
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    cpu_irq_restore((uint32_t)state);
}

/* No register has the number of the CPU; start.S keeps it in one that is free for the system. */
uint32_t dmacoh_port_cpu(void)
{
    return cpu_mfctl(CR_CPU);
}

uint32_t dmacoh_port_context(void)
{
    uint32_t context = 0;

    if ((cpu_system_mask() & PSW_I) == 0) {
        context |= DMACOH_CTX_IRQS_OFF;
    }
    if (board_in_interrupt()) {
        context |= DMACOH_CTX_IRQ;
    }
    return context;
}

/*
 * "Load and clear" wants a word that is aligned to 16 bytes; the library's storage has 16 bytes, so
 * one of its words is. 1 is free. It lies in ordinary cached memory, where ldcw works.
 */
static volatile uint32_t *lock_word(struct dmacoh_lock *lock)
{
    return (volatile uint32_t *)(((uintptr_t)lock + 15u) & ~(uintptr_t)15u);
}

void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    *lock_word(lock) = 1;
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    volatile uint32_t *const word = lock_word(lock);

    while (cpu_ldcw(word) == 0) {
        /* Spin on a plain load: the line stays shared until the owner writes it. */
        while (*word == 0) {
        }
    }
    cpu_sync();
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    cpu_sync();
    *lock_word(lock) = 1;
}

void dmacoh_port_panic(const char *what, const char *where)
{
    con_printf("\nPANIC %s: %s\n", where, what);
    board_exit(98);
}
