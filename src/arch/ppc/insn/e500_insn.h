/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file e500_insn.h
 * @brief What e500 has beside ppc_insn.h: the MAS registers and the TLB instructions of Book E. Private.
 *
 * One static inline per instruction. A write of a MAS register is seen by a TLB instruction behind an
 * isync.
 */
#ifndef DMACOH_E500_INSN_H
#define DMACOH_E500_INSN_H

#include "ppc_insn.h"

/* Orders all earlier accesses before all later ones; unlike msync it does not wait for them. */
static inline void insn_mbar(void)
{
    __asm__ volatile("mbar 0" : : : "memory");
}

/* Write the TLB entry that MAS0 selects, from MAS1, 2, 3 and 7. */
static inline void insn_tlbwe(void)
{
    __asm__ volatile("tlbwe" : : : "memory");
}

/* Read the TLB entry that MAS0 selects, into MAS1, 2, 3 and 7. */
static inline void insn_tlbre(void)
{
    __asm__ volatile("tlbre" : : : "memory");
}

/* Search both TLBs for the entry of an address in the space of MAS6; MAS1.V says whether there is one. */
static inline void insn_tlbsx(uintptr_t va)
{
    __asm__ volatile("tlbsx 0,%0" : : "r"(va) : "memory");
}

/* Level 1 data cache: size of a line. */
static inline uint32_t insn_read_l1cfg0(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 515" : "=r"(v) : : "memory");
    return v;
}

/* TLB1: number of entries. */
static inline uint32_t insn_read_tlb1cfg(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 689" : "=r"(v) : : "memory");
    return v;
}

/* Process whose translations are used, beside those of process 0. */
static inline uint32_t insn_read_pid0(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 48" : "=r"(v) : : "memory");
    return v;
}

/* MAS0: which entry. */
static inline uint32_t insn_read_mas0(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 624" : "=r"(v) : : "memory");
    return v;
}

/* MAS1: valid, protected, process, size. */
static inline uint32_t insn_read_mas1(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 625" : "=r"(v) : : "memory");
    return v;
}

/* MAS2: virtual page, WIMGE. */
static inline uint32_t insn_read_mas2(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 626" : "=r"(v) : : "memory");
    return v;
}

/* MAS3: physical page, permissions. */
static inline uint32_t insn_read_mas3(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 627" : "=r"(v) : : "memory");
    return v;
}

/* MAS6: the space that is searched. */
static inline uint32_t insn_read_mas6(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 630" : "=r"(v) : : "memory");
    return v;
}

/* MAS7: physical address above 4 GiB. Not on e500v1. */
static inline uint32_t insn_read_mas7(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 944" : "=r"(v) : : "memory");
    return v;
}

/* Implementation bits: does a search update MAS7? */
static inline uint32_t insn_read_hid0(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 1008" : "=r"(v) : : "memory");
    return v;
}

/* Level 1 data cache: control. */
static inline uint32_t insn_read_l1csr0(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 1010" : "=r"(v) : : "memory");
    return v;
}

/* e500mc's private level 2: control. */
static inline uint32_t insn_read_l2csr0(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 1017" : "=r"(v) : : "memory");
    return v;
}

/* The same registers, written. */
static inline void insn_write_mas0(uint32_t v)
{
    __asm__ volatile("mtspr 624, %0" : : "r"(v) : "memory");
}

static inline void insn_write_mas1(uint32_t v)
{
    __asm__ volatile("mtspr 625, %0" : : "r"(v) : "memory");
}

static inline void insn_write_mas2(uint32_t v)
{
    __asm__ volatile("mtspr 626, %0" : : "r"(v) : "memory");
}

static inline void insn_write_mas3(uint32_t v)
{
    __asm__ volatile("mtspr 627, %0" : : "r"(v) : "memory");
}

static inline void insn_write_mas6(uint32_t v)
{
    __asm__ volatile("mtspr 630, %0" : : "r"(v) : "memory");
}

static inline void insn_write_mas7(uint32_t v)
{
    __asm__ volatile("mtspr 944, %0" : : "r"(v) : "memory");
}

static inline void insn_write_hid0(uint32_t v)
{
    __asm__ volatile("mtspr 1008, %0" : : "r"(v) : "memory");
}

static inline void insn_write_l1csr0(uint32_t v)
{
    __asm__ volatile("mtspr 1010, %0" : : "r"(v) : "memory");
}

static inline void insn_write_l2csr0(uint32_t v)
{
    __asm__ volatile("mtspr 1017, %0" : : "r"(v) : "memory");
}

#endif
