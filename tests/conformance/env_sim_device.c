/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The case's device on the simulated machine: an agent that plays the script. */
#include "insn/armv7a_insn.h"
#include "sim_place.h"

static dmacoh_phys_t target(const struct env_step *step)
{
    const struct env_map *m = &env_state->map[step->map];
    const uint32_t off = step->at == ENV_LAST ? m->map.len - 1u : env_at(step->at);

    return env_bus_to_phys(env_map_bus(m, off));
}

/* A snooping master is a second CPU as far as the caches see. */
bool env_snoops(void)
{
    return env_case->dev == ENV_SNOOP;
}

static uint8_t device_read(dmacoh_phys_t pa)
{
    return env_snoops() ? sim_load8(env_va_of(pa)) : sim_dev_load(pa);
}

static void device_write(dmacoh_phys_t pa, uint8_t v)
{
    if (env_snoops()) {
        sim_store8(env_va_of(pa), v);
    } else {
        sim_dev_store(pa, v);
    }
}

/* Takes a descriptor: the first and the second byte of its buffer are written, then OWN. */
static void descriptor(const struct env_step *step)
{
    const dmacoh_phys_t desc =
        env_state->buf[step->map].phys + 4u * ENV_DESC_WORDS * (uint32_t)step->at;

    sim_expect(sim_dev_load32(desc + 4u * ENV_DESC_OWN) == 1);
    const dmacoh_bus_t bus = sim_dev_load32(desc + 4u * ENV_DESC_BUS);
    const uint32_t len = sim_dev_load32(desc + 4u * ENV_DESC_LEN);

    sim_expect(len == 2u);
    device_write(env_bus_to_phys(bus), step->value);
    device_write(env_bus_to_phys(bus + 1u), (uint8_t)(step->value + 1u));
    sim_dev_store32(desc + 4u * ENV_DESC_OWN, ENV_DESC_DONE);
}

static void done(bool irq)
{
    if (env_snoops()) {
        insn_dsb(); /* its writes are ordered before its done bit */
    }
    sim_dev_done(env_done);
    if (irq) {
        sim_irq_raise(env_device_irq);
    }
}

void env_play(void *arg)
{
    for (const struct env_step *step = arg; step->op != ENV_D_END; step++) {
        switch ((enum env_device_op)step->op) {
        case ENV_D_WAIT:
            sim_dev_wait(env_door, step->value);
            break;
        case ENV_D_READ: {
            const uint8_t v = device_read(target(step));

            sim_expect(step->value == 0 || v == step->value);
            break;
        }
        case ENV_D_WRITE:
            device_write(target(step), step->value);
            break;
        case ENV_D_DONE:
        case ENV_D_IRQ:
            done(step->op == ENV_D_IRQ);
            break;
        case ENV_D_DESC:
            descriptor(step);
            break;
        case ENV_D_POLL:
            while (sim_dev_load32(env_state->buf[step->map].phys + 4u * (uint32_t)step->at) !=
                   step->value) {
                sim_relax();
            }
            break;
        case ENV_D_WORD:
            sim_expect(sim_dev_load32(env_state->buf[step->map].phys + 4u * (uint32_t)step->at) ==
                       step->value);
            break;
        case ENV_D_END:
            break;
        }
    }
}
