/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Short-descriptor tables, read only. Sources: [ARM-SHORT], [ARM-V5MMU]. */
#include "short_desc.h"

#include "mem_insn.h"
#include "memmap.h"

#define L1_FINE     0x3u
#define L2_EXTENDED 0x3u

/* In the older format a small page has permissions where the newer one has TEX, unless it is extended. */
static uint32_t small_bits(enum short_format format, uint32_t d)
{
    if (format == SHORT_V5) {
        return d & (SHORT_C | SHORT_B | ((d & SHORT_L2_TYPE) == L2_EXTENDED ? SHORT_TEX : 0));
    }
    return d & SHORT_ALL_BITS;
}

static bool section(enum short_format format, uint32_t l1, struct short_entry *e)
{
    /* The older format has tables of 1 KiB pages there, the newer one nothing. Sixteen MiB: not here. */
    if ((l1 & SHORT_L1_TYPE) == L1_FINE || (format == SHORT_V6 && (l1 & SHORT_L1_SUPER) != 0)) {
        return false;
    }
    e->valid = true;
    e->phys = l1 & SHORT_L1_SECTION_BASE;
    e->bits = short_section_bits(l1);
    return true;
}

static void page(enum short_format format, uint32_t l2, uintptr_t va, struct short_entry *e)
{
    e->size = SHORT_PAGE_SIZE;
    if ((l2 & SHORT_SMALL) != 0) {
        e->valid = true;
        e->phys = l2 & SHORT_L2_SMALL_BASE;
        e->bits = small_bits(format, l2);
    } else if ((l2 & SHORT_L2_TYPE) == SHORT_L2_LARGE) {
        e->valid = true;
        e->phys = (l2 & SHORT_L2_LARGE_BASE) |
                  ((uint32_t)va & ~SHORT_L2_LARGE_BASE & SHORT_L2_SMALL_BASE);
        e->bits = short_large_bits(l2);
    }
}

bool short_walk(const struct dmacoh *c, enum short_format format, uintptr_t va,
                struct short_entry *e)
{
    const uint32_t l1 = insn_load32(c->mmu.root + (va >> SHORT_SECTION_SHIFT) * 4u);

    e->valid = false;
    e->size = SHORT_SECTION_SIZE;
    e->domain = l1 & SHORT_L1_DOMAIN;
    if ((l1 & SHORT_L1_TYPE) == 0) {
        return true;
    }
    if ((l1 & SHORT_L1_SECTION) != 0) {
        return section(format, l1, e);
    }
    const dmacoh_phys_t table = l1 & SHORT_L1_TABLE_BASE;
    const struct dmacoh_mem *m = mem_find(c, table);

    if (m == NULL || m->kind == DMACOH_RAM_HIGH) {
        return false;
    }
    const uintptr_t table_va = m->va + (uintptr_t)(table - m->phys);

    page(format, insn_load32(table_va + (va >> SHORT_PAGE_SHIFT & 0xffu) * 4u), va, e);
    return true;
}

int short_region_check(const struct dmacoh *c, const struct short_want *want, dmacoh_phys_t pa,
                       uint64_t len, uintptr_t va)
{
    /* At virtual addresses, so its length is one of theirs. */
    for (size_t left = (size_t)len; left != 0;) {
        struct short_entry e;

        if (!short_walk(c, want->format, va, &e) || !e.valid) {
            return DMACOH_E_NOMAP;
        }
        const uint32_t in_page = (uint32_t)va & (e.size - 1u);
        const size_t part = left < e.size - in_page ? left : e.size - in_page;

        if (e.phys + in_page != pa) {
            return DMACOH_E_NOMAP;
        }
        if ((e.bits & want->mask) != want->bits) {
            return DMACOH_E_ATTR;
        }
        va += part;
        pa += part;
        left -= part;
    }
    return DMACOH_OK;
}
