/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pool.h
 * @brief Pools of DMA memory: regions, coherent buffers, small objects; and what bounces go through.
 *
 * All metadata lives outside the memory that it manages: an uncached pool is as fast as a cached one,
 * and a device that overruns its buffer cannot corrupt the allocator. The library touches pool memory
 * only to zero a fresh buffer and to copy a bounce.
 *
 * Locks, semaphores and atomics must not be placed in pool memory: LDREX/STREX, LL/SC, lwarx and ldcw
 * on uncached memory fault, hang or silently fail, depending on the part. Nor may memset() or memcpy()
 * of the C library be used on it: they may use unaligned or cache-line instructions that trap there.
 */
#ifndef DMACOH_POOL_H
#define DMACOH_POOL_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief Optional properties of a pool. */
struct dmacoh_pool_cfg {
    const char *name; /**< For reports; may be NULL. Kept by reference. */
    uint64_t
        low_water; /**< Bytes: below it DMACOH_EVENT_LOW_WATER is raised, once until refilled. */
};

/** @brief A list of regions, tried in the order of their addition. The caller's storage, private. */
struct dmacoh_pool {
    /** @cond private */
    uint32_t magic, nregions;
    struct dmacoh *c;
    struct dmacoh_region *first;
    struct dmacoh_pool *next; /* of the instance */
    struct dmacoh_lock lock;  /* leaf */
    uint64_t bytes, free, min_free;
    uint32_t allocs, fails;
    uint32_t low; /* below low_water, and told */
    struct dmacoh_pool_cfg cfg;
    /** @endcond */
};

/** @brief A piece of contiguous physical memory for a pool. */
struct dmacoh_region_cfg {
    dmacoh_phys_t phys; /**< First byte, aligned to the granule. */
    uint64_t size;      /**< Bytes, a multiple of the granule; at most 2^27 granules. */
    uintptr_t va;       /**< Where every CPU reaches it, already mapped with the type @c attr. */
    uint16_t attr;      /**< enum dmacoh_memattr. CACHED: for bounces and NONCOHERENT only. */
    uint16_t method;    /**< enum dmacoh_method: how it came to be. */
    uint32_t granule_shift; /**< log2 of the granule: 12 pages; 11 bounce; log2(line) edges. */
    uint32_t max_run;       /**< Largest allocation in granules; 0: no limit; edge regions: 1. */
    uint32_t flags;         /**< DMACOH_REGION_*. */
    void *meta;             /**< Ordinary memory outside the region, DMACOH_META_ALIGN aligned. */
    size_t meta_size;       /**< Bytes at meta; see DMACOH_REGION_META(). */
};
/**
 * The port vouches that no cache, an outer one included, holds a line of the region, dirty or clean.
 * Without it dmacoh_pool_add_region() cleans and invalidates the whole region in all of them: memory that
 * a loader or an earlier kernel used may have dirty lines, which would be evicted over coherent data later.
 *
 * Demanded for uncached regions on caches that find a line by its virtual address (ARM926, ARM1176):
 * there only the port knows under which addresses lines of the region may lie. On MIPS for regions above
 * 512 MiB, of which no cached address is known.
 */
#define DMACOH_REGION_CLEAN 0x1u

/** Most regions a pool takes. */
#define DMACOH_POOL_MAX_REGIONS 7u

/** Bytes of metadata for a region, for arrays. The function below is for sizes known at run time. */
#define DMACOH_REGION_META(size, granule_shift)                                                    \
    ((size_t)((uint64_t)(size) >> (granule_shift)) * 16u + 3216u)

