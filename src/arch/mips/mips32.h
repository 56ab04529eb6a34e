/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mips32.h
 * @brief What the files of the MIPS32 backend share. Private.
 */
#ifndef DMACOH_MIPS32_H
#define DMACOH_MIPS32_H

#include "backend.h"

DMACOH_BE_DECLARE(mips32)
void dmacoh_mips32_boot_cache_inval(bool boot_cpu);

/* Run-time facts in struct dmacoh, be_priv[]. */
enum mips32_priv {
    MIPS_L1_LINE, /* bytes of a line; 0: operations on the second level act on the first one, too */
    MIPS_L2_LINE, /* 0: there is no second level */
    MIPS_CCA,     /* how KSEG0 is cached, as EntryLo says it */
    MIPS_RAC      /* BMIPS: address of the configuration of the read-ahead cache */
};

/* All CPUs use one L1 cache (34K): an operation is right on each of them. */
#define MIPS_P_ONE_L1 BE_P_OWN(0)
/* Lines are prefetched into a buffer beside the second level, which only a clean empties. */
#define MIPS_P_L2_BUFFER BE_P_OWN(1)
/* Stores are speculated: a line may become dirty that no program stores to. Config is the R10000's. */
#define MIPS_P_SPEC_STORES BE_P_OWN(2)
/* The second level is a coherence manager's, of which no CPU register tells anything. */
#define MIPS_P_CM3 BE_P_OWN(3)

/* What a row may depend on, beside the CPU. */
#define MIPS_QUIET 1u /* the port vouches that nothing prefetches */
#define MIPS_L2    2u /* there is a second level */

/* Policy row of this CPU. */
const struct dmacoh_policy *mips32_policy(uint32_t prid, uint32_t have);

/* Segments that no TLB entry translates: the first 512 MiB of physical addresses, cached and not. */
#define MIPS_KSEG0    0x80000000u
#define MIPS_KSEG1    0xa0000000u
#define MIPS_SEG_SIZE 0x20000000u

/* Both, which lie side by side. */
#define MIPS_SEGMENTS_SIZE 0x40000000u

/* Is an address in the segment that begins there? */
static inline bool mips32_in(uintptr_t va, uintptr_t segment)
{
    return va - segment < MIPS_SEG_SIZE;
}

/* Config */
#define MIPS_CONFIG_M        0x80000000u /* the next register exists; also in Config1 and Config2 */
#define MIPS_CONFIG_K0       0x7u
#define MIPS_CONFIG_MT(c)    ((c) >> 7 & 7u)
#define MIPS_MT_TLB          1u
#define MIPS_MT_TWO_TLBS     4u
#define MIPS_CCA_UNCACHED    2u
#define MIPS_CCA_COHERENT    4u /* and 5: other CPUs are told */
#define MIPS_CCA_UNCACHED_WC 7u

/* Geometry of a cache, from Config1 or Config2; line 0: there is none. */
struct mips32_cache {
    uint32_t line; /* bytes */
    uint32_t sets; /* a way */
    uint32_t ways;
};
struct mips32_cache mips32_l1(uint32_t config1);
struct mips32_cache mips32_l2(uint32_t prid, uint32_t config2);

/* Does this CPU have a TLB? The R10000's Config does not say, and has other fields there. */
static inline bool mips32_has_tlb(const struct dmacoh *c, uint32_t config)
{
    return (c->policy->flags & MIPS_P_SPEC_STORES) != 0 || MIPS_CONFIG_MT(config) == MIPS_MT_TLB ||
           MIPS_CONFIG_MT(config) == MIPS_MT_TWO_TLBS;
}

/* --- the TLB of this CPU; interrupts are off --- */

#define MIPS_NO_ENTRY 0x80000000u /* bit of Index: nothing matches */

/* EntryLo */
#define MIPS_LO_GLOBAL   0x1u
#define MIPS_LO_VALID    0x2u
#define MIPS_LO_DIRTY    0x4u /* may be stored to */
#define MIPS_LO_CCA(lo)  ((lo) >> 3 & 7u)
#define MIPS_LO_PFN      0x3fffffc0u
#define MIPS_CCA_BITS(c) ((c) << 3)
#define MIPS_PFN_SHIFT   6u

/* The registers through which the TLB is written and read, which are the host's as well. */
struct mips32_tlb_regs {
    uint32_t hi, lo0, lo1, mask, index;
};

/* One of the two pages of an entry. */
struct mips32_page {
    uint32_t lo;
    uint32_t size; /* bytes */
};

struct mips32_tlb_regs mips32_tlb_save(void);
void mips32_tlb_restore(const struct mips32_tlb_regs *old);

/* Index of the entry that translates va, in the address space of old, or MIPS_NO_ENTRY. */
uint32_t mips32_tlb_find(uintptr_t va, const struct mips32_tlb_regs *old);

/* The page of that entry that shows va. */
struct mips32_page mips32_tlb_read(uint32_t index, uintptr_t va);

/* Make an entry of 4 KiB pages. It is in effect afterwards. */
void mips32_tlb_write(uint32_t index, uintptr_t va, uint32_t lo0, uint32_t lo1);

/* Make an entry match nothing. */
void mips32_tlb_clear(uint32_t index);

/* Which bits of a page number exist: there are as many as physical addresses need. */
uint32_t mips32_tlb_pfn_bits(void);

/* --- windows --- */

/* A CPU but the boot CPU: make its slots, like win_init there. */
int mips32_win_admit(const struct dmacoh *c);

#endif
