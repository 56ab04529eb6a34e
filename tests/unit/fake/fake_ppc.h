/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file fake_ppc.h
 * @brief The fake machine's PowerPC registers and TLB entries. Tests set them, tlbwe changes them.
 */
#ifndef DMACOH_UNIT_FAKE_PPC_H
#define DMACOH_UNIT_FAKE_PPC_H

#include "fake.h"

#define FAKE_PPC_TLB  64u
#define FAKE_PPC_TLB0 8u /* of e500: entries of the second TLB, found by searches only */

/* e500: MAS1, MAS2, MAS3, MAS7. 44x: words 0, 1, 2 and the TID. */
struct fake_ppc_entry {
    uint32_t word[4];
};

struct fake_ppc {
    uint32_t spr[1024];
    uint32_t segment[16];
    struct fake_ppc_entry tlb[FAKE_PPC_TLB];
    struct fake_ppc_entry tlb0[FAKE_PPC_TLB0];
    uint32_t msr;
    uint32_t polls;    /* e500: reads of registers that show when an invalidation is done */
    bool synchronised; /* an isync stands behind the last mtspr and tlbwe */
};

/* The machine that runs now; a test clears it. */
extern struct fake_ppc fake_ppc;

uint32_t fake_mfspr(uint32_t spr);
void fake_mtspr(uint32_t spr, uint32_t v);
void fake_isync(void);

/* e500, by the MAS registers. */
void fake_mas_tlbwe(void);
void fake_mas_tlbre(void);
void fake_mas_tlbsx(uintptr_t va);

/* 44x and 405, by words. */
uint32_t fake_tlbsx(uintptr_t va);
uint32_t fake_tlbre(uint32_t entry, uint32_t word);
void fake_tlbwe(uint32_t entry, uint32_t word, uint32_t v);

#endif
