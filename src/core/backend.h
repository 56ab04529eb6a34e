/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file backend.h
 * @brief The contract between the core and an architecture backend. Private.
 *
 * A target build links one backend and calls it directly (symbol prefix, no indirect call). A build with
 * DMACOH_BACKEND_DYNAMIC calls through the instance's table, so that one program runs several machines.
 * Virtual addresses are uintptr_t: machine addresses, which only a backend's insn layer dereferences.
 * No backend function allocates, sleeps, takes an unlisted lock, or calls the port; but thread-class ones
 * may mask interrupts through it for a page at a time, where registers are the host's as well.
 *
 * The order of inner and outer levels, the barriers between them, chunking and the nesting of windows
 * are the core's, so that no backend can get them wrong.
 */
#ifndef DMACOH_BACKEND_H
#define DMACOH_BACKEND_H

#include "config.h"

#include <dmacoh/instance.h>

/* Cache operations on a line. INVAL may also clean: BE_P_INV_MAY_CLEAN, and no rule may rely on loss. */
enum be_op {
    BE_NOP = 0,
    BE_CLEAN = 1,
    BE_INVAL = 2,
    BE_CLEAN_INVAL = 3
};

/* Transitions of ownership: the columns of the policy table. */
enum be_transition {
    BE_TO_DEVICE = 0, /* map, sync_for_device */
    BE_OVERWRITE = 1, /* the same, and the device writes every byte of whole lines */
    BE_TO_CPU = 2,    /* unmap, sync_for_cpu */
    BE_NTRANSITIONS = 3
};

enum be_bar {
    BE_BAR_WMB,     /* earlier stores to coherent memory before later ones */
    BE_BAR_RMB,     /* the completion that was read before what is read from now on */
    BE_BAR_PUBLISH, /* all stores and cache operations before a later register store */
    BE_BAR_BEGIN, /* before the first cache operation: stores through any address, completion loads */
    BE_BAR_DONE   /* cache operations have reached their point of coherency; also between levels */
};

/*
 * What a CPU kind needs, as const data: the only source of the direction x transition table for code,
 * docs and simulator. op[dir][transition], dir by enum dmacoh_dir.
 */
struct dmacoh_policy {
    const char *name;
    uint8_t op[3][BE_NTRANSITIONS];
    uint32_t flags; /* BE_P_* */
    /* Addresses of one page must agree modulo this to share its lines; 0: they always do. */
    uint32_t alias_boundary; /* bytes, a power of two; BE_ALIAS_EQUAL: equal addresses only */
    uintptr_t va_last; /* last virtual address, also when a 64-bit host runs a 32-bit machine */
};
#define BE_P_SPECULATES    0x001u /* may fill a line of any cacheable mapping at any time */
#define BE_P_OUTER         0x002u /* an outer cache by physical address is present */
#define BE_P_LOCAL_CMO     0x004u /* cache operations are not broadcast: SMP needs CPU_AFFINE */
#define BE_P_TLB_BCAST     0x008u /* TLB invalidation reaches all CPUs in hardware */
#define BE_P_INV_MAY_CLEAN 0x010u /* an invalidation may write a dirty line back */
#define BE_P_POST_BATCH    0x020u /* post_batch() does something */
#define BE_P_TLBI_NEEDS_IPI                                                                        \
    0x040u /* broadcast TLB invalidations do not complete (Cortex-A15 798181) */
/* op_va: no interrupt may split it, so the core masks them, in chunks of at most a page. */
#define BE_P_IRQ_ATOMIC 0x080u
/* op_outer: the same, and under the host's lock of the controller. */
#define BE_P_OUTER_ATOMIC 0x100u
/* The TO_CPU column is right only if nothing prefetches: init demands DMACOH_F_NO_PREFETCH. */
#define BE_P_NO_PREFETCH 0x200u
/* Lines are found by virtual address: through another address of the page (alias_boundary) not at all. */
#define BE_P_ALIASES   0x400u
#define BE_ALIAS_EQUAL 0x80000000u
/*
 * An operation takes the line by storing to it, and a neighbour's store on another CPU may take it away
 * again before it is cleaned: shared lines are bounced in all directions, and never into cached memory.
 */
