/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The outer cache controller PL310, also called L2C-310. Sources: [PL310-TRM], [PL310-ERRATA].
 *
 * It is physically addressed, shared by all CPUs, and no CP15 operation reaches it. Operations are stores of
 * a line's address to a register, Device memory. Those by address are atomic: the controller stalls its
 * ports until each is done, so several CPUs need no lock. Operations by way run in the background, and all
 * others fail meanwhile: the library has none.
 *
 * A store to a register has left the CPU only at a DSB, and what the CPU does to its own caches is not
 * ordered with it. So the core puts a DSB between the levels (BE_BAR_DONE) and before the first
 * (BE_BAR_BEGIN). What is left for this file: every batch ends with a drain, SYNC and a read of its register.
 * The read cannot return before the controller took the SYNC, and the operations before it are done by then.
 */
#include "pl310.h"

#if DMACOH_WITH_OUTER

#include "pl310_insn.h"

#include "range.h"

#define REG_ID        0x000u
#define REG_CONTROL   0x100u
#define REG_AUX       0x104u
#define REG_SYNC      0x730u
#define REG_DUMMY     0x740u /* unmapped; a write there drains as well */
#define REG_INVAL     0x770u
#define REG_CLEAN     0x7b0u
#define REG_CLEAN_INV 0x7f0u
#define REG_DEBUG     0xf40u

#define ID_MASK        0xff0003c0u /* implementer, part */
#define ID_PL310       0x410000c0u
#define ID_RELEASE     0x0000003fu
#define CONTROL_ENABLE 0x00000001u
#define AUX_EXCLUSIVE  0x00001000u
#define AUX_INVALIDATE 0x00002000u
#define SYNC_BUSY      0x00000001u
#define DEBUG_OFF      0u
#define DEBUG_NO_ALLOC 3u /* no line fill, and write-through */

/* Errata by release, as the ID register numbers them: r0p0 0, r1p0 2, r2p0 4, r3p0 5, r3p1 6, r3p2 8. */
struct erratum {
    uint8_t first, last;
    uint16_t sync_reg; /* what drains instead of SYNC, or 0 */
    uint32_t flags;    /* for the policy */
};

static const struct erratum errata[] = {
    {0x00, 0x03, 0, BE_P_OUTER_ATOMIC}, /* 588369: clean and invalidate leaves clean lines valid */
    {0x05, 0x05, REG_DUMMY, 0},         /* 753970: after a SYNC its buffer never merges again */
};

#define NERRATA (sizeof(errata) / sizeof(errata[0]))

static void find_errata(uint32_t release, uint32_t *flags, uint32_t *sync_reg)
{
    *flags = BE_P_OUTER;
    *sync_reg = REG_SYNC;
    for (const struct erratum *e = errata; e != errata + NERRATA; e++) {
        if (release >= e->first && release <= e->last) {
            *flags |= e->flags;
            *sync_reg = e->sync_reg != 0 ? e->sync_reg : *sync_reg;
        }
    }
}

/* The debug register is the secure world's on most systems: the port writes it. */
static int set_debug(const struct dmacoh *c, uint32_t v)
{
    return c->ops->outer_write(c->ops_ctx, REG_DEBUG, v);
}

static bool can_debug(const struct dmacoh *c)
{
    return c->ops != NULL && c->ops->outer_write != NULL && set_debug(c, DEBUG_OFF) == 0;
}

int pl310_probe(const struct dmacoh *c, uint32_t *flags, uint32_t *sync_reg)
{
    const uint32_t id = insn_l2_read(c->outer_va + REG_ID);
    const uint32_t aux = insn_l2_read(c->outer_va + REG_AUX);

    if ((id & ID_MASK) != ID_PL310) {
        return DMACOH_E_UNSUPP;
    }
    /* One that is off now and enabled later would be full of lines that nobody operated on. */
    if ((insn_l2_read(c->outer_va + REG_CONTROL) & CONTROL_ENABLE) == 0) {
        return DMACOH_E_UNSUPP;
    }
    /*
     * Shareable invalidate: uncached accesses drop dirty lines. Exclusive: the inner cache evicts clean
     * lines into this one, so a stale line can move outward behind the outer invalidation and stay.
     */
    if ((aux & (AUX_INVALIDATE | AUX_EXCLUSIVE)) != 0) {
        return DMACOH_E_UNSUPP;
    }
    find_errata(id & ID_RELEASE, flags, sync_reg);
    return (*flags & BE_P_OUTER_ATOMIC) == 0 || can_debug(c) ? DMACOH_OK : DMACOH_E_UNSUPP;
}

void pl310_drain(const struct dmacoh *c, uint32_t sync_reg)
{
    insn_l2_write(c->outer_va + sync_reg, 0);
    /* Busy: somebody's operation by way, in the background. */
    while ((insn_l2_read(c->outer_va + REG_SYNC) & SYNC_BUSY) != 0) {
    }
}

static void each_line(const struct dmacoh *c, uint32_t reg, uint32_t first, uint32_t last)
{
    const uintptr_t va = c->outer_va + reg;
    const uint32_t end = (uint32_t)unit_first(last, PL310_LINE);

    /* To the last line, not to one past the end: that is 0 at the top of memory. */
    for (uint32_t pa = (uint32_t)unit_first(first, PL310_LINE);; pa += PL310_LINE) {
        insn_l2_write(va, pa);
        if (pa == end) {
            break;
        }
    }
}

/*
 * Erratum 588369: an invalidation of its own behind the clean. A line that is stored to in between would be
 * lost, so no line may become dirty meanwhile: hence the debug register, and the lock and the masked
 * interrupts that the core holds.
 */
static void clean_inval_in_two(const struct dmacoh *c, uint32_t sync_reg, uint32_t first,
                               uint32_t last)
{
    (void)set_debug(c, DEBUG_NO_ALLOC);
    each_line(c, REG_CLEAN, first, last);
    each_line(c, REG_INVAL, first, last);
    pl310_drain(c, sync_reg);
    (void)set_debug(c, DEBUG_OFF);
}

void pl310_op(const struct dmacoh *c, uint32_t sync_reg, enum be_op op, uint32_t first,
              uint32_t last)
{
    if (op == BE_CLEAN_INVAL && (c->policy->flags & BE_P_OUTER_ATOMIC) != 0) {
        clean_inval_in_two(c, sync_reg, first, last);
        return;
    }
    each_line(c,
              op == BE_CLEAN   ? REG_CLEAN
              : op == BE_INVAL ? REG_INVAL
                               : REG_CLEAN_INV,
              first, last);
    pl310_drain(c, sync_reg);
}

#endif
