/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file cpu.h
 * The instructions and system registers of ARMv7-M that the board uses. No policy here.
 */
#ifndef BOARD_CPU_H
#define BOARD_CPU_H

#include <stdint.h>

#define SCS_ICSR     0xe000ed04u
#define SCS_CCR      0xe000ed14u
#define SCS_CFSR     0xe000ed28u
#define SCS_MPU_CTRL 0xe000ed94u
#define SCS_MPU_RNR  0xe000ed98u
#define SCS_MPU_RBAR 0xe000ed9cu
#define SCS_MPU_RASR 0xe000eda0u

static inline void cpu_dsb(void)
{
    __asm__ volatile("dsb" ::: "memory");
}

static inline void cpu_isb(void)
{
    __asm__ volatile("isb" ::: "memory");
}

/* PRIMASK: 1 while interrupts are masked. */
static inline uint32_t cpu_read_primask(void)
{
    uint32_t value;

    __asm__ volatile("mrs %0, primask" : "=r"(value)::"memory");
    return value;
}

static inline void cpu_write_primask(uint32_t value)
{
    __asm__ volatile("msr primask, %0" ::"r"(value) : "memory");
}

/* Number of the exception that is being handled; 0 in a thread. */
static inline uint32_t cpu_read_ipsr(void)
{
    uint32_t value;

    __asm__ volatile("mrs %0, ipsr" : "=r"(value)::"memory");
    return value;
}

static inline void cpu_semihost(uint32_t op, const void *block)
{
    register uint32_t r0 __asm__("r0") = op;
    register const void *r1 __asm__("r1") = block;

    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static inline uint32_t reg_read(uintptr_t address)
{
    return *(const volatile uint32_t *)address;
}

static inline void reg_write(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

#endif
