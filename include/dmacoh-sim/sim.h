/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file sim.h
 * @brief The simulated machine: run DMA code on the host against an adversary.
 *
 * A *scene* is a machine (one row of sim_models()), its memory, and agents: functions that run as
 * CPUs, devices and interrupt handlers. Every access an agent makes is a *step*. Between any two
 * steps the machine may fill, write back or evict any line, walk any page table, hold back any
 * store, cache or TLB operation, run another agent or take an interrupt. sim_run() searches these
 * behaviours and answers with one of four words that are never confused:
 * ::SIM_DONE (all behaviours of the plan were covered, none is wrong), ::SIM_BUG (one is wrong, and
 * the report says which), ::SIM_BOUND (a limit was hit first), ::SIM_OVERFLOW (a set grew too big).
 *
 * Two engines: the *set* engine keeps all states of every line at once, so that only orders of
 * agents and interrupts are searched; the *concrete* engine has one state and an adversary that
 * picks single actions (random, script, exhaustive). A bug of the set engine is replayed on the
 * concrete engine before it is reported.
 *
 * Rules for scenes: agent code is deterministic; state that lives across steps and is shared by
 * agents comes from sim_alloc(); machine addresses are never dereferenced.
 */
#ifndef DMACOH_SIM_SIM_H
#define DMACOH_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most CPUs of one machine. */
#define SIM_MAX_CPUS 4
/** Most devices of one machine. */
#define SIM_MAX_DEVICES 2
/** Most agents of one machine. They are numbered CPUs first, then devices. */
#define SIM_MAX_AGENTS (SIM_MAX_CPUS + SIM_MAX_DEVICES)
/** Most interrupt sources of one machine. */
#define SIM_MAX_IRQS 4

/** A simulated machine with its scene. Opaque. */
struct sim;

/** What the CPU's identification registers and instructions are. */
enum sim_isa {
    SIM_ISA_V7A,    /**< ARMv7-A */
    SIM_ISA_V6,     /**< ARMv6 (ARM1176, ARM11 MPCore) */
    SIM_ISA_V5,     /**< ARMv5 (ARM926, XScale) */
    SIM_ISA_V7M,    /**< ARMv7-M with caches (Cortex-M7) */
    SIM_ISA_PA11,   /**< PA-RISC 1.1 (PA7100LC, PA7300LC) */
    SIM_ISA_PA20,   /**< PA-RISC 2.0 (PA8700, PA8800) */
    SIM_ISA_PPC44X, /**< PowerPC 405, 440, 460, 476 */
    SIM_ISA_E500,   /**< PowerPC e500 */
    SIM_ISA_PPC6XX, /**< PowerPC 603, 7xx, 74xx */
    SIM_ISA_PPC8XX, /**< PowerPC 8xx */
    SIM_ISA_MIPS32  /**< MIPS32 */
};

/** How addresses are translated. The machine reads the real table words, or the MPU's registers. */
enum sim_tables {
    SIM_TABLES_SHORT, /**< ARMv6 and ARMv7 short descriptors */
    SIM_TABLES_V5,    /**< ARMv5 short descriptors: C and B only */
    SIM_TABLES_LPAE,  /**< ARMv7 long descriptors */
    SIM_TABLES_MPU,   /**< PMSAv7: no tables, no TLB; virtual is physical */
    SIM_TABLES_SOFT   /**< a TLB that software fills: no tables, no walker */
};

/** How the L1 data cache is indexed and tagged. */
enum sim_l1 {
    SIM_L1_PIPT, /**< by physical address */
    SIM_L1_VIPT, /**< indexed by virtual, tagged by physical address: one slot a colour */
    SIM_L1_VIVT  /**< by virtual address: one slot a virtual address */
};

/** @brief One row of CPU data. Copy a row and change it to get a variant. */
struct sim_model {
    const char *name;        /**< static text, what sim_model_find() looks for */
    enum sim_isa isa;        /**< instruction set and format of the ID registers */
    enum sim_tables tables;  /**< translation */
    enum sim_l1 l1;          /**< kind of L1 data cache */
    uint32_t alias_boundary; /**< VIPT: bytes after which colours repeat; 0: no aliases */
    bool write_through;      /**< stores go to the next level at once: no line is ever dirty */
    bool no_write_allocate;  /**< a store that misses never brings its line in */
    bool no_speculation;     /**< the core fetches no line that the program did not ask for */
    bool fill_cleans_peer;   /**< a fill of a line that is dirty in a peer writes it back (MESI) */
    bool cmo_unordered;      /**< cache operations are unordered against all accesses (ARMv7-M) */
    bool outer_lookup;   /**< outer cache looks up uncached accesses too (PL310 AUX bit 22 clear) */
    uint32_t outer_id;   /**< PL310 cache ID register; 0: the outer cache is not a PL310 */
    uint32_t midr;       /**< MIDR, PRId, PVR */
    uint32_t mmfr3;      /**< ID_MMFR3 */
    uint32_t ttbr_flags; /**< low bits of TTBR0 (IRGN, RGN, S): where table walks look; with long
                               descriptors the machine shows them in TTBCR */
    uint32_t itcmcr;     /**< ITCMCR of ARMv7-M: enabled and not empty, TCM lies at 0 */
    uint32_t dtcmcr;     /**< DTCMCR of ARMv7-M: the same at 0x20000000 */
    uint16_t line;       /**< bytes of a cache line: a power of two, 16 to 64 */
    uint16_t granule;    /**< CTR.CWG in bytes, at least line */
    uint8_t ncpu;        /**< CPUs, at most SIM_MAX_CPUS */
    bool coherent_l1;    /**< the L1 caches of the CPUs snoop each other */
    bool cmo_broadcast;  /**< cache operations by VA reach the L1 of every CPU */
    bool inv_may_clean;  /**< an invalidation may write a dirty line back first */
    bool tlbi_is_broken; /**< erratum 798181: broadcast TLBI does not act on other CPUs */
    bool dmb_orders_mmio; /**< a DMB orders earlier stores before a later doorbell */
    bool l2;              /**< an outer cache, operated by physical address only (MIPS: by CACHE) */
    bool alias_ok; /**< one page with two memory types is no error in itself (KSEG0, KSEG1) */
    bool prefetch; /**< no_speculation, and yet a program's prefetches bring lines in */
    bool store_speculation; /**< any line that could be filled may come, and be, dirty (R10000) */
    bool read_ahead;        /**< a read-ahead cache between L1 and memory (BMIPS), never dirty */
    bool outer_op_inner;    /**< an operation on the outer cache acts on the L1, too */
    uint16_t outer_line;    /**< MIPS: bytes that such an operation acts on; 0: line */
    bool hpmc; /**< PA-RISC: a line in two places, and an uncached access to a line that a cache
                         holds, stop the machine */
    bool no_uncached_ram;  /**< PA-RISC: so does every uncached access to RAM */
    bool dma_sync;         /**< device writes may wait in the I/O adapter until a syncdma */
    bool cmo_needs_shared; /**< cache operations reach other CPUs through shareable mappings only */
    bool uncached_hit_fails; /**< PowerPC: an uncached access to a line that the L1 holds is a
                                  programming error */
    uint64_t rules_off; /**< SIM_RULE() bits deleted from the machine; only tests of the machine */
};

