/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Long descriptors (LPAE): blocks of 1 GiB and 2 MiB, pages of 4 KiB, 40 bits of physical address. Sources:
 * [ARM-LONG], [ARM-WALK].
 *
 * The root is four entries of a gigabyte each, whichever TTBR the CPU takes for them. A descriptor names
 * its type by an index into MAIR0 and MAIR1. The contiguous hint is not looked at: every one of its sixteen
 * entries holds its own address, and no entry is changed here but a slot's, which never has it.
 */
#include "armv7a_insn.h"
#include "armv7a_tables.h"
#include "mem_insn.h"

#if DMACOH_WITH_LPAE

#define LEVEL1_SHIFT     30u
#define LEVEL_BITS       9u
#define INDEX(va, shift) ((uintptr_t)(va) >> (shift) & ((1u << LEVEL_BITS) - 1u))
#define ROOT_INDEX(va)   ((uintptr_t)(va) >> LEVEL1_SHIFT & 3u)

#define DESC_VALID    0x1u
#define DESC_TABLE    0x2u /* levels 1 and 2: a table, no block; level 3: must be set */
#define DESC_BASE     UINT64_C(0x000000fffffff000)
#define DESC_NS_TABLE UINT64_C(0x8000000000000000)
/* Attribute bits of a page */
#define PTE_INDEX    0x01cu /* into MAIR */
#define PTE_NS       0x020u
#define PTE_SH       0x300u
#define PTE_SH_OUTER 0x200u
#define PTE_AF       0x400u
#define ALL_BITS     0xfffu

#define MAIR_NORMAL_NC 0x44u /* inner and outer non-cacheable */

#define TTBCR_IRGN0   0x00000300u
#define TTBCR_IRGN1   0x03000000u
#define TTBCR_SPLIT   0x00070007u /* T1SZ, T0SZ: both 0 if TTBR0 translates everything */
#define MMFR3_COHWALK 0x00f00000u

/* No walk depends on both halves at once: an entry that is changing is not read here. */
static uint64_t load(uintptr_t entry)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return insn_load32(entry) | (uint64_t)insn_load32(entry + 4u) << 32;
#else
    return insn_load32(entry + 4u) | (uint64_t)insn_load32(entry) << 32;
#endif
}

bool v7_long_walk(const struct dmacoh *c, uintptr_t va, struct v7_entry *e)
{
    uint32_t shift = LEVEL1_SHIFT;
    uintptr_t entry = c->mmu.root + ROOT_INDEX(va) * 8u;
    uint32_t ns = 0;

    e->domain = 0;
    for (;;) {
        const uint64_t d = load(entry);
        const bool last = shift == V7_PAGE_SHIFT;
        uintptr_t table;

        if ((d & DESC_VALID) == 0) {
            return false;
        }
        if (last == ((d & DESC_TABLE) != 0)) {
            e->size = 1u << shift;
            e->phys = d & DESC_BASE & ~(uint64_t)(e->size - 1u);
            e->bits = ((uint32_t)d & ALL_BITS) | ns;
            return true;
        }
        /* Tables of the non-secure world make everything below them so. */
        ns |= (d & DESC_NS_TABLE) != 0 ? PTE_NS : 0;
        if (last || !v7_table_va(c, d & DESC_BASE, &table)) {
            return false;
        }
        shift -= LEVEL_BITS;
        entry = table + INDEX(va, shift) * 8u;
    }
}

bool v7_long_link(const struct dmacoh *c, uintptr_t va, uintptr_t *entry)
{
    const uint64_t d = load(c->mmu.root + ROOT_INDEX(va) * 8u);
    uintptr_t table;

    if ((d & (DESC_VALID | DESC_TABLE)) != (DESC_VALID | DESC_TABLE) ||
        !v7_table_va(c, d & DESC_BASE, &table)) {
        return false;
    }
    *entry = table + INDEX(va, LEVEL1_SHIFT - LEVEL_BITS) * 8u;
    return true;
}

/*
 * Normal non-cacheable memory must be outer shareable here: with another shareability the architecture does
 * not say what it is.
 */
bool v7_long_type_is(const struct dmacoh *c, uint32_t bits, uint32_t attr)
{
    if (c->mmu.pte_attr[attr] != 0) {
        return ((bits ^ c->mmu.pte_attr[attr]) & (PTE_INDEX | PTE_SH)) == 0;
    }
    const uint32_t index = bits >> 2 & 7u;
    const uint32_t mair = index < 4u ? insn_read_mair0() : insn_read_mair1();

    return (mair >> (index & 3u) * 8u & 0xffu) == MAIR_NORMAL_NC && (bits & PTE_SH) == PTE_SH_OUTER;
}

/* Access permission 00 is read and write for PL1; nG clear is global. */
uint32_t v7_long_window_bits(uint32_t bits)
{
    return (bits & (PTE_INDEX | PTE_NS | PTE_SH)) | PTE_AF | DESC_TABLE | DESC_VALID;
}

/*
 * Of the TTBR that translates the windows; where both may exist, both must look into the caches. CPUs with
 * this format have no outer cache.
 */
enum v7_pte_clean v7_long_pte_clean(void)
{
    const uint32_t ttbcr = insn_read_ttbcr();

    if ((ttbcr & TTBCR_IRGN0) == 0 || ((ttbcr & TTBCR_SPLIT) != 0 && (ttbcr & TTBCR_IRGN1) == 0) ||
        (insn_read_id_mmfr3() & MMFR3_COHWALK) == 0) {
        return V7_CLEAN_INNER;
    }
    return V7_SEEN;
}

#endif
