/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file arm_virt.h  Calls between the files of this board. */
#ifndef ARM_VIRT_H
#define ARM_VIRT_H

#include <stdint.h>

/* mmu.c */
extern uint32_t mmu_l1[4096];
void mmu_build(void);
void mmu_enable(void);

/* gic.c */
void gic_init_cpu0(void);
void gic_init_cpu1(void);

/* start.S */
void board_secondary_start(void);
uint32_t board_semihost(uint32_t op, const void *block);
uint32_t board_psci(uint32_t function, uint32_t a, uint32_t b, uint32_t c);

/* called from start.S */
_Noreturn void board_boot_cpu0(void);
_Noreturn void board_boot_cpu1(void);
_Noreturn void board_fatal_exception(uint32_t kind, uint32_t pc);
void board_irq(void);

/* Registers of the board's own devices, in CPU byte order. */
static inline uint32_t reg_read(uintptr_t address)
{
    return *(const volatile uint32_t *)address;
}

static inline void reg_write(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

#endif
