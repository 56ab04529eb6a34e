/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file arm.h  Calls between the files of an ARM board, whoever of arm/ or the board has them. */
#ifndef BOARD_ARM_H
#define BOARD_ARM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- translation tables: mmu.c, or mmu_lpae.c ---- */

enum mmu_type {
    MMU_DEVICE,
    MMU_CACHED,  /**< Normal, write-back, shared by the CPUs, not executable */
    MMU_CODE,    /**< the same, executable */
    MMU_UNCACHED /**< Normal Non-cacheable */
};

struct mmu_range {
    uint32_t va; /**< all of them multiples of 2 MiB */
    uint64_t phys;
    uint32_t size;
    enum mmu_type type;
};

/** What the board maps before any instruction needs it; a later entry overrides an earlier one. */
extern const struct mmu_range mmu_ranges[];
extern const size_t mmu_range_count;

/** Fills the tables of the boot CPU. Caches off. */
void mmu_build(void);

/** Turns the MMU and the caches of this CPU on. Needs no stack. */
void mmu_enable(void);

/** Virtual address of the table that the CPUs walk, as dmacoh_mmu.root wants it. */
uintptr_t mmu_root(void);

/* ---- interrupts: gic.c ---- */

void gic_init_boot_cpu(void);
void gic_init_cpu(void);

/** Routes an interrupt to CPU 0 and its handler. */
void gic_enable(uint32_t intid, void (*handler)(void));

/** Sends the wake-up interrupt to the CPUs of the mask. */
void gic_wake(uint32_t cpus);

/* ---- start.S ---- */

void board_secondary_start(void);
uint32_t board_semihost(uint32_t op, const void *block);

/* ---- park.S, on boards whose CPUs all start at the same time ---- */

/** Addresses of the flags register and of the CPU's interrupt interface. */
extern const uint32_t board_park[2];

/* ---- boot.c, called from start.S ---- */

_Noreturn void board_boot_cpu0(void);
_Noreturn void board_boot_secondary(void);
_Noreturn void board_fatal_exception(uint32_t kind, uint32_t pc);
void board_irq(void);

/* ---- the board's own part of it ---- */

/** Once, on the boot CPU, before its caches are on: caches that the CPU itself does not know. */
void board_before_caches(void);

/** Lets a CPU run board_secondary_start(). False: there is no such CPU. */
bool board_release_cpu(uint32_t cpu);

/** Where semihosting is off: the machine's own switch, if it has one. */
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
