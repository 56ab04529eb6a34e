/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file cpu.h
 * One static inline per instruction of ARMv7-A that a board uses. No policy here. boot.c, gic.c and
 * port.c serve ARMv6, too: what they use has its older form there.
 *
 * Every wrapper that changes the machine's state clobbers "memory": the compiler must not move a
 * load or store across it.
 */
#ifndef BOARD_CPU_H
#define BOARD_CPU_H

#include <stdint.h>

#define CPSR_MODE_MASK 0x1fu
#define CPSR_MODE_IRQ  0x12u
#define CPSR_I         0x80u

static inline void cpu_dsb(void)
{
#if __ARM_ARCH >= 7
    __asm__ volatile("dsb" ::: "memory");
#else
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 4" ::"r"(0) : "memory");
#endif
}

static inline void cpu_isb(void)
{
    __asm__ volatile("isb" ::: "memory");
}

static inline void cpu_wfi(void)
{
    __asm__ volatile("wfi" ::: "memory");
}

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

static inline void cpu_irq_disable(void)
{
    __asm__ volatile("cpsid i" ::: "memory");
}

static inline void cpu_irq_enable(void)
{
    __asm__ volatile("cpsie i" ::: "memory");
}

static inline uint32_t cpu_read_midr(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c0, c0, 0" : "=r"(value));
    return value;
}

static inline uint32_t cpu_read_mpidr(void)
{
    uint32_t value;

    /* volatile: the value differs between CPUs, so two reads are not one. */
    __asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(value));
    return value;
}

static inline uint32_t cpu_read_sctlr(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(value)::"memory");
    return value;
}

static inline void cpu_write_sctlr(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c1, c0, 0" ::"r"(value) : "memory");
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

static inline void cpu_write_ttbr0_64(uint64_t value)
{
    __asm__ volatile("mcrr p15, 0, %Q0, %R0, c2" ::"r"(value) : "memory");
}

static inline void cpu_write_mair0(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c10, c2, 0" ::"r"(value) : "memory");
}

static inline void cpu_write_ttbcr(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c2, c0, 2" ::"r"(value) : "memory");
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

static inline void cpu_iciallu(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c5, 0" ::"r"(0) : "memory");
}

static inline void cpu_bpiall(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c5, 6" ::"r"(0) : "memory");
}

static inline void cpu_tlbiall(void)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c7, 0" ::"r"(0) : "memory");
}

static inline void cpu_tlbimvaais(uint32_t va)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c3, 3" ::"r"(va) : "memory");
}

static inline uint32_t cpu_read_cntfrq(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(value));
    return value;
}

static inline void cpu_write_cntv_tval(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 0" ::"r"(value) : "memory");
}

static inline void cpu_write_cntv_ctl(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 1" ::"r"(value) : "memory");
}

static inline uint64_t cpu_read_cntvct(void)
{
    uint64_t value;

    __asm__ volatile("mrrc p15, 1, %Q0, %R0, c14" : "=r"(value)::"memory");
    return value;
}

#endif
