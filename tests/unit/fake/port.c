/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The port of the fake machine: it checks what port.h promises to a port. */
#include "fake.h"

#include <dmacoh/port.h>

#include <stdio.h>
#include <stdlib.h>

#define LOCK_FREE 0x66726565u
#define LOCK_HELD 0x68656c64u

static void must(bool ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "port: %s\n", what);
        abort();
    }
}

/* An interrupt that a test has armed comes in here, with this CPU's interrupts still on. */
static void take_irq(void)
{
    void (*irq)(void *ctx) = fake->irq;

    if (irq != NULL) {
        fake->irq = NULL;
        fake->context |= DMACOH_CTX_IRQ;
        irq(fake->irq_ctx);
        fake->context &= ~DMACOH_CTX_IRQ;
    }
}

uintptr_t dmacoh_port_irq_save(void)
{
    must(fake->locks == 0, "a port call with a lock held");
    if (fake->irq_depth == 0) {
        take_irq();
        fake->masked_ops = 0;
        fake->masked_bytes = fake->accesses;
    }
    return 0x1000u + fake->irq_depth++;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    must(fake->locks == 0, "interrupts restored with a lock held");
    must(fake->irq_depth != 0 && state == 0x1000u + fake->irq_depth - 1u,
         "interrupt states are restored out of order");
    fake->irq_depth--;
    if (fake->irq_depth == 0) {
        const uint32_t bytes = fake->accesses - fake->masked_bytes;

        fake->masked_ops_max =
            fake->masked_ops > fake->masked_ops_max ? fake->masked_ops : fake->masked_ops_max;
        fake->masked_bytes_max = bytes > fake->masked_bytes_max ? bytes : fake->masked_bytes_max;
    }
}

uint32_t dmacoh_port_cpu(void)
{
    must(fake->irq_depth != 0, "CPU number asked for with interrupts on");
    must(fake->locks == 0, "a port call with a lock held");
    return fake->cpu;
}

uint32_t dmacoh_port_context(void)
{
    must(fake->locks == 0, "a port call with a lock held");
    return fake->context | (fake->irq_depth != 0 ? DMACOH_CTX_IRQS_OFF : 0);
}

void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    must(((uintptr_t)lock & 7u) == 0, "a misaligned lock");
    lock->u.word[0] = LOCK_FREE;
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    must(fake->irq_depth != 0, "lock taken with interrupts on");
    must(fake->locks == 0, "locks are leaves: two are held");
    must(lock->u.word[0] == LOCK_FREE, "lock taken that is not free");
    lock->u.word[0] = LOCK_HELD;
    fake->locks++;
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    must(lock->u.word[0] == LOCK_HELD && fake->locks == 1u, "lock released that is not held");
    lock->u.word[0] = LOCK_FREE;
    fake->locks--;
}

void dmacoh_port_panic(const char *what, const char *where)
{
    fprintf(stderr, "panic: %s in %s\n", what, where);
    abort();
}