/**
 * @brief Bytes of metadata for a region.
 * @param[in] size           Bytes of the region.
 * @param[in] granule_shift  log2 of the granule.
 * @return The value of DMACOH_REGION_META().
 * @par Context
 * Any.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
size_t dmacoh_region_meta_size(uint64_t size, uint32_t granule_shift);

/** @brief A region of a pool. The caller's storage, private. */
struct dmacoh_region {
    /** @cond private */
    uint32_t magic;
    uint32_t gen; /* of the next allocation */
    struct dmacoh_region *next;
    struct dmacoh_pool *pool;
    dmacoh_phys_t phys;
    uint64_t size;
    uintptr_t va;
    uint16_t attr, method;
    uint8_t granule_shift, index;
    uint16_t aliased; /* a CPU may fetch its lines through another address */
    uint32_t max_run, granules, free;
    struct runs *runs; /* src/core/runs.h, in the metadata */
    /** @endcond */
};

/**
 * @brief Make an empty pool.
 * @param[out]    pool  Storage, any content.
 * @param[in,out] c     A live instance.
 * @param[in]     cfg   Optional; NULL: no name, no watermark. Copied.
 * @retval DMACOH_OK         The pool is empty and usable.
 * @retval DMACOH_E_INVAL    NULL, or @p c is no live instance.
 * @retval DMACOH_E_UNSUPP   Pools are not compiled in.
 * @retval DMACOH_E_BUSY     This pool is in the instance already.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread.
 * @par Cost
 * O(pools).
 * @par Source
 * This header.
 */
int dmacoh_pool_init(struct dmacoh_pool *pool, struct dmacoh *c, const struct dmacoh_pool_cfg *cfg);

/**
 * @brief Add a region to the end of a pool.
 *
 * The region's memory must not have a second mapping of another type: an uncached region that overlaps
 * an entry of the memory map is refused, and where the library knows the page tables it checks that they
 * map @c va to @c phys with the type @c attr.
 *
 * The order of addition is policy: put first what only capable devices reach. A region is used for a
 * device only if all of it is within the device's mask and one bus window.
 *
 * @param[in,out] pool    A pool with fewer than ::DMACOH_POOL_MAX_REGIONS regions.
 * @param[out]    region  Storage, any content, not in use.
 * @param[in]     cfg     The description; copied.
 * @retval DMACOH_OK         Its granules can be allocated.
 * @retval DMACOH_E_INVAL    NULL, no pool, unknown attr, method or flag, granule below a cache line,
 *                           va 0.
 * @retval DMACOH_E_SIZE     size is 0, no granule multiple, or more than 2^27 granules.
 * @retval DMACOH_E_ALIGN    phys, va or meta is misaligned; or uncached, and va and phys are not
 *                           congruent (PA-RISC).
 * @retval DMACOH_E_RANGE    phys + size or va + size wraps.
 * @retval DMACOH_E_OVERLAP  Overlaps another region or its metadata; or is uncached and in the memory map.
 * @retval DMACOH_E_NOMAP    attr is CACHED, but @c va is not the linear mapping of phys; or the page
 *                           tables do not map the range there.
 * @retval DMACOH_E_ATTR     The live translations map it with another type, or something else maps it
 *                           cacheable; or attr is HWCOHERENT, and no master can snoop the linear map.
 * @retval DMACOH_E_UNSUPP   Not compiled in; or uncached, without ::DMACOH_REGION_CLEAN, on a cache that
 *                           finds lines by virtual address; or uncached, on a CPU that has no uncached RAM
 *                           or whose port has no page_query (PA-RISC), or that
 *                           speculates stores to the region's cached address (R10000).
 * @retval DMACOH_E_META     meta_size is too small.
 * @retval DMACOH_E_FULL     The pool has ::DMACOH_POOL_MAX_REGIONS regions.
 * @retval DMACOH_E_BUSY     @p region is in a pool already.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 *         After an error nothing has changed and @p region is not part of the pool.
 * @par Context
 * Thread. No other thread may add or remove regions of this pool meanwhile; allocations may go on.
 * @par Cost
 * O(granules) and, unless ::DMACOH_REGION_CLEAN, one cache operation a line.
 * @par Source
 * docs/design.md, hazard 2; [ARM-MISMATCH].
 */
