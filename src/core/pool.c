/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "pool.h"

#include "device.h"
#include "maint.h"
#include "mem_insn.h"
#include "memmap.h"
#include "range.h"

size_t dmacoh_region_meta_size(uint64_t size, uint32_t granule_shift)
{
    return DMACOH_REGION_META(size, granule_shift);
}

#if DMACOH_WITH_POOL

_Static_assert(sizeof(struct runs) + sizeof(struct run_rec) <= 3216u, "published in dmacoh/pool.h");
_Static_assert(sizeof(struct run_rec) == 16u, "published in dmacoh/pool.h");

bool region_reach(const struct dmacoh_dev *dev, const struct dmacoh_region *r, bool coherent,
                  dmacoh_bus_t *bus)
{
    if (likely(dev->nwindows == 0)) {
        *bus = r->phys;
        return r->phys + (r->size - 1u) <= (coherent ? dev->lim.coherent_mask : dev->lim.mask);
    }
    return dev_bus(dev, r->phys, r->size - 1u, coherent, bus) == DMACOH_OK;
}

/* --- taking and giving --- */

/* Under the lock: take it from this region, if it has a run that is long enough. */
static bool take_here(struct dmacoh_region *r, const struct pool_want *want, struct pool_run *run)
{
    const uint32_t shift = r->granule_shift;
    const uint32_t granules = (uint32_t)((want->len - 1u) >> shift) + 1u;
    const uint32_t align_log = want->align_log > shift ? want->align_log - shift : 0;

    if (granules > r->free || align_log > RUNS_MAX_LOG) {
        return false;
    }
    const uint32_t bias = (uint32_t)(run->bus >> shift) & (RUNS_MAX - 1u);
    const uint32_t i = runs_alloc(r->runs, granules, 1u << align_log, bias, r->gen);

    if (i == RUNS_NONE) {
        return false;
    }
    r->free -= granules;
    r->pool->free -= (size_t)granules << shift;
    run->region = r;
    run->first = i;
    run->granules = granules;
    run->gen = r->gen++;
    return true;
}

