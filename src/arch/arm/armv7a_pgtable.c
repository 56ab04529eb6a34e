/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Short-descriptor page tables: window slots, and the check of a region's type. Sources: [ARM-SHORT],
 * [ARM-TLB], [ARM-WALK].
 *
 * The slots' small pages lie in tables that the caller reserved, so a window is one store of an entry.
 * The tables are shared by all CPUs and walked by hardware at any time, also speculatively on another CPU:
 * an entry goes from invalid to valid and back to invalid, never from one page to another, and it is
 * invalid on every CPU before it is used again (break before make). So making needs no TLB invalidation,
 * and unmapping needs a broadcast one. On parts whose broadcast does not complete (798181) only this CPU's
 * entry goes: another CPU does not use this slot's address, and whoever changes the type of a page must
 * count the slot as alive there.
 */
#include "armv7a.h"
#include "armv7a_insn.h"
#include "mem_insn.h"

#include "memmap.h"
#include "range.h"
#include "window.h"

#define SECTION_SHIFT 20u
#define SECTION_SIZE  (1u << SECTION_SHIFT)
#define TABLE_SIZE    1024u
#define PAGE_SHIFT    12u
#define PAGE_SIZE     (1u << PAGE_SHIFT)

/* First level */
#define L1_TYPE         0x3u
#define L1_TABLE        0x1u
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
/* Attribute bits in the positions of a small page */
#define PTE_XN    0x001u
#define PTE_B     0x004u
#define PTE_C     0x008u
#define PTE_AP    0x030u
#define PTE_AP_RW 0x010u /* read and write at PL1 */
#define PTE_TEX   0x1c0u
#define PTE_TEX0  0x040u
#define PTE_AP2   0x200u /* read-only */
#define PTE_NG    0x800u
#define PTE_TYPE  (PTE_TEX | PTE_C | PTE_B)
#define NORMAL_NC PTE_TEX0 /* TEX=001 C=0 B=0 */
#define ALL_BITS  0xfffu

#define TTBCR_EAE     0x80000000u
#define SCTLR_TRE     0x10000000u
#define TTBR_IRGN     0x00000041u /* bits 6 and 0: inner cacheability of walks */
#define MMFR3_COHWALK 0x00f00000u

/* One translation, with its attributes where a small page has them. */
struct entry {
    uint32_t phys, size; /* of the page or section */
    uint32_t bits;
    uint32_t domain;
    bool valid;
};

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

/*
 * Read the live tables at va. A second-level table is reached through the linear map: tables live in
 * ordinary memory. false: the table itself cannot be reached, or the entry is of a kind not handled.
 */
static bool walk(const struct dmacoh *c, uintptr_t va, struct entry *e)
{
    const uint32_t l1 = insn_load32(c->mmu.root + (va >> SECTION_SHIFT) * 4u);

    e->valid = false;
    e->size = SECTION_SIZE;
    e->domain = l1 & L1_DOMAIN;
    if ((l1 & L1_TYPE) == 0) {
        return true;
    }
    if ((l1 & L1_SECTION_BIT) != 0) {
        if ((l1 & L1_SUPER) != 0) {
            return false;
        }
        e->valid = true;
        e->phys = l1 & L1_SECTION_BASE;
        e->bits = section_bits(l1);
        return true;
    }
    const dmacoh_phys_t table = l1 & L1_TABLE_BASE;
    const struct dmacoh_mem *m = mem_find(c, table);

    if (m == NULL || m->kind == DMACOH_RAM_HIGH) {
        return false;
    }
    const uint32_t l2 =
        insn_load32(m->va + (uintptr_t)(table - m->phys) + (va >> PAGE_SHIFT & 0xffu) * 4u);

    e->size = PAGE_SIZE;
    if ((l2 & L2_SMALL_BIT) != 0) {
        e->valid = true;
        e->phys = l2 & L2_SMALL_BASE;
        e->bits = l2 & ALL_BITS;
    } else if ((l2 & L2_TYPE) == L2_LARGE) {
        e->valid = true;
        e->phys = (l2 & L2_LARGE_BASE) | ((uint32_t)va & ~L2_LARGE_BASE & L2_SMALL_BASE);
        e->bits = large_bits(l2);
    }
    return true;
}

/* --- regions --- */

static bool type_is(const struct dmacoh *c, uint32_t bits, uint32_t attr)
{
    if (c->mmu.pte_attr[attr] != 0) {
        return ((bits ^ c->mmu.pte_attr[attr]) & PTE_TYPE) == 0;
    }
    if ((insn_read_sctlr() & SCTLR_TRE) != 0) {
        return true; /* the encodings are the system's own: only pte_attr can tell them */
    }
    return (bits & PTE_TYPE) == NORMAL_NC;
}