/** The rules of the machine, to delete one by one (sim_model.rules_off): each has a test. */
enum sim_rule {
    SIM_RULE_POST_STORE, /**< stores wait in the posted queue */
    SIM_RULE_POST_CMO,   /**< cache operations wait in the posted queue */
    SIM_RULE_POST_TLBI,  /**< TLB operations wait in the posted queue */
    SIM_RULE_VA_ORDER,   /**< maintenance through one VA is unordered against another VA */
    SIM_RULE_DSB_ST,     /**< a store-only DSB does not complete maintenance */
    SIM_RULE_DMB,        /**< a DMB orders accesses and maintenance */
    SIM_RULE_FILL,       /**< lines are filled speculatively */
    SIM_RULE_EVICT,      /**< lines are written back and evicted at any time */
    SIM_RULE_COHERENT,   /**< a fill takes a dirty line from the other CPU's L1 */
    SIM_RULE_BROADCAST,  /**< cache operations reach the other CPU's L1 */
    SIM_RULE_NC_LOAD,    /**< an invalidation with no barrier after an uncached load may be early */
    SIM_RULE_INV_CLEAN,  /**< sim_model.inv_may_clean */
    SIM_RULE_DEV_POSTED, /**< device writes may land after the device says that it is done */
    SIM_RULE_WALK,       /**< any walkable translation may enter a TLB at any time */
    SIM_RULE_TLBI_SINCE, /**< what a TLB loaded after a TLBI was issued survives its completion */
    SIM_RULE_TLBI_ERRATUM,   /**< sim_model.tlbi_is_broken */
    SIM_RULE_WALK_POINT,     /**< a non-cacheable walk does not see the L1 */
    SIM_RULE_ISB,            /**< a new table entry is used for certain only after DSB and ISB */
    SIM_RULE_IRQ_WAIT,       /**< an interrupt may come while its CPU waits */
    SIM_RULE_QUIESCE,        /**< the adversary still acts after the last agent has ended */
    SIM_RULE_SLOTS,          /**< caches by virtual address hold a line once a colour or address */
    SIM_RULE_WRITE_THROUGH,  /**< write-through: by sim_model.write_through or by translation */
    SIM_RULE_NO_ALLOCATE,    /**< sim_model.no_write_allocate */
    SIM_RULE_NO_SPECULATION, /**< sim_model.no_speculation */
    SIM_RULE_PEER_CLEAN,     /**< sim_model.fill_cleans_peer */
    SIM_RULE_CMO_UNORDERED,  /**< sim_model.cmo_unordered */
    SIM_RULE_OUTER_SYNC,     /**< PL310: operations are complete only after a sync */
    SIM_RULE_OUTER_LOOKUP,   /**< sim_model.outer_lookup */
    SIM_RULE_OUTER_ERRATA,   /**< PL310: errata of the revision in sim_model.outer_id */
    SIM_RULE_HPMC,           /**< sim_model.hpmc and sim_model.no_uncached_ram */
    SIM_RULE_REFERENCE,     /**< sim_model.hpmc: lines come by a further mapping of a page only once
                                  an access went through it */
    SIM_RULE_CONGRUENT,     /**< addresses that are equal modulo the alias boundary share a place */
    SIM_RULE_DMA_SYNC,      /**< sim_model.dma_sync */
    SIM_RULE_CMO_SHARED,    /**< sim_model.cmo_needs_shared */
    SIM_RULE_UNCACHED_HIT,  /**< sim_model.uncached_hit_fails */
    SIM_RULE_GUARDED,       /**< lines of guarded mappings come by demand only */
    SIM_RULE_TLB_HAZARD,    /**< a TLB entry just written is used for certain only after the hazard
                                  barrier */
    SIM_RULE_TLB_DUPLICATE, /**< two TLB entries that match one address: machine check */
    SIM_RULE_CP0_HAZARD,    /**< MIPS: TLB instructions see registers only after a hazard barrier */
    SIM_RULE_CMO_UNCACHED,  /**< MIPS: a cache operation through an uncached address is undefined */
    SIM_RULE_PREFETCH,      /**< sim_model.prefetch */
    SIM_RULE_STORE_SPECULATION, /**< sim_model.store_speculation */
    SIM_RULE_READ_AHEAD,        /**< sim_model.read_ahead */
    SIM_RULE_OUTER_INNER,       /**< sim_model.outer_op_inner */
    SIM_RULE_COUNT              /**< how many there are */
};
/** The bit of an enum sim_rule in sim_model.rules_off. */
#define SIM_RULE(r) ((uint64_t)1 << (unsigned)(r))

