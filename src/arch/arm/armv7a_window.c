/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Window slots. Sources: [ARM-TLB], [ARM-WALK], and those of the formats.
 *
 * The slots' pages lie in tables that the caller reserved, so a window is one store of an entry. The
 * tables are shared by all CPUs and walked by hardware at any time, also speculatively on another CPU:
 * an entry goes from invalid to valid and back to invalid, never from one page to another, and it is
 * invalid on every CPU before it is used again (break before make). So making needs no TLB invalidation,
 * and unmapping needs a broadcast one. On parts whose broadcast does not complete (798181) only this CPU's
 * entry goes: another CPU does not use this slot's address, and whoever changes the type of a page must
 * count the slot as alive there.
 */
#include "armv7a_insn.h"
#include "armv7a_short.h"
#include "armv7a_tables.h"
#include "mem_insn.h"
#include "pl310.h"

#include "memmap.h"
#include "range.h"
#include "window.h"

#define ENTRY_TYPE       0x3u /* short descriptors: 0 is invalid */
#define ENTRY_VALID      0x1u /* long descriptors */
#define ENTRY_TABLE      0x1u
#define ENTRY_LONG_TABLE 0x3u
#define LONG_XN_HIGH     0x00600000u /* bits 54 and 53: execute never, anywhere */

/* What one table maps, its bytes, and those of an entry. */
#define SHORT_SPAN_SHIFT 20u
#define LONG_SPAN_SHIFT  21u
#define SPAN_SHIFT(c)    (V7_IS_LONG(c) ? LONG_SPAN_SHIFT : SHORT_SPAN_SHIFT)
#define ENTRY_LOG(c)     (V7_IS_LONG(c) ? 3u : 2u)
#define TABLE_SIZE(c)    (1u << (SPAN_SHIFT(c) - V7_PAGE_SHIFT + ENTRY_LOG(c)))
#define PHYS_BITS(c)     (V7_IS_LONG(c) ? 40u : 32u)

#if DMACOH_WITH_OUTER

/* Physical address of an entry. The windows' own tables may lie outside the memory map. */
static bool entry_phys(const struct dmacoh *c, uintptr_t entry, dmacoh_phys_t *phys)
{
    if (entry - c->mmu.tables_va < c->mmu.tables_size) {
        *phys = c->mmu.tables_phys + (entry - c->mmu.tables_va);
        return true;
    }
    return mem_phys(c, entry, sizeof(uint32_t), phys);
}

#endif

/* For walks that look into no cache at all. */
static void clean_outer(const struct dmacoh *c, uintptr_t entry)
{
#if DMACOH_WITH_OUTER
    if (c->be_priv[V7_PTE_CLEAN] == V7_CLEAN_OUTER) {
        dmacoh_phys_t phys = 0;

        (void)entry_phys(c, entry, &phys); /* init saw that it has one */
        insn_dsb();                        /* out of the inner caches before the outer one */
        dmacoh_armv7a_op_outer(c, BE_CLEAN, phys, phys);
    }
#else
    (void)c;
    (void)entry;
#endif
}

void v7_entry_store(const struct dmacoh *c, uintptr_t entry, v7_desc_t value)
{
#if DMACOH_WITH_LPAE
    if (V7_IS_LONG(c)) {
        insn_store64(entry, value);
    } else {
        insn_store32(entry, (uint32_t)value);
    }
#else
    insn_store32(entry, value);
#endif
    if (c->be_priv[V7_PTE_CLEAN] != V7_SEEN) {
        insn_dccmvac(entry);
        clean_outer(c, entry);
    }
}

static uintptr_t slot_va(const struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    return c->mmu.win_va + ((uintptr_t)(cpu * c->mmu.win_slots + slot) << V7_PAGE_SHIFT);
}

/* Tables are laid out one after the other, so the entry of a slot is an index from the first span on. */
static uintptr_t slot_entry(const struct dmacoh *c, uintptr_t va)
{
    const uintptr_t from = (uintptr_t)unit_first(c->mmu.win_va, 1u << SPAN_SHIFT(c));

    return c->mmu.tables_va + ((va - from) >> V7_PAGE_SHIFT << ENTRY_LOG(c));
}

