/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file cpu.h
 * One static inline per instruction of Book E PowerPC that a board uses. No policy here.
 *
 * Every wrapper that changes the machine's state clobbers "memory": the compiler must not move a
 * load or store across it.
 */
#ifndef BOARD_CPU_H
#define BOARD_CPU_H

#include <stdint.h>

#define MSR_WE 0x00040000u /* sleep until an interrupt */
#define MSR_EE 0x00008000u
#define MSR_ME 0x00001000u

#define SPR_DEAR 61
#define SPR_ESR  62
#define SPR_IVPR 63
#define SPR_TBL  268
#define SPR_TBU  269
#define SPR_PIR  286
#define SPR_PVR  287

#define cpu_mfspr(spr)                                                                             \
    __extension__({                                                                                \
        uint32_t value_;                                                                           \
        __asm__ volatile("mfspr %0, %1" : "=r"(value_) : "i"(spr) : "memory");                     \
        value_;                                                                                    \
    })

#define cpu_mtspr(spr, value)                                                                      \
    __asm__ volatile("mtspr %0, %1" ::"i"(spr), "r"((uint32_t)(value)) : "memory")

static inline void cpu_msync(void)
{
    __asm__ volatile("msync" ::: "memory");
}

static inline void cpu_isync(void)
{
    __asm__ volatile("isync" ::: "memory");
}

static inline uint32_t cpu_mfmsr(void)
{
    uint32_t value;

    __asm__ volatile("mfmsr %0" : "=r"(value)::"memory");
    return value;
}

static inline void cpu_mtmsr(uint32_t value)
{
    __asm__ volatile("mtmsr %0\n\tisync" ::"r"(value) : "memory");
}

/* Returns the old EE bit; cpu_irq_restore() takes it. */
static inline uint32_t cpu_irq_save(void)
{
    const uint32_t state = cpu_mfmsr() & MSR_EE;

    __asm__ volatile("wrteei 0" ::: "memory");
    return state;
}

static inline void cpu_irq_restore(uint32_t state)
{
    __asm__ volatile("wrtee %0" ::"r"(state) : "memory");
}

static inline uint64_t cpu_timebase(void)
{
    uint32_t high;
    uint32_t low;

    do {
        high = cpu_mfspr(SPR_TBU);
        low = cpu_mfspr(SPR_TBL);
    } while (cpu_mfspr(SPR_TBU) != high);
    return (uint64_t)high << 32 | low;
}

#endif
