/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* MIPS32 release 2; CACHE by hit, and SYNC. Sources: [MIPS-CACHE], [MIPS-SYNC]. */
#include "cpu.h"
#include "machine.h"

#include <dmacoh/instance.h>
#include <stddef.h>
#include <unicorn/unicorn.h>

#define KSEG0 0x80000000u
#define KSEG1 0xa0000000u
#define KSEG2 0xc0000000u

#define OPCODE(w)   ((w) >> 26)
#define CACHE       0x2fu
#define CACHE_OP(w) ((w) >> 16 & 31u) /* bits 1..0: 1 is the data cache */
#define SYNC        0x0000000fu
#define TLBWI       0x42000002u
#define TLBWR       0x42000006u
#define MTC0(w)     (((w)&0xffe007ffu) == 0x40800000u) /* select 0 */
#define MTC0_REG(w) ((w) >> 11 & 31u)
#define MTC0_RT(w)  ((uint8_t)((w) >> 16 & 31u))
#define TLB_REGS    0x42du /* Index, EntryLo0, EntryLo1, PageMask, EntryHi */

static enum insn_kind cache_kind(uint32_t op)
{
    switch (op) {
    case 0x19:
        return INSN_CLEAN;
    case 0x11:
        return INSN_INVAL;
    case 0x15:
        return INSN_CLEAN_INVAL;
    default:
        return INSN_BAD; /* by index; or a cache that these CPUs do not have */
    }
}

static struct insn decode(uint32_t w)
{
    struct insn insn = {INSN_OTHER, (uint8_t)(w >> 21 & 31u), REG_NONE, (int16_t)w, 0};

    if (OPCODE(w) == CACHE) {
        insn.kind = cache_kind(CACHE_OP(w));
    } else if (w == SYNC) {
        insn.kind = INSN_BARRIER;
    } else if (w == TLBWI) {
        insn.kind = INSN_TLB;
    } else if (w == TLBWR) {
        insn.kind = INSN_BAD; /* any entry that is not wired: the host's */
    } else if (MTC0(w) && (TLB_REGS >> MTC0_REG(w) & 1u) != 0) {
        insn = (struct insn){INSN_TLB_REG, MTC0_RT(w), REG_NONE, 0, 0};
    }
    return insn;
}

static uint32_t as_clean(uint32_t w)
{
    return (w & ~0x001f0000u) | 0x00190000u;
}

static int reg(uint32_t n)
{
    return UC_MIPS_REG_0 + (int)n;
}

static struct place locate(uint32_t va)
{
    if (va >= KSEG0 && va < KSEG2) {
        return (struct place){va & 0x1fffffffu, va >= KSEG1};
    }
    return (struct place){UINT32_MAX, false}; /* nothing is mapped there */
}

#define ABI                                                                                        \
    .emu = &emulator_unicorn, .decode = decode, .nop = 0, .as_clean = as_clean, .reg = reg,        \
    .arg = {4, 5, 6, 7}, .result = 2, .stack = 29, .link = 31, .callee = 25, .frame = 16,          \
    .pc = UC_MIPS_REG_PC, .locate = locate, .cached_va = KSEG0, .uncached_va = KSEG1,              \
    .method = DMACOH_M_ALIAS, .arch = UC_ARCH_MIPS

const struct cpu cpu_mips[] = {
    {.backend = "mips32",
     .name = "24kf-be",
     .mode = UC_MODE_MIPS32 | UC_MODE_BIG_ENDIAN,
     .model = UC_CPU_MIPS32_24KF,
     .line = 16, /* as Unicorn's Config1 says */
     .speculates = true,
     .inval_may_clean = false,
     ABI},
    {.backend = "mips32",
     .name = "24kf-le",
     .mode = UC_MODE_MIPS32,
     .model = UC_CPU_MIPS32_24KF,
     .line = 16, /* as Unicorn's Config1 says */
     .speculates = true,
     .inval_may_clean = false,
     ABI},
    {.backend = "mips32",
     .name = "24kf-tlb",
     .mode = UC_MODE_MIPS32 | UC_MODE_BIG_ENDIAN,
     .model = UC_CPU_MIPS32_24KF,
     .line = 16, /* as Unicorn's Config1 says */
     .speculates = true,
     .inval_may_clean = false,
     .windows = &windows_mips,
     ABI},
    {.backend = "mips32",
     .name = "24kf-quiet",
     .mode = UC_MODE_MIPS32 | UC_MODE_BIG_ENDIAN,
     .model = UC_CPU_MIPS32_24KF,
     .line = 16, /* as Unicorn's Config1 says */
     .init_flags = DMACOH_F_NO_PREFETCH,
     ABI},
    {.name = NULL},
};
