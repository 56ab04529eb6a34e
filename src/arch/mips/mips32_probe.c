/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which CPU this is, and whether it fits the others. Sources: [MIPS-CACHE], [MIPS-CM], [MIPS-R10K-CACHE],
 * [MIPS-BMIPS-RAC].
 */
#include "mips32.h"
#include "mips32_insn.h"

#include "memmap.h"
#include "range.h"

/* Fields of Config1 and Config2 are made alike: log2 of the line less 1, of the sets less 6, ways less 1. */
static struct mips32_cache geometry(uint32_t line, uint32_t sets, uint32_t ways)
{
    const struct mips32_cache none = {0, 0, 0};
    /* Config1 has a code for 32 sets, which follows the largest number. */
    const struct mips32_cache cache = {2u << line, sets == 7u ? 32u : 64u << sets, ways + 1u};

    return line == 0 || line > 7u ? none : cache;
}

struct mips32_cache mips32_l1(uint32_t config1)
{
    return geometry(config1 >> 10 & 7u, config1 >> 13 & 7u, config1 >> 7 & 7u);
}

#define PRID_COMPANY  0x00ff0000u
#define PRID_MIPS     0x00010000u
#define PRID_BROADCOM 0x00020000u
#define L2_BYPASSED   0x00001000u /* in Config2, with those two: the L2 is there, and not used */

struct mips32_cache mips32_l2(uint32_t prid, uint32_t config2)
{
    const uint32_t company = prid & PRID_COMPANY;
    const bool can_bypass = company == PRID_MIPS || company == PRID_BROADCOM;

    if (can_bypass && (config2 & L2_BYPASSED) != 0) {
        return (struct mips32_cache){0, 0, 0};
    }
    return geometry(config2 >> 4 & 15u, config2 >> 8 & 7u, config2 & 15u);
}

/* What is known of a CPU. */
struct facts {
    const struct dmacoh_policy *policy;
    uint32_t l1_line, l2_line, cca;
    uintptr_t rac;
    bool managed; /* a coherence manager carries operations by address to all CPUs */
};

#define R10K_L2_LINE(config) (64u << ((config) >> 13 & 1u))

#define L1_WAY_MOST  32768u /* a window slot has no more colours */
#define L2_LINE_MOST 256u

/* The second level of a coherence manager, as the port tells. */
static bool line_ok(uint32_t line)
{
    return is_pow2(line) && line >= 16u && line <= L2_LINE_MOST;
}

static bool read_caches(const struct dmacoh *c, uint32_t prid, uint32_t config, struct facts *f)
{
    const uint32_t kind = mips32_policy(prid, 0)->flags;

    if ((kind & MIPS_P_SPEC_STORES) != 0) {
        f->l2_line = R10K_L2_LINE(config); /* its operations act on the L1 as well */
        return true;
    }
    if ((config & MIPS_CONFIG_M) == 0) {
        return false;
    }
    const uint32_t config1 = insn_read_config1();
    const struct mips32_cache l1 = mips32_l1(config1);

    f->l1_line = l1.line;
    if ((config1 & MIPS_CONFIG_M) != 0) {
        const uint32_t config2 = insn_read_config2();

        f->l2_line = mips32_l2(prid, config2).line;
        f->managed = (config2 & MIPS_CONFIG_M) != 0 && (insn_read_config3() >> 29 & 1u) != 0;
    }
    if ((kind & MIPS_P_CM3) != 0) {
        f->l2_line = c->facts.l2_line;
        if (!line_ok(f->l2_line)) {
            return false;
        }
    }
    return l1.line != 0 && l1.line * l1.sets <= L1_WAY_MOST;
}

/* The core's registers lie where physical addresses above KSEG0 would be, too: so or, and no sum. */
#define CBR_BASE 0xfffc0000u

