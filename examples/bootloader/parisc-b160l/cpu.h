/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file cpu.h
 * One static inline per instruction of PA-RISC 1.1 that the board uses. No policy here.
 *
 * Every wrapper that changes the machine's state clobbers "memory": the compiler must not move a
 * load or store across it.
 */
#ifndef BOARD_CPU_H
#define BOARD_CPU_H

#include <stdint.h>

#define PSW_I    0x00000001u /* interrupts are let in */
#define PSW_D    0x00000002u /* data addresses are translated */
#define PSW_Q    0x00000008u /* an interruption saves where it struck */
#define PSW_C    0x00040000u /* code addresses are translated */
#define PSW_VIRT (PSW_C | PSW_D | PSW_Q)

#define CR_EIEM  15 /* interrupts that are let in */
#define CR_TIMER 16 /* read: the clock; write: when to interrupt */
#define CR_EIRR  23 /* interrupts that are there; write 1 to clear */
#define CR_CPU   27 /* free for the system: the number of this CPU */

#define cpu_mfctl(cr)                                                                              \
    __extension__({                                                                                \
        uint32_t value_;                                                                           \
        __asm__ volatile("mfctl %%cr%c1, %0" : "=r"(value_) : "i"(cr) : "memory");                 \
        value_;                                                                                    \
    })

#define cpu_mtctl(cr, value)                                                                       \
    __asm__ volatile("mtctl %1, %%cr%c0" ::"i"(cr), "r"((uint32_t)(value)) : "memory")

static inline void cpu_sync(void)
{
    __asm__ volatile("sync" ::: "memory");
}

/* Returns the old I bit; cpu_irq_restore() takes it. */
static inline uint32_t cpu_irq_save(void)
{
    uint32_t mask;

    __asm__ volatile("rsm 1, %0" : "=r"(mask)::"memory");
    return mask & PSW_I;
}

static inline void cpu_irq_restore(uint32_t state)
{
    if (state != 0) {
        __asm__ volatile("ssm 1, %%r0" ::: "memory");
    }
}

static inline uint32_t cpu_system_mask(void)
{
    uint32_t mask;

    __asm__ volatile("ssm 0, %0" : "=r"(mask)::"memory");
    return mask;
}

/* Load and clear: 0 if another CPU was first. The word is aligned to 16 bytes. */
static inline uint32_t cpu_ldcw(volatile uint32_t *word)
{
    uint32_t value;

    __asm__ volatile("ldcw 0(%1), %0" : "=r"(value) : "r"(word) : "memory");
    return value;
}

/* Writes a line back and drops it, in all data caches. */
static inline void cpu_fdc(uintptr_t address)
{
    __asm__ volatile("fdc %%r0(%0)" ::"r"(address) : "memory");
}

/* A no-operation that the emulator takes for "nothing to do until the next interrupt". */
static inline void cpu_idle(void)
{
    __asm__ volatile("or %%r10, %%r10, %%r10" ::: "memory");
}

#endif