/** Who may touch a byte. */
enum sim_owner {
    SIM_OWN_ANY,  /**< unchecked */
    SIM_OWN_CPU,  /**< the driver's: reads give the last value, a device must keep away */
    SIM_OWN_LIB,  /**< inside a library call */
    SIM_OWN_TO,   /**< mapped TO_DEVICE */
    SIM_OWN_FROM, /**< mapped FROM_DEVICE */
    SIM_OWN_BIDI, /**< mapped BIDIRECTIONAL */
    SIM_OWN_COH,  /**< coherent buffer: both sides, any value not yet overtaken */
    SIM_OWN_RAW   /**< tests of the machine: everybody may touch, every read gives the last value */
};

/** What sim_run() answers. */
enum sim_verdict {
    SIM_DONE,    /**< all behaviours of the plan were covered, and none is wrong */
    SIM_BUG,     /**< a behaviour is wrong: sim_report.bug, .message, .script, .timeline */
    SIM_BOUND,   /**< nothing wrong was met, but a limit came first: sim_report.bound */
    SIM_OVERFLOW /**< a set of the set engine grew too big: nothing is known */
};

/** What is wrong. */
enum sim_bug {
    SIM_OK,              /**< nothing */
    SIM_STALE_CPU,       /**< a CPU reads a value that is not the last one */
    SIM_STALE_DEV,       /**< a device reads a value that is not the last one */
    SIM_OWNED,           /**< the CPU touches bytes of the device, or foreign code library bytes */
    SIM_DIRECTION,       /**< the device writes a TO_DEVICE mapping (or reads FROM, if strict) */
    SIM_NOT_MAPPED,      /**< the device touches bytes of the CPU, or no RAM */
    SIM_DEV_TOO_EARLY,   /**< the device touches bytes while the library works on them */
    SIM_DIRTY_UNDER_DMA, /**< a dirty line holds bytes that the device writes */
    SIM_DIRTY_LOST,      /**< an invalidation drops the only copy of a CPU's byte */
    SIM_SHARED_LINE,     /**< bytes of two owners in one granule that the device writes */
    SIM_ALIAS,           /**< one page, two memory types */
    SIM_BBM,             /**< break-before-make: two translations of one VA alive */
    SIM_TABLE_VISIBLE,   /**< access through a table entry not yet guaranteed to be used */
    SIM_FAULT,           /**< access or maintenance through an unmapped VA */
    SIM_DOORBELL,        /**< doorbell rung while data of the device is still posted */
    SIM_CONTEXT,         /**< IRQ-off too long, lock order, lock with IRQs on */
    SIM_NEVER_TOUCH,     /**< the library reads or writes DMA memory outside its call */
    SIM_CONFUSED,        /**< maintenance on a line that the current call was not given */
    SIM_EXPECT,          /**< a sim_expect() of the scene */
    SIM_PANIC,           /**< dmacoh_port_panic() */
    SIM_DEADLOCK,        /**< a CPU waits for ever */
    SIM_LIVELOCK,        /**< step limit: a loop without sim_relax() */
    SIM_HPMC,            /**< PA-RISC: the machine checks itself to death on an alias */
    SIM_UNCACHED_HIT,    /**< PowerPC: uncached access to a line that the cache holds */
    SIM_MCHECK,          /**< machine check: two TLB entries match one address */
    SIM_UNDEFINED        /**< an operation whose effect the architecture does not define */
};

/** How the RAM of sim_ram() is used. */
enum sim_ram_kind {
    SIM_RAM_NORMAL, /**< data */
    SIM_RAM_TABLE   /**< translation tables: watched by the walker, exempt from owner checks */
};

/**
 * Memory types for sim_map_*() and sim_mpu_region(), shareable where the format can say so. Short
 * descriptors: TRE = 0. ARMv5: C and B; there a model with sim_model.write_through maps
 * ::SIM_MEM_CACHED as write-through. MPU: cached memory is not shareable, which would make it
 * uncached.
 */
enum sim_memtype {
    SIM_MEM_CACHED,        /**< normal, write-back write-allocate */
    SIM_MEM_UNCACHED,      /**< normal, non-cacheable (ARMv5: bufferable) */
    SIM_MEM_DEVICE,        /**< shareable Device (ARMv5: neither cacheable nor bufferable) */
    SIM_MEM_WRITE_THROUGH, /**< normal, write-through */
    SIM_MEM_GUARDED,       /**< PowerPC: cached and guarded, so that only accesses bring lines in */
    SIM_MEM_LOCAL          /**< PowerPC: cached, M = 0: operations through it stay on their CPU */
};
/** @name Indices of the memory types in MAIR0 of a machine with long descriptors
 * @{ */
