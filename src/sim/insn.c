/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The instruction layer of the library: what the twins in insn/ call. */
#include "insn/sim_insn.h"

#include "engine.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

uint32_t sim_insn_load(uintptr_t va, unsigned len)
{
    struct sim *s = step_self(len == 1 ? "insn_load8" : "insn_load32");

    step_site(s, NULL, CALLER);
    return step_load(s, (uint32_t)va, len, true);
}

void sim_insn_store(uintptr_t va, uint32_t v, unsigned len)
{
    struct sim *s = step_self(len == 1 ? "insn_store8" : "insn_store32");

    step_site(s, NULL, CALLER);
    step_store(s, (uint32_t)va, v, len, true);
}

void sim_insn_cache(enum sim_insn_cache op, uintptr_t va)
{
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

static uint32_t log2_of(uint32_t n)
{
    uint32_t r = 0;

    for (; n > 1; n >>= 1) {
        r++;
    }
    return r;
}

uint32_t sim_insn_read(enum sim_insn_reg reg)
{
    struct sim *s = step_self("an ID register read");
    const uint32_t words = s->m.line / 4u;

    switch (reg) {
    case SIM_REG_MIDR:
        return s->m.midr;
    case SIM_REG_MPIDR:
        return 0x80000000u | (uint32_t)(s->in_setup ? 0 : sim_agent);
    case SIM_REG_CTR:
        return 0x80008000u | log2_of(s->m.granule / 4u) << 24 | log2_of(s->m.granule / 4u) << 20 |
               log2_of(words) << 16 | log2_of(words);
    case SIM_REG_CLIDR:
        return s->m.l2 ? 0x0a000023u : 0x09200003u;
    case SIM_REG_CCSIDR:
        /* 32 KiB, 2 ways; LineSize is log2(words) - 2 */
        return 0x70000000u | (32768u / 2u / s->m.line - 1u) << 13 | 1u << 3 | (log2_of(words) - 2u);
    case SIM_REG_SCTLR:
        return 0x00c51878u | 0x4u | (s->mmu ? 1u : 0u);
    case SIM_REG_TTBCR:
        return 0;
    case SIM_REG_TTBR0:
        return (uint32_t)s->ttbr;
    case SIM_REG_ID_MMFR3:
        return s->m.mmfr3;
    default:
        return 0;
    }
}

void sim_insn_write_csselr(uint32_t v)
{
    struct sim *s = step_self("insn_write_csselr");

    s->r.cpu[s->in_setup ? 0 : sim_agent].csselr = v;
}
