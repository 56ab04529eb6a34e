/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: what may happen between two things that the driver does. */
#include "transparent_state.h"

#define TRAP_CHECK 64u /* steps between two looks at the signal handler */

uint32_t tp_random(uint32_t n)
{
    tp.random ^= tp.random << 13;
    tp.random ^= tp.random >> 7;
    tp.random ^= tp.random << 17;
    return (uint32_t)(tp.random >> 32) % n;
}

uint32_t sim_host_random(uint32_t n)
{
    return tp_random(n);
}

struct tp_entry tp_enter(uintptr_t pc, bool exact)
{
    const struct tp_entry outer = tp.entry;

    tp.entry = (struct tp_entry){pc, exact};
    return outer;
}

void tp_leave(struct tp_entry outer)
{
    tp.entry = outer;
}

void tp_device_enter(void)
{
    tp.in_device++;
}

/* A failure in a callback has waited until here: device code is never left by a jump. */
void tp_device_leave(void)
{
    tp.in_device--;
    if (tp.in_device == 0 && tp.failed) {
        siglongjmp(tp.end, 1);
    }
}

static void devices_act(void)
{
    for (uint32_t i = 0; i < tp.ndev; i++) {
        struct sim_host_device *d = &tp.dev[i];

        if (d->nwrites != 0 && tp_random(4) == 0) {
            tp_device_land(d, 1u + tp_random(d->nwrites));
        }
        if (d->cfg.step != NULL && tp_random(2) == 0) {
            tp_device_enter();
            d->cfg.step(d->cfg.ctx);
            tp_device_leave();
        }
    }
}

/* Handlers do not nest, as on a CPU that masks interrupts on entry. */
static void interrupts_act(void)
{
    for (uint32_t i = 0; i < tp.nirq; i++) {
        if (!tp.irq[i].pending || tp.irqs_off || tp.in_irq != 0 || tp_random(2) != 0) {
            continue;
        }
        tp.irq[i].pending = false;
        tp.in_irq++;
        tp.irqs_off = true;
        tp.irq[i].fn(tp.irq[i].arg);
        tp.irqs_off = false;
        tp.in_irq--;
    }
}

void tp_point(void)
{
    if (!tp.on || tp.in_device != 0 || tp.in_point) {
        return;
    }
    tp.steps++;
    if (tp.steps > tp.max_steps) {
        tp_fail(SIM_LIVELOCK, "wait with a limit, or raise sim_transparent_plan.max_steps",
                "the run has taken %u steps: a loop that waits for what never comes", tp.steps);
    }
    if (tp.steps % TRAP_CHECK == 0) {
        tp_trap_check();
    }
    tp.in_point = true;
    tp_lines_adversary();
    devices_act();
    tp.in_point = false;
    interrupts_act();
}

/* ---- calls of the library ---- */

struct tp_entry tp_call_begin(uintptr_t pc)
{
    const struct tp_entry outer = tp_enter(pc, false);

    tp_trap_check();
    tp_point();
    tp.in_call++;
    tp.call_has_cmos = false;
    return outer;
}

void tp_call_end(struct tp_entry outer)
{
    tp.in_call--;
    tp_protect();
    tp_point();
    tp_leave(outer);
}
