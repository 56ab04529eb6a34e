/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Scenes of exhibits, and the searches: the bug until it is found, the library to the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "museum_place.h"

#define TABLE_PA 0x4000u
#define SECONDS  30.0

/* Scenes run one after the other in one process: constant while one runs. */
struct museum_wires museum_wires;
struct museum_layout museum_layout;
static struct sim *machine;

uint64_t museum_device_started(void)
{
    sim_dev_wait(museum_wires.started, 1);
    return *museum_wires.bus;
}

static void give(struct museum_span span, enum sim_owner owner)
{
    for (uint32_t i = 0; i < span.n; i++) {
        sim_poke8(machine, span.pa + i, (uint8_t)(0x80u + i));
    }
    sim_own(span.pa, span.n, owner);
}

/* Memory of the raw drivers: everybody may touch it, and every read gives the last value. */
static void fill(uint32_t pa, uint32_t n, uint8_t v)
{
    for (uint32_t i = 0; i < n; i++) {
        sim_poke8(machine, pa + i, v);
    }
    sim_own(pa, n, SIM_OWN_RAW);
}

static void raw_setup(void *arg)
{
    const struct exhibit *x = arg;

    give(x->buffer, SIM_OWN_RAW);
    give(x->neighbour, SIM_OWN_CPU);
    fill(MUSEUM_DESC, 8, 0);
    fill(MUSEUM_SLOT, MUSEUM_LINE, 0xee); /* what the slot held for somebody else */
    if (x->page != MUSEUM_NO_PAGE) {
        fill(MUSEUM_PAGE, MUSEUM_LINE, 0x80);
    }
}

static void twin_setup(void *arg)
{
    const struct exhibit *x = arg;

    museum_library_init(sim_model_of(machine), x->flush_hook);
    give(x->buffer, SIM_OWN_CPU);
    give(x->neighbour, SIM_OWN_CPU);
}

struct programs {
    void (*setup)(void *);
    void (*cpu)(void *);
    void (*other)(void *);
    void *cpu_arg;
    void (*device)(void *);
};

static struct sim_model model_named(const char *name, bool two_cpus)
{
    const struct sim_model *row = sim_model_find(name);

    if (row == NULL) {
        (void)fprintf(stderr, "dmacoh-sim: no model \"%s\"\n", name);
        abort();
    }
    struct sim_model model = *row;

    model.ncpu = two_cpus ? 2 : 1;
    return model;
}

static void lay_out_tables(const struct sim_model *model)
{
    museum_layout = (struct museum_layout){model->line, 0xc0000000u, 0xd0000000u, 0};
    sim_ram(machine, TABLE_PA, 0x5000, SIM_RAM_TABLE);
    sim_ttbr(machine, TABLE_PA);
    sim_map_sections(machine, MUSEUM_VA(0), 0, 1, SIM_MEM_CACHED);
    sim_map_sections(machine, MUSEUM_UNCACHED(0x100000u), 0x100000, 1, SIM_MEM_UNCACHED);
}

static void lay_out_regions(const struct sim_model *model)
{
    museum_layout = (struct museum_layout){model->line, 0, 0x100000u, 0};
    sim_mpu_region(machine, 0, 0, 0x100000, SIM_MEM_CACHED);
    sim_mpu_region(machine, 1, 0x100000, 0x10000, SIM_MEM_UNCACHED);
}

static void map_page(enum museum_page page)
{
    sim_ram(machine, MUSEUM_PAGE, 0x1000, SIM_RAM_NORMAL);
    sim_map_table(machine, MUSEUM_PAGE_VA, MUSEUM_PAGE_TABLE);
    sim_map_page(machine, MUSEUM_PAGE_VA, MUSEUM_PAGE,
                 page == MUSEUM_PAGE_CACHED ? SIM_MEM_CACHED : SIM_MEM_UNCACHED);
}

static void connect_wires(void)
{
    museum_wires.bus = sim_alloc(machine, sizeof *museum_wires.bus);
    museum_wires.started = sim_flags(machine, 3);
    museum_wires.interrupted = museum_wires.started + 1;
    museum_wires.passed_on = museum_wires.started + 2;
}

