/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The registers of a PL310 outer cache controller, as a driver sees them. A store of a line's
 * physical address to an operation register is a posted Device store; the operation is complete
 * when a later store to the sync register is, and that one when a DSB or a read of the sync
 * register returns. Between this and an operation of the CPU's own caches only a DSB makes order.
 *
 * Not modelled, and why: way operations and lockdown (the library has none; a store to their
 * registers is reported); the debug register's two bits, which keep dirty data from arriving
 * between the two operations that replace a clean-and-invalidate on revisions before r2p0: the line
 * belongs to the caller then, so no dirty data can come; double line fills: they fetch a line of the
 * same page, and the adversary may fetch any line of any cacheable page at any time anyway.
 */
#include "engine.h"
#include "insn/sim_insn.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

#define REG_CACHE_ID    0x000u
#define REG_CACHE_TYPE  0x004u
#define REG_CONTROL     0x100u
#define REG_AUX         0x104u
#define REG_SYNC        0x730u
#define REG_DUMMY       0x740u /* erratum 753970: a store here does what the sync register should */
#define REG_INVAL_PA    0x770u
#define REG_CLEAN_PA    0x7b0u
#define REG_CLEAN_INVAL 0x7f0u
#define REG_DEBUG       0xf40u
#define REG_END         0x1000u

#define RTL_MASK 0x3fu
#define RTL_R2P0 0x04u
#define RTL_R3P0 0x05u
#define RTL_R3P2 0x08u

#define AUX_OVERRIDE (1u << 22) /* uncached accesses do not look into the cache */
#define AUX_VALUE    0x02060000u
#define TYPE_VALUE   0x1c100100u

static uint32_t rtl(const struct sim *s)
{
    return s->m.outer_id & RTL_MASK;
}

static bool is_pl310(const struct sim *s)
{
    return s->m.outer_id != 0;
}

/* 588369: clean-and-invalidate leaves clean lines where they are. */
bool outer_keeps_clean(const struct sim *s)
{
    return is_pl310(s) && rtl(s) < RTL_R2P0 && rule(s, SIM_RULE_OUTER_ERRATA);
}

/* 769419: uncached stores stay in the controller's buffer until a sync. */
bool outer_holds_stores(const struct sim *s)
{
    return is_pl310(s) && rtl(s) < RTL_R3P2 && rule(s, SIM_RULE_OUTER_ERRATA);
}

static bool is_line_op(const struct posted *e)
{
    return e->kind == OP_L2_CLEAN || e->kind == OP_L2_INVAL || e->kind == OP_L2_CLEAN_INVAL;
}

/* Is this entry complete only after a sync of the outer cache? */
bool outer_awaits_sync(const struct sim *s, const struct posted *e)
{
    if (e->kind == OP_READ_AHEAD) {
        return true; /* only a read of its register waits for it */
    }
    if (!is_pl310(s) || !rule(s, SIM_RULE_OUTER_SYNC)) {
        return false;
    }
    return is_line_op(e) ||
           (e->kind == OP_STORE && (e->attr & ATTR_TYPE) == ATTR_UNCACHED && outer_holds_stores(s));
}

/* Does a DSB of this agent leave the entry open? A sync that was stored before covers it. */
bool outer_outlasts_dsb(const struct sim *s, int agent, const struct posted *e)
{
    return outer_awaits_sync(s, e) &&
           (e->kind == OP_READ_AHEAD || e->seq >= s->r.cpu[agent].synced);
}

/* Uncached accesses look into the outer cache, too: a line there hides what DMA wrote. */
bool outer_looks_up(const struct sim *s, uint8_t attr)
{
    return s->m.l2 && s->m.outer_lookup && (attr & ATTR_TYPE) == ATTR_UNCACHED &&
           rule(s, SIM_RULE_OUTER_LOOKUP);
}

void sim_outer_regs(struct sim *s, uint32_t va)
{
    s->outer_va = va;
}

static bool register_of(struct sim *s, uintptr_t va, uint32_t *offset)
{
    *offset = (uint32_t)va - s->outer_va;
    if (!is_pl310(s) || s->outer_va == 0 || *offset >= REG_END) {
        step_fail(s, SIM_FAULT, "no outer cache controller at VA %08x", (unsigned)va);
        return false;
    }
    return true;
}

