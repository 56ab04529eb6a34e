/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mips32_insn.h
 * @brief One static inline per MIPS instruction. The only asm of the backend. Private.
 *
 * "memory" on everything that is not an identification register: the compiler must not move a buffer
 * access across a cache, TLB or barrier instruction. EHB is a shift of register 0, which older CPUs take
 * for no operation and need no more; so it is written as one, for every level of the architecture.
 */
#ifndef DMACOH_MIPS32_INSN_H
#define DMACOH_MIPS32_INSN_H

#if !defined(__mips__) || defined(__mips16) || defined(__mips_micromips)
#error "mips32_insn.h: not MIPS with 32-bit instructions; a host build must put src/sim/insn first"
#endif

#include <stdint.h>

/* The operation is part of the opcode. The address must be one that caches serve, and begin a line. */
#define MIPS_CACHE(op, va) __asm__ volatile("cache " #op ", 0(%0)" : : "r"(va) : "memory")
#define MIPS_MFC0(v, reg)  __asm__ volatile("mfc0 %0, " reg : "=r"(v))
#define MIPS_MTC0(v, reg)  __asm__ volatile("mtc0 %z0, " reg : : "Jr"(v) : "memory")

/* L1 data cache, by hit: Hit_Invalidate_D. */
static inline void insn_l1_inval(uintptr_t va)
{
    MIPS_CACHE(0x11, va);
}

/* Hit_Writeback_Inv_D. */
static inline void insn_l1_clean_inval(uintptr_t va)
{
    MIPS_CACHE(0x15, va);
}

/* Hit_Writeback_D. */
static inline void insn_l1_clean(uintptr_t va)
{
    MIPS_CACHE(0x19, va);
}

/* Secondary cache, by hit: Hit_Invalidate_SD. R10000: the L1 caches as well. */
static inline void insn_l2_inval(uintptr_t va)
{
    MIPS_CACHE(0x13, va);
}

/* Hit_Writeback_Inv_SD. R10000: the L1 caches as well. */
static inline void insn_l2_clean_inval(uintptr_t va)
{
    MIPS_CACHE(0x17, va);
}

/* Hit_Writeback_SD. R10000 has none. */
static inline void insn_l2_clean(uintptr_t va)
{
    MIPS_CACHE(0x1b, va);
}

/* Index_Store_Tag_D: with the tag registers 0 it makes a line invalid. Only on a cold CPU. */
static inline void insn_l1_store_tag(uintptr_t va)
{
    MIPS_CACHE(0x09, va);
}

/* Index_Store_Tag_SD. Only on a cold CPU. */
static inline void insn_l2_store_tag(uintptr_t va)
{
    MIPS_CACHE(0x0b, va);
}

/* All earlier loads, stores and cache operations of this CPU are complete. */
static inline void insn_sync(void)
{
    __asm__ volatile("sync" : : : "memory");
}

/* Execution hazard barrier: later instructions see what earlier ones wrote to CP0 and the TLB. */
static inline void insn_ehb(void)
{
    __asm__ volatile("sll $0, $0, 3" : : : "memory");
}

/* --- TLB --- */

/* Find the entry that matches EntryHi; Index tells. */
static inline void insn_tlbp(void)
{
    __asm__ volatile("tlbp" : : : "memory");
}

/* Read the entry of Index into EntryHi, EntryLo0, EntryLo1, PageMask. */
static inline void insn_tlbr(void)
{
    __asm__ volatile("tlbr" : : : "memory");
}

/* Write the entry of Index. */
static inline void insn_tlbwi(void)
{
    __asm__ volatile("tlbwi" : : : "memory");
}

static inline uint32_t insn_read_index(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$0");
    return v;
}

static inline void insn_write_index(uint32_t v)
{
    MIPS_MTC0(v, "$0");
}

static inline uint32_t insn_read_entrylo0(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$2");
    return v;
}

static inline void insn_write_entrylo0(uint32_t v)
{
    MIPS_MTC0(v, "$2");
}

static inline uint32_t insn_read_entrylo1(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$3");
    return v;
}

static inline void insn_write_entrylo1(uint32_t v)
{
    MIPS_MTC0(v, "$3");
}

static inline uint32_t insn_read_pagemask(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$5");
    return v;
}

static inline void insn_write_pagemask(uint32_t v)
{
    MIPS_MTC0(v, "$5");
}

static inline uint32_t insn_read_entryhi(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$10");
    return v;
}

static inline void insn_write_entryhi(uint32_t v)
{
    MIPS_MTC0(v, "$10");
}

/* First entry that a random replacement takes. */
static inline uint32_t insn_read_wired(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$6");
    return v;
}

/* --- identification --- */

/* Processor identification: company, processor, revision. */
static inline uint32_t insn_read_prid(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$15");
    return v;
}

/* Config: cacheability of KSEG0, kind of MMU, whether Config1 exists. */
static inline uint32_t insn_read_config(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$16");
    return v;
}

/* Config1: geometry of the L1 caches, whether Config2 exists. */
static inline uint32_t insn_read_config1(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$16, 1");
    return v;
}

/* Config2: geometry of the secondary cache, whether Config3 exists. */
static inline uint32_t insn_read_config2(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$16, 2");
    return v;
}

/* Config3: whether there is a coherence manager. */
static inline uint32_t insn_read_config3(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$16, 3");
    return v;
}

/* BMIPS: physical address of the core's registers. */
static inline uint32_t insn_read_cbr(void)
{
    uint32_t v;

    MIPS_MFC0(v, "$22, 6");
    return v;
}

/* The tags that Index_Store_Tag writes: of the data cache, which some cores share, and of the L2. */
static inline void insn_clear_tags(void)
{
    MIPS_MTC0(0, "$28");
    MIPS_MTC0(0, "$28, 2");
    MIPS_MTC0(0, "$28, 4");
}

/* --- registers of the core, uncached --- */

static inline uint32_t insn_core_read(uintptr_t va)
{
    return *(const volatile uint32_t *)va;
}

static inline void insn_core_write(uintptr_t va, uint32_t v)
{
    *(volatile uint32_t *)va = v;
}

#endif
