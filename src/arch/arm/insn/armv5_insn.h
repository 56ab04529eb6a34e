/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv5_insn.h
 * @brief One static inline per ARMv5 coprocessor access. The only asm of the backend. Private.
 *
 * "memory" on everything that is not an identification register: the compiler must not move a buffer
 * access across a cache operation or a drain. ARM state only: Thumb has no MCR.
 */
#ifndef DMACOH_ARMV5_INSN_H
#define DMACOH_ARMV5_INSN_H

#if !defined(__arm__) || defined(__thumb__) || __ARM_ARCH != 5
#error "armv5_insn.h: not an ARMv5 target in ARM state; a host build must put src/sim/insn first"
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

/* Clean and invalidate a data line by address. XScale has no such operation. */
static inline void insn_dccimvac(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(va) : "memory");
}

/* Invalidate the whole data cache. Only on a cold CPU. */
static inline void insn_dciall(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c6, 0" : : "r"(0) : "memory");
}

/* Drain the write buffer: all earlier accesses and cache operations are complete on the bus. */
static inline void insn_drain(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 4" : : "r"(0) : "memory");
}

/* Feroceon: first line of a range to clean. */
static inline void insn_clean_first(uintptr_t va)
{
    __asm__ volatile("mcr p15, 5, %0, c15, c13, 0" : : "r"(va) : "memory");
}

/* Feroceon: clean from the first line to this one. */
static inline void insn_clean_last(uintptr_t va)
{
    __asm__ volatile("mcr p15, 5, %0, c15, c13, 1" : : "r"(va) : "memory");
}

/* Feroceon: first line of a range to invalidate. */
static inline void insn_inval_first(uintptr_t va)
{
    __asm__ volatile("mcr p15, 5, %0, c15, c14, 0" : : "r"(va) : "memory");
}

/* Feroceon: invalidate from the first line to this one. */
static inline void insn_inval_last(uintptr_t va)
{
    __asm__ volatile("mcr p15, 5, %0, c15, c14, 1" : : "r"(va) : "memory");
}

/* Feroceon: first line of a range to clean and invalidate. */
static inline void insn_clean_inval_first(uintptr_t va)
{
    __asm__ volatile("mcr p15, 5, %0, c15, c15, 0" : : "r"(va) : "memory");
}

/* Feroceon: clean and invalidate from the first line to this one. */
static inline void insn_clean_inval_last(uintptr_t va)
{
    __asm__ volatile("mcr p15, 5, %0, c15, c15, 1" : : "r"(va) : "memory");
}

/* Main ID register: which CPU this is. */
static inline uint32_t insn_read_midr(void)
{
    uint32_t v;

    __asm__("mrc p15, 0, %0, c0, c0, 0" : "=r"(v));
    return v;
}

/* Cache type register: line of the data cache. */
static inline uint32_t insn_read_ctr(void)
{
    uint32_t v;

    __asm__("mrc p15, 0, %0, c0, c0, 1" : "=r"(v));
    return v;
}

/* Control register: second-level cache on (XScale 3, Mohawk). */
static inline uint32_t insn_read_sctlr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(v));
    return v;
}

/* Feroceon's extra features: second-level cache on. Other CPUs do not have the register. */
static inline uint32_t insn_read_features(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 1, %0, c15, c1, 0" : "=r"(v));
    return v;
}

#endif
