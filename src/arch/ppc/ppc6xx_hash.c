/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * A page in the host's hash table. Source: [PPC-OEA-HASH].
 *
 * Without a table (mmu.root is 0: 603 and its relatives may fill their TLBs from tables of any other
 * form) nothing is found. The table is only read, and the host may change it meanwhile: pages of regions
 * and of the linear map stay where they are.
 */
#include "mem_insn.h"
#include "ppc6xx.h"
#include "ppc6xx_insn.h"

#define SEGMENT_T    0x80000000u /* not memory */
#define SEGMENT_VSID 0x00ffffffu
#define HASH_VSID    0x0007ffffu
#define SDR1_MASK    0x000001ffu
#define SMALLEST     0x000003ffu /* groups of the smallest table, minus 1 */
#define GROUP_LOG    6u
#define ENTRY        8u /* bytes */
#define PTE0_VALID   0x80000000u
#define PTE0_VSID    7u          /* shift */
#define PTE0_H       0x00000040u /* by the second hash */
#define PTE1_RPN     0xfffff000u
#define PTE1_WIMG    3u /* shift */
#define PAGE         4096u

/* The entry among the eight of a group. */
static bool in_group(uintptr_t group, uint32_t want, uint32_t *pte1)
{
    const uintptr_t end = group + (1u << GROUP_LOG);

    for (uintptr_t entry = group; entry != end; entry += ENTRY) {
        if (insn_load32(entry) == want) {
            *pte1 = insn_load32(entry + 4u);
            return true;
        }
    }
    return false;
}

bool ppc6xx_hash_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map)
{
    const uint32_t segment = insn_read_segment(va);
    const uint32_t vsid = segment & SEGMENT_VSID;
    const uint32_t page = (uint32_t)va >> 12 & 0xffffu;
    const uint32_t hash = (vsid & HASH_VSID) ^ page;
    const uint32_t mask = (insn_read_sdr1() & SDR1_MASK) << 10 | SMALLEST;
    const uint32_t want = PTE0_VALID | vsid << PTE0_VSID | page >> 10;
    uint32_t pte1 = 0;

    if (c->mmu.root == 0 || (segment & SEGMENT_T) != 0) {
        return false;
    }
    if (!in_group(c->mmu.root + ((hash & mask) << GROUP_LOG), want, &pte1) &&
        !in_group(c->mmu.root + ((~hash & mask) << GROUP_LOG), want | PTE0_H, &pte1)) {
        return false;
    }
    const uint32_t in_page = (uint32_t)va & (PAGE - 1u);

    map->phys = (pte1 & PTE1_RPN) | in_page;
    map->size = PAGE - in_page;
    map->wimg = pte1 >> PTE1_WIMG & PPC_WIMG;
    return true;
}
