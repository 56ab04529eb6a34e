/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file timer.c
 * Count and Compare of each CPU: a tick each millisecond, which is the clock, ends a sleep, and is how long
 * an interrupt that was asked for may be away.
 */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "mips.h"

#define COUNTS_PER_US 160u /* half of the CPU's 320 MHz */
#define COUNTS_PER_MS (1000u * COUNTS_PER_US)

static uint32_t now_ms;
static uint32_t last_count;

/* Of CPU 0. */
static void (*volatile pending_handler)(void);
static uint32_t pending_at;

static uint32_t next_delay(void)
{
    uint32_t delay = COUNTS_PER_MS;

    if (cpu_number() == 0 && pending_handler != NULL) {
        const int32_t left = (int32_t)(pending_at - cpu_read_count());

        if (left < (int32_t)delay) {
            delay = left > 1 ? (uint32_t)left : 1u;
        }
    }
    return delay;
}

/*
 * A CPU that is delayed between reading Count and writing Compare would miss the match, and wait for half
 * a minute: retry until Compare is ahead.
 */
static void arm(void)
{
    uint32_t delay = next_delay();
    uint32_t compare;

    do {
        compare = cpu_read_count() + delay;
        cpu_write_compare(compare);
        delay *= 2u;
    } while ((int32_t)(compare - cpu_read_count()) <= 0);
}

/* CPU 0 keeps the time, by its own Count: the CPUs' need not agree. */
static void keep_time(void)
{
    const uint32_t passed = (cpu_read_count() - last_count) / COUNTS_PER_MS;

    last_count += passed * COUNTS_PER_MS;
    __atomic_store_n(&now_ms, now_ms + passed, __ATOMIC_RELAXED);
}

static void call_pending(void)
{
    void (*const handler)(void) = pending_handler;

    if (handler != NULL && (int32_t)(cpu_read_count() - pending_at) >= 0) {
        pending_handler = NULL;
        handler();
    }
}

void timer_init_cpu(void)
{
    if (cpu_number() == 0) {
        last_count = cpu_read_count();
    }
    arm();
}

void timer_interrupt(void)
{
    if (cpu_number() == 0) {
        keep_time();
        call_pending();
    }
    arm();
}

uint32_t board_ms(void)
{
    return __atomic_load_n(&now_ms, __ATOMIC_RELAXED);
}

bool board_interrupt_in(uint32_t us, void (*handler)(void))
{
    const uint32_t status = cpu_di();

    pending_at = cpu_read_count() + us * COUNTS_PER_US;
    pending_handler = handler;
    arm();
    if ((status & STATUS_IE) != 0) {
        cpu_ei();
    }
    return true;
}

/* Each tick wakes the CPU, and it looks. */
void board_sleep_while(const uint32_t *word, uint32_t seen)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == seen) {
        cpu_wait();
    }
}

void board_wake(void)
{
    cpu_sync(); /* the next tick shows the word */
}