#define SIM_MAIR_DEVICE        0u /**< 0x04 */
#define SIM_MAIR_UNCACHED      1u /**< 0x44 */
#define SIM_MAIR_CACHED        2u /**< 0xff */
#define SIM_MAIR_WRITE_THROUGH 3u /**< 0xbb */
/** @} */
/** Most regions of an MPU. */
#define SIM_MPU_REGIONS 16u

/** Operation counters: one CPU's since the start of the run. */
struct sim_counts {
    uint32_t clean;            /**< DCCMVAC, one per line */
    uint32_t inval;            /**< DCIMVAC, one per line */
    uint32_t clean_inval;      /**< DCCIMVAC, one per line */
    uint32_t dsb;              /**< DSB */
    uint32_t dsb_st;           /**< DSB ST */
    uint32_t dmb;              /**< DMB */
    uint32_t dmb_st;           /**< DMB ST */
    uint32_t isb;              /**< ISB */
    uint32_t tlbi_local;       /**< TLBIMVA: this CPU's TLB */
    uint32_t tlbi_is;          /**< TLBIMVAAIS: all CPUs' TLBs */
    uint32_t outer;            /**< outer-cache operations by PA */
    uint32_t outer_sync;       /**< stores to a sync register of the outer cache */
    uint32_t lib_loads;        /**< loads through the library's mem_insn.h */
    uint32_t lib_stores;       /**< stores through the library's mem_insn.h */
    uint32_t irqoff_lines_max; /**< most cache operations in one IRQ-off section */
    uint32_t warnings;         /**< device reads of FROM_DEVICE bytes; kept for CPU 0 */
};

/** Engine of a plan. */
enum sim_engine {
    SIM_ENGINE_SET,     /**< all states of a line at once; orders are searched */
    SIM_ENGINE_CONCRETE /**< one state, and an adversary that picks single actions */
};
/** Driver of a plan. */
enum sim_drive {
    SIM_DRIVE_ORDER,  /**< all orders of agents and interrupts (and of the adversary, concrete) */
    SIM_DRIVE_RANDOM, /**< seeded runs; always ends in SIM_BUG or SIM_BOUND */
    SIM_DRIVE_SCRIPT, /**< replay sim_plan.script; SIM_BUG or SIM_BOUND */
    SIM_DRIVE_EXHAUSTIVE /**< iterative deepening over adversary actions, interrupts, preemptions */
};
/** No limit, for sim_plan.adversary and sim_plan.preempt. */
#define SIM_UNLIMITED 255u

/** @brief What to search. All-zero members take the defaults in brackets. */
struct sim_plan {
    enum sim_engine engine; /**< [set] */
    enum sim_drive drive;   /**< [order] */
    uint64_t seed;          /**< first seed of the random driver [1] */
    uint32_t runs;          /**< runs of the random driver [1000] */
    uint32_t adversary;     /**< most adversary actions of a run [SIM_UNLIMITED] */
    uint32_t preempt;       /**< most preemptions of a run [SIM_UNLIMITED] */
    uint64_t max_schedules; /**< schedules until SIM_BOUND [10 million] */
    double max_seconds;     /**< wall-clock seconds until SIM_BOUND [60] */
    const char *script;     /**< replay string for SIM_DRIVE_SCRIPT */
    bool no_irqs;    /**< take no interrupts; the result is then at best SIM_BOUND if any is set */
    bool no_witness; /**< only the verdict: no replay of a bug, no script, no timeline */
    bool no_shrink;  /**< concrete engine: report the first failing schedule as found */
};

/** @brief What sim_run() found. Strings live until the next sim_run() or sim_free(). */
struct sim_report {
    enum sim_verdict verdict; /**< what sim_run() returned */
    enum sim_bug bug;         /**< what is wrong, SIM_OK unless SIM_BUG */
    const char *verdict_name; /**< "DONE", "BUG", "BOUND", "OVERFLOW" */
    const char *bug_name;     /**< "STALE_CPU", ... */
    const char *message;      /**< one line: what, where, value and expected value */
    const char *bound;        /**< which bound was hit, or "" */
    bool within_budget;       /**< SIM_BOUND, but all behaviours within the budgets were covered */
    uint64_t schedules;       /**< complete or cut runs */
    uint64_t states;          /**< distinct states */
    uint64_t steps;           /**< transitions executed, replays included */
    uint32_t max_set;         /**< largest line set (set engine) */
    uint64_t seed;            /**< seed of the failing random run */
    bool replayed;            /**< the concrete engine reproduced the bug */
    const char *script;       /**< replay string, one line, or "" */
    const char *timeline;     /**< one row per step that touched the line, or "" */
    struct sim_counts counts[SIM_MAX_CPUS]; /**< of the last run */
};

/* ---- machine and scene: called outside agents ---------------------------------------------- */

/**
 * @brief The table of CPU models.
 * @param[out] n  Number of rows.
 * @return The first row.
 */
const struct sim_model *sim_models(size_t *n);

/**
 * @brief Find a model by name.
 * @param[in] name  "cortex-a15", "cortex-a15-r4", "cortex-a7", "cortex-a7-ncwalk",
 *                  "generic-v7-step32", "generic-v7-l2", "cortex-a7-lpae", "cortex-m7",
 *                  "cortex-a9-pl310", "cortex-a9-pl310-lookup", "arm926", "arm926-wt", "xscale",
 *                  "feroceon", "arm1176", "arm11mpcore", "pa7100lc", "pa7300lc", "pa8700", "pa8800",
 *                  "ppc405", "ppc440", "ppc476", "e500v2", "ppc603", "mpc860", "24kc", "24kf",
 *                  "24kc-noprefetch", "74k", "1004k", "bmips4380",
 *                  "bmips4380-noprefetch", "bmips5000", "r10000".
 * @return The row, or NULL.
 */
