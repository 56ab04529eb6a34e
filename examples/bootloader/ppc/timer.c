/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file timer.c  The decrementer, for one interrupt at a time. */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "ppc.h"

#define SPR_DEC 22
#define SPR_TSR 336
#define SPR_TCR 340

#define TSR_DIS 0x08000000u /* the decrementer has come to 0; write 1 to clear */
#define TCR_DIE 0x04000000u /* and that interrupts */

static void (*volatile handler)(void);

bool board_interrupt_in(uint32_t us, void (*wanted)(void))
{
    const uint32_t state = cpu_irq_save();

    cpu_mtspr(SPR_TCR, 0);
    cpu_mtspr(SPR_TSR, TSR_DIS);
    handler = wanted;
    if (wanted != NULL) {
        cpu_mtspr(SPR_DEC, us * (TIMEBASE_HZ / 1000000u) + 1u);
        cpu_mtspr(SPR_TCR, TCR_DIE);
    }
    cpu_irq_restore(state);
    return true;
}

void timer_dispatch(void)
{
    void (*const now)(void) = handler;

    cpu_mtspr(SPR_TCR, 0);
    cpu_mtspr(SPR_TSR, TSR_DIS);
    handler = NULL;
    if (now != NULL) {
        now();
    }
}
