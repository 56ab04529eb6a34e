/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc44x.h
 * @brief What the files of the backend of 405, 440, 460 and 476 share. Private.
 */
#ifndef DMACOH_PPC44X_H
#define DMACOH_PPC44X_H

#include "backend.h"
#include "ppc_live.h"

DMACOH_BE_DECLARE(ppc44x)
void dmacoh_ppc44x_boot_cache_inval(bool boot_cpu);

/* Run-time facts in struct dmacoh, be_priv[]. */
enum ppc44x_priv {
    PPC44X_WIN_WORD2 = 0 /* attributes and permissions of a window's entry */
};

/* 405: another format of entries, attributes without translation, no speculative loads. */
#define PPC44X_P_405 BE_P_OWN(0)
/*
 * 476: another format of entries, in sets and ways; lines of 128 bytes in the level 2; masters may snoop.
 */
#define PPC44X_P_476 BE_P_OWN(1)

/* One entry, as tlbre shows it. 405: two words. */
struct ppc44x_entry {
    uint32_t word[3];
};

/* Of 440 and 460; 476 has a format of its own. */
#define TLB_ENTRIES   64u
#define WORD0_VALID   0x00000200u
#define WORD0_SIZE_4K 0x00000010u
#define WORD2_ACCESS  0x0000003fu /* permissions */
#define WORD2_SW_SR   0x00000003u /* read and write, supervisor only; no execution */

/* Policy row of this CPU. */
const struct dmacoh_policy *ppc44x_policy(uint32_t pvr);

/* Entry i. False: not valid. Not on 476. */
bool ppc44x_tlb_read(const struct dmacoh *c, uint32_t i, struct ppc44x_entry *e);

/* The entry of va, if the TLB has it. */
bool ppc44x_tlb_search(const struct dmacoh *c, uintptr_t va, struct ppc44x_entry *e);

/* The same, and if not, the one that the host's miss handler makes. The memory exists. */
bool ppc44x_tlb_get(const struct dmacoh *c, uintptr_t va, struct ppc44x_entry *e);

/* Virtual page of an entry of 440 and 460, and what any entry maps from its first byte on. */
uintptr_t ppc44x_entry_va(const struct ppc44x_entry *e);
struct ppc_map ppc44x_entry_map(const struct dmacoh *c, const struct ppc44x_entry *e);

/* 405: is data addressed without translation? */
bool ppc44x_untranslated(const struct dmacoh *c);

/* For ppc_live.h. */
bool ppc44x_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map);

/* Are the entries and addresses of the windows free on this CPU? */
int ppc44x_windows_free(const struct dmacoh *c);

#endif