uintptr_t dmacoh_armv7a_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    const uintptr_t va = slot_va(c, cpu, slot);
    v7_desc_t value = (v7_desc_t)pa | (v7_desc_t)c->be_priv[V7_PTE_BITS];

#if DMACOH_WITH_LPAE
    value |= V7_IS_LONG(c) ? (v7_desc_t)LONG_XN_HIGH << 32 : 0;
#endif
    v7_entry_store(c, slot_entry(c, va), value);
    insn_dsb(); /* the entry is visible to the walker */
    insn_isb(); /* and the accesses that follow use it */
    return va;
}

static void tlb_drop(const struct dmacoh *c, uintptr_t va)
{
    if (c->be_priv[V7_TLB_LOCAL] != 0) {
        insn_tlbimva(va);
    } else {
        insn_tlbimvaais(va);
    }
}

void dmacoh_armv7a_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    const uintptr_t va = slot_va(c, cpu, slot);

    v7_entry_store(c, slot_entry(c, va), 0);
    insn_dsb(); /* no walk from now on finds the old entry */
    tlb_drop(c, va);
    insn_dsb(); /* invalidated, and accesses that used it are complete */
    insn_isb();
}

/*
 * Streaming windows must have exactly the type, cacheability and shareability of the linear map: any
 * difference is a mismatched alias. So the bits are those of a live linear entry, made writable (some
 * cores demand it for an invalidation), global and never executable.
 */
static int window_bits(struct dmacoh *c, bool eae, uint32_t *domain)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        struct v7_entry e;

        if (m->kind == DMACOH_RAM_LINEAR && v7_walk(eae, c, m->va, &e)) {
            const uint32_t given = c->mmu.pte_attr[DMACOH_MEM_CACHED];
            const uint32_t bits = given != 0 ? given : e.bits;

#if DMACOH_WITH_LPAE
            c->be_priv[V7_PTE_BITS] = eae ? v7_long_window_bits(bits) : v7_short_window_bits(bits);
#else
            c->be_priv[V7_PTE_BITS] = v7_short_window_bits(bits);
#endif
            *domain = e.domain;
            return DMACOH_OK;
        }
    }
    return DMACOH_E_NOMAP;
}

/* How many tables the slots lie in. There are slots. */
static uint32_t window_tables(const struct dmacoh *c)
{
    const uintptr_t last = c->mmu.win_va + window_size(c) - 1u;

    return (uint32_t)((last >> SPAN_SHIFT(c)) - (c->mmu.win_va >> SPAN_SHIFT(c))) + 1u;
}

/* The entry that leads to the table number i of the windows; false: there is no place for it. */
static bool link_entry(const struct dmacoh *c, uint32_t i, uintptr_t *entry)
{
    const uintptr_t va = c->mmu.win_va + ((uintptr_t)i << SPAN_SHIFT(c));

#if DMACOH_WITH_LPAE
    if (V7_IS_LONG(c)) {
        return v7_long_link(c, va, entry);
    }
#endif
    *entry = c->mmu.root + (va >> SHORT_SPAN_SHIFT) * 4u;
    return true;
}

/* The same, once it is known that there is one. */
static uintptr_t linked_entry(const struct dmacoh *c, uint32_t i)
{
    uintptr_t entry = 0;

    (void)link_entry(c, i, &entry);
    return entry;
}

