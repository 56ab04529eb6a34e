/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7m_insn.h
 * @brief The ARMv7-M instructions and cache registers of the library, on the fake machine.
 */
#ifndef DMACOH_ARMV7M_INSN_H
#define DMACOH_ARMV7M_INSN_H

#include "fake_scs.h"

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

static inline void insn_dcisw(uint32_t set_way)
{
    fake_log(FAKE_DCISW, set_way, 0);
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

static inline uint32_t insn_scs_read(uint32_t offset)
{
    return fake_scs_read(offset);
}

static inline void insn_scs_write(uint32_t offset, uint32_t v)
{
    fake_scs_write(offset, v);
}

#endif
