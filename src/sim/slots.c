/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Where in an L1 a line may lie. A cache indexed or tagged by virtual address holds the same
 * physical line once a colour (VIPT) or once a virtual address (VIVT): each place is a *slot*, and
 * the slots of one CPU know nothing of each other. A cache of few colours has a slot for each. Where
 * there are more than any scene can use (VIVT, and the megabytes after which colours repeat on
 * PA-RISC) a line's slots are counted as its addresses appear.
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

/* Are slots numbered by the addresses that appear? */
static bool by_address(const struct sim *s)
{
    return s->m.l1 == SIM_L1_VIVT || s->m.alias_boundary >> 12 > SIM_MAX_SLOTS;
}

/* What of a virtual address chooses the place of its line. */
static uint32_t place_of(const struct sim *s, uint32_t va)
{
    va &= ~s->line_mask;
    if (s->m.l1 == SIM_L1_VIVT || !rule(s, SIM_RULE_CONGRUENT)) {
        return va;
    }
    return va & (s->m.alias_boundary - 1u);
}

/* Slots that one CPU has for a line; called once, when the machine is made. */
bool slots_init(struct sim *s)
{
    const uint32_t colours = s->m.alias_boundary >> 12;

    s->nslot = 1;
    if (rule(s, SIM_RULE_SLOTS) && s->m.l1 != SIM_L1_PIPT) {
        if (by_address(s)) {
            s->nslot = SIM_MAX_SLOTS;
        } else if (colours > 1) {
            s->nslot = (uint8_t)colours;
        }
    }
    /* Caches that snoop each other by physical address have one place for a line. PA-RISC tells the
     * virtual index, too: its caches know each other slot by slot. */
    return s->m.ncpu * s->nslot <= SIM_MAX_COPIES &&
           (s->nslot == 1 || !s->m.coherent_l1 || s->m.hpmc);
}

/* The slot of a virtual address. A new place of a line takes the next free slot. */
uint8_t slots_of(struct sim *s, int li, uint32_t va)
{
    struct phys_line *l = &s->line[li];

    if (s->nslot == 1) {
        return 0;
    }
    if (!by_address(s)) {
        return (uint8_t)((va & (s->m.alias_boundary - 1u)) >> 12);
    }
    va = place_of(s, va);
    for (uint8_t i = 0; i < l->nslot; i++) {
        if (l->slot_va[i] == va) {
            return i;
        }
    }
    if (l->nslot == SIM_MAX_SLOTS) {
        (void)fprintf(stderr, "dmacoh-sim: line %09llx has more than %d virtual addresses\n",
                      (unsigned long long)l->pa, SIM_MAX_SLOTS);
        abort();
    }
    l->slot_va[l->nslot] = va;
    return l->nslot++;
}

uint8_t slots_count(const struct sim *s, int li)
{
    return s->nslot == 1 || !by_address(s) ? s->nslot : s->line[li].nslot;
}

/* Slots of this line that fixed translations reach, as bits. */
uint8_t slots_fixed(struct sim *s, int li)
{
    const uint64_t pa = s->line[li].pa;
    uint8_t mask = 0;

    for (uint32_t i = 0; i < s->nfixed; i++) {
        const struct static_map *f = &s->fixed[i];

        if (attr_fills(s, f->attr) && pa >= f->pa && pa - f->pa < f->n &&
            pa_referenced(s, i, f->va + (uint32_t)(pa - f->pa))) {
            mask |= (uint8_t)(1u << slots_of(s, li, f->va + (uint32_t)(pa - f->pa)));
        }
    }
    return mask;
}

/* The slot of this line that a page's translation reaches, as a bit, or 0. */
uint8_t slots_page(struct sim *s, int li, uint32_t page_va, uint64_t page_pa, uint8_t attr)
{
    const uint64_t pa = s->line[li].pa;

    if (!attr_fills(s, attr) || (pa & ~(uint64_t)0xfff) != page_pa) {
        return 0;
    }
    return (uint8_t)(1u << slots_of(s, li, page_va | (uint32_t)(pa & 0xfffu)));
}