static bool read_facts(const struct dmacoh *c, struct facts *f)
{
    const uint32_t prid = insn_read_prid();
    const uint32_t config = insn_read_config();
    uint32_t have = (c->flags & DMACOH_F_NO_PREFETCH) != 0 ? MIPS_QUIET : 0;

    f->cca = config & MIPS_CONFIG_K0;
    if (!read_caches(c, prid, config, f)) {
        return false;
    }
    if (f->l2_line != 0) {
        have |= MIPS_L2;
    }
    f->policy = mips32_policy(prid, have);
    if ((f->policy->flags & BE_P_POST_BATCH) != 0) {
        const uint32_t base = insn_read_cbr() & CBR_BASE;

        f->rac = base | MIPS_KSEG1;
        return base != 0; /* a loader may leave it 0: that would be memory */
    }
    return true;
}

/* Does what the port says go with what the CPU does? */
static bool usable(const struct dmacoh *c, const struct facts *f)
{
    const uint32_t flags = f->policy->flags;
    const bool coherent = f->cca == MIPS_CCA_COHERENT || f->cca == MIPS_CCA_COHERENT + 1u;

    /* With KSEG0 uncached there is no address for operations, and nothing to operate on. */
    if (f->cca == MIPS_CCA_UNCACHED || f->cca == MIPS_CCA_UNCACHED_WC) {
        return false;
    }
    /* A wrong path may make any line dirty, a buffer's as well: only barriers in all code prevent it. */
    if ((flags & MIPS_P_SPEC_STORES) != 0 && (c->flags & DMACOH_F_NO_SPEC_STORES) == 0) {
        return false;
    }
    if (c->ncpus == 1u || (c->flags & DMACOH_F_CPU_AFFINE) != 0) {
        return true;
    }
    return (flags & MIPS_P_ONE_L1) != 0 || (f->managed && coherent);
}

/* CACHE through KSEG1 is undefined, and KSEG0 shows memory in one place only. */
static bool map_ok(const struct dmacoh *c)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        const uintptr_t last = m->va + (uintptr_t)(m->size - 1u);

        if (m->kind == DMACOH_RAM_LINEAR &&
            (mips32_in(m->va, MIPS_KSEG1) || mips32_in(last, MIPS_KSEG1) ||
             (mips32_in(m->va, MIPS_KSEG0) && m->va - MIPS_KSEG0 != m->phys))) {
            return false;
        }
    }
    return true;
}

/* A level without lines does not count. */
static uint32_t smaller_line(uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0) {
        return a | b;
    }
    return min_u32(a, b);
}

int dmacoh_mips32_probe(struct dmacoh *c, bool boot_cpu)
{
    struct facts f = {.l1_line = 0};

    if (!read_facts(c, &f) || !usable(c, &f)) {
        return DMACOH_E_UNSUPP;
    }
    if (boot_cpu) {
        c->policy = f.policy;
        c->step = smaller_line(f.l1_line, f.l2_line);
        c->line = max_u32(f.l1_line, f.l2_line);
        c->page_shift = 12;
        c->be_priv[MIPS_L1_LINE] = f.l1_line;
        c->be_priv[MIPS_L2_LINE] = f.l2_line;
        c->be_priv[MIPS_CCA] = MIPS_CCA_BITS(f.cca);
        c->be_priv[MIPS_RAC] = f.rac;
        return map_ok(c) ? DMACOH_OK : DMACOH_E_ATTR;
    }
    if (f.policy != c->policy || f.l1_line != c->be_priv[MIPS_L1_LINE] ||
        f.l2_line != c->be_priv[MIPS_L2_LINE] || MIPS_CCA_BITS(f.cca) != c->be_priv[MIPS_CCA] ||
        f.rac != c->be_priv[MIPS_RAC]) {
        return DMACOH_E_UNSUPP;
    }
#if DMACOH_WITH_WINDOWS
    return mips32_win_admit(c);
#else
    return DMACOH_OK;
#endif
}
