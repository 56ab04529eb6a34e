/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mem_insn.h
 * @brief Single memory accesses by machine address, on a target. Private.
 *
 * The library touches DMA memory and page tables only through these: volatile, naturally aligned, of
 * exactly the width in the name. So the compiler can neither merge, split nor vectorise them, which
 * uncached and Device memory may answer with a trap. A host build finds src/sim/insn first.
 */
#ifndef DMACOH_MEM_INSN_H
#define DMACOH_MEM_INSN_H

#include <stdint.h>

static inline uint8_t insn_load8(uintptr_t va)
{
    return *(const volatile uint8_t *)va;
}

static inline void insn_store8(uintptr_t va, uint8_t v)
{
    *(volatile uint8_t *)va = v;
}

static inline uint32_t insn_load32(uintptr_t va)
{
    return *(const volatile uint32_t *)va;
}

static inline void insn_store32(uintptr_t va, uint32_t v)
{
    *(volatile uint32_t *)va = v;
}

#endif
