/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* PA-RISC; operations by address, b + x. Sources: [PA-FDC], [PA-SYNC]. */
#include "cpu.h"
#include "machine.h"

#include <dmacoh/instance.h>
#include <dmacoh/parisc.h>
#include <stddef.h>

#define OPCODE(w) ((w) >> 26)
#define BASE(w)   ((uint8_t)((w) >> 21 & 31u))
#define INDEX(w)  ((uint8_t)((w) >> 16 & 31u))
#define EXT(w)    ((w) >> 6 & 0xffu)
#define FDC       0x4au
#define PDC       0x4eu
#define FDCE      0x4bu /* the whole cache, by set */
#define FDC_DISP  0xcau
#define PTLB      0x48u
#define SYNC      0x00000400u

/* Nothing cleans a line and keeps it. */
static struct insn decode(uint32_t w)
{
    struct insn insn = {INSN_OTHER, BASE(w), INDEX(w), 0, 0};

    if (w == SYNC) {
        insn.kind = INSN_BARRIER;
    }
    if (OPCODE(w) != 1u) {
        return insn;
    }
    switch (EXT(w)) {
    case FDC:
        insn.kind = INSN_CLEAN_INVAL;
        break;
    case PDC:
        insn.kind = INSN_INVAL;
        break;
    case FDCE:
    case FDC_DISP:
        insn.kind = INSN_BAD;
        break;
    case PTLB:
        insn.kind = INSN_TLB;
        break;
    default:
        break;
    }
    return insn;
}

/* Register 0 reads as 0 in QEMU as well. */
#define ABI                                                                                        \
    .emu = &emulator_gdb, .decode = decode, .nop = 0x08000240u, .arg = {26, 25, 24, 23},           \
    .result = 28, .stack = 30, .link = 2, .callee = REG_NONE, .frame = 0x4000, .locate = cpu_flat, \
    .method = DMACOH_M_STOLEN, .by_va = true, .max_piece = 200, .speculates = true

const struct cpu cpu_pa[] = {
    {.backend = "pa11", .name = "pa7300lc", .line = 32, .fact_cpu = DMACOH_PA_7300LC, ABI},
    {.backend = "pa20",
     .name = "pa8700",
     .line = 64,
     .fact_cpu = DMACOH_PA_8700,
     .no_uncached = true,
     ABI},
    {.name = NULL},
};
