/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "pool.h"

#include "device.h"
#include "maint.h"
#include "memmap.h"
#include "range.h"

size_t dmacoh_region_meta_size(uint64_t size, uint32_t granule_shift)
{
    return DMACOH_REGION_META(size, granule_shift);
}

#if DMACOH_WITH_POOL

_Static_assert(sizeof(struct runs) + sizeof(struct run_rec) <= 3216u, "published in dmacoh/pool.h");
_Static_assert(sizeof(struct run_rec) == 16u, "published in dmacoh/pool.h");

bool pool_live(const struct dmacoh_pool *pool)
{
    return pool != NULL && pool->magic == object_mark(pool, MAGIC_POOL);
}

/* --- taking and giving --- */

/* Under the lock: one region of the list. Returns the status that this region would give. */
static int take_here(struct dmacoh_region *r, const struct pool_want *want, dmacoh_bus_t bus,
                     struct pool_run *run)
{
    const uint32_t shift = r->granule_shift;
    const uint64_t granules = ((want->len - 1u) >> shift) + 1u;
    const uint64_t align = max_u64(want->align >> shift, 1u);

    if (granules > r->free) {
        return DMACOH_E_FULL;
    }
    if (align > RUNS_MAX) {
        return DMACOH_E_FRAG;
    }
    const uint32_t bias = (uint32_t)(bus >> shift) & (RUNS_MAX - 1u);
    const uint32_t i = runs_alloc(r->runs, (uint32_t)granules, (uint32_t)align, bias, r->gen);

    if (i == RUNS_NONE) {
        return DMACOH_E_FRAG;
    }
    r->free -= (uint32_t)granules;
    r->pool->free -= granules << shift;
    run->region = r;
    run->first = i;
    run->granules = (uint32_t)granules;
    run->gen = r->gen++;
    return DMACOH_OK;
}

static bool region_fits(const struct dmacoh_region *r, const struct pool_want *want)
{
    return (want->types & POOL_TYPE(r->attr)) != 0 && r->granules <= want->max_granules &&
           ((want->len - 1u) >> r->granule_shift) < r->max_run;
}

static slow_path void tell(struct dmacoh_pool *pool, uint32_t event, int status,
                           const struct pool_want *want)
{
    const struct dmacoh_port_ops *ops = pool->c->ops;

    if (ops != NULL && ops->event != NULL) {
        const struct dmacoh_why why = {status, 0, want->free, want->len};

        ops->event(pool->c->ops_ctx, event, pool, &why);
    }
}

/* Which reason a refusal has. Under the lock. */
static slow_path int refusal(const struct dmacoh_pool *pool, struct pool_want *want)
{
    int rc = DMACOH_E_NOREGION;

    want->free = 0;
    for (const struct dmacoh_region *r = pool->first; r != NULL; r = r->next) {
        dmacoh_bus_t bus;

        if (!region_fits(r, want) || !region_reach(want->dev, r, want->mask, &bus)) {
            continue;
        }
        want->free = max_u64(want->free, (uint64_t)r->free << r->granule_shift);
        if (rc != DMACOH_E_FRAG) {
            rc = (want->len - 1u) >> r->granule_shift < r->free ? DMACOH_E_FRAG : DMACOH_E_FULL;
        }
    }
    return rc;
}

/*
 * Any CPU, any context. The list of regions changes in thread context only, and a new region is linked
 * last and complete; so the list may be walked here with the lock held for a bounded time. Events are
 * told after the lock is released.
 */
int pool_take(struct dmacoh_pool *pool, struct pool_want *want, struct pool_run *run)
{
    int rc = DMACOH_OK;
    bool low = false;
    struct dmacoh_region *r;
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&pool->lock);
    for (r = pool->first; r != NULL; r = r->next) {
        if (region_fits(r, want) && region_reach(want->dev, r, want->mask, &run->bus) &&
            take_here(r, want, run->bus, run) == DMACOH_OK) {
            break;
        }
    }
    if (likely(r != NULL)) {
        pool->allocs++;
        if (pool->free < pool->min_free) {
            pool->min_free = pool->free;
        }
        if (unlikely(pool->free < pool->cfg.low_water) && pool->low == 0) {
            pool->low = 1;
            low = true;
            want->free = pool->free;
        }
    } else {
        pool->fails++;
        rc = refusal(pool, want);
    }
    dmacoh_port_unlock(&pool->lock);
    dmacoh_port_irq_restore(irq);
    if (unlikely(rc != DMACOH_OK || low)) {
        tell(pool, rc != DMACOH_OK ? DMACOH_EVENT_EXHAUSTED : DMACOH_EVENT_LOW_WATER, rc, want);
    }
    return rc;
}

