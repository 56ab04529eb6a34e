/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Steps that order and complete: barriers and TLB maintenance. */
#include <string.h>

#include "engine.h"

void step_tlbi(struct sim *s, enum op kind, uint32_t va)
{
    const int me = sim_agent;

    if (s->in_setup) {
        return;
    }
    step_yield(s, kind, va, 0, 0);
    s->r.cpu[me].counts.tlbi_local += kind == OP_TLBI_LOCAL;
    s->r.cpu[me].counts.tlbi_is += kind == OP_TLBI_IS;
    s->r.tables_changed = true;
    const struct posted e = posted_make(s, me, kind, va & ~0xfffu, -1);
    s->eng->post(s, me, &e);
    step_end(s, 0);
}

static void note_dsb(struct cpu *c)
{
    for (uint32_t i = 0; i < c->nnew; i++) {
        c->newpte[i].dsb = true;
    }
    c->nc_load = false;
}

static void note_isb(struct cpu *c)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < c->nnew; i++) {
        if (!c->newpte[i].dsb) {
            c->newpte[n++] = c->newpte[i];
        }
    }
    memset(&c->newpte[n], 0, (c->nnew - n) * sizeof c->newpte[0]);
    c->nnew = n;
}

/*
 * Does the step concern anybody but its CPU? Where TLBs are written by instructions, an ISB that ends no
 * doubt about an entry does not, so no order of agents need be searched around it.
 */
static bool is_seen(const struct sim *s, int cpu, enum op kind)
{
    return kind != OP_ISB || !has_soft_tlb(s) || s->soft[cpu].nold != 0;
}

void step_barrier(struct sim *s, enum op kind)
{
    const int me = sim_agent;

    if (s->in_setup) {
        return;
    }
    struct cpu *c = &s->r.cpu[me];
    if (is_seen(s, me, kind)) {
        step_yield(s, kind, 0, 0, 0);
    }
    s->r.tables_changed = true;
    if (kind == OP_DSB) {
        c->counts.dsb++;
        s->eng->complete(s, me, false);
        note_dsb(c);
        mpu_barrier(s, me, false);
    } else if (kind == OP_DSB_ST) {
        c->counts.dsb_st++;
        s->eng->complete(s, me, rule(s, SIM_RULE_DSB_ST));
        c->fence_st = c->seq;
    } else if (kind == OP_DMB) {
        c->counts.dmb++;
        if (rule(s, SIM_RULE_DMB)) {
            c->fence = c->seq;
            c->nc_load = false;
        }
    } else if (kind == OP_DMB_ST) {
        c->counts.dmb_st++;
        if (rule(s, SIM_RULE_DMB)) {
            c->fence_st = c->seq;
        }
    } else {
        c->counts.isb++;
        note_isb(c);
        mpu_barrier(s, me, true);
        soft_barrier(s, me);
    }
    step_end(s, 0);
}
