/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "memmap.h"

#include "range.h"

/* A handful of entries: a search is cheaper than an order that the integrator could get wrong. */
const struct dmacoh_mem *mem_find(const struct dmacoh *c, dmacoh_phys_t phys)
{
    for (uint32_t i = 0; i < c->nmem; i++) {
        if (phys - c->mem[i].phys < c->mem[i].size) {
            return &c->mem[i];
        }
    }
    return NULL;
}

bool mem_phys(const struct dmacoh *c, uintptr_t va, uint64_t len, dmacoh_phys_t *phys)
{
    for (uint32_t i = 0; i < c->nmem; i++) {
        const struct dmacoh_mem *m = &c->mem[i];

        if (m->kind != DMACOH_RAM_HIGH && range_inside(va, len, m->va, m->size)) {
            *phys = m->phys + (va - m->va);
            return true;
        }
    }
    return false;
}

static int check_entry(const struct dmacoh_mem *m, uint64_t page, uint64_t va_last)
{
    if (m->kind < DMACOH_RAM_LINEAR || m->kind > DMACOH_RAM_NODMA) {
        return DMACOH_E_INVAL;
    }
    if (m->size == 0) {
        return DMACOH_E_SIZE;
    }
    if (((m->phys | m->size | m->va) & (page - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (!range_ok(m->phys, m->size, UINT64_MAX)) {
        return DMACOH_E_RANGE;
    }
    if (m->kind == DMACOH_RAM_HIGH) {
        return m->va == 0 ? DMACOH_OK : DMACOH_E_INVAL;
    }
    return range_ok(m->va, m->size, va_last) ? DMACOH_OK : DMACOH_E_RANGE;
}

int mem_check(const struct dmacoh *c, uint64_t va_last)
{
    for (uint32_t i = 0; i < c->nmem; i++) {
        const struct dmacoh_mem *m = &c->mem[i];
        const int rc = check_entry(m, (uint64_t)1 << c->page_shift, va_last);

        if (rc != DMACOH_OK) {
            return rc;
        }
        for (uint32_t k = 0; k < i; k++) {
            const struct dmacoh_mem *o = &c->mem[k];

            if (range_overlap(m->phys, m->size, o->phys, o->size) ||
                (m->kind != DMACOH_RAM_HIGH && o->kind != DMACOH_RAM_HIGH &&
                 range_overlap(m->va, m->size, o->va, o->size))) {
                return DMACOH_E_OVERLAP;
            }
        }
    }
    return DMACOH_OK;
}
