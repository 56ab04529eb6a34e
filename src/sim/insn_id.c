/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The instruction layer of the library: registers that tell what the CPU is, in the format of its
 * architecture. A register that an architecture does not have is an undefined instruction.
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"
#include "insn/sim_insn.h"

#define TTBCR_EAE         0x80000000u
#define TTBCR_CACHED_WALK 0x00003500u /* SH0 inner, ORGN0 and IRGN0 write-back */
#define SCTLR_M           0x1u
#define SCTLR_C           0x4u
#define ACTLR_SMP         0x40u

static uint32_t log2_of(uint32_t n)
{
    uint32_t r = 0;

    for (; n > 1; n >>= 1) {
        r++;
    }
    return r;
}

static uint32_t undefined(struct sim *s, const char *what)
{
    if (s->in_setup) {
        (void)fprintf(stderr, "dmacoh-sim: model %s has no register %s\n", s->m.name, what);
        abort();
    }
    step_fail(s, SIM_FAULT, "undefined instruction: this architecture has no %s", what);
    step_end(s, 0);
    return 0;
}

uint32_t id_ctr_v7(const struct sim *s)
{
    const uint32_t words = log2_of(s->m.line / 4u);
    const uint32_t granule = log2_of(s->m.granule / 4u);
    const uint32_t policy = s->m.isa == SIM_ISA_V7M ? 0xc000u : 0x8000u; /* of the L1 I-cache */

    return 0x80000000u | granule << 24 | (s->m.isa == SIM_ISA_V7A ? granule << 20 : 0) |
           words << 16 | policy | words;
}

/* 32 KiB, 2 or 4 ways; LineSize is log2(words) - 2. */
uint32_t id_ccsidr_v7(const struct sim *s)
{
    const uint32_t ways = s->m.isa == SIM_ISA_V7M ? 4u : 2u;

    return 0x70000000u | (32768u / ways / s->m.line - 1u) << 13 | (ways - 1u) << 3 |
           (log2_of(s->m.line / 4u) - 2u);
}

uint32_t id_clidr_v7(const struct sim *s)
{
    return s->m.l2 && s->m.outer_id == 0 ? 0x0a000023u : 0x09200003u;
}

/*
 * Cache type register before ARMv7: one half for data, one for instructions, each P, size, 4 ways,
 * length. P says that a way is larger than a page, so that software must avoid aliases.
 */
static uint32_t ctr_old(const struct sim *s)
{
    const uint32_t way = s->m.alias_boundary != 0 ? s->m.alias_boundary : 4096u;
    const uint32_t size = log2_of(4u * way / 512u);
    const uint32_t half =
        (way > 4096u ? 1u << 11 : 0) | size << 6 | 2u << 3 | (log2_of(s->m.line / 4u) - 1u);

    return 0xeu << 25 | 1u << 24 | half << 12 | half;
}

static uint32_t read_common(struct sim *s, enum sim_insn_reg reg)
{
    switch (reg) {
    case SIM_REG_MIDR:
        return s->m.midr;
    case SIM_REG_CTR:
        return s->m.isa == SIM_ISA_V7A ? id_ctr_v7(s) : ctr_old(s);
    case SIM_REG_SCTLR:
        /* bits that should be one; bit 23 is XP on ARMv6 */
        return (s->m.isa == SIM_ISA_V5 ? 0x00051078u : 0x00c51878u) | SCTLR_C |
               (s->mmu ? SCTLR_M : 0);
    case SIM_REG_TTBR0:
        return (uint32_t)s->ttbr;
    case SIM_REG_ACTLR:
        return s->m.coherent_l1 ? ACTLR_SMP : 0;
    case SIM_REG_MPIDR:
    case SIM_REG_CLIDR:
    case SIM_REG_CCSIDR:
    case SIM_REG_TTBCR:
    case SIM_REG_ID_MMFR3:
    case SIM_REG_TTBR0_HI:
    case SIM_REG_MAIR0:
    case SIM_REG_MAIR1:
    default:
        return undefined(s, "such register: it is of ARMv6 or later");
    }
}

static uint32_t read_v6(struct sim *s, enum sim_insn_reg reg)
{
    const uint32_t cpu = (uint32_t)(s->in_setup ? 0 : sim_agent);

    switch (reg) {
    case SIM_REG_MPIDR:
        return s->m.isa == SIM_ISA_V7A ? 0x80000000u | cpu : cpu;
    case SIM_REG_TTBCR:
        return 0;
    case SIM_REG_ID_MMFR3:
        return s->m.mmfr3;
    case SIM_REG_CLIDR:
    case SIM_REG_CCSIDR:
    case SIM_REG_TTBR0_HI:
    case SIM_REG_MAIR0:
    case SIM_REG_MAIR1:
        return undefined(s, "such register: it is of ARMv7");
    case SIM_REG_MIDR:
    case SIM_REG_CTR:
    case SIM_REG_SCTLR:
    case SIM_REG_TTBR0:
    case SIM_REG_ACTLR:
    default:
        return read_common(s, reg);
    }
}

static uint32_t read_v7a(struct sim *s, enum sim_insn_reg reg)
{
    const bool lpae = s->m.tables == SIM_TABLES_LPAE;

    switch (reg) {
    case SIM_REG_CLIDR:
        return id_clidr_v7(s);
    case SIM_REG_CCSIDR:
        return id_ccsidr_v7(s);
    case SIM_REG_TTBCR:
        return !lpae ? 0 : TTBCR_EAE | ((s->m.ttbr_flags & 0x41u) != 0 ? TTBCR_CACHED_WALK : 0);
    case SIM_REG_TTBR0_HI:
        return (uint32_t)(s->ttbr >> 32);
    case SIM_REG_MAIR0: /* PRRR and NMRR without LPAE: never used, TRE = 0 */
    case SIM_REG_MAIR1:
        return lpae ? s->mair[reg == SIM_REG_MAIR1] : 0;
    case SIM_REG_MIDR:
    case SIM_REG_MPIDR:
    case SIM_REG_CTR:
    case SIM_REG_SCTLR:
    case SIM_REG_TTBR0:
    case SIM_REG_ID_MMFR3:
    case SIM_REG_ACTLR:
    default:
        return read_v6(s, reg);
    }
}

uint32_t sim_insn_read(enum sim_insn_reg reg)
{
    struct sim *s = step_self("an ID register read");

    switch (s->m.isa) {
    case SIM_ISA_V7A:
        return read_v7a(s, reg);
    case SIM_ISA_V6:
        return read_v6(s, reg);
    case SIM_ISA_V5:
        return read_common(s, reg);
    case SIM_ISA_V7M:
    case SIM_ISA_MIPS32:
    case SIM_ISA_PA11:
    case SIM_ISA_PA20:
    case SIM_ISA_PPC44X:
    case SIM_ISA_E500:
    case SIM_ISA_PPC6XX:
    case SIM_ISA_PPC8XX:
    default:
        return undefined(s, "coprocessor 15");
    }
}

void sim_insn_write_csselr(uint32_t v)
{
    struct sim *s = step_self("insn_write_csselr");

    if (s->m.isa != SIM_ISA_V7A) {
        (void)undefined(s, "CSSELR in coprocessor 15");
    }
    s->r.cpu[s->in_setup ? 0 : sim_agent].csselr = v;
}
