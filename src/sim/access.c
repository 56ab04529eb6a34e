/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The public steps of CPUs, and the instruction layer of the library. */
#include "insn/sim_insn.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

uint8_t sim_load8_at(uint32_t va, const char *site)
{
    struct sim *s = step_self("sim_load8");

    step_site(s, site, 0);
    return (uint8_t)step_load(s, va, 1, false);
}

uint32_t sim_load32_at(uint32_t va, const char *site)
{
    struct sim *s = step_self("sim_load32");

    step_site(s, site, 0);
    return step_load(s, va, 4, false);
}

void sim_store8_at(uint32_t va, uint8_t v, const char *site)
{
    struct sim *s = step_self("sim_store8");

    step_site(s, site, 0);
    step_store(s, va, v, 1, false);
}

void sim_store32_at(uint32_t va, uint32_t v, const char *site)
{
    struct sim *s = step_self("sim_store32");

    step_site(s, site, 0);
    step_store(s, va, v, 4, false);
}

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

static void outer(enum op kind, uint64_t pa)
{
    struct sim *s = step_self(name_op(kind));

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, kind, 0, pa, 0);
    s->r.cpu[sim_agent].counts.outer++;
    const int li = mem_line(s, pa);
    mem_activate(s, li);
    const struct posted e = posted_make(s, sim_agent, kind, 0, li);
    s->eng->post(s, sim_agent, &e);
    step_end(s, 0);
}

void sim_outer_clean(uint64_t pa)
{
    outer(OP_L2_CLEAN, pa);
}

void sim_outer_inval(uint64_t pa)
{
    outer(OP_L2_INVAL, pa);
}

void sim_outer_clean_inval(uint64_t pa)
{
    outer(OP_L2_CLEAN_INVAL, pa);
}

void sim_nop(void)
{
    struct sim *s = step_self("sim_nop");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    step_end(s, 0);
}

static void wait_step(struct sim *s, const uint8_t *flag, uint8_t v, bool (*cond)(void *),
                      void *arg)
{
    if (s->in_setup) {
        return;
    }
    struct agent *a = &s->r.agent[sim_agent];
    a->flag = flag;
    a->flag_v = v;
    a->cond = cond;
    a->cond_arg = arg;
    step_yield(s, OP_WAIT, 0, 0, 0);
    step_end(s, 0);
}

uint8_t sim_flag_get(const uint8_t *flag)
{
    struct sim *s = step_self("sim_flag_get");

    if (s->in_setup) {
        return *flag;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    const uint8_t v = *flag;
    step_end(s, v);
    return v;
}

void sim_flag_set(uint8_t *flag, uint8_t v)
{
    struct sim *s = step_self("sim_flag_set");

    if (s->in_setup) {
        *flag = v;
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    *flag = v;
    step_end(s, v);
}

void sim_relax(void)
{
    struct sim *s = step_self("sim_relax");

    step_site(s, NULL, CALLER);
    if (!s->in_setup) {
        s->r.agent[sim_agent].news = false;
    }
    wait_step(s, NULL, 0, NULL, NULL);
}

void sim_wait(const uint8_t *flag, uint8_t v)
{
    struct sim *s = step_self("sim_wait");

    step_site(s, NULL, CALLER);
    wait_step(s, flag, v, NULL, NULL);
}

void sim_dev_wait(const uint8_t *flag, uint8_t v)
{
    sim_wait(flag, v);
}

void sim_wait_until(bool (*cond)(void *), void *arg)
{
    struct sim *s = step_self("sim_wait_until");

    step_site(s, NULL, CALLER);
    wait_step(s, NULL, 0, cond, arg);
}

void sim_doorbell(uint8_t *flag)
{
    struct sim *s = step_self("sim_doorbell");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_MMIO, 0, 0, 0);
    if (s->m.dmb_orders_mmio) {
        s->eng->complete_before(s, sim_agent, s->r.cpu[sim_agent].fence);
    }
    const int li = s->eng->pending_for_device(s, sim_agent);
    if (li >= 0) {
        s->r.bug_line = li;
        step_fail(s, SIM_DOORBELL, "doorbell while data of line %09llx is still posted",
                  (unsigned long long)s->line[li].pa);
    }
    if (flag != NULL && *flag != UINT8_MAX) {
        (*flag)++;
    }
    step_end(s, 0);
}

void sim_dev_reg_read(int dev)
{
    struct sim *s = step_self("sim_dev_reg_read");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_MMIO, 0, 0, 0);
    s->eng->complete(s, SIM_MAX_CPUS + dev, false);
    s->r.cpu[sim_agent].nc_load = true;
    step_end(s, 0);
}

int sim_self(void)
{
    struct sim *s = step_self("sim_self");

    return s->in_setup ? 0 : sim_agent < SIM_MAX_CPUS ? sim_agent : sim_agent - SIM_MAX_CPUS;
}

struct sim *sim_current(void)
{
    return sim_machine;
}

struct sim_counts sim_counts_now(void)
{
    struct sim *s = step_self("sim_counts_now");

    return s->r.cpu[s->in_setup ? 0 : sim_agent].counts;
}

void sim_expect_at(bool cond, const char *what, const char *site)
{
    struct sim *s = step_self("sim_expect");

    if (cond) {
        return;
    }
    if (s->in_setup) {
        (void)fprintf(stderr, "dmacoh-sim: %s: sim_expect(%s) failed in setup\n", site, what);
        abort();
    }
    step_fail(s, SIM_EXPECT, "%s: %s", site, what);
    step_end(s, 0);
}
