/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file e500.h
 * @brief What the files of the e500 backend share. Private.
 */
#ifndef DMACOH_E500_H
#define DMACOH_E500_H

#include "backend.h"
#include "ppc_live.h"

DMACOH_BE_DECLARE(e500)
void dmacoh_e500_boot_cache_inval(bool boot_cpu);

/* Run-time facts in struct dmacoh, be_priv[]. */
enum e500_priv {
    E500_WIN_WIMGE = 0 /* attributes of a window, as in MAS2 */
};

/* Physical addresses of 36 bits: there is a MAS7. */
#define E500_P_PA36 BE_P_OWN(0)

/* One entry, as the MAS registers show it. */
struct e500_entry {
    uint32_t mas0, mas1, mas2, mas3, mas7;
};

#define MAS0_TLB1(entry) (0x10000000u | (uint32_t)(entry) << 16)
#define MAS1_VALID       0x80000000u
#define MAS1_IPROT       0x40000000u
#define MAS1_TSIZE_4K    0x00000100u
#define MAS2_WIMGE       0x0000001fu
#define MAS3_SR_SW       0x00000005u /* read and write, supervisor only; no execution */

/* Policy row of this CPU. */
const struct dmacoh_policy *e500_policy(uint32_t pvr);

/* Entries of TLB1. */
uint32_t e500_tlb1_entries(void);

/* TLB1 entry i of this CPU. False: not valid. */
bool e500_tlb1_read(const struct dmacoh *c, uint32_t i, struct e500_entry *e);

/* The entry of va, if the TLB has it. */
bool e500_tlb_search(const struct dmacoh *c, uintptr_t va, struct e500_entry *e);

/* The same, and if not, the one that the host's miss handler makes. The memory exists. */
bool e500_tlb_get(const struct dmacoh *c, uintptr_t va, struct e500_entry *e);

/* Virtual page of an entry, and what it maps from its first byte on. */
uintptr_t e500_entry_va(const struct e500_entry *e);
struct ppc_map e500_entry_map(const struct e500_entry *e);

/* For ppc_live.h. */
bool e500_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map);

/* Are the entries and addresses of the windows free on this CPU? */
int e500_windows_free(const struct dmacoh *c);

#endif
