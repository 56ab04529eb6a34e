/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pl310_insn.h
 * @brief Accesses to the registers of a PL310 (L2C-310), on a target. Private.
 *
 * Device memory: accesses of one CPU to the controller stay in program order. "memory", because a write
 * is a cache operation: the compiler must not move a buffer access across it.
 */
#ifndef DMACOH_PL310_INSN_H
#define DMACOH_PL310_INSN_H

#include <stdint.h>

static inline void insn_l2_write(uintptr_t reg, uint32_t v)
{
    __asm__ volatile("" : : : "memory");
    *(volatile uint32_t *)reg = v;
    __asm__ volatile("" : : : "memory");
}

static inline uint32_t insn_l2_read(uintptr_t reg)
{
    const uint32_t v = *(const volatile uint32_t *)reg;

    __asm__ volatile("" : : : "memory");
    return v;
}

#endif
