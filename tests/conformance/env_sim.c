/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The simulated place: what cases call, and how one case runs on one machine. */
#include "insn/armv7a_insn.h"
#include "sim_place.h"

struct sim *env_machine;
struct place *env_place;
void *env_percpu_meta, *env_coherent_meta, *env_bounce_meta;
uint64_t env_bounce_pa, env_bounce_size;
uint8_t *env_door, *env_done, *env_flags;
int env_device_irq;

/* ---- facts ---- */

struct dmacoh *env_instance(void)
{
    return &env_place->c;
}

struct dmacoh_dev *env_device(void)
{
    return &env_place->dev;
}

uint32_t env_cpu(void)
{
    return (uint32_t)sim_self();
}

dmacoh_phys_t env_mem_phys(uint32_t mem)
{
    switch (env_case->mem[mem].kind) {
    case ENV_HIGH:
        return HIGH_PA + mem * 4u * PAGE;
    case ENV_HIGH_CROSS:
        return HIGH_PA + mem * 4u * PAGE + PAGE - env_line();
    default:
        return LOW_PA + mem * 2u * PAGE;
    }
}

uint32_t env_va_of(dmacoh_phys_t phys)
{
    return (uint32_t)(phys >= HIGH_PA ? phys - HIGH_PA + env_high_va() : phys + env_linear_va());
}

uintptr_t env_mem_va(uint32_t mem)
{
    return env_va_of(env_mem_phys(mem));
}

dmacoh_phys_t env_bus_to_phys(dmacoh_bus_t bus)
{
    return env_case->dev == ENV_WINDOW ? bus - BUS_OFFSET : bus;
}

/* ---- steps ---- */

uint8_t env_load_at(uint32_t mem, uint32_t off, const char *site)
{
    return sim_load8_at((uint32_t)env_mem_va(mem) + off, site);
}

void env_store_at(uint32_t mem, uint32_t off, uint8_t v, const char *site)
{
    sim_store8_at((uint32_t)env_mem_va(mem) + off, v, site);
}

static uint32_t word_va(uint32_t buf, uint32_t word)
{
    return (uint32_t)(uintptr_t)env_state->buf[buf].va + 4u * word;
}

uint32_t env_word_at(uint32_t buf, uint32_t word, const char *site)
{
    return sim_load32_at(word_va(buf, word), site);
}

void env_set_word_at(uint32_t buf, uint32_t word, uint32_t v, const char *site)
{
    sim_store32_at(word_va(buf, word), v, site);
}

void env_expect_at(bool cond, const char *what, const char *site)
{
    sim_expect_at(cond, what, site);
}

void env_doorbell(void)
{
    sim_doorbell(env_door);
}

void env_wait_done(uint32_t n)
{
    sim_wait(env_done, (uint8_t)n);
}

void env_read_register(void)
{
    if (env_case->dev != ENV_SNOOP) {
        sim_dev_reg_read(0);
    }
}

void env_signal(uint32_t flag)
{
    insn_dsb(); /* what the waiter may look at is visible before the flag */
    sim_flag_set(&env_flags[flag], (uint8_t)(env_flags[flag] + 1u));
}

void env_wait(uint32_t flag, uint32_t n)
{
    sim_wait(&env_flags[flag], (uint8_t)n);
}

void env_padding(struct env_part p)
{
    sim_own(env_mem_phys(p.mem) + p.first, p.len, SIM_OWN_ANY);
}

void env_relax(void)
{
    sim_relax();
}

void env_stir(void)
{
}

/* ---- running ---- */

static void run_cpu(void *arg)
{
    const int cpu = sim_self();

    (void)arg;
    if (cpu != 0) {
        sim_expect(dmacoh_cpu_online(&env_place->c) == DMACOH_OK);
    }
    env_case->cpu[cpu]();
}

static void run_irq(void *arg)
{
    (void)arg;
    env_case->irq();
}

struct sim_model env_sim_scaled(const struct sim_model *model)
{
    struct sim_model m = *model;

    if (env_line_is_fixed(model)) {
        return m; /* a PL310 has one line size */
    }
    m.granule = (uint16_t)(model->granule / model->line * 16u);
    m.line = 16;
    return m;
}

/*
 * A change of shared memory makes every agent's history differ, whether it looks or not, and states
 * that differ do not merge. So memory that only one CPU uses is declared as env_flags, which tell
 * nothing to agents that do not look; what a device takes from it shows in its steps' addresses.
 */
