/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file short_desc.h
 * @brief Short-descriptor tables, in the format of ARMv5 and in that of ARMv6, which ARMv7-A
 *        walks, too (it reads them in armv7a_short.c, beside long ones). Private.
 */
#ifndef DMACOH_SHORT_DESC_H
#define DMACOH_SHORT_DESC_H

#include "core.h"

enum short_format {
    SHORT_V5, /* permissions by quarter of a page; also what ARMv6 walks with SCTLR.XP clear */
    SHORT_V6  /* ARMv6 with SCTLR.XP set */
};

/* First level */
#define SHORT_SECTION_SHIFT   20u
#define SHORT_SECTION_SIZE    (1u << SHORT_SECTION_SHIFT)
#define SHORT_TABLE_SIZE      1024u
#define SHORT_L1_TYPE         0x3u
#define SHORT_L1_TABLE_BASE   0xfffffc00u
#define SHORT_L1_SECTION_BASE 0xfff00000u
#define SHORT_L1_TABLE        0x1u
#define SHORT_L1_SECTION      0x2u
#define SHORT_L1_SUPER        0x00040000u
#define SHORT_L1_DOMAIN       0x000001e0u
/* Second level */
#define SHORT_PAGE_SHIFT    12u
#define SHORT_PAGE_SIZE     (1u << SHORT_PAGE_SHIFT)
#define SHORT_L2_TYPE       0x3u
#define SHORT_L2_LARGE      0x1u
#define SHORT_L2_SMALL_BASE 0xfffff000u
#define SHORT_L2_LARGE_BASE 0xffff0000u
#define SHORT_SMALL         0x2u
/* Attribute bits in the positions of a small page of ARMv6. ARMv5 has C and B, and TEX in some entries. */
#define SHORT_XN       0x001u
#define SHORT_B        0x004u
#define SHORT_C        0x008u
#define SHORT_AP       0x030u
#define SHORT_AP_RW    0x010u /* read and write, privileged */
#define SHORT_TEX      0x1c0u
#define SHORT_TEX0     0x040u
#define SHORT_APX      0x200u /* read-only */
#define SHORT_NG       0x800u
#define SHORT_TYPE     (SHORT_TEX | SHORT_C | SHORT_B)
#define SHORT_ALL_BITS 0xfffu

/* A section has TEX at 14:12, AP at 11:10, APX, S, nG at 15, 16, 17, XN at 4. */
static inline uint32_t short_section_bits(uint32_t d)
{
    return (d & (SHORT_C | SHORT_B)) | (d >> 4 & SHORT_XN) | (d >> 6 & (SHORT_AP | SHORT_TEX)) |
           (d >> 6 & 0xe00u) | SHORT_SMALL;
}

/* A large page differs from a small one in TEX at 14:12 and XN at 15. */
static inline uint32_t short_large_bits(uint32_t d)
{
    return (d & 0xe3cu) | (d >> 6 & SHORT_TEX) | (d >> 15 & SHORT_XN) | SHORT_SMALL;
}

/* One translation, with its attributes where a small page of ARMv6 has them. */
struct short_entry {
    uint32_t phys, size; /* of the page or section */
    uint32_t bits;
    uint32_t domain; /* in place in a first-level entry */
    bool valid;
};

/*
 * Read the live tables at va. A second-level table is reached through the linear map: tables live in
 * ordinary memory. false: the table itself cannot be reached, or the entry is of a kind not handled.
 */
bool short_walk(const struct dmacoh *c, enum short_format format, uintptr_t va,
                struct short_entry *e);

/* What a mapping must be: (bits & mask) == bits_wanted. */
struct short_want {
    enum short_format format;
    uint32_t mask, bits;
};

/* Do the live tables map [va, va + len) to pa, all of it as wanted? OK, E_NOMAP or E_ATTR. */
int short_region_check(const struct dmacoh *c, const struct short_want *want, dmacoh_phys_t pa,
                       uint64_t len, uintptr_t va);

#endif
