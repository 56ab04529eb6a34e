/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file map.h
 * @brief Streaming maps: hand memory to a device, and take it back.
 *
 * A buffer is owned by the CPU or by the device, never by both. dmacoh_map_*() and
 * dmacoh_sync_for_device() hand over; dmacoh_unmap() and dmacoh_sync_for_cpu() take back. While the
 * device owns bytes, the CPU must not write them, and may read them only under ::DMACOH_TO_DEVICE.
 *
 * Before anything is taken back, what the device wrote must have reached memory. A wired interrupt
 * overtakes posted writes, and no cache operation can repair data that is not there yet: read a register
 * of the device first, or give the device a flush_posted hook, or have an interrupt that is ordered
 * behind the data (MSI; ::DMACOH_DEV_IRQ_ORDERED).
 */
#ifndef DMACOH_MAP_H
#define DMACOH_MAP_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief Input segment. The caller's array; borrowed until the last unmap. */
struct dmacoh_seg {
    dmacoh_phys_t phys; /**< First byte. */
    uint32_t len;       /**< Bytes; 0: skipped. */
    uint32_t slot;      /**< The library's, between map and unmap. Any content before. */
};

/** @brief Output segment: what the driver gives to its device. Read-only for the caller until unmap. */
struct dmacoh_bseg {
    dmacoh_bus_t addr; /**< First byte, as the device sees it. */
    uint32_t len;      /**< Bytes, not 0. */
};

/**
 * @brief A mapping. The caller's storage, all zero before its first use; used again after unmap
 *        without any preparation. It must not move while it is live.
 */
struct dmacoh_map {
    dmacoh_bus_t bus; /**< [out] First bus address; ::DMACOH_BUS_NONE after a failure. */
    uint32_t len;     /**< [out] Bytes mapped. */
    /** @cond private */
    uint32_t cookie; /* mark of this object's address while it is live */
    struct dmacoh_dev *dev;
    /** @endcond */
    uint16_t nsegs; /**< [out] Segments in the output array; 1 for map_single and map_phys. */
    /** @cond private */
    uint16_t how;       /* 0: nothing to undo or to sync; else HOW_* of src/core/map.h */
    uint16_t refs, cpu; /* further users; CPU that mapped, for DMACOH_F_CPU_AFFINE */
    union {
        struct {
            dmacoh_phys_t phys;
            uint32_t slot, xlate;
        } one;
        struct {
            struct dmacoh_seg *in;
            struct dmacoh_bseg *out;
            uint16_t nin, nout;
            uint32_t xlate;
        } list;
        struct {
            uint64_t limit, got;
        } why;
    } u;
    /** @endcond */
};

/**
 * @brief Hand one buffer of the linear map to a device. Always one segment.
 *
 * Because one bus address cannot be three pieces, a buffer that the device writes and that does not
 * begin and end at a line (dmacoh_caps.line) is bounced whole. dmacoh_map_segs() with one input and
 * three output segments bounces only its edge lines.
 *
 * @param[in]     dev    A device.
 * @param[in,out] map    A handle that is not live.
 * @param[in]     va     First byte, in a DMACOH_RAM_LINEAR or DMACOH_RAM_NODMA entry. Any alignment.
 * @param[in]     len    Bytes, 1 .. 4 GiB - 1.
 * @param[in]     dir    Direction of the transfer.
 * @param[in]     attrs  DMACOH_ATTR_* of map, or-ed.
 * @retval DMACOH_OK         The device owns the buffer; map->bus is its address.
 * @retval DMACOH_E_NOMAP    @p va is in no mapped entry of the memory map.
 * @retval other             As dmacoh_map_phys().
 * @par Context
 * Any, IRQs off included; any CPU. Does not wait. Bounces take the pool's leaf lock for a bounded time.
 * @par Cost
 * Coherent device, no bounce: a few instructions, no barrier. Otherwise one cache operation a line and
 * the barriers of the CPU's policy, whatever the length.
 * @par Source
 * [ARM-DC]; docs/design.md, "Direction and transition".
 */
int dmacoh_map_single(struct dmacoh_dev *dev, struct dmacoh_map *map, const void *va, size_t len,
                      enum dmacoh_dir dir, uint32_t attrs);