static bool give(const struct pool_run *run, bool check)
{
    struct dmacoh_region *r = run->region;
    struct dmacoh_pool *pool = r->pool;
    const uintptr_t irq = dmacoh_port_irq_save();
    bool ok = true;

    dmacoh_port_lock(&pool->lock);
    if (check &&
        (runs_size(r->runs, run->first) == 0 || runs_gen(r->runs, run->first) != run->gen)) {
        ok = false;
    } else {
        const uint32_t granules = runs_free(r->runs, run->first);

        r->free += granules;
        pool->free += (uint64_t)granules << r->granule_shift;
        pool->allocs--;
        if (pool->free >= pool->cfg.low_water) {
            pool->low = 0;
        }
    }
    dmacoh_port_unlock(&pool->lock);
    dmacoh_port_irq_restore(irq);
    return ok;
}

void pool_give(const struct pool_run *run)
{
    (void)give(run, false);
}

bool pool_give_gen(const struct pool_run *run)
{
    return give(run, true);
}

/* --- pools and regions, thread context --- */

int dmacoh_pool_init(struct dmacoh_pool *pool, struct dmacoh *c, const struct dmacoh_pool_cfg *cfg)
{
    if (pool == NULL || !instance_live(c)) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    for (const struct dmacoh_pool *p = c->pools; p != NULL; p = p->next) {
        if (p == pool) {
            return DMACOH_E_BUSY;
        }
    }
    *pool = (struct dmacoh_pool){.magic = object_mark(pool, MAGIC_POOL), .c = c, .next = c->pools};
    if (cfg != NULL) {
        pool->cfg = *cfg;
    }
    dmacoh_port_lock_init(&pool->lock);
    c->pools = pool;
    return DMACOH_OK;
}

