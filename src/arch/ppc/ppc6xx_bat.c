/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The data BATs: translations of large blocks, which come before the page tables. Source: [PPC-OEA-BAT].
 *
 * A register's number is part of the instruction, so there is a case for each.
 */
#include "ppc6xx.h"
#include "ppc6xx_insn.h"

#include "range.h"

#define BATU_BEPI 0xfffe0000u
#define BATU_BL   0x00001ffcu
#define BATL_BRPN 0xfffe0000u

#define HID0_HIGH_BAT 0x00800000u
#define HID2_HBE      0x00040000u

uint32_t ppc6xx_bats(const struct dmacoh *c)
{
    const uint32_t flags = c->policy->flags;

    if ((flags & PPC6XX_P_8BATS) != 0 ||
        ((flags & PPC6XX_P_8BATS_HID2) != 0 && (insn_read_hid2() & HID2_HBE) != 0) ||
        ((flags & PPC6XX_P_8BATS_HID0) != 0 && (insn_read_hid0() & HID0_HIGH_BAT) != 0)) {
        return 8;
    }
    return BATS_LOW;
}

static uint32_t read_upper(uint32_t i)
{
    switch (i) {
    case 0:
        return insn_read_dbat0u();
    case 1:
        return insn_read_dbat1u();
    case 2:
        return insn_read_dbat2u();
    case 3:
        return insn_read_dbat3u();
    case 4:
        return insn_read_dbat4u();
    case 5:
        return insn_read_dbat5u();
    case 6:
        return insn_read_dbat6u();
    default:
        return insn_read_dbat7u();
    }
}

static uint32_t read_lower(uint32_t i)
{
    switch (i) {
    case 0:
        return insn_read_dbat0l();
    case 1:
        return insn_read_dbat1l();
    case 2:
        return insn_read_dbat2l();
    case 3:
        return insn_read_dbat3l();
    case 4:
        return insn_read_dbat4l();
    case 5:
        return insn_read_dbat5l();
    case 6:
        return insn_read_dbat6l();
    default:
        return insn_read_dbat7l();
    }
}

static void write_upper(uint32_t i, uint32_t v)
{
    switch (i) {
    case 0:
        insn_write_dbat0u(v);
        break;
    case 1:
        insn_write_dbat1u(v);
        break;
    case 2:
        insn_write_dbat2u(v);
        break;
    default:
        insn_write_dbat3u(v);
        break;
    }
}

static void write_lower(uint32_t i, uint32_t v)
{
    switch (i) {
    case 0:
        insn_write_dbat0l(v);
        break;
    case 1:
        insn_write_dbat1l(v);
        break;
    case 2:
        insn_write_dbat2l(v);
        break;
    default:
        insn_write_dbat3l(v);
        break;
    }
}

bool ppc6xx_bat_read(uint32_t i, uintptr_t *va, struct ppc_map *map)
{
    const uint32_t upper = read_upper(i);
    const uint32_t lower = read_lower(i);

    *va = upper & BATU_BEPI;
    map->phys = lower & BATL_BRPN;
    map->size = ((uint64_t)(upper & BATU_BL) << 15) + BAT_BLOCK;
    map->wimg = lower >> BATL_WIMG & PPC_WIMG;
    return (upper & BATU_VS) != 0;
}

/* Not valid while its halves do not belong together. */
void ppc6xx_bat_write(uint32_t i, uint32_t upper, uint32_t lower)
{
    insn_isync(); /* accesses before are translated */
    write_upper(i, 0);
    if (upper != 0) {
        write_lower(i, lower);
        write_upper(i, upper);
    }
    insn_isync(); /* the accesses that follow are translated by what was written */
}

bool ppc6xx_bat_maps(const struct dmacoh *c, uintptr_t va, uint64_t len)
{
    const uint32_t n = ppc6xx_bats(c);

    for (uint32_t i = 0; i < n; i++) {
        uintptr_t bat_va;
        struct ppc_map map;

        if (ppc6xx_bat_read(i, &bat_va, &map) && range_overlap(bat_va, map.size, va, len)) {
            return true;
        }
    }
    return false;
}

bool ppc6xx_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map)
{
    const uint32_t n = ppc6xx_bats(c);

    for (uint32_t i = 0; i < n; i++) {
        uintptr_t bat_va;

        if (ppc6xx_bat_read(i, &bat_va, map) && va - bat_va < map->size) {
            map->phys += va - bat_va;
            map->size -= va - bat_va;
            return true;
        }
    }
    return ppc6xx_hash_find(c, va, map);
}
