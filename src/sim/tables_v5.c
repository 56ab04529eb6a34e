/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Short descriptors of ARMv5: C and B are all that there is, four access permissions a page, no
 * shareability. Fine tables and tiny pages are not modelled: they fault.
 */
#include "tables.h"

#define L1_TABLE   1u
#define L1_SECTION 2u
#define L2_LARGE   1u
#define L2_SMALL   2u
#define SBO        0x10u /* should be one in first-level words */

static uint8_t attr_of(uint32_t d)
{
    switch (d >> 2 & 3u) {
    case 1:
        return ATTR_UNCACHED;
    case 2:
        return ATTR_CACHED | ATTR_WT;
    case 3:
        return ATTR_CACHED;
    default:
        return ATTR_DEVICE; /* not bufferable either: strongly ordered */
    }
}

static enum walk_step first_level(uint32_t d, uint32_t va, struct xlat *x, uint64_t *next)
{
    x->shift = 20;
    if ((d & 3u) == L1_TABLE) {
        *next = (d & ~0x3ffull) + (uint64_t)(va >> 12 & 0xffu) * 4;
        return WALK_NEXT;
    }
    if ((d & 3u) != L1_SECTION) {
        return WALK_FAULT;
    }
    x->pa = (uint64_t)(d & 0xfff00000u) | (va & 0xfffffu);
    x->attr = attr_of(d);
    return WALK_DONE;
}

static enum walk_step second_level(uint32_t d, uint32_t va, struct xlat *x)
{
    x->shift = 12;
    if ((d & 3u) == L2_SMALL) {
        x->pa = (uint64_t)(d & ~0xfffu) | (va & 0xfffu);
    } else if ((d & 3u) == L2_LARGE) {
        x->pa = (uint64_t)(d & 0xffff0000u) | (va & 0xffffu);
    } else {
        return WALK_FAULT;
    }
    x->attr = attr_of(d);
    return WALK_DONE;
}

static enum walk_step step(const struct sim *s, uint32_t va, uint64_t d, struct xlat *x,
                           uint64_t *next)
{
    (void)s;
    return x->n == 1 ? first_level((uint32_t)d, va, x, next) : second_level((uint32_t)d, va, x);
}

/* Cached memory of a write-through model is mapped that way: its core has no other store policy. */
static uint32_t type_bits(const struct sim *s, enum sim_memtype type)
{
    switch (type) {
    case SIM_MEM_CACHED:
        return s->m.write_through ? 0x8u : 0xcu;
    case SIM_MEM_UNCACHED:
        return 0x4u;
    case SIM_MEM_WRITE_THROUGH:
        return 0x8u;
    case SIM_MEM_GUARDED:
    case SIM_MEM_LOCAL:
    case SIM_MEM_DEVICE:
    default:
        return 0;
    }
}

static uint64_t page(const struct sim *s, uint64_t pa, enum sim_memtype type)
{
    /* all four quarters: read and write for the kernel */
    return (pa & 0xfffff000u) | 0x550u | type_bits(s, type) | L2_SMALL;
}

static void map_sections(struct sim *s, uint32_t va, uint64_t pa, uint32_t mib,
                         enum sim_memtype type)
{
    for (uint32_t i = 0; i < mib; i++) {
        const uint64_t p = (pa + ((uint64_t)i << 20)) & 0xfff00000u;

        table_poke(s, short_root(s, va + (i << 20)),
                   p | (1u << 10) | SBO | type_bits(s, type) | L1_SECTION);
    }
}

const struct table_format table_v5 = {
    .valid = 3,
    .align = 0x4000,
    .root = short_root,
    .step = step,
    .page = page,
    .map_sections = map_sections,
    .link = short_link,
};
