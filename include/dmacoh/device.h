/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file device.h
 * @brief A bus master: what it reaches, and what it demands of a transfer.
 */
#ifndef DMACOH_DEVICE_H
#define DMACOH_DEVICE_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief One inbound bus window ("dma-ranges"): bus = phys - window.phys + window.bus. */
struct dmacoh_window {
    dmacoh_phys_t phys; /**< First physical address behind the window. */
    dmacoh_bus_t bus;   /**< The device's address for it. */
    uint64_t size;      /**< Bytes, not 0. */
};

/** @brief Limits of one transfer. 0 means "no limit", except in mask. */
struct dmacoh_limits {
    uint64_t mask;          /**< Last reachable bus address for maps. Any value but 0. */
    uint64_t coherent_mask; /**< The same for dmacoh_alloc(); 0: as mask. */
    uint64_t boundary;      /**< Power of two: no segment crosses a multiple of it. */
    uint32_t max_seg;       /**< Bytes in one segment. */
    uint32_t max_segs;      /**< Segments in one transfer. */
    uint32_t align;         /**< Power of two: every segment starts at a multiple of it. */
    uint32_t gap_mask;      /**< 2^n - 1: inner joints only at multiples of 2^n (NVMe PRP: 4095). */
};

/** @brief Everything that dmacoh_dev_init() has to know. */
struct dmacoh_dev_cfg {
    struct dmacoh_limits limits;         /**< Copied. */
    const struct dmacoh_window *windows; /**< Kept by reference; NULL: bus == phys. */
    uint32_t nwindows;                   /**< Entries at windows. */
    uint32_t flags;                      /**< DMACOH_DEV_*. */
    struct dmacoh_pool *coherent;        /**< For dmacoh_alloc(); may be NULL. */
    struct dmacoh_pool *bounce; /**< For bounces and edges; may be NULL, or the same pool. */
    struct dmacoh_xlate *xlate; /**< IOMMU domain; NULL: none. */
    /**
     * Waits until what the device has written before is in memory: reads a register of the device or
     * of its bridge. Runs before anything is handed back to the CPU. Any context. NULL: none.
     */
    void (*flush_posted)(void *ctx);
    void *flush_ctx;  /**< Argument of flush_posted. */
    const char *name; /**< For reports; may be NULL. */
};
/** @name Flags of a device
 * @{ */
#define DMACOH_DEV_COHERENT     0x1u /**< Snoops the CPU caches. */
#define DMACOH_DEV_FORCE_BOUNCE 0x2u /**< Bounce every buffer (tests; broken masters). */
/** The completion interrupt is ordered behind the data (MSI); flush_posted is not called. */
#define DMACOH_DEV_IRQ_ORDERED 0x4u
/** @} */

/** @brief A device. The caller's storage; the members are private. */
struct dmacoh_dev {
    /** @cond private */
    uint32_t magic;
    uint32_t slow;          /* 0: a coherent direct map needs no more than the checks below */
    dmacoh_phys_t win_phys; /* first byte of the fast window */
    uint64_t win_last;      /* last offset in it at which fast_len bytes still fit */
    uint64_t win_off;       /* bus - phys */
    size_t fast_len;        /* longest map of the fast path */
    uint32_t align_mask;    /* align - 1 */
    uint32_t flags, nwindows;
    uint32_t unit; /* edge unit: joints of a split map are multiples of it */
    struct dmacoh *c;
    const struct dmacoh_window *windows;
    struct dmacoh_limits lim;
    struct dmacoh_pool *coherent, *bounce;
    struct dmacoh_xlate *xlate;
    void (*flush_posted)(void *ctx);
    void *flush_ctx;
    const char *name;
    /** @endcond */
};

/** @brief What a device can have. */
struct dmacoh_caps {
    uint8_t method;          /**< enum dmacoh_method: how dmacoh_alloc() gets coherent memory. */
    bool coherent;           /**< The device snoops: no cache operations. */
    bool bounces;            /**< There is a pool to bounce through. */
    bool windows;            /**< Memory without a mapping can be used. */
    uint32_t line;           /**< Unit of ownership: align ring buffers to it. */
    uint32_t max_seg;        /**< Bytes in one segment; 0xffffffff: no limit. */
    uint32_t max_segs;       /**< Segments in one transfer; 0xffffffff: no limit. */
    uint64_t max_map;        /**< Largest dmacoh_map_single() or dmacoh_map_phys(), bytes. */
    uint64_t max_bounce;     /**< Largest buffer that can be bounced whole, bytes; 0: none. */
    uint64_t required_mask;  /**< Mask that would reach all RAM that a master can reach. */
    uint64_t coherent_bytes; /**< Coherent memory this device can use, bytes. */
    uint64_t coherent_free;  /**< The part of it that is free now. */
};

