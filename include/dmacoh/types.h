/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file types.h
 * @brief Status codes, directions, attributes and address types.
 */
#ifndef DMACOH_TYPES_H
#define DMACOH_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Physical address as the CPU's bus sees it. Always 64 bits, also on 32-bit CPUs. */
typedef uint64_t dmacoh_phys_t;
/** Address as a device sees it on its side of the bus. Always 64 bits. */
typedef uint64_t dmacoh_bus_t;

/** A bus address that no mapping ever has; dmacoh_map.bus and dmacoh_buf.bus after a failure. */
#define DMACOH_BUS_NONE (~(dmacoh_bus_t)0)

/** Mask of the lowest @p n address bits, 0 <= n <= 64. */
#define DMACOH_BIT_MASK(n) ((n) >= 64 ? ~(uint64_t)0 : (((uint64_t)1 << (n)) - 1u))

/**
 * @brief One code, one reason.
 *
 * Every function that can fail returns ::DMACOH_OK or one of these negative values as an int. An error
 * means that nothing was done. The numbers behind it: dmacoh_map_why(), dmacoh_buf_why().
 */
enum dmacoh_status {
    DMACOH_OK = 0, /**< Done. */

    /* The call itself. */
    DMACOH_E_INVAL = -1,   /**< NULL pointer, unknown flag or attribute, bad direction. */
    DMACOH_E_SIZE = -2,    /**< Length is zero or above 4 GiB - 1, or not a granule multiple. */
    DMACOH_E_RANGE = -3,   /**< Address + length wraps, or leaves the mapping or the region. */
    DMACOH_E_ALIGN = -4,   /**< Not a power of two, or storage or address not aligned to it. */
    DMACOH_E_OVERLAP = -5, /**< Storage, regions or metadata overlap each other. */
    DMACOH_E_STALE = -6,   /**< The handle is not live: double unmap or free, a copy, garbage. */
    DMACOH_E_BUSY = -7,    /**< The handle is live already; the object is in use. */
    DMACOH_E_CONTEXT =
        -8,               /**< Thread-class function with IRQs off, from an interrupt, wrong CPU. */
    DMACOH_E_UNSUPP = -9, /**< Not compiled in, no port service for it, or the CPU cannot. */

    /* The memory. */
    DMACOH_E_NOTRAM = -16, /**< Not in the memory map, or NODMA memory and no bounce allowed. */
    DMACOH_E_NOMAP = -17,  /**< No linear mapping, and no window slots to make one. */
    DMACOH_E_EDGE = -18, /**< Device-written edge line shared with other data, no bounce allowed. */
    DMACOH_E_ATTR = -19, /**< The live page tables give the range another type than the caller. */

    /* The device's limits. */
    DMACOH_E_MASK = -24,     /**< Beyond the device's address mask, and no bounce allowed. */
    DMACOH_E_WINDOW = -25,   /**< In no bus window of the device, and no bounce allowed. */
    DMACOH_E_SEGSIZE = -26,  /**< Longer than the device's largest segment. */
    DMACOH_E_BOUNDARY = -27, /**< Crosses the device's boundary and cannot be split here. */
    DMACOH_E_NSEGS = -28,    /**< More segments than the device or the output array takes. */
    DMACOH_E_GAP = -29,      /**< A joint between segments where the gap mask forbids one. */

    /* Resources. */
    DMACOH_E_FULL = -32,     /**< Not enough free bytes in any usable region. */
    DMACOH_E_FRAG = -33,     /**< Enough free bytes, but no run that is long enough. */
    DMACOH_E_QUOTA = -34,    /**< The device's own quota is used up. */
    DMACOH_E_NOREGION = -35, /**< No region fits the mask, the attribute and the length. */
    DMACOH_E_META = -36,     /**< The metadata memory is too small. */
    DMACOH_E_DEPTH = -37,    /**< Temporary mappings nest deeper than there are slots. */
    DMACOH_E_PORT = -38      /**< A port callback failed. */
};

/** @brief Details of the last failure that used a handle. */
struct dmacoh_why {
    int32_t status; /**< enum dmacoh_status. Members are never enums: -fshort-enums changes them. */
    /** Input segment, the first one of several that were merged; 0 where none is to blame. */
    uint32_t seg;
    uint64_t limit; /**< The limit that was hit: mask, bytes, segments, slots. */
    uint64_t got;   /**< What was asked for: address, bytes, segments. */
};