static void *memory(size_t n, bool shared)
{
    return shared ? sim_alloc(env_machine, n) : sim_flags(env_machine, n);
}

static void allocate(void)
{
    const bool pools = (env_case->shared & ENV_SHARED_POOLS) != 0;

    env_place = memory(sizeof *env_place, pools);
    env_percpu_meta = memory(DMACOH_META_SIZE(SIM_MAX_CPUS), false);
    env_coherent_meta = memory(DMACOH_REGION_META(COHERENT_SIZE, env_line_shift()), pools);
    env_bounce_meta = memory(DMACOH_REGION_META(env_bounce_size, env_bounce_shift()), pools);
    env_state = memory(sizeof *env_state, (env_case->shared & ENV_SHARED_HANDLES) != 0);
    env_door = sim_flags(env_machine, 1);
    env_done = sim_flags(env_machine, 1);
    env_flags = sim_flags(env_machine, ENV_FLAGS);
}

static void add_ram(void)
{
    sim_ram(env_machine, L1_PA, TABLES_END - L1_PA, SIM_RAM_TABLE);
    sim_ram(env_machine, 0x10000u, LINEAR_SIZE - 0x10000u, SIM_RAM_NORMAL);
    sim_ram(env_machine, STOLEN_PA, 0x10000u, SIM_RAM_NORMAL);
    sim_ram(env_machine, OLD_PA, PAGE, SIM_RAM_NORMAL);
    sim_ram(env_machine, HIGH_PA, env_high_size(), SIM_RAM_NORMAL);
    if (env_has_tables(sim_model_of(env_machine))) {
        sim_ttbr(env_machine, L1_PA);
    }
    if (sim_model_of(env_machine)->outer_id != 0) {
        sim_outer_regs(env_machine, OUTER_VA);
    }
    sim_table_pool(env_machine, TABLE_POOL, TABLES_END - TABLE_POOL);
    for (uint32_t i = 0; i < sim_model_of(env_machine)->ncpu * env_slots(); i++) {
        sim_window_va(env_machine, (int)(i / env_slots()), WINDOW_VA + i * env_slot_bytes(),
                      env_slot_used());
    }
}

static void add_agents(void)
{
    for (int cpu = 0; cpu < 2; cpu++) {
        if (env_case->cpu[cpu] != NULL) {
            sim_cpu(env_machine, cpu, run_cpu, NULL);
        }
    }
    if (env_case->script != NULL && env_snoops()) {
        sim_cpu(env_machine, 1, env_play, (void *)(uintptr_t)env_case->script);
    } else if (env_case->script != NULL) {
        const int dev = sim_device(env_machine, env_play, (void *)(uintptr_t)env_case->script);

        sim_device_posted(env_machine, dev, env_case->dev != ENV_ORDERED);
    }
    if (env_case->irq != NULL) {
        env_device_irq = sim_irq(env_machine, 0, run_irq, NULL, env_case->irqs);
        if ((env_case->needs & ENV_NEED_FAST) != 0) {
            sim_irq_urgent(env_machine, env_device_irq);
        }
    }
}

/* Does the case's device play as CPU 1? */
static bool snooped(const struct env_case *c)
{
    return c->dev == ENV_SNOOP;
}

struct sim *env_sim_run(const struct env_case *c, const struct sim_model *model,
                        const struct sim_plan *plan)
{
    struct sim_model scaled = env_sim_scaled(model);

    /* Where two CPUs take part, further ones that only prefetch would make the search too long. */
    if (c->cpu[1] != NULL && scaled.ncpu > 2) {
        scaled.ncpu = 2;
    }
    /* A copy to a slot is many stores where slots are large: nobody else prefetches beside them. */
    if (c->cpu[1] == NULL && !snooped(c) && scaled.granule > 64) {
        scaled.ncpu = 1;
    }
    env_case = c;
    env_machine = sim_new(&scaled);
    sim_name(env_machine, c->name);
    env_bounce_pa = env_cached_pool() ? CACHED_POOL : BOUNCE_PA;
    env_bounce_size = c->dev == ENV_GAP ? GAP_PAGES * PAGE : BOUNCE_LINES * scaled.granule;
    allocate();
    add_ram();
    add_agents();
    sim_setup(env_machine, env_set_up, NULL);
    sim_strict_from(env_machine, true);
    sim_irqoff_budget(env_machine, PAGE / scaled.line);
    (void)sim_run(env_machine, plan);
    return env_machine;
}
