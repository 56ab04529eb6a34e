/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* PowerPC; operations by effective address, rA|0 + rB. Source: [PPC-E500-CACHE]. */
#include "cpu.h"
#include "machine.h"

#include <dmacoh/instance.h>
#include <stddef.h>
#include <unicorn/unicorn.h>

#define OPCODE(w) ((w) >> 26)
#define XO(w)     ((w) >> 1 & 0x3ffu)
#define XO_MASK   0x000007feu
#define RA(w)     ((uint8_t)((w) >> 16 & 31u))
#define RB(w)     ((uint8_t)((w) >> 11 & 31u))
#define L(w)      ((w) >> 21 & 3u)

#define DCBST   54u
#define DCBF    86u
#define DCBI    470u
#define DCBZ    1014u
#define DCBA    758u
#define DCCCI   454u
#define SYNC    598u /* L 0; L 1 is lwsync, which waits for no cache operation */
#define EIEIO   854u /* MBAR, too */
#define TLBIE   306u
#define TLBIVAX 786u
#define TLBWE   978u
#define TLBIA   370u

#define MTSPR    467u
#define SPR(w)   (((w) >> 16 & 31u) | ((w) >> 11 & 31u) << 5)
#define RS(w)    ((uint8_t)((w) >> 21 & 31u))
#define SPR_MAS0 624u /* to MAS3 */
#define SPR_MAS3 627u
#define SPR_MAS6 630u
#define SPR_MAS7 944u

static bool is_mas(uint32_t spr)
{
    return (spr >= SPR_MAS0 && spr <= SPR_MAS3) || spr == SPR_MAS6 || spr == SPR_MAS7;
}

static struct insn decode(uint32_t w)
{
    struct insn insn = {INSN_OTHER, RA(w) != 0 ? RA(w) : (uint8_t)REG_NONE, RB(w), 0, 0};

    if (OPCODE(w) != 31u) {
        return insn;
    }
    switch (XO(w)) {
    case DCBST:
        insn.kind = INSN_CLEAN;
        insn.accesses = 1;
        break;
    case DCBF:
        insn.kind = INSN_CLEAN_INVAL;
        insn.accesses = 1;
        break;
    case DCBI:
        insn.kind = INSN_INVAL;
        insn.accesses = 2;
        break;
    case SYNC:
        insn.kind = L(w) == 0 ? INSN_BARRIER : INSN_ORDER;
        break;
    case EIEIO:
        insn.kind = INSN_ORDER;
        break;
    case MTSPR:
        if (is_mas(SPR(w))) {
            insn = (struct insn){INSN_TLB_REG, RS(w), REG_NONE, 0, 0};
        }
        break;
    case TLBIE:
    case TLBIVAX:
    case TLBWE:
    case TLBIA:
        insn.kind = INSN_TLB;
        break;
    case DCBZ:
    case DCBA:
    case DCCCI:
        insn.kind = INSN_BAD;
        break;
    default:
        break;
    }
    return insn;
}

static uint32_t as_clean(uint32_t w)
{
    return (w & ~XO_MASK) | DCBST << 1;
}

static int reg(uint32_t n)
{
    return UC_PPC_REG_0 + (int)n;
}

/* The link register has no number of its own in the architecture: the row's emulator sets it by name. */
#define ABI                                                                                        \
    .emu = &emulator_unicorn, .decode = decode, .nop = 0x60000000u, .as_clean = as_clean,          \
    .reg = reg, .arg = {3, 4, 5, 6}, .result = 3, .stack = 1, .link = REG_NONE,                    \
    .callee = REG_NONE, .frame = 16, .pc = UC_PPC_REG_PC, .locate = cpu_flat,                      \
    .method = DMACOH_M_STOLEN, .arch = UC_ARCH_PPC, .mode = UC_MODE_PPC32 | UC_MODE_BIG_ENDIAN

const struct cpu cpu_ppc[] = {
    {.backend = "e500",
     .name = "e500v2",
     .model = UC_CPU_PPC32_E500V2_V22,
     .line = 32,
     .speculates = true,
     .inval_may_clean = true,
     ABI},
    {.backend = "e500",
     .name = "e500v2-tlb",
     .model = UC_CPU_PPC32_E500V2_V22,
     .line = 32,
     .speculates = true,
     .inval_may_clean = true,
     .windows = &windows_e500,
     ABI},
    {.backend = "ppc44x",
     .name = "405ep",
     .model = UC_CPU_PPC32_405EP,
     .line = 32,
     .speculates = true,
     .inval_may_clean = true,
     ABI},
    {.backend = "ppc6xx",
     .name = "603e",
     .model = UC_CPU_PPC32_603E_V1_1,
     .line = 32,
     .speculates = true,
     .inval_may_clean = true,
     ABI},
    {.backend = "ppc8xx",
     .name = "mpc8xx",
     .model = UC_CPU_PPC32_603E_V1_1,
     .line = 16,
     .speculates = false,
     .inval_may_clean = true,
     ABI},
    {.name = NULL},
};
