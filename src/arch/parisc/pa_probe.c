/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What the port says about the CPU, and whether it can be believed. Sources: [PA-CACHE], [PA-ALIAS].
 *
 * No instruction tells the size of a line. Firmware does (PDC_CACHE), but must be called in real mode,
 * with the host's stack and locks: so the port calls it, and the library checks the answer.
 */
#include "pa.h"

#include "memmap.h"
#include "range.h"

/*
 * Two sizes, and an error in either is kept on the safe side: loops advance by the smaller of what the
 * port and the row say, buffers are padded to the larger. Without an answer loops take the smallest line
 * that there is, and do more than they need.
 */
static bool lines(struct dmacoh *c, const struct pa_cpu *cpu)
{
    const uint32_t line = c->facts.line;

    if (line == 0) {
        c->step = PA_LINE_MIN;
        c->line = cpu->line;
        return true;
    }
    c->step = (uint32_t)min_u64(line, cpu->line);
    c->line = max_u32(line, cpu->line);
    return is_pow2(line) && line >= PA_LINE_MIN && line <= PA_LINE_MAX;
}

/* Firmware may know of a larger boundary than the row, never of a smaller one. */
static bool boundary(struct dmacoh *c, const struct pa_cpu *cpu)
{
    const uint32_t told = c->facts.alias_boundary;

    if (told == 0) {
        c->be_priv[PA_PRIV_BOUNDARY] = cpu->policy.alias_boundary;
        return true;
    }
    c->be_priv[PA_PRIV_BOUNDARY] = max_u32(told, cpu->boundary);
    return is_pow2(told);
}

bool pa_congruent(const struct dmacoh *c, uintptr_t va, dmacoh_phys_t pa)
{
    const uintptr_t bound = c->be_priv[PA_PRIV_BOUNDARY];

    if (bound == BE_ALIAS_EQUAL) {
        return va == pa;
    }
    return ((va ^ (uintptr_t)pa) & (bound - 1u)) == 0;
}

/*
 * A physical address is an address like any other: firmware and everything else that runs with
 * translation off uses the caches by it, and a line under two addresses that are not congruent is a
 * machine check.
 */
static bool map_is_congruent(const struct dmacoh *c)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        if (m->kind != DMACOH_RAM_HIGH && !pa_congruent(c, m->va, m->phys)) {
            return false;
        }
    }
    return true;
}

int pa_probe(struct dmacoh *c, const struct pa_cpu *cpu)
{
    if (cpu == NULL) {
        return DMACOH_E_UNSUPP;
    }
    c->policy = &cpu->policy;
    c->page_shift = 12;
    c->no_snoop = (cpu->policy.flags & PA_P_UNCACHED) != 0 ? 1u : 0;
    if (!lines(c, cpu) || !boundary(c, cpu)) {
        return DMACOH_E_INVAL;
    }
    return map_is_congruent(c) ? DMACOH_OK : DMACOH_E_ALIGN;
}
