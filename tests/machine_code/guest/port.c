/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The library's port on one CPU without interrupts; and what GCC may call on its own. */
#include <dmacoh/port.h>

/* The host reads them: interrupts are masked; the library has panicked. */
extern volatile uint32_t mc_irqs_off, mc_panicked;
volatile uint32_t mc_irqs_off, mc_panicked;

void *memcpy(void *restrict dst, const void *restrict src, size_t len);
void *memset(void *dst, int value, size_t len);
void _start(void);

uintptr_t dmacoh_port_irq_save(void)
{
    const uintptr_t state = mc_irqs_off;

    mc_irqs_off = 1;
    return state;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    mc_irqs_off = (uint32_t)state;
}

uint32_t dmacoh_port_cpu(void)
{
    return 0;
}

uint32_t dmacoh_port_context(void)
{
    return mc_irqs_off != 0 ? DMACOH_CTX_IRQS_OFF : 0;
}

void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    lock->u.word[0] = 0;
}

/* One CPU, and interrupts are masked: the word only shows that locks are paired. */
void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    if (lock->u.word[0]++ != 0) {
        mc_panicked = 1;
    }
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    if (--lock->u.word[0] != 0) {
        mc_panicked = 1;
    }
}

void dmacoh_port_panic(const char *what, const char *where)
{
    (void)what;
    (void)where;
    mc_panicked = 1;
}

void *memcpy(void *restrict dst, const void *restrict src, size_t len)
{
    volatile uint8_t *to = dst;
    const uint8_t *from = src;

    while (len-- != 0) {
        *to++ = *from++;
    }
    return dst;
}

void *memset(void *dst, int value, size_t len)
{
    volatile uint8_t *to = dst;

    while (len-- != 0) {
        *to++ = (uint8_t)value;
    }
    return dst;
}

void _start(void)
{
    for (;;) {
    }
}
