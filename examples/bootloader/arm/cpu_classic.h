/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file cpu_classic.h
 * One static inline per instruction that the board uses, all known to ARMv5 and ARMv6. No policy
 * here.
 */
#ifndef BOARD_CPU_CLASSIC_H
#define BOARD_CPU_CLASSIC_H

#include <stdint.h>

#define CPSR_MODE_MASK 0x1fu
#define CPSR_MODE_IRQ  0x12u
#define CPSR_I         0x80u

static inline uint32_t cpu_read_cpsr(void)
{
    uint32_t value;

    __asm__ volatile("mrs %0, cpsr" : "=r"(value)::"memory");
    return value;
}

/* Control field only: the flags belong to the compiler. */
static inline void cpu_write_cpsr_c(uint32_t value)
{
    __asm__ volatile("msr cpsr_c, %0" ::"r"(value) : "memory");
}

static inline uint32_t cpu_read_midr(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c0, c0, 0" : "=r"(value));
    return value;
}

static inline uint32_t cpu_read_sctlr(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(value)::"memory");
    return value;
}

/*
 * The read behind it: no ARMv5 has a barrier for instructions, but none returns before the write is
 * done.
 */
static inline void cpu_write_sctlr(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c1, c0, 0\n\t"
                     "mrc p15, 0, %0, c1, c0, 0\n\t"
                     "mov %0, %0"
                     : "+r"(value)::"memory");
}

static inline uint32_t cpu_read_actlr(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c1, c0, 1" : "=r"(value)::"memory");
    return value;
}

static inline void cpu_write_actlr(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c1, c0, 1" ::"r"(value) : "memory");
}

static inline void cpu_write_ttbr0(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c2, c0, 0" ::"r"(value) : "memory");
}

static inline void cpu_write_dacr(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c3, c0, 0" ::"r"(value) : "memory");
}

static inline uint32_t cpu_read_dfsr(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c5, c0, 0" : "=r"(value)::"memory");
    return value;
}

static inline uint32_t cpu_read_dfar(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(value)::"memory");
    return value;
}

/* Drain the write buffer; ARMv6 calls it a data synchronization barrier. */
static inline void cpu_dsb(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 4" ::"r"(0) : "memory");
}

static inline void cpu_clean_line(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 1" ::"r"(va) : "memory");
}

static inline void cpu_icache_inval(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c5, 0" ::"r"(0) : "memory");
}

static inline void cpu_tlb_inval_all(void)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c7, 0" ::"r"(0) : "memory");
}

static inline void cpu_tlb_inval(uintptr_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c7, 1" ::"r"(va) : "memory");
}

static inline void cpu_irq_disable(void)
{
    cpu_write_cpsr_c(cpu_read_cpsr() | CPSR_I);
}

static inline void cpu_irq_enable(void)
{
    cpu_write_cpsr_c(cpu_read_cpsr() & ~CPSR_I);
}

#endif
