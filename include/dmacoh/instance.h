/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file instance.h
 * @brief One coherence domain: its CPUs, its memory map, its temporary mappings.
 */
#ifndef DMACOH_INSTANCE_H
#define DMACOH_INSTANCE_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief One entry of the memory map. The map is data: there is no virt_to_phys() callback. */
struct dmacoh_mem {
    dmacoh_phys_t phys; /**< First byte, aligned to the page size. */
    uint64_t size;      /**< Bytes, a multiple of the page size, not 0. */
    uintptr_t va;       /**< Virtual address of phys; DMACOH_RAM_HIGH: 0. */
    uint32_t kind;      /**< DMACOH_RAM_*. */
};
#define DMACOH_RAM_LINEAR 1u /**< Cacheable and permanently mapped at va on every CPU. */
#define DMACOH_RAM_HIGH   2u /**< RAM without a mapping; reached through window slots. */
#define DMACOH_RAM_NODMA  3u /**< TCM, ROM, secure RAM: mapped at va, but no master reaches it. */

/**
 * @brief MMU facts, and the virtual space and tables that the library may use. All zero: none.
 *
 * With @c win_slots the library maps pages of DMACOH_RAM_HIGH for a moment, in slots that belong to one
 * CPU. The slots' address range must be unmapped at dmacoh_init() and is the library's afterwards.
 */
struct dmacoh_mmu {
    /**
     * VA of the live root table that translates win_va. ARM long descriptors: of four level-1 entries,
     * one a GiB of the address space.
     */
    uintptr_t root;
    dmacoh_phys_t tables_phys; /**< Memory for tables that the library makes. */
    /** Its VA, cacheable like the other tables; ARM: 1 KiB, with long descriptors 4 KiB aligned. */
    uintptr_t tables_va;
    /**
     * Bytes. ARM short descriptors: 1 KiB for each MiB that the window range touches. Long ones: 4 KiB for
     * each 2 MiB; the GiB round it must have a second-level table.
     */
    uint32_t tables_size;
    /**
     * Window slots a CPU, 0..8. 0: RAM_HIGH cannot be cache-maintained. 2..8: a stack of slots; who
     * interrupts a user takes the next one. 1: one slot, which who interrupts saves and restores: any
     * depth, at the price of two TLB invalidations more.
     */
    uint32_t win_slots;
    uintptr_t win_va;     /**< First slot; see dmacoh_window_bytes(). Page aligned. */
    uint16_t entry_first; /**< First wired TLB, TLB1, BAT or MPU entry that is the library's. */
    /** Number of such entries. PowerPC, MIPS: at least win_slots, on every CPU. Not used by ARM, PA-RISC. */
    uint16_t entry_count;
    /**
     * Page-table bits of one page by enum dmacoh_memattr, without address and valid bits. 0: the
     * backend's own choice; for CACHED that is a copy of the linear map's attributes, which is right
     * unless the linear map is not to be imitated. PowerPC: W 8, I 4, M 2, G 1.
     */
    uint32_t pte_attr[DMACOH_MEM_NATTRS];
};

/**
 * @brief Facts about the CPU that no instruction tells, in the port's words. All zero: none.
 *
 * PA-RISC: what firmware told the system, see dmacoh/parisc.h; the library cannot call firmware itself.
 * CPUs that can be asked are asked, and what is not said here as used is ignored.
 */
struct dmacoh_cpu_facts {
    uint32_t cpu;     /**< PA-RISC: DMACOH_PA_*; 0: unknown, the least is assumed. */
    uint32_t line;    /**< PA-RISC: bytes that one fdc covers, 16..128; 0: unknown. */
    uint32_t l2_line; /**< Bytes of a line of a second level that cannot be asked; 0: none. */
    uint32_t alias_boundary; /**< PA-RISC: bytes, a power of two; 0: unknown. */
};

/** @name Kinds of the host's locks, for dmacoh_port_ops.host_lock
 * @{ */
#define DMACOH_HOST_LOCK_PTE   1u /**< The host's lock on kernel page tables. */
#define DMACOH_HOST_LOCK_TLB   2u /**< The host's lock on TLB broadcasts. */
#define DMACOH_HOST_LOCK_OUTER 3u /**< The host's lock on an outer cache controller. */
/** @} */

/**
 * @brief Optional services of the system.
 *
 * A NULL member means: what needs it answers ::DMACOH_E_UNSUPP. ARMv7-A needs none of them for
 * maps, pools and windows, but outer_write with an early outer cache.
 */
