/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set-up of a scene: translation tables, the library with its pools and device, memory. */
#include <stdio.h>
#include <stdlib.h>

#include "insn/armv7a_insn.h"
#include "sim_place.h"

static struct dmacoh_mem memory_map[] = {
    {0, LINEAR_SIZE, LINEAR_VA, DMACOH_RAM_LINEAR},
    {HIGH_PA, HIGH_SIZE, 0, DMACOH_RAM_HIGH},
};
static const struct dmacoh_window bus_windows[] = {{0, BUS_OFFSET, 0x20000000u}};

static uint32_t log2_of(uint32_t n)
{
    uint32_t r = 0;

    for (; n > 1u; n >>= 1) {
        r++;
    }
    return r;
}

/* Granule of pools whose memory is handed out in lines. */
uint32_t env_line_shift(void)
{
    return log2_of(sim_model_of(env_machine)->granule);
}

/* ---- a page with a past ---- */

static bool cached_walks(void)
{
    return (sim_model_of(env_machine)->ttbr_flags & 0x41u) != 0;
}

/* One store of what the format calls an entry, seen by every walk after the next DSB and ISB. */
static void put_entry(uint64_t word)
{
    const uint32_t entry = LINEAR_VA + OLD_TABLE;

    if (sim_model_of(env_machine)->tables == SIM_TABLES_LPAE) {
        insn_store64(entry, word);
    } else {
        sim_store32(entry, (uint32_t)word);
    }
    if (!cached_walks()) {
        insn_dccmvac(entry);
    }
}

/* What a loader did before: break, TLB, make; its cached store is still on its way. */
static void retype_old_page(void)
{
    sim_store8(OLD_VA, 0x5au);
    put_entry(0);
    insn_dsb();
    insn_tlbimvaais(OLD_VA);
    insn_dsb();
    insn_isb();
    put_entry(sim_page_entry(env_machine, OLD_PA, SIM_MEM_UNCACHED));
    insn_dsb();
    insn_isb();
}

int env_add_old_page(uint32_t region_flags)
{
    const struct dmacoh_region_cfg cfg = {
        .phys = OLD_PA,
        .size = OLD_SIZE,
        .va = OLD_VA,
        .attr = DMACOH_MEM_UNCACHED,
        .method = DMACOH_M_STOLEN,
        .granule_shift = env_line_shift(),
        .flags = region_flags,
        .meta = env_coherent_meta,
        .meta_size = DMACOH_REGION_META(COHERENT_SIZE, env_line_shift()),
    };

    retype_old_page();
    sim_own(OLD_PA, OLD_SIZE, SIM_OWN_LIB);
    sim_forget(OLD_PA, OLD_SIZE);
    sim_call_begin();
    env_sim_pool_ranges();
    const int rc = dmacoh_pool_add_region(&env_place->coherent, &env_place->region[0], &cfg);

    sim_call_end();
    return rc;
}

void env_sim_pool_ranges(void)
{
    sim_call_range(COHERENT_PA, COHERENT_SIZE);
    sim_call_range(OLD_PA, OLD_SIZE);
    sim_call_range(env_bounce_pa, env_bounce_size);
}

static void flush_posted(void *ctx)
{
    (void)ctx;
    sim_dev_reg_read(0);
}

/* ---- set-up ---- */

static void must(int rc, const char *what)
{
    if (rc != DMACOH_OK) {
        (void)fprintf(stderr, "conformance: %s: %s\n", what, dmacoh_strstatus(rc));
        abort();
    }
}

bool env_cached_pool(void)
{
    return env_case->dev == ENV_CACHED_POOL || env_case->dev == ENV_FORCED_CACHED ||
           !env_uncached();
}

uint32_t env_bounce_shift(void)
{
    return env_case->dev == ENV_GAP ? log2_of(PAGE) : env_line_shift();
}

static void init_instance(void)
{
    const struct sim_model *model = sim_model_of(env_machine);
    const bool tables = env_has_tables(model);
    const struct dmacoh_cfg cfg = {
        .mem = memory_map,
        .nmem = 2,
        .ncpus = model->ncpu,
        .outer_va = model->outer_id != 0 ? OUTER_VA : 0,
        .mmu = {.root = tables ? LINEAR_VA + L1_PA : 0,
                .tables_phys = WINDOWS_PA,
                .tables_va = LINEAR_VA + WINDOWS_PA,
                .tables_size = PAGE,
                .win_slots = env_slots(),
                .win_va = WINDOW_VA,
                .entry_first = (uint16_t)env_entry_first(),
                .entry_count = SLOTS},
        .facts = env_facts(),
        .flags = env_instance_flags(),
        .ops = env_port_ops(),
        .backend = env_backend(),
        .meta = env_percpu_meta,
        .meta_size = DMACOH_META_SIZE(SIM_MAX_CPUS),
    };

    memory_map[0].va = env_linear_va();
    memory_map[1].size = env_high_size();
    must(dmacoh_init(&env_place->c, &cfg), "dmacoh_init");
}

