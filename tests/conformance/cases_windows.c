/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Memory without a mapping: maintained and copied through window slots, on two CPUs at once and with
 * interrupts that use slots of their own at any step.
 */
#include "cases.h"

enum {
    CPU_A = 1,
    CPU_B,
    CPU_C,
    CPU_D
};
#define DEV_A 0x40u
#define DEV_B 0x41u

#define FROM DMACOH_FROM_DEVICE
#define TO   DMACOH_TO_DEVICE
#define BIDI DMACOH_BIDIRECTIONAL

struct high {
    uint8_t dir;
    int16_t first, end;
    uint8_t bounced; /* some of it must be */
};

static const struct env_step to_device[] = {
    ENV_WAIT(1), ENV_READ(0, 0, CPU_A), ENV_READ(0, ENV_LAST, CPU_B), ENV_DONE, ENV_END,
};
static const struct env_step from_device[] = {
    ENV_WAIT(1), ENV_WRITE(0, 0, DEV_A), ENV_WRITE(0, ENV_LAST, DEV_B), ENV_DONE, ENV_END,
};

static int map_part(const struct high *h, struct env_part p)
{
    return env_map_segs(0, &p, 1, 4, (enum dmacoh_dir)h->dir, 0);
}

static void transfer(void)
{
    const struct high *h = env_arg();
    const struct env_part p = env_part(0, h->first, h->end);
    const uint32_t last = p.first + p.len - 1u;
    const bool written = h->dir != TO;

    env_store(0, p.first, CPU_A);
    env_store(0, last, CPU_B);
    if (p.first != 0) {
        env_store(0, p.first - 1u, CPU_C);
    }
    env_expect(map_part(h, p) == DMACOH_OK);
    env_expect((dmacoh_map_bounced(env_handle(0)) != 0) == (h->bounced != 0));
    env_publish();
    env_doorbell();
    env_stir();
    env_wait_done(1);
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, p.first) == (written ? DEV_A : CPU_A));
    env_expect(env_load(0, last) == (written ? DEV_B : CPU_B));
    if (p.first != 0) {
        env_expect(env_load(0, p.first - 1u) == CPU_C);
    }
    if (p.len > 2u) {
        env_expect(env_load(0, p.first + 1u) == env_initial(0, p.first + 1u));
    }
}

static const struct high to_page = {TO, ENV_AT(0, 0), ENV_AT(1, 0), 0};
static const struct high from_page = {FROM, ENV_AT(0, 0), ENV_AT(1, 0), 0};
static const struct high bidi_cross = {BIDI, ENV_AT(0, 0), ENV_AT(2, 0), 0};
static const struct high from_cross = {FROM, ENV_AT(0, 0), ENV_AT(2, 0), 0};
static const struct high from_edges = {FROM, ENV_AT(0, 12), ENV_AT(2, 3), 1};
static const struct high to_bounced = {TO, ENV_AT(0, 12), ENV_AT(1, 3), 1};
static const struct high from_bounced = {FROM, ENV_AT(0, 12), ENV_AT(1, 3), 1};

/* ---- one round without a device, for what runs beside others ---- */

static void round_trip(uint32_t m, uint32_t mem, enum dmacoh_dir dir)
{
    env_store(mem, 0, CPU_A + mem);
    env_expect(env_map_phys(m, env_part(mem, 0, ENV_AT(1, 0)), dir, 0) == DMACOH_OK);
    env_expect(env_unmap(m) == DMACOH_OK);
    env_expect(env_load(mem, 0) == CPU_A + mem);
}

/* The interrupt comes at any step, also while a window of CPU 0 is about to open or to close. */
static void main_maps(void)
{
    round_trip(0, 0, FROM);
}

static void irq_maps(void)
{
    round_trip(1, 1, FROM);
}

static void irq_sends(void)
{
    round_trip(1, 1, TO);
}

static void cpu1_maps(void)
{
    round_trip(1, 1, FROM);
}

/* ---- one slot, one page after the other ---- */

static const struct env_step two_pages[] = {
    ENV_WAIT(1), ENV_READ(0, 0, CPU_A), ENV_WRITE(1, 0, DEV_A), ENV_DONE, ENV_END,
};