struct dmacoh_port_ops {
    /** Set or clear one kernel page in tables that the host owns. Returns 0 or a negative value. */
    int (*map_page)(void *ctx, uintptr_t va, dmacoh_phys_t phys, enum dmacoh_memattr attr,
                    bool valid);
    /** Run fn(arg) on every other CPU and wait. Thread context, IRQs on. */
    int (*on_each_other_cpu)(void *ctx, void (*fn)(void *arg), void *arg);
    /** False for text, stacks, vectors, page tables and bolted entries. */
    bool (*flippable)(void *ctx, dmacoh_phys_t phys, uint64_t len);
    /** Donor of granules for pools that grow. Thread context, no library lock held. */
    int (*acquire)(void *ctx, uint64_t len, uint64_t align, uint64_t last, dmacoh_phys_t *phys);
    /** Takes back what acquire gave. Thread context, no library lock held. */
    void (*release)(void *ctx, dmacoh_phys_t phys, uint64_t len);
    /** Take the host's own lock of that kind. IRQs are off. */
    void (*host_lock)(void *ctx, uint32_t kind);
    /** Release it. */
    void (*host_unlock)(void *ctx, uint32_t kind);
    /**
     * Write an outer-cache register that only secure software can write: reg is its offset in bytes.
     * In effect when it returns 0. Called by dmacoh_init(), and later in any context with IRQs off and
     * the lock of the controller held. PL310 before r2p0 only.
     */
    int (*outer_write)(void *ctx, uint32_t reg, uint32_t val);
    /**
     * What the host's tables say of the page of va: its physical address, and DMACOH_MEM_UNCACHED or
     * another enum dmacoh_memattr. Returns 0, or a negative value if the page has no mapping. Thread
     * context. Needed where the CPU has no tables that the library could read: PA-RISC, uncached regions.
     */
    int (*page_query)(void *ctx, uintptr_t va, dmacoh_phys_t *phys, uint32_t *attr);
    /** A pool was exhausted, or fell below its low watermark. Any context, no library lock held. */
    void (*event)(void *ctx, uint32_t event, const void *object, const struct dmacoh_why *why);
};
/** @name Events of dmacoh_port_ops.event
 * @{ */
#define DMACOH_EVENT_EXHAUSTED 1u /**< object: the pool; an allocation or a bounce failed. */
#define DMACOH_EVENT_LOW_WATER 2u /**< object: the pool; free bytes fell below low_water. */
/** @} */

/** @brief Everything that dmacoh_init() has to know. */
struct dmacoh_cfg {
    const struct dmacoh_mem *mem;  /**< Memory map; kept by reference, must not change. */
    uint32_t nmem;                 /**< Its entries, at least 1. */
    uint32_t ncpus;                /**< 1 ..; dmacoh_port_cpu() is always below. */
    struct dmacoh_mmu mmu;         /**< Copied. */
    struct dmacoh_cpu_facts facts; /**< Copied. */
    uintptr_t outer_va;            /**< VA of the registers of a PL310 that is on, Device memory;
                                            0: no outer cache, or one that stays off. */
    uint32_t flags;                /**< DMACOH_F_*. */
    const struct dmacoh_port_ops *ops; /**< May be NULL; kept by reference. */
    void *ops_ctx;                     /**< First argument of all of ops. */
    void *meta;                        /**< Per-CPU state: DMACOH_META_SIZE(ncpus) bytes. */
    size_t meta_size;                  /**< Bytes at meta. */
    const struct dmacoh_backend_ops
        *backend; /**< NULL: the one that is linked. Host builds: any. */
};
/** @name Flags of an instance
 * @{ */
/** Allow a coherent region that a bolted cacheable mapping covers (PowerPC 405 and 8xx only). */
#define DMACOH_F_ALIAS_FRAGILE 0x1u
/** SMP whose cache operations stay on their CPU: map, sync and unmap run on the same CPU. */
#define DMACOH_F_CPU_AFFINE 0x2u
/** Start with checking on (debug.h). */
#define DMACOH_F_DEBUG 0x4u
/** The port vouches that neither hardware nor software prefetches. Ignored where the CPU does; demanded
 *  by ARM11 MPCore on several CPUs, where nothing can remove a line that another CPU has prefetched. */
#define DMACOH_F_NO_PREFETCH 0x8u
/** The port vouches that no store is speculated: all code that runs is compiled for that, on the R10000
 *  with -mr10k-cache-barrier=store. Demanded there (R10000, R12000, R14000), ignored elsewhere. */
#define DMACOH_F_NO_SPEC_STORES 0x10u
/** @} */

/** Alignment of all metadata memory, in bytes. */
#define DMACOH_META_ALIGN 8u
/** Bytes of dmacoh_cfg.meta for @p ncpus CPUs. */
#define DMACOH_META_SIZE(ncpus) ((size_t)(ncpus)*128u)

