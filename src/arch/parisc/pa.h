/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pa.h
 * @brief What the backends pa11 and pa20 share. Private.
 *
 * They differ in their rows and in nothing else: pa11_policy.c and pa20_policy.c.
 */
#ifndef DMACOH_PA_H
#define DMACOH_PA_H

#include "backend.h"

DMACOH_BE_DECLARE(pa11)
DMACOH_BE_DECLARE(pa20)
void dmacoh_pa11_boot_cache_inval(bool boot_cpu);
void dmacoh_pa20_boot_cache_inval(bool boot_cpu);

/*
 * RAM may be mapped uncached (U bit): PA7100LC and PA7300LC, and because no I/O adapter of their systems
 * snoops the caches.
 */
#define PA_P_UNCACHED BE_P_OWN(0)

/* Lines are of this many bytes at least, and at most. */
#define PA_LINE_MIN 16u
#define PA_LINE_MAX 128u

/* be_priv: the boundary that holds on this machine, the row's or the port's. */
enum pa_priv {
    PA_PRIV_BOUNDARY
};

/* A kind of CPU. */
struct pa_cpu {
    uint32_t cpu;      /* DMACOH_PA_* */
    uint32_t line;     /* bytes, of its largest cache line */
    uint32_t boundary; /* least alias boundary that a port may name, bytes */
    struct dmacoh_policy policy;
};

/*
 * op[dir][transition]: BIDIRECTIONAL, TO_DEVICE, FROM_DEVICE; to device, overwrite, to CPU. There is no
 * operation that cleans a line and leaves it. A line can move in whenever anything in its page was
 * touched, so what a device wrote is purged afterwards always.
 */
#define PA_OPS                                                                                     \
    {                                                                                              \
        {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL}, {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP},      \
        {                                                                                          \
            BE_CLEAN_INVAL, BE_INVAL, BE_INVAL                                                     \
        }                                                                                          \
    }
#define PA_FLAGS    (BE_P_SPECULATES | BE_P_INV_MAY_CLEAN | BE_P_ALIASES | BE_P_FACTS)
#define PA_LC_FLAGS (PA_FLAGS | PA_P_UNCACHED | BE_P_MAY_NOT_SNOOP)

/* The row of a CPU, or NULL: this backend does not have it. */
const struct pa_cpu *pa11_cpu(uint32_t cpu);
const struct pa_cpu *pa20_cpu(uint32_t cpu);

/* May both addresses be used for one line? */
bool pa_congruent(const struct dmacoh *c, uintptr_t va, dmacoh_phys_t pa);

/* The contract of backend.h, with the row that the facts name. */
int pa_probe(struct dmacoh *c, const struct pa_cpu *cpu);
void pa_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last);
void pa_barrier(enum be_bar kind);
int pa_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr,
                    uintptr_t va);

#endif
