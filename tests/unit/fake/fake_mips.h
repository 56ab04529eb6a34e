/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file fake_mips.h
 * @brief The fake machine's MIPS registers and TLB entries. Tests set them, the instructions change them.
 */
#ifndef DMACOH_UNIT_FAKE_MIPS_H
#define DMACOH_UNIT_FAKE_MIPS_H

#include "fake.h"

#define FAKE_MIPS_TLB 32u

/* A pair of pages. */
struct fake_mips_entry {
    uint32_t hi, lo0, lo1, mask;
};

struct fake_mips {
    uint32_t index, lo0, lo1, mask, wired, hi;
    uint32_t prid, config, config1, config2, config3, cbr;
    uint32_t pfn_bits; /* those of EntryLo that exist */
    uint32_t rac;      /* the register of the read-ahead cache */
    uintptr_t rac_va;  /* its address */
    struct fake_mips_entry tlb[FAKE_CPUS][FAKE_MIPS_TLB];
    bool
        pending; /* no hazard barrier stands behind the last write of a register or TLB instruction */
};

/* The machine that runs now. */
extern struct fake_mips fake_mips;

/* A 24K without an L2: L1 of 32-byte lines and 8 KiB ways; no entry of the TLB matches anything. */
void fake_mips_init(void);

/* The value that an operation on the second level has in the log. */
#define FAKE_MIPS_L2 2u
void fake_mips_op(enum fake_kind kind, uintptr_t va, uint32_t level);

void fake_mips_write(uint32_t *reg, uint32_t v);
uint32_t fake_mips_read(const uint32_t *reg);
void fake_mips_ehb(void);
void fake_mips_tlbp(void);
void fake_mips_tlbr(void);
void fake_mips_tlbwi(void);
uint32_t fake_mips_core_read(uintptr_t va);
void fake_mips_core_write(uintptr_t va, uint32_t v);

#endif