int dmacoh_pool_add_region(struct dmacoh_pool *pool, struct dmacoh_region *region,
                           const struct dmacoh_region_cfg *cfg);

/**
 * @brief Take an unused region out of its pool.
 *
 * Afterwards no cache holds a dirty line of it, nor a stale one where its memory has a cached address, too
 * (MIPS: KSEG0).
 *
 * @param[in,out] pool    The pool.
 * @param[in,out] region  A region of it without a live allocation.
 * @retval DMACOH_OK         Region and metadata are the caller's again.
 * @retval DMACOH_E_INVAL    NULL, no pool, or not a region of it.
 * @retval DMACOH_E_BUSY     Something in it is allocated.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread.
 * @par Cost
 * CACHED regions, and those in KSEG1: one cache operation a line.
 * @par Source
 * This header.
 */
int dmacoh_pool_remove_region(struct dmacoh_pool *pool, struct dmacoh_region *region);

/**
 * @brief End a pool without regions.
 * @param[in,out] pool  A pool.
 * @retval DMACOH_OK         Its storage is the caller's again.
 * @retval DMACOH_E_INVAL    No pool.
 * @retval DMACOH_E_BUSY     It has regions.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread.
 * @par Cost
 * O(pools).
 * @par Source
 * This header.
 */
int dmacoh_pool_fini(struct dmacoh_pool *pool);

/** @brief State of a pool. */
struct dmacoh_pool_stats {
    uint64_t bytes;    /**< In all regions. */
    uint64_t free;     /**< Free now. */
    uint64_t min_free; /**< Least ever free. */
    uint64_t
        largest; /**< A free run of at least this many bytes exists; within 1/32 of the largest. */
    uint32_t allocs; /**< Live allocations, slots of bounces included. */
    uint32_t fails;  /**< Allocations refused for lack of memory. */
};

/**
 * @brief Read the state of a pool.
 * @param[in,out] pool  A pool.
 * @param[out]    out   Its state.
 * @retval DMACOH_OK       @p out is filled.
 * @retval DMACOH_E_INVAL  NULL, or no pool.
 * @par Context
 * Any. Takes the pool's leaf lock.
 * @par Cost
 * O(regions).
 * @par Source
 * This header.
 */
int dmacoh_pool_stats(struct dmacoh_pool *pool, struct dmacoh_pool_stats *out);

/** @brief A buffer of coherent memory. The caller's storage; all zero before its first use. */
struct dmacoh_buf {
    void *va; /**< [out] The CPU's address, of the region's type. */
    /** @cond private */
    struct dmacoh_region *region;
    /** @endcond */
    dmacoh_bus_t bus;   /**< [out] The device's address; ::DMACOH_BUS_NONE after a failure. */
    dmacoh_phys_t phys; /**< [out] The physical address. */
    uint32_t size;      /**< [out] Bytes, rounded up to granules. */
    /** @cond private */
    uint32_t cookie; /* mark of this object's address while it is live */
    uint32_t run;    /* first granule */
    uint32_t gen;    /* generation of the allocation, also in the granule's record */
    /** @endcond */
};

