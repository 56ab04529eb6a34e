/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Short-descriptor page tables: window slots, and the check of a region's type. Sources: [ARM-SHORT],
 * [ARM-1176-C8], [ARM-1176-WALK].
 *
 * A slot has as many pages of address space as a page has colours, and one of them is mapped at a time: the
 * one whose address agrees with the physical address. So lines of the page are found in the window if
 * every other cacheable mapping of it agrees, too, which is the host's promise.
 *
 * Walks never look into the data caches, so entries are always cleaned to memory. TLB invalidations are
 * this CPU's own. Another CPU does not use this slot's addresses, and these cores do not walk for
 * addresses that the program does not use; whoever changes the type of a page must count the slot as alive.
 */
#include "armv6.h"
#include "armv6_insn.h"
#include "mem_insn.h"
#include "short_desc.h"

#include "memmap.h"
#include "window.h"

#define NORMAL_NC SHORT_TEX0 /* TEX=001 C=0 B=0 */
#define SCTLR_XP  0x00800000u
#define SCTLR_TRE 0x10000000u

/* With XP clear pages have another format, in which nothing is uncached but by another encoding. */
static bool format_known(void)
{
    return (insn_read_sctlr() & SCTLR_XP) != 0;
}

int dmacoh_armv6_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr,
                              uintptr_t va)
{
    struct short_want want = {SHORT_V6, SHORT_TYPE, NORMAL_NC};

    if (c->mmu.root == 0) {
        return DMACOH_OK; /* no tables: the caller's word */
    }
    if (!format_known()) {
        return DMACOH_E_UNSUPP;
    }
    if (c->mmu.pte_attr[attr] != 0) {
        want.bits = c->mmu.pte_attr[attr] & SHORT_TYPE;
    } else if ((insn_read_sctlr() & SCTLR_TRE) != 0) {
        want = (struct short_want){SHORT_V6, 0, 0}; /* the encodings are the system's own */
    }
    return short_region_check(c, &want, pa, len, va);
}

/* --- windows --- */

static void entry_store(uintptr_t entry, uint32_t value)
{
    insn_store32(entry, value);
    insn_dccmvac(entry);
}

/* Pages of address space of a slot, and those of them that are used. */
static uint32_t slot_pages(const struct dmacoh *c)
{
    const uint32_t pages = c->policy->alias_boundary >> SHORT_PAGE_SHIFT;

    return pages != 0 ? pages : 1u;
}

static uint32_t colours(const struct dmacoh *c)
{
    return (c->policy->flags & BE_P_ALIASES) != 0 ? slot_pages(c) : 1u;
}

static uintptr_t slot_va(const struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    return c->mmu.win_va +
           ((uintptr_t)((cpu * c->mmu.win_slots + slot) * slot_pages(c)) << SHORT_PAGE_SHIFT);
}

/* Tables are laid out one after the other, so the entry of a slot is an index from the first MiB on. */
static uintptr_t slot_entry(const struct dmacoh *c, uintptr_t va)
{
    const uintptr_t from = c->mmu.win_va & ~(uintptr_t)(SHORT_SECTION_SIZE - 1u);

    return c->mmu.tables_va + ((va - from) >> SHORT_PAGE_SHIFT) * 4u;
}

uintptr_t dmacoh_armv6_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    const uintptr_t first = slot_va(c, cpu, slot);
    const uintptr_t colour =
        (((uintptr_t)pa - first) >> SHORT_PAGE_SHIFT) & (uintptr_t)(colours(c) - 1u);
    const uintptr_t va = first + (colour << SHORT_PAGE_SHIFT);

    entry_store(slot_entry(c, va), (uint32_t)pa | (uint32_t)c->be_priv[V6_PTE_BITS]);
    insn_dsb(); /* the entry is in memory, where the walker looks */
    insn_isb(); /* and the accesses that follow use it */
    return va;
}

/*
 * Which colour is mapped its entry tells. Not so with one slot a CPU: there the core repeats an unmapping
 * that was interrupted, and the entry may be empty in the cache and not yet in memory, or the TLB behind
 * both.
 */
void dmacoh_armv6_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    const uintptr_t first = slot_va(c, cpu, slot);
    const uint32_t n = colours(c);
    uint32_t used = 0;

    for (uint32_t i = 0; i < n; i++) {
        const uintptr_t entry = slot_entry(c, first + ((uintptr_t)i << SHORT_PAGE_SHIFT));

        if (c->mmu.win_slots == 1u || insn_load32(entry) != 0) {
            entry_store(entry, 0);
            used |= 1u << i;
        }
    }
    insn_dsb(); /* no walk from now on finds the old entry */
    for (uint32_t i = 0; i < n; i++) {
        if ((used >> i & 1u) != 0) {
            insn_tlbimva(first + ((uintptr_t)i << SHORT_PAGE_SHIFT));
        }
    }
    insn_dsb(); /* invalidated, and accesses that used it are complete */
    insn_isb();
}