static uint32_t value_of(struct sim *s, uint32_t offset)
{
    switch (offset) {
    case REG_CACHE_ID:
        return s->m.outer_id;
    case REG_CACHE_TYPE:
        return TYPE_VALUE;
    case REG_CONTROL:
        return 1;
    case REG_AUX:
        return AUX_VALUE | (s->m.outer_lookup ? 0 : AUX_OVERRIDE);
    case REG_SYNC:
    case REG_DEBUG:
        return 0;
    default:
        step_fail(s, SIM_CONFUSED, "read of outer cache register %03x", (unsigned)offset);
        return 0;
    }
}

uint32_t sim_insn_outer_read(uintptr_t va)
{
    struct sim *s = step_self("insn_outer_read");
    uint32_t offset = 0;

    if (s->in_setup) {
        return register_of(s, va, &offset) ? value_of(s, offset) : 0;
    }
    const int me = sim_agent;
    step_site(s, NULL, CALLER);
    step_yield(s, OP_MMIO, (uint32_t)va, 0, 0);
    const uint32_t v = register_of(s, va, &offset) ? value_of(s, offset) : 0;
    if (offset == REG_SYNC) {
        s->eng->complete_outer(s, me, s->r.cpu[me].synced);
    }
    s->r.cpu[me].nc_load = true;
    step_end(s, v);
    return v;
}

static void sync(struct sim *s, uint32_t offset)
{
    struct cpu *c = &s->r.cpu[sim_agent];
    const bool moved = rtl(s) == RTL_R3P0 && rule(s, SIM_RULE_OUTER_ERRATA);

    c->counts.outer_sync++;
    if (offset == REG_DUMMY && rtl(s) != RTL_R3P0) {
        step_fail(s, SIM_CONFUSED, "store to outer cache register 740, which this revision lacks");
    } else if (offset == REG_DUMMY || !moved) {
        c->synced = c->seq;
    }
}

static void line_op(struct sim *s, enum op kind, uint64_t pa)
{
    const int me = sim_agent;
    bool table = false;

    s->r.cpu[me].counts.outer++;
    context_line_op(s, me);
    if ((pa & s->line_mask) != 0 || !mem_is_ram(s, pa, &table)) {
        step_fail(s, SIM_CONFUSED, "outer cache operation on %09llx: no line of RAM",
                  (unsigned long long)pa);
        return;
    }
    const int li = mem_line(s, pa);
    mem_activate(s, li);
    if (!shadow_cmo(s, me, li)) {
        return;
    }
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
    const struct posted e = posted_make(s, me, kind, 0, li);
    s->eng->post(s, me, &e);
}

/* What the scheduler and the timeline are told of a register store. */
static enum op op_of(uint32_t offset)
{
    switch (offset) {
    case REG_INVAL_PA:
        return OP_L2_INVAL;
    case REG_CLEAN_PA:
        return OP_L2_CLEAN;
    case REG_CLEAN_INVAL:
        return OP_L2_CLEAN_INVAL;
    default:
        return OP_MMIO;
    }
}

void sim_insn_outer_write(uintptr_t va, uint32_t v)
{
    struct sim *s = step_self("insn_outer_write");
    uint32_t offset = 0;

    if (s->in_setup) {
        return;
    }
    const enum op op = op_of((uint32_t)va - s->outer_va);
    step_site(s, NULL, CALLER);
    s->r.agent[sim_agent].lib = true;
    step_yield(s, op, op == OP_MMIO ? (uint32_t)va : 0, op == OP_MMIO ? 0 : v, 0);
    if (!register_of(s, va, &offset)) {
        step_end(s, 0);
    }
    if (op != OP_MMIO) {
        line_op(s, op, v);
    } else if (offset == REG_SYNC || offset == REG_DUMMY) {
        sync(s, offset);
    } else if (offset != REG_DEBUG) {
        step_fail(s, SIM_CONFUSED, "store to outer cache register %03x", (unsigned)offset);
    }
    step_end(s, 0);
}