/**
 * @brief Allocate contiguous memory that CPU and device both see right, zeroed.
 *
 * Without an attribute: memory that needs no cache operation. With ::DMACOH_ATTR_NONCOHERENT: cached
 * memory that owns all its lines, to be mapped and synced like any buffer. There is never a silent
 * fallback from one to the other.
 *
 * @param[in]     dev    A device with a coherent pool.
 * @param[in,out] buf    A handle that is not live.
 * @param[in]     size   Bytes, 1 .. 4 GiB - 1; rounded up to granules.
 * @param[in]     attrs  DMACOH_ATTR_* of alloc, or-ed.
 * @retval DMACOH_OK          buf->va, bus, phys and size are valid.
 * @retval DMACOH_E_INVAL     NULL, no device, unknown attribute, or contradicting ones.
 * @retval DMACOH_E_BUSY      @p buf is live. It is not written.
 * @retval DMACOH_E_SIZE      @p size is 0 or above 4 GiB - 1.
 * @retval DMACOH_E_ALIGN     An alignment or boundary is no power of two.
 * @retval DMACOH_E_BOUNDARY  @p size is larger than the boundary.
 * @retval DMACOH_E_UNSUPP    The device has no coherent pool, or pools are not compiled in.
 * @retval DMACOH_E_NOREGION  No region fits the device's coherent mask, the attribute and the length.
 * @retval DMACOH_E_FULL      Not enough free bytes in any fitting region.
 * @retval DMACOH_E_FRAG      Enough free bytes, but no run that is long and aligned enough.
 *         After an error (but ::DMACOH_E_BUSY) @p buf is not live and holds dmacoh_buf_why().
 * @par Context
 * Any, IRQs off included. Does not wait. Takes the pool's leaf lock for a bounded time.
 * @par Cost
 * O(regions), not O(size of the pool); plus zeroing, outside any lock, one store a word.
 * @par Source
 * docs/design.md.
 */
int dmacoh_alloc(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, uint32_t attrs);

/**
 * @brief dmacoh_alloc() with an alignment and a boundary, both of the bus address.
 *
 * May answer ::DMACOH_E_FRAG although an aligned run exists, but never if a free run of 33/32 of
 * (size + align) exists.
 *
 * @param[in]     dev       A device with a coherent pool.
 * @param[in,out] buf       A handle that is not live.
 * @param[in]     size      Bytes, 1 .. 4 GiB - 1; rounded up to granules.
 * @param[in]     align     Power of two, bytes; 0: the granule.
 * @param[in]     boundary  Power of two, bytes: the buffer crosses no multiple of it; 0: no limit.
 * @param[in]     attrs     DMACOH_ATTR_* of alloc, or-ed.
 * @retval DMACOH_OK  As dmacoh_alloc().
 * @retval other      As dmacoh_alloc().
 * @par Context
 * As dmacoh_alloc().
 * @par Cost
 * As dmacoh_alloc().
 * @par Source
 * docs/design.md.
 */
int dmacoh_alloc_aligned(struct dmacoh_dev *dev, struct dmacoh_buf *buf, size_t size, size_t align,
                         uint64_t boundary, uint32_t attrs);

/**
 * @brief Give a buffer back. The device must not use it any more.
 * @param[in,out] buf  A live handle.
 * @retval DMACOH_OK       The memory may be handed out again.
 * @retval DMACOH_E_INVAL  NULL.
 * @retval DMACOH_E_STALE  @p buf is not live: freed before, a copy, or garbage. Nothing is written.
 * @par Context
 * Any, IRQs off included.
 * @par Cost
 * O(1).
 * @par Source
 * docs/design.md.
 */
int dmacoh_free(struct dmacoh_buf *buf);

/**
 * @brief Why the last allocation with this handle failed.
 * @param[in]  buf  The handle, not used since.
 * @param[out] why  limit: free bytes of the fullest answer; got: bytes asked for.
 * @retval DMACOH_OK       @p why is filled.
 * @retval DMACOH_E_INVAL  NULL.
 * @retval DMACOH_E_STALE  The handle holds no failure.
 * @par Context
 * Any.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
int dmacoh_buf_why(const struct dmacoh_buf *buf, struct dmacoh_why *why);

/** @brief A small object. The caller's storage. */
struct dmacoh_obj {
    dmacoh_bus_t bus; /**< [out] The device's address. */
    void *va;         /**< [out] The CPU's address. */
    uint32_t id;      /**< Private: slab and index; 0 while not allocated. */
};

