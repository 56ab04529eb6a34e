/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Short descriptors of ARMv6 (XP = 1) and ARMv7, TRE = 0. */
#include "tables.h"

#define L1_TABLE   1u
#define L1_SECTION 2u
#define L1_SUPER   (1u << 18)
#define L2_LARGE   1u
#define L2_SMALL   2u

uint8_t short_attr(unsigned tex, bool c, bool b, bool shared)
{
    const uint8_t wt = c && !b ? ATTR_WT : 0; /* the inner or only policy is write-through */
    uint8_t a = ATTR_DEVICE;

    if (tex == 0 && c) {
        a = (uint8_t)(ATTR_CACHED | wt);
    } else if (tex == 1 && !c && !b) {
        a = ATTR_UNCACHED;
    } else if (tex == 1 && c && b) {
        a = ATTR_CACHED;
    } else if (tex >= 4) {
        /* TEX[1:0] outer, C:B inner; the data side follows the inner attributes */
        a = !c && !b ? ATTR_UNCACHED : (uint8_t)(ATTR_CACHED | wt);
    }
    return (uint8_t)(a | (shared ? ATTR_SHARED : 0u));
}

uint64_t short_root(const struct sim *s, uint32_t va)
{
    return (s->ttbr & ~(uint64_t)0x3fff) + (uint64_t)(va >> 20) * 4;
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
    if ((d & L1_SUPER) != 0) {
        x->pa = (uint64_t)(d & 0xff000000u) | ((uint64_t)(d >> 20 & 0xfu) << 32) |
                ((uint64_t)(d >> 5 & 0xfu) << 36) | (va & 0xffffffu);
    } else {
        x->pa = (uint64_t)(d & 0xfff00000u) | (va & 0xfffffu);
    }
    x->attr = short_attr(d >> 12 & 7u, (d & 8u) != 0, (d & 4u) != 0, (d & (1u << 16)) != 0);
    return WALK_DONE;
}

static enum walk_step second_level(uint32_t d, uint32_t va, struct xlat *x)
{
    const bool shared = (d & (1u << 10)) != 0;

    x->shift = 12;
    if ((d & L2_SMALL) != 0) {
        x->pa = (uint64_t)(d & ~0xfffu) | (va & 0xfffu);
        x->attr = short_attr(d >> 6 & 7u, (d & 8u) != 0, (d & 4u) != 0, shared);
        return WALK_DONE;
    }
    if ((d & L2_LARGE) != 0) {
        x->pa = (uint64_t)(d & 0xffff0000u) | (va & 0xffffu);
        x->attr = short_attr(d >> 12 & 7u, (d & 8u) != 0, (d & 4u) != 0, shared);
        return WALK_DONE;
    }
    return WALK_FAULT;
}

static enum walk_step step(const struct sim *s, uint32_t va, uint64_t d, struct xlat *x,
                           uint64_t *next)
{
    (void)s;
    return x->n == 1 ? first_level((uint32_t)d, va, x, next) : second_level((uint32_t)d, va, x);
}

/* TEX at bit `tex`; C and B are at the same place in sections and pages. */
static uint32_t type_bits(enum sim_memtype type, unsigned tex)
{
    switch (type) {
    case SIM_MEM_CACHED:
        return 1u << tex | 0xcu;
    case SIM_MEM_UNCACHED:
        return 1u << tex;
    case SIM_MEM_WRITE_THROUGH:
        return 0x8u;
    case SIM_MEM_GUARDED:
    case SIM_MEM_LOCAL:
    case SIM_MEM_DEVICE:
    default:
        return 0x4u;
    }
}

uint32_t sim_small_page(uint64_t pa, enum sim_memtype type)
{
    /* AP = read/write, S; XN for devices */
    const uint32_t base = (uint32_t)(pa & 0xfffff000u) | L2_SMALL | (3u << 4) | (1u << 10);

    return base | type_bits(type, 6) | (type == SIM_MEM_DEVICE ? 1u : 0u);
}

static uint64_t page(const struct sim *s, uint64_t pa, enum sim_memtype type)
{
    (void)s;
    return sim_small_page(pa, type);
}

static void map_sections(struct sim *s, uint32_t va, uint64_t pa, uint32_t mib,
                         enum sim_memtype type)
{
    /* AP = read/write, S; XN for devices */
    const uint32_t base = L1_SECTION | (3u << 10) | (1u << 16) | type_bits(type, 12) |
                          (type == SIM_MEM_DEVICE ? 1u << 4 : 0u);

    for (uint32_t i = 0; i < mib; i++) {
        const uint64_t p = pa + ((uint64_t)i << 20);
        uint32_t d = base;

        if (p >> 32 == 0) {
            d |= (uint32_t)p & 0xfff00000u;
        } else {
            /* supersection: 16 equal words cover 16 MiB */
            d |= L1_SUPER | ((uint32_t)p & 0xff000000u) | ((uint32_t)(p >> 32 & 0xfu) << 20) |
                 ((uint32_t)(p >> 36 & 0xfu) << 5);
        }
        table_poke(s, short_root(s, va + (i << 20)), d);
    }
}

void short_link(struct sim *s, uint32_t va, uint64_t table_pa)
{
    const uint32_t sbo = s->m.tables == SIM_TABLES_V5 ? 0x10u : 0; /* bit 4 should be one there */

    table_poke(s, short_root(s, va), ((uint32_t)table_pa & ~0x3ffu) | sbo | L1_TABLE);
}

const struct table_format table_short = {
    .valid = 3,
    .align = 0x4000,
    .root = short_root,
    .step = step,
    .page = page,
    .map_sections = map_sections,
    .link = short_link,
};
