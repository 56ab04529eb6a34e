/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which posted operations may overtake which: one definition for both engines. Be weak here: a
 * machine that orders too much hides missing barriers.
 */
#include "machine.h"

bool posted_is_store(const struct posted *e)
{
    return e->kind == OP_STORE || e->kind == OP_DEV_STORE;
}

bool posted_is_tlbi(const struct posted *e)
{
    return e->kind == OP_TLBI_LOCAL || e->kind == OP_TLBI_IS;
}

static bool is_outer(const struct posted *e)
{
    return e->kind == OP_L2_CLEAN || e->kind == OP_L2_INVAL || e->kind == OP_L2_CLEAN_INVAL ||
           e->kind == OP_READ_AHEAD;
}

/* Must b, issued after a by the same agent, wait for a? */
bool posted_ordered(const struct sim *s, const struct posted *a, const struct posted *b)
{
    if (posted_is_tlbi(a) || posted_is_tlbi(b)) {
        return false; /* only a DSB orders TLB maintenance against anything */
    }
    if (a->kind == OP_DEV_STORE) {
        return true; /* posted writes of one master keep their order */
    }
    if (is_outer(a) || is_outer(b)) {
        /* a register store of the outer cache and a CP15 operation meet only at a DSB */
        return is_outer(a) && is_outer(b);
    }
    if (s->m.cmo_unordered && (a->kind == OP_STORE) != (b->kind == OP_STORE) &&
        rule(s, SIM_RULE_CMO_UNORDERED)) {
        return false; /* two interfaces of the core: they meet only at a DSB */
    }
    if (a->seq < b->fence || (a->kind == OP_STORE && b->kind == OP_STORE && a->seq < b->fence_st)) {
        return true;
    }
    if (a->line != b->line) {
        return false;
    }
    if (a->kind == OP_STORE && b->kind == OP_STORE) {
        /* words of a coherent buffer are told apart by its device; other stores by nobody */
        return !(a->coh && b->coh && (a->attr & ATTR_TYPE) != ATTR_CACHED &&
                 a->off / 4u != b->off / 4u);
    }
    return a->va == b->va || !rule(s, SIM_RULE_VA_ORDER);
}

/* Maintenance is ordered against accesses to the VA that it names; stores are forwarded. */
bool posted_before_load(const struct sim *s, const struct posted *e, uint32_t va)
{
    if (s->m.cmo_unordered && rule(s, SIM_RULE_CMO_UNORDERED)) {
        return false;
    }
    return (e->kind == OP_CLEAN || e->kind == OP_INVAL || e->kind == OP_CLEAN_INVAL) && e->va == va;
}

/* Does a load of the same agent see this store before it has taken effect? Not across slots. */
bool posted_forwards(const struct posted *e, bool cached, uint8_t slot)
{
    return posted_is_store(e) &&
           (!cached || (e->attr & ATTR_TYPE) != ATTR_CACHED || e->slot == slot);
}

/* Does maintenance act on the L1 caches of the other CPUs? */
bool posted_reaches_peers(const struct sim *s, const struct posted *e)
{
    return s->m.cmo_broadcast && rule(s, SIM_RULE_BROADCAST) &&
           (!s->m.cmo_needs_shared || !rule(s, SIM_RULE_CMO_SHARED) ||
            (e->attr & ATTR_SHARED) != 0);
}

bool posted_writes_through(const struct sim *s, const struct posted *e)
{
    return (s->m.write_through || (e->attr & ATTR_WT) != 0) && rule(s, SIM_RULE_WRITE_THROUGH);
}

struct posted posted_make(struct sim *s, int agent, enum op kind, uint32_t va, int li)
{
    struct cpu *c = &s->r.cpu[agent];
    struct posted e = {.kind = (uint8_t)kind, .va = va, .line = li};

    e.seq = c->seq++;
    e.fence = c->fence;
    e.fence_st = c->fence_st;
    e.may_void =
        (kind == OP_INVAL || kind == OP_CLEAN_INVAL) && c->nc_load && rule(s, SIM_RULE_NC_LOAD);
    if (kind == OP_CLEAN || kind == OP_INVAL || kind == OP_CLEAN_INVAL) {
        e.slot = slots_of(s, li, va);
    }
    return e;
}
