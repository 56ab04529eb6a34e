/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file e500_insn.h
 * @brief The instructions of e500, on the fake machine.
 */
#ifndef DMACOH_E500_INSN_H
#define DMACOH_E500_INSN_H

#include "ppc_insn.h"

static inline void insn_mbar(void)
{
    fake_log(FAKE_DMB, 0, 0);
}

static inline void insn_tlbwe(void)
{
    fake_mas_tlbwe();
}

static inline void insn_tlbre(void)
{
    fake_mas_tlbre();
}

static inline void insn_tlbsx(uintptr_t va)
{
    fake_mas_tlbsx(va);
}

static inline uint32_t insn_read_l1cfg0(void)
{
    return fake_mfspr(515u);
}

static inline uint32_t insn_read_tlb1cfg(void)
{
    return fake_mfspr(689u);
}

static inline uint32_t insn_read_pid0(void)
{
    return fake_mfspr(48u);
}

static inline uint32_t insn_read_mas0(void)
{
    return fake_mfspr(624u);
}

static inline uint32_t insn_read_mas1(void)
{
    return fake_mfspr(625u);
}

static inline uint32_t insn_read_mas2(void)
{
    return fake_mfspr(626u);
}

static inline uint32_t insn_read_mas3(void)
{
    return fake_mfspr(627u);
}

static inline uint32_t insn_read_mas6(void)
{
    return fake_mfspr(630u);
}

static inline uint32_t insn_read_mas7(void)
{
    return fake_mfspr(944u);
}

static inline uint32_t insn_read_hid0(void)
{
    return fake_mfspr(1008u);
}

static inline void insn_write_mas0(uint32_t v)
{
    fake_mtspr(624u, v);
}

static inline void insn_write_mas1(uint32_t v)
{
    fake_mtspr(625u, v);
}

static inline void insn_write_mas2(uint32_t v)
{
    fake_mtspr(626u, v);
}

static inline void insn_write_mas3(uint32_t v)
{
    fake_mtspr(627u, v);
}

static inline void insn_write_mas6(uint32_t v)
{
    fake_mtspr(630u, v);
}

static inline void insn_write_mas7(uint32_t v)
{
    fake_mtspr(944u, v);
}

static inline void insn_write_hid0(uint32_t v)
{
    fake_mtspr(1008u, v);
}

static inline void insn_write_l1csr0(uint32_t v)
{
    fake_mtspr(1010u, v);
}

/* Done after one look. */
static inline uint32_t insn_read_l1csr0(void)
{
    const uint32_t v = fake_mfspr(1010u);

    fake_ppc.spr[1010] = 0;
    fake_ppc.polls++;
    return v;
}

static inline void insn_write_l2csr0(uint32_t v)
{
    fake_mtspr(1017u, v);
}

static inline uint32_t insn_read_l2csr0(void)
{
    const uint32_t v = fake_mfspr(1017u);

    fake_ppc.spr[1017] = 0;
    fake_ppc.polls++;
    return v;
}

#endif
