/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The instruction layer of the library: CP0 of MIPS, its identification registers and those behind
 * the TLB instructions. Accesses are no steps, since nobody but the CPU sees them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cp0.h"
#include "insn/sim_insn.h"

#define REG(reg, sel) ((reg) << 3 | (sel))
#define INDEX         REG(0u, 0u)
#define ENTRY_LO0     REG(2u, 0u)
#define ENTRY_LO1     REG(3u, 0u)
#define PAGE_MASK     REG(5u, 0u)
#define WIRED         REG(6u, 0u)
#define ENTRY_HI      REG(10u, 0u)
#define PRID          REG(15u, 0u)
#define TAG_LO        REG(28u, 0u)
#define EBASE         REG(15u, 1u)
#define CONFIG(n)     REG(16u, n)
#define BMIPS_CBR     REG(22u, 6u)

/* One cache of Config1: sets of 64 << S, lines of 2 << L bytes, A + 1 ways. */
static uint32_t geometry(uint32_t way, uint32_t line, uint32_t ways)
{
    return (cp0_log2(way / line) - 6u) << 6 | (cp0_log2(line) - 1u) << 3 | (ways - 1u);
}

static uint32_t config1(const struct sim *s)
{
    const uint32_t way = s->m.alias_boundary != 0 ? s->m.alias_boundary : 4096u;

    return CP0_MISS | (CP0_TLB_SIZE - 1u) << 25 | geometry(way, s->m.line, 4) << 16 |
           geometry(way, s->m.line, 4) << 7;
}

/* 256 KiB in eight ways; fields of four bits. */
static uint32_t config2(const struct sim *s)
{
    const uint32_t sets = 32768u / s->m.line;

    return CP0_MISS |
           (s->m.l2 ? (cp0_log2(sets) - 6u) << 8 | (cp0_log2(s->m.line) - 1u) << 4 | 7u : 0);
}

/* R10000: sizes of the two L1 caches, log2 of 4 KiB on; L2 of 64-byte lines; no further Config. */
static uint32_t config_r10000(const struct sim *s, unsigned sel)
{
    return sel != 0 ? 0
                    : 3u << 29 | 3u << 26 | (s->m.outer_line > 64 ? 1u << 13 : 0) | CP0_C_CACHED;
}

static uint32_t config(const struct sim *s, unsigned sel)
{
    if (s->m.midr >> 8 == 0x9u) {
        return config_r10000(s, sel);
    }
    switch (sel) {
    case 0: /* MIPS32 release 2, TLB */
        return CP0_MISS | 1u << 10 | 1u << 7 | cp0_coherency(s);
    case 1:
        return config1(s);
    case 2:
        return config2(s);
    case 3: /* CMGCR: there is a coherence manager */
        return s->m.coherent_l1 ? 1u << 29 : 0;
    case 7: /* AR: the L1 has no aliases */
        return s->m.alias_boundary > 4096u ? 0 : 1u << 16;
    default:
        return 0;
    }
}

void cp0_undefined(struct sim *s, const char *what)
{
    if (s->in_setup) {
        (void)fprintf(stderr, "dmacoh-sim: model %s: %s\n", s->m.name, what);
        abort();
    }
    step_fail(s, SIM_UNDEFINED, "cpu%d: %s", sim_agent, what);
    step_end(s, 0);
}

void cp0_demand(struct sim *s)
{
    if (s->m.isa != SIM_ISA_MIPS32) {
        cp0_undefined(s, "the machine has no CP0");
    }
}

uint32_t sim_insn_mips_mfc0(unsigned reg, unsigned sel)
{
    struct sim *s = step_self("insn_mfc0");
    const struct cp0 *c = &cp0_tlb(s)->cp0;

    cp0_demand(s);
    if (reg == 16u) {
        return config(s, sel);
    }
    if (c->probed && (reg < 6u || reg == 10u) && rule(s, SIM_RULE_CP0_HAZARD)) {
        cp0_undefined(s, "no hazard barrier between a TLB instruction and a read of what it gave");
    }
    switch (REG(reg, sel)) {
    case INDEX:
        return c->index;
    case ENTRY_LO0:
        return c->lo0;
    case ENTRY_LO1:
        return c->lo1;
    case PAGE_MASK:
        return c->mask;
    case WIRED:
        return c->wired;
    case ENTRY_HI:
        return c->hi;
    case PRID:
        return s->m.midr;
    case EBASE:
        return KSEG0 | (uint32_t)(s->in_setup ? 0 : sim_agent);
    case BMIPS_CBR:
        return CP0_CBR;
    default:
        cp0_undefined(s, "read of a CP0 register that the machine does not have");
        return 0;
    }
}

static void write_register(struct sim *s, struct soft_tlb *t, unsigned which, uint32_t v)
{
    struct cp0 *c = &t->cp0;

    switch (which) {
    case INDEX:
        c->index = v & (CP0_MISS | (CP0_TLB_SIZE - 1u));
        break;
    case ENTRY_LO0:
        c->lo0 = v;
        break;
    case ENTRY_LO1:
        c->lo1 = v;
        break;
    case PAGE_MASK:
        c->mask = v & CP0_MASK;
        break;
    case WIRED:
        c->wired = v & (CP0_TLB_SIZE - 1u);
        break;
    case ENTRY_HI:
        c->hi = v & 0xffffe0ffu;
        break;
    case TAG_LO: /* these are the caches' */
    case REG(28u, 2u):
    case REG(28u, 4u):
        return;
    default:
        cp0_undefined(s, "write of a CP0 register that the machine does not have");
        break;
    }
    c->written = !s->in_setup;
}

/* In setup all CPUs are programmed alike. */
void sim_insn_mips_mtc0(unsigned reg, unsigned sel, uint32_t v)
{
    struct sim *s = step_self("insn_mtc0");

    cp0_demand(s);
    for (int c = 0; s->in_setup && c < s->m.ncpu; c++) {
        write_register(s, &s->soft[c], REG(reg, sel), v);
    }
    if (!s->in_setup) {
        write_register(s, cp0_tlb(s), REG(reg, sel), v);
    }
}
