/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file irq.c
 * External interrupts: the clock and PCI on CPU 0, and one with which a CPU wakes another one. The
 * clock of a CPU is a register of 32 bits that wraps within seconds, so CPU 0 counts milliseconds.
 */
#include "b160l.h"
#include "board.h"
#include "board_map.h"
#include "cpu.h"

/* Interrupt n is bit n from the left, and comes from a store of n to the CPU's registers. */
#define IRQ_BIT(n) (0x80000000u >> (n))
#define IRQ_TIMER  0u
#define IRQ_DINO   3u /* as firmware has set Dino up */
#define IRQ_WAKE   5u

#define DINO_ENABLE  (DINO_BASE + 0x18u)
#define DINO_PENDING (DINO_BASE + 0x1cu) /* reading takes them back */
#define DINO_LINES   4u

/* What firmware says in page 0: ticks of the clock in 10 ms. */
#define PAGE0_TICKS 0x38cu

static void (*handlers[DINO_LINES])(void);
static uint32_t ticks_of_ms, next_tick;
static volatile uint32_t milliseconds;

/* One interrupt that somebody else wants of the clock. */
static void (*volatile once)(void);
static uint32_t once_at;

static bool is_past(uint32_t tick)
{
    return cpu_mfctl(CR_TIMER) - tick < UINT32_MAX / 2u;
}

/* The clock interrupts when it is equal; a time that has gone by is made up for. */
static void set_alarm(void)
{
    uint32_t at = once != NULL && once_at - next_tick > UINT32_MAX / 2u ? once_at : next_tick;

    cpu_mtctl(CR_TIMER, at);
    while (is_past(at) && (cpu_mfctl(CR_EIRR) & IRQ_BIT(IRQ_TIMER)) == 0) {
        at = cpu_mfctl(CR_TIMER) + ticks_of_ms / 100u;
        cpu_mtctl(CR_TIMER, at);
    }
}

static void start_timer(void)
{
    /* Page 0 is memory of the firmware's, and no object of ours: its address is not a null pointer. */
    volatile uintptr_t page0 = PAGE0_TICKS;

    ticks_of_ms = reg_read(page0) / 10u;
    next_tick = cpu_mfctl(CR_TIMER) + ticks_of_ms;
    set_alarm();
}

void irq_init_cpu(void)
{
    cpu_mtctl(CR_EIRR, UINT32_MAX);
    if (cpu_mfctl(CR_CPU) == 0) {
        start_timer();
        cpu_mtctl(CR_EIEM, IRQ_BIT(IRQ_TIMER) | IRQ_BIT(IRQ_DINO));
    } else {
        cpu_mtctl(CR_EIEM, IRQ_BIT(IRQ_WAKE));
    }
}

/* Ticks that were missed, interrupts being off, are made up for. */
static void tick(void)
{
    void (*now)(void) = NULL;

    while (is_past(next_tick)) {
        next_tick += ticks_of_ms;
        milliseconds++;
    }
    if (once != NULL && is_past(once_at)) {
        now = once;
        once = NULL;
    }
    set_alarm();
    if (now != NULL) {
        now();
    }
}

bool board_interrupt_in(uint32_t us, void (*handler)(void))
{
    const uint32_t state = cpu_irq_save();

    once = handler;
    once_at = cpu_mfctl(CR_TIMER) + us * (ticks_of_ms / 1000u);
    set_alarm();
    cpu_irq_restore(state);
    return true;
}

uint32_t board_ms(void)
{
    return milliseconds;
}

/* Pin A of slot n is line n modulo 4. */
void board_pci_irq(uint32_t bdf, void (*handler)(void))
{
    const uint32_t line = (bdf >> 3) % DINO_LINES;

    handlers[line] = handler;
    reg_write(DINO_ENABLE, reg_read(DINO_ENABLE) | 1u << line);
}

static void dispatch_dino(void)
{
    const uint32_t pending = reg_read(DINO_PENDING);

    for (uint32_t line = 0; line < DINO_LINES; line++) {
        if ((pending >> line & 1u) != 0 && handlers[line] != NULL) {
            handlers[line]();
        }
    }
    cpu_sync(); /* the device has dropped its line before interrupts are on again */
}

void irq_dispatch(void)
{
    const uint32_t pending = cpu_mfctl(CR_EIRR) & cpu_mfctl(CR_EIEM);

    cpu_mtctl(CR_EIRR, pending);
    if ((pending & IRQ_BIT(IRQ_TIMER)) != 0) {
        tick();
    }
    if ((pending & IRQ_BIT(IRQ_DINO)) != 0) {
        dispatch_dino();
    }
}

/*
 * The test and the idling run with interrupts masked: a wake-up between them stays pending, and a
 * pending interrupt ends the idling whether it is masked or not. On silicon this is a loop.
 */
void board_sleep_while(const uint32_t *word, uint32_t seen)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
        const uint32_t state = cpu_irq_save();

        if (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
            cpu_idle();
        }
        cpu_irq_restore(state);
    }
}

void board_wake(void)
{
    cpu_sync(); /* the word is visible before the interrupt arrives */
    reg_write(CPU_HPA(1u), IRQ_WAKE);
}
