/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file cpu.h
 * @brief The CPUs, one row each: which instructions operate on caches, and how a function is called.
 */
#ifndef MC_CPU_H
#define MC_CPU_H

#include <stdbool.h>
#include <stdint.h>

enum insn_kind {
    INSN_OTHER, /* nothing of interest */
    INSN_CLEAN,
    INSN_INVAL,
    INSN_CLEAN_INVAL,
    INSN_BARRIER, /* waits until earlier cache operations are complete */
    INSN_ORDER,   /* a barrier that does not */
    INSN_TLB,     /* takes translations out of the TLB */
    INSN_TLB_REG, /* writes a register that such an instruction uses */
    INSN_BAD      /* nothing that the library may use in these tests: set and way, an unknown one */
};

/* One instruction: the address that it operates on is that of its registers and the offset. */
#define REG_NONE 0xffu
struct insn {
    enum insn_kind kind;
    uint8_t base, index; /* register numbers of the architecture, or REG_NONE */
    int32_t offset;
    uint8_t accesses; /* memory accesses that the emulator makes of it: none of the program's */
};

/* Memory as one address shows it. */
struct place {
    uint32_t phys;
    bool uncached;
};

struct emulator;
struct windows;
struct cpu {
    const char *backend, *name;
    const struct emulator *emu;
    int arch, mode, model; /* Unicorn's numbers */
    uint32_t line;         /* bytes, of the model */
    bool speculates;
    bool inval_may_clean;
    uint32_t init_flags; /* DMACOH_F_* that the backend demands */
    uint32_t method;     /* DMACOH_M_* of uncached memory */
    uint32_t fact_cpu;   /* struct dmacoh_cpu_facts; 0: the CPU can be asked */
    bool no_uncached;    /* memory cannot be mapped uncached */
    uint32_t max_piece;  /* longest buffer, where emulation is slow; 0: no limit */
    bool by_va;          /* lines are found by virtual address: DMACOH_REGION_CLEAN is demanded */

    struct insn (*decode)(uint32_t word);
    uint32_t nop; /* takes an instruction out */

    /* The same on the same line, as a clean. NULL: nothing cleans a line and keeps it. */
    uint32_t (*as_clean)(uint32_t word);

    int (*reg)(uint32_t n); /* Unicorn's number of register n */
    uint8_t arg[4], result, stack, link;
    uint8_t callee; /* register that holds the callee's address, or REG_NONE */
    uint32_t frame; /* bytes above the stack pointer that the callee may write */
    int pc;         /* Unicorn's number */

    uint32_t cached_va, uncached_va; /* add to a physical address */
    struct place (*locate)(uint32_t va);

    const struct windows *windows; /* NULL: none */
};

/** The row of a CPU by its name; NULL: there is none. */
const struct cpu *cpu_find(const char *name);

/** Prints a line for each CPU. */
void cpu_list(void);

/** The rows of one architecture, ended by a row without a name. */
extern const struct cpu cpu_arm[], cpu_mips[], cpu_pa[], cpu_ppc[];

/** Physical addresses of the arena: its part below HIGH_AT, and the rest. */
#define LOW_PHYS  0x00200000u
#define HIGH_PHYS 0x30000000u

/** Addresses are physical ones, and the stolen memory is uncached. */
struct place cpu_flat(uint32_t va);

/** Offset in the arena of a physical address, or ARENA_NONE; and the other way round. */
uint32_t arena_at(uint64_t phys);
uint32_t arena_phys(uint32_t at);

#endif
