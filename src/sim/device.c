/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* DMA masters: they read and write behind the caches, and their writes are posted. */
#include "engine.h"

/* The address that arrives at memory. Outside its window a master reaches no RAM: the last page. */
static uint64_t bus_to_pa(const struct sim *s, uint64_t bus)
{
    const struct bus_window *w = &s->dev_bus[sim_agent - SIM_MAX_CPUS];

    bus &= ~w->mask_off;
    if (w->size == 0) {
        return bus;
    }
    return bus - w->bus < w->size ? bus - w->bus + w->pa : UINT64_MAX;
}

static bool device_target(struct sim *s, uint64_t pa, uint32_t len, bool store)
{
    bool table = false;

    if (!mem_is_ram(s, pa, &table) || table) {
        step_fail(s, SIM_NOT_MAPPED, "dev%d %s of %09llx, which is no RAM for devices",
                  sim_agent - SIM_MAX_CPUS, store ? "write" : "read", (unsigned long long)pa);
        return false;
    }
    const int li = mem_line(s, pa);
    mem_activate(s, li);
    return shadow_dev_access(s, sim_agent - SIM_MAX_CPUS, li, (uint32_t)(pa & s->line_mask), len,
                             store);
}

static uint32_t device_load(uint64_t bus, uint32_t len, const char *site)
{
    struct sim *s = step_self("sim_dev_load");
    const uint64_t pa = bus_to_pa(s, bus);
    const struct xlat x = {.pa = pa, .attr = ATTR_UNCACHED, .fixed = true};

    step_site(s, site, 0);
    step_yield(s, OP_DEV_LOAD, 0, pa, len);
    if (!device_target(s, pa, len, false)) {
        step_end(s, 0);
    }
    const uint32_t v =
        s->eng->load(s, sim_agent, mem_line(s, pa), 0, &x, (uint32_t)(pa & s->line_mask), len,
                     s->r.agent[sim_agent].variant);
    step_end(s, v);
    return v;
}

static void device_store(uint64_t bus, uint32_t v, uint32_t len, const char *site)
{
    struct sim *s = step_self("sim_dev_store");
    const uint64_t pa = bus_to_pa(s, bus);

    step_site(s, site, 0);
    step_yield(s, OP_DEV_STORE, 0, pa, len);
    if (!device_target(s, pa, len, true)) {
        step_end(s, 0);
    }
    const int li = mem_line(s, pa);
    shadow_write(s, sim_agent, li, (uint32_t)(pa & s->line_mask), len, v);
    struct posted e = posted_make(s, sim_agent, OP_DEV_STORE, 0, li);
    e.off = (uint8_t)(pa & s->line_mask);
    e.len = (uint8_t)len;
    e.attr = ATTR_UNCACHED;
    e.value = v;
    e.fence = e.seq; /* in order behind everything this master wrote */
    s->eng->post(s, sim_agent, &e);
    if ((s->dev_ordered[sim_agent - SIM_MAX_CPUS] || !rule(s, SIM_RULE_DEV_POSTED)) &&
        !pa_holds_dma(s)) {
        s->eng->complete(s, sim_agent, false);
    }
    step_end(s, v);
}

uint8_t sim_dev_load_at(uint64_t pa, const char *site)
{
    return (uint8_t)device_load(pa, 1, site);
}

uint32_t sim_dev_load32_at(uint64_t pa, const char *site)
{
    return device_load(pa, 4, site);
}

void sim_dev_store_at(uint64_t pa, uint8_t v, const char *site)
{
    device_store(pa, v, 1, site);
}

void sim_dev_store32_at(uint64_t pa, uint32_t v, const char *site)
{
    device_store(pa, v, 4, site);
}

void sim_dev_done(uint8_t *flag)
{
    struct sim *s = step_self("sim_dev_done");
    const int dev = sim_agent - SIM_MAX_CPUS; /* negative: a CPU that plays a snooping master */

    step_site(s, NULL, (uintptr_t)__builtin_return_address(0));
    step_yield(s, OP_MMIO, 0, 0, 0);
    if (dev >= 0 && s->dev_ordered[dev] && pa_holds_dma(s)) {
        pa_dma_arrived(s, dev);
    }
    if (*flag != UINT8_MAX) {
        (*flag)++;
    }
    step_end(s, 0);
}
