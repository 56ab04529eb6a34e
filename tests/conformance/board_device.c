/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Plays a case's script with a bus master of the board. */
#include "board_device.h"

#include "board_master.h"

static const struct master *master;
static const struct env_step *step;
static uint32_t door, done;
static uint32_t busy;

static uint32_t fetch_word(dmacoh_bus_t bus)
{
    return master->fetch(bus, 4);
}

static void irq(void)
{
    master->ack();
    if (env_case->irq != NULL) {
        env_case->irq();
    }
}

bool device_find(void)
{
    static const struct master *const known[] = {&board_master_edu, &board_master_lsi,
                                                 &board_master_virtio};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        master = known[i];
        if (master->find(irq)) {
            return true;
        }
    }
    master = NULL;
    return false;
}

void device_reset(void)
{
    static const struct env_step nothing = ENV_END;

    step = env_case->script != NULL ? env_case->script : &nothing;
    door = 0;
    done = 0;
}

uint32_t device_done(void)
{
    return __atomic_load_n(&done, __ATOMIC_ACQUIRE);
}

void device_ring(void)
{
    __atomic_fetch_add(&door, 1u, __ATOMIC_RELEASE);
}

void device_read(void)
{
    if (master != NULL) {
        master->read_register();
    }
}

static dmacoh_bus_t target(const struct env_step *s)
{
    const struct env_map *m = &env_state->map[s->map];
    const uint32_t off = s->at == ENV_LAST ? m->map.len - 1u : env_at(s->at);

    return device_bus(env_map_bus(m, off));
}

static bool fetch_matches(dmacoh_bus_t bus, uint8_t wanted)
{
    const uint32_t got = master->fetch(bus, 1);

    return wanted == 0 || got == wanted;
}

static void take_descriptor(const struct env_step *s)
{
    const dmacoh_phys_t desc = env_state->buf[s->map].phys + 4u * ENV_DESC_WORDS * (uint32_t)s->at;
    const dmacoh_bus_t bus = fetch_word(desc + 4u * ENV_DESC_BUS);

    env_expect(fetch_word(desc + 4u * ENV_DESC_OWN) == 1u);
    env_expect(fetch_word(desc + 4u * ENV_DESC_LEN) == 2u);
    master->put(device_bus(bus), s->value, 1);
    master->put(device_bus(bus + 1u), s->value + 1u, 1);
    master->put(desc + 4u * ENV_DESC_OWN, ENV_DESC_DONE, 4);
}

/* One step; false: it has to wait, or the script is at its end. */
static bool play_step(const struct env_step *s)
{
    switch ((enum env_device_op)s->op) {
    case ENV_D_WAIT:
        return __atomic_load_n(&door, __ATOMIC_ACQUIRE) >= s->value;
    case ENV_D_READ:
        env_expect(fetch_matches(target(s), s->value));
        return true;
    case ENV_D_WRITE:
        master->put(target(s), s->value, 1);
        return true;
    case ENV_D_DONE:
        __atomic_fetch_add(&done, 1u, __ATOMIC_RELEASE);
        return true;
    case ENV_D_IRQ:
        __atomic_fetch_add(&done, 1u, __ATOMIC_RELEASE);
        master->raise();
        return true;
    case ENV_D_DESC:
        take_descriptor(s);
        return true;
    case ENV_D_POLL:
        return fetch_word(env_state->buf[s->map].phys + 4u * (uint32_t)s->at) == s->value;
    case ENV_D_WORD:
        env_expect(fetch_word(env_state->buf[s->map].phys + 4u * (uint32_t)s->at) == s->value);
        return true;
    case ENV_D_END:
        break;
    }
    return false;
}

/* Interrupts stay on: the script's own one may come while its last step is played. */
void device_play(void)
{
    if (__atomic_exchange_n(&busy, 1u, __ATOMIC_ACQUIRE) != 0) {
        return;
    }
    while (play_step(step)) {
        step++;
    }
    __atomic_store_n(&busy, 0u, __ATOMIC_RELEASE);
}
