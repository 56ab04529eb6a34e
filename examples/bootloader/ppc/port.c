/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file port.c
 * The library's port on the PowerPC boards: the eight functions of <dmacoh/port.h>.
 */
#include <dmacoh/port.h>

#include "board.h"
#include "console.h"
#include "cpu.h"
#include "ppc.h"

uintptr_t dmacoh_port_irq_save(void)
{
    return cpu_irq_save();
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    cpu_irq_restore((uint32_t)state);
}

uint32_t dmacoh_port_cpu(void)
{
    return board_this_cpu();
}

/* Nothing in the MSR of Book E tells a handler from a thread, so boot.c counts. */
uint32_t dmacoh_port_context(void)
{
    uint32_t context = 0;

    if ((cpu_mfmsr() & MSR_EE) == 0) {
        context |= DMACOH_CTX_IRQS_OFF;
    }
    if (board_in_interrupt()) {
        context |= DMACOH_CTX_IRQ;
    }
    return context;
}

/*
 * A test-and-set lock on word 0 of the library's storage: 0 is free. The storage lies in ordinary
 * cacheable memory, where lwarx works. Acquire and release order are the compiler's: sync for an e500,
 * which would trap on lwsync; lwsync for a 440, which ignores the bit that makes it no sync.
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

void dmacoh_port_panic(const char *what, const char *where)
{
    con_printf("\nPANIC %s: %s\n", where, what);
    board_exit(98);
}
