/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7a_tables.h
 * @brief Page tables in two formats: what reading and writing them needs to know of each. Private.
 *
 * TTBCR.EAE says which one the CPU walks. Without DMACOH_WITH_LPAE only the short one is known, and the
 * compiler drops every choice.
 */
#ifndef DMACOH_ARMV7A_TABLES_H
#define DMACOH_ARMV7A_TABLES_H

#include "armv7a.h"

#include "memmap.h"

#define V7_PAGE_SHIFT 12u
#define V7_PAGE_SIZE  (1u << V7_PAGE_SHIFT)
#define V7_TTBCR_EAE  0x80000000u

/* A descriptor, and a physical address that one can hold. */
#if DMACOH_WITH_LPAE
typedef uint64_t v7_desc_t;
/* The windows' tables are long ones; win_init finds it out. */
#define V7_IS_LONG(c) ((c)->be_priv[V7_LONG] != 0)
#else
typedef uint32_t v7_desc_t;
#define V7_IS_LONG(c) false
#endif

/* One translation, with its attributes where a page descriptor has them. */
struct v7_entry {
    v7_desc_t phys;  /* of the page, section or block */
    uint32_t size;   /* its bytes */
    uint32_t bits;   /* bits 11 to 0 of a page descriptor */
    uint32_t domain; /* short descriptors: bits of a first-level entry */
};

/*
 * Read the live tables at va. Tables below the root are reached through the linear map: they lie in
 * ordinary memory. false: nothing is mapped there, or so that it cannot be read or imitated.
 */
bool v7_short_walk(const struct dmacoh *c, uintptr_t va, struct v7_entry *e);
bool v7_long_walk(const struct dmacoh *c, uintptr_t va, struct v7_entry *e);

/* Is an entry with these bits memory of this type, as far as one can know? */
bool v7_long_type_is(const struct dmacoh *c, uint32_t bits, uint32_t attr);

/* Bits 11 to 0 of a window page that looks like an entry with these: writable, global, valid. */
uint32_t v7_long_window_bits(uint32_t bits);

/* How the walker of this format sees a store to an entry. */
enum v7_pte_clean {
    V7_SEEN,        /* as any load does */
    V7_CLEAN_INNER, /* when it has left the inner caches */
    V7_CLEAN_OUTER  /* when it has left the outer cache, too */
};
enum v7_pte_clean v7_long_pte_clean(void);

/* Make an entry visible to the walkers of all CPUs, up to but without the barrier. */
void v7_entry_store(const struct dmacoh *c, uintptr_t entry, v7_desc_t value);

/* The entry that holds the table of the pages round va; false: there is no place for one. */
bool v7_long_link(const struct dmacoh *c, uintptr_t va, uintptr_t *entry);

/* Virtual address of a table; false: it is not in mapped memory. */
static inline bool v7_table_va(const struct dmacoh *c, dmacoh_phys_t phys, uintptr_t *va)
{
    const struct dmacoh_mem *m = mem_find(c, phys);

    if (m == NULL || m->kind == DMACOH_RAM_HIGH) {
        return false;
    }
    *va = m->va + (uintptr_t)(phys - m->phys);
    return true;
}

/* The same, in the format that the CPU walks now. */
static inline bool v7_walk(bool eae, const struct dmacoh *c, uintptr_t va, struct v7_entry *e)
{
#if DMACOH_WITH_LPAE
    if (eae) {
        return v7_long_walk(c, va, e);
    }
#else
    (void)eae;
#endif
    return v7_short_walk(c, va, e);
}

/* A format is walked that this build does not know. */
static inline bool v7_unknown(bool eae)
{
    return eae && DMACOH_WITH_LPAE == 0;
}

#endif
