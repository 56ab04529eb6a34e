/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file mpic.c
 * The interrupt controller: devices, all to CPU 0, and two interrupts between the CPUs: one wakes
 * sleepers, the other has a CPU drop its view of highmem.
 */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "e500.h"
#include "ppc.h"

/* Of the CPU that accesses them. */
#define MPIC_IPI_DISPATCH(n) (MPIC_BASE + 0x40u + 0x10u * (n))
#define MPIC_TASK_PRIORITY   (MPIC_BASE + 0x80u)
#define MPIC_IACK            (MPIC_BASE + 0xa0u)
#define MPIC_EOI             (MPIC_BASE + 0xb0u)

#define MPIC_GCR            (MPIC_BASE + 0x1020u)
#define MPIC_IPI_VECTOR(n)  (MPIC_BASE + 0x10a0u + 0x10u * (n))
#define MPIC_VECTOR(source) (MPIC_BASE + 0x10000u + 0x20u * (source))
#define MPIC_TARGET(source) (MPIC_BASE + 0x10010u + 0x20u * (source))

#define GCR_MIXED      0x20000000u /* interrupts come through the controller */
#define VECTOR_LEVEL   0x00400000u
#define VECTOR_PRIO(n) ((n) << 16)
#define VECTOR_MASK    0xffffu
#define VECTOR_NONE    0xffffu /* it was gone before anybody looked */

#define SOURCES  16u
#define IPI_WAKE 0u
#define IPI_VIEW 1u
#define IPI_BASE 0x80u /* the first vector of them; sources have their own number */

#define SPR_HID0  1008
#define HID0_DOZE 0x00800000u

static void (*handlers[SOURCES])(void);
static uint32_t online; /* CPUs that take interrupts */
static uint32_t views_dropped;

void irq_init_cpu(void)
{
    const uint32_t cpu = board_this_cpu();

    if (cpu == 0) {
        reg_write(MPIC_GCR, GCR_MIXED);
        reg_write(MPIC_IPI_VECTOR(IPI_WAKE), VECTOR_PRIO(8u) | (IPI_BASE + IPI_WAKE));
        reg_write(MPIC_IPI_VECTOR(IPI_VIEW), VECTOR_PRIO(9u) | (IPI_BASE + IPI_VIEW));
    }
    reg_write(MPIC_TASK_PRIORITY, 0); /* no priority is masked */
    cpu_mtspr(SPR_HID0, cpu_mfspr(SPR_HID0) | HID0_DOZE);
    __atomic_fetch_or(&online, 1u << cpu, __ATOMIC_ACQ_REL);
}

void mpic_enable(uint32_t source, void (*handler)(void))
{
    handlers[source] = handler;
    reg_write(MPIC_TARGET(source), 1);
    reg_write(MPIC_VECTOR(source), VECTOR_LEVEL | VECTOR_PRIO(8u) | source);
}

void irq_dispatch(void)
{
    const uint32_t vector = reg_read(MPIC_IACK) & VECTOR_MASK;

    if (vector == VECTOR_NONE) {
        return;
    }
    if (vector < SOURCES && handlers[vector] != NULL) {
        handlers[vector]();
    } else if (vector == IPI_BASE + IPI_VIEW) {
        mmu_drop_view();
        __atomic_fetch_add(&views_dropped, 1u, __ATOMIC_RELEASE);
    }
    cpu_msync(); /* the device has dropped its line before the controller looks again */
    reg_write(MPIC_EOI, 0);
}

static void send(uint32_t ipi, uint32_t cpus)
{
    cpu_msync(); /* what the others are to see is visible before the interrupt arrives */
    reg_write(MPIC_IPI_DISPATCH(ipi), cpus);
}

void mpic_drop_views(void)
{
    const uint32_t others = __atomic_load_n(&online, __ATOMIC_ACQUIRE) & ~(1u << board_this_cpu());
    const uint32_t before = __atomic_load_n(&views_dropped, __ATOMIC_RELAXED);
    const uint32_t wanted = (uint32_t)__builtin_popcount(others);

    if (others == 0) {
        return;
    }
    send(IPI_VIEW, others);
    while (__atomic_load_n(&views_dropped, __ATOMIC_ACQUIRE) - before < wanted) {
    }
}

/*
 * Interrupts are off between the test and the sleep, which turns them on itself: a wake-up that
 * comes between them ends the sleep at once. The handler's way back does not sleep again.
 */
void board_sleep_while(const uint32_t *word, uint32_t seen)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
        (void)cpu_irq_save();
        if (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
            cpu_msync();
            cpu_mtmsr(cpu_mfmsr() | MSR_WE | MSR_EE);
        }
        cpu_irq_restore(MSR_EE);
    }
}

void board_wake(void)
{
    send(IPI_WAKE, __atomic_load_n(&online, __ATOMIC_ACQUIRE) & ~1u);
}
