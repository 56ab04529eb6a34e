/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The instruction layer of the library: cache operations and barriers of MIPS. */
#include "cp0.h"
#include "insn/sim_insn.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

#define RAC_FLUSH 0x100u
#define RAC_VALUE 0x43u /* reads ahead of instructions and of data */

/* Operation numbers of CACHE: the operation in bits 4:2, the cache in bits 1:0. */
#define HIT_INVAL       0x10u
#define HIT_CLEAN_INVAL 0x14u
#define HIT_CLEAN       0x18u
#define CACHE_DATA      1u
#define CACHE_SECONDARY 3u

static bool kind_of(unsigned op, enum op *kind)
{
    const bool outer = (op & 3u) == CACHE_SECONDARY;

    if (!outer && (op & 3u) != CACHE_DATA) {
        return false;
    }
    switch (op & 0x1cu) {
    case HIT_INVAL:
        *kind = outer ? OP_L2_INVAL : OP_INVAL;
        return true;
    case HIT_CLEAN_INVAL:
        *kind = outer ? OP_L2_CLEAN_INVAL : OP_CLEAN_INVAL;
        return true;
    case HIT_CLEAN:
        *kind = outer ? OP_L2_CLEAN : OP_CLEAN;
        return true;
    default:
        return false;
    }
}

/* R10000 has no operation that writes back and keeps the line. */
static bool has_operation(const struct sim *s, unsigned op)
{
    return ((op & 3u) != CACHE_SECONDARY || s->m.l2) &&
           ((op & 0x1cu) != HIT_CLEAN || !s->m.outer_op_inner);
}

void sim_insn_mips_cache(unsigned op, uintptr_t va)
{
    struct sim *s = step_self("insn_cache");
    enum op kind = OP_NOP;

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    if (!kind_of(op, &kind)) {
        step_yield(s, OP_NOP, 0, 0, 0);
        step_fail(s, SIM_CONFUSED,
                  "CACHE operation %02x after start-up: by index it hits lines of everybody, and "
                  "others make dirty lines",
                  op);
        step_end(s, 0);
        return;
    }
    if (!has_operation(s, op)) {
        step_yield(s, OP_NOP, 0, 0, 0);
        step_fail(s, SIM_UNDEFINED, "CACHE operation %02x, which the CPU does not have", op);
        step_end(s, 0);
        return;
    }
    step_cache(s, kind, (uint32_t)va);
}

void sim_insn_mips_sync(void)
{
    struct sim *s = step_self("insn_sync");

    step_site(s, NULL, CALLER);
    step_barrier(s, OP_DSB);
}

void sim_insn_mips_ehb(void)
{
    struct sim *s = step_self("insn_ehb");

    if (s->in_setup) {
        for (int c = 0; c < s->m.ncpu; c++) {
            soft_barrier(s, c);
        }
        return;
    }
    step_site(s, NULL, CALLER);
    if (s->soft[sim_agent].nold != 0) {
        step_barrier(s, OP_ISB); /* lines may be filled through an old entry until then */
        return;
    }
    step_local(s, OP_ISB);
    s->r.cpu[sim_agent].counts.isb++;
    soft_barrier(s, sim_agent);
}

/* ---- the read-ahead cache of BMIPS ---- */

static void check_register(struct sim *s, uintptr_t va)
{
    const uint32_t want = KSEG1 | ((CP0_CBR & 0xfffc0000u) & (KSEG_SIZE - 1u));

    if (!s->m.read_ahead || va != want) {
        step_fail(s, SIM_UNDEFINED, "the CPU has no register at VA %08x", (unsigned)va);
    }
}

uint32_t sim_insn_mips_reg_load(uintptr_t va)
{
    struct sim *s = step_self("insn_reg_load");

    if (s->in_setup) {
        return RAC_VALUE;
    }
    const int me = sim_agent;
    step_site(s, NULL, CALLER);
    step_yield(s, OP_MMIO, (uint32_t)va, 0, 0);
    check_register(s, va);
    s->eng->complete_outer(s, me, UINT32_MAX);
    s->r.cpu[me].nc_load = true;
    step_end(s, RAC_VALUE);
    return RAC_VALUE;
}

/* Lines that no agent has touched are in no cache. */
void sim_insn_mips_reg_store(uintptr_t va, uint32_t v)
{
    struct sim *s = step_self("insn_reg_store");

    if (s->in_setup) {
        return;
    }
    const int me = sim_agent;
    step_site(s, NULL, CALLER);
    step_yield(s, OP_READ_AHEAD, (uint32_t)va, 0, 0);
    check_register(s, va);
    s->r.cpu[me].counts.outer += (v & RAC_FLUSH) != 0;
    for (uint32_t i = 0; i < s->ntouched && (v & RAC_FLUSH) != 0 && s->r.bug == SIM_OK; i++) {
        const int li = (int)s->touched[i];

        if (s->line[li].active) {
            const struct posted e = posted_make(s, me, OP_READ_AHEAD, 0, li);

            s->eng->post(s, me, &e);
        }
    }
    step_end(s, v);
}
