/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Interrupt masks, locks, library calls: who may do what in which context. */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

void context_line_op(struct sim *s, int cpu)
{
    struct cpu *c = &s->r.cpu[cpu];

    if (c->irq_off == 0) {
        return;
    }
    c->irqoff_lines++;
    if (c->irqoff_lines > c->counts.irqoff_lines_max) {
        c->counts.irqoff_lines_max = c->irqoff_lines;
    }
    if (s->irqoff_budget != 0 && c->irqoff_lines > s->irqoff_budget) {
        step_fail(s, SIM_CONTEXT, "cpu%d: more than %u line operations with interrupts off", cpu,
                  (unsigned)s->irqoff_budget);
        step_end(s, 0);
    }
}

/*
 * In a scene without interrupts a mask is nothing but a promise that the oracles check. Machines whose TLBs
 * are read by instructions mask often: no order of agents need be searched around it there.
 */
static bool mask_is_seen(const struct sim *s)
{
    return s->nirq != 0 || !has_soft_tlb(s);
}

uintptr_t sim_irq_save(void)
{
    struct sim *s = step_self("irq_save");

    if (s->in_setup) {
        return 1;
    }
    struct cpu *c = &s->r.cpu[sim_agent];
    if (mask_is_seen(s)) {
        step_site(s, NULL, (uintptr_t)__builtin_return_address(0));
        step_yield(s, OP_NOP, 0, 0, 0);
    }
    const uintptr_t was = c->irq_off;
    if (was == 0) {
        c->irqoff_lines = 0;
    }
    c->irq_off = 1;
    step_end(s, 0);
    return was;
}

void sim_irq_restore(uintptr_t state)
{
    struct sim *s = step_self("irq_restore");

    if (s->in_setup) {
        return;
    }
    if (mask_is_seen(s)) {
        step_site(s, NULL, (uintptr_t)__builtin_return_address(0));
        step_yield(s, OP_NOP, 0, 0, 0);
    }
    struct cpu *c = &s->r.cpu[sim_agent];
    if (state == 0 && c->nheld != 0) {
        step_fail(s, SIM_CONTEXT, "cpu%d: interrupts on while a lock is held", sim_agent);
    }
    c->irq_off = state != 0;
    step_end(s, 0);
}

void sim_irq_raise(int irq)
{
    struct sim *s = step_self("sim_irq_raise");

    step_site(s, NULL, (uintptr_t)__builtin_return_address(0));
    step_yield(s, OP_MMIO, 0, 0, 0);
    if (irq < 0 || (uint32_t)irq >= s->nirq) {
        step_fail(s, SIM_CONTEXT, "no such interrupt: %d", irq);
    } else {
        s->r.irq_pending[irq] = 1;
    }
    step_end(s, 0);
}

bool sim_in_irq(void)
{
    struct sim *s = step_self("sim_in_irq");

    return !s->in_setup && s->r.cpu[sim_agent].irq_depth != 0;
}

bool sim_irqs_off(void)
{
    struct sim *s = step_self("sim_irqs_off");

    return !s->in_setup && s->r.cpu[sim_agent].irq_off != 0;
}

static int lock_index(struct sim *s, const void *lock)
{
    for (uint32_t i = 0; i < s->nlock; i++) {
        if (s->lock[i] == lock) {
            return (int)i;
        }
    }
    if (s->nlock == SIM_MAX_LOCKS) {
        (void)fprintf(stderr, "dmacoh-sim: more than %d locks\n", SIM_MAX_LOCKS);
        abort();
    }
    s->lock[s->nlock] = lock;
    return (int)s->nlock++;
}

static bool lock_is_free(void *owner)
{
    return *(const uint8_t *)owner == 0;
}

/* Is there a chain of "taken while held" from lock a to lock b? */
static bool order_reaches(const struct sim *s, int a, int b)
{
    uint32_t seen = 0;
    uint32_t todo = s->lock_after[a];

    while ((todo & ~seen) != 0) {
        seen |= todo;
        for (uint32_t i = 0; i < s->nlock; i++) {
            if ((seen >> i & 1u) != 0) {
                todo |= s->lock_after[i];
            }
        }
    }
    return (seen >> b & 1u) != 0;
}

/*
 * The port's locks have acquire and release order: who takes a lock sees what its last holder did
 * before it let go. Nothing is completed if the same CPU takes it again: a lock is no barrier there.
 */
