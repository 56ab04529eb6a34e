/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc_insn.h
 * @brief The instructions that all PowerPC CPUs have, on the fake machine.
 */
#ifndef DMACOH_PPC_INSN_H
#define DMACOH_PPC_INSN_H

#include "fake_ppc.h"

#define PPC_SPR_PVR 287u

static inline void insn_dcbst(uintptr_t va)
{
    fake_op(FAKE_CLEAN, va);
}

static inline void insn_dcbf(uintptr_t va)
{
    fake_op(FAKE_CLEAN_INVAL, va);
}

static inline void insn_dcbi(uintptr_t va)
{
    fake_op(FAKE_INVAL, va);
}

static inline void insn_sync(void)
{
    fake_log(FAKE_DSB, 0, 0);
}

static inline void insn_isync(void)
{
    fake_isync();
}

static inline uint32_t insn_read_pvr(void)
{
    return fake_mfspr(PPC_SPR_PVR);
}

#endif
