/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc44x_insn.h
 * @brief What 405, 440, 460 and 476 have beside ppc_insn.h: TLB entries by index, in words. Private.
 *
 * One static inline per instruction. The word of an entry is part of the instruction.
 */
#ifndef DMACOH_PPC44X_INSN_H
#define DMACOH_PPC44X_INSN_H

#include "ppc_insn.h"

/* Orders all earlier accesses before all later ones. 405: eieio, the same opcode. */
static inline void insn_mbar(void)
{
    __asm__ volatile(".long 0x7c0006ac" : : : "memory"); /* mbar 0 */
}

/* Invalidate the whole data cache, or a congruence class of it. Only on a cold CPU. */
static inline void insn_dccci(uintptr_t va)
{
    __asm__ volatile("dccci 0,%0" : : "r"(va) : "memory");
}

/* Index of the entry of an address, or UINT32_MAX. The search sets a condition, so there are two more. */
static inline uint32_t insn_tlbsx(uintptr_t va)
{
    uint32_t entry;

    __asm__ volatile("tlbsx. %0,0,%1\n\tbeq 1f\n\tli %0,-1\n1:"
                     : "=r"(entry)
                     : "r"(va)
                     : "cr0", "memory");
    return entry;
}

/* Word 0 of an entry: virtual page, size, valid. */
static inline uint32_t insn_tlbre0(uint32_t entry)
{
    uint32_t v;

    __asm__ volatile("tlbre %0,%1,0" : "=r"(v) : "r"(entry) : "memory");
    return v;
}

static inline void insn_tlbwe0(uint32_t entry, uint32_t v)
{
    __asm__ volatile("tlbwe %1,%0,0" : : "r"(entry), "r"(v) : "memory");
}

/* Word 1 of an entry: physical page; 405: and attributes. */
static inline uint32_t insn_tlbre1(uint32_t entry)
{
    uint32_t v;

    __asm__ volatile("tlbre %0,%1,1" : "=r"(v) : "r"(entry) : "memory");
    return v;
}

static inline void insn_tlbwe1(uint32_t entry, uint32_t v)
{
    __asm__ volatile("tlbwe %1,%0,1" : : "r"(entry), "r"(v) : "memory");
}

/* Word 2 of an entry: attributes and permissions. */
static inline uint32_t insn_tlbre2(uint32_t entry)
{
    uint32_t v;

    __asm__ volatile("tlbre %0,%1,2" : "=r"(v) : "r"(entry) : "memory");
    return v;
}

static inline void insn_tlbwe2(uint32_t entry, uint32_t v)
{
    __asm__ volatile("tlbwe %1,%0,2" : : "r"(entry), "r"(v) : "memory");
}

/* MMU control: the process of searches and writes. Not on 405. */
static inline uint32_t insn_read_mmucr(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 946" : "=r"(v) : : "memory");
    return v;
}

/* Process whose translations are used, beside those of process 0. */
static inline uint32_t insn_read_pid(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 48" : "=r"(v) : : "memory");
    return v;
}

/* 405: which 128 MiB are cached without translation. */
static inline uint32_t insn_read_dccr(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 1018" : "=r"(v) : : "memory");
    return v;
}

/* The same on 405, where reading word 0 of an entry overwrites it. */
static inline uint32_t insn_read_pid_405(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 945" : "=r"(v) : : "memory");
    return v;
}

static inline void insn_write_pid_405(uint32_t v)
{
    __asm__ volatile("mtspr 945, %0" : : "r"(v) : "memory");
}

static inline void insn_write_mmucr(uint32_t v)
{
    __asm__ volatile("mtspr 946, %0" : : "r"(v) : "memory");
}

/* Machine state: are data addresses translated (405)? */
static inline uint32_t insn_read_msr(void)
{
    uint32_t v;

    __asm__ volatile("mfmsr %0" : "=r"(v) : : "memory");
    return v;
}

#endif
