/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Data-cache operations by hit, and barriers. Sources: [MIPS-CACHE], [MIPS-SYNC],
 * [MIPS-R10K-CACHE], [MIPS-BMIPS-RAC].
 *
 * Both levels are operated by virtual address, so both are inner levels to the core, and the order between
 * them is made here: down to memory the first level goes first and pushes into the second one; what a
 * device has written is uncovered from the second level on, else a line dropped in the first one could come
 * back stale. Lines of the two differ in size, and each loop has its own.
 *
 * Operations by index are not used: they act on lines of whoever has the place, and on one CPU only.
 * Create_Dirty_Exclusive makes a line of garbage dirty, and is used neither.
 */
#include "mips32.h"
#include "mips32_insn.h"

#include "lines.h"

static void op_l1(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t line = c->be_priv[MIPS_L1_LINE];
    const uintptr_t end = (uintptr_t)unit_first(last, line);

    if (op == BE_CLEAN) {
        FOR_EACH_LINE(line, first, end, insn_l1_clean)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(line, first, end, insn_l1_inval)
    } else {
        FOR_EACH_LINE(line, first, end, insn_l1_clean_inval)
    }
}

static void op_l2(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    const uintptr_t line = c->be_priv[MIPS_L2_LINE];
    const uintptr_t end = (uintptr_t)unit_first(last, line);

    if (op == BE_CLEAN) {
        FOR_EACH_LINE(line, first, end, insn_l2_clean)
    } else if (op == BE_INVAL) {
        FOR_EACH_LINE(line, first, end, insn_l2_inval)
    } else {
        FOR_EACH_LINE(line, first, end, insn_l2_clean_inval)
    }
}

/*
 * BMIPS5000: a buffer beside the L2 prefetches along a stream, and may hold lines of both ends of the range
 * from before the device wrote. Cleaning a line of the L2 makes it forget that line; nothing is dirty
 * there, so that nothing is written. [MIPS-BMIPS-L2]
 */
static void empty_buffer(const struct dmacoh *c, uintptr_t first, uintptr_t last)
{
    const uintptr_t line = c->be_priv[MIPS_L2_LINE];
    const uintptr_t head = (uintptr_t)unit_last(first, line);

    if (last - first < 4u * line) {
        op_l2(c, BE_CLEAN, first, last);
    } else {
        op_l2(c, BE_CLEAN, first, head + line);
        op_l2(c, BE_CLEAN, (uintptr_t)unit_first(last, line) - line, last);
    }
}

/* An uncached region is operated through KSEG0, which shows the same bytes: in KSEG1 CACHE is undefined. */
static uintptr_t cached(uintptr_t va)
{
    return mips32_in(va, MIPS_KSEG1) ? va - MIPS_KSEG1 + MIPS_KSEG0 : va;
}

void dmacoh_mips32_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    first = cached(first);
    last = cached(last);
    if (c->be_priv[MIPS_L2_LINE] == 0) {
        op_l1(c, op, first, last);
    } else if (c->be_priv[MIPS_L1_LINE] == 0) {
        op_l2(c, op, first, last);
    } else if (op == BE_INVAL) {
        if ((c->policy->flags & MIPS_P_L2_BUFFER) != 0) {
            empty_buffer(c, first, last);
        }
        op_l2(c, op, first, last);
        insn_sync();
        op_l1(c, op, first, last);
    } else {
        op_l1(c, op, first, last);
        insn_sync();
        op_l2(c, op, first, last);
    }
}

/* One barrier orders everything, stores and cache operations alike; lighter ones are not in every CPU. */
void dmacoh_mips32_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    (void)kind;
    insn_sync();
}

#define RAC_FORGET 0x100u

/*
 * BMIPS3300, 4350, 4380: the read-ahead cache between L1 and memory keeps what it has read when a device
 * writes. It is emptied as a whole, before the lines of the L1 go: a line that is prefetched in between
 * would come out of it. Reading the register back waits for it.
 */
void dmacoh_mips32_post_batch(const struct dmacoh *c)
{
    const uintptr_t rac = c->be_priv[MIPS_RAC];

    insn_core_write(rac, insn_core_read(rac) | RAC_FORGET);
    (void)insn_core_read(rac);
    insn_sync(); /* CACHE does not wait for a load */
}

/* Nothing is operated by physical address: policy does not have the bit, so the core never comes here. */
void dmacoh_mips32_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}
