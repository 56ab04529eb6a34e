/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Oracles of ownership and value: per byte, who may touch it and what a read must give. */
#include <inttypes.h>
#include <string.h>

#include "engine.h"

static bool in_call(const struct sim *s, int cpu, uint64_t pa, bool *any)
{
    const struct cpu *c = &s->r.cpu[cpu];

    *any = c->nframe != 0;
    if (c->nframe == 0) {
        return false;
    }
    const struct call_frame *f = &s->frame[cpu][c->nframe - 1];
    for (uint32_t i = 0; i < f->n; i++) {
        if (pa >= f->span[i].pa && pa - f->span[i].pa < f->span[i].n) {
            return true;
        }
    }
    return false;
}

static void blame(struct sim *s, int li, uint32_t off)
{
    s->r.bug_line = li;
    s->r.bug_off = off;
}

static bool lib_access(struct sim *s, int cpu, int li, uint32_t off, bool store)
{
    const struct phys_line *l = &s->line[li];
    const enum sim_owner o = (enum sim_owner)l->owner[off];
    bool any = false;
    const bool inside = in_call(s, cpu, l->pa + off, &any);

    if (o == SIM_OWN_ANY || o == SIM_OWN_LIB || inside) {
        if (o != SIM_OWN_FROM && o != SIM_OWN_BIDI && (o != SIM_OWN_TO || !store)) {
            return true;
        }
    } else if ((o == SIM_OWN_CPU && !any) || o == SIM_OWN_RAW) {
        return true;
    }
    blame(s, li, off);
    step_fail(s, SIM_NEVER_TOUCH, "library %s of %09" PRIx64 ", owner %s", store ? "store" : "load",
              l->pa + off, name_owner(o));
    return false;
}

bool shadow_cpu_access(struct sim *s, int cpu, int li, uint32_t off, uint32_t len, bool store)
{
    const struct phys_line *l = &s->line[li];

    for (uint32_t i = off; i < off + len; i++) {
        const enum sim_owner o = (enum sim_owner)l->owner[i];

        if (s->r.agent[cpu].lib) {
            if (!lib_access(s, cpu, li, i, store)) {
                return false;
            }
        } else if (o == SIM_OWN_LIB || o == SIM_OWN_FROM || o == SIM_OWN_BIDI ||
                   (o == SIM_OWN_TO && store)) {
            blame(s, li, i);
            step_fail(s, SIM_OWNED, "cpu%d %s of %09" PRIx64 ", owner %s", cpu,
                      store ? "store" : "load", l->pa + i, name_owner(o));
            return false;
        }
    }
    return true;
}

bool shadow_dev_access(struct sim *s, int dev, int li, uint32_t off, uint32_t len, bool store)
{
    const struct phys_line *l = &s->line[li];

    for (uint32_t i = off; i < off + len; i++) {
        const enum sim_owner o = (enum sim_owner)l->owner[i];
        enum sim_bug bug = SIM_OK;

        if (o == SIM_OWN_CPU) {
            bug = SIM_NOT_MAPPED;
        } else if (o == SIM_OWN_LIB) {
            bug = SIM_DEV_TOO_EARLY;
        } else if (o == SIM_OWN_TO && store) {
            bug = SIM_DIRECTION;
        } else if (o == SIM_OWN_FROM && !store) {
            s->r.cpu[0].counts.warnings++;
            bug = s->strict_from ? SIM_DIRECTION : SIM_OK;
        }
        if (bug != SIM_OK) {
            blame(s, li, i);
            step_fail(s, bug, "dev%d %s of %09" PRIx64 ", owner %s", dev, store ? "write" : "read",
                      l->pa + i, name_owner(o));
            return false;
        }
    }
    return true;
}

void shadow_write(struct sim *s, int agent, int li, uint32_t off, uint32_t len, uint64_t v)
{
    struct phys_line *l = &s->line[li];

    for (uint32_t i = 0; i < len; i++) {
        l->truth[off + i] = (uint8_t)(v >> (8 * i));
        l->writer[off + i] = (uint8_t)(agent + 1);
        l->wstep[off + i] = s->r.step;
        l->known |= (uint64_t)1 << (off + i);
    }
    mem_touch(s, li);
}

