/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file mips.h  Calls between the files of the board. */
#ifndef BOARD_MIPS_H
#define BOARD_MIPS_H

#include <stdbool.h>
#include <stdint.h>

/* ---- start.S ---- */

/** 4 KiB aligned: refill, general and interrupt vectors. */
extern const unsigned char board_vectors[];

/** Entry of a CPU that was let out of reset; 4 KiB aligned, because its reset base is. */
void board_secondary_reset(void);

/** The same, for a VPE. */
void board_secondary_vpe(void);

/** Sets the cacheability of KSEG0; runs uncached meanwhile. */
void board_set_kseg0(uint32_t cca);

/** UHI operation "exit". Returns only if nobody listens. */
void board_uhi_exit(int code);

/* ---- smp.S ---- */

/** Starts VPE 1 of this core at @p entry. */
void board_start_vpe(void (*entry)(void));

/* ---- smp.c ---- */

/** Cacheability that KSEG0 and all cacheable TLB entries have on this machine. */
uint32_t board_cca(void);

/** CPUs that this machine has and the board can start. */
uint32_t board_cpus(void);

/** The machine has a coherence manager, and with it a GIC and cores that start by power controller. */
bool board_has_cm(void);

/* ---- tlb.c ---- */

/** Empties the TLB of this CPU, and wires the library's entries. */
void tlb_init(void);

/* ---- timer.c ---- */

/** Starts the ticks of this CPU. */
void timer_init_cpu(void);
void timer_interrupt(void);

/* ---- irq.c ---- */

void irq_init_boot_cpu(void);
void irq_init_cpu(void);

/** Is this CPU in an interrupt handler? */
bool irq_active(void);

/* ---- boot.c, called from start.S ---- */

_Noreturn void board_boot_cpu0(const char *const *argv, const char *const *envp);
_Noreturn void board_boot_secondary(void);
_Noreturn void board_fatal_exception(uint32_t cause, uint32_t pc, uint32_t bad_address);
void board_irq(void);

/** Value of a variable that the boot monitor gave; NULL: there is none. */
const char *board_monitor_variable(const char *name);

#endif