const struct sim_model *sim_model_find(const char *name);

/**
 * @brief Make a machine with no memory and no agents.
 * @param[in] model  Row of data; copied.
 * @return The machine; sim_free() it. Aborts if host memory runs out or the row is not sane.
 */
struct sim *sim_new(const struct sim_model *model);

/**
 * @brief Free a machine and everything from its sim_alloc().
 * @param[in] s  Machine or NULL.
 */
void sim_free(struct sim *s);

/**
 * @brief The machine's own copy of its model.
 * @param[in] s  Machine.
 * @return The row.
 */
const struct sim_model *sim_model_of(const struct sim *s);

/**
 * @brief Name the scene in reports and scripts.
 * @param[in] s     Machine.
 * @param[in] name  Copied.
 */
void sim_name(struct sim *s, const char *name);

/**
 * @brief Declare RAM. Accesses outside all ranges are reported.
 * @param[in] s     Machine.
 * @param[in] pa    First byte, below 2^40, page aligned.
 * @param[in] n     Bytes.
 * @param[in] kind  Use.
 */
void sim_ram(struct sim *s, uint64_t pa, uint64_t n, enum sim_ram_kind kind);

/**
 * @brief Place the translation tables: TTBR0 := pa | model flags. MMU on from now. Not for an MPU
 *        and not where software fills the TLB: those are on from the start.
 * @param[in] s   Machine.
 * @param[in] pa  Address of the first-level table in SIM_RAM_TABLE memory, 16 KiB aligned; long
 *                descriptors: 32 bytes aligned.
 */
void sim_ttbr(struct sim *s, uint64_t pa);

/**
 * @brief Memory from which sim_map_*() takes tables. Long descriptors need it: a page for each GiB
 *        with mappings, and one for each 2 MiB that blocks cannot map. Every run's setup starts
 *        with what was free before the first run.
 * @param[in] s   Machine.
 * @param[in] pa  First byte, 4 KiB aligned, in SIM_RAM_TABLE memory.
 * @param[in] n   Bytes.
 */
void sim_table_pool(struct sim *s, uint64_t pa, uint64_t n);

/**
 * @brief Map a range for ever (setup time, not a step): sections; long descriptors: blocks of 2 MiB
 *        where both addresses are so aligned, else pages. Where software fills the TLB
 *        (::SIM_TABLES_SOFT) this, and sim_map_page(), is what the host's handler loads on a miss:
 *        always at hand. MIPS has KSEG0 and KSEG1 besides.
 * @param[in] s     Machine with sim_ttbr(), or one that needs none.
 * @param[in] va    Machine VA, 1 MiB aligned.
 * @param[in] pa    Physical, 1 MiB aligned; short descriptors use supersections (16 MiB aligned)
 *                  above 4 GiB.
 * @param[in] mib   Size in MiB.
 * @param[in] type  Memory type.
 */
void sim_map_sections(struct sim *s, uint32_t va, uint64_t pa, uint32_t mib, enum sim_memtype type);

/**
 * @brief Link a last-level table, the one that maps pages (setup time).
 * @param[in] s         Machine with sim_ttbr().
 * @param[in] va        VA that the table serves, 1 MiB aligned; long descriptors: 2 MiB.
 * @param[in] table_pa  Address of the table in SIM_RAM_TABLE memory, 1 KiB aligned; long
 *                      descriptors: 4 KiB.
 */
void sim_map_table(struct sim *s, uint32_t va, uint64_t table_pa);

/**
 * @brief Write one page descriptor (setup time). The page is watched from then on.
 * @param[in] s     Machine; sim_map_table() was called for this VA.
 * @param[in] va    Page VA.
 * @param[in] pa    Page PA, below 4 GiB; long descriptors: below 1 TiB.
 * @param[in] type  Memory type.
 */
void sim_map_page(struct sim *s, uint32_t va, uint64_t pa, enum sim_memtype type);

/**
 * @brief The page descriptor that sim_map_page() writes: four bytes, or eight of a long one.
 * @param[in] s     Machine with tables.
 * @param[in] pa    Page.
 * @param[in] type  Type.
 * @return The word.
 */
uint64_t sim_page_entry(const struct sim *s, uint64_t pa, enum sim_memtype type);

/**
 * @brief The same as a short descriptor of ARMv6 and ARMv7, without a machine.
 * @param[in] pa    Page.
 * @param[in] type  Type.
 * @return The word.
 */
uint32_t sim_small_page(uint64_t pa, enum sim_memtype type);

/**
 * @brief Program and enable one region of every CPU's MPU, and the MPU with its background map
 *        (setup time). Attributes as data: write the registers through the instruction layer.
 * @param[in] s     Machine of a model with ::SIM_TABLES_MPU.
 * @param[in] n     Region, below SIM_MPU_REGIONS; where regions overlap, the highest number wins.
 * @param[in] base  First address, aligned to size.
 * @param[in] size  Bytes, a power of two, 32 at least; 0: all of the address space.
 * @param[in] type  Memory type.
 */
void sim_mpu_region(struct sim *s, uint32_t n, uint32_t base, uint32_t size, enum sim_memtype type);

/**
 * @brief Give the controller of the outer cache (PL310; models with sim_model.outer_id) registers.
 *
 * The library's twins of register accesses reach it there. A store of a line's address to an
 * operation register is posted like any Device store, and complete only after a later store to the
 * sync register and a DSB or a read of that register. Registers of way operations are reported.
 * @param[in] s   Machine.
 * @param[in] va  Machine VA of its 4 KiB of registers; needs no translation.
 */