static void init_pools(void)
{
    const struct dmacoh_region_cfg coherent = {
        .phys = COHERENT_PA,
        .size = COHERENT_SIZE,
        .va = env_stolen_va(),
        .attr = DMACOH_MEM_UNCACHED,
        .method = env_stolen_method(),
        .granule_shift = env_line_shift(),
        .flags = env_region_flags(),
        .meta = env_coherent_meta,
        .meta_size = DMACOH_REGION_META(COHERENT_SIZE, env_line_shift()),
    };
    const struct dmacoh_region_cfg bounce = {
        .phys = env_bounce_pa,
        .size = env_bounce_size,
        .va = env_cached_pool() ? env_linear_va() + CACHED_POOL
                                : env_stolen_va() + (BOUNCE_PA - STOLEN_PA),
        .attr = env_cached_pool() ? DMACOH_MEM_CACHED : DMACOH_MEM_UNCACHED,
        .method = env_cached_pool() ? DMACOH_M_NONE : env_stolen_method(),
        .granule_shift = env_bounce_shift(),
        .flags = env_region_flags(),
        .meta = env_bounce_meta,
        .meta_size = DMACOH_REGION_META(env_bounce_size, env_bounce_shift()),
    };

    must(dmacoh_pool_init(&env_place->coherent, &env_place->c, NULL), "coherent pool");
    must(dmacoh_pool_init(&env_place->bounce, &env_place->c, NULL), "bounce pool");
    if ((env_case->needs & ENV_NEED_RETYPE) == 0 && env_uncached()) {
        must(dmacoh_pool_add_region(&env_place->coherent, &env_place->region[0], &coherent),
             "region");
    }
    must(dmacoh_pool_add_region(&env_place->bounce, &env_place->region[1], &bounce),
         "bounce region");
    sim_own(COHERENT_PA, COHERENT_SIZE, SIM_OWN_LIB);
    sim_own(env_bounce_pa, env_bounce_size, SIM_OWN_LIB);
}

static void init_device(void)
{
    struct dmacoh_dev_cfg cfg = {.limits = {.mask = DMACOH_BIT_MASK(32)},
                                 .coherent = &env_place->coherent,
                                 .bounce = &env_place->bounce};

    switch ((enum env_dev)env_case->dev) {
    case ENV_FORCED:
    case ENV_FORCED_CACHED:
        cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
        break;
    case ENV_GAP:
        cfg.limits.gap_mask = PAGE - 1u;
        break;
    case ENV_HOOK:
        cfg.flush_posted = flush_posted;
        break;
    case ENV_ORDERED:
        cfg.flags = DMACOH_DEV_IRQ_ORDERED;
        break;
    case ENV_SNOOP:
        cfg.flags = DMACOH_DEV_COHERENT;
        break;
    case ENV_NO_POOL:
        cfg.bounce = NULL;
        break;
    case ENV_WINDOW:
        cfg.windows = bus_windows;
        cfg.nwindows = 1;
        break;
    case ENV_NARROW:
        cfg.limits.mask = HIGH_PA - 1u;
        break;
    case ENV_DIRECT:
    case ENV_CACHED_POOL:
        break;
    }
    must(dmacoh_dev_init(&env_place->dev, &env_place->c, &cfg), "device");
}

static void init_memory(void)
{
    for (uint32_t i = 0; i < ENV_MEMS; i++) {
        const dmacoh_phys_t phys = env_mem_phys(i);
        const uint32_t n = env_case->mem[i].lines * env_line();

        for (uint32_t off = 0; off < n; off++) {
            sim_poke8(env_machine, phys + off, env_initial(i, off));
        }
        sim_own(phys, n, SIM_OWN_CPU);
    }
}

static void init_tables(void)
{
    if (!env_translates(sim_model_of(env_machine))) {
        sim_mpu_region(env_machine, 0, 0, LINEAR_SIZE, SIM_MEM_CACHED);
        sim_mpu_region(env_machine, 1, STOLEN_PA, 0x10000u, SIM_MEM_UNCACHED);
        return;
    }
    if (env_segments()) {
        return;
    }
    sim_map_sections(env_machine, env_linear_va(), 0, 1, SIM_MEM_CACHED);
    if (env_uncached()) {
        sim_map_sections(env_machine, env_stolen_va(), STOLEN_PA, 1, SIM_MEM_UNCACHED);
    }
    sim_map_sections(env_machine, HIGH_VA, HIGH_PA, 1, SIM_MEM_CACHED);
    if ((env_case->needs & ENV_NEED_RETYPE) != 0) {
        sim_map_table(env_machine, OLD_VA, OLD_TABLE);
        sim_map_page(env_machine, OLD_VA, OLD_PA, SIM_MEM_CACHED);
    }
}

void env_set_up(void *arg)
{
    (void)arg;
    init_tables();
    init_instance();
    init_pools();
    init_device();
    init_memory();
}
