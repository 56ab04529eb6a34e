/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file b160l.h  Calls between the files of this board. */
#ifndef BOARD_B160L_H
#define BOARD_B160L_H

#include <stdbool.h>
#include <stdint.h>

/** What an interruption saves of where it struck; vectors.S writes it in this order. */
struct interruption {
    uint32_t space[2];  /**< the two instructions that are next */
    uint32_t offset[2]; /**< their addresses */
    uint32_t psw;
    uint32_t insn; /**< that failed */
    uint32_t data_space;
    uint32_t data_offset; /**< address that failed */
};

#define VECTOR_EXTERNAL 4u

/* ---- start.S, vectors.S ---- */

void board_secondary_start(void);

/** Goes on with another PSW. */
void board_set_psw(uint32_t psw);

/** Calls firmware; translation is off. Its status: 0 or more if it did what was asked for. */
int board_pdc_call(uint32_t procedure, uint32_t option, uint32_t arg2, uint32_t arg3);

/* ---- boot.c, called from assembler ---- */

_Noreturn void board_boot_cpu0(const char *arguments);
_Noreturn void board_boot_secondary(uint32_t cpu);
void board_interruption(uint32_t vector, const struct interruption *where);

bool board_in_interrupt(void);

/* ---- dma_config.c ---- */

/** Asks firmware about the caches; translation is off. */
void board_ask_firmware(void);

/* ---- tables.c ---- */

/** Fills the tables that the miss handlers look at. */
void tables_build(void);

/** Service of the library: what the tables say about a page. */
int tables_query(void *ctx, uintptr_t va, uint64_t *phys, uint32_t *attr);

/* ---- irq.c ---- */

void irq_init_cpu(void);

/** Handles the external interrupts of this CPU. */
void irq_dispatch(void);

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
