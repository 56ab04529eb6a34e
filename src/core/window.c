/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "window.h"

#define MAX_SLOTS 8u

/* What dmacoh_percpu.shown says; from SHOWN_PAGE on a page number. */
#define SHOWN_NONE    0u /* the slot is invalid */
#define SHOWN_CLOSING 1u /* it may hold any page, which nobody needs */
#define SHOWN_PAGE    2u

size_t dmacoh_window_bytes(uint32_t ncpus, uint32_t win_slots)
{
    return (size_t)ncpus * win_slots * BE_COLOURS << WINDOW_SHIFT;
}

#if DMACOH_WITH_WINDOWS

int window_check(const struct dmacoh *c)
{
    const struct dmacoh_mmu *mmu = &c->mmu;

    if (mmu->win_slots == 0) {
        return DMACOH_OK;
    }
    if (mmu->win_slots > MAX_SLOTS) {
        return DMACOH_E_SIZE;
    }
    if ((mmu->win_va & (WINDOW_PAGE - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    return range_ok(mmu->win_va, window_size(c), c->policy->va_last) ? DMACOH_OK : DMACOH_E_RANGE;
}

/*
 * Two strategies, by the number of slots a CPU. Interrupts that dmacoh_port_irq_save() masks cannot come
 * while a window is open; those that it leaves on (a fast interrupt above the kernel's mask) can, at any
 * instruction, and may open windows of their own.
 *
 * Several slots are a stack. Who comes after the depth was raised takes the next slot and has given it
 * back when it returns, so the interrupted user never sees its slot change. On entry every slot from depth
 * on is unmapped, and no TLB holds it: win_unmap of its last user saw to that.
 *
 * One slot is saved and restored, to any depth. `shown` says what the slot may hold, and who interrupts
 * leaves it as `shown` says: a page is mapped again, a slot that is being closed may as well be closed by
 * now. So `shown` changes in one store, before the slot gets a page and after it has lost one, and each
 * step may be repeated: unmapping what is unmapped already, mapping the page that is mapped already. The
 * slot is invalid, on every CPU, between two pages (break before make).
 */
int window_open(struct job *job, dmacoh_phys_t phys, struct window *w)
{
    struct dmacoh *c = job->c;

    w->irq = dmacoh_port_irq_save();
    const uint32_t cpu = dmacoh_port_cpu();
    struct dmacoh_percpu *pc = &c->percpu[cpu];
    const uint32_t in_page = (uint32_t)phys & (WINDOW_PAGE - 1u);
    uint32_t slot = 0;

    if (c->mmu.win_slots == 1u) {
        w->saved = pc->shown;
        pc->shown = (uint32_t)(phys >> WINDOW_SHIFT) + SHOWN_PAGE;
        if (w->saved != SHOWN_NONE) {
            BE(c, win_unmap)(c, cpu, 0);
        }
    } else if (pc->depth < c->mmu.win_slots) {
        slot = pc->depth++;
    } else {
        dmacoh_port_irq_restore(w->irq);
        return DMACOH_E_DEPTH;
    }
    w->va = BE(c, win_map)(c, cpu, slot, phys - in_page) + in_page;
    job->did.windows++;
    return DMACOH_OK;
}

/* The CPU is the one that opened, and the slot is the top of its stack. */
void window_close(struct job *job, const struct window *w)
{
    struct dmacoh *c = job->c;
    const uint32_t cpu = dmacoh_port_cpu();
    struct dmacoh_percpu *pc = &c->percpu[cpu];

    if (c->mmu.win_slots == 1u) {
        pc->shown = SHOWN_CLOSING;
        BE(c, win_unmap)(c, cpu, 0);
        pc->shown = w->saved;
        if (w->saved >= SHOWN_PAGE) {
            const dmacoh_phys_t page = w->saved - SHOWN_PAGE;

            (void)BE(c, win_map)(c, cpu, 0, page << WINDOW_SHIFT);
        }
    } else {
        core_assert(pc->depth != 0);
        BE(c, win_unmap)(c, cpu, pc->depth - 1u);
        pc->depth--;
    }
    dmacoh_port_irq_restore(w->irq);
}

#else /* !DMACOH_WITH_WINDOWS */

int window_check(const struct dmacoh *c)
{
    return c->mmu.win_slots == 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
}

#endif
