/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Short descriptors: sections, large and small pages. Sources: [ARM-SHORT], [ARM-WALK]. */
#include "armv7a_short.h"
#include "armv7a_tables.h"
#include "mem_insn.h"

#define SECTION_SHIFT 20u
#define SECTION_SIZE  (1u << SECTION_SHIFT)

/* First level */
#define L1_TYPE         0x3u
#define L1_SECTION_BIT  0x2u
#define L1_TABLE_BASE   0xfffffc00u
#define L1_SECTION_BASE 0xfff00000u
#define L1_SUPER        0x00040000u
#define L1_DOMAIN       0x000001e0u
/* Second level */
#define L2_TYPE       0x3u
#define L2_LARGE      0x1u
#define L2_SMALL_BIT  0x2u
#define L2_SMALL_BASE 0xfffff000u
#define L2_LARGE_BASE 0xffff0000u

/* A section has TEX at 14:12, AP at 11:10, AP2, S, nG at 15, 16, 17, XN at 4. */
static uint32_t section_bits(uint32_t d)
{
    return (d & (PTE_C | PTE_B)) | (d >> 4 & PTE_XN) | (d >> 6 & (PTE_AP | PTE_TEX)) |
           (d >> 6 & 0xe00u) | L2_SMALL_BIT;
}

/* A large page differs from a small one in TEX at 14:12 and XN at 15. */
static uint32_t large_bits(uint32_t d)
{
    return (d & 0xe3cu) | (d >> 6 & PTE_TEX) | (d >> 15 & PTE_XN) | L2_SMALL_BIT;
}

bool v7_short_walk(const struct dmacoh *c, uintptr_t va, struct v7_entry *e)
{
    const uint32_t l1 = insn_load32(c->mmu.root + (va >> SECTION_SHIFT) * 4u);
    uintptr_t table;

    e->size = SECTION_SIZE;
    e->domain = l1 & L1_DOMAIN;
    if ((l1 & L1_SECTION_BIT) != 0) {
        e->phys = l1 & L1_SECTION_BASE;
        e->bits = section_bits(l1);
        return (l1 & L1_SUPER) == 0;
    }
    if ((l1 & L1_TYPE) == 0 || !v7_table_va(c, l1 & L1_TABLE_BASE, &table)) {
        return false;
    }
    const uint32_t l2 = insn_load32(table + (va >> V7_PAGE_SHIFT & 0xffu) * 4u);

    e->size = V7_PAGE_SIZE;
    if ((l2 & L2_SMALL_BIT) != 0) {
        e->phys = l2 & L2_SMALL_BASE;
        e->bits = l2 & ALL_BITS;
        return true;
    }
    e->phys = (l2 & L2_LARGE_BASE) | ((uint32_t)va & ~L2_LARGE_BASE & L2_SMALL_BASE);
    e->bits = large_bits(l2);
    return (l2 & L2_TYPE) == L2_LARGE;
}
