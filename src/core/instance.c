/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "core.h"
#include "memmap.h"
#include "window.h"

#include <dmacoh/pool.h>

#define KNOWN_FLAGS                                                                                \
    (DMACOH_F_ALIAS_FRAGILE | DMACOH_F_CPU_AFFINE | DMACOH_F_DEBUG | DMACOH_F_NO_PREFETCH |        \
     DMACOH_F_NO_SPEC_STORES)

static int check_cfg(const struct dmacoh_cfg *cfg)
{
    if (cfg->mem == NULL || cfg->nmem == 0 || cfg->ncpus == 0 || cfg->meta == NULL ||
        (cfg->flags & ~KNOWN_FLAGS) != 0) {
        return DMACOH_E_INVAL;
    }
    if (((uintptr_t)cfg->meta & (DMACOH_META_ALIGN - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (cfg->ncpus > UINT16_MAX || cfg->meta_size < DMACOH_META_SIZE(cfg->ncpus)) {
        return DMACOH_E_META;
    }
    if ((cfg->flags & DMACOH_F_DEBUG) != 0) {
        return DMACOH_E_UNSUPP; /* not part of this version; see debug.h */
    }
    return DMACOH_OK;
}

static bool has(const struct dmacoh *c, uint32_t flag)
{
    return BE_MAY(flag) && (c->policy->flags & flag) != 0;
}

/* What the row demands of the configuration, and the configuration of the row. */
static bool row_fits(const struct dmacoh *c)
{
    /* Nobody could take back on one CPU what was handed over on another. */
    if (has(c, BE_P_LOCAL_CMO) && c->ncpus > 1u && (c->flags & DMACOH_F_CPU_AFFINE) == 0) {
        return false;
    }
    if (has(c, BE_P_NO_PREFETCH) && (c->flags & DMACOH_F_NO_PREFETCH) == 0) {
        return false;
    }
    return c->outer_va == 0 || (c->policy->flags & BE_P_OUTER) != 0;
}

static int start(struct dmacoh *c)
{
    int rc = BE(c, probe)(c, true);

    if (rc != DMACOH_OK) {
        return rc;
    }
    if (!row_fits(c)) {
        return DMACOH_E_UNSUPP;
    }
    rc = mem_check(c, c->policy->va_last);
    if (rc == DMACOH_OK) {
        rc = window_check(c);
    }
#if DMACOH_WITH_WINDOWS
    if (rc == DMACOH_OK) {
        rc = BE(c, win_init)(c); /* the last step, and the first that changes anything */
    }
#endif
    return rc;
}

int dmacoh_init(struct dmacoh *c, const struct dmacoh_cfg *cfg)
{
    if (c == NULL || cfg == NULL) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    int rc = check_cfg(cfg);

    if (rc != DMACOH_OK) {
        return rc;
    }
    *c = (struct dmacoh){0};
    c->flags = cfg->flags;
    c->mem = cfg->mem;
    c->nmem = cfg->nmem;
    c->ncpus = cfg->ncpus;
    c->mmu = cfg->mmu;
    if (BE_MAY(BE_P_FACTS)) {
        c->facts = cfg->facts;
    }
    c->outer_va = cfg->outer_va;
    c->ops = cfg->ops;
    c->ops_ctx = cfg->ops_ctx;
    c->percpu = cfg->meta;
#if DMACOH_BACKEND_DYNAMIC
    c->be = cfg->backend != NULL ? cfg->backend : &dmacoh_be_armv7a;
#endif
    for (uint32_t i = 0; i < cfg->ncpus; i++) {
        c->percpu[i] = (struct dmacoh_percpu){.depth = 0};
    }
    dmacoh_port_lock_init(&c->lock);
    dmacoh_port_lock_init(&c->be_lock);
    rc = start(c);
    if (rc == DMACOH_OK) {
        c->magic = object_mark(c, KIND_INSTANCE);
    }
    return rc;
}

int dmacoh_cpu_online(struct dmacoh *c)
{
    const int rc = object_check(c, KIND_INSTANCE);

    if (rc != DMACOH_OK) {
        return rc;
    }
    return BE(c, probe)(c, false);
}

int dmacoh_cpu_offline(struct dmacoh *c)
{
    int rc = object_check(c, KIND_INSTANCE);

    if (rc != DMACOH_OK) {
        return rc;
    }
#if DMACOH_WITH_WINDOWS
    const uintptr_t irq = dmacoh_port_irq_save();
    const uint32_t cpu = dmacoh_port_cpu();

    if (c->percpu[cpu].depth != 0) {
        rc = DMACOH_E_BUSY;
    } else {
        BE(c, cpu_down)(c, cpu);
    }
    dmacoh_port_irq_restore(irq);
#endif
    return rc;
}

int dmacoh_fini(struct dmacoh *c)
{
    const int rc = object_check(c, KIND_INSTANCE);

    if (rc != DMACOH_OK) {
        return rc;
    }
#if DMACOH_WITH_POOL
    for (const struct dmacoh_pool *p = c->pools; p != NULL; p = p->next) {
        if (p->first != NULL) {
            return DMACOH_E_BUSY;
        }
    }
#endif
#if DMACOH_WITH_WINDOWS
    for (uint32_t i = 0; i < c->ncpus; i++) {
        if (c->percpu[i].depth != 0) {
            return DMACOH_E_BUSY;
        }
    }
    BE(c, win_fini)(c);
#endif
    c->magic = 0;
    return DMACOH_OK;
}

uint32_t dmacoh_line(const struct dmacoh *c)
{
    return c->line;
}

/* --- statistics --- */

static void add(struct dmacoh_stats *to, const struct dmacoh_stats *from)
{
    to->lines_clean += from->lines_clean;
    to->lines_inval += from->lines_inval;
    to->lines_clean_inval += from->lines_clean_inval;
    to->barriers += from->barriers;
    to->windows += from->windows;
    to->bounces += from->bounces;
    to->edges += from->edges;
    to->fails += from->fails;
    to->abandoned += from->abandoned;
    to->bytes_bounced += from->bytes_bounced;
}

/* With interrupts masked: an interrupt that counts too must not come in between. */
uint32_t job_commit(const struct job *job)
{
    const uintptr_t irq = dmacoh_port_irq_save();
    const uint32_t cpu = dmacoh_port_cpu();

    add(&job->c->percpu[cpu].stats, &job->did);
    dmacoh_port_irq_restore(irq);
    return cpu;
}

int dmacoh_stats(const struct dmacoh *c, struct dmacoh_stats *out)
{
    if (!instance_live(c) || out == NULL) {
        return DMACOH_E_INVAL;
    }
    *out = (struct dmacoh_stats){0};
    for (uint32_t i = 0; i < c->ncpus; i++) {
        add(out, &c->percpu[i].stats);
    }
    return DMACOH_OK;
}