/** @brief An instance. The caller's storage; the members are private. */
struct dmacoh {
    /** @cond private */
    uint32_t magic, flags;
    uint32_t line; /* granule: the largest line of any level; unit of ownership */
    uint32_t step; /* smallest line of any level: cache loops advance by it */
    const struct dmacoh_backend_ops *be;
    const struct dmacoh_policy *policy;
    const struct dmacoh_mem *mem;
    uint32_t nmem, ncpus, page_shift;
    uint32_t no_snoop; /* not 0: no master can snoop what the linear map shows */
    struct dmacoh_mmu mmu;
    struct dmacoh_cpu_facts facts;
    dmacoh_phys_t win_phys_last; /* last physical address that a window can show */
    uintptr_t outer_va;
    const struct dmacoh_port_ops *ops;
    void *ops_ctx;
    struct dmacoh_percpu *percpu;
    struct dmacoh_pool *pools; /* every initialised pool; changed in thread context only */
    struct dmacoh_debug *debug;
    struct dmacoh_lock lock;    /* leaf: references and owner bit of shared maps */
    struct dmacoh_lock be_lock; /* leaf: the backend's own */
    uintptr_t be_priv[8];       /* the backend's run-time facts */
    /** @endcond */
};

/**
 * @brief Counters since dmacoh_init(), summed over all CPUs.
 *
 * Each CPU counts for itself and commits once per call, so a running call is not in the sum yet. The
 * coherent fast path of map and unmap counts nothing. All counters wrap.
 */
struct dmacoh_stats {
    uint32_t lines_clean;       /**< Cache lines cleaned. */
    uint32_t lines_inval;       /**< Cache lines invalidated. */
    uint32_t lines_clean_inval; /**< Cache lines cleaned and invalidated. */
    uint32_t barriers;          /**< Completion barriers of map, sync and unmap. */
    uint32_t windows;           /**< Pages mapped for a moment. */
    uint32_t bounces;           /**< Whole buffers or segments bounced. */
    uint32_t edges;             /**< Edge lines bounced. */
    uint32_t fails;             /**< Maps refused for their memory, limits or resources. */
    uint32_t abandoned;         /**< Mappings given up by dmacoh_map_abandon(). */
    uint64_t bytes_bounced;     /**< Bytes copied into and out of bounce and edge slots. */
};

/**
 * @brief Bring an instance to life on the boot CPU.
 *
 * Checks the configuration, identifies the CPU, prepares the window slots. Several instances may live
 * in one program. Nothing is allocated; @p cfg itself may be thrown away afterwards, what it points to
 * may not.
 *
 * @param[out] c    Storage of the instance, any content.
 * @param[in]  cfg  The configuration.
 * @retval DMACOH_OK         The instance is usable on this CPU.
 * @retval DMACOH_E_INVAL    NULL, no memory map, ncpus 0, unknown flag or kind; or a fact that cannot be.
 * @retval DMACOH_E_ALIGN    A memory-map entry, win_va, tables or meta is misaligned; or the va and phys of
 *                           an entry are not congruent (PA-RISC), or RAM_HIGH is not whole blocks (6xx).
 * @retval DMACOH_E_SIZE     A memory-map entry has size 0, or win_slots is above 8.
 * @retval DMACOH_E_RANGE    A range of the memory map or of the windows wraps; or there are fewer TLB entries
 *                           or BATs for windows than slots (PowerPC, MIPS), or they are not wired, or windows
 *                           lie in KSEG0 or KSEG1 (MIPS).
 * @retval DMACOH_E_ATTR     A linear entry lies in KSEG1, or not where KSEG0 shows it (MIPS).
 * @retval DMACOH_E_OVERLAP  Memory-map entries overlap, in physical or virtual addresses.
 * @retval DMACOH_E_META     meta_size or tables_size is too small.
 * @retval DMACOH_E_BUSY     The window range is mapped already, or a TLB entry or BAT for it is valid.
 * @retval DMACOH_E_NOMAP    Windows were asked for, but no linear entry is mapped in the root table; there is
 *                           no second-level table for them (long descriptors); or walks bypass all caches
 *                           and the root table is not in the memory map (outer cache).
 * @retval DMACOH_E_UNSUPP   The CPU, its table format or an outer cache is not supported, or the
 *                           configuration asks for something that is not compiled in.
 * @retval DMACOH_E_CONTEXT  Not called from a thread with IRQs on.
 *         After an error @p c is not an instance; page tables are as before.
 * @par Context
 * Thread, on the boot CPU, MMU and caches on.
 * @par Cost
 * O(nmem^2) and O(window pages), once.
 * @par Source
 * [ARM-CTR], [ARM-SHORT], [ARM-LONG], [PL310-TRM].
 */
int dmacoh_init(struct dmacoh *c, const struct dmacoh_cfg *cfg);