/**
 * @brief Hand one physically contiguous buffer to a device. Always one segment.
 *
 * @param[in]     dev    A device.
 * @param[in,out] map    A handle that is not live.
 * @param[in]     phys   First byte; RAM of any kind, or with ::DMACOH_ATTR_MMIO a register window.
 * @param[in]     len    Bytes, 1 .. 4 GiB - 1.
 * @param[in]     dir    Direction of the transfer.
 * @param[in]     attrs  DMACOH_ATTR_* of map, or-ed.
 * @retval DMACOH_OK          The device owns the buffer; map->bus is its address.
 * @retval DMACOH_E_INVAL     NULL, no device, bad direction, unknown attribute, or OVERWRITE with
 *                            ::DMACOH_BIDIRECTIONAL or ::DMACOH_TO_DEVICE.
 * @retval DMACOH_E_BUSY      @p map is live. It is not written.
 * @retval DMACOH_E_SIZE      @p len is 0 or above 4 GiB - 1.
 * @retval DMACOH_E_RANGE     @p phys + @p len wraps.
 * @retval DMACOH_E_NOTRAM    Not in the memory map; or NODMA memory, and no bounce allowed or possible.
 * @retval DMACOH_E_NOMAP     The CPU has to touch or maintain it, and it has no mapping and no windows.
 * @retval DMACOH_E_EDGE      The device writes part of a line, and no bounce allowed or possible.
 * @retval DMACOH_E_MASK      Beyond the mask, and no bounce allowed or possible.
 * @retval DMACOH_E_WINDOW    In no bus window, and no bounce allowed or possible.
 * @retval DMACOH_E_ALIGN     Misaligned for the device, and no bounce allowed or possible.
 * @retval DMACOH_E_SEGSIZE   Longer than one segment of the device.
 * @retval DMACOH_E_BOUNDARY  Crosses the device's boundary, and no bounce allowed or possible.
 * @retval DMACOH_E_FULL      No bounce memory free.
 * @retval DMACOH_E_FRAG      Bounce memory free, but no run that is long enough.
 * @retval DMACOH_E_NOREGION  No bounce region that this device reaches takes such a length.
 * @retval DMACOH_E_DEPTH     All window slots of this CPU are in use.
 * @retval DMACOH_E_UNSUPP    Would need a stage that is not compiled in.
 *         After an error (but ::DMACOH_E_BUSY) @p map is not live and holds dmacoh_map_why(); the CPU
 *         still owns the buffer and its bytes are what they were (with ::DMACOH_ATTR_OVERWRITE and
 *         ::DMACOH_E_DEPTH they are undefined).
 * @par Context
 * As dmacoh_map_single().
 * @par Cost
 * As dmacoh_map_single(); memory without a mapping adds a window per page, with IRQs off for at most
 * one page of lines.
 * @par Source
 * As dmacoh_map_single().
 */
int dmacoh_map_phys(struct dmacoh_dev *dev, struct dmacoh_map *map, dmacoh_phys_t phys, size_t len,
                    enum dmacoh_dir dir, uint32_t attrs);

/**
 * @brief Hand a scatter list to a device, all of it or nothing.
 *
 * Neighbours that touch are merged, and segments are split at the device's limits. Of a buffer that the
 * device writes, only a first and a last line that is shared with other data are bounced; the body is
 * zero-copy. Where the device's limits or @p max_out do not take the extra segments, the segments with
 * such edges are bounced whole.
 *
 * @param[in]     dev      A device.
 * @param[in,out] map      A handle that is not live.
 * @param[in,out] in       Input segments, in transfer order; borrowed until the last unmap.
 * @param[in]     nin      Their number, 1 .. 65535.
 * @param[out]    out      Output segments; borrowed until the last unmap.
 * @param[in]     max_out  Room at @p out, 1 .. 65535. nin + 2 per discontiguous buffer always suffices
 *                         for zero-copy where no input exceeds the device's segment.
 * @param[in]     dir      Direction of the transfer.
 * @param[in]     attrs    DMACOH_ATTR_* of map, or-ed.
 * @retval DMACOH_OK        The device owns the memory; map->nsegs entries of @p out are valid.
 * @retval DMACOH_E_SIZE    The input is empty, or longer than 4 GiB - 1 in all.
 * @retval DMACOH_E_NSEGS   More output segments than the device or @p out takes.
 * @retval DMACOH_E_GAP     A joint of the input lies where gap_mask forbids one.
 * @retval other            As dmacoh_map_phys(); dmacoh_why.seg tells which input.
 * @par Context
 * As dmacoh_map_single().
 * @par Cost
 * O(nin + output segments), one cache operation a line, and the barriers of one call: never one per
 * segment.
 * @par Source
 * As dmacoh_map_single().
 */
int dmacoh_map_segs(struct dmacoh_dev *dev, struct dmacoh_map *map, struct dmacoh_seg *in,
                    uint32_t nin, struct dmacoh_bseg *out, uint32_t max_out, enum dmacoh_dir dir,
                    uint32_t attrs);

/**
 * @brief The device is done with the mapping: take the memory back.
 *
 * The device must be quiet, also after an error or a timeout: what it writes later goes into memory that
 * somebody else owns. If it cannot be stopped, use dmacoh_map_abandon(). With further references
 * (dmacoh_map_ref()) only the last unmap hands back. Bytes that the device did not write keep the value
 * that they had before the map.
 *
 * @param[in,out] map  A live handle. Not NULL: on this path two instructions to check it count.
 * @retval DMACOH_OK         The CPU owns the memory, or further users remain.
 * @retval DMACOH_E_STALE    @p map is not live: unmapped before, a copy, or garbage. It is not written.
 * @retval DMACOH_E_CONTEXT  ::DMACOH_F_CPU_AFFINE, and this is not the CPU that mapped.
 * @retval DMACOH_E_DEPTH    All window slots of this CPU are in use. The handle stays live; call again.
 * @par Context
 * As dmacoh_map_single(); from the completion interrupt too.
 * @par Cost
 * As dmacoh_map_single(). ::DMACOH_TO_DEVICE without a bounce: no cache operation, no barrier.
 * @par Source
 * As dmacoh_map_single().
 */
