/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which CPU this is, the check of a region's type, and why there are no windows. Sources: [ARM-926-CTR],
 * [ARM-V5MMU], [ARM-FEROCEON-L2].
 */
#include "armv5.h"
#include "armv5_insn.h"
#include "short_desc.h"

/* The cache type register as it was before ARMv7, which has bit 31 set. */
#define CTR_V7          0x80000000u
#define CTR_SEPARATE    0x01000000u
#define CTR_D_LINE(ctr) (8u << ((ctr) >> 12 & 3u))

#define SCTLR_L2    0x04000000u
#define FEATURES_L2 0x00400000u

/*
 * A second-level cache that is on would keep from memory what is cleaned here, and there is nobody to operate
 * it. A loader may have left it on.
 */
static bool second_level(uint32_t flags)
{
    return (insn_read_sctlr() & SCTLR_L2) != 0 ||
           ((flags & V5_P_FEATURES) != 0 && (insn_read_features() & FEATURES_L2) != 0);
}

int dmacoh_armv5_probe(struct dmacoh *c, bool boot_cpu)
{
    const uint32_t ctr = insn_read_ctr();

    if (!boot_cpu) {
        return DMACOH_OK; /* there is one CPU, which has been here */
    }
    /* A unified cache has other operations. */
    if ((ctr & (CTR_V7 | CTR_SEPARATE)) != CTR_SEPARATE || c->ncpus != 1u) {
        return DMACOH_E_UNSUPP;
    }
    c->policy = armv5_policy(insn_read_midr());
    c->step = CTR_D_LINE(ctr);
    c->line = c->step;
    c->page_shift = 12;
    return second_level(c->policy->flags) ? DMACOH_E_UNSUPP : DMACOH_OK;
}

/*
 * Uncached, whether its stores wait in the write buffer or not: the barriers drain it. TEX matters only where
 * the caller says what it is.
 */
int dmacoh_armv5_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr,
                              uintptr_t va)
{
    struct short_want want = {SHORT_V5, SHORT_C, 0};

    if (c->mmu.root == 0) {
        return DMACOH_OK; /* no tables: the caller's word */
    }
    if (c->mmu.pte_attr[attr] != 0) {
        want.mask = SHORT_TYPE;
        want.bits = c->mmu.pte_attr[attr] & SHORT_TYPE;
    }
    return short_region_check(c, &want, pa, len, va);
}

/*
 * --- no windows: asked for, they are refused, so the others are never called with a slot ---
 *
 * A page without a kernel mapping may be in the cache under the address of a user's. An operation through
 * a window would look under the window's address and find nothing, and the device would see old data.
 */

int dmacoh_armv5_win_init(struct dmacoh *c)
{
    return c->mmu.win_slots == 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
}

void dmacoh_armv5_win_fini(struct dmacoh *c)
{
    (void)c;
}

void dmacoh_armv5_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    (void)c;
    (void)cpu;
}

uintptr_t dmacoh_armv5_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    (void)c;
    (void)cpu;
    (void)slot;
    return (uintptr_t)pa;
}

void dmacoh_armv5_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    (void)c;
    (void)cpu;
    (void)slot;
}
