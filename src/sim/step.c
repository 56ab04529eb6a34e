/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The step protocol: an agent publishes what comes next and gives the scheduler the floor; when
 * resumed it first takes an interrupt if told so, else the effect happens.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "transparent_state.h"

struct sim *step_self(const char *what)
{
    if (tp_on()) {
        return tp_registers(); /* identification; everything else has gone its own way */
    }
    if (sim_machine == NULL) {
        (void)fprintf(stderr, "dmacoh-sim: %s outside an agent and outside setup\n", what);
        abort();
    }
    return sim_machine;
}

void step_fail(struct sim *s, enum sim_bug bug, const char *fmt, ...)
{
    va_list ap;

    if (s->r.bug != SIM_OK) {
        return; /* the first one counts */
    }
    s->r.bug = bug;
    va_start(ap, fmt);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): seen in its second file only, wrongly */
    (void)vsnprintf(s->r.message, sizeof s->r.message, fmt, ap);
    va_end(ap);
}

void step_overflow(struct sim *s)
{
    s->r.overflow = true;
}

/* The run is over for an agent whose step failed: it never continues. */
void step_stop(struct sim *s)
{
    if (s->r.bug != SIM_OK || s->r.overflow) {
        agent_yield(s);
    }
}

void step_end(struct sim *s, uint64_t seen)
{
    struct agent *a = &s->r.agent[sim_agent];

    a->hist = mix64(a->hist, seen);
    step_stop(s);
}

void step_site(struct sim *s, const char *site, uintptr_t pc)
{
    if (s->in_setup) {
        return;
    }
    s->r.agent[sim_agent].site = site;
    s->r.agent[sim_agent].site_pc = pc;
}

static void take_irq(struct sim *s, int me)
{
    struct agent *a = &s->r.agent[me];
    struct cpu *c = &s->r.cpu[me];
    const struct agent saved = *a;
    const int irq = a->go_irq;
    const uint8_t was_off = c->irq_off;
    const bool was_urgent = c->urgent;
    const uint32_t lines = c->irqoff_lines;
    const uint64_t working = ppc_working(s, me);

    a->go_irq = -1;
    a->lib = false;
    a->hist = mix64(a->hist, 0x100u + (unsigned)irq);
    c->irq_depth++;
    c->irq_off = 1;
    c->urgent = c->urgent || s->irq[irq].urgent;
    c->irqoff_lines = 0;
    s->irq[irq].fn(s->irq[irq].arg);
    ppc_check_working(s, me, working, "an interrupt handler");
    c->irq_off = was_off;
    c->urgent = was_urgent;
    c->irqoff_lines = lines;
    c->irq_depth--;
    const uint64_t hist = a->hist;
    const bool news = a->news;
    *a = saved;
    a->go_irq = -1;
    a->hist = mix64(hist, 0x200u);
    a->news = news;
}

/* What will be touched becomes visible to the adversary before it is touched. */
static void activate_ahead(struct sim *s, enum op op, uint32_t va, uint64_t pa)
{
    struct xlat x;
    bool table = false;

    if (op == OP_DEV_LOAD || op == OP_DEV_STORE || op == OP_L2_CLEAN || op == OP_L2_INVAL ||
        op == OP_L2_CLEAN_INVAL) {
        if (mem_is_ram(s, pa, &table)) {
            mem_activate(s, mem_line(s, pa));
        }
        return;
    }
    if (op != OP_LOAD && op != OP_STORE && op != OP_CLEAN && op != OP_INVAL &&
        op != OP_CLEAN_INVAL) {
        return;
    }
    if (!s->mmu) {
        x.pa = va;
        x.attr = ATTR_UNCACHED;
    } else if (!table_decode(s, sim_agent, va, table_truth_word, &x)) {
        return;
    }
    if (mem_is_ram(s, x.pa, &table)) {
        const int li = mem_line(s, x.pa);

        mem_activate(s, li);
        if ((x.attr & ATTR_TYPE) == ATTR_CACHED) {
            (void)slots_of(s, li, va);
        }
    }
}

void step_yield(struct sim *s, enum op op, uint32_t va, uint64_t pa, uint32_t len)
{
    const int me = sim_agent;
    struct agent *a = &s->r.agent[me];

    if (s->r.step > SIM_STEP_LIMIT) {
        step_fail(s, SIM_LIVELOCK, "agent %d: step limit, a loop without sim_relax()", me);
    }
    step_stop(s);
    activate_ahead(s, op, va, pa);
    a->op = op;
    a->va = va;
    a->pa = pa;
    a->len = (uint8_t)len;
    for (;;) {
        agent_yield(s);
        if (a->go_irq < 0) {
            break;
        }
        take_irq(s, me);
    }
    a->hist = mix64(a->hist, (uint64_t)op << 40 ^ va ^ pa);
}

static bool may_be_interrupted(const struct sim *s, int cpu)
{
    for (uint32_t i = 0; i < s->nirq; i++) {
        if (s->irq[i].cpu == cpu && (s->irq[i].urgent || s->r.cpu[cpu].irq_off == 0)) {
            return true;
        }
    }
    return false;
}

/*
 * Before an operation that only this CPU can see: whoever else moves first, the result is the same.
 * So it is a step only where an interrupt of this CPU may come; searches are far shorter for it.
 */
void step_local(struct sim *s, enum op op)
{
    if (may_be_interrupted(s, sim_agent)) {
        step_yield(s, op, 0, 0, 0);
    }
}
