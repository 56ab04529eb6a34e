/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Steps that go to memory: a CPU's loads, stores and cache operations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

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
    step_stop(s);
    if (!mem_is_ram(s, x->pa, &table)) {
        step_fail(s, SIM_FAULT, "VA %08x: no RAM at PA %09llx", (unsigned)va,
                  (unsigned long long)x->pa);
        step_stop(s);
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
        step_stop(s);
    }
    if ((x.attr & ATTR_TYPE) != ATTR_CACHED) {
        s->r.cpu[me].nc_load = true;
    }
    pa_access(s, me, va, &x);
    step_stop(s);
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
    if (has_soft_tlb(s) && !soft_writable(s, me, va)) {
        step_fail(s, SIM_FAULT, "store to VA %08x: its TLB entry is for loads", (unsigned)va);
        step_stop(s);
    }
    const int li = mem_line(s, x.pa);
    const uint32_t off = (uint32_t)(x.pa & s->line_mask);
    mem_activate(s, li);
    if (!shadow_cpu_access(s, me, li, off, len, true)) {
        step_stop(s);
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
    pa_access(s, me, va, &x);
    step_stop(s);
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

static bool is_outer_op(enum op op)
{
    return op == OP_L2_CLEAN || op == OP_L2_INVAL || op == OP_L2_CLEAN_INVAL;
}

/* MIPS: what CACHE does through an uncached address is undefined. */
static void check_cacheable(struct sim *s, uint32_t va, const struct xlat *x)
{
    if (s->m.isa == SIM_ISA_MIPS32 && (x->attr & ATTR_TYPE) != ATTR_CACHED &&
        rule(s, SIM_RULE_CMO_UNCACHED)) {
        step_fail(s, SIM_UNDEFINED, "cache operation through the uncached VA %08x", (unsigned)va);
        step_stop(s);
    }
}

/* PowerPC: dcbi is a store to memory protection. */
static void check_store(struct sim *s, enum op kind, uint32_t va)
{
    if (kind == OP_INVAL && has_ppc(s) && !soft_writable(s, sim_agent, va)) {
        step_fail(s, SIM_FAULT, "dcbi through VA %08x: its translation is for loads", (unsigned)va);
        step_stop(s);
    }
}

/* The operation on one line; `va` and `pa` lie in it. */
static void cache_line(struct sim *s, enum op kind, uint32_t va, uint64_t pa, uint8_t attr)
{
    const int me = sim_agent;
    const bool outer = is_outer_op(kind);
    const int li = mem_line(s, pa);

    mem_activate(s, li);
    if (!shadow_cmo(s, me, li)) {
        step_stop(s);
    }
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
    struct posted e = posted_make(s, me, kind, va & ~s->line_mask, li);
    e.attr = attr;
    if (outer && s->m.outer_op_inner) {
        e.slot = slots_of(s, li, va);
    }
    s->eng->post(s, me, &e);
}

void step_cache(struct sim *s, enum op kind, uint32_t va)
{
    const int me = sim_agent;
    const bool outer = is_outer_op(kind);
    struct xlat x = {0};

    if (s->in_setup) {
        return;
    }
    s->r.agent[me].lib = true;
    if (outer) {
        (void)table_decode(s, me, va, table_truth_word, &x);
    }
    step_yield(s, kind, va, x.pa, 0);
    struct sim_counts *n = &s->r.cpu[me].counts;
    n->clean += kind == OP_CLEAN;
    n->inval += kind == OP_INVAL;
    n->clean_inval += kind == OP_CLEAN_INVAL;
    n->outer += outer;
    context_line_op(s, me);
    demand(s, va, 1, &x);
    check_cacheable(s, va, &x);
    check_store(s, kind, va);
    if ((x.attr & ATTR_TYPE) == ATTR_CACHED) {
        pa_access(s, me, va, &x); /* the miss handler makes an entry for it as for a load */
        step_stop(s);
    }
    /* a line of the outer cache may be several of the machine's */
    const uint32_t size = outer && s->m.outer_line > s->m.line ? s->m.outer_line : s->m.line;
    const uint32_t off = va & (size - 1u);
    for (uint32_t at = 0; at < size; at += s->m.line) {
        cache_line(s, kind, va - off + at, x.pa - off + at, x.attr);
    }
    step_end(s, 0);
}
