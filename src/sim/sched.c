/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Transitions: which are enabled, in a fixed order, and what they do. A choice is an index into
 * this list for a search and the transition itself for a script.
 */
#include <string.h>

#include "engine.h"

bool sched_same(struct trans a, struct trans b)
{
    return a.kind == b.kind && a.agent == b.agent && a.variant == b.variant && a.slot == b.slot &&
           a.addr == b.addr;
}

bool sched_runnable(const struct sim *s, int a)
{
    const struct agent *g = &s->r.agent[a];

    if (g->state != AGENT_READY) {
        return false;
    }
    if (g->op != OP_WAIT) {
        return true;
    }
    if (g->flag != NULL) {
        return *g->flag >= g->flag_v;
    }
    if (g->cond != NULL) {
        return g->cond(g->cond_arg);
    }
    return g->news;
}

static bool relaxing(const struct sim *s, int a)
{
    const struct agent *g = &s->r.agent[a];

    return g->state == AGENT_READY && g->op == OP_WAIT && g->flag == NULL && g->cond == NULL;
}

static bool cpus_done(const struct sim *s)
{
    for (int a = 0; a < SIM_MAX_CPUS; a++) {
        if (s->r.agent[a].state == AGENT_READY) {
            return false;
        }
    }
    return true;
}

static bool any_runnable(const struct sim *s)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        if (sched_runnable(s, a)) {
            return true;
        }
    }
    return false;
}

/* All CPUs have ended and no device can go on. */
bool sched_finished(const struct sim *s)
{
    return cpus_done(s) && !any_runnable(s);
}

static bool irq_enabled(const struct sim *s, uint32_t i)
{
    const int c = s->irq[i].cpu;
    const struct cpu *u = &s->r.cpu[c];
    const struct agent *g = &s->r.agent[c];

    if (g->state != AGENT_READY) {
        return false;
    }
    if (s->irq[i].urgent ? u->urgent : u->irq_off != 0 || u->irq_depth >= 2) {
        return false;
    }
    if (!s->use_irqs && s->r.irq_pending[i] == 0) {
        return false;
    }
    if (!sched_runnable(s, c) && !rule(s, SIM_RULE_IRQ_WAIT)) {
        return false;
    }
    return s->r.irq_pending[i] != 0 || s->r.irq_left[i] != 0;
}

/* No agent can move, and no interrupt can come: CPUs that still wait will wait for ever. */
static bool stuck(struct sim *s)
{
    if (sched_finished(s) || any_runnable(s)) {
        return false;
    }
    for (uint32_t i = 0; i < s->nirq; i++) {
        if (irq_enabled(s, i)) {
            return false;
        }
    }
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        if (relaxing(s, a) && s->eng->unsettled(s)) {
            return false;
        }
    }
    return true;
}

/* A deadlock belongs to no step: whoever plays a run asks at its end. */
void sched_judge_stuck(struct sim *s)
{
    if (s->r.bug == SIM_OK && stuck(s)) {
        step_fail(s, SIM_DEADLOCK, "every CPU that has not ended waits");
    }
}

static uint32_t put_run(struct sim *s, struct trans *t, uint32_t n, int a)
{
    const unsigned k = s->eng->values(s, a);

    for (unsigned v = 0; v < k && n < SIM_MAX_TRANS; v++) {
        t[n++] = (struct trans){TR_RUN, (uint8_t)a, (uint8_t)v, 0, 0};
    }
    return n;
}

static uint32_t enum_agents(struct sim *s, struct trans *t, uint32_t n, bool *limited)
{
    const bool last = sched_runnable(s, s->r.last);
    const uint32_t first = n;

    if (last) {
        n = put_run(s, t, n, s->r.last);
    }
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        if (a == s->r.last || !sched_runnable(s, a)) {
            continue;
        }
        if (last && s->r.pre_left == 0) {
            *limited = true;
            continue;
        }
        n = put_run(s, t, n, a);
    }
    /* Pollers that nothing else can wake: what is posted lands some day. */
    for (int a = 0; n == first && a < SIM_MAX_AGENTS; a++) {
        if (relaxing(s, a) && s->eng->unsettled(s)) {
            t[n++] = (struct trans){TR_RUN, (uint8_t)a, 0, 0, 0};
        }
    }
    return n;
}

uint32_t sched_enum(struct sim *s, struct trans *t, bool *limited)
{
    uint32_t n = enum_agents(s, t, 0, limited);

    for (uint32_t i = 0; i < s->nirq; i++) {
        if (irq_enabled(s, i)) {
            t[n++] = (struct trans){TR_IRQ, (uint8_t)s->irq[i].cpu, 0, (uint8_t)i, 0};
        }
    }
    if (n == 0 && !sched_finished(s)) {
        return 0; /* deadlock */
    }
    if (n == 0 && !rule(s, SIM_RULE_QUIESCE)) {
        return 0;
    }
    if (s->eng == &engine_concrete) {
        if (s->r.adv_left == 0) {
            *limited = true;
        } else {
            n = s->eng->enumerate(s, t, n);
        }
    }
    return n;
}

