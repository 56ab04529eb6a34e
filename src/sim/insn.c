/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The instruction layer of the library: what the twins in insn/ call. */
#include "insn/sim_insn.h"

#include "engine.h"
#include "transparent_state.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

uint32_t sim_insn_load(uintptr_t va, unsigned len)
{
    if (tp_on()) {
        return tp_insn_load(va, len);
    }
    struct sim *s = step_self(len == 1 ? "insn_load8" : "insn_load32");

    step_site(s, NULL, CALLER);
    return step_load(s, (uint32_t)va, len, true);
}

void sim_insn_store(uintptr_t va, uint32_t v, unsigned len)
{
    if (tp_on()) {
        tp_insn_store(va, v, len);
        return;
    }
    struct sim *s = step_self(len == 1 ? "insn_store8" : "insn_store32");

    step_site(s, NULL, CALLER);
    step_store(s, (uint32_t)va, v, len, true);
}

void sim_insn_store64(uintptr_t va, uint64_t v)
{
    struct sim *s = step_self("insn_store64");

    step_site(s, NULL, CALLER);
    step_store(s, (uint32_t)va, v, 8, true);
}

void sim_insn_cache(enum sim_insn_cache op, uintptr_t va)
{
    if (tp_on()) {
        tp_insn_cache(op, va);
        return;
    }
    static const char *const name[] = {"insn_dccmvac", "insn_dcimvac", "insn_dccimvac"};
    static const enum op kind[] = {OP_CLEAN, OP_INVAL, OP_CLEAN_INVAL};
    struct sim *s = step_self(name[op]);

    step_site(s, NULL, CALLER);
    step_cache(s, kind[op], (uint32_t)va);
}

void sim_insn_set_way(uint32_t set_way)
{
    struct sim *s = step_self("insn_dcisw");

    (void)set_way;
    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    step_fail(s, SIM_CONFUSED, "set/way operation after start-up: it hits lines of everybody");
    step_end(s, 0);
}

void sim_insn_barrier(enum sim_insn_barrier kind)
{
    if (tp_on()) {
        tp_insn_barrier(kind);
        return;
    }
    static const char *const name[] = {"insn_dsb", "insn_dsb_st", "insn_dmb", "insn_dmb_st",
                                       "insn_isb"};
    static const enum op op[] = {OP_DSB, OP_DSB_ST, OP_DMB, OP_DMB_ST, OP_ISB};
    struct sim *s = step_self(name[kind]);

    step_site(s, NULL, CALLER);
    step_barrier(s, op[kind]);
}

void sim_insn_tlbi(enum sim_insn_tlbi scope, uintptr_t va)
{
    const bool local = scope == SIM_INSN_TLBI_LOCAL;
    struct sim *s = step_self(local ? "insn_tlbimva" : "insn_tlbimvaais");

    step_site(s, NULL, CALLER);
    step_tlbi(s, local ? OP_TLBI_LOCAL : OP_TLBI_IS, (uint32_t)va);
}
