/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Software-filled TLBs: writing an entry and what is checked then, the host's refill table, and the
 * life of both from run to run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "soft_tlb.h"

static void machine_check(struct sim *s, int cpu, const struct soft_entry *e, const char *what)
{
    s->r.bug_page = e->va;
    s->r.bug_cpu = cpu;
    s->r.bug_line = -1;
    step_fail(s, SIM_MCHECK, "cpu%d VA %08x: %s", cpu, (unsigned)e->va, what);
}

static bool overlap(uint64_t a, uint64_t na, uint64_t b, uint64_t nb)
{
    return a < b + nb && b < a + na;
}

static void check_duplicates(struct sim *s, int cpu, uint32_t at, const struct soft_entry *e)
{
    const struct soft_tlb *t = &s->soft[cpu];

    for (uint32_t i = 0; i < t->top; i++) {
        if (i != at && overlap(e->va, soft_span(e), t->now[i].va, soft_span(&t->now[i]))) {
            machine_check(s, cpu, e, "two TLB entries match one address");
        }
    }
    for (uint32_t i = 0; i < s->nsoft_map; i++) {
        if (overlap(e->va, soft_span(e), s->soft_map[i].va, s->soft_map[i].n)) {
            machine_check(s, cpu, e, "the host's handler loads an entry for the same address");
        }
    }
}

static bool aliased(const struct soft_half *a, uint64_t na, uint64_t pa, uint64_t n, uint8_t attr)
{
    return a->attr != ATTR_NONE && attr != ATTR_NONE && attr != a->attr &&
           overlap(a->pa, na, pa, n);
}

static bool alias_of_entry(const struct soft_half *h, uint64_t size, const struct soft_entry *e)
{
    for (uint8_t k = 0; k < e->nhalf; k++) {
        if (aliased(h, size, e->half[k].pa, (uint64_t)1 << e->shift, e->half[k].attr)) {
            return true;
        }
    }
    return false;
}

static bool alias_anywhere(const struct sim *s, const struct soft_half *h, uint64_t size)
{
    for (uint32_t i = 0; i < s->nfixed; i++) {
        if (aliased(h, size, s->fixed[i].pa, s->fixed[i].n, s->fixed[i].attr)) {
            return true;
        }
    }
    for (int c = 0; c < s->m.ncpu; c++) {
        const struct soft_tlb *t = &s->soft[c];

        for (uint32_t i = 0; i < t->top; i++) {
            if (alias_of_entry(h, size, &t->now[i])) {
                return true;
            }
        }
        for (uint32_t i = 0; i < t->nold; i++) {
            if (alias_of_entry(h, size, &t->old[i].e)) {
                return true;
            }
        }
    }
    return false;
}

/* INV-1 for the halves of an entry just written; it is among the entries already. */
static void check_alias(struct sim *s, int cpu, const struct soft_entry *e)
{
    for (uint8_t k = 0; k < e->nhalf && !s->m.alias_ok; k++) {
        if (alias_anywhere(s, &e->half[k], (uint64_t)1 << e->shift)) {
            s->r.bug_page = e->va;
            s->r.bug_cpu = cpu;
            s->r.bug_line = mem_find(s, e->half[k].pa);
            s->r.bug_off = 0;
            step_fail(s, SIM_ALIAS, "cpu%d VA %08x: page %09llx has another memory type elsewhere",
                      cpu, (unsigned)e->va, (unsigned long long)e->half[k].pa);
        }
    }
}

static void keep_old(struct sim *s, int cpu, uint32_t i)
{
    struct soft_tlb *t = &s->soft[cpu];

    if (t->nold == SIM_TLB_OLD) {
        step_overflow(s);
        return;
    }
    t->old[t->nold++] = (struct soft_old){i, t->now[i]};
}

void soft_write(struct sim *s, int cpu, uint32_t i, const struct soft_entry *e)
{
    struct soft_tlb *t = &s->soft[cpu];

    if (i >= SIM_TLB_ENTRIES) {
        step_fail(s, SIM_UNDEFINED, "cpu%d writes TLB entry %u, which it does not have", cpu,
                  (unsigned)i);
        return;
    }
    if (!s->in_setup) {
        if (rule(s, SIM_RULE_TLB_DUPLICATE)) {
            check_duplicates(s, cpu, i, e);
        }
        if (rule(s, SIM_RULE_TLB_HAZARD)) {
            keep_old(s, cpu, i);
        }
        t->news = true;
    }
    t->now[i] = *e;
    t->top = i < t->top ? t->top : i + 1u;
    if (!s->in_setup) {
        check_alias(s, cpu, e);
    }
}