/* Can the tables be where the caller wants them? */
static int check_tables(const struct dmacoh *c, uint32_t tables)
{
    if ((((uint32_t)c->mmu.tables_phys | (uint32_t)c->mmu.tables_va) & (TABLE_SIZE(c) - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (c->mmu.tables_size < tables * TABLE_SIZE(c) || c->mmu.tables_va == 0) {
        return DMACOH_E_META;
    }
    if (((c->mmu.tables_phys | (c->mmu.tables_phys + (c->mmu.tables_size - 1u))) >> PHYS_BITS(c)) !=
        0) {
        return DMACOH_E_RANGE;
    }
    for (uint32_t i = 0; i < tables; i++) {
        uintptr_t entry;

        if (!link_entry(c, i, &entry)) {
            return DMACOH_E_NOMAP;
        }
        if ((insn_load32(entry) & (V7_IS_LONG(c) ? ENTRY_VALID : ENTRY_TYPE)) != 0) {
            return DMACOH_E_BUSY;
        }
    }
    return DMACOH_OK;
}

/* Walks that look into no cache need the physical address of the root's entries. */
static int find_pte_clean(struct dmacoh *c)
{
#if DMACOH_WITH_LPAE
    c->be_priv[V7_PTE_CLEAN] = V7_IS_LONG(c) ? v7_long_pte_clean() : v7_short_pte_clean(c);
#else
    c->be_priv[V7_PTE_CLEAN] = v7_short_pte_clean(c);
#endif
#if DMACOH_WITH_OUTER
    dmacoh_phys_t phys;

    if (c->be_priv[V7_PTE_CLEAN] == V7_CLEAN_OUTER && !entry_phys(c, linked_entry(c, 0), &phys)) {
        return DMACOH_E_NOMAP;
    }
#endif
    return DMACOH_OK;
}

static void make_tables(const struct dmacoh *c, uint32_t tables, uint32_t domain)
{
    const uintptr_t bytes = (uintptr_t)tables * TABLE_SIZE(c);

    for (uintptr_t at = 0; at < bytes; at += 1u << ENTRY_LOG(c)) {
        v7_entry_store(c, c->mmu.tables_va + at, 0);
    }
    insn_dsb(); /* empty before it is linked: a walker must not find what lay there */
    for (uint32_t i = 0; i < tables; i++) {
        const uint32_t offset = i * TABLE_SIZE(c);
        const v7_desc_t table = (v7_desc_t)c->mmu.tables_phys + offset;

        v7_entry_store(c, linked_entry(c, i),
                       table | domain | (V7_IS_LONG(c) ? ENTRY_LONG_TABLE : ENTRY_TABLE));
    }
    insn_dsb();
    insn_isb();
}

int dmacoh_armv7a_win_init(struct dmacoh *c)
{
    const bool eae = (insn_read_ttbcr() & V7_TTBCR_EAE) != 0;
    uint32_t domain = 0;

    if (c->mmu.win_slots == 0) {
        return DMACOH_OK;
    }
    if (c->mmu.root == 0 || v7_unknown(eae)) {
        return DMACOH_E_UNSUPP;
    }
#if DMACOH_WITH_LPAE
    c->be_priv[V7_LONG] = eae;
#endif
    const uint32_t tables = window_tables(c);
    int rc = check_tables(c, tables);

    if (rc == DMACOH_OK) {
        rc = window_bits(c, eae, &domain);
    }
    if (rc == DMACOH_OK) {
        rc = find_pte_clean(c);
    }
    if (rc != DMACOH_OK) {
        return rc;
    }
    c->be_priv[V7_TLB_LOCAL] = c->ncpus == 1u || (c->policy->flags & BE_P_TLBI_NEEDS_IPI) != 0;
    c->win_phys_last = ((dmacoh_phys_t)1 << PHYS_BITS(c)) - 1u;
    make_tables(c, tables, domain);
    return DMACOH_OK;
}

void dmacoh_armv7a_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
        insn_tlbimva(slot_va(c, cpu, slot));
    }
    insn_dsb();
    insn_isb();
}

/* All slots are unmapped. A walker may hold on to the tables until the invalidation is complete. */
void dmacoh_armv7a_win_fini(struct dmacoh *c)
{
    if (c->mmu.win_slots == 0) {
        return;
    }
    const uint32_t tables = window_tables(c);

    for (uint32_t i = 0; i < tables; i++) {
        v7_entry_store(c, linked_entry(c, i), 0);
    }
    insn_dsb();
    for (uint32_t cpu = 0; cpu < c->ncpus; cpu++) {
        for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
            tlb_drop(c, slot_va(c, cpu, slot));
        }
    }
    insn_dsb();
    insn_isb();
}