/* Is it a region to take from, full or not? Its first bus address. */
static bool region_fits(const struct dmacoh_region *r, const struct pool_want *want,
                        dmacoh_bus_t *bus)
{
    return (want->types & POOL_TYPE(r->attr)) != 0 && r->granules <= want->max_granules &&
           ((want->len - 1u) >> r->granule_shift) < r->max_run &&
           region_reach(want->dev, r, want->coherent, bus);
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
static slow_path int refusal(const struct dmacoh_pool *pool, struct pool_want *want,
                             dmacoh_bus_t *bus)
{
    int rc = DMACOH_E_NOREGION;

    want->free = 0;
    for (const struct dmacoh_region *r = pool->first; r != NULL; r = r->next) {
        if (!region_fits(r, want, bus)) {
            continue;
        }
        const size_t free = (size_t)r->free << r->granule_shift;

        if (free > want->free) {
            want->free = free;
        }
        if (rc != DMACOH_E_FRAG) {
            rc = free >= want->len ? DMACOH_E_FRAG : DMACOH_E_FULL;
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
    uint32_t event = 0;
    struct dmacoh_region *r;
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&pool->lock);
    for (r = pool->first; r != NULL; r = r->next) {
        if (region_fits(r, want, &run->bus) && take_here(r, want, run)) {
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
            event = DMACOH_EVENT_LOW_WATER;
            want->free = (size_t)pool->free;
        }
    } else {
        pool->fails++;
        event = DMACOH_EVENT_EXHAUSTED;
        rc = refusal(pool, want, &run->bus);
    }
    dmacoh_port_unlock(&pool->lock);
    dmacoh_port_irq_restore(irq);
    if (unlikely(event != 0)) {
        tell(pool, event, rc, want);
    }
    return rc;
}

bool pool_give(struct dmacoh_region *r, uint32_t first, const uint32_t *gen)
{
    struct dmacoh_pool *pool = r->pool;
    const uintptr_t irq = dmacoh_port_irq_save();
    bool ok = true;

    dmacoh_port_lock(&pool->lock);
    if (gen != NULL && (runs_size(r->runs, first) == 0 || runs_gen(r->runs, first) != *gen)) {
        ok = false;
    } else {
        const uint32_t granules = runs_free(r->runs, first);

        r->free += granules;
        pool->free += (size_t)granules << r->granule_shift;
        pool->allocs--;
        if (pool->free >= pool->cfg.low_water) {
            pool->low = 0;
        }
    }
    dmacoh_port_unlock(&pool->lock);
    dmacoh_port_irq_restore(irq);
    return ok;
}

/* --- pools and regions, thread context --- */

int dmacoh_pool_init(struct dmacoh_pool *pool, struct dmacoh *c, const struct dmacoh_pool_cfg *cfg)
{
    const int rc = pool != NULL ? object_check(c, KIND_INSTANCE) : DMACOH_E_INVAL;

    if (rc != DMACOH_OK) {
        return rc;
    }
    for (const struct dmacoh_pool *p = c->pools; p != NULL; p = p->next) {
        if (p == pool) {
            return DMACOH_E_BUSY;
        }
    }
    *pool = (struct dmacoh_pool){.magic = object_mark(pool, KIND_POOL), .c = c, .next = c->pools};
    if (cfg != NULL) {
        pool->cfg = *cfg;
    }
    dmacoh_port_lock_init(&pool->lock);
    c->pools = pool;
    return DMACOH_OK;
}

/* DMACOH_REGION_META() of a region of that many granules. */
static size_t meta_bytes(uint32_t granules)
{
    return DMACOH_REGION_META(granules, 0);
}

static int check_shape(const struct dmacoh *c, const struct dmacoh_region_cfg *cfg)
{
    if (cfg->attr >= DMACOH_MEM_NATTRS || cfg->method > DMACOH_M_NONE || cfg->va == 0 ||
        cfg->meta == NULL || (cfg->flags & ~DMACOH_REGION_CLEAN) != 0 || cfg->granule_shift > 31u ||
        (1u << cfg->granule_shift) < c->line) {
        return DMACOH_E_INVAL;
    }
    const uint64_t granules = cfg->size >> cfg->granule_shift;
    const uint32_t in_granule = (1u << cfg->granule_shift) - 1u;

    if (granules == 0 || granules > RUNS_MAX || ((uint32_t)cfg->size & in_granule) != 0) {
        return DMACOH_E_SIZE;
    }
    if ((((uint32_t)cfg->phys | (uint32_t)cfg->va) & in_granule) != 0 ||
        ((uintptr_t)cfg->meta & (DMACOH_META_ALIGN - 1u)) != 0) {
        return DMACOH_E_ALIGN;
    }
    if (!range_ok64(cfg->phys, cfg->size) || !range_ok_va(cfg->va, cfg->size, c->policy->va_last)) {
        return DMACOH_E_RANGE;
    }
    return cfg->meta_size >= meta_bytes((uint32_t)granules) ? DMACOH_OK : DMACOH_E_META;
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

    /* A slot may be handed over in parts, and taking a line dirties what the device still owns of it. */
    if (cached && BE_MAY(BE_P_LINES_LEAVE) && (c->policy->flags & BE_P_LINES_LEAVE) != 0) {
        return DMACOH_E_UNSUPP;
    }
    if (BE_MAY(BE_P_MAY_NOT_SNOOP) && cfg->attr == DMACOH_MEM_HWCOHERENT && c->no_snoop != 0) {
        return DMACOH_E_ATTR;
    }
    if (cached) {
        return mem_phys(c, cfg->va, (size_t)cfg->size, &phys) && phys == cfg->phys ? DMACOH_OK
                                                                                   : DMACOH_E_NOMAP;
    }
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        if (range_overlap(cfg->phys, cfg->size, m->phys, m->size)) {
            return DMACOH_E_OVERLAP;
        }
    }
    if (BE_MAY(BE_P_ALIASES) && (c->policy->flags & BE_P_ALIASES) != 0 &&
        (cfg->flags & DMACOH_REGION_CLEAN) == 0) {
        return DMACOH_E_UNSUPP; /* lines of another address are out of reach of purge() */
    }
    const int rc = BE(c, region_check)(c, cfg->phys, cfg->size, cfg->attr, cfg->va);

    if (BE_MAY(BE_P_UNCACHED_ALIAS) && rc == BE_REGION_UNREACHED) {
        return (cfg->flags & DMACOH_REGION_CLEAN) != 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
    }
    return rc;
}

/* Does a region share memory or metadata with another one? Its VA range fits the address space. */
static bool regions_overlap(const struct dmacoh_region *r, const struct dmacoh_region_cfg *cfg,
                            size_t bytes)
{
    const uintptr_t meta = (uintptr_t)cfg->meta;
    const uintptr_t other = (uintptr_t)r->runs;
    const size_t other_bytes = meta_bytes(r->granules);

    return range_overlap(r->phys, r->size, cfg->phys, cfg->size) ||
           range_overlap_va(r->va, (size_t)r->size, meta, bytes) ||
           range_overlap_va(other, other_bytes, cfg->va, (size_t)cfg->size) ||
           range_overlap_va(other, other_bytes, meta, bytes);
}

static int check_overlap(const struct dmacoh *c, const struct dmacoh_region *region,
                         const struct dmacoh_region_cfg *cfg)
{
    const size_t bytes = meta_bytes((uint32_t)(cfg->size >> cfg->granule_shift));

    if (range_overlap_va(cfg->va, (size_t)cfg->size, (uintptr_t)cfg->meta, bytes)) {
        return DMACOH_E_OVERLAP; /* the side array must not lie in what it describes */
    }
    for (const struct dmacoh_pool *p = c->pools; p != NULL; p = p->next) {
        for (const struct dmacoh_region *r = p->first; r != NULL; r = r->next) {
            if (r == region) {
                return DMACOH_E_BUSY;
            }
            if (regions_overlap(r, cfg, bytes)) {
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
static slow_path void purge(struct dmacoh *c, const struct dmacoh_region *r)
{
    struct job job = {.c = c};

    maint_va(&job, BE_CLEAN_INVAL, r->va, (size_t)r->size);
#if DMACOH_WITH_OUTER
    if ((c->policy->flags & BE_P_OUTER) != 0) {
        maint_done(&job);
        (void)maint_range(&job, BE_CLEAN_INVAL, LEVEL_OUTER, r->phys, (size_t)r->size);
    }
#endif
    maint_done(&job);
    (void)job_commit(&job);
}

/*
 * Lines that were fetched through the cached address while the region was in use are clean, and older than
 * what lies in memory. The load waits for stores that a bus still has on the way.
 */
static slow_path void drop_fetched(struct dmacoh *c, const struct dmacoh_region *r)
{
    struct job job = {.c = c};

    maint_begin(&job);
    (void)insn_load8(r->va);
    maint_va(&job, BE_INVAL, r->va, (size_t)r->size);
    maint_done(&job);
    (void)job_commit(&job);
}

int dmacoh_pool_add_region(struct dmacoh_pool *pool, struct dmacoh_region *region,
                           const struct dmacoh_region_cfg *cfg)
{
    int rc = DMACOH_E_INVAL;

    if (region != NULL && cfg != NULL) {
        rc = object_check(pool, KIND_POOL);
    }
    if (rc != DMACOH_OK) {
        return rc;
    }
    struct dmacoh *c = pool->c;

    rc = check_shape(c, cfg);
    if (rc == DMACOH_OK) {
        rc = check_overlap(c, region, cfg);
    }
    if (rc == DMACOH_OK && pool->nregions == DMACOH_POOL_MAX_REGIONS) {
        rc = DMACOH_E_FULL;
    }
    if (rc == DMACOH_OK) {
        rc = check_type(c, cfg);
    }
    const bool aliased = BE_MAY(BE_P_UNCACHED_ALIAS) && rc == BE_REGION_ALIASED;

    if (rc != DMACOH_OK && !aliased) {
        return rc;
    }

    struct dmacoh_region **link = &pool->first;
    uint32_t used = 0;

    while (*link != NULL) {
        used |= 1u << (*link)->index;
        link = &(*link)->next;
    }
    const uint32_t granules = (uint32_t)(cfg->size >> cfg->granule_shift);

    *region = (struct dmacoh_region){0};
    region->magic = object_mark(region, KIND_REGION);
    region->pool = pool;
    region->phys = cfg->phys;
    region->size = cfg->size;
    region->va = cfg->va;
    region->attr = cfg->attr;
    region->method = cfg->method;
    region->granule_shift = (uint8_t)cfg->granule_shift;
    region->index = (uint8_t)__builtin_ctz(~used);
    if (aliased) {
        region->aliased = 1;
    }
    region->max_run = cfg->max_run - 1u < granules ? cfg->max_run : granules;
    region->granules = granules;
    region->free = granules;
    region->runs = cfg->meta;
    runs_init(region->runs, granules);
    if ((cfg->attr == DMACOH_MEM_UNCACHED || cfg->attr == DMACOH_MEM_WC) &&
        (cfg->flags & DMACOH_REGION_CLEAN) == 0) {
        purge(c, region);
    }

    const uintptr_t irq = lock_take(&pool->lock);

    *link = region;
    pool->nregions++;
    pool->bytes += cfg->size;
    pool->free += cfg->size;
    pool->min_free += cfg->size;
    lock_drop(&pool->lock, irq);
    return DMACOH_OK;
}

int dmacoh_pool_remove_region(struct dmacoh_pool *pool, struct dmacoh_region *region)
{
    int rc = DMACOH_E_INVAL;

    if (object_live(region, KIND_REGION) && region->pool == pool) {
        rc = object_check(pool, KIND_POOL);
    }
    if (rc != DMACOH_OK) {
        return rc;
    }
    const uintptr_t irq = lock_take(&pool->lock);

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
    lock_drop(&pool->lock, irq);
    if (!unused) {
        return DMACOH_E_BUSY;
    }
    region->magic = 0;
    if (BE_MAY(BE_P_UNCACHED_ALIAS) && region->aliased != 0) {
        drop_fetched(pool->c, region);
    }
    if (region->attr == DMACOH_MEM_CACHED || region->attr == DMACOH_MEM_HWCOHERENT) {
        purge(pool->c, region);
    }
    return DMACOH_OK;
}

int dmacoh_pool_fini(struct dmacoh_pool *pool)
{
    const int rc = object_check(pool, KIND_POOL);

    if (rc != DMACOH_OK) {
        return rc;
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
    if (!object_live(pool, KIND_POOL) || out == NULL) {
        return DMACOH_E_INVAL;
    }
    const uintptr_t irq = lock_take(&pool->lock);

    *out = (struct dmacoh_pool_stats){.bytes = pool->bytes,
                                      .free = pool->free,
                                      .min_free = pool->min_free,
                                      .allocs = pool->allocs,
                                      .fails = pool->fails};
    for (const struct dmacoh_region *r = pool->first; r != NULL; r = r->next) {
        const size_t largest = (size_t)runs_largest(r->runs) << r->granule_shift;

        if (largest > out->largest) {
            out->largest = largest;
        }
    }
    lock_drop(&pool->lock, irq);
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
