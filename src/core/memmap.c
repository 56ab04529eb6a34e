/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "memmap.h"

#include "range.h"

/* A handful of entries: a search is cheaper than an order that the integrator could get wrong. */
const struct dmacoh_mem *mem_find(const struct dmacoh *c, dmacoh_phys_t phys)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        if (phys - m->phys < m->size) {
            return m;
        }
    }
    return NULL;
}

bool mem_phys(const struct dmacoh *c, uintptr_t va, size_t len, dmacoh_phys_t *phys)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        if (m->kind != DMACOH_RAM_HIGH && range_inside(va, len, m->va, (size_t)m->size)) {
            *phys = m->phys + (va - m->va);
            return true;
        }
    }
    return false;
}

static int check_entry(const struct dmacoh_mem *m, uint32_t page, uintptr_t va_last)
{
    if (m->kind < DMACOH_RAM_LINEAR || m->kind > DMACOH_RAM_NODMA) {
        return DMACOH_E_INVAL;
    }
    if (m->size == 0) {
        return DMACOH_E_SIZE;
    }
    if ((((uint32_t)m->phys | (uint32_t)m->size | (uint32_t)m->va) & (page - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (!range_ok64(m->phys, m->size)) {
        return DMACOH_E_RANGE;
    }
    if (m->kind == DMACOH_RAM_HIGH) {
        return m->va == 0 ? DMACOH_OK : DMACOH_E_INVAL;
    }
    return range_ok_va(m->va, m->size, va_last) ? DMACOH_OK : DMACOH_E_RANGE;
}

/* Two entries that passed: a mapped one is not larger than the virtual address space. */
static bool entries_overlap(const struct dmacoh_mem *m, const struct dmacoh_mem *o)
{
    return range_overlap(m->phys, m->size, o->phys, o->size) ||
           (m->kind != DMACOH_RAM_HIGH && o->kind != DMACOH_RAM_HIGH &&
            range_overlap_va(m->va, (size_t)m->size, o->va, (size_t)o->size));
}

int mem_check(const struct dmacoh *c, uintptr_t va_last)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        const int rc = check_entry(m, 1u << c->page_shift, va_last);

        if (rc != DMACOH_OK) {
            return rc;
        }
        for (const struct dmacoh_mem *o = c->mem; o != m; o++) {
            if (entries_overlap(m, o)) {
                return DMACOH_E_OVERLAP;
            }
        }
    }
    return DMACOH_OK;
}
