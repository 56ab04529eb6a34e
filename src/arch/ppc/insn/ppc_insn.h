/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc_insn.h
 * @brief Instructions that all PowerPC CPUs have: cache lines, barriers. Private.
 *
 * The opcodes are those of the classic architecture; Book E kept them and renamed two (msync, mbar).
 * "memory" on everything that is not an identification register: the compiler must not move a buffer
 * access across a cache operation or a barrier.
 */
#ifndef DMACOH_PPC_INSN_H
#define DMACOH_PPC_INSN_H

#if !defined(__powerpc__) || defined(__powerpc64__)
#error "ppc_insn.h: not a 32-bit PowerPC target; a host build must put src/sim/insn first"
#endif

#include <stdint.h>

/* Clean a data line by address. A load for protection. */
static inline void insn_dcbst(uintptr_t va)
{
    __asm__ volatile("dcbst 0,%0" : : "r"(va) : "memory");
}

/* Clean and invalidate a data line by address. A load for protection. */
static inline void insn_dcbf(uintptr_t va)
{
    __asm__ volatile("dcbf 0,%0" : : "r"(va) : "memory");
}

/* Invalidate a data line by address; some CPUs clean it, too. A store for protection. */
static inline void insn_dcbi(uintptr_t va)
{
    __asm__ volatile("dcbi 0,%0" : : "r"(va) : "memory");
}

/* All earlier accesses and cache operations are performed, for devices too. Book E: msync. */
static inline void insn_sync(void)
{
    __asm__ volatile("sync" : : : "memory");
}

/* Context synchronisation: later instructions see completed changes of translation. */
static inline void insn_isync(void)
{
    __asm__ volatile("isync" : : : "memory");
}

/* Processor version register: which CPU this is. */
static inline uint32_t insn_read_pvr(void)
{
    uint32_t v;

    __asm__("mfspr %0, 287" : "=r"(v));
    return v;
}

#endif
