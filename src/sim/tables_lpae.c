/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Long descriptors: TTBR0 alone (T0SZ = 0), so four entries of 1 GiB, then 2 MiB blocks, then pages;
 * 40-bit output addresses. A walk reads each eight-byte word at once; what it finds there may be
 * torn if a program writes the halves one by one.
 */
#include "tables.h"

#define VALID      1u
#define TABLE      3u /* at levels 1 and 2 */
#define BLOCK      1u
#define PAGE       3u /* at level 3 */
#define AF         (1u << 10)
#define ADDR       0xfffffff000ull
#define CONTIGUOUS (1ull << 52)
#define RUN        16u /* entries of a contiguous run */

#define SH_OUTER 2u
#define SH_INNER 3u

static uint64_t root(const struct sim *s, uint32_t va)
{
    return (s->ttbr & ~(uint64_t)0x1f) + (uint64_t)(va >> 30) * 8;
}

static uint8_t attr_of(const struct sim *s, uint32_t d)
{
    const uint32_t index = d >> 2 & 7u;
    const uint32_t mair = s->mair[index / 4u] >> (8u * (index % 4u)) & 0xffu;
    const uint32_t inner = mair & 0xfu; /* the data side follows the inner attributes */
    const uint32_t sh = d >> 8 & 3u;
    const uint8_t shared = sh == SH_OUTER   ? ATTR_SHARED | ATTR_OUTER
                           : sh == SH_INNER ? ATTR_SHARED
                                            : 0;

    if (mair >> 4 == 0) {
        return ATTR_DEVICE | ATTR_SHARED | ATTR_OUTER; /* whatever SH says */
    }
    if (inner == 4u) {
        return (uint8_t)(ATTR_UNCACHED | shared);
    }
    /* 01RW and 11RW are write-back, 00RW and 10RW are write-through */
    return (uint8_t)(ATTR_CACHED | ((inner & 4u) != 0 ? 0u : ATTR_WT) | shared);
}

static enum walk_step step(const struct sim *s, uint32_t va, uint64_t d, struct xlat *x,
                           uint64_t *next)
{
    x->shift = (uint8_t)(39u - 9u * x->n); /* 30, 21, 12 */
    if ((d & VALID) == 0) {
        return WALK_FAULT;
    }
    if (x->n < 3 && (d & 3u) == TABLE) {
        *next = (d & ADDR) + (uint64_t)(va >> (x->shift - 9u) & 0x1ffu) * 8;
        return WALK_NEXT;
    }
    if ((x->n == 3 && (d & 3u) != PAGE) || (d & AF) == 0) {
        return WALK_FAULT; /* reserved, or an access-flag fault: no TLB keeps such an entry */
    }
    const uint64_t in = ((uint64_t)1 << x->shift) - 1;

    x->pa = (d & ADDR & ~in) | (va & in);
    x->attr = attr_of(s, (uint32_t)d);
    return WALK_DONE;
}

static uint64_t leaf(uint64_t pa, enum sim_memtype type, uint32_t kind)
{
    const uint64_t base = (pa & ADDR) | AF | kind;

    switch (type) {
    case SIM_MEM_CACHED:
        return base | SIM_MAIR_CACHED << 2 | SH_INNER << 8;
    case SIM_MEM_UNCACHED:
        return base | SIM_MAIR_UNCACHED << 2 | SH_OUTER << 8;
    case SIM_MEM_WRITE_THROUGH:
        return base | SIM_MAIR_WRITE_THROUGH << 2 | SH_INNER << 8;
    case SIM_MEM_GUARDED:
    case SIM_MEM_LOCAL:
    case SIM_MEM_DEVICE:
    default:
        return base | SIM_MAIR_DEVICE << 2 | SH_OUTER << 8 | (uint64_t)1 << 54; /* XN */
    }
}

static uint64_t page(const struct sim *s, uint64_t pa, enum sim_memtype type)
{
    (void)s;
    return leaf(pa, type, PAGE);
}

/* The table behind a first- or second-level word, made if there is none. */
static uint64_t table_behind(struct sim *s, uint64_t word)
{
    const uint64_t d = table_plain_word(s, 0, word);

    if ((d & 3u) == TABLE) {
        return d & ADDR;
    }
    const uint64_t pa = table_pool_take(s);

    table_poke(s, word, pa | TABLE);
    return pa;
}

static uint64_t second_word(struct sim *s, uint32_t va)
{
    return table_behind(s, root(s, va)) + (uint64_t)(va >> 21 & 0x1ffu) * 8;
}

/* Where both addresses allow it a block, else 256 pages: the caller thinks in MiB. */
static void map_sections(struct sim *s, uint32_t va, uint64_t pa, uint32_t mib,
                         enum sim_memtype type)
{
    for (uint32_t i = 0; i < mib; i++) {
        const uint32_t v = va + (i << 20);
        const uint64_t p = pa + ((uint64_t)i << 20);
        const uint64_t word = second_word(s, v);

        if (((v | p) & 0x1fffffu) == 0 && i + 1 < mib) {
            table_poke(s, word, leaf(p, type, BLOCK));
            i++;
            continue;
        }
        const uint64_t table = table_behind(s, word) + (uint64_t)(v >> 12 & 0x1ffu) * 8;

        for (uint32_t k = 0; k < 256; k++) {
            table_poke(s, table + (uint64_t)k * 8, leaf(p + (uint64_t)k * 4096, type, PAGE));
        }
    }
}

static void link_table(struct sim *s, uint32_t va, uint64_t table_pa)
{
    table_poke(s, second_word(s, va), (table_pa & ADDR) | TABLE);
}

/*
 * A run with the contiguous hint may sit in a TLB as one entry. An entry that is made while another
 * one of its run is still valid and does not continue it lies beside that TLB entry: the whole run
 * has to be broken first. Judged at the store, from the tables as the program wrote them.
 */
bool table_breaks_run(struct sim *s, uint64_t word, uint64_t d)
{
    const uint64_t first = word & ~(uint64_t)(RUN * 8u - 1u);

    if (s->m.tables != SIM_TABLES_LPAE || (d & VALID) == 0) {
        return false;
    }
    for (uint64_t at = first; at < first + (uint64_t)RUN * 8u; at += 8) {
        const uint64_t o = table_truth_word(s, 0, at);
        const uint64_t distance = (word - at) / 8u * 4096u; /* modulo 2^64, as pages are equal */

        if (at != word && ((o | d) & CONTIGUOUS) != 0 && (o & 3u) == PAGE && o + distance != d) {
            return true;
        }
    }
    return false;
}

const struct table_format table_lpae = {
    .valid = VALID,
    .align = 0x20,
    .root = root,
    .step = step,
    .page = page,
    .map_sections = map_sections,
    .link = link_table,
};
