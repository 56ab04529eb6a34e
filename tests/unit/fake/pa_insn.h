/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pa_insn.h
 * @brief The PA-RISC cache instructions of the library, on the fake machine.
 */
#ifndef DMACOH_PA_INSN_H
#define DMACOH_PA_INSN_H

#include "fake.h"

static inline void insn_fdc(uintptr_t va)
{
    fake_op(FAKE_CLEAN_INVAL, va);
}

static inline void insn_pdc(uintptr_t va)
{
    fake_op(FAKE_INVAL, va);
}

static inline void insn_sync(void)
{
    fake_log(FAKE_DSB, 0, 0);
}

static inline void insn_syncdma(void)
{
    fake_log(FAKE_SYNCDMA, 0, 0);
}

#endif
