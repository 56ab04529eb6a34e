/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file transparent.h
 * @brief Transparent mode: run a driver with plain pointers on the host, against an adversary.
 *
 * The driver under test is the driver that ships: it dereferences pointers, calls dmacoh_map_single()
 * and rings doorbells. The test gives it memory from here, a device made of callbacks, and runs it
 * many times with sim_transparent(). In each run a seeded adversary fills, writes back and evicts
 * cache lines, holds back uncached stores and the device's writes, steps the device and delivers
 * interrupts: at each library call, each register access, each access that traps. Two speeds:
 * ::SIM_FAST traps only what the device owns and uncached memory, ::SIM_TRAP each single access.
 *
 * The rules that are checked are the library's: who owns a byte follows from the dmacoh_* calls that
 * the driver makes, without its help. A breach ends the run; the report has the driver's file:line,
 * what happened, what to do, and the seed that shows it again. docs/driver-test.md is the guide and
 * has the list of what this mode cannot see.
 *
 * One machine, one CPU, one thread at a time. The MMU is not modelled: virtual addresses are host
 * pointers (below 4 GiB, as the backend is a 32-bit one), dmacoh_mmu is all zero, no windows. The
 * functions named sim_host_* and sim_mmio_* may only be called while sim_transparent() runs the test.
 *
 * Two functions of sim.h work here as well: sim_relax(), a step with nothing else, belongs into loops
 * that wait for plain memory (a driver's cpu_relax(), udelay() or wfi()); sim_expect() is for what only
 * the test knows, as the right contents of a packet. In a callback of a device it returns, and the run
 * ends with the callback.
 */
#ifndef DMACOH_SIM_TRANSPARENT_H
#define DMACOH_SIM_TRANSPARENT_H

#include <dmacoh-sim/sim.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What traps. */
enum sim_speed {
    SIM_FAST, /**< only pages with bytes of a device, and uncached memory */
    SIM_TRAP  /**< each access of the driver to memory of the simulator */
};

/** @brief How to run a test. All-zero members take the defaults in brackets. */
struct sim_transparent_plan {
    const struct sim_model *model; /**< an ARMv7-A CPU: lines, ID registers [cortex-a15-r4] */
    enum sim_speed speed;          /**< [SIM_FAST] */
    uint64_t seed;                 /**< of the first run; run i has seed + i [1] */
    uint32_t runs;                 /**< [100] */
    uint32_t cached_bytes;         /**< of sim_host_cached(), rounded up to pages [256 KiB] */
    uint32_t uncached_bytes;       /**< of sim_host_uncached(), rounded up to pages [64 KiB] */
    uint32_t max_steps;            /**< of one run until ::SIM_LIVELOCK [300000] */
};

/** @brief What sim_transparent() found. */
struct sim_transparent_report {
    enum sim_verdict verdict; /**< what sim_transparent() returned */
    enum sim_bug bug;         /**< ::SIM_OK unless ::SIM_BUG */
    uint64_t seed;            /**< of the failing run, else of the last one */
    uint32_t runs;            /**< begun */
    uint32_t live_maps;       /**< mappings that the last run left behind: dmacoh_unmap() missing */
    uint32_t early_reads;     /**< device reads of ::DMACOH_FROM_DEVICE bytes: legal, and useless */
    uint64_t steps;           /**< of all runs: where the adversary could act */
    uint64_t traps;           /**< of all runs: accesses that trapped */
    char site[96];            /**< where in the driver, "nic.c:42" */
    char origin[96];          /**< the other place: an earlier call, or where it was seen; or "" */
    char message[256];        /**< what is wrong */
    char advice[256];         /**< what to do */
    char text[1024];          /**< all of it, with the replay line; or why there is no verdict */
};

/** @brief Memory that the test may use. */
struct sim_host_ram {
    uint64_t phys; /**< what to tell the library: dmacoh_mem.phys, dmacoh_region_cfg.phys */
    uint32_t size; /**< bytes */
    void *va;      /**< page aligned, below 4 GiB */
};

/** A simulated device. Opaque; lives until the run ends. */
struct sim_host_device;

/** @brief A device as callbacks. They run on the driver's stack, while the driver stands still. */
struct sim_host_device_cfg {
    const char *name; /**< for reports; kept by reference */
    void *ctx;        /**< first argument of the callbacks */
    /** Value of the 32-bit register at a byte offset; NULL: all read as 0. */
    uint32_t (*reg_read)(void *ctx, uint32_t offset);
    /** A store to a 32-bit register; NULL: ignored. */
    void (*reg_write)(void *ctx, uint32_t offset, uint32_t value);
    /** Called at random steps: what the device does on its own. NULL: nothing. */
    void (*step)(void *ctx);
    /**
     * Does a store to this register make the device look at memory? Only then must all earlier
     * stores and cache operations be complete (::SIM_DOORBELL). NULL: each register does.
     */
    bool (*doorbell)(void *ctx, uint32_t offset);
    uint32_t reg_size; /**< bytes of registers, rounded up to pages */
    uint64_t bus;      /**< bus window: its first bus address */
    uint64_t bus_phys; /**< physical address behind it */
    uint64_t bus_size; /**< bytes; 0: bus addresses are physical addresses */
    bool snoops;       /**< sees the CPU's caches (what ::DMACOH_DEV_COHERENT claims) */
    bool irq_ordered; /**< its interrupt stays behind its writes (MSI), else it may overtake them */
};

/**
 * @brief Can this host run tests at a speed?
 * @param[in] speed  The speed.
 * @return true for ::SIM_FAST; ::SIM_TRAP single-steps the driver, on Linux for x86-64 only.
 *         Where it cannot, ::SIM_FAST also traps less: see docs/driver-test.md.
 * @par Context
 * Any.
 * @par Cost
 * Constant.
 * @par Source
 * docs/driver-test.md.
 */
bool sim_speed_supported(enum sim_speed speed);

/**
 * @brief Run a test of a driver many times, each time with another seed.
 *
 * Each run starts with all memory zero, no devices, and interrupts on. @p test sets the library up
 * with dmacoh_init(), adds its devices, and drives the driver. A run that breaks a rule ends where it
 * stands: @p test does not return and nothing of it is cleaned up, and no further run is made.
 *
 * With DMACOH_SIM_SEED=n in the environment, one run with seed n is made whatever the plan says.
 *
 * @param[in]  plan    How; NULL: all defaults.
 * @param[in]  test    The test.
 * @param[in]  arg     Its argument.
 * @param[out] report  What was found; may be NULL.
 * @retval SIM_BUG       A rule was broken.
 * @retval SIM_BOUND     All runs ended by themselves and broke no rule. Never a proof.
 * @retval SIM_OVERFLOW  Nothing was run: the speed is not supported here, or memory is missing.
 *         sim_transparent_report.text says which.
 * @par Context
 * The main program, outside scenes of sim_run(). Takes SIGSEGV and SIGTRAP, and gives them back.
 * @par Cost
 * Linear in what traps: 10 to 25 us each, sim_transparent_report.traps counts them.
 * @par Source
 * docs/driver-test.md.
 */
enum sim_verdict sim_transparent(const struct sim_transparent_plan *plan, void (*test)(void *),
                                 void *arg, struct sim_transparent_report *report);

/**
 * @brief The cacheable RAM: one DMACOH_RAM_LINEAR entry of the memory map.
 * @return Where it is. Its contents are zero at the start of a run.
 * @par Context
 * In a test.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
struct sim_host_ram sim_host_cached(void);

/**
 * @brief The uncached RAM: for dmacoh_pool_add_region(), ::DMACOH_MEM_UNCACHED or ::DMACOH_MEM_WC.
 * @return Where it is. It is in no memory map.
 * @par Context
 * In a test.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
struct sim_host_ram sim_host_uncached(void);

/**
 * @brief Take a piece of the cacheable RAM, for buffers that are mapped.
 *
 * Memory from malloc(), the stack or static storage is not in the memory map: dmacoh_map_single() of
 * it answers ::DMACOH_E_NOMAP.
 *
 * @param[in] size   Bytes.
 * @param[in] align  Power of two; 0: 8.
 * @return The memory, zero, the driver's until the run ends; NULL if no more is left.
 * @par Context
 * In a test.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
void *sim_host_alloc(size_t size, size_t align);

/**
 * @brief Physical address of RAM.
 * @param[in] va  A pointer into sim_host_cached() or sim_host_uncached().
 * @return The address; ~0 for any other pointer.
 * @par Context
 * In a test.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
uint64_t sim_host_phys(const void *va);

/**
 * @brief Add a device.
 * @param[in] cfg  The device; copied.
 * @return The device; NULL if four exist, or its registers found no room.
 * @par Context
 * In a test.
 * @par Cost
 * A system call.
 * @par Source
 * This header.
 */
struct sim_host_device *sim_host_device(const struct sim_host_device_cfg *cfg);

/**
 * @brief Where the driver finds the registers of a device.
 *
 * The address is for sim_mmio_read32() and sim_mmio_write32(). Where ::SIM_TRAP is supported, a
 * driver may dereference it as well: aligned 32-bit loads and stores.
 *
 * @param[in] dev  The device.
 * @return Address of register 0; 0 for a device without registers.
 * @par Context
 * In a test.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
uintptr_t sim_host_regs(const struct sim_host_device *dev);

/**
 * @brief Step: load of a device register: map the driver's readl() to it.
 *
 * The device's writes to memory land before it returns.
 *
 * @param[in] addr  sim_host_regs() + a multiple of 4.
 * @return What sim_host_device_cfg.reg_read gives.
 * @par Context
 * The driver, in any context.
 * @par Cost
 * One step.
 * @par Source
 * This header.
 */
uint32_t sim_mmio_read32(uintptr_t addr);

/**
 * @brief Step: store to a device register: map the driver's writel() to it.
 *
 * Reports ::SIM_DOORBELL if the register is a doorbell and stores to uncached memory or cache
 * operations are outstanding.
 *
 * @param[in] addr   sim_host_regs() + a multiple of 4.
 * @param[in] value  Given to sim_host_device_cfg.reg_write.
 * @par Context
 * The driver, in any context.
 * @par Cost
 * One step.
 * @par Source
 * [ARM-DSB].
 */
void sim_mmio_write32(uintptr_t addr, uint32_t value);

/**
 * @brief The device reads memory.
 *
 * @param[in]  dev  The device.
 * @param[in]  bus  First byte, as the device sees it.
 * @param[out] dst  Where to; zeros if a rule was broken.
 * @param[in]  n    Bytes.
 * @retval true   Done.
 * @retval false  A rule was broken (::SIM_STALE_DEV, ::SIM_NOT_MAPPED, ::SIM_DEV_TOO_EARLY): return
 *                from the callback, the run ends then.
 * @par Context
 * A callback of the device.
 * @par Cost
 * Linear; its own earlier writes land first.
 * @par Source
 * This header.
 */
bool sim_host_dma_read(struct sim_host_device *dev, uint64_t bus, void *dst, size_t n);

/**
 * @brief The device writes memory.
 *
 * The write is posted: it lands at a later step, in order with the device's other writes; at the
 * latest when the driver reads a register of the device, or when the device reads memory.
 *
 * @param[in] dev  The device.
 * @param[in] bus  First byte, as the device sees it.
 * @param[in] src  The data.
 * @param[in] n    Bytes.
 * @retval true   Posted.
 * @retval false  A rule was broken (::SIM_DIRECTION, ::SIM_NOT_MAPPED, ::SIM_DEV_TOO_EARLY).
 * @par Context
 * A callback of the device.
 * @par Cost
 * Linear.
 * @par Source
 * This header.
 */
bool sim_host_dma_write(struct sim_host_device *dev, uint64_t bus, const void *src, size_t n);

/**
 * @brief Attach an interrupt handler.
 * @param[in] fn   Handler: runs nested in the driver, with interrupts masked.
 * @param[in] arg  Its argument.
 * @return Number of the interrupt; -1 if four exist.
 * @par Context
 * In a test.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
int sim_host_irq(void (*fn)(void *), void *arg);

/**
 * @brief The device raises an interrupt: pending until it is delivered, at a later step at which
 *        interrupts are on. Mask them with dmacoh_port_irq_save().
 * @param[in] dev  The device; with sim_host_device_cfg.irq_ordered its writes land first.
 * @param[in] irq  From sim_host_irq().
 * @par Context
 * A callback of the device.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
void sim_host_raise(struct sim_host_device *dev, int irq);

/**
 * @brief A random number of the run: device models use it to choose what they do.
 * @param[in] n  Not 0.
 * @return 0 .. n - 1; the same for the same seed.
 * @par Context
 * In a test and in callbacks.
 * @par Cost
 * Constant.
 * @par Source
 * This header.
 */
uint32_t sim_host_random(uint32_t n);

#ifdef __cplusplus
}
#endif
#endif