/** @brief Properties of a pool of small objects. */
struct dmacoh_objpool_cfg {
    uint32_t size;      /**< Bytes of an object, not 0. */
    uint32_t align;     /**< Power of two, bytes; 0: 8. */
    uint32_t boundary;  /**< Power of two: no object crosses a multiple of it; 0: no limit. */
    uint32_t max_slabs; /**< Most slabs it may hold at a time, 1 .. 2^24. */
    uint32_t attrs;     /**< DMACOH_ATTR_* of alloc. NOZERO: objects are not zeroed. */
    uint32_t magazine;  /**< Free objects that each CPU may keep for itself, so that most calls take
                             no lock; at most DMACOH_OBJPOOL_MAX_MAGAZINE. 0: none. */
    void *meta;         /**< Metadata, DMACOH_META_ALIGN aligned; better, to a cache line. */
    size_t meta_size;   /**< Bytes at meta; see DMACOH_OBJPOOL_META(). */
};
/** Largest magazine. */
#define DMACOH_OBJPOOL_MAX_MAGAZINE 4096u

/** Bytes of metadata for a pool of small objects without magazines. */
#define DMACOH_OBJPOOL_META(max_slabs) ((size_t)(max_slabs)*64u)

/** Bytes of metadata for one with magazines of @p magazine objects on each of @p ncpus CPUs. */
#define DMACOH_OBJPOOL_MAGAZINE_META(max_slabs, ncpus, magazine)                                   \
    (2u * DMACOH_OBJPOOL_META(max_slabs) +                                                         \
     (size_t)(ncpus) * (((size_t)(magazine)*4u + 67u) & ~(size_t)63u))

/**
 * @brief A pool of equal small objects, taken from the device's coherent pool slab by slab. The
 *        caller's storage, private.
 *
 * A slab is one granule, or as many as one object needs. It is divided into at most 64 objects: on a
 * 4 KiB granule an object smaller than 64 bytes still occupies 64.
 *
 * With magazines each CPU keeps some free objects for itself: an allocation takes the last one that was freed
 * there, a free leaves its object there, and neither takes a lock. An empty magazine is filled from the slabs
 * with 8 objects at most, a full one gives 8 at most back, so every call stays bounded. The price: while one
 * CPU finds nothing any more, the others may hold up to (ncpus - 1) * magazine free objects, which only they
 * use; add that many to the capacity. The slabs of objects in magazines stay taken; dmacoh_objpool_drain()
 * gives them back.
 */
struct dmacoh_objpool {
    /** @cond private */
    uint32_t magic;
    uint32_t stride, slab_size, slab_align;
    uint64_t all; /* a bit for each object of a slab */
    uint32_t attrs, max_slabs;
    uint32_t partial; /* first slab with a free object, or none */
    uint32_t unused;  /* first entry of slabs without memory, or none */
    uint32_t empty;   /* slabs without a live object: at most one is kept */
    uint32_t live;    /* objects */
    struct dmacoh_dev *dev;
    struct slab *slabs;                /* src/core/objpool.h, in the metadata */
    uint32_t magazine, magazine_bytes; /* of each CPU: objects, 0 for none; bytes */
    uint32_t objects;                  /* numbers that an object can have */
    uintptr_t magazines;               /* src/core/magazine.c, in the metadata */
    uint8_t *state;                    /* of each object: where it is */
    struct dmacoh_lock lock;           /* leaf */
    /** @endcond */
};

/**
 * @brief Make a pool of small objects. It takes no memory yet.
 * @param[out]    op   Storage, any content.
 * @param[in,out] dev  A device with a coherent pool.
 * @param[in]     cfg  The properties; copied.
 * @retval DMACOH_OK          Usable.
 * @retval DMACOH_E_INVAL     NULL, no device, max_slabs 0 or above 2^24, unknown attribute.
 * @retval DMACOH_E_SIZE      size is 0 or above 2^30; magazine is above ::DMACOH_OBJPOOL_MAX_MAGAZINE, or
 *                            not 0 on more than 254 CPUs.
 * @retval DMACOH_E_ALIGN     align or boundary is no power of two, or meta misaligned.
 * @retval DMACOH_E_BOUNDARY  size is larger than the boundary.
 * @retval DMACOH_E_META      meta_size is too small.
 * @retval DMACOH_E_NOREGION  The device's coherent pool has no region with the attribute.
 * @retval DMACOH_E_UNSUPP    Not compiled in, or the device has no coherent pool; or magazines are asked
 *                            for and not compiled in.
 * @retval DMACOH_E_CONTEXT   Called from an interrupt or with IRQs off.
 * @par Context
 * Thread.
 * @par Cost
 * O(max_slabs + ncpus).
 * @par Source
 * This header.
 */
