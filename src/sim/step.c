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
static void stop_if_failed(struct sim *s)
{
    if (s->r.bug != SIM_OK || s->r.overflow) {
        agent_yield(s);
    }
}

void step_end(struct sim *s, uint64_t seen)
{
    struct agent *a = &s->r.agent[sim_agent];

    a->hist = mix64(a->hist, seen);
    stop_if_failed(s);
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

    a->go_irq = -1;
    a->lib = false;
    a->hist = mix64(a->hist, 0x100u + (unsigned)irq);
    c->irq_depth++;
    c->irq_off = 1;
    c->urgent = c->urgent || s->irq[irq].urgent;
    c->irqoff_lines = 0;
    s->irq[irq].fn(s->irq[irq].arg);
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
    stop_if_failed(s);
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

static bool setup_translate(struct sim *s, uint32_t va, uint64_t *pa)
{
    struct xlat x;

    if (!s->mmu) {
        *pa = va;
        return true;
    }
    if (!table_decode(s, 0, va, table_plain_word, &x)) {
        (void)fprintf(stderr, "dmacoh-sim: setup access to unmapped VA %08x\n", (unsigned)va);
        abort();
    }
    *pa = x.pa;
    return true;
}

/* Translate, or report and never return. */
static void demand(struct sim *s, uint32_t va, uint32_t len, struct xlat *x)
{
    bool table = false;

    memset(x, 0, sizeof *x);
    if (len > 1 && (va & (len - 1)) != 0) {
        step_fail(s, SIM_FAULT, "unaligned access to VA %08x", (unsigned)va);
    } else if (!s->mmu) {
        x->pa = va;
        x->attr = ATTR_UNCACHED;
        x->fixed = true;
    } else {
        (void)s->eng->translate(s, sim_agent, va, x);
    }
    stop_if_failed(s);
    if (!mem_is_ram(s, x->pa, &table)) {
        step_fail(s, SIM_FAULT, "VA %08x: no RAM at PA %09llx", (unsigned)va,
                  (unsigned long long)x->pa);
        stop_if_failed(s);
    }
}

uint32_t step_load(struct sim *s, uint32_t va, uint32_t len, bool lib)
{
    const int me = sim_agent;
    uint64_t pa = 0;
    struct xlat x;

    if (s->in_setup) {
        (void)setup_translate(s, va, &pa);
        return shadow_truth(s, mem_line(s, pa), (uint32_t)(pa & s->line_mask), len);
    }
    s->r.agent[me].lib = lib;
    step_yield(s, OP_LOAD, va, 0, len);
    s->r.cpu[me].counts.lib_loads += lib;
    demand(s, va, len, &x);
    const int li = mem_line(s, x.pa);
    const uint32_t off = (uint32_t)(x.pa & s->line_mask);
    mem_activate(s, li);
    if (!shadow_cpu_access(s, me, li, off, len, false)) {
        stop_if_failed(s);
    }
    if ((x.attr & ATTR_TYPE) != ATTR_CACHED) {
        s->r.cpu[me].nc_load = true;
    }
    const uint32_t v = s->eng->load(s, me, li, va, &x, off, len, s->r.agent[me].variant);
    step_end(s, v);
    return v;
}

void step_store(struct sim *s, uint32_t va, uint64_t v, uint32_t len, bool lib)
{
    const int me = sim_agent;
    uint64_t pa = 0;
    struct xlat x;

    if (s->in_setup) {
        (void)setup_translate(s, va, &pa);
        for (uint32_t i = 0; i < len; i++) {
            sim_poke8(s, pa + i, (uint8_t)(v >> (8 * i)));
        }
        return;
    }
    s->r.agent[me].lib = lib;
    step_yield(s, OP_STORE, va, 0, len);
    s->r.cpu[me].counts.lib_stores += lib;
    demand(s, va, len, &x);
    const int li = mem_line(s, x.pa);
    const uint32_t off = (uint32_t)(x.pa & s->line_mask);
    mem_activate(s, li);
    if (!shadow_cpu_access(s, me, li, off, len, true)) {
        stop_if_failed(s);
    }
    if (s->line[li].table) {
        const uint64_t word = x.pa & ~(uint64_t)(table_word_bytes(s) - 1u);
        const uint64_t old = table_truth_word(s, me, word);

        shadow_write(s, me, li, off, len, v);
        table_note_store(s, me, word, old);
        s->r.tables_changed = true;
    } else {
        shadow_write(s, me, li, off, len, v);
    }
    struct posted e = posted_make(s, me, OP_STORE, va & ~s->line_mask, li);
    e.off = (uint8_t)off;
    e.len = (uint8_t)len;
    e.attr = x.attr;
    e.slot = (x.attr & ATTR_TYPE) == ATTR_CACHED ? slots_of(s, li, va) : 0;
    e.value = v;
    e.coh = s->line[li].owner[off] == SIM_OWN_COH;
    s->eng->post(s, me, &e);
    step_end(s, v);
}

void step_cache(struct sim *s, enum op kind, uint32_t va)
{
    const int me = sim_agent;
    struct xlat x;

    if (s->in_setup) {
        return;
    }
    s->r.agent[me].lib = true;
    step_yield(s, kind, va, 0, 0);
    struct sim_counts *n = &s->r.cpu[me].counts;
    n->clean += kind == OP_CLEAN;
    n->inval += kind == OP_INVAL;
    n->clean_inval += kind == OP_CLEAN_INVAL;
    context_line_op(s, me);
    demand(s, va, 1, &x);
    const int li = mem_line(s, x.pa);
    mem_activate(s, li);
    if (!shadow_cmo(s, me, li)) {
        stop_if_failed(s);
    }
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
    const struct posted e = posted_make(s, me, kind, va & ~s->line_mask, li);
    s->eng->post(s, me, &e);
    step_end(s, 0);
}
