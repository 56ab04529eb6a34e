/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file port.c  The library's port on a machine with one CPU, which ARMv5 knows to drive. */
#include <dmacoh/port.h>

#include "board.h"
#include "console.h"
#include "cpu_classic.h"

uintptr_t dmacoh_port_irq_save(void)
{
    const uint32_t state = cpu_read_cpsr() & CPSR_I;

    cpu_irq_disable();
    return state;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    cpu_write_cpsr_c((cpu_read_cpsr() & ~CPSR_I) | ((uint32_t)state & CPSR_I));
}

uint32_t dmacoh_port_cpu(void)
{
    return 0;
}

/* Interrupt handlers of this board stay in IRQ mode, so the mode tells where we are. */
uint32_t dmacoh_port_context(void)
{
    const uint32_t cpsr = cpu_read_cpsr();
    uint32_t context = 0;

    if ((cpsr & CPSR_I) != 0) {
        context |= DMACOH_CTX_IRQS_OFF;
    }
    if ((cpsr & CPSR_MODE_MASK) == CPSR_MODE_IRQ) {
        context |= DMACOH_CTX_IRQ;
    }
    return context;
}

/* The library takes its locks with interrupts masked: on one CPU there is nobody to keep out. */
void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    lock->u.word[0] = 0;
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    (void)lock;
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    (void)lock;
}

void dmacoh_port_panic(const char *what, const char *where)
{
    con_printf("\nPANIC %s: %s\n", where, what);
    board_exit(98);
}
