/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What flip.h and debug.h declare is not part of this version. The functions exist, so that a client
 * written against them links and gets a clear answer.
 */
#include <dmacoh/debug.h>
#include <dmacoh/flip.h>

int dmacoh_arena_init(struct dmacoh_arena *a, struct dmacoh_pool *pool,
                      const struct dmacoh_arena_cfg *cfg)
{
    (void)a;
    (void)pool;
    (void)cfg;
    return DMACOH_E_UNSUPP;
}

int dmacoh_pool_grow(struct dmacoh_pool *pool, struct dmacoh_arena *a, uint64_t bytes)
{
    (void)pool;
    (void)a;
    (void)bytes;
    return DMACOH_E_UNSUPP;
}

int dmacoh_pool_shrink(struct dmacoh_pool *pool, struct dmacoh_arena *a, uint64_t bytes)
{
    (void)pool;
    (void)a;
    (void)bytes;
    return DMACOH_E_UNSUPP;
}

int dmacoh_quarantine_run(struct dmacoh *c)
{
    (void)c;
    return DMACOH_E_UNSUPP;
}

int dmacoh_verify_mapping(struct dmacoh *c, dmacoh_phys_t phys)
{
    (void)c;
    (void)phys;
    return DMACOH_E_UNSUPP;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the version that does it writes *gen */
int dmacoh_pt_sync(struct dmacoh *c, uint32_t *gen)
{
    (void)c;
    (void)gen;
    return DMACOH_E_UNSUPP;
}

int dmacoh_debug_start(struct dmacoh *c, const struct dmacoh_debug_cfg *cfg)
{
    (void)c;
    (void)cfg;
    return DMACOH_E_UNSUPP;
}

int dmacoh_debug_stop(struct dmacoh *c)
{
    (void)c;
    return DMACOH_E_UNSUPP;
}

int dmacoh_debug_each(struct dmacoh *c, bool (*fn)(void *ctx, const struct dmacoh_report *live),
                      void *ctx)
{
    (void)c;
    (void)fn;
    (void)ctx;
    return DMACOH_E_UNSUPP;
}

int dmacoh_fault_set(struct dmacoh *c, uint32_t site, uint32_t nth)
{
    (void)c;
    (void)site;
    (void)nth;
    return DMACOH_E_UNSUPP;
}
