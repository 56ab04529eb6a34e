/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file timer.c  The virtual timer of CPU 0. */
#include "arm.h"
#include "board.h"
#include "cpu.h"

#define TIMER_INTID  27u
#define TIMER_OFF    0u
#define TIMER_ON     1u
#define HZ_PER_COUNT 1000000u /* a microsecond */

static void (*timer_handler)(void);

/* The interrupt stays as long as the timer is on. */
static void timer_interrupt(void)
{
    cpu_write_cntv_ctl(TIMER_OFF);
    cpu_isb();
    if (timer_handler != NULL) {
        timer_handler();
    }
}

bool board_interrupt_in(uint32_t us, void (*handler)(void))
{
    cpu_write_cntv_ctl(TIMER_OFF);
    cpu_isb();
    timer_handler = handler;
    if (handler != NULL) {
        gic_enable(TIMER_INTID, timer_interrupt);
        cpu_write_cntv_tval(us * (cpu_read_cntfrq() / HZ_PER_COUNT));
        cpu_write_cntv_ctl(TIMER_ON);
        cpu_isb();
    }
    return true;
}
