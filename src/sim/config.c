/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Making a machine and its scene: everything that happens before sim_run(). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

static void refuse(const char *what)
{
    (void)fprintf(stderr, "dmacoh-sim: %s\n", what);
    abort();
}

struct sim *sim_new(const struct sim_model *model)
{
    if (model == NULL || model->line < 16 || model->line > SIM_LINE_MAX ||
        (model->line & (model->line - 1u)) != 0 || model->granule < model->line ||
        (model->granule & (model->granule - 1u)) != 0 || model->ncpu == 0 ||
        model->ncpu > SIM_MAX_CPUS) {
        refuse("sim_new: no such model, or a row that is not sane");
        return NULL;
    }
    struct sim *s = mem_must(calloc(1, sizeof *s));
    s->m = *model;
    s->line_mask = model->line - 1u;
    if (!slots_init(s)) {
        refuse("sim_new: more slots than the machine has");
    }
    s->trace = mem_must(malloc(SIM_MAX_TRACE * sizeof *s->trace));
    s->mmu = has_no_walker(s);
    sim_name(s, "scene");
    agent_init(s);
    engine_set.create(s);
    engine_concrete.create(s);
    s->report.verdict_name = s->report.bug_name = s->report.message = "";
    s->report.bound = s->report.script = s->report.timeline = "";
    return s;
}

void sim_free(struct sim *s)
{
    if (s == NULL) {
        return;
    }
    agent_free(s);
    engine_set.destroy(s);
    engine_concrete.destroy(s);
    for (uint32_t i = 0; i < s->nshared; i++) {
        free(s->shared[i].mem);
        free(s->shared[i].base);
        free(s->shared[i].config);
    }
    free(s->line);
    free(s->base);
    free(s->config);
    free(s->bucket);
    free(s->touched);
    free(s->trace);
    free(s->order);
    free(s->script);
    free(s->timeline);
    free(s);
}

const struct sim_model *sim_model_of(const struct sim *s)
{
    return &s->m;
}

void sim_name(struct sim *s, const char *name)
{
    (void)snprintf(s->name, sizeof s->name, "%s", name);
    for (char *p = s->name; *p != '\0'; p++) {
        if (*p == ' ' || *p == ':') {
            *p = '_'; /* they separate the fields of a script */
        }
    }
}

void sim_ram(struct sim *s, uint64_t pa, uint64_t n, enum sim_ram_kind kind)
{
    if (s->nram == SIM_MAX_RAM || pa + n > (uint64_t)1 << 40 || pa + n < pa) {
        refuse("sim_ram: too many ranges, or beyond 40 bits");
    }
    s->ram[s->nram++] = (struct ram){pa, n, kind};
}

void sim_watch_va(struct sim *s, uint32_t va, uint32_t len)
{
    for (uint32_t o = 0; o < len; o += 4096) {
        (void)table_watch(s, va + o, -1);
    }
}

void sim_window_va(struct sim *s, int cpu, uint32_t va, uint32_t len)
{
    for (uint32_t o = 0; o < len; o += 4096) {
        (void)table_watch(s, va + o, cpu);
    }
}

void *sim_alloc(struct sim *s, size_t n)
{
    if (s->nshared == SIM_MAX_ALLOC || n == 0) {
        refuse("sim_alloc: too many objects, or size 0");
    }
    const size_t size = (n + 63) / 64 * 64;
    uint8_t *mem = mem_must(aligned_alloc(64, size));

    memset(mem, 0, size);
    s->shared[s->nshared].mem = mem;
    s->shared[s->nshared].base = mem_must(calloc(1, size));
    s->shared[s->nshared].n = size;
    s->nshared++;
    return mem;
}

uint8_t *sim_flags(struct sim *s, size_t n)
{
    uint8_t *p = sim_alloc(s, n);

    s->shared[s->nshared - 1].flags = true;
    return p;
}

void sim_setup(struct sim *s, void (*fn)(void *), void *arg)
{
    s->setup = fn;
    s->setup_arg = arg;
}

void sim_cpu(struct sim *s, int cpu, void (*fn)(void *), void *arg)
{
    if (cpu < 0 || cpu >= s->m.ncpu) {
        refuse("sim_cpu: the model has no such CPU");
    }
    s->prog[cpu].fn = fn;
    s->prog[cpu].arg = arg;
}

int sim_device(struct sim *s, void (*fn)(void *), void *arg)
{
    if (s->ndev == SIM_MAX_DEVICES) {
        refuse("sim_device: too many devices");
    }
    s->prog[SIM_MAX_CPUS + s->ndev].fn = fn;
    s->prog[SIM_MAX_CPUS + s->ndev].arg = arg;
    return (int)s->ndev++;
}

void sim_device_posted(struct sim *s, int dev, bool posted)
{
    s->dev_ordered[dev] = !posted;
}

void sim_device_bus(struct sim *s, int dev, uint64_t mask, uint64_t bus, uint64_t pa, uint64_t size)
{
    s->dev_bus[dev] = (struct bus_window){~mask, bus, pa, size};
}

int sim_irq(struct sim *s, int cpu, void (*fn)(void *), void *arg, int budget)
{
    if (s->nirq == SIM_MAX_IRQS) {
        refuse("sim_irq: too many interrupts");
    }
    s->irq[s->nirq] = (struct irq){cpu, fn, arg, budget, false};
    return (int)s->nirq++;
}

void sim_irq_urgent(struct sim *s, int irq)
{
    if (irq < 0 || (uint32_t)irq >= s->nirq) {
        refuse("sim_irq_urgent: no such interrupt");
    }
    s->irq[irq].urgent = true;
}

void sim_irqoff_budget(struct sim *s, uint32_t lines)
{
    s->irqoff_budget = lines;
}

void sim_strict_from(struct sim *s, bool on)
{
    s->strict_from = on;
}

const struct sim_report *sim_report(const struct sim *s)
{
    return &s->report;
}
