/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Translation without a walker: entries that instructions write, one TLB a CPU, and what the host's
 * refill handler would load on a miss (always at hand, as if loaded), and MIPS's two fixed segments.
 * A written entry is used for certain from the CPU's next hazard barrier on; until then the CPU may
 * use what the entry held before as well, so lines may be filled through either, and an access that
 * the two translate differently is reported. No other CPU learns of a write. Two entries that match
 * one address are a machine check.
 */
#include "soft_tlb.h"
#include "engine.h"

static bool matches(const struct soft_entry *e, uint32_t va)
{
    return va >= e->va && va - e->va < soft_span(e);
}

/* What one entry makes of an address that it matches; ATTR_NONE: its half is not valid. */
static struct soft_half through(const struct soft_entry *e, uint32_t va)
{
    const uint32_t off = va - e->va;
    struct soft_half h = {.attr = ATTR_NONE};

    if (matches(e, va) && e->half[off >> e->shift].attr != ATTR_NONE) {
        h = e->half[off >> e->shift];
        h.pa += off & (((uint64_t)1 << e->shift) - 1u);
    }
    return h;
}

static bool same(struct soft_half a, struct soft_half b)
{
    return a.attr == b.attr && (a.attr == ATTR_NONE || a.pa == b.pa);
}

/* The segments that no TLB translates. */
static bool segment(const struct sim *s, uint32_t va, struct soft_half *h)
{
    if (s->m.isa != SIM_ISA_MIPS32 || va < KSEG0 || va - KSEG0 >= 2u * KSEG_SIZE) {
        return false;
    }
    h->pa = va & (KSEG_SIZE - 1u);
    h->attr = va < KSEG1 ? (ATTR_CACHED | ATTR_SHARED) : ATTR_UNCACHED;
    return true;
}

static bool refilled(const struct sim *s, uint32_t va, struct soft_half *h)
{
    for (uint32_t i = 0; i < s->nsoft_map; i++) {
        const struct static_map *f = &s->soft_map[i];

        if (va >= f->va && va - f->va < f->n) {
            h->pa = f->pa + (va - f->va);
            h->attr = f->attr;
            return true;
        }
    }
    return false;
}

int soft_find(const struct sim *s, int cpu, uint32_t va)
{
    const struct soft_tlb *t = &s->soft[cpu];

    for (uint32_t i = 0; i < t->top; i++) {
        if (matches(&t->now[i], va)) {
            return (int)i;
        }
    }
    return -1;
}

/* Of a page that has a translation. */
bool soft_writable(const struct sim *s, int cpu, uint32_t va)
{
    struct soft_half h;
    const int i = segment(s, va, &h) ? -1 : soft_find(s, cpu, va);

    return i < 0 || !through(&s->soft[cpu].now[i], va).read_only;
}

bool soft_decode(const struct sim *s, int cpu, uint32_t va, struct xlat *x)
{
    const int c = cpu < SIM_MAX_CPUS ? cpu : 0;
    struct soft_half h = {.attr = ATTR_NONE};

    if (!segment(s, va, &h)) {
        const int i = soft_find(s, c, va);

        if (i >= 0) {
            h = through(&s->soft[c].now[i], va);
        } else {
            (void)refilled(s, va, &h);
        }
    }
    *x = (struct xlat){.pa = h.pa, .shift = 12, .attr = h.attr, .fixed = true};
    return h.attr != ATTR_NONE;
}

/* May the CPU still use what a written entry held before, and is it something else? */
static bool in_doubt(const struct sim *s, int cpu, uint32_t va)
{
    const struct soft_tlb *t = &s->soft[cpu];

    for (uint32_t i = 0; i < t->nold; i++) {
        const struct soft_old *o = &t->old[i];

        if (!same(through(&o->e, va), through(&t->now[o->at], va))) {
            return true;
        }
    }
    return false;
}

bool soft_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x)
{
    struct soft_half h;
    const bool ok = soft_decode(s, cpu, va, x);
    const bool doubt = !segment(s, va, &h) && in_doubt(s, cpu, va);

    if (ok && !doubt) {
        return true;
    }
    s->r.bug_page = va & ~0xfffu;
    s->r.bug_cpu = cpu;
    s->r.bug_line = -1;
    if (doubt) {
        step_fail(s, SIM_TABLE_VISIBLE,
                  "cpu%d VA %08x: no hazard barrier yet behind the write of its TLB entry", cpu,
                  (unsigned)va);
    } else {
        step_fail(s, SIM_FAULT, "cpu%d VA %08x: no TLB entry, and nothing to refill it from", cpu,
                  (unsigned)va);
    }
    return false;
}

/* Calls `fn` for every cached half that the CPU may use now, until it says true. */
typedef bool (*half_fn)(void *arg, uint32_t va, const struct soft_half *h, uint64_t size);

static bool each_half(const struct soft_entry *e, half_fn fn, void *arg)
{
    for (uint8_t k = 0; k < e->nhalf; k++) {
        if ((e->half[k].attr & ATTR_TYPE) == ATTR_CACHED &&
            fn(arg, e->va + ((uint32_t)k << e->shift), &e->half[k], (uint64_t)1 << e->shift)) {
            return true;
        }
    }
    return false;
}

static bool each_cached(const struct sim *s, int cpu, half_fn fn, void *arg)
{
    const struct soft_tlb *t = &s->soft[cpu];

    for (uint32_t i = 0; i < t->top; i++) {
        if (each_half(&t->now[i], fn, arg)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < t->nold; i++) {
        if (each_half(&t->old[i].e, fn, arg)) {
            return true;
        }
    }
    return false;
}

struct slot_search {
    struct sim *s;
    int line;
    uint8_t mask;
};

static bool add_slot(void *arg, uint32_t va, const struct soft_half *h, uint64_t size)
{
    struct slot_search *q = arg;
    const uint64_t pa = q->s->line[q->line].pa;

    if ((h->attr & ATTR_GUARDED) == 0 && pa >= h->pa && pa - h->pa < size) {
        q->mask |= (uint8_t)(1u << slots_of(q->s, q->line, va + (uint32_t)(pa - h->pa)));
    }
    return false;
}

/* Slots of this line that the CPU's entries reach, as bits. */
uint8_t soft_slots(struct sim *s, int cpu, int li)
{
    struct slot_search q = {s, li, 0};

    (void)each_cached(s, cpu, add_slot, &q);
    return q.mask;
}

struct line_search {
    uint64_t pa;
};

static bool has_line(void *arg, uint32_t va, const struct soft_half *h, uint64_t size)
{
    const struct line_search *q = arg;

    (void)va;
    return (h->attr & ATTR_GUARDED) == 0 && q->pa >= h->pa && q->pa - h->pa < size;
}

bool soft_may_cache(const struct sim *s, int cpu, uint64_t pa)
{
    struct line_search q = {pa};

    return table_fixed_cached(s, pa) || each_cached(s, cpu, has_line, &q);
}

bool regs_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x)
{
    return has_mpu(s) ? mpu_translate(s, cpu, va, x) : soft_translate(s, cpu, va, x);
}

bool regs_may_cache(const struct sim *s, int cpu, uint64_t pa)
{
    return has_mpu(s) ? mpu_may_cache(s, cpu, pa) : soft_may_cache(s, cpu, pa);
}
