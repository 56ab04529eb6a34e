/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc6xx_insn.h
 * @brief What the classic CPUs have beside ppc_insn.h: BATs, segments, the hash table. Private.
 *
 * One static inline per instruction, so one for each half of each BAT: the register is part of the
 * instruction. A write of a BAT is seen by accesses behind an isync.
 */
#ifndef DMACOH_PPC6XX_INSN_H
#define DMACOH_PPC6XX_INSN_H

#include "ppc_insn.h"

/* Implementation bits: cache, broadcasts, upper BATs. */
static inline uint32_t insn_read_hid0(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 1008" : "=r"(v) : : "memory");
    return v;
}

static inline void insn_write_hid0(uint32_t v)
{
    __asm__ volatile("mtspr 1008, %0" : : "r"(v) : "memory");
}

/* Implementation bits of 745x: broadcasts. */
static inline uint32_t insn_read_hid1(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 1009" : "=r"(v) : : "memory");
    return v;
}

/* Implementation bits of G2_LE and e300: upper BATs. */
static inline uint32_t insn_read_hid2(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 1011" : "=r"(v) : : "memory");
    return v;
}

/* Where the hash table is, and its size. */
static inline uint32_t insn_read_sdr1(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 25" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 0: address, length, valid. */
static inline uint32_t insn_read_dbat0u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 536" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat0l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 537" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 1: address, length, valid. */
static inline uint32_t insn_read_dbat1u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 538" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat1l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 539" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 2: address, length, valid. */
static inline uint32_t insn_read_dbat2u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 540" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat2l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 541" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 3: address, length, valid. */
static inline uint32_t insn_read_dbat3u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 542" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat3l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 543" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 4: address, length, valid. */
static inline uint32_t insn_read_dbat4u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 568" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat4l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 569" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 5: address, length, valid. */
static inline uint32_t insn_read_dbat5u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 570" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat5l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 571" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 6: address, length, valid. */
static inline uint32_t insn_read_dbat6u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 572" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat6l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 573" : "=r"(v) : : "memory");
    return v;
}

/* Data BAT 7: address, length, valid. */
static inline uint32_t insn_read_dbat7u(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 574" : "=r"(v) : : "memory");
    return v;
}

/* And the physical address, attributes, permissions. */
static inline uint32_t insn_read_dbat7l(void)
{
    uint32_t v;

    __asm__ volatile("mfspr %0, 575" : "=r"(v) : : "memory");
    return v;
}

/* The lower four, written: windows are among them. */
static inline void insn_write_dbat0u(uint32_t v)
{
    __asm__ volatile("mtspr 536, %0" : : "r"(v) : "memory");
}

static inline void insn_write_dbat0l(uint32_t v)
{
    __asm__ volatile("mtspr 537, %0" : : "r"(v) : "memory");
}

static inline void insn_write_dbat1u(uint32_t v)
{
    __asm__ volatile("mtspr 538, %0" : : "r"(v) : "memory");
}

static inline void insn_write_dbat1l(uint32_t v)
{
    __asm__ volatile("mtspr 539, %0" : : "r"(v) : "memory");
}

static inline void insn_write_dbat2u(uint32_t v)
{
    __asm__ volatile("mtspr 540, %0" : : "r"(v) : "memory");
}

static inline void insn_write_dbat2l(uint32_t v)
{
    __asm__ volatile("mtspr 541, %0" : : "r"(v) : "memory");
}

static inline void insn_write_dbat3u(uint32_t v)
{
    __asm__ volatile("mtspr 542, %0" : : "r"(v) : "memory");
}

static inline void insn_write_dbat3l(uint32_t v)
{
    __asm__ volatile("mtspr 543, %0" : : "r"(v) : "memory");
}

/* Segment register of an address. */
static inline uint32_t insn_read_segment(uintptr_t va)
{
    uint32_t v;

    __asm__ volatile("mfsrin %0,%1" : "=r"(v) : "r"(va) : "memory");
    return v;
}

#endif
