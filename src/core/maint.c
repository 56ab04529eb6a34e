/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "maint.h"

#include "mem_insn.h"
#include "memmap.h"
#include "range.h"
#include "window.h"

/*
 * Barriers of one call (v7: one before, one after, whatever its length):
 * BEGIN orders what came before against operations that name a line by another address: the data may
 * have been stored through a window or through uncached memory, and the completion that was read just now
 * must not be overtaken by an invalidation. DONE waits for the operations; a copy out of a slot, the
 * other cache level and the driver's doorbell come behind it.
 */
void maint_begin(struct job *job)
{
    if (!job->begun) {
        BE(job->c, barrier)(job->c, BE_BAR_BEGIN);
        job->did.barriers++;
        job->begun = true;
    }
}

void maint_done(struct job *job)
{
    if (job->ops) {
        BE(job->c, barrier)(job->c, BE_BAR_DONE);
        job->did.barriers++;
        job->ops = false;
    }
}

/* Lines of [first, first + len); the low bits of first will do. */
static void count(struct job *job, enum be_op op, uint32_t first, size_t len)
{
    const uint32_t step = job->c->step;
    const size_t in_lines = (first & (step - 1u)) + (len - 1u);
    const uint32_t lines = (uint32_t)(in_lines >> __builtin_ctz(step)) + 1u;

    if (op == BE_CLEAN) {
        job->did.lines_clean += lines;
    } else if (op == BE_INVAL) {
        job->did.lines_inval += lines;
    } else {
        job->did.lines_clean_inval += lines;
    }
}

/*
 * Some CPUs need several instructions for one operation, and an interrupt whose handler operates on lines
 * too must not come in between. A page at a time, so that the time without interrupts stays bounded.
 */
static void op_va(struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    if (!BE_MAY(BE_P_IRQ_ATOMIC) || (c->policy->flags & BE_P_IRQ_ATOMIC) == 0) {
        BE(c, op_va)(c, op, first, last);
        return;
    }
    for (;;) {
        const uintptr_t page_last = (uintptr_t)unit_last(first, 1u << c->page_shift);
        const uintptr_t end = last < page_last ? last : page_last;
        const uintptr_t irq = dmacoh_port_irq_save();

        BE(c, op_va)(c, op, first, end);
        dmacoh_port_irq_restore(irq);
        if (end == last) {
            return;
        }
        first = end + 1u;
    }
}

void maint_va(struct job *job, enum be_op op, uintptr_t va, size_t len)
{
    maint_begin(job);
    op_va(job->c, op, va, va + (len - 1u));
    count(job, op, (uint32_t)va, len);
    job->ops = true;
}

#if DMACOH_WITH_OUTER

/* The controller is the host's as well, so the lock is the host's own if it names one. */
static void outer_lock(struct dmacoh *c)
{
    if (c->ops != NULL && c->ops->host_lock != NULL) {
        c->ops->host_lock(c->ops_ctx, DMACOH_HOST_LOCK_OUTER);
    } else {
        dmacoh_port_lock(&c->be_lock);
    }
}

static void outer_unlock(struct dmacoh *c)
{
    if (c->ops != NULL && c->ops->host_lock != NULL) {
        c->ops->host_unlock(c->ops_ctx, DMACOH_HOST_LOCK_OUTER);
    } else {
        dmacoh_port_unlock(&c->be_lock);
    }
}

static void op_outer(struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    if (!BE_MAY(BE_P_OUTER_ATOMIC) || (c->policy->flags & BE_P_OUTER_ATOMIC) == 0) {
        BE(c, op_outer)(c, op, first, last);
        return;
    }
    for (;;) {
        const uint64_t end = min_u64(last, unit_last(first, 1u << c->page_shift));
        const uintptr_t irq = dmacoh_port_irq_save();

        outer_lock(c);
        BE(c, op_outer)(c, op, first, end);
        outer_unlock(c);
        dmacoh_port_irq_restore(irq);
        if (end == last) {
            return;
        }
        first = end + 1u;
    }
}