/**
 * @brief Describe a bus master.
 *
 * @param[out]    dev  Storage, any content.
 * @param[in,out] c    A live instance.
 * @param[in]     cfg  The description; copied, except what it points to.
 * @retval DMACOH_OK        @p dev may be used.
 * @retval DMACOH_E_INVAL   NULL, unknown flag, pool of another instance, gap_mask not 2^n - 1.
 * @retval DMACOH_E_MASK    limits.mask is 0.
 * @retval DMACOH_E_ALIGN   align or boundary is no power of two; a window does not keep the alignment
 *                          that align, gap_mask or the cache line need.
 * @retval DMACOH_E_SIZE    A window has size 0; max_seg is smaller than align, gap_mask or a line, or
 *                          boundary is smaller than those.
 * @retval DMACOH_E_RANGE   A window wraps, in physical or bus addresses.
 * @retval DMACOH_E_UNSUPP  An IOMMU domain was given, but that is not compiled in.
 * @retval DMACOH_E_ATTR    ::DMACOH_DEV_COHERENT, but the CPU's caches are never snooped, or the linear
 *                          map does not ask for it (PowerPC: M = 0).
 * @retval DMACOH_E_CONTEXT Called from an interrupt or with IRQs off.
 *         After an error @p dev is no device.
 * @par Context
 * Thread.
 * @par Cost
 * O(windows x memory-map entries), once.
 * @par Source
 * docs/design.md; for gap_mask [NVME-PRP].
 */
int dmacoh_dev_init(struct dmacoh_dev *dev, struct dmacoh *c, const struct dmacoh_dev_cfg *cfg);

/**
 * @brief Forget a device. All its maps and buffers must be gone.
 * @param[in,out] dev  A device.
 * @retval DMACOH_OK         @p dev is the caller's memory again.
 * @retval DMACOH_E_INVAL    @p dev is no device.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread.
 * @par Cost
 * Constant. Live maps are not counted in release builds; finding them is debug.h's.
 * @par Source
 * This header.
 */
int dmacoh_dev_fini(struct dmacoh_dev *dev);

/**
 * @brief What this device can have now.
 * @param[in]  dev  A device.
 * @param[out] out  Its capabilities.
 * @retval DMACOH_OK       @p out is filled.
 * @retval DMACOH_E_INVAL  NULL, or no device.
 * @par Context
 * Any. The free figure may be old when the call returns.
 * @par Cost
 * O(regions + memory-map entries), and a loop over address bits.
 * @par Source
 * This header.
 */
int dmacoh_dev_caps(const struct dmacoh_dev *dev, struct dmacoh_caps *out);

/**
 * @brief Change the masks, after the driver has learnt what its device can do.
 * @param[in,out] dev            A device without live maps.
 * @param[in]     mask           Last reachable bus address for maps; any value but 0.
 * @param[in]     coherent_mask  The same for dmacoh_alloc(); 0: as @p mask.
 * @retval DMACOH_OK         The new masks hold from now on.
 * @retval DMACOH_E_INVAL    @p dev is no device.
 * @retval DMACOH_E_MASK     @p mask is 0. The old masks hold.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread.
 * @par Cost
 * As dmacoh_dev_init().
 * @par Source
 * This header.
 */
int dmacoh_dev_set_mask(struct dmacoh_dev *dev, uint64_t mask, uint64_t coherent_mask);

/**
 * @brief Does a range reach the device without a bounce?
 * @param[in]  dev   A device.
 * @param[in]  phys  First byte.
 * @param[in]  len   Bytes, not 0.
 * @param[out] bus   The device's address of @p phys; written only on success; may be NULL.
 * @retval DMACOH_OK        Yes.
 * @retval DMACOH_E_INVAL   @p dev is no device.
 * @retval DMACOH_E_SIZE    @p len is 0.
 * @retval DMACOH_E_RANGE   @p phys + @p len wraps.
 * @retval DMACOH_E_WINDOW  No single bus window holds the range.
 * @retval DMACOH_E_MASK    The range ends beyond the mask.
 * @par Context
 * Any.
 * @par Cost
 * O(windows).
 * @par Source
 * This header.
 */
int dmacoh_dev_reach(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint64_t len,
                     dmacoh_bus_t *bus);

#ifdef __cplusplus
}
#endif
#endif