static struct sim *scene(const struct exhibit *x, const struct sim_model *model, struct programs p)
{
    machine = sim_new(model);
    sim_name(machine, x->name);
    sim_ram(machine, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(machine, 0x100000, 0x10000, SIM_RAM_NORMAL);
    if (model->tables == SIM_TABLES_MPU) {
        lay_out_regions(model);
    } else {
        lay_out_tables(model);
    }
    if (model->outer_id != 0) {
        museum_layout.outer = MUSEUM_OUTER;
        sim_outer_regs(machine, MUSEUM_OUTER);
    }
    if (x->page != MUSEUM_NO_PAGE) {
        map_page(x->page);
    }
    sim_strict_from(machine, true);
    connect_wires();
    sim_setup(machine, p.setup, (void *)(uintptr_t)x);
    sim_cpu(machine, 0, p.cpu, p.cpu_arg);
    if (p.other != NULL) {
        sim_cpu(machine, 1, p.other, p.cpu_arg);
    }
    if (p.device != NULL) {
        (void)sim_device(machine, p.device, NULL);
    }
    if (x->interrupt != NULL) {
        (void)sim_irq(machine, 0, x->interrupt, NULL, 1);
    }
    return machine;
}

/* What the row says about the raw driver's machine only takes behaviours away from the model. */
struct sim *museum_raw_scene(const struct exhibit *x, bool cured)
{
    static char yes;
    const struct programs p = {raw_setup, x->raw, x->raw_other, cured ? &yes : NULL, x->raw_device};
    struct sim_model model = model_named(x->model, x->raw_other != NULL);

    model.inv_may_clean = model.inv_may_clean && !x->discards;
    model.cmo_broadcast = model.cmo_broadcast && (cured || !x->by_index);
    return scene(x, &model, p);
}

struct sim *museum_twin_scene(const struct exhibit *x)
{
    const struct programs p = {twin_setup, x->twin, x->twin_other, NULL, x->twin_device};
    const struct sim_model model =
        model_named(x->twin_model != NULL ? x->twin_model : x->model, x->twin_other != NULL);
    struct sim *s = scene(x, &model, p);

    museum_library_reserve(s);
    return s;
}

/*
 * The concrete engine by itself: fewest actions of the adversary first. It may meet another symptom
 * of the same mistake than the set engine.
 */
static void search_concrete(const struct exhibit *x, struct museum_result *r)
{
    const struct sim_plan plan = {.engine = SIM_ENGINE_CONCRETE,
                                  .drive = SIM_DRIVE_EXHAUSTIVE,
                                  .max_seconds = SECONDS,
                                  .no_shrink = true};
    struct sim *s = museum_raw_scene(x, false);

    r->concrete_found = sim_run(s, &plan) == SIM_BUG;
    r->concrete_schedules = sim_report(s)->schedules;
    sim_free(s);
}

/* On a machine that has not seen the search: the script alone must show the bug. */
static bool replays(const struct exhibit *x, const struct sim_report *found)
{
    struct sim *s = museum_raw_scene(x, false);
    const bool same = sim_replay(s, found->script) == SIM_BUG && sim_report(s)->bug == found->bug;

    sim_free(s);
    return same;
}

struct museum_result museum_search(const struct exhibit *x)
{
    const struct sim_plan plan = {.max_seconds = SECONDS};
    struct museum_result r = {0};

    r.raw = museum_raw_scene(x, false);
    const bool found = sim_run(r.raw, &plan) == SIM_BUG;
    const struct sim_report *report = sim_report(r.raw);

    r.replayed = found && report->replayed && replays(x, report);
    search_concrete(x, &r);
    r.cured = museum_raw_scene(x, true);
    (void)sim_run(r.cured, &plan);
    r.twin = museum_twin_scene(x);
    (void)sim_run(r.twin, &plan);
    r.good = found && r.replayed && r.concrete_found && sim_report(r.cured)->verdict == SIM_DONE &&
             sim_report(r.twin)->verdict == SIM_DONE;
    return r;
}

void museum_result_free(struct museum_result *r)
{
    sim_free(r->raw);
    sim_free(r->cured);
    sim_free(r->twin);
    memset(r, 0, sizeof *r);
}
