/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Concrete engine: caches of one line, by value. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "concrete.h"

struct cached_line *con_line(struct sim *s, int li)
{
    struct concrete_engine *e = s->con;

    if ((uint32_t)li >= e->cap_line) {
        const uint32_t cap = (uint32_t)li * 2 + 64;

        e->line = mem_must(realloc(e->line, cap * sizeof *e->line));
        memset(e->line + e->cap_line, 0, (cap - e->cap_line) * sizeof *e->line);
        e->live = mem_must(realloc(e->live, cap * sizeof *e->live));
        e->cap_line = cap;
    }
    if (!e->line[li].live) {
        memset(&e->line[li], 0, sizeof e->line[li]);
        e->line[li].live = true;
        e->live[e->nlive++] = (uint32_t)li;
    }
    return &e->line[li];
}

const struct cached_line *con_peek(const struct sim *s, int li)
{
    static const struct cached_line none;

    if ((uint32_t)li >= s->con->cap_line || !s->con->line[li].live) {
        return &none;
    }
    return &s->con->line[li];
}

static const uint8_t *outside(const struct sim *s, int li)
{
    const struct cached_line *l = con_peek(s, li);

    return l->l2.present ? l->l2.data : s->line[li].data;
}

const uint8_t *con_view(const struct sim *s, int li, int cpu)
{
    const struct cached_line *l = con_peek(s, li);

    if (l->l1[cpu].present) {
        return l->l1[cpu].data;
    }
    if (s->m.coherent_l1 && rule(s, SIM_RULE_COHERENT)) {
        for (int o = 0; o < s->m.ncpu; o++) {
            if (l->l1[o].present) {
                return l->l1[o].data;
            }
        }
    }
    return outside(s, li);
}

/* Every change of a line ends here. */
static void changed(struct sim *s, int li)
{
    mem_touch(s, li);
    if (s->line[li].table) {
        s->r.tables_changed = true;
    }
    con_check_dirty(s, li);
}

void con_check_dirty(struct sim *s, int li)
{
    const struct cached_line *l = con_peek(s, li);
    bool dirty = l->l2.dirty;

    for (int c = 0; c < s->m.ncpu; c++) {
        dirty = dirty || l->l1[c].dirty;
    }
    if (dirty && s->r.bug == SIM_OK && shadow_device_writes(s, li)) {
        s->r.bug_line = li;
        s->r.bug_off = 0;
        step_fail(s, SIM_DIRTY_UNDER_DMA,
                  "a dirty line covers %09" PRIx64 ", which the device writes", s->line[li].pa);
    }
}

void con_fill(struct sim *s, int li, int cpu)
{
    struct cached_line *l = con_line(s, li);
    uint8_t d[SIM_LINE_MAX];

    memcpy(d, con_view(s, li, cpu), SIM_LINE_MAX);
    memcpy(l->l1[cpu].data, d, SIM_LINE_MAX);
    l->l1[cpu].present = true;
    l->l1[cpu].dirty = false;
    changed(s, li);
}

void con_write_back(struct sim *s, int li, int cpu)
{
    struct cached_line *l = con_line(s, li);

    if (!l->l1[cpu].dirty) {
        return;
    }
    l->l1[cpu].dirty = false;
    if (s->m.l2) {
        memcpy(l->l2.data, l->l1[cpu].data, SIM_LINE_MAX);
        l->l2.present = l->l2.dirty = true;
    } else {
        memcpy(s->line[li].data, l->l1[cpu].data, SIM_LINE_MAX);
    }
    changed(s, li);
}

static void drop(struct sim *s, int li, int cpu)
{
    struct cached_line *l = con_line(s, li);

    memset(&l->l1[cpu], 0, sizeof l->l1[cpu]);
    changed(s, li);
}

void con_evict(struct sim *s, int li, int cpu)
{
    con_write_back(s, li, cpu);
    drop(s, li, cpu);
}

void con_fill_l2(struct sim *s, int li)
{
    struct cached_line *l = con_line(s, li);

    memcpy(l->l2.data, s->line[li].data, SIM_LINE_MAX);
    l->l2.present = true;
    changed(s, li);
}

void con_evict_l2(struct sim *s, int li, bool write)
{
    struct cached_line *l = con_line(s, li);

    if (write && l->l2.dirty) {
        memcpy(s->line[li].data, l->l2.data, SIM_LINE_MAX);
    }
    memset(&l->l2, 0, sizeof l->l2);
    changed(s, li);
}

static void store(struct sim *s, int cpu, const struct posted *e)
{
    const int li = e->line;
    struct cached_line *l = con_line(s, li);
    uint8_t *d = s->line[li].data;

    if (e->kind == OP_STORE && (e->attr & ATTR_TYPE) == ATTR_CACHED) {
        if (!l->l1[cpu].present) {
            con_fill(s, li, cpu);
            l = con_line(s, li);
        }
        for (int o = 0; o < s->m.ncpu && s->m.coherent_l1; o++) {
            if (o != cpu) {
                memset(&l->l1[o], 0, sizeof l->l1[o]);
            }
        }
        d = l->l1[cpu].data;
        l->l1[cpu].dirty = true;
    }
    for (unsigned i = 0; i < e->len; i++) {
        d[e->off + i] = (uint8_t)(e->value >> (8 * i));
    }
    changed(s, li);
}

static void inval_one(struct sim *s, int li, int cpu)
{
    const struct cached_line *l = con_peek(s, li);
    uint32_t off = 0;

    if (l->l1[cpu].dirty && shadow_lost(s, li, l->l1[cpu].data, outside(s, li), &off)) {
        if (s->r.bug == SIM_OK) {
            s->r.bug_line = li;
            s->r.bug_off = off;
        }
        step_fail(s, SIM_DIRTY_LOST, "invalidation drops the only copy of %09" PRIx64,
                  s->line[li].pa + off);
    }
    drop(s, li, cpu);
}

static void inner_op(struct sim *s, int cpu, const struct posted *e, unsigned variant)
{
    for (int o = 0; o < s->m.ncpu; o++) {
        if (o != cpu && !(s->m.cmo_broadcast && rule(s, SIM_RULE_BROADCAST))) {
            continue;
        }
        if (!con_peek(s, e->line)->l1[o].present) {
            continue;
        }
        if (e->kind == OP_CLEAN) {
            con_write_back(s, e->line, o);
        } else if (e->kind == OP_CLEAN_INVAL || variant == 2) {
            con_evict(s, e->line, o);
        } else {
            inval_one(s, e->line, o);
        }
    }
}

static void outer_op(struct sim *s, const struct posted *e)
{
    struct cached_line *l = con_line(s, e->line);

    if (!l->l2.present) {
        return;
    }
    if (e->kind == OP_L2_CLEAN) {
        if (l->l2.dirty) {
            memcpy(s->line[e->line].data, l->l2.data, SIM_LINE_MAX);
            l->l2.dirty = false;
            changed(s, e->line);
        }
        return;
    }
    con_evict_l2(s, e->line, e->kind == OP_L2_CLEAN_INVAL);
}

/* Variants: 0 as named, 1 no effect, 2 an invalidation that wrote back first. */
void con_apply(struct sim *s, int agent, const struct posted *e, unsigned variant)
{
    if (posted_is_tlbi(e)) {
        con_tlbi(s, agent, e);
    } else if (posted_is_store(e)) {
        store(s, agent, e);
    } else if (variant == 1) {
        return;
    } else if (e->kind == OP_CLEAN || e->kind == OP_INVAL || e->kind == OP_CLEAN_INVAL) {
        inner_op(s, agent, e, variant);
    } else {
        outer_op(s, e);
    }
}
