/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file port.c  The library's port on a microcontroller with one CPU. */
#include <dmacoh/port.h>

#include "board.h"
#include "console.h"
#include "cpu.h"

uintptr_t dmacoh_port_irq_save(void)
{
    const uint32_t state = cpu_read_primask();

    cpu_write_primask(1);
    return state;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    cpu_write_primask((uint32_t)state);
}

uint32_t dmacoh_port_cpu(void)
{
    return 0;
}

uint32_t dmacoh_port_context(void)
{
    uint32_t context = 0;

    if (cpu_read_primask() != 0) {
        context |= DMACOH_CTX_IRQS_OFF;
    }
    if (cpu_read_ipsr() != 0) {
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