/**
 * @brief Admit another CPU.
 *
 * The port must have invalidated that CPU's TLB and enabled its MMU and caches before. The CPU's line
 * sizes are checked against the instance's.
 *
 * @param[in,out] c  A live instance.
 * @retval DMACOH_OK         This CPU may call the library.
 * @retval DMACOH_E_INVAL    @p c is no live instance.
 * @retval DMACOH_E_UNSUPP   This CPU differs in a way that the instance cannot serve.
 * @retval DMACOH_E_RANGE    The TLB entries of its windows are not wired (MIPS).
 * @retval DMACOH_E_BUSY     Addresses or TLB entries of the windows are in use on this CPU (PowerPC, MIPS).
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread, once on each CPU but the boot CPU.
 * @par Cost
 * A few register reads.
 * @par Source
 * [ARM-CTR].
 */
int dmacoh_cpu_online(struct dmacoh *c);

/**
 * @brief Take this CPU out again, before it is switched off.
 *
 * Its dirty lines are the port's to clean: switching off a core with dirty lines loses them, whoever
 * wrote them.
 *
 * @param[in,out] c  A live instance.
 * @retval DMACOH_OK         This CPU's window slots are empty and their TLB entries gone.
 * @retval DMACOH_E_INVAL    @p c is no live instance.
 * @retval DMACOH_E_BUSY     A window slot of this CPU is in use.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread, on the CPU that leaves.
 * @par Cost
 * A TLB invalidation per window slot.
 * @par Source
 * docs/design.md, hazard 9.
 */
int dmacoh_cpu_offline(struct dmacoh *c);

/**
 * @brief End an instance and hand the machine over.
 *
 * Afterwards no region of the library has a dirty line, all window slots are empty, and the window
 * range is unmapped. Devices must be quiet: a mapping that is still live is the caller's bug.
 *
 * @param[in,out] c  A live instance.
 * @retval DMACOH_OK         @p c is no instance any more; its memory is the caller's.
 * @retval DMACOH_E_INVAL    @p c is no live instance.
 * @retval DMACOH_E_BUSY     A pool still has regions, or a window slot is in use. Nothing was done.
 * @retval DMACOH_E_CONTEXT  Called from an interrupt or with IRQs off.
 * @par Context
 * Thread, on the boot CPU; no other CPU may be in a call.
 * @par Cost
 * O(window pages).
 * @par Source
 * docs/guide.md, "Handing over to an operating system".
 */
int dmacoh_fini(struct dmacoh *c);

/**
 * @brief The unit of ownership: the largest cache line of any level and CPU.
 * @param[in] c  A live instance.
 * @return Bytes, a power of two. Align and pad buffers that a device writes to it.
 * @par Context
 * Any.
 * @par Cost
 * One load.
 * @par Source
 * [ARM-CTR].
 */
uint32_t dmacoh_line(const struct dmacoh *c);

/**
 * @brief Bytes of virtual space that the window slots need.
 *
 * On backends with aliasing caches (ARMv6) a slot has a page of each colour. A host build, which serves
 * every backend, answers for the one that needs most.
 *
 * @param[in] ncpus      Number of CPUs.
 * @param[in] win_slots  Slots a CPU.
 * @return Bytes from dmacoh_mmu.win_va on, at most.
 * @par Context
 * Any.
 * @par Cost
 * One multiplication.
 * @par Source
 * This header.
 */
size_t dmacoh_window_bytes(uint32_t ncpus, uint32_t win_slots);

/**
 * @brief Read the counters.
 * @param[in]  c    A live instance.
 * @param[out] out  The sum over all CPUs.
 * @retval DMACOH_OK       @p out is filled.
 * @retval DMACOH_E_INVAL  NULL, or @p c is no live instance.
 * @par Context
 * Any. Other CPUs may count meanwhile.
 * @par Cost
 * O(ncpus).
 * @par Source
 * This header.
 */
int dmacoh_stats(const struct dmacoh *c, struct dmacoh_stats *out);

/**
 * @brief Invalidate the data caches of a CPU after a cold reset, before they are enabled.
 *
 * Cache RAM holds garbage after power-on; cleaning it would write the garbage over memory. This
 * invalidates and never cleans. It is the only operation by set and way in the library.
 *
 * @param[in] boot_cpu  true on the first CPU: all levels up to the point of coherency. false on a CPU
 *                      that comes up later: its own levels only, because a level that it shares holds
 *                      the others' live data by then.
 *
 * @par Context
 * A CPU that has just come out of a cold reset, caches off, MMU off. Never on a running CPU: dirty
 * lines are lost.
 * @par Cost
 * All sets and ways of those levels.
 * @par Source
 * [ARM-SETWAY]; docs/design.md, hazard 3.
 */
void dmacoh_boot_cache_inval(bool boot_cpu);

#ifdef __cplusplus
}
#endif
#endif
