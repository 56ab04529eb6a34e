/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file ppc.h  Calls between the files of a PowerPC board, whoever of ppc/ or the board has them. */
#ifndef BOARD_PPC_H
#define BOARD_PPC_H

#include <stdbool.h>
#include <stdint.h>

/** What an exception saves where it strikes; vectors.S writes it in this order. */
struct exception_frame {
    uint32_t srr0; /**< where it returns to */
    uint32_t srr1; /**< and with which MSR */
};

/* Numbers of exceptions: those of the registers IVOR0 and up. */
#define EXC_EXTERNAL    4u
#define EXC_DECREMENTER 10u
#define EXC_DATA_MISS   13u

/* ---- vectors.S and the board's start.S ---- */

void board_secondary_start(void);

/* ---- boot.c, called from assembler ---- */

_Noreturn void board_boot_cpu0(const void *fdt);
_Noreturn void board_boot_secondary(void);
void board_exception(uint32_t number, struct exception_frame *frame);

/** Number of this CPU. */
uint32_t board_this_cpu(void);

/** Is this CPU in a handler of an external interrupt? */
bool board_in_interrupt(void);

/* ---- timer.c ---- */

/** The decrementer has interrupted. */
void timer_dispatch(void);

/* ---- the board's own part of it ---- */

/** Maps what the board has, on this CPU; CPU 0 comes first. Runs from the map of start.S. */
void mmu_init_cpu(void);

/** Serves a miss of the data TLB. False: nothing is mapped there. */
bool mmu_data_miss(uintptr_t va);

void irq_init_cpu(void);

/** Handles what the interrupt controller has for this CPU. */
void irq_dispatch(void);

/** Lets a CPU run board_secondary_start(). False: there is no such CPU. */
bool board_release_cpu(uint32_t cpu);

/** Turns the machine off, in a way that the emulator's exit status shows. */
_Noreturn void board_power_off(void);

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
