/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Scenes of exhibits, and the searches: the bug until it is found, the library to the end. */
#include <string.h>

#include "museum_place.h"

#define TABLE_PA 0x4000u
#define SECONDS  30.0

/* Scenes run one after the other in one process: constant while one runs. */
struct museum_wires museum_wires;
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

static void raw_setup(void *arg)
{
    const struct exhibit *x = arg;

    give(x->buffer, SIM_OWN_RAW);
    give(x->neighbour, SIM_OWN_CPU);
    for (uint32_t i = 0; i < 8; i++) {
        sim_poke8(machine, MUSEUM_DESC + i, 0);
    }
    sim_own(MUSEUM_DESC, 8, SIM_OWN_RAW);
}

static void twin_setup(void *arg)
{
    const struct exhibit *x = arg;

    museum_library_init(x->flush_hook);
    give(x->buffer, SIM_OWN_CPU);
    give(x->neighbour, SIM_OWN_CPU);
}

struct programs {
    void (*setup)(void *);
    void (*cpu)(void *);
    void *cpu_arg;
    void (*device)(void *);
};

/* `discards`: an invalidation never writes back; that only takes behaviours away. */
static struct sim *scene(const struct exhibit *x, struct programs p, bool discards)
{
    struct sim_model model = *sim_model_find("cortex-a7");

    model.ncpu = 1;
    model.inv_may_clean = model.inv_may_clean && !discards;
    machine = sim_new(&model);
    sim_name(machine, x->name);
    sim_ram(machine, TABLE_PA, 0x4000, SIM_RAM_TABLE);
    sim_ram(machine, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(machine, 0x100000, 0x10000, SIM_RAM_NORMAL);
    sim_ttbr(machine, TABLE_PA);
    sim_map_sections(machine, MUSEUM_VA(0), 0, 1, SIM_MEM_CACHED);
    sim_map_sections(machine, MUSEUM_UNCACHED(0x100000u), 0x100000, 1, SIM_MEM_UNCACHED);
    sim_strict_from(machine, true);
    museum_wires.bus = sim_alloc(machine, sizeof *museum_wires.bus);
    museum_wires.started = sim_flags(machine, 2);
    museum_wires.interrupted = museum_wires.started + 1;
    sim_setup(machine, p.setup, (void *)(uintptr_t)x);
    sim_cpu(machine, 0, p.cpu, p.cpu_arg);
    (void)sim_device(machine, p.device, NULL);
    return machine;
}

struct sim *museum_raw_scene(const struct exhibit *x, bool cured)
{
    static char yes;
    const struct programs p = {raw_setup, x->raw, cured ? &yes : NULL, x->raw_device};

    return scene(x, p, x->discards);
}

struct sim *museum_twin_scene(const struct exhibit *x)
{
    const struct programs p = {twin_setup, x->twin, NULL, x->twin_device};
    struct sim *s = scene(x, p, false);

    museum_library_reserve(s);
    return s;
}

/* The concrete engine by itself: fewest actions of the adversary first. */
static void search_concrete(const struct exhibit *x, enum sim_bug bug, struct museum_result *r)
{
    const struct sim_plan plan = {.engine = SIM_ENGINE_CONCRETE,
                                  .drive = SIM_DRIVE_EXHAUSTIVE,
                                  .max_seconds = SECONDS,
                                  .no_shrink = true};
    struct sim *s = museum_raw_scene(x, false);

    r->concrete_found = sim_run(s, &plan) == SIM_BUG && sim_report(s)->bug == bug;
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
    search_concrete(x, report->bug, &r);
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
