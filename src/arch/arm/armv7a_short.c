/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Short descriptors: sections, large and small pages. Sources: [ARM-SHORT], [ARM-WALK]. */
#include "armv7a_short.h"
#include "armv7a_tables.h"
#include "mem_insn.h"
#include "short_desc.h"

bool v7_short_walk(const struct dmacoh *c, uintptr_t va, struct v7_entry *e)
{
    const uint32_t l1 = insn_load32(c->mmu.root + (va >> SHORT_SECTION_SHIFT) * 4u);
    uintptr_t table;

    e->size = SHORT_SECTION_SIZE;
    e->domain = l1 & SHORT_L1_DOMAIN;
    if ((l1 & SHORT_L1_SECTION) != 0) {
        e->phys = l1 & SHORT_L1_SECTION_BASE;
        e->bits = short_section_bits(l1);
        return (l1 & SHORT_L1_SUPER) == 0;
    }
    if ((l1 & SHORT_L1_TYPE) == 0 || !v7_table_va(c, l1 & SHORT_L1_TABLE_BASE, &table)) {
        return false;
    }
    const uint32_t l2 = insn_load32(table + (va >> V7_PAGE_SHIFT & 0xffu) * 4u);

    e->size = V7_PAGE_SIZE;
    if ((l2 & SHORT_SMALL) != 0) {
        e->phys = l2 & SHORT_L2_SMALL_BASE;
        e->bits = l2 & SHORT_ALL_BITS;
        return true;
    }
    e->phys =
        (l2 & SHORT_L2_LARGE_BASE) | ((uint32_t)va & ~SHORT_L2_LARGE_BASE & SHORT_L2_SMALL_BASE);
    e->bits = short_large_bits(l2);
    return (l2 & SHORT_L2_TYPE) == SHORT_L2_LARGE;
}
