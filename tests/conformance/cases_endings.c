/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ways in which a mapping ends: by the last of two users, by an abort, in an interrupt. */
#include "cases.h"

enum {
    CPU_A = 1,
    CPU_B,
    CPU_C,
    CPU_D
};
#define DEV_A 0x40u
#define DEV_B 0x41u
#define DEV_C 0x42u

#define FROM DMACOH_FROM_DEVICE
#define TO   DMACOH_TO_DEVICE
#define BIDI DMACOH_BIDIRECTIONAL

static void start(void)
{
    env_publish();
    env_doorbell();
}

static void wait_landed(uint32_t n)
{
    env_stir();
    env_wait_done(n);
    env_read_register();
}

static const struct env_step one_write[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};

static const int one_line = ENV_AT(1, 0);
static const int few_bytes = ENV_AT(0, 4);

/* ---- one handle, two users ---- */

static void first_user(void)
{
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    env_expect(env_ref(0) == DMACOH_OK);
    start();
    env_signal(0);
    wait_landed(1);
    env_signal(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_wait(2, 1);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_unmap(0) == DMACOH_E_STALE);
}

static void second_user(void)
{
    env_wait(0, 1);
    env_wait(1, 1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_signal(2);
}

/* ---- lines of the buffer in another CPU's cache ---- */

/* The other CPU has looked at the buffer before, or stored to it, and looks at it afterwards. */
static void maps_what_is_held(void)
{
    env_wait(0, 1);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_signal(1);
}

static void held_elsewhere(void)
{
    env_expect(env_load(0, 0) == env_initial(0, 0));
    env_signal(0);
    env_wait(1, 1);
    env_expect(env_load(0, 0) == DEV_A);
}

static void dirty_elsewhere(void)
{
    env_store(0, 1, CPU_B);
    env_signal(0);
    env_wait(1, 1);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == CPU_B);
}

/* ---- endings ---- */

/* The device never started: the old content is still there. */
static void aborted(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    env_stir();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == CPU_A);
    env_expect(env_load(0, 1) == env_initial(0, 1));
}

static const struct env_step never_ends[] = {
    ENV_WAIT(1), ENV_WRITE(0, 0, DEV_A), ENV_DONE, ENV_WRITE(0, 1, DEV_B), ENV_END,
};

/* A device that cannot be stopped writes its abandoned slot; a new mapping gets another one. */
static void abandoned(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, 4), FROM, 0) == DMACOH_OK);
    const dmacoh_bus_t bus = env_handle(0)->bus;

    start();
    env_wait_done(1);
    env_expect(env_abandon(0) == DMACOH_OK);
    env_expect(env_unmap(0) == DMACOH_E_STALE);
    env_expect(env_map_phys(1, env_part(1, 0, 4), FROM, 0) == DMACOH_OK);
    env_expect(env_handle(1)->bus != bus);
    env_expect(env_unmap(1) == DMACOH_OK);
    env_expect(env_load(1, 0) == env_initial(1, 0));
}

/* A handle is used again at once, for the other direction. */
static const struct env_step reuse[] = {
    ENV_WAIT(1), ENV_WRITE(0, 0, DEV_A), ENV_DONE, ENV_WAIT(2), ENV_READ(0, 0, CPU_A), ENV_DONE,
    ENV_END,
};

static void reused(void)
{
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), TO, 0) == DMACOH_OK);
    start();
    wait_landed(2);
    env_expect(env_unmap(0) == DMACOH_OK);
}

/* ---- completed in the device's interrupt ---- */

static const struct env_step with_irq[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_IRQ,
    ENV_END,
};

static void irq_starts(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, *(const int *)env_arg()), FROM, 0) == DMACOH_OK);
    start();
    env_wait(0, 1);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == env_initial(0, 1));
}

/* A register is read first: a wired interrupt overtakes the data. */
static void irq_completes(void)
{
    env_read_register();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_signal(0);
}

#define DMA ENV_NEED_DMA
#define IRQ (ENV_NEED_DMA | ENV_NEED_DEVIRQ)
#define M1                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 1                                                                             \
        }                                                                                          \
    }
#define M2                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 2                                                                             \
        }                                                                                          \
    }
#define M11                                                                                        \
    {                                                                                              \
        {ENV_LOW, 1},                                                                              \
        {                                                                                          \
            ENV_LOW, 1                                                                             \
        }                                                                                          \
    }
#define M32                                                                                        \
    {                                                                                              \
        {ENV_LOW, 3},                                                                              \
        {                                                                                          \
            ENV_LOW, 3                                                                             \
        }                                                                                          \
    }

static const struct env_case cases[] = {
    {"end-shared-handle-two-cpus",
     DMA | ENV_NEED_CPU2,
     ENV_DIRECT,
     0,
     ENV_SHARED_HANDLES,
     M1,
     one_write,
     {first_user, second_user},
     NULL,
     NULL},
    {"end-held-by-other-cpu",
     DMA | ENV_NEED_CPU2,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write,
     {maps_what_is_held, held_elsewhere},
     NULL,
     NULL},
    {"end-dirty-in-other-cpu",
     DMA | ENV_NEED_CPU2,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write,
     {maps_what_is_held, dirty_elsewhere},
     NULL,
     NULL},
    {"end-aborted", 0, ENV_DIRECT, 0, 0, M1, NULL, {aborted, NULL}, NULL, NULL},
    {"end-aborted-bounced", 0, ENV_FORCED, 0, 0, M1, NULL, {aborted, NULL}, NULL, NULL},
    {"end-abandoned", DMA, ENV_FORCED, 0, 0, M11, never_ends, {abandoned, NULL}, NULL, NULL},
    {"end-handle-reused", DMA, ENV_DIRECT, 0, 0, M1, reuse, {reused, NULL}, NULL, NULL},
    {"end-irq-unmaps",
     IRQ,
     ENV_DIRECT,
     0,
     0,
     M1,
     with_irq,
     {irq_starts, NULL},
     irq_completes,
     &one_line},
    {"end-irq-unmaps-bounced",
     IRQ,
     ENV_DIRECT,
     0,
     0,
     M1,
     with_irq,
     {irq_starts, NULL},
     irq_completes,
     &few_bytes},
};

const struct env_table env_endings = {cases, ENV_COUNT(cases)};