int dmacoh_unmap(struct dmacoh_map *map);

/**
 * @brief Give up a mapping whose device cannot be stopped.
 *
 * Nothing is copied back and no cache operation is issued. Bounce and edge slots stay reserved for ever,
 * since the device may still write them. Memory that was mapped without a bounce is the caller's to
 * keep out of use.
 *
 * @param[in,out] map  A live handle, whatever its references.
 * @retval DMACOH_OK       The handle is dead. dmacoh_stats.abandoned counts it.
 * @retval DMACOH_E_INVAL  NULL.
 * @retval DMACOH_E_STALE  @p map is not live.
 * @par Context
 * Any.
 * @par Cost
 * Constant.
 * @par Source
 * docs/design.md, hazard 10.
 */
int dmacoh_map_abandon(struct dmacoh_map *map);

/**
 * @brief One more user of the same mapping.
 *
 * The owner calls it before another user can see the handle. Two handles over the same bytes can never
 * be right; chained transfers (XOR engines) share one.
 *
 * @param[in,out] map  A live handle.
 * @retval DMACOH_OK       One more dmacoh_unmap() is needed.
 * @retval DMACOH_E_INVAL  NULL.
 * @retval DMACOH_E_STALE  @p map is not live.
 * @retval DMACOH_E_FULL   65535 further users exist.
 * @par Context
 * Any.
 * @par Cost
 * The instance's leaf lock.
 * @par Source
 * This header.
 */
int dmacoh_map_ref(struct dmacoh_map *map);

/**
 * @brief Hand a part of a live mapping to the device again.
 *
 * Ownership moves in whole lines (dmacoh_caps.line): the range is rounded outward and clipped to the
 * mapping. Copies into bounce memory are byte-exact. For ::DMACOH_FROM_DEVICE nothing is copied into a
 * bounce slot: CPU stores into such a buffer are not for the device.
 *
 * @param[in,out] map  A live handle.
 * @param[in]     off  First byte, counted from the start of the mapping.
 * @param[in]     len  Bytes; 0 does nothing.
 * @retval DMACOH_OK         The device owns the range.
 * @retval DMACOH_E_INVAL    NULL.
 * @retval DMACOH_E_STALE    @p map is not live.
 * @retval DMACOH_E_RANGE    @p off + @p len is beyond the mapping, or wraps. Nothing was done.
 * @retval DMACOH_E_CONTEXT  ::DMACOH_F_CPU_AFFINE, and this is not the CPU that mapped.
 * @retval DMACOH_E_DEPTH    All window slots of this CPU are in use. Call again.
 * @par Context
 * As dmacoh_map_single().
 * @par Cost
 * One cache operation a line of the range, and the barriers of one call; O(segments before the range).
 * @par Source
 * As dmacoh_map_single().
 */
int dmacoh_sync_for_device(struct dmacoh_map *map, size_t off, size_t len);

/**
 * @brief Take a part of a live mapping back for the CPU.
 *
 * Rounds like dmacoh_sync_for_device(). After the whole mapping was taken back, dmacoh_unmap() does no
 * further maintenance, and CPU stores made since are safe. While only a part is taken back, unmap takes
 * back all of it and drops CPU stores in that part: a driver that works in parts maps with
 * ::DMACOH_ATTR_SKIP_SYNC.
 *
 * @param[in,out] map  A live handle; the device must be done with the range (see dmacoh_unmap()).
 * @param[in]     off  First byte, counted from the start of the mapping.
 * @param[in]     len  Bytes; 0 does nothing.
 * @retval DMACOH_OK         The CPU owns the range.
 * @retval other             As dmacoh_sync_for_device().
 * @par Context
 * As dmacoh_map_single().
 * @par Cost
 * As dmacoh_sync_for_device().
 * @par Source
 * As dmacoh_map_single().
 */
int dmacoh_sync_for_cpu(struct dmacoh_map *map, size_t off, size_t len);

/**
 * @brief Why the last map call on this handle failed.
 * @param[in]  map  The handle, not used since.
 * @param[out] why  The numbers.
 * @retval DMACOH_OK       @p why is filled.
 * @retval DMACOH_E_INVAL  NULL.
 * @retval DMACOH_E_STALE  The handle holds no failure (it is live, or was never used).
 * @par Context
 * Any.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
int dmacoh_map_why(const struct dmacoh_map *map, struct dmacoh_why *why);

/**
 * @brief How much of a mapping is copied.
 * @param[in] map  A handle.
 * @return Bytes that go through bounce and edge slots; 0 for zero-copy and for a dead handle.
 * @par Context
 * Any.
 * @par Cost
 * O(input segments).
 * @par Source
 * This header.
 */
uint32_t dmacoh_map_bounced(const struct dmacoh_map *map);

#ifdef __cplusplus
}
#endif
#endif
