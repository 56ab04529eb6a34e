/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The contract of backend.h for PA-RISC 2.0: the row of pa20_policy.c, and what pa_*.c does with it. */
#include "pa.h"

int dmacoh_pa20_probe(struct dmacoh *c, bool boot_cpu)
{
    /* The port has spoken for all of them. */
    return boot_cpu ? pa_probe(c, pa20_cpu(c->facts.cpu)) : DMACOH_OK;
}

void dmacoh_pa20_op_va(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    pa_op_va(c, op, first, last);
}

void dmacoh_pa20_barrier(const struct dmacoh *c, enum be_bar kind)
{
    (void)c;
    pa_barrier(kind);
}

int dmacoh_pa20_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len, uint32_t attr,
                             uintptr_t va)
{
    return pa_region_check(c, pa, len, attr, va);
}

/* Nothing to do: firmware has initialised the caches of a CPU before any other code runs on it. */
void dmacoh_pa20_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu;
}

/* No outer cache and nothing after a batch: policy has neither bit, so the core never comes here. */
void dmacoh_pa20_op_outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    (void)first;
    (void)last;
}

void dmacoh_pa20_post_batch(const struct dmacoh *c)
{
    (void)c;
}

/* --- no windows, since all memory is mapped: asked for, they are refused, and the rest is not called --- */

int dmacoh_pa20_win_init(struct dmacoh *c)
{
    return c->mmu.win_slots == 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
}

void dmacoh_pa20_win_fini(struct dmacoh *c)
{
    (void)c;
}

void dmacoh_pa20_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    (void)c;
    (void)cpu;
}

uintptr_t dmacoh_pa20_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    (void)c;
    (void)cpu;
    (void)slot;
    return (uintptr_t)pa;
}

void dmacoh_pa20_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    (void)c;
    (void)cpu;
    (void)slot;
}