static int check_shape(const struct dmacoh *c, const struct dmacoh_region_cfg *cfg)
{
    if (cfg->attr >= DMACOH_MEM_NATTRS || cfg->method > DMACOH_M_NONE || cfg->va == 0 ||
        cfg->meta == NULL || (cfg->flags & ~DMACOH_REGION_CLEAN) != 0 || cfg->granule_shift > 31u ||
        (1u << cfg->granule_shift) < c->line) {
        return DMACOH_E_INVAL;
    }
    const uint64_t granule = (uint64_t)1 << cfg->granule_shift;

    if (cfg->size == 0 || (cfg->size & (granule - 1u)) != 0 ||
        cfg->size >> cfg->granule_shift > RUNS_MAX) {
        return DMACOH_E_SIZE;
    }
    if (((cfg->phys | cfg->va) & (granule - 1u)) != 0 ||
        ((uintptr_t)cfg->meta & (DMACOH_META_ALIGN - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (!range_ok(cfg->phys, cfg->size, UINT64_MAX) ||
        !range_ok(cfg->va, cfg->size, c->policy->va_last)) {
        return DMACOH_E_RANGE;
    }
    return cfg->meta_size >= DMACOH_REGION_META(cfg->size, cfg->granule_shift) ? DMACOH_OK
                                                                               : DMACOH_E_META;
}

/*
 * INV-1: one physical page, one memory type. An uncached region must not lie under the linear map, since
 * a CPU may fill lines through a mapping that nobody uses; nor in memory that windows may show. A cached
 * region must be the linear map.
 */
static int check_type(const struct dmacoh *c, const struct dmacoh_region_cfg *cfg)
{
    const bool cached = cfg->attr == DMACOH_MEM_CACHED || cfg->attr == DMACOH_MEM_HWCOHERENT;
    dmacoh_phys_t phys = 0;

    if (cached) {
        return mem_phys(c, cfg->va, cfg->size, &phys) && phys == cfg->phys ? DMACOH_OK
                                                                           : DMACOH_E_NOMAP;
    }
    for (uint32_t i = 0; i < c->nmem; i++) {
        if (range_overlap(cfg->phys, cfg->size, c->mem[i].phys, c->mem[i].size)) {
            return DMACOH_E_OVERLAP;
        }
    }
    return BE(c, region_check)(c, cfg->phys, cfg->size, cfg->attr, cfg->va);
}

static int check_overlap(const struct dmacoh *c, const struct dmacoh_region *region,
                         const struct dmacoh_region_cfg *cfg)
{
    const uintptr_t meta = (uintptr_t)cfg->meta;
    const size_t bytes = DMACOH_REGION_META(cfg->size, cfg->granule_shift);

    if (range_overlap(cfg->va, cfg->size, meta, bytes)) {
        return DMACOH_E_OVERLAP; /* the side array must not lie in what it describes */
    }
    for (const struct dmacoh_pool *p = c->pools; p != NULL; p = p->next) {
        for (const struct dmacoh_region *r = p->first; r != NULL; r = r->next) {
            if (r == region) {
                return DMACOH_E_BUSY;
            }
            const uintptr_t other = (uintptr_t)r->runs;
            const size_t other_bytes = DMACOH_REGION_META(r->size, r->granule_shift);

            if (range_overlap(r->phys, r->size, cfg->phys, cfg->size) ||
                range_overlap(r->va, r->size, meta, bytes) ||
                range_overlap(other, other_bytes, cfg->va, cfg->size) ||
                range_overlap(other, other_bytes, meta, bytes)) {
                return DMACOH_E_OVERLAP;
            }
        }
    }
    return DMACOH_OK;
}

/*
 * Nothing may come back after this: through the uncached address every line leaves every cache of the
 * domain (operations by address act whatever the type of the mapping, and are broadcast).
 */
static void purge(struct dmacoh *c, enum be_op op, const struct dmacoh_region *r)
{
    struct job job = {.c = c};

    maint_va(&job, op, r->va, r->size);
#if DMACOH_WITH_OUTER
    if ((c->policy->flags & BE_P_OUTER) != 0) {
        maint_done(&job);
        (void)maint_range(&job, op, LEVEL_OUTER, r->phys, r->size);
    }
#endif
    maint_done(&job);
    (void)job_commit(&job);
}

int dmacoh_pool_add_region(struct dmacoh_pool *pool, struct dmacoh_region *region,
                           const struct dmacoh_region_cfg *cfg)
{
    if (!pool_live(pool) || region == NULL || cfg == NULL) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    struct dmacoh *c = pool->c;
    int rc = check_shape(c, cfg);

    if (rc == DMACOH_OK) {
        rc = check_overlap(c, region, cfg);
    }
    if (rc == DMACOH_OK && pool->nregions == DMACOH_POOL_MAX_REGIONS) {
        rc = DMACOH_E_FULL;
    }
    if (rc == DMACOH_OK) {
        rc = check_type(c, cfg);
    }
    if (rc != DMACOH_OK) {
        return rc;
    }

    struct dmacoh_region **link = &pool->first;
    uint32_t used = 0;

    while (*link != NULL) {
        used |= 1u << (*link)->index;
        link = &(*link)->next;
    }
    const uint32_t granules = (uint32_t)(cfg->size >> cfg->granule_shift);

    *region = (struct dmacoh_region){.magic = object_mark(region, MAGIC_REGION),
                                     .pool = pool,
                                     .phys = cfg->phys,
                                     .size = cfg->size,
                                     .va = cfg->va,
                                     .attr = cfg->attr,
                                     .method = cfg->method,
                                     .granule_shift = (uint8_t)cfg->granule_shift,
                                     .index = (uint8_t)__builtin_ctz(~used),
                                     .max_run = granules,
                                     .granules = granules,
                                     .free = granules,
                                     .runs = cfg->meta};
    if (cfg->max_run != 0 && cfg->max_run < granules) {
        region->max_run = cfg->max_run;
    }
    runs_init(region->runs, granules);
    if ((cfg->attr == DMACOH_MEM_UNCACHED || cfg->attr == DMACOH_MEM_WC) &&
        (cfg->flags & DMACOH_REGION_CLEAN) == 0) {
        purge(c, BE_CLEAN_INVAL, region);
    }

    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&pool->lock);
    *link = region;
    pool->nregions++;
    pool->bytes += cfg->size;
    pool->free += cfg->size;
    pool->min_free += cfg->size;
    dmacoh_port_unlock(&pool->lock);
    dmacoh_port_irq_restore(irq);
    return DMACOH_OK;
}

int dmacoh_pool_remove_region(struct dmacoh_pool *pool, struct dmacoh_region *region)
{
    if (!pool_live(pool) || region == NULL || region->magic != object_mark(region, MAGIC_REGION) ||
        region->pool != pool) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&pool->lock);
    const bool unused = region->free == region->granules;

    if (unused) {
        struct dmacoh_region **link = &pool->first;

        while (*link != region) {
            link = &(*link)->next;
        }
        *link = region->next;
        pool->nregions--;
        pool->bytes -= region->size;
        pool->free -= region->size;
        pool->min_free = min_u64(pool->min_free, pool->free);
    }
    dmacoh_port_unlock(&pool->lock);
    dmacoh_port_irq_restore(irq);
    if (!unused) {
        return DMACOH_E_BUSY;
    }
    region->magic = 0;
    if (region->attr == DMACOH_MEM_CACHED || region->attr == DMACOH_MEM_HWCOHERENT) {
        purge(pool->c, BE_CLEAN_INVAL, region);
    }
    return DMACOH_OK;
}

int dmacoh_pool_fini(struct dmacoh_pool *pool)
{
    if (!pool_live(pool)) {
        return DMACOH_E_INVAL;
    }
    if (!in_thread()) {
        return DMACOH_E_CONTEXT;
    }
    if (pool->first != NULL) {
        return DMACOH_E_BUSY;
    }
    struct dmacoh_pool **link = &pool->c->pools;

    while (*link != pool) {
        link = &(*link)->next;
    }
    *link = pool->next;
    pool->magic = 0;
    return DMACOH_OK;
}

int dmacoh_pool_stats(struct dmacoh_pool *pool, struct dmacoh_pool_stats *out)
{
    if (!pool_live(pool) || out == NULL) {
        return DMACOH_E_INVAL;
    }
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&pool->lock);
    *out = (struct dmacoh_pool_stats){.bytes = pool->bytes,
                                      .free = pool->free,
                                      .min_free = pool->min_free,
                                      .allocs = pool->allocs,
                                      .fails = pool->fails};
    for (const struct dmacoh_region *r = pool->first; r != NULL; r = r->next) {
        out->largest = max_u64(out->largest, (uint64_t)runs_largest(r->runs) << r->granule_shift);
    }
    dmacoh_port_unlock(&pool->lock);
    dmacoh_port_irq_restore(irq);
    return DMACOH_OK;
}

#else /* !DMACOH_WITH_POOL */

int dmacoh_pool_init(struct dmacoh_pool *pool, struct dmacoh *c, const struct dmacoh_pool_cfg *cfg)
{
    (void)pool;
    (void)c;
    (void)cfg;
    return DMACOH_E_UNSUPP;
}

int dmacoh_pool_add_region(struct dmacoh_pool *pool, struct dmacoh_region *region,
                           const struct dmacoh_region_cfg *cfg)
{
    (void)pool;
    (void)region;
    (void)cfg;
    return DMACOH_E_UNSUPP;
}

int dmacoh_pool_remove_region(struct dmacoh_pool *pool, struct dmacoh_region *region)
{
    (void)pool;
    (void)region;
    return DMACOH_E_UNSUPP;
}

int dmacoh_pool_fini(struct dmacoh_pool *pool)
{
    (void)pool;
    return DMACOH_E_UNSUPP;
}

int dmacoh_pool_stats(struct dmacoh_pool *pool, struct dmacoh_pool_stats *out)
{
    (void)pool;
    (void)out;
    return DMACOH_E_UNSUPP;
}

#endif
