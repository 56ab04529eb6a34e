/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file debug.h
 * @brief Registry of live mappings, and fault injection: the seam. All functions answer
 *        ::DMACOH_E_UNSUPP in this version; the simulated machine finds overlapping owners.
 */
#ifndef DMACOH_DEBUG_H
#define DMACOH_DEBUG_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief Rules that the checker knows. */
enum dmacoh_rule {
    DMACOH_R_OVERLAP = 0,    /**< Two device-written mappings share bytes. */
    DMACOH_R_LINE_OWNER = 1, /**< Two owners share a cache line. */
    DMACOH_R_CONTEXT = 2,    /**< A call from a context that its contract excludes. */
    DMACOH_R_LEAK = 3,       /**< A mapping is live when its device goes. */
    DMACOH_R_NO_SYNC = 4     /**< An access without a sync. */
};

/** @brief One finding, or one live mapping. */
struct dmacoh_report {
    uint32_t rule;                /**< enum dmacoh_rule. */
    const struct dmacoh_dev *dev; /**< The device. */
    const void *handle;           /**< The map or buf. */
    dmacoh_phys_t phys;           /**< First byte. */
    uint32_t len;                 /**< Bytes. */
};

/** @brief Where the checker keeps its records, and to whom it reports. */
struct dmacoh_debug_cfg {
    void *table;       /**< Its memory. */
    size_t table_size; /**< Bytes; about 40 a live mapping. */
    void (*report)(void *ctx, const struct dmacoh_report *r); /**< Called for each finding. */
    void *ctx;                                                /**< Its argument. */
};

/**
 * @brief Start checking.
 * @param[in,out] c    A live instance.
 * @param[in]     cfg  Memory and callback.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread, before the first map.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_debug_start(struct dmacoh *c, const struct dmacoh_debug_cfg *cfg);

/**
 * @brief Stop checking.
 * @param[in,out] c  A live instance.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_debug_stop(struct dmacoh *c);

/**
 * @brief Visit every live mapping.
 * @param[in,out] c    A live instance.
 * @param[in]     fn   Called for each; returns false to stop.
 * @param[in]     ctx  Its first argument.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Any.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_debug_each(struct dmacoh *c, bool (*fn)(void *ctx, const struct dmacoh_report *live),
                      void *ctx);

/**
 * @brief Make the n-th call at a site fail.
 * @param[in,out] c     A live instance.
 * @param[in]     site  Which kind of call.
 * @param[in]     nth   Which one, from 1; 0: none.
 * @retval DMACOH_E_UNSUPP  Always, in this version. Nothing is done.
 * @par Context
 * Thread.
 * @par Cost
 * None.
 * @par Source
 * docs/design.md.
 */
int dmacoh_fault_set(struct dmacoh *c, uint32_t site, uint32_t nth);

#ifdef __cplusplus
}
#endif
#endif