void sim_outer_regs(struct sim *s, uint32_t va);

/**
 * @brief Let the walker and the alias oracles watch pages whose table entries may change.
 * @param[in] s    Machine.
 * @param[in] va   First byte.
 * @param[in] len  Bytes; at most 32 pages are watched per machine.
 */
void sim_watch_va(struct sim *s, uint32_t va, uint32_t len);

/**
 * @brief Declare a CPU's window range: watched, and on models with erratum 798181 stale
 *        translations of *other* CPUs in it are no break-before-make error.
 * @param[in] s    Machine.
 * @param[in] cpu  Owner of the windows.
 * @param[in] va   First byte.
 * @param[in] len  Bytes.
 */
void sim_window_va(struct sim *s, int cpu, uint32_t va, uint32_t len);

/**
 * @brief Host memory for state that agents share: the library's instance, handles, the test's flags.
 *        Zeroed before every run's setup and part of the state hash.
 * @param[in] s  Machine.
 * @param[in] n  Bytes.
 * @return Zeroed memory, aligned to 64; freed by sim_free().
 */
void *sim_alloc(struct sim *s, size_t n);

/**
 * @brief Flags that agents touch only through steps: sim_doorbell(), sim_dev_done(), sim_wait(),
 *        sim_flag_get(), sim_flag_set(). They cost far fewer states than sim_alloc() memory,
 *        because a change tells nothing to an agent that does not look.
 * @param[in] s  Machine.
 * @param[in] n  Flags.
 * @return n zero bytes; freed by sim_free().
 */
uint8_t *sim_flags(struct sim *s, size_t n);

/**
 * @brief Function that prepares the scene: once per sim_run(), in setup mode.
 *
 * In setup mode the code is CPU 0 before the agents start: accesses act on memory at once, cache
 * operations and barriers do nothing. dmacoh_init() may run here.
 * @param[in] s    Machine.
 * @param[in] fn   The function.
 * @param[in] arg  Its argument.
 */
void sim_setup(struct sim *s, void (*fn)(void *), void *arg);

/**
 * @brief Agent of a CPU.
 * @param[in] s    Machine.
 * @param[in] cpu  CPU number.
 * @param[in] fn   Program.
 * @param[in] arg  Its argument.
 */
void sim_cpu(struct sim *s, int cpu, void (*fn)(void *), void *arg);

/**
 * @brief Add a device agent.
 * @param[in] s    Machine.
 * @param[in] fn   Program; may wait for ever at its end.
 * @param[in] arg  Its argument.
 * @return Device number, 0 first.
 */
int sim_device(struct sim *s, void (*fn)(void *), void *arg);

/**
 * @brief Choose whether a device's writes may land after its interrupt or flag.
 * @param[in] s       Machine.
 * @param[in] dev     Device number.
 * @param[in] posted  true (default): until the CPU reads a register; false: MSI-like order.
 */
void sim_device_posted(struct sim *s, int dev, bool posted);

/**
 * @brief Give a device fewer address lines, or a bus window. By default bus addresses are physical.
 *
 * A master with fewer lines does not fail beyond its mask: it uses the address without the upper
 * bits, and hits somebody else's memory. Outside its window it hits nothing: SIM_NOT_MAPPED.
 *
 * @param[in] s     Machine.
 * @param[in] dev   Device number.
 * @param[in] mask  Address bits that it drives.
 * @param[in] bus   First bus address of its window.
 * @param[in] pa    Physical address behind it.
 * @param[in] size  Bytes; 0: no window, bus addresses are physical.
 */
void sim_device_bus(struct sim *s, int dev, uint64_t mask, uint64_t bus, uint64_t pa,
                    uint64_t size);

/**
 * @brief Add an interrupt that may come at any step where the CPU's mask is open.
 * @param[in] s       Machine.
 * @param[in] cpu     CPU that takes it.
 * @param[in] fn      Handler, run nested on the CPU's stack with interrupts off.
 * @param[in] arg     Its argument.
 * @param[in] budget  Most times per run; 0: only as often as sim_irq_raise() asks.
 * @return Interrupt number.
 */
int sim_irq(struct sim *s, int cpu, void (*fn)(void *), void *arg, int budget);

/**
 * @brief Let an interrupt come where the CPU's mask is closed, too (a fast interrupt, which
 *        dmacoh_port_irq_save() leaves alone): between any two steps, in handlers and with locks
 *        held, but not nested in an urgent handler of the same CPU.
 * @param[in] s    Machine.
 * @param[in] irq  From sim_irq().
 */
void sim_irq_urgent(struct sim *s, int irq);

/**
 * @brief Line operations allowed in one IRQ-off section.
 * @param[in] s      Machine.
 * @param[in] lines  Limit; 0: none (default).
 */
void sim_irqoff_budget(struct sim *s, uint32_t lines);

/**
 * @brief Report device reads of FROM_DEVICE bytes instead of counting them.
 * @param[in] s   Machine.
 * @param[in] on  Strict.
 */
void sim_strict_from(struct sim *s, bool on);

/* ---- results ------------------------------------------------------------------------------- */

/**
 * @brief Search the scene.
 *
 * A search can be replaced from outside: with DMACOH_SIM_REPLAY in the environment, set to the
 * sim_report.script of an earlier failure, the scene of that name plays this script on the concrete
 * engine and prints its timeline; other scenes are searched as ever.
 * @param[in] s     Machine with agents.
 * @param[in] plan  What to search; NULL: set engine, all orders.
 * @return The verdict; sim_report() has the rest.
 */
