/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc44x_insn.h
 * @brief Host twin of the instruction layer of 405, 440, 460 and 476: each call is a step of the simulated
 *        CPU. Chosen by include path.
 */
#ifndef DMACOH_SIM_PPC44X_INSN_H
#define DMACOH_SIM_PPC44X_INSN_H

#include "ppc_insn.h"

static inline void insn_mbar(void)
{
    sim_insn_barrier(SIM_INSN_DMB);
    sim_insn_stay();
}

/* A class, or all of them: as forbidden to a running CPU as an operation by set and way. */
static inline void insn_dccci(uintptr_t va)
{
    sim_insn_set_way((uint32_t)va);
    sim_insn_stay();
}

static inline uint32_t insn_tlbsx(uintptr_t va)
{
    return sim_insn_tlbsx44(va);
}

static inline uint32_t insn_tlbre0(uint32_t entry)
{
    return sim_insn_tlbre44(entry, 0u);
}

static inline void insn_tlbwe0(uint32_t entry, uint32_t v)
{
    sim_insn_tlbwe44(entry, 0u, v);
    sim_insn_stay();
}

static inline uint32_t insn_tlbre1(uint32_t entry)
{
    return sim_insn_tlbre44(entry, 1u);
}

static inline void insn_tlbwe1(uint32_t entry, uint32_t v)
{
    sim_insn_tlbwe44(entry, 1u, v);
    sim_insn_stay();
}

static inline uint32_t insn_tlbre2(uint32_t entry)
{
    return sim_insn_tlbre44(entry, 2u);
}

static inline void insn_tlbwe2(uint32_t entry, uint32_t v)
{
    sim_insn_tlbwe44(entry, 2u, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_mmucr(void)
{
    return sim_insn_mfspr(946u);
}

static inline void insn_write_mmucr(uint32_t v)
{
    sim_insn_mtspr(946u, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_pid(void)
{
    return sim_insn_mfspr(48u);
}

static inline uint32_t insn_read_pid_405(void)
{
    return sim_insn_mfspr(945u);
}

static inline void insn_write_pid_405(uint32_t v)
{
    sim_insn_mtspr(945u, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_dccr(void)
{
    return sim_insn_mfspr(1018u);
}

/* Data addresses are always translated here. */
static inline uint32_t insn_read_msr(void)
{
    return 0x10u;
}

#endif
