/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file window.h
 * @brief Window slots: pages without a mapping, mapped for a moment on one CPU. Private.
 */
#ifndef DMACOH_WINDOW_H
#define DMACOH_WINDOW_H

#include "core.h"
#include "range.h"

/* A window shows this much, whatever the granule of the memory map. */
#define WINDOW_SHIFT 12u
#define WINDOW_PAGE  (1u << WINDOW_SHIFT)

/* An open window. */
struct window {
    uintptr_t irq;
    uint32_t saved; /* one slot a CPU: what it showed before */
    uintptr_t va;   /* of the address given to window_open() */
};

/*
 * Map the page of phys on this CPU. Interrupts are masked until window_close(): that pins the caller to
 * the CPU whose slot it is, and keeps the time short, because callers stay within one page.
 */
int window_open(struct job *job, dmacoh_phys_t phys, struct window *w);
void window_close(struct job *job, const struct window *w);

/* Can memory up to last, a physical address, be shown by windows? */
static inline bool window_can(const struct dmacoh *c, dmacoh_phys_t last)
{
    return DMACOH_WITH_WINDOWS && c->mmu.win_slots != 0 && last <= c->win_phys_last;
}

/* Bytes of virtual space that the slots take: each has a page of every colour. */
static inline size_t window_size(const struct dmacoh *c)
{
    const uint32_t colours = c->policy->alias_boundary & ~BE_ALIAS_EQUAL;
    const uint32_t bytes = BE_COLOURS != 1u && colours != 0 ? colours : WINDOW_PAGE;

    return (size_t)c->ncpus * c->mmu.win_slots * bytes;
}

/* Configuration of the slots. */
int window_check(const struct dmacoh *c);

#endif
