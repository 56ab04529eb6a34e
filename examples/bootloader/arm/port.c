/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file port.c
 * The library's port on the ARMv7-A boards: the eight functions of <dmacoh/port.h>.
 *
 * mem{cpy,move,set,cmp}, which the library needs too, are in common/mem.c.
 * The porting guide quotes this file; the [marks] are the borders of its excerpts.
 */
#include <dmacoh/port.h>

#include "board.h"
#include "console.h"
#include "cpu.h"

/** [irq] */
/*
 * The state is the old I bit in its CPSR position. Saving and restoring only that bit lets calls
 * nest. There is no scheduler: with interrupts off the code stays on its CPU.
 */
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
/** [irq] */

/** [cpu] */
/* Affinity level 0 of MPIDR: these machines have one cluster, its CPUs are 0 and up. */
uint32_t dmacoh_port_cpu(void)
{
    return cpu_read_mpidr() & 3u;
}
/** [cpu] */

/** [context] */
/*
 * Interrupt handlers of this board stay in IRQ mode, so the mode tells where we are. A kernel
 * would also report DMACOH_CTX_NOSLEEP while it holds a spin lock or has preemption off.
 */
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
/** [context] */

/** [lock] */
/*
 * A test-and-set lock on word 0 of the library's storage: 0 is free. The storage lies in ordinary
 * cacheable memory, where exclusive accesses work; they would not in a coherent pool.
 * Acquire and release order are the compiler's (ldrex/strex and dmb). The library calls these
 * with interrupts off, so the lock never deadlocks with a handler of the same CPU.
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
/** [lock] */

/** [panic] */
/* No return: the machine is in a state that the library cannot leave safely. */
void dmacoh_port_panic(const char *what, const char *where)
{
    con_printf("\nPANIC %s: %s\n", where, what);
    board_exit(98);
}
/** [panic] */
