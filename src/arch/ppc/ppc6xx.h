/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc6xx.h
 * @brief What the files of the backend of the classic CPUs share. Private.
 */
#ifndef DMACOH_PPC6XX_H
#define DMACOH_PPC6XX_H

#include "backend.h"
#include "ppc_live.h"

DMACOH_BE_DECLARE(ppc6xx)
void dmacoh_ppc6xx_boot_cache_inval(bool boot_cpu);

/* Run-time facts in struct dmacoh, be_priv[]. */
enum ppc6xx_priv {
    PPC6XX_WIN_LOWER = 0 /* attributes and permissions of a window's BAT */
};

/* Operations reach other CPUs only with a bit set: HID0[ABE], or of 745x HID1[ABE]. */
#define PPC6XX_P_ABE_HID0 BE_P_OWN(0)
#define PPC6XX_P_ABE_HID1 BE_P_OWN(1)
/* Four more data BATs: always, or with a bit of HID2 (G2_LE, e300), of HID0 (7455 and later). */
#define PPC6XX_P_8BATS      BE_P_OWN(2)
#define PPC6XX_P_8BATS_HID2 BE_P_OWN(3)
#define PPC6XX_P_8BATS_HID0 BE_P_OWN(4)

/* A BAT maps 128 KiB at least; so that much is a window slot's address space. */
#define BAT_BLOCK 0x20000u
#define BATS_LOW  4u /* of which the windows are */

#define BATU_VS    0x00000002u /* valid for the supervisor */
#define BATL_WIMG  3u          /* shift */
#define BATL_PP_RW 0x00000002u

/* Policy row of this CPU. */
const struct dmacoh_policy *ppc6xx_policy(uint32_t pvr);

/* Data BATs that are in use, 4 or 8. */
uint32_t ppc6xx_bats(const struct dmacoh *c);

/* Data BAT i of this CPU. False: not valid. */
bool ppc6xx_bat_read(uint32_t i, uintptr_t *va, struct ppc_map *map);

/*
 * Write data BAT i, 0..3: empty, then the new one. An upper half of 0 leaves it empty. Interrupts are
 * off.
 */
void ppc6xx_bat_write(uint32_t i, uint32_t upper, uint32_t lower);

/* Is part of [va, va + len) mapped by a BAT? */
bool ppc6xx_bat_maps(const struct dmacoh *c, uintptr_t va, uint64_t len);

/* The page of va in the host's hash table, which mmu.root names. */
bool ppc6xx_hash_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map);

/* For ppc_live.h: BATs come first, as in hardware. */
bool ppc6xx_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map);

/* Are the BATs and addresses of the windows free on this CPU? */
int ppc6xx_windows_free(const struct dmacoh *c);

#endif
