/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file flip.h
 * @brief Change of page type, and pools that grow: the seam. All functions answer ::DMACOH_E_UNSUPP
 *        in this version.
 */
#ifndef DMACOH_FLIP_H
#define DMACOH_FLIP_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief Donated memory whose pages may change their type. */
struct dmacoh_arena_cfg {
    dmacoh_phys_t phys;     /**< First byte. */
    uint64_t size;          /**< Bytes. */
    uint32_t granule_shift; /**< log2 of the unit of change. */
    uint32_t batch;         /**< Granules changed with one shoot-down. */
    void *meta;             /**< Metadata, DMACOH_ARENA_META() bytes. */
    size_t meta_size;       /**< Bytes at meta. */
};

/** Bytes of metadata of an arena. */
#define DMACOH_ARENA_META(size, granule_shift)                                                     \
    ((size_t)((uint64_t)(size) >> (granule_shift)) * 8u + 256u)

/** @brief An arena: one state and one shoot-down generation a page. Caller's storage, private. */
struct dmacoh_arena {
    /** @cond private */
    uint32_t magic, granule_shift, batch, gen;
    struct dmacoh *c;
    struct dmacoh_pool *pool;
    dmacoh_phys_t phys;
    uint64_t size;
    void *pages;
    uint32_t quarantined, busy;
    struct dmacoh_lock lock;
    /** @endcond */
};

/**
 * @brief Give a pool memory to grow into.
 * @param[out]    a     Storage.
 * @param[in,out] pool  A pool.
 * @param[in]     cfg   The memory.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_arena_init(struct dmacoh_arena *a, struct dmacoh_pool *pool,
                      const struct dmacoh_arena_cfg *cfg);

/**
 * @brief Convert cached granules and add them to a pool.
 * @param[in,out] pool   A pool.
 * @param[in,out] a      Its arena.
 * @param[in]     bytes  How much.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_pool_grow(struct dmacoh_pool *pool, struct dmacoh_arena *a, uint64_t bytes);

/**
 * @brief Return unused granules to their donor.
 * @param[in,out] pool   A pool.
 * @param[in,out] a      Its arena.
 * @param[in]     bytes  How much.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_pool_shrink(struct dmacoh_pool *pool, struct dmacoh_arena *a, uint64_t bytes);

/**
 * @brief Complete deferred shoot-downs.
 * @param[in,out] c  A live instance.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_quarantine_run(struct dmacoh *c);

/**
 * @brief Prove from the real page tables that one page has one type.
 * @param[in,out] c     A live instance.
 * @param[in]     phys  An address in the page.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md, INV-1.
 */
int dmacoh_verify_mapping(struct dmacoh *c, dmacoh_phys_t phys);

/**
 * @brief Adopt page-table changes at a task switch, where tables are copied per task.
 * @param[in,out] c    A live instance.
 * @param[in,out] gen  The task's generation.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Any.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_pt_sync(struct dmacoh *c, uint32_t *gen);

#ifdef __cplusplus
}
#endif
#endif
