/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv6_insn.h
 * @brief One static inline per ARMv6 instruction. The only asm of the backend. Private.
 *
 * Barriers are coprocessor accesses here, and have no instructions of their own; their register should be
 * zero. "memory" on everything that is not an identification register: the compiler must not move a buffer
 * or page-table access across a cache, TLB or barrier instruction. ARM state only: Thumb has no MCR.
 */
#ifndef DMACOH_ARMV6_INSN_H
#define DMACOH_ARMV6_INSN_H

#if !defined(__arm__) || defined(__thumb__) || __ARM_ARCH != 6
#error "armv6_insn.h: not an ARMv6 target in ARM state; a host build must put src/sim/insn first"
#endif

#include <stdint.h>

/* Clean a data line by address. The names of operations are those of ARMv7, which kept the encodings. */
static inline void insn_dccmvac(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 1" : : "r"(va) : "memory");
}

/* Invalidate a data line by address. */
static inline void insn_dcimvac(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c6, 1" : : "r"(va) : "memory");
}

/* Clean and invalidate a data line by address. */
static inline void insn_dccimvac(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(va) : "memory");
}

/* Invalidate the whole data cache of this CPU. Only on a cold CPU. */
static inline void insn_dciall(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c6, 0" : : "r"(0) : "memory");
}

/* Data Synchronization Barrier: all earlier accesses and cache operations of this CPU are complete. */
static inline void insn_dsb(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 4" : : "r"(0) : "memory");
}

/* Data Memory Barrier: earlier accesses are observed before later ones, by devices too. */
static inline void insn_dmb(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 5" : : "r"(0) : "memory");
}

/* Empty the prefetch buffer, later called ISB: later instructions see completed table and TLB changes. */
static inline void insn_isb(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c5, 4" : : "r"(0) : "memory");
}

/* Drop this CPU's unified-TLB entry for a page; a global entry whatever the ASID bits. */
static inline void insn_tlbimva(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c7, 1" : : "r"(va) : "memory");
}

/* Main ID register: which CPU this is. */
static inline uint32_t insn_read_midr(void)
{
    uint32_t v;

    __asm__("mrc p15, 0, %0, c0, c0, 0" : "=r"(v));
    return v;
}

/* Cache type register: line and way size of the data cache, and whether page addresses alias. */
static inline uint32_t insn_read_ctr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c0, c0, 1" : "=r"(v));
    return v;
}

/* Control register: table format, TEX remap. */
static inline uint32_t insn_read_sctlr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(v));
    return v;
}

#endif
