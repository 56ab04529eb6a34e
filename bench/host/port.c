/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The port under the benchmarks: interrupts are a flag, locks are real. What it costs is part of every
 * figure, as the lock was with the allocators that ours is compared with.
 */
#include "port.h"
#include "armv7a_insn.h"

#include <dmacoh/port.h>

#include <stdlib.h>

struct bench_insns bench_insns;
_Thread_local struct bench_port bench_port;

uintptr_t dmacoh_port_irq_save(void)
{
    const uintptr_t was = bench_port.irqs_off;

    bench_port.irqs_off = 1;
    return was;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    bench_port.irqs_off = state;
}

uint32_t dmacoh_port_cpu(void)
{
    return bench_port.cpu;
}

uint32_t dmacoh_port_context(void)
{
    return 0;
}

void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    lock->u.word[0] = 0;
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    while (__atomic_exchange_n(&lock->u.word[0], 1u, __ATOMIC_ACQUIRE) != 0) {
    }
    bench_port.locks++;
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    __atomic_store_n(&lock->u.word[0], 0, __ATOMIC_RELEASE);
}

void dmacoh_port_panic(const char *what, const char *where)
{
    (void)what;
    (void)where;
    abort();
}

int bench_empty(void)
{
    return 0;
}
