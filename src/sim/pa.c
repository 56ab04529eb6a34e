/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What PA-RISC adds to a machine. Caches are indexed by virtual address, and the hardware takes a
 * line in two places, or an uncached access to a line that a cache holds, as a fault of its own: a
 * high-priority machine check (HPMC). Lines move in by speculation from pages that were referenced
 * through their translation. Here the first mapping of memory counts as referenced before the scene
 * began; a further mapping is from its first access on, for good: a purge stops move-in only until
 * the next reference, which an adversary makes at once.
 *
 * Device writes that a register read has pushed out of the device may still lie in the I/O adapter:
 * syncdma waits until they are in memory.
 *
 * The check for uncached accesses is the one that PowerPC manuals call a programming error.
 */
#include "engine.h"
#include "insn/sim_insn.h"
#include "transparent_state.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

static bool covers(const struct static_map *f, uint64_t pa)
{
    return pa >= f->pa && pa - f->pa < f->n;
}

/* Is this fixed mapping the first cacheable one of the address? */
static bool is_first(const struct sim *s, uint32_t fixed, uint64_t pa)
{
    for (uint32_t i = 0; i < fixed; i++) {
        if ((s->fixed[i].attr & ATTR_TYPE) == ATTR_CACHED && covers(&s->fixed[i], pa)) {
            return false;
        }
    }
    return true;
}

static bool watches_references(const struct sim *s)
{
    return s->m.hpmc && rule(s, SIM_RULE_REFERENCE);
}

static bool in_list(const struct sim *s, uint32_t page)
{
    for (uint32_t i = 0; i < s->r.nref; i++) {
        if (s->r.ref[i] == page) {
            return true;
        }
    }
    return false;
}

/* May lines come by this address of a fixed mapping? */
bool pa_referenced(const struct sim *s, uint32_t fixed, uint32_t va)
{
    const struct static_map *f = &s->fixed[fixed];

    return !watches_references(s) || is_first(s, fixed, f->pa + (va - f->va)) ||
           in_list(s, va & ~0xfffu);
}

static void reference(struct sim *s, uint32_t va, uint64_t pa)
{
    if (in_list(s, va & ~0xfffu)) {
        return;
    }
    if (s->r.nref == SIM_MAX_REFS) {
        step_overflow(s);
        return;
    }
    s->r.ref[s->r.nref++] = va & ~0xfffu;
    s->r.tables_changed = true;
    for (uint32_t i = 0; i < s->ntouched; i++) {
        const int li = (int)s->touched[i];

        if (s->line[li].active && ((s->line[li].pa ^ pa) & ~(uint64_t)0xfff) == 0) {
            s->eng->recheck(s, li);
        }
    }
}

/* A load or store of a CPU is about to happen. */
void pa_access(struct sim *s, int cpu, uint32_t va, const struct xlat *x)
{
    const bool cached = (x->attr & ATTR_TYPE) == ATTR_CACHED;

    if (!cached && s->m.no_uncached_ram && rule(s, SIM_RULE_HPMC)) {
        s->r.bug_line = mem_find(s, x->pa);
        s->r.bug_off = (uint32_t)(x->pa & s->line_mask);
        step_fail(s, SIM_HPMC, "cpu%d VA %08x: this CPU cannot access memory uncached", cpu,
                  (unsigned)va);
    } else if (cached && watches_references(s)) {
        reference(s, va, x->pa);
    }
}

static void blame(struct sim *s, int li)
{
    if (s->r.bug == SIM_OK) {
        s->r.bug_line = li;
        s->r.bug_off = 0;
    }
}

/* A line changed; `present` has a bit for each copy: all must be of one slot. */
void pa_check_places(struct sim *s, int li, uint32_t present)
{
    uint32_t slots = 0;

    if (!s->m.hpmc || !rule(s, SIM_RULE_HPMC)) {
        return;
    }
    for (int c = 0; c < s->m.ncpu; c++) {
        slots |= present >> copy_of(s, c, 0) & ((1u << s->nslot) - 1u);
    }
    if ((slots & (slots - 1u)) != 0) {
        blame(s, li);
        step_fail(s, SIM_HPMC, "line %09llx is cached under two addresses that are not congruent",
                  (unsigned long long)s->line[li].pa);
    }
}

/* An uncached load or store of a CPU meets the line. */
void pa_check_uncached(struct sim *s, int li, uint32_t present)
{
    if (present == 0) {
        return;
    }
    if (s->m.hpmc && rule(s, SIM_RULE_HPMC)) {
        blame(s, li);
        step_fail(s, SIM_HPMC, "uncached access to line %09llx while a cache holds it",
                  (unsigned long long)s->line[li].pa);
    } else if (s->m.uncached_hit_fails && rule(s, SIM_RULE_UNCACHED_HIT)) {
        blame(s, li);
        step_fail(s, SIM_UNCACHED_HIT, "uncached access to line %09llx while the L1 holds it",
                  (unsigned long long)s->line[li].pa);
    }
}

/* Do device writes stay in the I/O adapter until a syncdma? */
bool pa_holds_dma(const struct sim *s)
{
    return s->m.dma_sync && rule(s, SIM_RULE_DMA_SYNC);
}

/* Everything that the device has written is in the I/O adapter. */
void pa_dma_arrived(struct sim *s, int dev)
{
    s->r.dma_arrived[dev] = s->r.cpu[SIM_MAX_CPUS + dev].seq;
}

void sim_insn_syncdma(void)
{
    if (tp_on()) {
        return;
    }
    struct sim *s = step_self("insn_syncdma");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_DMA_SYNC, 0, 0, 0);
    for (int d = 0; d < (int)s->ndev; d++) {
        s->eng->complete_before(s, SIM_MAX_CPUS + d, s->r.dma_arrived[d]);
    }
    step_end(s, 0);
}

uint64_t pa_hash(const struct sim *s)
{
    uint64_t h = 19;

    for (uint32_t i = 0; i < s->r.nref; i++) {
        h = mix64(h, s->r.ref[i]);
    }
    for (int d = 0; d < SIM_MAX_DEVICES; d++) {
        h = mix64(h, s->r.dma_arrived[d]);
    }
    return h;
}
