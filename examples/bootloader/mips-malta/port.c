/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file port.c
 * The library's port: the eight functions of <dmacoh/port.h>. mem{cpy,move,set,cmp} are in common/mem.c.
 */
#include <dmacoh/port.h>

#include "board.h"
#include "console.h"
#include "cpu.h"
#include "mips.h"

/*
 * The state is the old IE bit. There is no scheduler: with interrupts off the code stays on its CPU.
 */
uintptr_t dmacoh_port_irq_save(void)
{
    return cpu_di() & STATUS_IE;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    if (state != 0) {
        cpu_ei();
    }
}

uint32_t dmacoh_port_cpu(void)
{
    return cpu_number();
}

uint32_t dmacoh_port_context(void)
{
    uint32_t context = 0;

    if ((cpu_read_status() & STATUS_IE) == 0) {
        context |= DMACOH_CTX_IRQS_OFF;
    }
    if (irq_active()) {
        context |= DMACOH_CTX_IRQ;
    }
    return context;
}

/*
 * A test-and-set lock on word 0 of the library's storage: 0 is free. The storage lies in ordinary
 * cacheable memory, where ll and sc work. Acquire and release order are the compiler's.
 */
void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    lock->u.word[0] = 0;
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    while (__atomic_exchange_n(&lock->u.word[0], 1u, __ATOMIC_ACQUIRE) != 0) {
        /* Spin on a plain load: the line stays shared until the owner writes it. */
        while (__atomic_load_n(&lock->u.word[0], __ATOMIC_RELAXED) != 0) {
        }
    }
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    __atomic_store_n(&lock->u.word[0], 0u, __ATOMIC_RELEASE);
}

/* No return: the machine is in a state that the library cannot leave safely. */
void dmacoh_port_panic(const char *what, const char *where)
{
    con_printf("\nPANIC %s: %s\n", where, what);
    board_exit(98);
}
