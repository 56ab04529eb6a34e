/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file e500_insn.h
 * @brief Host twin of the e500 instruction layer: same names, same signatures, each call is a step of the
 *        simulated CPU. Chosen by include path.
 */
#ifndef DMACOH_SIM_E500_INSN_H
#define DMACOH_SIM_E500_INSN_H

#include "ppc_insn.h"

static inline void insn_mbar(void)
{
    sim_insn_barrier(SIM_INSN_DMB);
    sim_insn_stay();
}

static inline void insn_tlbwe(void)
{
    sim_insn_tlbwe();
    sim_insn_stay();
}

static inline void insn_tlbre(void)
{
    sim_insn_tlbre();
    sim_insn_stay();
}

static inline void insn_tlbsx(uintptr_t va)
{
    sim_insn_tlbsx(va);
    sim_insn_stay();
}

static inline uint32_t insn_read_l1cfg0(void)
{
    return sim_insn_mfspr(515u);
}

static inline uint32_t insn_read_tlb1cfg(void)
{
    return sim_insn_mfspr(689u);
}

static inline uint32_t insn_read_pid0(void)
{
    return sim_insn_mfspr(48u);
}

static inline uint32_t insn_read_mas0(void)
{
    return sim_insn_mfspr(624u);
}

static inline uint32_t insn_read_mas1(void)
{
    return sim_insn_mfspr(625u);
}

static inline uint32_t insn_read_mas2(void)
{
    return sim_insn_mfspr(626u);
}

static inline uint32_t insn_read_mas3(void)
{
    return sim_insn_mfspr(627u);
}

static inline uint32_t insn_read_mas6(void)
{
    return sim_insn_mfspr(630u);
}

static inline uint32_t insn_read_mas7(void)
{
    return sim_insn_mfspr(944u);
}

static inline uint32_t insn_read_hid0(void)
{
    return sim_insn_mfspr(1008u);
}

static inline void insn_write_mas0(uint32_t v)
{
    sim_insn_mtspr(624u, v);
    sim_insn_stay();
}

static inline void insn_write_mas1(uint32_t v)
{
    sim_insn_mtspr(625u, v);
    sim_insn_stay();
}

static inline void insn_write_mas2(uint32_t v)
{
    sim_insn_mtspr(626u, v);
    sim_insn_stay();
}

static inline void insn_write_mas3(uint32_t v)
{
    sim_insn_mtspr(627u, v);
    sim_insn_stay();
}

static inline void insn_write_mas6(uint32_t v)
{
    sim_insn_mtspr(630u, v);
    sim_insn_stay();
}

static inline void insn_write_mas7(uint32_t v)
{
    sim_insn_mtspr(944u, v);
    sim_insn_stay();
}

static inline void insn_write_hid0(uint32_t v)
{
    sim_insn_mtspr(1008u, v);
    sim_insn_stay();
}

/* The whole cache at once: as forbidden to a running CPU as an operation by set and way. */
static inline void insn_write_l1csr0(uint32_t v)
{
    sim_insn_set_way(v);
    sim_insn_stay();
}

/* Done as soon as it is begun. */
static inline uint32_t insn_read_l1csr0(void)
{
    return 0;
}

/* The whole cache at once: as forbidden to a running CPU as an operation by set and way. */
static inline void insn_write_l2csr0(uint32_t v)
{
    sim_insn_set_way(v);
    sim_insn_stay();
}

/* Done as soon as it is begun. */
static inline uint32_t insn_read_l2csr0(void)
{
    return 0;
}

#endif
