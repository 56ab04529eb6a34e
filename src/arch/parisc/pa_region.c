/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Is a region of uncached memory what it is said to be? Sources: [PA-ALIAS], [PA-UNCACHED].
 *
 * The TLB is filled by software from tables of the host's own format, so the host is asked for them.
 */
#include "pa.h"

#include "range.h"

static int page_check(const struct dmacoh *c, dmacoh_phys_t pa, uintptr_t va)
{
    dmacoh_phys_t phys = 0;
    uint32_t attr = DMACOH_MEM_CACHED;

    if (c->ops->page_query(c->ops_ctx, va, &phys, &attr) < 0 || phys != pa) {
        return DMACOH_E_NOMAP;
    }
    return attr == DMACOH_MEM_UNCACHED ? DMACOH_OK : DMACOH_E_ATTR;
}

/* attr is UNCACHED or WC, which are the same here: there is one bit. */
int pa_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr,
                    uintptr_t va)
{
    const uint32_t page = 1u << c->page_shift;

    (void)attr;
    if ((c->policy->flags & PA_P_UNCACHED) == 0 || c->ops == NULL || c->ops->page_query == NULL) {
        return DMACOH_E_UNSUPP;
    }
    if (!pa_congruent(c, va, pa)) {
        return DMACOH_E_ALIGN;
    }
    const uintptr_t last = (uintptr_t)unit_first(va + (uintptr_t)(len - 1u), page);
    uintptr_t at = (uintptr_t)unit_first(va, page);

    for (pa = unit_first(pa, page);; pa += page) {
        const int rc = page_check(c, pa, at);

        if (rc != DMACOH_OK || at == last) {
            return rc;
        }
        at += page;
    }
}