/* Is there exactly one right value for a read of these bytes? */
bool shadow_checked(const struct sim *s, int li, uint32_t off, uint32_t len, bool device)
{
    const struct phys_line *l = &s->line[li];

    for (uint32_t i = off; i < off + len; i++) {
        const enum sim_owner o = (enum sim_owner)l->owner[i];

        if (o == SIM_OWN_ANY || o == SIM_OWN_COH || (l->known >> i & 1) == 0 ||
            (device && o == SIM_OWN_FROM)) {
            return false;
        }
    }
    return true;
}

uint32_t shadow_truth(const struct sim *s, int li, uint32_t off, uint32_t len)
{
    uint32_t v = 0;

    for (uint32_t i = 0; i < len; i++) {
        v |= (uint32_t)s->line[li].truth[off + i] << (8 * i);
    }
    return v;
}

bool shadow_differs(const struct sim *s, int li, uint32_t off, uint32_t len, uint32_t v)
{
    return shadow_truth(s, li, off, len) != v;
}

void shadow_stale(struct sim *s, int li, uint32_t off, uint32_t len, uint32_t got, bool device)
{
    const struct phys_line *l = &s->line[li];
    uint32_t bad = off;

    while (bad + 1 < off + len && (uint8_t)(got >> (8 * (bad - off))) == l->truth[bad]) {
        bad++;
    }
    blame(s, li, bad);
    const int w = l->writer[bad] - 1;
    step_fail(s, device ? SIM_STALE_DEV : SIM_STALE_CPU,
              "%s read of %09" PRIx64 " gives %02x, want %02x: last writer %s%d, step %u",
              device ? "device" : "cpu", l->pa + bad, (unsigned)(uint8_t)(got >> (8 * (bad - off))),
              (unsigned)l->truth[bad],
              w < 0              ? "setup"
              : w < SIM_MAX_CPUS ? "cpu"
                                 : "dev",
              w < 0 ? 0 : w % SIM_MAX_CPUS, (unsigned)l->wstep[bad]);
}

/* The right value by the machine's rules, and yet not what the program should have put there. */
void shadow_unexpected(struct sim *s, int li, uint32_t off, uint8_t got, uint8_t want)
{
    const struct phys_line *l = &s->line[li];
    const int w = l->writer[off] - 1;

    blame(s, li, off);
    step_fail(s, SIM_EXPECT, "%09" PRIx64 " holds %02x, want %02x: last writer %s%d, step %u",
              l->pa + off, got, want,
              w < 0              ? "setup"
              : w < SIM_MAX_CPUS ? "cpu"
                                 : "dev",
              w < 0 ? 0 : w % SIM_MAX_CPUS, (unsigned)l->wstep[off]);
}

bool shadow_device_writes(const struct sim *s, int li)
{
    for (uint32_t i = 0; i < s->m.line; i++) {
        const uint8_t o = s->line[li].owner[i];

        if (o == SIM_OWN_FROM || o == SIM_OWN_BIDI) {
            return true;
        }
    }
    return false;
}

/* Does dropping the dirty copy lose the only copy of a byte of the CPU? */
bool shadow_lost(const struct sim *s, int li, const uint8_t *dirty, const uint8_t *outer,
                 uint32_t *off)
{
    const struct phys_line *l = &s->line[li];

    for (uint32_t i = 0; i < s->m.line; i++) {
        if (l->owner[i] == SIM_OWN_CPU && (l->known >> i & 1) != 0 && dirty[i] == l->truth[i] &&
            outer[i] != l->truth[i]) {
            *off = i;
            return true;
        }
    }
    return false;
}