#define BE_P_LINES_LEAVE 0x800u
/*
 * Masters snoop only what is mapped so (PowerPC: M = 1). probe sets c->no_snoop where the linear map is
 * not, or where this CPU's caches are never snooped; a coherent device is refused then.
 */
#define BE_P_MAY_NOT_SNOOP 0x1000u
/*
 * Never in a row. Memory has a second, uncached address all the time: region_check answers
 * BE_REGION_*, and a region's lines leave the caches again when it is removed.
 */
#define BE_P_UNCACHED_ALIAS 0x2000u
/* The backend needs c->facts: what the port says about a CPU that cannot be asked. */
#define BE_P_FACTS 0x8000u
/* From here on the backend's own bits. */
#define BE_P_OWN(n) (0x10000u << (n))

/*
 * X(be, ret, name, args): the whole contract, once; c first everywhere.
 *
 * probe       Identify the CPU: set policy, line, step, page_shift and be_priv (boot_cpu), or check
 *             another CPU against them. Changes nothing else. Thread.
 * win_init    Make the window tables from c->mmu, set win_phys_last. The ranges are checked. Thread.
 * win_fini    Take the window tables out again. Thread, boot CPU.
 * cpu_down    This CPU leaves: its window slots' TLB entries go. Thread.
 * op_va       One operation on every inner-level line from the line of first to the line of last, which
 *             are the first and last byte that the caller owns. No barrier. Any context;
 *             BE_P_IRQ_ATOMIC: IRQs off, within one page.
 * op_outer    The same on an outer cache by physical address, ends with its own drain. Any context;
 *             BE_P_OUTER_ATOMIC: IRQs off, within one page, under the lock of the controller.
 * barrier     Any context.
 * post_batch  Once in a call that takes memory back from a device, before the first invalidation, if
 *             BE_P_POST_BATCH. Any context.
 * win_map     Map the page of pa, writable and with the linear map's attributes, in this CPU's slot;
 *             returns its VA. The slot is unmapped before. IRQs off.
 * win_unmap   Unmap the slot; no CPU holds a translation of it afterwards, as far as policy says. IRQs off.
 * region_check  Do the live tables map [va, va + len) to pa with the type attr? Thread. With
 *             BE_P_UNCACHED_ALIAS also: BE_REGION_ALIASED or BE_REGION_UNREACHED, and no error.
 */
#define DMACOH_BE_LIST(X, be)                                                                      \
    X(be, int, probe, (struct dmacoh * c, bool boot_cpu))                                          \
    X(be, int, win_init, (struct dmacoh * c))                                                      \
    X(be, void, win_fini, (struct dmacoh * c))                                                     \
    X(be, void, cpu_down, (struct dmacoh * c, uint32_t cpu))                                       \
    X(be, void, op_va, (const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last))   \
    X(be, void, op_outer, (const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last))  \
    X(be, void, barrier, (const struct dmacoh *c, enum be_bar kind))                               \
    X(be, void, post_batch, (const struct dmacoh *c))                                              \
    X(be, uintptr_t, win_map, (struct dmacoh * c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa))  \
    X(be, void, win_unmap, (struct dmacoh * c, uint32_t cpu, uint32_t slot))                       \
    X(be, int, region_check,                                                                       \
      (const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr, uintptr_t va))

/* It is right, and operations through va reach its lines, which a CPU may fetch again at any time. */
#define BE_REGION_ALIASED 1
/* It is right, and no address is known through which operations reach its lines: it must have none. */
#define BE_REGION_UNREACHED 2

#define DMACOH_BE_PROTO(be, ret, name, args) ret dmacoh_##be##_##name args;
#define DMACOH_BE_DECLARE(be)                DMACOH_BE_LIST(DMACOH_BE_PROTO, be)
/* NOLINTNEXTLINE(bugprone-macro-parentheses): ret and name are a type and a member, no expressions */
#define DMACOH_BE_MEMBER(be, ret, name, args) ret(*name) args;

/* A backend as a table. Target builds never make one. */
struct dmacoh_backend_ops {
    const char *name;
    DMACOH_BE_LIST(DMACOH_BE_MEMBER, unused)
};

