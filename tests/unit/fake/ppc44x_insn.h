/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc44x_insn.h
 * @brief The instructions of 405, 440, 460 and 476, on the fake machine.
 */
#ifndef DMACOH_PPC44X_INSN_H
#define DMACOH_PPC44X_INSN_H

#include "ppc_insn.h"

static inline void insn_mbar(void)
{
    fake_log(FAKE_DMB, 0, 0);
}

/* In the log: an operation by set and way. */
static inline void insn_dccci(uintptr_t va)
{
    fake_log(FAKE_DCISW, va, 0);
}

static inline uint32_t insn_tlbsx(uintptr_t va)
{
    return fake_tlbsx(va);
}

static inline uint32_t insn_tlbre0(uint32_t entry)
{
    return fake_tlbre(entry, 0u);
}

static inline void insn_tlbwe0(uint32_t entry, uint32_t v)
{
    fake_tlbwe(entry, 0u, v);
}

static inline uint32_t insn_tlbre1(uint32_t entry)
{
    return fake_tlbre(entry, 1u);
}

static inline void insn_tlbwe1(uint32_t entry, uint32_t v)
{
    fake_tlbwe(entry, 1u, v);
}

static inline uint32_t insn_tlbre2(uint32_t entry)
{
    return fake_tlbre(entry, 2u);
}

static inline void insn_tlbwe2(uint32_t entry, uint32_t v)
{
    fake_tlbwe(entry, 2u, v);
}

static inline uint32_t insn_read_mmucr(void)
{
    return fake_mfspr(946u);
}

static inline void insn_write_mmucr(uint32_t v)
{
    fake_mtspr(946u, v);
}

static inline uint32_t insn_read_pid(void)
{
    return fake_mfspr(48u);
}

static inline uint32_t insn_read_pid_405(void)
{
    return fake_mfspr(945u);
}

static inline void insn_write_pid_405(uint32_t v)
{
    fake_mtspr(945u, v);
}

static inline uint32_t insn_read_dccr(void)
{
    return fake_mfspr(1018u);
}

static inline uint32_t insn_read_msr(void)
{
    return fake_ppc.msr;
}

#endif
