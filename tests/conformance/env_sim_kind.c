/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* What kind of machine a model is: its backend, its addresses, and what the suite cannot do on it. */
#include "backend.h"
#include "sim_place.h"

static const struct sim_model *model(void)
{
    return sim_model_of(env_machine);
}

bool env_translates(const struct sim_model *m)
{
    return m->tables != SIM_TABLES_MPU;
}

uint32_t env_linear_va(void)
{
    return env_translates(model()) ? LINEAR_VA : 0;
}

uint32_t env_stolen_va(void)
{
    return env_translates(model()) ? STOLEN_VA : STOLEN_PA;
}

/* Caches that find lines by virtual address. */
static bool aliases(const struct sim_model *m)
{
    return m->l1 == SIM_L1_VIVT || (m->l1 == SIM_L1_VIPT && m->alias_boundary > PAGE);
}

/* ARM11 MPCore with several CPUs: what is done before the transfer is all there is. */
static bool owns_lines(const struct sim_model *m)
{
    return m->isa == SIM_ISA_V6 && m->ncpu > 1;
}

bool env_lines_leave(void)
{
    return owns_lines(model());
}

static bool has_windows(const struct sim_model *m)
{
    return env_translates(m) && m->isa != SIM_ISA_V5;
}

uint32_t env_slots(void)
{
    if (!has_windows(model())) {
        return 0;
    }
    return (env_case->needs & ENV_NEED_FAST) != 0 ? 1u : SLOTS;
}

/* A page of each colour. */
uint32_t env_slot_used(void)
{
    return aliases(model()) ? model()->alias_boundary : PAGE;
}

/* As many pages as there are entries in a cache line, where each slot has a line to itself. */
uint32_t env_slot_bytes(void)
{
    return owns_lines(model()) ? 8u * PAGE : env_slot_used();
}

const struct dmacoh_backend_ops *env_backend(void)
{
    switch (model()->isa) {
    case SIM_ISA_V5:
        return &dmacoh_be_armv5;
    case SIM_ISA_V6:
        return &dmacoh_be_armv6;
    case SIM_ISA_V7M:
        return &dmacoh_be_armv7m;
    default:
        return &dmacoh_be_armv7a;
    }
}

uint32_t env_instance_flags(void)
{
    return owns_lines(model()) ? DMACOH_F_NO_PREFETCH : 0;
}

/* Lines that another address left behind are the host's to clean there; here nobody used the memory. */
uint32_t env_region_flags(void)
{
    return aliases(model()) ? DMACOH_REGION_CLEAN : 0;
}

uint32_t env_sim_lacks(const struct sim_model *m)
{
    uint32_t lacks = 0;

    lacks |= m->ncpu < 2 ? ENV_NEED_CPU2 | ENV_NEED_SNOOP : 0u;
    lacks |= m->l2 && (m->outer_id == 0 || !DMACOH_WITH_OUTER) ? ENV_NEED_INNER : 0u;
    lacks |= has_windows(m) ? 0u : ENV_NEED_HIGH;
    lacks |= m->write_through ? ENV_NEED_DIRTY : 0u;
    lacks |= owns_lines(m) ? ENV_NEED_CACHED : 0u;
    /* The suite's own retyping is by page tables, a TLB broadcast, and lines found by any address. */
    lacks |= m->tlbi_is_broken || m->isa != SIM_ISA_V7A ? ENV_NEED_RETYPE : 0u;
    return lacks;
}
