/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file iommu.h
 * @brief Translation per device: the seam for IOMMU domains.
 *
 * The operations rewrite the output segments of a map in place, after bounce and cache maintenance. A
 * build without DMACOH_WITH_IOMMU refuses a device with a domain: ::DMACOH_E_UNSUPP.
 */
#ifndef DMACOH_IOMMU_H
#define DMACOH_IOMMU_H

#include <dmacoh/map.h>

#ifdef __cplusplus
extern "C" {
#endif

struct dmacoh_xlate;

/** @brief What a translation does. Several domains can be alive, so these go through a pointer. */
struct dmacoh_xlate_ops {
    /**
     * Rewrites out[0 .. *n) from physical to bus addresses, in place; may merge, and then lowers *n.
     * Writes a token for unmap. All or nothing; 0 or a negative enum dmacoh_status. Any context.
     */
    int (*map)(struct dmacoh_xlate *x, struct dmacoh_bseg *out, uint32_t *n, enum dmacoh_dir dir,
               uint32_t attrs, uint32_t *token);
    /** Undoes map; the device cannot reach the memory any more when it returns. Any context. */
    int (*unmap)(struct dmacoh_xlate *x, const struct dmacoh_bseg *out, uint32_t n, uint32_t token);
};

/** @brief A translation domain. */
struct dmacoh_xlate {
    const struct dmacoh_xlate_ops *ops; /**< Its operations. */
    void *ctx;                          /**< For the implementation. */
    uint64_t page_mask;                 /**< Page size of the domain - 1. */
};

#ifdef __cplusplus
}
#endif
#endif