static void tell_news(struct sim *s, int except)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        if (a != except) {
            s->r.agent[a].news = true;
        }
    }
}

static void run_agent(struct sim *s, struct trans t)
{
    struct agent *g = &s->r.agent[t.agent];

    if (s->r.last != t.agent) {
        /* what others did to shared memory is part of what this agent knows from now on */
        const uint64_t h = mem_shared_hash(s, false);

        s->r.agent[s->r.last].left = h;
        if (g->left != h) {
            g->hist = mix64(g->hist, h);
        }
        if (s->r.pre_left != SIM_UNLIMITED && s->r.pre_left != 0 && sched_runnable(s, s->r.last)) {
            s->r.pre_left--;
        }
        s->r.last = t.agent;
    }
    if (t.kind == TR_IRQ) {
        g->go_irq = t.slot;
        if (s->r.irq_pending[t.slot] != 0) {
            s->r.irq_pending[t.slot] = 0;
        } else {
            s->r.irq_left[t.slot]--;
        }
    } else if (!sched_runnable(s, t.agent)) {
        for (int a = 0; a < SIM_MAX_AGENTS; a++) {
            s->eng->complete(s, a, false);
            s->eng->complete_outer(s, a, UINT32_MAX);
        }
        g->news = true;
    }
    g->variant = t.variant;
    agent_resume(s, t.agent);
    tell_news(s, t.agent);
}

void sched_exec(struct sim *s, struct trans t)
{
    s->r.step++;
    if (s->ntrace < SIM_MAX_TRACE) {
        s->trace[s->ntrace++] = t;
    }
    if (t.kind == TR_RUN || t.kind == TR_IRQ) {
        run_agent(s, t);
    } else {
        if (s->r.adv_left != SIM_UNLIMITED) {
            s->r.adv_left--;
        }
        s->eng->act(s, t);
        if (t.kind != TR_FILL && t.kind != TR_FILL2 && t.kind != TR_WALK && t.kind != TR_DROP) {
            tell_news(s, -1);
        }
    }
    if (s->r.bug == SIM_OK && !s->r.overflow) {
        s->eng->settle(s);
    }
}

void sched_reset(struct sim *s)
{
    mem_reset(s);
    memset(&s->r, 0, sizeof s->r);
    s->npage = s->npage_config;
    mpu_reset(s);
    soft_reset(s);
    ppc_reset(s);
    s->r.bug_line = -1;
    s->r.tables_changed = true;
    s->ntrace = 0;
    for (uint32_t i = 0; i < s->nirq; i++) {
        s->r.irq_left[i] = (uint8_t)s->irq[i].budget;
    }
    s->eng->reset(s);
    const uint64_t shared = mem_shared_hash(s, false);
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        struct agent *g = &s->r.agent[a];

        s->r.cpu[a].range_start = 1;
        g->go_irq = -1;
        g->left = shared;
        if (s->prog[a].fn == NULL) {
            continue;
        }
        g->state = AGENT_READY;
        g->fn = s->prog[a].fn;
        g->arg = s->prog[a].arg;
        g->op = OP_START;
        agent_start(s, a);
    }
    s->eng->settle(s);
}

uint64_t sched_hash(struct sim *s)
{
    uint64_t h = mix64(mem_hash(s), mem_shared_hash(s, false));

    h = mix64(h, mem_shared_hash(s, true));
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        const struct agent *g = &s->r.agent[a];

        h = mix64(h, g->hist);
        h = mix64(h, (uint64_t)g->state | (uint64_t)g->op << 8 |
                         (uint64_t)(relaxing(s, a) && g->news) << 16 |
                         (uint64_t)s->r.cpu[a].irq_off << 18 | (uint64_t)s->r.cpu[a].nc_load << 19 |
                         (uint64_t)s->r.cpu[a].irq_depth << 20 |
                         (uint64_t)s->r.cpu[a].urgent << 28 |
                         (uint64_t)s->r.cpu[a].range_start << 32);
        h = mix64(h, g->va ^ g->pa);
        for (uint32_t i = 0; i < s->r.cpu[a].nnew; i++) {
            h = mix64(h, s->r.cpu[a].newpte[i].word + s->r.cpu[a].newpte[i].dsb);
        }
    }
    for (uint32_t i = 0; i < s->nirq; i++) {
        h = mix64(h, (uint64_t)s->r.irq_left[i] << 1 | s->r.irq_pending[i]);
    }
    for (uint32_t i = 0; i < s->nlock; i++) {
        h = mix64(h, s->r.lock_owner[i] | (uint64_t)s->r.lock_last[i] << 8);
    }
    h = mix64(h, s->r.adv_left | (uint64_t)s->r.pre_left << 16);
    if (s->r.pre_left != SIM_UNLIMITED) {
        h = mix64(h, (uint64_t)s->r.last); /* a preemption is counted from here */
    }
    h = mix64(h, mpu_hash(s));
    h = mix64(h, soft_hash(s));
    h = mix64(h, pa_hash(s));
    h = mix64(h, ppc_hash(s));
    h = mix64(h, s->eng->hash(s));
    return h != 0 ? h : 1;
}