/* NOLINTBEGIN(readability-identifier-naming): the backend's name is pasted to them, as it is */
/* Flags of some rows of a backend; a target build leaves out what none of its rows can ask for. */
#define BE_FLAGS_armv5  (BE_P_LOCAL_CMO | BE_P_IRQ_ATOMIC | BE_P_ALIASES)
#define BE_FLAGS_armv6  (BE_P_LOCAL_CMO | BE_P_NO_PREFETCH | BE_P_ALIASES | BE_P_LINES_LEAVE)
#define BE_FLAGS_armv7a BE_P_OUTER_ATOMIC
#define BE_FLAGS_armv7m BE_P_LOCAL_CMO
#define BE_FLAGS_mips32 (BE_P_POST_BATCH | BE_P_UNCACHED_ALIAS | BE_P_FACTS)
#define BE_FLAGS_e500   BE_P_MAY_NOT_SNOOP
#define BE_FLAGS_ppc44x (BE_P_LOCAL_CMO | BE_P_MAY_NOT_SNOOP | BE_P_UNCACHED_ALIAS)
#define BE_FLAGS_ppc6xx (BE_P_LOCAL_CMO | BE_P_MAY_NOT_SNOOP)
#define BE_FLAGS_ppc8xx (BE_P_LOCAL_CMO | BE_P_MAY_NOT_SNOOP)
#define BE_FLAGS_pa11   (BE_P_ALIASES | BE_P_FACTS | BE_P_MAY_NOT_SNOOP)
#define BE_FLAGS_pa20   (BE_P_ALIASES | BE_P_FACTS)
/*
 * Most pages of one window slot: as many as the caches of the backend's rows have colours, or as many as
 * there are entries in a cache line, where each slot needs one to itself, or as the smallest BAT maps.
 */
#define BE_COLOURS_armv5  1u
#define BE_COLOURS_armv6  8u
#define BE_COLOURS_armv7a 1u
#define BE_COLOURS_armv7m 1u
#define BE_COLOURS_mips32 8u
#define BE_COLOURS_e500   1u
#define BE_COLOURS_ppc44x 1u
#define BE_COLOURS_ppc6xx 32u
#define BE_COLOURS_ppc8xx 1u
#define BE_COLOURS_pa11   1u
#define BE_COLOURS_pa20   1u
/* NOLINTEND(readability-identifier-naming): as above */

#if DMACOH_BACKEND_DYNAMIC
#define BE(c, op)    ((c)->be->op)
#define BE_MAY(flag) true
#define BE_COLOURS   32u
extern const struct dmacoh_backend_ops dmacoh_be_armv5;
extern const struct dmacoh_backend_ops dmacoh_be_armv6;
extern const struct dmacoh_backend_ops dmacoh_be_armv7a;
extern const struct dmacoh_backend_ops dmacoh_be_armv7m;
extern const struct dmacoh_backend_ops dmacoh_be_mips32;
extern const struct dmacoh_backend_ops dmacoh_be_e500;
extern const struct dmacoh_backend_ops dmacoh_be_ppc44x;
extern const struct dmacoh_backend_ops dmacoh_be_ppc6xx;
extern const struct dmacoh_backend_ops dmacoh_be_ppc8xx;
extern const struct dmacoh_backend_ops dmacoh_be_pa11;
extern const struct dmacoh_backend_ops dmacoh_be_pa20;
#elif defined(DMACOH_BACKEND)
#define BE_SYM2(be, op) dmacoh_##be##_##op
#define BE_SYM(be, op)  BE_SYM2(be, op)
#define BE(c, op)       BE_SYM(DMACOH_BACKEND, op)
#define BE_FLAGS2(be)   BE_FLAGS_##be
#define BE_FLAGS(be)    BE_FLAGS2(be)
#define BE_MAY(flag)    ((BE_FLAGS(DMACOH_BACKEND) & (flag)) != 0)
#define BE_COLOURS2(be) BE_COLOURS_##be
#define BE_COLOURS3(be) BE_COLOURS2(be)
#define BE_COLOURS      BE_COLOURS3(DMACOH_BACKEND)
#define BE_DECLARE2(be) DMACOH_BE_DECLARE(be)
#define BE_DECLARE(be)  BE_DECLARE2(be)
BE_DECLARE(DMACOH_BACKEND)
#else
#error "Define DMACOH_BACKEND (armv7a, mips32, ..., see dmacoh.cmake) or DMACOH_BACKEND_DYNAMIC=1"
#endif

#endif
