/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: the runs of a test, and the memory it gets. */
#include <dmacoh-sim/transparent.h>
#include <execinfo.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "transparent_state.h"

#define DEFAULT_MODEL "cortex-a15-r4"
#define DEFAULT_RUNS  100u
#define DEFAULT_STEPS 300000u
#define ALIGN_DEFAULT 8u

bool sim_speed_supported(enum sim_speed speed)
{
    return speed == SIM_FAST || TP_SINGLE_STEP;
}

/* ---- what a test asks for ---- */

struct sim_host_ram sim_host_cached(void)
{
    return (struct sim_host_ram){tp.cached.phys, tp.cached.size, tp.cached.cpu};
}

struct sim_host_ram sim_host_uncached(void)
{
    return (struct sim_host_ram){tp.uncached.phys, tp.uncached.size, tp.uncached.cpu};
}

void *sim_host_alloc(size_t size, size_t align)
{
    const size_t mask = (align != 0 ? align : ALIGN_DEFAULT) - 1u;
    const size_t first = (tp.used + mask) & ~mask;

    if (first > tp.cached.size || size > tp.cached.size - first) {
        return NULL;
    }
    tp.used = (uint32_t)(first + size);
    return tp.cached.cpu + first;
}

uint64_t sim_host_phys(const void *va)
{
    uint32_t off = 0;
    const struct tp_arena *a = tp_arena_at((uintptr_t)va, &off);

    return a != NULL ? a->phys + off : ~(uint64_t)0;
}

/* ---- a run ---- */

static void reset(uint64_t seed)
{
    tp_devices_free();
    tp_track_reset();
    tp_trap_reset();
    tp.on = true;
    tp.failed = false;
    /* Neighbouring seeds give unrelated runs, and no seed gives the state 0. */
    tp.random = mix64(seed, 0) | 1u;
    tp.steps = 0;
    tp.traps = 0;
    tp.early_reads = 0;
    tp.nstores = 0;
    tp.epoch = 0;
    tp.ncmos = 0;
    tp.in_device = 0;
    tp.nirq = 0;
    tp.in_irq = 0;
    tp.irqs_off = false;
    tp.in_point = false;
    tp.entry = (struct tp_entry){0};
    tp.in_call = 0;
    tp.bug = SIM_OK;
    tp.site.n = 0;
    tp.origin.n = 0;
    tp.expect_site[0] = '\0';
    tp_memory_reset();
}

/* Devices may still have something to say: what they write late is judged, too. */
static void settle(void)
{
    for (uint32_t i = 0; i < tp.ndev; i++) {
        tp_device_land(&tp.dev[i], tp.dev[i].nwrites);
    }
}

/* True: the run has ended by itself. Nothing that changes lives across the jump. */
static bool run(void (*test)(void *), void *arg, uint64_t seed)
{
    reset(seed);
    if (sigsetjmp(tp.end, 1) == 0) {
        test(arg);
        settle();
    }
    tp.on = false;
    return !tp.failed;
}

/* ---- all runs ---- */

static void tear_down(void)
{
    tp.on = false;
    tp_devices_free();
    tp_track_reset();
    tp_trap_remove();
    tp_memory_free();
    sim_free(tp.registers);
    tp.registers = NULL;
}

static const char *set_up(const struct sim_transparent_plan *plan)
{
    void *frame[1];

    if (!sim_speed_supported(plan->speed)) {
        return "SIM_TRAP needs Linux on x86-64: use SIM_FAST here";
    }
    if (tp.registers != NULL) {
        tear_down(); /* a test has left the last sim_transparent() by a jump */
    }
    tp.speed = plan->speed;
    tp.stepping = TP_SINGLE_STEP;
    tp.max_steps = plan->max_steps != 0 ? plan->max_steps : DEFAULT_STEPS;
    tp.model = plan->model != NULL ? plan->model : sim_model_find(DEFAULT_MODEL);
    tp.registers = sim_new(tp.model);
    tp.registers->in_setup = true;
    tp.registers->mmu = true;
    (void)backtrace(frame, 1); /* loads what it needs now, and not in a signal handler */
    if (!tp_memory_make(plan)) {
        return "no memory below 4 GiB";
    }
    return tp_trap_install() ? NULL : "no signal handlers";
}

/* One seed from the environment replaces the plan's. */
static bool replay(uint64_t *seed)
{
    const char *text = getenv("DMACOH_SIM_SEED"); /* NOLINT(concurrency-mt-unsafe): one thread */
    char *end = NULL;

    if (text == NULL || text[0] == '\0') {
        return false;
    }
    *seed = strtoull(text, &end, 0);
    return *end == '\0';
}

static void run_all(const struct sim_transparent_plan *plan, void (*test)(void *), void *arg,
                    struct sim_transparent_report *r)
{
    uint64_t seed = plan->seed != 0 ? plan->seed : 1u;
    uint32_t runs = plan->runs != 0 ? plan->runs : DEFAULT_RUNS;

    if (replay(&seed)) {
        runs = 1;
    }
    r->verdict = SIM_BOUND;
    for (uint32_t i = 0; i < runs && r->verdict == SIM_BOUND; i++) {
        r->seed = seed + i;
        r->runs++;
        const bool ok = run(test, arg, r->seed);

        r->steps += tp.steps;
        r->traps += tp.traps;
        r->live_maps = tp_track_live();
        r->early_reads = tp.early_reads;
        if (!ok) {
            r->verdict = SIM_BUG;
            tp_report(r);
        }
    }
    if (r->verdict == SIM_BOUND) {
        (void)snprintf(r->text, sizeof r->text, "%" PRIu32 " runs, no rule broken", r->runs);
    }
}

enum sim_verdict sim_transparent(const struct sim_transparent_plan *plan, void (*test)(void *),
                                 void *arg, struct sim_transparent_report *report)
{
    static const struct sim_transparent_plan defaults;
    struct sim_transparent_report r = {.verdict = SIM_OVERFLOW};
    const char *why = set_up(plan != NULL ? plan : &defaults);

    if (why != NULL) {
        (void)snprintf(r.text, sizeof r.text, "%s", why);
    } else {
        run_all(plan != NULL ? plan : &defaults, test, arg, &r);
    }
    if (tp.registers != NULL) {
        tear_down();
    }
    if (report != NULL) {
        *report = r;
    }
    return r.verdict;
}