enum sim_verdict sim_run(struct sim *s, const struct sim_plan *plan);

/**
 * @brief The last sim_run()'s result.
 * @param[in] s  Machine.
 * @return Valid until the next run.
 */
const struct sim_report *sim_report(const struct sim *s);

/**
 * @brief Replay one script on the concrete engine.
 * @param[in] s       Machine.
 * @param[in] script  A sim_report.script.
 * @return SIM_BUG if the bug shows, else SIM_BOUND.
 */
enum sim_verdict sim_replay(struct sim *s, const char *script);

/**
 * @brief Name of a verdict.
 * @param[in] v  Verdict.
 * @return Static text.
 */
const char *sim_verdict_name(enum sim_verdict v);
/**
 * @brief Name of a bug.
 * @param[in] b  Bug.
 * @return Static text.
 */
const char *sim_bug_name(enum sim_bug b);

/* ---- memory without steps: setup, and the test environment ---------------------------------- */

/**
 * @brief Write RAM and its expected value (setup only).
 * @param[in] s   Machine.
 * @param[in] pa  Byte.
 * @param[in] v   Value.
 */
void sim_poke8(struct sim *s, uint64_t pa, uint8_t v);
/**
 * @brief Write a little-endian word (setup only).
 * @param[in] s   Machine.
 * @param[in] pa  Word.
 * @param[in] v   Value.
 */
void sim_poke32(struct sim *s, uint64_t pa, uint32_t v);
/**
 * @brief Last value legally written, whatever caches hold.
 * @param[in] s   Machine.
 * @param[in] pa  Byte.
 * @return Value.
 */
uint8_t sim_truth8(struct sim *s, uint64_t pa);

/**
 * @brief Tell the machine who owns bytes. Not a step; legal in setup and in agents.
 * @param[in] pa     First byte, physical.
 * @param[in] n      Bytes.
 * @param[in] owner  New owner. TO, FROM and BIDI are hand-overs and are checked as such.
 */
void sim_own(uint64_t pa, uint64_t n, enum sim_owner owner);

/**
 * @brief Current owner of a byte.
 * @param[in] pa  Byte.
 * @return Owner.
 */
enum sim_owner sim_owner_of(uint64_t pa);

/**
 * @brief The values of these bytes are undefined until written again.
 * @param[in] pa  First byte.
 * @param[in] n   Bytes.
 */
void sim_forget(uint64_t pa, uint64_t n);

/**
 * @brief Enter a library call on this CPU: maintenance and library accesses are checked against
 *        the ranges of the call (CONFUSED, NEVER_TOUCH). Calls nest, from interrupts too.
 */
void sim_call_begin(void);
/**
 * @brief Add a range to the current call.
 * @param[in] pa  First byte.
 * @param[in] n   Bytes.
 */
void sim_call_range(uint64_t pa, uint64_t n);
/** @brief Leave the innermost call. */
void sim_call_end(void);

/* ---- steps of CPUs -------------------------------------------------------------------------- */

/** @cond private: SIM_SITE needs them */
#define SIM_STR2(x) #x
#define SIM_STR(x)  SIM_STR2(x)
/** @endcond */
/** Where this line is, as "file:line": the macros below pass it to their functions. */
#define SIM_SITE __FILE__ ":" SIM_STR(__LINE__)

/**
 * @brief Step: CPU load of a byte; use sim_load8().
 * @param[in] va    Machine VA.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 * @return The value; the last one written, or the run ends with SIM_STALE_CPU.
 */
uint8_t sim_load8_at(uint32_t va, const char *site);
/**
 * @brief Step: CPU load of a word; use sim_load32().
 * @param[in] va    Machine VA, aligned to 4.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 * @return The value; the last one written, or the run ends with SIM_STALE_CPU.
 */
uint32_t sim_load32_at(uint32_t va, const char *site);
/**
 * @brief Step: CPU store of a byte; use sim_store8().
 * @param[in] va    Machine VA.
 * @param[in] v     Value.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 */
void sim_store8_at(uint32_t va, uint8_t v, const char *site);
/**
 * @brief Step: CPU store of a word; use sim_store32().
 * @param[in] va    Machine VA, aligned to 4.
 * @param[in] v     Value.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 */
void sim_store32_at(uint32_t va, uint32_t v, const char *site);
/** Step: CPU load of the byte at a machine VA. */
#define sim_load8(va) sim_load8_at((uint32_t)(va), SIM_SITE)
/** Step: CPU load of the aligned word at a machine VA. */
#define sim_load32(va) sim_load32_at((uint32_t)(va), SIM_SITE)
/** Step: CPU store of a byte to a machine VA. */
#define sim_store8(va, v) sim_store8_at((uint32_t)(va), (v), SIM_SITE)
/** Step: CPU store of an aligned word to a machine VA. */
#define sim_store32(va, v) sim_store32_at((uint32_t)(va), (v), SIM_SITE)

/**
 * @brief Step: store to a device register (not posted): checks DOORBELL, then *flag += 1.
 * @param[in,out] flag  Byte in sim_alloc() memory, saturates at 255. NULL: check only.
 */
void sim_doorbell(uint8_t *flag);
/**
 * @brief Step: read a register of a device: its posted writes land first. A Device load: an
 *         invalidation needs a DMB or DSB after it.
 * @param[in] dev  Device number.
 */
void sim_dev_reg_read(int dev);
/**
 * @brief Step: outer-cache operation by PA, a posted register store.
 * @param[in] pa  Line.
 */
