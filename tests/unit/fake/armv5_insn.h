/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv5_insn.h
 * @brief The ARMv5 coprocessor accesses of the library, on the fake machine.
 */
#ifndef DMACOH_ARMV5_INSN_H
#define DMACOH_ARMV5_INSN_H

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

static inline void insn_drain(void)
{
    fake_log(FAKE_DSB, 0, 0);
}

static inline void insn_clean_first(uintptr_t va)
{
    fake_log(FAKE_RANGE_START, va, FAKE_CLEAN);
}

static inline void insn_clean_last(uintptr_t va)
{
    fake_op(FAKE_CLEAN, va);
}

static inline void insn_inval_first(uintptr_t va)
{
    fake_log(FAKE_RANGE_START, va, FAKE_INVAL);
}

static inline void insn_inval_last(uintptr_t va)
{
    fake_op(FAKE_INVAL, va);
}

static inline void insn_clean_inval_first(uintptr_t va)
{
    fake_log(FAKE_RANGE_START, va, FAKE_CLEAN_INVAL);
}

static inline void insn_clean_inval_last(uintptr_t va)
{
    fake_op(FAKE_CLEAN_INVAL, va);
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

static inline uint32_t insn_read_features(void)
{
    return fake->features;
}

#endif
