/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The public steps of CPUs. */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"
#include "transparent_state.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

uint8_t sim_load8_at(uint32_t va, const char *site)
{
    struct sim *s = step_self("sim_load8");

    step_site(s, site, 0);
    return (uint8_t)step_load(s, va, 1, false);
}

uint32_t sim_load32_at(uint32_t va, const char *site)
{
    struct sim *s = step_self("sim_load32");

    step_site(s, site, 0);
    return step_load(s, va, 4, false);
}

void sim_store8_at(uint32_t va, uint8_t v, const char *site)
{
    struct sim *s = step_self("sim_store8");

    step_site(s, site, 0);
    step_store(s, va, v, 1, false);
}

void sim_store32_at(uint32_t va, uint32_t v, const char *site)
{
    struct sim *s = step_self("sim_store32");

    step_site(s, site, 0);
    step_store(s, va, v, 4, false);
}

static void outer(enum op kind, uint64_t pa, uintptr_t pc)
{
    struct sim *s = step_self(name_op(kind));

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, pc);
    step_yield(s, kind, 0, pa, 0);
    s->r.cpu[sim_agent].counts.outer++;
    const int li = mem_line(s, pa);
    mem_activate(s, li);
    const struct posted e = posted_make(s, sim_agent, kind, 0, li);
    s->eng->post(s, sim_agent, &e);
    step_end(s, 0);
}

void sim_outer_clean(uint64_t pa)
{
    outer(OP_L2_CLEAN, pa, CALLER);
}

void sim_outer_inval(uint64_t pa)
{
    outer(OP_L2_INVAL, pa, CALLER);
}

void sim_outer_clean_inval(uint64_t pa)
{
    outer(OP_L2_CLEAN_INVAL, pa, CALLER);
}

void sim_nop(void)
{
    struct sim *s = step_self("sim_nop");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    step_end(s, 0);
}

static void wait_step(struct sim *s, const uint8_t *flag, uint8_t v, bool (*cond)(void *),
                      void *arg)
{
    if (s->in_setup) {
        return;
    }
    struct agent *a = &s->r.agent[sim_agent];
    a->flag = flag;
    a->flag_v = v;
    a->cond = cond;
    a->cond_arg = arg;
    step_yield(s, OP_WAIT, 0, 0, 0);
    step_end(s, 0);
}

uint8_t sim_flag_get(const uint8_t *flag)
{
    struct sim *s = step_self("sim_flag_get");

    if (s->in_setup) {
        return *flag;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    const uint8_t v = *flag;
    step_end(s, v);
    return v;
}

void sim_flag_set(uint8_t *flag, uint8_t v)
{
    struct sim *s = step_self("sim_flag_set");

    if (s->in_setup) {
        *flag = v;
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_NOP, 0, 0, 0);
    *flag = v;
    step_end(s, v);
}

void sim_relax(void)
{
    if (tp_on()) {
        tp_relax(CALLER);
        return;
    }
    struct sim *s = step_self("sim_relax");

    step_site(s, NULL, CALLER);
    if (!s->in_setup) {
        s->r.agent[sim_agent].news = false;
    }
    wait_step(s, NULL, 0, NULL, NULL);
}

void sim_wait(const uint8_t *flag, uint8_t v)
{
    struct sim *s = step_self("sim_wait");

    step_site(s, NULL, CALLER);
    wait_step(s, flag, v, NULL, NULL);
}

void sim_dev_wait(const uint8_t *flag, uint8_t v)
{
    struct sim *s = step_self("sim_dev_wait");

    step_site(s, NULL, CALLER);
    wait_step(s, flag, v, NULL, NULL);
}

void sim_wait_until(bool (*cond)(void *), void *arg)
{
    struct sim *s = step_self("sim_wait_until");

    step_site(s, NULL, CALLER);
    wait_step(s, NULL, 0, cond, arg);
}

void sim_doorbell(uint8_t *flag)
{
    struct sim *s = step_self("sim_doorbell");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_MMIO, 0, 0, 0);
    if (s->m.dmb_orders_mmio) {
        s->eng->complete_before(s, sim_agent, s->r.cpu[sim_agent].fence);
    }
    const int li = s->eng->pending_for_device(s, sim_agent);
    if (li >= 0) {
        s->r.bug_line = li;
        step_fail(s, SIM_DOORBELL, "doorbell while data of line %09llx is still posted",
                  (unsigned long long)s->line[li].pa);
    }
    if (flag != NULL && *flag != UINT8_MAX) {
        (*flag)++;
    }
    step_end(s, 0);
}

void sim_dev_reg_read(int dev)
{
    struct sim *s = step_self("sim_dev_reg_read");

    if (s->in_setup) {
        return;
    }
    step_site(s, NULL, CALLER);
    step_yield(s, OP_MMIO, 0, 0, 0);
    if (pa_holds_dma(s)) {
        pa_dma_arrived(s, dev);
    } else {
        s->eng->complete(s, SIM_MAX_CPUS + dev, false);
    }
    s->r.cpu[sim_agent].nc_load = true;
    step_end(s, 0);
}

int sim_self(void)
{
    struct sim *s = step_self("sim_self");

    return s->in_setup ? 0 : sim_agent < SIM_MAX_CPUS ? sim_agent : sim_agent - SIM_MAX_CPUS;
}

struct sim *sim_current(void)
{
    return sim_machine;
}

struct sim_counts sim_counts_now(void)
{
    struct sim *s = step_self("sim_counts_now");

    return s->r.cpu[s->in_setup ? 0 : sim_agent].counts;
}

void sim_expect_at(bool cond, const char *what, const char *site)
{
    if (tp_on()) {
        tp_expect(cond, what, site);
        return;
    }
    struct sim *s = step_self("sim_expect");

    if (cond) {
        return;
    }
    if (s->in_setup) {
        (void)fprintf(stderr, "dmacoh-sim: %s: sim_expect(%s) failed in setup\n", site, what);
        abort();
    }
    step_fail(s, SIM_EXPECT, "%s: %s", site, what);
    step_end(s, 0);
}

void sim_expect8_at(uint32_t va, uint8_t want, const char *site)
{
    const uint8_t got = sim_load8_at(va, site);

    if (got == want) {
        return;
    }
    struct sim *s = sim_machine;
    struct xlat x = {.pa = va};

    if (tp_on() || s->in_setup ||
        (s->mmu && !table_decode(s, sim_agent, va, table_truth_word, &x))) {
        sim_expect_at(false, "sim_expect8()", site);
        return;
    }
    shadow_unexpected(s, mem_line(s, x.pa), (uint32_t)(x.pa & s->line_mask), got, want);
    step_end(s, 0);
}