/** @brief Direction of the data, seen from memory. The values are Linux's. */
enum dmacoh_dir {
    DMACOH_BIDIRECTIONAL = 0, /**< The device reads and writes. */
    DMACOH_TO_DEVICE = 1,     /**< The device only reads. */
    DMACOH_FROM_DEVICE = 2,   /**< The device only writes. */
    DMACOH_NONE = 3           /**< No transfer; always an error. */
};

/**
 * @name Attributes of one map or alloc call, or-ed into a uint32_t
 * @{
 */
/** alloc: the weakest uncached type. On ARMv6+ this and plain uncached are both Normal-NC. */
#define DMACOH_ATTR_WRITE_COMBINE 0x0001u
/** alloc: cached memory, line-aligned and line-padded, for map and sync. */
#define DMACOH_ATTR_NONCOHERENT 0x0002u
/** alloc: do not zero. The buffer may show what an earlier user or device left there. */
#define DMACOH_ATTR_NOZERO 0x0004u
/**
 * map: the device will write every byte. The old content may be dropped at once, so a transfer that
 * never starts or ends short leaves undefined bytes. Not for memory that leaves the trust domain.
 */
#define DMACOH_ATTR_OVERWRITE 0x0010u
/** map: the caller vouches that nothing else lives in the buffer's first and last cache line. */
#define DMACOH_ATTR_EDGES_OWNED 0x0020u
/** map: zero-copy or an error. */
#define DMACOH_ATTR_NO_BOUNCE 0x0040u
/** map: neither map nor unmap hands anything over; the sync calls do it all, range by range. */
#define DMACOH_ATTR_SKIP_SYNC 0x0080u
/** map: the address is a device's register window: no cache operations, no bounce. */
#define DMACOH_ATTR_MMIO 0x0100u
/** @} */

/** @brief What memory is for the CPU. */
enum dmacoh_memattr {
    DMACOH_MEM_CACHED = 0,     /**< Normal cacheable memory. */
    DMACOH_MEM_UNCACHED = 1,   /**< Uncached; ARMv6+: Normal non-cacheable. */
    DMACOH_MEM_WC = 2,         /**< Write-combining; ARMv6+: the same as uncached. */
    DMACOH_MEM_HWCOHERENT = 3, /**< Cacheable, and every device that uses it snoops the caches. */
    DMACOH_MEM_NATTRS = 4      /**< Number of values; no type. */
};

/** @brief How coherent memory comes to be. */
enum dmacoh_method {
    DMACOH_M_HWCOHERENT = 0, /**< The device snoops; ordinary memory will do. */
    DMACOH_M_STOLEN = 1,     /**< Taken at boot, never in the linear map. */
    DMACOH_M_ALIAS = 2,      /**< An architected uncached alias (MIPS KSEG1). */
    DMACOH_M_FLIP = 3,       /**< Donated pages whose type was changed. */
    DMACOH_M_REMAP = 4,      /**< Pages without a cacheable mapping, mapped uncached. */
    DMACOH_M_NONE = 5        /**< Not possible; or memory that is not coherent (bounce only). */
};

/** @brief A spin lock. The library owns the storage, the port the meaning: dmacoh_port_lock_init(). */
struct dmacoh_lock {
    /** Sixteen bytes hold any spin lock, an aligned ldcw word, or a pointer. */
    union {
        uint32_t word[4]; /**< The port's own encoding. */
        void *ptr;        /**< Or a pointer to the system's lock. */
    } u;                  /**< The port's storage. */
};

struct dmacoh;
struct dmacoh_dev;
struct dmacoh_pool;
struct dmacoh_region;
struct dmacoh_map;
struct dmacoh_buf;

/**
 * @brief English text of a status, for logs.
 * @param[in] status  A value of enum dmacoh_status; any other value is allowed.
 * @return A constant string, never NULL; "unknown status" for a value that is none.
 * @par Context
 * Any. Lives in its own object file, so that it is linked only when used.
 * @par Cost
 * One switch.
 * @par Source
 * This header.
 */
const char *dmacoh_strstatus(int status);

/**
 * @brief Tells a shortage that passes from an error that stays.
 * @param[in] status  Return value of a map or alloc call.
 * @return true if the same call may succeed later (a pool was full or fragmented, a quota was used
 *         up, the handle was still live): requeue. false for success and for lasting errors: give up.
 * @par Context
 * Any.
 * @par Cost
 * A few compares.
 * @par Source
 * This header.
 */
bool dmacoh_is_transient(int status);

#ifdef __cplusplus
}
#endif
#endif