void sim_outer_clean(uint64_t pa);
/** @copydoc sim_outer_clean */
void sim_outer_inval(uint64_t pa);
/** @copydoc sim_outer_clean */
void sim_outer_clean_inval(uint64_t pa);
/** @brief Step with no effect. */
void sim_nop(void);
/** @brief Body of a polling loop: sleep until another agent or the machine did something. */
void sim_relax(void);
/**
 * @brief Step: sleep until *flag >= v.
 * @param[in] flag  In sim_alloc() memory.
 * @param[in] v     Value.
 */
void sim_wait(const uint8_t *flag, uint8_t v);
/**
 * @brief Step: read a flag.
 * @param[in] flag  From sim_flags().
 * @return Its value.
 */
uint8_t sim_flag_get(const uint8_t *flag);
/**
 * @brief Step: write a flag.
 * @param[out] flag  From sim_flags().
 * @param[in] v     Value.
 */
void sim_flag_set(uint8_t *flag, uint8_t v);
/**
 * @brief Step: sleep until cond(arg).
 * @param[in] cond  Pure.
 * @param[in] arg   Its argument.
 */
void sim_wait_until(bool (*cond)(void *), void *arg);
/**
 * @brief Step: mask this CPU's interrupts.
 * @return Previous state.
 */
uintptr_t sim_irq_save(void);
/**
 * @brief Step: restore the mask.
 * @param[in] state  From sim_irq_save().
 */
void sim_irq_restore(uintptr_t state);
/**
 * @brief Step: make an interrupt pending; it cannot be dropped.
 * @param[in] irq  From sim_irq().
 */
void sim_irq_raise(int irq);
/**
 * @brief CPU of the running agent, or its device number.
 * @return 0 first; 0 in setup.
 */
int sim_self(void);
/**
 * @brief In an interrupt handler?
 * @return true if so.
 */
bool sim_in_irq(void);
/**
 * @brief Interrupts masked on this CPU?
 * @return true if so.
 */
bool sim_irqs_off(void);
/**
 * @brief This CPU's counters so far in this run.
 * @return A copy.
 */
struct sim_counts sim_counts_now(void);
/**
 * @brief Machine of the running agent.
 * @return NULL outside.
 */
struct sim *sim_current(void);

/** Report SIM_EXPECT and end the run unless @p cond holds. */
#define sim_expect(cond) sim_expect_at((cond), #cond, SIM_SITE)
/**
 * @brief What sim_expect() calls. Not a step.
 * @param[in] cond  What must hold.
 * @param[in] what  Its text.
 * @param[in] site  Where it was written.
 */
void sim_expect_at(bool cond, const char *what, const char *site);
/** Step: load the byte at a machine VA; report SIM_EXPECT with the byte's history unless as wanted. */
#define sim_expect8(va, want) sim_expect8_at((uint32_t)(va), (uint8_t)(want), SIM_SITE)
/**
 * @brief What sim_expect8() calls: a value that the last legal writer should not have written.
 * @param[in] va    Machine VA.
 * @param[in] want  What must be there.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 */
void sim_expect8_at(uint32_t va, uint8_t want, const char *site);

/* ---- steps of devices ----------------------------------------------------------------------- */

/**
 * @brief Step: DMA read of a byte; use sim_dev_load().
 * @param[in] pa    Physical (bus) address.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 * @return The value in memory; the last one written, or the run ends with SIM_STALE_DEV.
 */
uint8_t sim_dev_load_at(uint64_t pa, const char *site);
/**
 * @brief Step: DMA read of a word; use sim_dev_load32().
 * @param[in] pa    Physical (bus) address, aligned to 4.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 * @return The value in memory; the last one written, or the run ends with SIM_STALE_DEV.
 */
uint32_t sim_dev_load32_at(uint64_t pa, const char *site);
/**
 * @brief Step: posted DMA write of a byte; use sim_dev_store().
 * @param[in] pa    Physical (bus) address.
 * @param[in] v     Value.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 */
void sim_dev_store_at(uint64_t pa, uint8_t v, const char *site);
/**
 * @brief Step: posted DMA write of a word; use sim_dev_store32().
 * @param[in] pa    Physical (bus) address, aligned to 4.
 * @param[in] v     Value.
 * @param[in] site  Where, for the timeline. Lives as long as the machine.
 */
void sim_dev_store32_at(uint64_t pa, uint32_t v, const char *site);
/** Step: DMA read of the byte at a physical (bus) address. */
#define sim_dev_load(pa) sim_dev_load_at((uint64_t)(pa), SIM_SITE)
/** Step: DMA read of the aligned word at a physical (bus) address. */
#define sim_dev_load32(pa) sim_dev_load32_at((uint64_t)(pa), SIM_SITE)
/** Step: posted DMA write of a byte to a physical (bus) address. */
#define sim_dev_store(pa, v) sim_dev_store_at((uint64_t)(pa), (v), SIM_SITE)
/** Step: posted DMA write of an aligned word to a physical (bus) address. */
#define sim_dev_store32(pa, v) sim_dev_store32_at((uint64_t)(pa), (v), SIM_SITE)
/**
 * @brief Same as sim_wait(), for device programs.
 * @param[in] flag  Byte.
 * @param[in] v     Value.
 */
void sim_dev_wait(const uint8_t *flag, uint8_t v);
/**
 * @brief Step: the device raises a flag (done bit, interrupt line) at once; its posted writes may
 *         still be on their way.
 * @param[out] flag  Incremented, in sim_alloc() memory.
 */
void sim_dev_done(uint8_t *flag);

#ifdef __cplusplus
}
#endif
#endif
