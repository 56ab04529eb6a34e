/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7a_insn.h
 * @brief One static inline per ARMv7-A instruction. The only asm of the backend. Private.
 *
 * "memory" on everything that is not an identification register: the compiler must not move a buffer
 * or page-table access across a cache, TLB or barrier instruction.
 */
#ifndef DMACOH_ARMV7A_INSN_H
#define DMACOH_ARMV7A_INSN_H

#if !defined(__arm__) || !defined(__ARM_ARCH) || __ARM_ARCH < 7
#error "armv7a_insn.h: not an ARMv7-A target; a host build must put src/sim/insn first"
#endif

#include <stdint.h>

/* DCCMVAC: clean a data line by address to the point of coherency. */
static inline void insn_dccmvac(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 1" : : "r"(va) : "memory");
}

/* DCIMVAC: invalidate a data line by address to the point of coherency. */
static inline void insn_dcimvac(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c6, 1" : : "r"(va) : "memory");
}

/* DCCIMVAC: clean and invalidate a data line by address to the point of coherency. */
static inline void insn_dccimvac(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(va) : "memory");
}

/* DCISW: invalidate a data line by set and way. Only on a cold CPU. */
static inline void insn_dcisw(uint32_t set_way)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c6, 2" : : "r"(set_way) : "memory");
}

/* DSB SY: all earlier accesses and maintenance of this CPU are complete. */
static inline void insn_dsb(void)
{
    __asm__ volatile("dsb sy" : : : "memory");
}

/* DSB ST: all earlier stores are complete; says nothing about maintenance. */
static inline void insn_dsb_st(void)
{
    __asm__ volatile("dsb st" : : : "memory");
}

/* DMB SY: earlier accesses are observed before later ones, by devices too. */
static inline void insn_dmb(void)
{
    __asm__ volatile("dmb sy" : : : "memory");
}

/* DMB ST: earlier stores are observed before later stores, by devices too. */
static inline void insn_dmb_st(void)
{
    __asm__ volatile("dmb st" : : : "memory");
}

/* ISB: later instructions see completed translation-table and TLB changes. */
static inline void insn_isb(void)
{
    __asm__ volatile("isb sy" : : : "memory");
}

/* TLBIMVA: drop this CPU's entry for a page; a global entry whatever the ASID bits. */
static inline void insn_tlbimva(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c7, 1" : : "r"(va) : "memory");
}

/* TLBIMVAAIS: drop the entry for a page, all ASIDs, on all CPUs of the inner shareable domain. */
static inline void insn_tlbimvaais(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c3, 3" : : "r"(va) : "memory");
}

/*
 * STRD: a long descriptor in one access, which a walker sees whole or not at all. Both halves of the
 * register pair are named, so the compiler cannot make two stores of it.
 */
static inline void insn_store64(uintptr_t va, uint64_t v)
{
    __asm__ volatile("strd %0, %H0, [%1]" : : "r"(v), "r"(va) : "memory");
}

/* MIDR: which CPU this is. */
static inline uint32_t insn_read_midr(void)
{
    uint32_t v;

    __asm__("mrc p15, 0, %0, c0, c0, 0" : "=r"(v));
    return v;
}

/* MPIDR: multiprocessing extensions, and this CPU's number. */
static inline uint32_t insn_read_mpidr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(v));
    return v;
}

/* CTR: smallest line and largest write-back granule. Volatile: clusters differ. */
static inline uint32_t insn_read_ctr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c0, c0, 1" : "=r"(v));
    return v;
}

/* CLIDR: cache levels. */
static inline uint32_t insn_read_clidr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 1, %0, c0, c0, 1" : "=r"(v));
    return v;
}

/* CSSELR: choose the cache that CCSIDR describes. Needs an ISB before CCSIDR is read. */
static inline void insn_write_csselr(uint32_t v)
{
    __asm__ volatile("mcr p15, 2, %0, c0, c0, 0" : : "r"(v) : "memory");
}

/* CCSIDR: geometry of the chosen cache. */
static inline uint32_t insn_read_ccsidr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 1, %0, c0, c0, 0" : "=r"(v) : : "memory");
    return v;
}

/* SCTLR: MMU on, TEX remap on. */
static inline uint32_t insn_read_sctlr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(v));
    return v;
}

/* TTBCR: table format. */
static inline uint32_t insn_read_ttbcr(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c2, c0, 2" : "=r"(v));
    return v;
}

/* TTBR0: base of the tables, and how the walker reads them. */
static inline uint32_t insn_read_ttbr0(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c2, c0, 0" : "=r"(v));
    return v;
}

/* MAIR0, MAIR1: memory types of long descriptors, by index. */
static inline uint32_t insn_read_mair0(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c10, c2, 0" : "=r"(v));
    return v;
}

static inline uint32_t insn_read_mair1(void)
{
    uint32_t v;

    __asm__ volatile("mrc p15, 0, %0, c10, c2, 1" : "=r"(v));
    return v;
}

/* ID_MMFR3: does the walker see the data caches? */
static inline uint32_t insn_read_id_mmfr3(void)
{
    uint32_t v;

    __asm__("mrc p15, 0, %0, c0, c1, 7" : "=r"(v));
    return v;
}

#endif
