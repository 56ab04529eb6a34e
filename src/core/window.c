/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "window.h"

#define MAX_SLOTS 8u

size_t dmacoh_window_bytes(uint32_t ncpus, uint32_t win_slots)
{
    return (size_t)ncpus * win_slots << 12;
}

#if DMACOH_WITH_WINDOWS

int window_check(const struct dmacoh *c)
{
    const struct dmacoh_mmu *mmu = &c->mmu;
    const uint64_t page = (uint64_t)1 << c->page_shift;

    if (mmu->win_slots == 0) {
        return DMACOH_OK;
    }
    if (mmu->win_slots > MAX_SLOTS) {
        return DMACOH_E_SIZE;
    }
    if ((mmu->win_va & (page - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    return range_ok(mmu->win_va, dmacoh_window_bytes(c->ncpus, mmu->win_slots), c->policy->va_last)
               ? DMACOH_OK
               : DMACOH_E_RANGE;
}

/*
 * The slots of a CPU are a stack. An interrupt that comes after the depth was raised takes the next slot
 * and has given it back when it returns, so the interrupted user never sees its slot change. On entry
 * every slot from depth on is unmapped, and no TLB holds it: win_unmap of its last user saw to that.
 */
int window_open(struct job *job, dmacoh_phys_t phys, struct window *w)
{
    struct dmacoh *c = job->c;

    w->irq = dmacoh_port_irq_save();
    const uint32_t cpu = dmacoh_port_cpu();
    struct dmacoh_percpu *pc = &c->percpu[cpu];

    if (pc->depth >= c->mmu.win_slots) {
        dmacoh_port_irq_restore(w->irq);
        return DMACOH_E_DEPTH;
    }
    const uint32_t slot = pc->depth++;
    const uint32_t in_page = (uint32_t)phys & ((1u << c->page_shift) - 1u);

    w->va = BE(c, win_map)(c, cpu, slot, phys - in_page) + in_page;
    job->did.windows++;
    return DMACOH_OK;
}

/* Interrupts are still masked, so this is the CPU that opened, and the slot is the top of its stack. */
void window_close(struct job *job, const struct window *w)
{
    struct dmacoh *c = job->c;
    const uint32_t cpu = dmacoh_port_cpu();
    struct dmacoh_percpu *pc = &c->percpu[cpu];

    core_assert(pc->depth != 0);
    BE(c, win_unmap)(c, cpu, pc->depth - 1u);
    pc->depth--;
    dmacoh_port_irq_restore(w->irq);
}

#else /* !DMACOH_WITH_WINDOWS */

int window_check(const struct dmacoh *c)
{
    return c->mmu.win_slots == 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
}

#endif
