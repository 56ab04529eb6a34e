/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7m_insn.h
 * @brief One static inline per ARMv7-M instruction or cache register. The only asm of the backend. Private.
 *
 * Cache operations are stores to registers of the private peripheral bus. "memory" on everything that is
 * not an identification register: the compiler must not move a buffer access across a cache operation or
 * a barrier, and to the compiler these stores have nothing to do with the buffer.
 */
#ifndef DMACOH_ARMV7M_INSN_H
#define DMACOH_ARMV7M_INSN_H

#if !defined(__ARM_ARCH_7M__) && !defined(__ARM_ARCH_7EM__)
#error "armv7m_insn.h: not an ARMv7-M target; a host build must put src/sim/insn first"
#endif

#include <stdint.h>

#define SCS_BASE 0xe000e000u

/* DCCMVAC: clean a data line by address to the point of coherency. */
static inline void insn_dccmvac(uintptr_t va)
{
    __asm__ volatile("str %0, [%1]" : : "r"(va), "r"(SCS_BASE + 0xf68u) : "memory");
}

/* DCIMVAC: invalidate a data line by address to the point of coherency. */
static inline void insn_dcimvac(uintptr_t va)
{
    __asm__ volatile("str %0, [%1]" : : "r"(va), "r"(SCS_BASE + 0xf5cu) : "memory");
}

/* DCCIMVAC: clean and invalidate a data line by address to the point of coherency. */
static inline void insn_dccimvac(uintptr_t va)
{
    __asm__ volatile("str %0, [%1]" : : "r"(va), "r"(SCS_BASE + 0xf70u) : "memory");
}

/* DCISW: invalidate a data line by set and way. Only on a cold CPU. */
static inline void insn_dcisw(uint32_t set_way)
{
    __asm__ volatile("str %0, [%1]" : : "r"(set_way), "r"(SCS_BASE + 0xf60u) : "memory");
}

/* DSB: all earlier accesses of this CPU are complete, on every bus, and so are its cache operations. */
static inline void insn_dsb(void)
{
    __asm__ volatile("dsb sy" : : : "memory");
}

/* DMB: earlier accesses are observed before later ones, by devices too. */
static inline void insn_dmb(void)
{
    __asm__ volatile("dmb sy" : : : "memory");
}

/* ISB: later instructions are fetched, and their accesses made, after what was complete before. */
static inline void insn_isb(void)
{
    __asm__ volatile("isb sy" : : : "memory");
}

/* A register of the system control space, by its offset from 0xe000e000: identification, cache, MPU. */
static inline uint32_t insn_scs_read(uint32_t offset)
{
    uint32_t v;

    __asm__ volatile("ldr %0, [%1]" : "=r"(v) : "r"(SCS_BASE + offset) : "memory");
    return v;
}

/* The same: CSSELR and the MPU's region number are written. */
static inline void insn_scs_write(uint32_t offset, uint32_t v)
{
    __asm__ volatile("str %0, [%1]" : : "r"(v), "r"(SCS_BASE + offset) : "memory");
}

#endif
