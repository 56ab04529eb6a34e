/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* What kind of machine a model is: its backend, its addresses, and what the suite cannot do on it. */
#include "backend.h"
#include "insn/sim_insn.h"
#include "sim_place.h"

#include <dmacoh/parisc.h>

#include <string.h>

#define CP0_WIRED 6u

static const struct sim_model *model(void)
{
    return sim_model_of(env_machine);
}

bool env_translates(const struct sim_model *m)
{
    return m->tables != SIM_TABLES_MPU;
}

bool env_has_tables(const struct sim_model *m)
{
    return env_translates(m) && m->tables != SIM_TABLES_SOFT;
}

static bool is_parisc(const struct sim_model *m)
{
    return m->isa == SIM_ISA_PA11 || m->isa == SIM_ISA_PA20;
}

static bool is_mips(const struct sim_model *m)
{
    return m->isa == SIM_ISA_MIPS32;
}

static bool is_ppc(const struct sim_model *m)
{
    return m->isa == SIM_ISA_PPC44X || m->isa == SIM_ISA_E500 || m->isa == SIM_ISA_PPC6XX ||
           m->isa == SIM_ISA_PPC8XX;
}

/* PA-RISC: an address that is equal is congruent, whatever the boundary is. */
static bool equal_addresses(const struct sim_model *m)
{
    return !env_translates(m) || is_parisc(m);
}

/* MIPS: memory has a cached address and an uncached one, in segments. */
uint32_t env_linear_va(void)
{
    if (is_mips(model())) {
        return KSEG0_VA;
    }
    return equal_addresses(model()) ? 0 : LINEAR_VA;
}

uint32_t env_stolen_va(void)
{
    if (is_mips(model())) {
        return KSEG1_VA + STOLEN_PA;
    }
    return equal_addresses(model()) ? STOLEN_PA : STOLEN_VA;
}

uint32_t env_high_va(void)
{
    return is_mips(model()) ? KSEG0_VA + HIGH_PA : HIGH_VA;
}

uint16_t env_stolen_method(void)
{
    return is_mips(model()) ? DMACOH_M_ALIAS : DMACOH_M_STOLEN;
}

/* R10000: not where there is a cached address, too, and here all memory has one. */
static bool no_uncached(const struct sim_model *m)
{
    return m->no_uncached_ram || m->outer_op_inner;
}

bool env_uncached(void)
{
    return !no_uncached(model());
}

bool env_segments(void)
{
    if (!is_mips(model())) {
        return false;
    }
    sim_insn_mips_mtc0(CP0_WIRED, 0, env_entry_first() + SLOTS);
    return true;
}

bool env_line_is_fixed(const struct sim_model *m)
{
    return m->outer_id != 0 || is_parisc(m) || is_ppc(m) || m->outer_op_inner;
}

/* --- what a PA-RISC port tells --- */

struct dmacoh_cpu_facts env_facts(void)
{
    static const struct {
        const char *model;
        uint32_t cpu;
    } cpus[] = {
        {"pa7100lc", DMACOH_PA_7100LC},
        {"pa7300lc", DMACOH_PA_7300LC},
        {"pa8700", DMACOH_PA_8700},
        {"pa8800", DMACOH_PA_8800},
    };
    struct dmacoh_cpu_facts facts = {.line = model()->line};

    for (uint32_t i = 0; i < sizeof cpus / sizeof cpus[0]; i++) {
        if (strcmp(cpus[i].model, model()->name) == 0) {
            facts.cpu = cpus[i].cpu;
        }
    }
    return facts;
}

static int page_query(void *ctx, uintptr_t va, dmacoh_phys_t *phys, uint32_t *attr)
{
    (void)ctx;
    if (va >= STOLEN_PA + 0x100000u) {
        return -1;
    }
    *phys = va;
    *attr = va < STOLEN_PA ? DMACOH_MEM_CACHED : DMACOH_MEM_UNCACHED;
    return 0;
}