int dmacoh_objpool_init(struct dmacoh_objpool *op, struct dmacoh_dev *dev,
                        const struct dmacoh_objpool_cfg *cfg);

/**
 * @brief End a pool of small objects. Objects in magazines are not live.
 * @param[in,out] op  A pool without live objects, which nobody else uses meanwhile.
 * @retval DMACOH_OK         Its slabs are free, its storage is the caller's.
 * @retval DMACOH_E_INVAL    No such pool.
 * @retval DMACOH_E_BUSY     Objects are live.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread.
 * @par Cost
 * O(max_slabs).
 * @par Source
 * This header.
 */
int dmacoh_objpool_fini(struct dmacoh_objpool *op);

/**
 * @brief Allocate one object, zeroed.
 * @param[in,out] op   A pool.
 * @param[out]    obj  Handle; any content.
 * @retval DMACOH_OK       obj->va and obj->bus are valid.
 * @retval DMACOH_E_INVAL  NULL, or no pool.
 * @retval DMACOH_E_FULL   max_slabs slabs are full, and this CPU's magazine is empty; other CPUs' may not
 *                         be.
 * @retval other           A new slab was needed, and dmacoh_alloc_aligned() failed with this.
 *         After an error obj->id is 0.
 * @par Context
 * Any, IRQs off included.
 * @par Cost
 * O(1); when a slab is taken, one dmacoh_alloc_aligned(). With an object in this CPU's magazine: no lock.
 * @par Source
 * docs/design.md.
 */
int dmacoh_objpool_alloc(struct dmacoh_objpool *op, struct dmacoh_obj *obj);

/**
 * @brief Give an object back.
 * @param[in,out] op   The pool it came from.
 * @param[in,out] obj  A live handle.
 * @retval DMACOH_OK       Free; obj->id is 0.
 * @retval DMACOH_E_INVAL  NULL, or no pool.
 * @retval DMACOH_E_STALE  No live object of this pool: freed before, or garbage. Nothing changes.
 *         With magazines, two CPUs that free one object in the same moment may both be told DMACOH_OK: no
 *         lock orders them. It is free once all the same, and never handed out to two.
 * @par Context
 * Any, IRQs off included.
 * @par Cost
 * O(1); when the last object of a slab goes and another empty slab is kept, one dmacoh_free(). With room in
 * this CPU's magazine: no lock.
 * @par Source
 * docs/design.md.
 */
int dmacoh_objpool_free(struct dmacoh_objpool *op, struct dmacoh_obj *obj);

/**
 * @brief Give the free objects in this CPU's magazine back to the slabs, and empty slabs to the pool.
 *
 * To be called on a CPU that goes offline, after its last use of the pool, or when memory is short. The
 * magazine stays usable.
 *
 * @param[in,out] op  A pool.
 * @retval DMACOH_OK        The magazine was empty at the end; or the pool has none.
 * @retval DMACOH_E_INVAL   NULL, or no pool.
 * @retval DMACOH_E_UNSUPP  Magazines are not compiled in.
 * @par Context
 * Any, IRQs off included. The caller stays on the CPU that it means.
 * @par Cost
 * O(objects in the magazine), the lock taken for 8 of them at a time.
 * @par Source
 * docs/design.md.
 */
int dmacoh_objpool_drain(struct dmacoh_objpool *op);

#ifdef __cplusplus
}
#endif
#endif