/* Maintenance must stay on the lines that the current library call was given. */
bool shadow_cmo(struct sim *s, int cpu, int li)
{
    const struct phys_line *l = &s->line[li];
    bool any = false;
    bool foreign = false;
    uint32_t first = 0;
    /* An operation on the outer cache that acts on the L1, too, acts on all of the outer line there. */
    const bool larger = s->m.outer_op_inner && s->m.outer_line > s->m.line;
    const uint32_t unit = larger ? s->m.outer_line : s->m.line;
    const uint64_t unit_pa = l->pa & ~(uint64_t)(unit - 1u);

    if (!s->r.agent[cpu].lib || l->table) {
        return true;
    }
    for (uint32_t i = 0; i < unit; i++) {
        if (in_call(s, cpu, unit_pa + i, &any)) {
            return true;
        }
        if (!any) {
            return true;
        }
    }
    for (uint32_t i = 0; i < s->m.line; i++) {
        if (l->owner[i] != SIM_OWN_ANY && l->owner[i] != SIM_OWN_LIB && !foreign) {
            foreign = true;
            first = i;
        }
    }
    if (!foreign) {
        return true;
    }
    blame(s, li, first);
    step_fail(s, SIM_CONFUSED,
              "maintenance of %09" PRIx64 ", which the call was not given (owner %s)", l->pa,
              name_owner((enum sim_owner)l->owner[first]));
    return false;
}

/* INV-3: at hand-over the granule must not hold bytes of two owners. */
static bool shared_granule(struct sim *s, uint64_t pa)
{
    const uint64_t first = pa & ~(uint64_t)(s->m.granule - 1u);
    bool device = false;
    int other = -1;
    uint64_t where = 0;

    for (uint64_t a = first; a < first + s->m.granule; a++) {
        const int li = mem_line(s, a);
        const uint8_t o = s->line[li].owner[a & s->line_mask];

        if (o == SIM_OWN_FROM || o == SIM_OWN_BIDI) {
            device = true;
        } else if (o != SIM_OWN_ANY && o != SIM_OWN_LIB) {
            other = o;
            where = a;
        }
    }
    if (!device || other < 0) {
        return false;
    }
    blame(s, mem_line(s, where), (uint32_t)(where & s->line_mask));
    step_fail(s, SIM_SHARED_LINE,
              "granule %09" PRIx64 " is handed to the device and holds %09" PRIx64 ", owner %s",
              first, where, name_owner((enum sim_owner)other));
    return true;
}

void sim_own(uint64_t pa, uint64_t n, enum sim_owner owner)
{
    struct sim *s = step_self("sim_own");

    for (uint64_t a = pa; a < pa + n;) {
        const int li = mem_line(s, a);

        for (; a < pa + n && (a & ~(uint64_t)s->line_mask) == s->line[li].pa; a++) {
            s->line[li].owner[a & s->line_mask] = (uint8_t)owner;
        }
        if (!s->in_setup) {
            mem_activate(s, li);
            mem_touch(s, li);
        }
    }
    if (s->in_setup || n == 0) {
        return;
    }
    if (owner == SIM_OWN_FROM || owner == SIM_OWN_BIDI) {
        if (shared_granule(s, pa) || shared_granule(s, pa + n - 1)) {
            agent_yield(s);
        }
    }
    for (uint64_t a = pa & ~(uint64_t)s->line_mask; a < pa + n; a += s->m.line) {
        s->eng->recheck(s, mem_line(s, a));
    }
    if (s->r.bug != SIM_OK || s->r.overflow) {
        agent_yield(s);
    }
}

enum sim_owner sim_owner_of(uint64_t pa)
{
    struct sim *s = step_self("sim_owner_of");

    const int li = mem_line(s, pa);

    return (enum sim_owner)s->line[li].owner[pa & s->line_mask];
}

void sim_forget(uint64_t pa, uint64_t n)
{
    struct sim *s = step_self("sim_forget");

    for (uint64_t a = pa; a < pa + n; a++) {
        const int li = mem_line(s, a);

        s->line[li].known &= ~((uint64_t)1 << (a & s->line_mask));
        if (!s->in_setup) {
            mem_touch(s, li);
        }
    }
}