const struct dmacoh_port_ops *env_port_ops(void)
{
    static const struct dmacoh_port_ops parisc = {.page_query = page_query};

    return is_parisc(model()) ? &parisc : NULL;
}

/* --- PowerPC --- */

/* A window is a BAT, and shows a block. */
static bool has_bats(const struct sim_model *m)
{
    return m->isa == SIM_ISA_PPC6XX;
}

uint32_t env_high_size(void)
{
    return has_bats(model()) ? BAT_BLOCK : HIGH_SIZE;
}

/* The host's mappings are the first entries. 405, 476 and 8xx have no windows. */
uint32_t env_entry_first(void)
{
    return has_bats(model()) ? 1u : 8u;
}

static bool ppc_windows(const struct sim_model *m)
{
    return m->isa != SIM_ISA_PPC8XX && strcmp(m->name, "ppc405") != 0 &&
           strcmp(m->name, "ppc476") != 0;
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
    return env_translates(m) && m->isa != SIM_ISA_V5 && !is_parisc(m) &&
           (!is_ppc(m) || ppc_windows(m));
}

uint32_t env_slots(void)
{
    if (!has_windows(model())) {
        return 0;
    }
    return (env_case->needs & ENV_NEED_FAST) != 0 ? 1u : SLOTS;
}

/* A page of each colour; or a block. MIPS: as many as any of its caches has colours. */
uint32_t env_slot_used(void)
{
    if (is_mips(model())) {
        return 8u * PAGE;
    }
    if (has_bats(model())) {
        return BAT_BLOCK;
    }
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
    case SIM_ISA_E500:
        return &dmacoh_be_e500;
    case SIM_ISA_PPC44X:
        return &dmacoh_be_ppc44x;
    case SIM_ISA_PPC6XX:
        return &dmacoh_be_ppc6xx;
    case SIM_ISA_PPC8XX:
        return &dmacoh_be_ppc8xx;
    case SIM_ISA_PA11:
        return &dmacoh_be_pa11;
    case SIM_ISA_PA20:
        return &dmacoh_be_pa20;
    case SIM_ISA_MIPS32:
        return &dmacoh_be_mips32;
    default:
        return &dmacoh_be_armv7a;
    }
}

static bool nothing_prefetches(const struct sim_model *m)
{
    return m->no_speculation && !m->prefetch;
}

uint32_t env_instance_flags(void)
{
    if (is_mips(model())) {
        return DMACOH_F_NO_SPEC_STORES | (nothing_prefetches(model()) ? DMACOH_F_NO_PREFETCH : 0);
    }
    return owns_lines(model()) ? DMACOH_F_NO_PREFETCH : 0;
}

/* Lines that another address left behind are the host's to clean there; here nobody used the memory. */
uint32_t env_region_flags(void)
{
    return aliases(model()) && !is_mips(model()) ? DMACOH_REGION_CLEAN : 0;
}

uint32_t env_sim_lacks(const struct sim_model *m)
{
    uint32_t lacks = 0;

    lacks |= m->ncpu < 2 ? ENV_NEED_CPU2 | ENV_NEED_SNOOP : 0u;
    lacks |= m->l2 && !is_mips(m) && (m->outer_id == 0 || !DMACOH_WITH_OUTER) ? ENV_NEED_INNER : 0u;
    lacks |= has_windows(m) ? 0u : ENV_NEED_HIGH;
    /* No line is dropped without a clean: with a second level, or if nothing is done afterwards. */
    lacks |= is_mips(m) && (m->l2 || nothing_prefetches(m)) ? ENV_NEED_DIRTY : 0u;
    lacks |= m->write_through ? ENV_NEED_DIRTY : 0u;
    lacks |= owns_lines(m) ? ENV_NEED_CACHED : 0u;
    lacks |= no_uncached(m) ? ENV_NEED_COHERENT : 0u;
    /* The suite's own retyping is by page tables, a TLB broadcast, and lines found by any address. */
    lacks |= m->tlbi_is_broken || m->isa != SIM_ISA_V7A ? ENV_NEED_RETYPE : 0u;
    return lacks;
}
