/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Making translation tables: setup time, whatever their format. */
#include <stdio.h>
#include <stdlib.h>

#include "tables.h"

/* Device-nGnRE, Normal-NC, write-back, write-through: SIM_MAIR_* */
#define MAIR0 0xbbff4404u

static void refuse(const char *what)
{
    (void)fprintf(stderr, "dmacoh-sim: %s\n", what);
    abort();
}

void sim_ttbr(struct sim *s, uint64_t pa)
{
    if (has_no_walker(s)) {
        refuse("sim_ttbr: the model has no tables");
    }
    s->ttbr = pa & ~(table_format(s)->align - 1u);
    if (s->m.tables == SIM_TABLES_SHORT) {
        s->ttbr |= s->m.ttbr_flags;
    }
    s->mair[0] = MAIR0;
    s->mmu = true;
}

void sim_table_pool(struct sim *s, uint64_t pa, uint64_t n)
{
    s->tables.pa = pa;
    s->tables.n = n;
    s->tables.used = 0;
}

/* A page of zeros: the setup starts with cleared memory. */
uint64_t table_pool_take(struct sim *s)
{
    const uint64_t pa = s->tables.pa + s->tables.used;

    if (s->tables.n - s->tables.used < 4096u) {
        refuse("the memory of sim_table_pool() is used up, or there is none");
    }
    s->tables.used += 4096u;
    return pa;
}

/* Before a run's setup: what it takes from the pool is free again. */
void table_prepare(struct sim *s)
{
    mpu_prepare(s, !s->tables.configured);
    soft_prepare(s, !s->tables.configured);
    if (!s->tables.configured) {
        s->tables.configured = true;
        s->tables.used_config = s->tables.used;
    }
    s->tables.used = s->tables.used_config;
}

void table_poke(struct sim *s, uint64_t pa, uint64_t word)
{
    sim_poke32(s, pa, (uint32_t)word);
    if (table_word_bytes(s) == 8) {
        sim_poke32(s, pa + 4, (uint32_t)(word >> 32));
    }
}

static const struct table_format *format(const struct sim *s)
{
    if (has_no_walker(s)) {
        refuse("this needs a model with tables; an MPU has sim_mpu_region()");
    }
    return table_format(s);
}

static uint8_t soft_attr(enum sim_memtype type)
{
    switch (type) {
    case SIM_MEM_CACHED:
        return ATTR_CACHED | ATTR_SHARED;
    case SIM_MEM_UNCACHED:
        return ATTR_UNCACHED;
    case SIM_MEM_WRITE_THROUGH:
        return ATTR_CACHED | ATTR_WT | ATTR_SHARED;
    case SIM_MEM_GUARDED:
        return ATTR_CACHED | ATTR_GUARDED | ATTR_SHARED;
    case SIM_MEM_LOCAL:
        return ATTR_CACHED;
    case SIM_MEM_DEVICE:
    default:
        return ATTR_DEVICE;
    }
}

void sim_map_sections(struct sim *s, uint32_t va, uint64_t pa, uint32_t mib, enum sim_memtype type)
{
    if (has_soft_tlb(s)) {
        soft_map(s, va, pa, (uint64_t)mib << 20, soft_attr(type));
        return;
    }
    format(s)->map_sections(s, va, pa, mib, type);
}

void sim_map_table(struct sim *s, uint32_t va, uint64_t table_pa)
{
    format(s)->link(s, va, table_pa);
}

uint64_t sim_page_entry(const struct sim *s, uint64_t pa, enum sim_memtype type)
{
    return format(s)->page(s, pa, type);
}

void sim_map_page(struct sim *s, uint32_t va, uint64_t pa, enum sim_memtype type)
{
    struct xlat x = {0};

    if (has_soft_tlb(s)) {
        soft_map(s, va & ~0xfffu, pa & ~(uint64_t)0xfff, 4096, soft_attr(type));
        return;
    }
    (void)format(s);
    (void)table_decode(s, 0, va, table_plain_word, &x);
    if (x.shift != 12) {
        refuse("sim_map_page: no last-level table for this VA");
    }
    table_poke(s, x.w[x.n - 1], sim_page_entry(s, pa, type));
    (void)table_watch(s, va, -1);
}