#endif

/* Apply fn to [phys, phys + len) by virtual address: where it is mapped at once, else page by page. */
typedef void (*by_va_fn)(struct job *job, void *arg, uintptr_t va, size_t len);

#if DMACOH_WITH_WINDOWS
static int by_window(struct job *job, dmacoh_phys_t phys, size_t len, by_va_fn fn, void *arg)
{
    while (len != 0) {
        const uint32_t rest = unit_rest((uint32_t)phys, WINDOW_PAGE);
        const size_t part = len < rest ? len : rest;
        struct window w;
        const int rc = window_open(job, phys, &w);

        if (rc != DMACOH_OK) {
            return rc;
        }
        fn(job, arg, w.va, part);
        window_close(job, &w);
        phys += part;
        len -= part;
    }
    return DMACOH_OK;
}
#endif

static int by_va(struct job *job, dmacoh_phys_t phys, size_t len, by_va_fn fn, void *arg)
{
    while (len != 0) {
        const struct dmacoh_mem *m = mem_find(job->c, phys);
        const size_t part = (size_t)min_u64(len, m->size - (phys - m->phys));

#if DMACOH_WITH_WINDOWS
        if (m->kind == DMACOH_RAM_HIGH) {
            const int rc = by_window(job, phys, part, fn, arg);

            if (rc != DMACOH_OK) {
                return rc;
            }
        } else
#endif
        {
            fn(job, arg, m->va + (uintptr_t)(phys - m->phys), part);
        }
        phys += part;
        len -= part;
    }
    return DMACOH_OK;
}

static void op_fn(struct job *job, void *arg, uintptr_t va, size_t len)
{
    maint_va(job, *(const enum be_op *)arg, va, len);
}

int maint_range(struct job *job, enum be_op op, enum level level, dmacoh_phys_t phys, size_t len)
{
    maint_begin(job);
#if DMACOH_WITH_OUTER
    if (level == LEVEL_OUTER) {
        op_outer(job->c, op, phys, phys + (len - 1u));
        count(job, op, (uint32_t)phys, len);
        job->ops = true;
        return DMACOH_OK;
    }
#else
    (void)level;
#endif
    return by_va(job, phys, len, op_fn, &op);
}

/* --- copies --- */

struct copy {
    uintptr_t slot;
    bool to_slot;
};

/*
 * Byte-exact, and in natural single accesses only: a slot may be uncached memory, where unaligned and
 * cache-line instructions trap; and a neighbour's bytes in the last word belong to somebody else, who may
 * store to them meanwhile.
 */
static void copy_bytes(uintptr_t dst, uintptr_t src, size_t len)
{
    if (((dst ^ src) & 3u) == 0) {
        while (len != 0 && (dst & 3u) != 0) {
            insn_store8(dst++, insn_load8(src++));
            len--;
        }
        for (; len >= 4u; len -= 4u) {
            insn_store32(dst, insn_load32(src));
            dst += 4u;
            src += 4u;
        }
    }
    for (; len != 0; len--) {
        insn_store8(dst++, insn_load8(src++));
    }
}

static void copy_fn(struct job *job, void *arg, uintptr_t va, size_t len)
{
    struct copy *copy = arg;

    if (copy->to_slot) {
        copy_bytes(copy->slot, va, len);
    } else {
        copy_bytes(va, copy->slot, len);
    }
    copy->slot += len;
    job->did.bytes_bounced += len;
}

int maint_copy(struct job *job, dmacoh_phys_t phys, uintptr_t slot, uint32_t len, bool to_slot)
{
    struct copy copy = {slot, to_slot};

    return by_va(job, phys, len, copy_fn, &copy);
}

/* Region memory is granule aligned, so whole words. */
void maint_zero(uintptr_t va, size_t len)
{
    for (; len >= 4u; len -= 4u) {
        insn_store32(va, 0);
        va += 4u;
    }
}