static void acquire_order(struct sim *s, int i)
{
    const int last = s->r.lock_last[i] - 1;

    if (last >= 0 && last != sim_agent) {
        s->eng->complete_before(s, last, s->r.lock_seq[i]);
        s->eng->complete_outer(s, last, s->r.lock_seq[i]);
    }
}

/* Order and mask are judged before the wait: the deadlock itself needs luck. */
void context_lock(struct sim *s, const void *lock)
{
    const int i = lock_index(s, lock);
    struct cpu *c = &s->r.cpu[sim_agent];
    struct agent *a = &s->r.agent[sim_agent];

    if (c->irq_off == 0) {
        step_fail(s, SIM_CONTEXT, "cpu%d takes a lock with interrupts on", sim_agent);
        step_end(s, 0);
    }
    for (uint32_t k = 0; k < c->nheld; k++) {
        if (c->held[k] == i || order_reaches(s, i, c->held[k])) {
            step_fail(s, SIM_CONTEXT,
                      "cpu%d: lock %d taken while holding lock %d, against the order", sim_agent, i,
                      c->held[k]);
            step_end(s, 0);
        }
        s->lock_after[c->held[k]] |= 1u << i;
    }
    a->flag = NULL;
    a->cond = lock_is_free;
    a->cond_arg = &s->r.lock_owner[i];
    step_yield(s, OP_WAIT, 0, 0, 0);
    s->r.lock_owner[i] = (uint8_t)(sim_agent + 1);
    acquire_order(s, i);
    c->held[c->nheld++] = (uint8_t)i;
    step_end(s, 0);
}

void context_unlock(struct sim *s, const void *lock)
{
    const int i = lock_index(s, lock);
    struct cpu *c = &s->r.cpu[sim_agent];

    step_yield(s, OP_NOP, 0, 0, 0);
    if (s->r.lock_owner[i] != sim_agent + 1) {
        step_fail(s, SIM_CONTEXT, "cpu%d releases lock %d, which it does not hold", sim_agent, i);
        step_end(s, 0);
    }
    s->r.lock_owner[i] = 0;
    s->r.lock_last[i] = (uint8_t)(sim_agent + 1);
    s->r.lock_seq[i] = c->seq;
    uint32_t n = 0;
    for (uint32_t k = 0; k < c->nheld; k++) {
        if (c->held[k] != i) {
            c->held[n++] = c->held[k];
        }
    }
    c->held[n] = 0;
    c->nheld = (uint8_t)n;
    step_end(s, 0);
}

void context_panic(const char *what, const char *where)
{
    struct sim *s = sim_machine;

    if (s == NULL || s->in_setup) {
        (void)fprintf(stderr, "dmacoh-sim: panic: %s (%s)\n", what, where);
        abort();
    }
    step_fail(s, SIM_PANIC, "panic: %s (%s)", what, where);
    for (;;) {
        agent_yield(s); /* never resumed */
    }
}

void sim_call_begin(void)
{
    struct sim *s = step_self("sim_call_begin");
    struct cpu *c = &s->r.cpu[s->in_setup ? 0 : sim_agent];

    if (s->in_setup) {
        return;
    }
    if (c->nframe == SIM_MAX_FRAMES) {
        (void)fprintf(stderr, "dmacoh-sim: sim_call_begin() nested too deep\n");
        abort();
    }
    struct call_frame *f = &s->frame[sim_agent][c->nframe++];

    f->n = 0;
    f->working = sim_agent < SIM_MAX_CPUS ? ppc_working(s, sim_agent) : 0;
}

void sim_call_range(uint64_t pa, uint64_t n)
{
    struct sim *s = step_self("sim_call_range");
    struct cpu *c = &s->r.cpu[s->in_setup ? 0 : sim_agent];

    if (s->in_setup || c->nframe == 0) {
        return;
    }
    struct call_frame *f = &s->frame[sim_agent][c->nframe - 1];
    if (f->n == SIM_MAX_SPANS) {
        (void)fprintf(stderr, "dmacoh-sim: too many ranges in one call\n");
        abort();
    }
    f->span[f->n++] = (struct span){pa, n};
}

void sim_call_end(void)
{
    struct sim *s = step_self("sim_call_end");
    struct cpu *c = &s->r.cpu[s->in_setup ? 0 : sim_agent];

    if (s->in_setup || c->nframe == 0) {
        return;
    }
    c->nframe--;
    if (sim_agent < SIM_MAX_CPUS) {
        ppc_check_working(s, sim_agent, s->frame[sim_agent][c->nframe].working, "a library call");
    }
}
