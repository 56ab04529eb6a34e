/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv6_insn.h
 * @brief The ARMv6 instructions of the library, on the fake machine.
 */
#ifndef DMACOH_ARMV6_INSN_H
#define DMACOH_ARMV6_INSN_H

#include "fake.h"

static inline void insn_dccmvac(uintptr_t va)
{
    fake_op(FAKE_CLEAN, va);
}

static inline void insn_dcimvac(uintptr_t va)
{
    fake_op(FAKE_INVAL, va);
}

static inline void insn_dccimvac(uintptr_t va)
{
    fake_op(FAKE_CLEAN_INVAL, va);
}

/* In the log: an operation by set and way, of all of them. */
static inline void insn_dciall(void)
{
    fake_log(FAKE_DCISW, 0, 0);
}

static inline void insn_dsb(void)
{
    fake_log(FAKE_DSB, 0, 0);
}

static inline void insn_dmb(void)
{
    fake_log(FAKE_DMB, 0, 0);
}

static inline void insn_isb(void)
{
    fake_log(FAKE_ISB, 0, 0);
}

static inline void insn_tlbimva(uintptr_t va)
{
    fake_tlbi(va, false);
}

static inline uint32_t insn_read_midr(void)
{
    return fake->midr;
}

static inline uint32_t insn_read_ctr(void)
{
    return fake->ctr;
}

static inline uint32_t insn_read_sctlr(void)
{
    return fake->sctlr;
}

#endif