const struct soft_entry *soft_read(const struct sim *s, int cpu, uint32_t i)
{
    static const struct soft_entry none;

    return i < SIM_TLB_ENTRIES ? &s->soft[cpu].now[i] : &none;
}

/* A hazard barrier: what the entries held before is out of use. */
void soft_barrier(struct sim *s, int cpu)
{
    struct soft_tlb *t = &s->soft[cpu];

    memset(t->old, 0, sizeof t->old); /* equal machines have equal hashes */
    t->nold = 0;
    t->cp0.written = t->cp0.probed = false;
}

/* ---- the host's refill table, and the life of it all ---- */

void soft_map(struct sim *s, uint32_t va, uint64_t pa, uint64_t n, uint8_t attr)
{
    if (s->nsoft_map == SIM_MAX_STATIC - 2) {
        (void)fprintf(stderr, "dmacoh-sim: more mappings than the machine's refill table holds\n");
        abort();
    }
    s->soft_map[s->nsoft_map++] = (struct static_map){pa, n, va, attr};
}

/* What every CPU reaches for the whole run. */
void soft_scan_fixed(struct sim *s)
{
    s->nfixed = 0;
    if (s->m.isa == SIM_ISA_MIPS32) {
        s->fixed[s->nfixed++] = (struct static_map){0, KSEG_SIZE, KSEG0, ATTR_CACHED | ATTR_SHARED};
        s->fixed[s->nfixed++] = (struct static_map){0, KSEG_SIZE, KSEG1, ATTR_UNCACHED};
    }
    for (uint32_t i = 0; i < s->nsoft_map; i++) {
        s->fixed[s->nfixed++] = s->soft_map[i];
    }
}

/* Before a setup: what the scene wrote before its first run, and nothing of earlier setups. */
void soft_prepare(struct sim *s, bool first)
{
    if (first) {
        memcpy(s->soft_config, s->soft, sizeof s->soft);
        s->nsoft_config = s->nsoft_map;
    } else {
        memcpy(s->soft, s->soft_config, sizeof s->soft);
        s->nsoft_map = s->nsoft_config;
    }
}

void soft_save(struct sim *s)
{
    memcpy(s->soft_base, s->soft, sizeof s->soft);
}

void soft_reset(struct sim *s)
{
    if (has_soft_tlb(s)) {
        memcpy(s->soft, s->soft_base, s->m.ncpu * sizeof s->soft[0]);
    }
}

static uint64_t hash_entry(uint64_t h, const struct soft_entry *e)
{
    h = mix64(h, (uint64_t)e->va << 32 | (uint64_t)e->shift << 8 | e->nhalf);
    for (uint8_t k = 0; k < e->nhalf; k++) {
        h = mix64(h, e->half[k].pa | e->half[k].attr);
    }
    return h;
}

uint64_t soft_hash(const struct sim *s)
{
    uint64_t h = 23;

    for (int c = 0; has_soft_tlb(s) && c < s->m.ncpu; c++) {
        const struct soft_tlb *t = &s->soft[c];

        for (uint32_t i = 0; i < t->top; i++) {
            h = hash_entry(h, &t->now[i]);
        }
        for (uint32_t i = 0; i < t->nold; i++) {
            h = hash_entry(mix64(h, t->old[i].at), &t->old[i].e);
        }
        h = mix64(h, t->nold);
        h = mix64(h, (uint64_t)t->cp0.index << 32 | t->cp0.lo0);
        h = mix64(h, (uint64_t)t->cp0.lo1 << 32 | t->cp0.mask);
        h = mix64(h, (uint64_t)t->cp0.hi << 32 | t->cp0.refilled);
        h = mix64(h, (uint64_t)t->cp0.wired << 2 | (uint64_t)t->cp0.written << 1 | t->cp0.probed);
    }
    return h;
}