static void slot_reused(void)
{
    env_store(0, 0, CPU_A);
    env_store(1, 0, CPU_B);
    env_store(1, 1, CPU_C);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), TO, 0) == DMACOH_OK);
    env_expect(env_map_phys(1, env_part(1, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    env_publish();
    env_doorbell();
    env_wait_done(1);
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_unmap(1) == DMACOH_OK);
    env_expect(env_load(1, 0) == DEV_A);
    env_expect(env_load(1, 1) == CPU_C);
}

/* ---- mapped on one CPU, taken back on the other ---- */

static const struct env_step one_write[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};

static void starts(void)
{
    env_store(0, 1, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    env_publish();
    env_doorbell();
    env_signal(0);
    env_wait(1, 1);
    env_expect(env_load(0, 0) == DEV_A);
}

static void completes(void)
{
    env_wait(0, 1);
    env_wait_done(1);
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == CPU_A);
    env_signal(1);
}

/* ---- windows in the device's interrupt ---- */

static const struct env_step with_irq[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_IRQ,
    ENV_END,
};

/* While the interrupt takes page 0 back, the main program hands page 1 over. */
static void overlaps(void)
{
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    env_publish();
    env_doorbell();
    round_trip(1, 1, TO);
    env_wait(0, 1);
    env_expect(env_load(0, 0) == DEV_A);
}

static void irq_takes_back(void)
{
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_signal(0);
}

#define HIGH (ENV_NEED_HIGH | ENV_NEED_DMA)
#define M1                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_HIGH, 1                                                                            \
        }                                                                                          \
    }
#define M11                                                                                        \
    {                                                                                              \
        {ENV_HIGH, 1},                                                                             \
        {                                                                                          \
            ENV_HIGH, 1                                                                            \
        }                                                                                          \
    }
#define MCROSS                                                                                     \
    {                                                                                              \
        {                                                                                          \
            ENV_HIGH_CROSS, 3                                                                      \
        }                                                                                          \
    }

static const struct env_case cases[] = {
    {"high-to", HIGH, ENV_DIRECT, 0, 0, M1, to_device, {transfer, NULL}, NULL, &to_page},
    {"high-from", HIGH, ENV_DIRECT, 0, 0, M1, from_device, {transfer, NULL}, NULL, &from_page},
    {"high-from-two-pages",
     HIGH,
     ENV_DIRECT,
     0,
     0,
     MCROSS,
     from_device,
     {transfer, NULL},
     NULL,
     &from_cross},
    {"high-bidi-two-pages",
     HIGH,
     ENV_DIRECT,
     0,
     0,
     MCROSS,
     from_device,
     {transfer, NULL},
     NULL,
     &bidi_cross},
    {"high-from-edges",
     HIGH,
     ENV_DIRECT,
     0,
     0,
     MCROSS,
     from_device,
     {transfer, NULL},
     NULL,
     &from_edges},
    {"high-to-beyond-mask",
     HIGH,
     ENV_NARROW,
     0,
     0,
     MCROSS,
     to_device,
     {transfer, NULL},
     NULL,
     &to_bounced},
    {"high-from-beyond-mask",
     HIGH,
     ENV_NARROW,
     0,
     0,
     MCROSS,
     from_device,
     {transfer, NULL},
     NULL,
     &from_bounced},
    {"high-irq-maps-another-page",
     ENV_NEED_HIGH | ENV_NEED_IRQ,
     ENV_DIRECT,
     1,
     0,
     M11,
     NULL,
     {main_maps, NULL},
     irq_maps,
     NULL},
    {"high-irq-sends-another-page",
     ENV_NEED_HIGH | ENV_NEED_IRQ,
     ENV_DIRECT,
     1,
     0,
     M11,
     NULL,
     {main_maps, NULL},
     irq_sends,
     NULL},
    /* The same at any instruction, inside the window too: the only slot is saved and restored. */
    {"high-fast-irq-maps-another-page",
     ENV_NEED_HIGH | ENV_NEED_FAST,
     ENV_DIRECT,
     1,
     0,
     M11,
     NULL,
     {main_maps, NULL},
     irq_maps,
     NULL},
    {"high-fast-irq-sends-another-page",
     ENV_NEED_HIGH | ENV_NEED_FAST,
     ENV_DIRECT,
     1,
     0,
     M11,
     NULL,
     {main_maps, NULL},
     irq_sends,
     NULL},
    {"high-two-cpus",
     ENV_NEED_HIGH | ENV_NEED_CPU2,
     ENV_DIRECT,
     0,
     0,
     M11,
     NULL,
     {main_maps, cpu1_maps},
     NULL,
     NULL},
    {"high-slot-reused", HIGH, ENV_DIRECT, 0, 0, M11, two_pages, {slot_reused, NULL}, NULL, NULL},
    {"high-unmapped-by-other-cpu",
     HIGH | ENV_NEED_CPU2,
     ENV_DIRECT,
     0,
     ENV_SHARED_HANDLES,
     M1,
     one_write,
     {starts, completes},
     NULL,
     NULL},
    {"high-irq-unmaps-meanwhile",
     HIGH | ENV_NEED_DEVIRQ,
     ENV_DIRECT,
     0,
     0,
     M11,
     with_irq,
     {overlaps, NULL},
     irq_takes_back,
     NULL},
};

const struct env_table env_windows = {cases, ENV_COUNT(cases)};
