/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file port.c
 * The library's port in U-Boot: one CPU, no interrupts, no threads.
 *
 * U-Boot has memcpy, memmove, memset and memcmp.
 */
#include <dmacoh/port.h>

/* U-Boot's own. It prints nothing that would help, but does not return. */
void hang(void) __attribute__((noreturn));

/* U-Boot runs with interrupts masked from reset to the operating system. */
uintptr_t dmacoh_port_irq_save(void)
{
    return 0;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    (void)state;
}

uint32_t dmacoh_port_cpu(void)
{
    return 0;
}

/* Nothing here may not wait: there is only one thread of control. */
uint32_t dmacoh_port_context(void)
{
    return 0;
}

/* One CPU, and no interrupt that could come in between: nobody ever waits for a lock. */
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
    (void)what;
    (void)where;
    hang();
}
