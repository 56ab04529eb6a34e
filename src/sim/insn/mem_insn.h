/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mem_insn.h
 * @brief Host twin of the library's own memory accesses (zeroing, bounce copies, table words).
 *        A machine VA is a number, never a host pointer.
 */
#ifndef DMACOH_SIM_MEM_INSN_H
#define DMACOH_SIM_MEM_INSN_H

#include <stdint.h>

#include "sim_insn.h"

static inline uint8_t insn_load8(uintptr_t va)
{
    const uint32_t v = sim_insn_load(va, 1);

    sim_insn_stay();
    return (uint8_t)v;
}

static inline uint32_t insn_load32(uintptr_t va)
{
    const uint32_t v = sim_insn_load(va, 4);

    sim_insn_stay();
    return v;
}

static inline void insn_store8(uintptr_t va, uint8_t v)
{
    sim_insn_store(va, v, 1);
    sim_insn_stay();
}

static inline void insn_store32(uintptr_t va, uint32_t v)
{
    sim_insn_store(va, v, 4);
    sim_insn_stay();
}

#endif