int dmacoh_armv7a_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len,
                               uint32_t attr, uintptr_t va)
{
    if (c->mmu.root == 0 || (insn_read_ttbcr() & TTBCR_EAE) != 0) {
        return DMACOH_OK; /* no tables, or not in this format: the caller's word */
    }
    /* At virtual addresses, so its length is one of theirs. */
    for (size_t left = (size_t)len; left != 0;) {
        struct entry e;

        if (!walk(c, va, &e) || !e.valid) {
            return DMACOH_E_NOMAP;
        }
        const uint32_t in_page = (uint32_t)va & (e.size - 1u);
        const size_t part = left < e.size - in_page ? left : e.size - in_page;

        if (e.phys + in_page != pa) {
            return DMACOH_E_NOMAP;
        }
        if (!type_is(c, e.bits, attr)) {
            return DMACOH_E_ATTR;
        }
        va += part;
        pa += part;
        left -= part;
    }
    return DMACOH_OK;
}

/* --- windows --- */

void armv7a_entry_store(const struct dmacoh *c, uintptr_t entry, uint32_t value)
{
    insn_store32(entry, value);
    if (c->be_priv[V7_PTE_CLEAN] != 0) {
        insn_dccmvac(entry);
    }
}

static uintptr_t slot_va(const struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    return c->mmu.win_va + ((uintptr_t)(cpu * c->mmu.win_slots + slot) << PAGE_SHIFT);
}

/* Tables are laid out one after the other, so the entry of a slot is an index from the first MiB on. */
static uintptr_t slot_entry(const struct dmacoh *c, uintptr_t va)
{
    const uintptr_t from = c->mmu.win_va & ~(uintptr_t)(SECTION_SIZE - 1u);

    return c->mmu.tables_va + ((va - from) >> PAGE_SHIFT) * 4u;
}

uintptr_t dmacoh_armv7a_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    const uintptr_t va = slot_va(c, cpu, slot);

    armv7a_entry_store(c, slot_entry(c, va), (uint32_t)pa | (uint32_t)c->be_priv[V7_PTE_BITS]);
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

    armv7a_entry_store(c, slot_entry(c, va), 0);
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
static int window_bits(struct dmacoh *c, uint32_t *domain)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        struct entry e;

        if (m->kind == DMACOH_RAM_LINEAR && walk(c, m->va, &e) && e.valid) {
            uint32_t bits = e.bits;

            if (c->mmu.pte_attr[DMACOH_MEM_CACHED] != 0) {
                bits = c->mmu.pte_attr[DMACOH_MEM_CACHED] | L2_SMALL_BIT;
            }
            bits &= ~(PTE_AP | PTE_AP2 | PTE_NG);
            c->be_priv[V7_PTE_BITS] = bits | PTE_AP_RW | PTE_XN;
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

    return (uint32_t)((last >> SECTION_SHIFT) - (c->mmu.win_va >> SECTION_SHIFT)) + 1u;
}

static uintptr_t l1_entry(const struct dmacoh *c, uint32_t mib)
{
    return c->mmu.root + ((c->mmu.win_va >> SECTION_SHIFT) + mib) * 4u;
}

int dmacoh_armv7a_win_init(struct dmacoh *c)
{
    const uint32_t mibs = window_mibs(c);
    uint32_t domain = 0;

    if (mibs == 0) {
        return DMACOH_OK;
    }
    if (c->mmu.root == 0 || (insn_read_ttbcr() & TTBCR_EAE) != 0) {
        return DMACOH_E_UNSUPP;
    }
    if ((((uint32_t)c->mmu.tables_phys | (uint32_t)c->mmu.tables_va) & (TABLE_SIZE - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (c->mmu.tables_size < mibs * TABLE_SIZE || c->mmu.tables_va == 0) {
        return DMACOH_E_META;
    }
    if (((c->mmu.tables_phys | (c->mmu.tables_phys + (c->mmu.tables_size - 1u))) >> 32) != 0) {
        return DMACOH_E_RANGE;
    }
    for (uint32_t i = 0; i < mibs; i++) {
        if ((insn_load32(l1_entry(c, i)) & L1_TYPE) != 0) {
            return DMACOH_E_BUSY;
        }
    }
    const int rc = window_bits(c, &domain);

    if (rc != DMACOH_OK) {
        return rc;
    }
    /* A walk that is cacheable and coherent sees the store itself; any other needs it in memory. */
    c->be_priv[V7_PTE_CLEAN] =
        (insn_read_ttbr0() & TTBR_IRGN) == 0 || (insn_read_id_mmfr3() & MMFR3_COHWALK) == 0;
    c->be_priv[V7_TLB_LOCAL] = c->ncpus == 1u || (c->policy->flags & BE_P_TLBI_NEEDS_IPI) != 0;
    c->win_phys_last = UINT32_MAX;
    for (uintptr_t at = 0; at < (uintptr_t)mibs * TABLE_SIZE; at += 4u) {
        armv7a_entry_store(c, c->mmu.tables_va + at, 0);
    }
    insn_dsb(); /* empty before it is linked: a walker must not find what lay there */
    for (uint32_t i = 0; i < mibs; i++) {
        const uint32_t table = (uint32_t)c->mmu.tables_phys + i * TABLE_SIZE;

        armv7a_entry_store(c, l1_entry(c, i), table | domain | L1_TABLE);
    }
    insn_dsb();
    insn_isb();
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
    const uint32_t mibs = window_mibs(c);

    if (mibs == 0) {
        return;
    }
    for (uint32_t i = 0; i < mibs; i++) {
        armv7a_entry_store(c, l1_entry(c, i), 0);
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