/* As in the linear map, but writable, global and never executable: see armv7a_window.c. */
static int window_bits(struct dmacoh *c, uint32_t *domain)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        struct short_entry e;

        if (m->kind == DMACOH_RAM_LINEAR && short_walk(c, SHORT_V6, m->va, &e) && e.valid) {
            uint32_t bits = e.bits;

            if (c->mmu.pte_attr[DMACOH_MEM_CACHED] != 0) {
                bits = c->mmu.pte_attr[DMACOH_MEM_CACHED] | SHORT_SMALL;
            }
            bits &= ~(SHORT_AP | SHORT_APX | SHORT_NG);
            c->be_priv[V6_PTE_BITS] = bits | SHORT_AP_RW | SHORT_XN;
            *domain = e.domain;
            return DMACOH_OK;
        }
    }
    return DMACOH_E_NOMAP;
}

/* How many sections the slots lie in; 0: there are none. */
static uint32_t window_mibs(const struct dmacoh *c)
{
    if (c->mmu.win_slots == 0) {
        return 0;
    }
    const uintptr_t last = c->mmu.win_va + window_size(c) - 1u;

    return (uint32_t)((last >> SHORT_SECTION_SHIFT) - (c->mmu.win_va >> SHORT_SECTION_SHIFT)) + 1u;
}

static uintptr_t l1_entry(const struct dmacoh *c, uint32_t mib)
{
    return c->mmu.root + ((c->mmu.win_va >> SHORT_SECTION_SHIFT) + mib) * 4u;
}

static int check_tables(const struct dmacoh *c, uint32_t mibs)
{
    const dmacoh_phys_t last = c->mmu.tables_phys + (c->mmu.tables_size - 1u);

    if (c->mmu.root == 0 || !format_known()) {
        return DMACOH_E_UNSUPP;
    }
    if ((((uint32_t)c->mmu.tables_phys | (uint32_t)c->mmu.tables_va) & (SHORT_TABLE_SIZE - 1u)) !=
            0 ||
        ((c->policy->flags & V6_P_OWN_LINE) != 0 &&
         (c->mmu.win_va & (c->policy->alias_boundary - 1u)) != 0)) {
        return DMACOH_E_ALIGN;
    }
    if (c->mmu.tables_size < mibs * SHORT_TABLE_SIZE || c->mmu.tables_va == 0) {
        return DMACOH_E_META;
    }
    if (((c->mmu.tables_phys | last) >> 32) != 0) {
        return DMACOH_E_RANGE;
    }
    for (uint32_t i = 0; i < mibs; i++) {
        if ((insn_load32(l1_entry(c, i)) & SHORT_L1_TYPE) != 0) {
            return DMACOH_E_BUSY;
        }
    }
    return DMACOH_OK;
}

int dmacoh_armv6_win_init(struct dmacoh *c)
{
    const uint32_t mibs = window_mibs(c);
    uint32_t domain = 0;

    if (mibs == 0) {
        return DMACOH_OK;
    }
    int rc = check_tables(c, mibs);

    if (rc == DMACOH_OK) {
        rc = window_bits(c, &domain);
    }
    if (rc != DMACOH_OK) {
        return rc;
    }
    c->win_phys_last = UINT32_MAX;
    for (uintptr_t at = 0; at < (uintptr_t)mibs * SHORT_TABLE_SIZE; at += 4u) {
        entry_store(c->mmu.tables_va + at, 0);
    }
    insn_dsb(); /* empty before it is linked: a walker must not find what lay there */
    for (uint32_t i = 0; i < mibs; i++) {
        const uint32_t table = (uint32_t)c->mmu.tables_phys + i * SHORT_TABLE_SIZE;

        entry_store(l1_entry(c, i), table | domain | SHORT_L1_TABLE);
    }
    insn_dsb();
    insn_isb();
    return DMACOH_OK;
}

static void tlb_drop_slots(const struct dmacoh *c, uint32_t cpu)
{
    for (uint32_t slot = 0; slot < c->mmu.win_slots; slot++) {
        for (uint32_t i = 0; i < colours(c); i++) {
            insn_tlbimva(slot_va(c, cpu, slot) + ((uintptr_t)i << SHORT_PAGE_SHIFT));
        }
    }
}

void dmacoh_armv6_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    tlb_drop_slots(c, cpu);
    insn_dsb();
    insn_isb();
}

/* All slots are unmapped. The walker may hold on to the tables until the invalidation is complete. */
void dmacoh_armv6_win_fini(struct dmacoh *c)
{
    const uint32_t mibs = window_mibs(c);

    if (mibs == 0) {
        return;
    }
    for (uint32_t i = 0; i < mibs; i++) {
        entry_store(l1_entry(c, i), 0);
    }
    insn_dsb();
    for (uint32_t cpu = 0; cpu < c->ncpus; cpu++) {
        tlb_drop_slots(c, cpu);
    }
    insn_dsb();
    insn_isb();
}
