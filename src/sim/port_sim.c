/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The port contract (dmacoh/port.h) for the simulated machine: each function is a step. */
#include <dmacoh/port.h>
#include <string.h>

#include "machine.h"
#include "transparent_state.h"

uintptr_t dmacoh_port_irq_save(void)
{
    return tp_on() ? tp_irq_save() : sim_irq_save();
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    if (tp_on()) {
        tp_irq_restore(state);
        return;
    }
    sim_irq_restore(state);
}

uint32_t dmacoh_port_cpu(void)
{
    return (uint32_t)sim_self();
}

uint32_t dmacoh_port_context(void)
{
    if (tp_on()) {
        return tp_context();
    }
    const struct sim *s = step_self("dmacoh_port_context");
    uint32_t bits = 0;

    if (sim_irqs_off()) {
        bits |= DMACOH_CTX_IRQS_OFF;
    }
    if (sim_in_irq()) {
        bits |= DMACOH_CTX_IRQ;
    }
    if (!s->in_setup && s->r.cpu[sim_agent].nheld != 0) {
        bits |= DMACOH_CTX_NOSLEEP;
    }
    return bits;
}

void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    memset(lock, 0, sizeof *lock);
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    struct sim *s = step_self("dmacoh_port_lock");

    if (!s->in_setup) {
        step_site(s, NULL, (uintptr_t)__builtin_return_address(0));
        context_lock(s, lock);
    }
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    struct sim *s = step_self("dmacoh_port_unlock");

    if (!s->in_setup) {
        step_site(s, NULL, (uintptr_t)__builtin_return_address(0));
        context_unlock(s, lock);
    }
}

void dmacoh_port_panic(const char *what, const char *where)
{
    if (tp_on()) {
        tp_fail(SIM_PANIC, "this is an error of the library: please report it", "panic: %s (%s)",
                what, where);
    }
    context_panic(what, where);
}
