/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* ARM state; cache operations are writes of CP15 register c7. Source: [ARM-DC]. */
#include "cpu.h"
#include "machine.h"

#include <dmacoh/instance.h>
#include <stddef.h>
#include <unicorn/unicorn.h>

#define DSB_SY 0xf57ff04fu
#define DSB_ST 0xf57ff04eu
#define DMB_SY 0xf57ff05fu
#define DMB_ST 0xf57ff05eu

/* Any condition; MCR or MRC of p15 with opc1 0: CRn, CRm and opc2 tell them apart. */
#define IS_MCR15(w) (((w)&0x0ff00f10u) == 0x0e000f10u)
#define IS_MRC15(w) (((w)&0x0ff00f10u) == 0x0e100f10u)
#define CRN(w)      ((w) >> 16 & 15u)
#define OP(w)       (((w)&15u) << 4 | ((w) >> 5 & 7u)) /* CRm, opc2: 0xc1 is c12, 1 */
#define RT(w)       ((uint8_t)((w) >> 12 & 15u))

static enum insn_kind cache_kind(uint32_t op)
{
    switch (op) {
    case 0xa1: /* c10, 1 */
        return INSN_CLEAN;
    case 0x61: /* c6, 1 */
        return INSN_INVAL;
    case 0xe1: /* c14, 1 */
        return INSN_CLEAN_INVAL;
    case 0xa4: /* c10, 4: ARMv5 and v6 */
        return INSN_BARRIER;
    case 0xa5: /* c10, 5: DMB of ARMv6 */
        return INSN_ORDER;
    case 0x54: /* c5, 4: flush of the prefetch buffer */
        return INSN_OTHER;
    default:
        return INSN_BAD;
    }
}

static struct insn decode(uint32_t w)
{
    struct insn insn = {INSN_OTHER, RT(w), REG_NONE, 0, 0};

    if (w == DSB_SY) {
        insn.kind = INSN_BARRIER;
    } else if (w == DSB_ST || w == DMB_SY || w == DMB_ST) {
        insn.kind = INSN_ORDER;
    } else if (IS_MCR15(w) && CRN(w) == 7u) {
        insn.kind = cache_kind(OP(w));
    } else if (IS_MRC15(w) && CRN(w) == 7u) {
        insn.kind = INSN_BAD; /* test and clean: the whole cache */
    } else if (IS_MCR15(w) && CRN(w) == 8u) {
        insn.kind = OP(w) == 0x71u || OP(w) == 0x33u ? INSN_TLB : INSN_OTHER; /* by address */
    }
    return insn;
}

static uint32_t as_clean(uint32_t w)
{
    return (w & ~0xefu) | 0x2au;
}

static int reg(uint32_t n)
{
    static const int last[] = {UC_ARM_REG_SP, UC_ARM_REG_LR, UC_ARM_REG_PC};

    return n < 13u ? UC_ARM_REG_R0 + (int)n : last[n - 13u];
}

#define ABI                                                                                        \
    .emu = &emulator_unicorn, .decode = decode, .nop = 0xe1a00000u, .as_clean = as_clean,          \
    .reg = reg, .arg = {0, 1, 2, 3}, .result = 0, .stack = 13, .link = 14, .callee = REG_NONE,     \
    .pc = UC_ARM_REG_PC, .locate = cpu_flat, .method = DMACOH_M_STOLEN, .arch = UC_ARCH_ARM,       \
    .mode = UC_MODE_ARM

const struct cpu cpu_arm[] = {
    {.backend = "armv7a",
     .name = "cortex-a15",
     .model = UC_CPU_ARM_CORTEX_A15,
     .line = 64,
     .speculates = true,
     .inval_may_clean = true,
     ABI},
    {.backend = "armv7a",
     .name = "cortex-a9",
     .model = UC_CPU_ARM_CORTEX_A9,
     .line = 32,
     .speculates = true,
     .inval_may_clean = true,
     ABI},
    {.backend = "armv7a",
     .name = "cortex-a15-mmu",
     .model = UC_CPU_ARM_CORTEX_A15,
     .line = 64,
     .speculates = true,
     .inval_may_clean = true,
     .windows = &windows_arm,
     ABI},
    {.backend = "armv6",
     .name = "arm1176",
     .model = UC_CPU_ARM_1176,
     .line = 32,
     .init_flags = DMACOH_F_NO_PREFETCH,
     .by_va = true,
     ABI},
    {.backend = "armv5", .name = "arm926", .model = UC_CPU_ARM_926, .line = 32, .by_va = true, ABI},
    {.name = NULL},
};
