/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Coherent memory and its barriers; devices that snoop; devices whose data lands late. */
#include "cases.h"

enum {
    CPU_A = 1,
    CPU_B,
    CPU_C
};
#define DEV_A 0x40u
#define DEV_B 0x41u
#define WORD  0x51u

#define FROM DMACOH_FROM_DEVICE
#define TO   DMACOH_TO_DEVICE
#define BIDI DMACOH_BIDIRECTIONAL

/* ---- a descriptor ring ---- */

static const struct env_step takes_descriptor[] = {
    ENV_WAIT(1),
    ENV_DESC(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};

static void give_descriptor(uint32_t m)
{
    env_set_word(0, ENV_DESC_BUS, (uint32_t)env_handle(m)->bus);
    env_set_word(0, ENV_DESC_LEN, 2);
    env_wmb(); /* the body before the word that gives it away */
    env_set_word(0, ENV_DESC_OWN, 1);
    env_publish();
    env_doorbell();
}

static void ring(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_expect(env_map_phys(0, env_part(0, 0, *(const int *)env_arg()), FROM, 0) == DMACOH_OK);
    give_descriptor(0);
    env_wait_done(1);
    env_read_register();
    env_rmb(); /* that register before the ring */
    env_expect(env_word(0, ENV_DESC_OWN) == ENV_DESC_DONE);
    env_rmb();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == DEV_B);
    env_expect(env_free(0) == DMACOH_OK);
}

/* The OWN word itself tells that the data has landed: the device writes it last, in order. */
static void ring_polled(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_expect(env_map_phys(0, env_part(0, 0, *(const int *)env_arg()), FROM, 0) == DMACOH_OK);
    give_descriptor(0);
    while (env_word(0, ENV_DESC_OWN) != ENV_DESC_DONE) {
        env_relax();
    }
    env_rmb();
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == DEV_B);
}

static const int one_line = ENV_AT(1, 0);
static const int few_bytes = ENV_AT(0, 4);

/* ---- the device looks at the ring by itself: only wmb keeps body and OWN in order ---- */

static const struct env_step polls_ring[] = {
    ENV_WAIT(1), ENV_POLL(0, ENV_DESC_OWN, 1), ENV_WORD(0, ENV_DESC_LEN, 2), ENV_DONE, ENV_END,
};

static void polled_by_device(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_publish();
    env_doorbell();
    env_set_word(0, ENV_DESC_LEN, 2);
    env_wmb();
    env_set_word(0, ENV_DESC_OWN, 1);
    env_publish();
    env_wait_done(1);
}

/* ---- fresh memory is zero, for both sides ---- */

static const struct env_step sees_zero[] = {
    ENV_WAIT(1), ENV_WORD(0, 0, 0), ENV_WORD(0, 3, 0), ENV_DONE, ENV_END,
};

static void zeroed(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_expect(env_word(0, 1) == 0);
    env_publish();
    env_doorbell();
    env_wait_done(1);
    env_expect(env_free(0) == DMACOH_OK);
}

static void freed_and_reused(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    const dmacoh_bus_t bus = env_buf(0)->bus;

    env_set_word(0, 0, WORD);
    env_set_word(0, 3, WORD);
    env_expect(env_free(0) == DMACOH_OK);
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_expect(env_buf(0)->bus == bus);
    env_expect(env_word(0, 0) == 0);
    env_publish();
    env_doorbell();
    env_wait_done(1);
}

/* ---- memory that was cacheable, with dirty lines on their way ---- */

static const struct env_step sees_word[] = {
    ENV_WAIT(1),
    ENV_WORD(0, 0, WORD),
    ENV_DONE,
    ENV_END,
};

static void old_page(void)
{
    env_expect(env_add_old_page(0) == DMACOH_OK);
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_set_word(0, 0, WORD);
    env_publish();
    env_doorbell();
    env_stir();
    env_wait_done(1);
    env_expect(env_word(0, 0) == WORD);
}

/* ---- allocation beside others ---- */

static void alloc_and_free(uint32_t b)
{
    env_expect(env_alloc(b, 1) == DMACOH_OK);
    env_set_word(b, 0, WORD + b);
    env_expect(env_word(b, 0) == WORD + b);
    env_expect(env_free(b) == DMACOH_OK);
}

static void allocates(void)
{
    alloc_and_free(0);
}

static void also_allocates(void)
{
    alloc_and_free(1);
}

/* ---- posted device writes, with a hook instead of a register read by the driver ---- */

static const struct env_step one_write[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};
static const struct env_step one_write_irq[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_IRQ,
    ENV_END,
};

static void hooked(void)
{
    env_store(0, 1, CPU_A);
    env_expect(env_map_phys(0, env_part(0, 0, *(const int *)env_arg()), FROM, 0) == DMACOH_OK);
    env_publish();
    env_doorbell();
    env_wait_done(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
    env_expect(env_load(0, 1) == CPU_A);
}

static void starts(void)
{
    env_expect(env_map_phys(0, env_part(0, 0, ENV_AT(1, 0)), FROM, 0) == DMACOH_OK);
    env_publish();
    env_doorbell();
    env_wait(0, 1);
    env_expect(env_load(0, 0) == DEV_A);
}

static void irq_completes(void)
{
    env_expect(env_unmap(0) == DMACOH_OK);
    env_signal(0);
}

/* ---- a master that snoops: no maintenance, no bounce for shared lines ---- */

static const struct env_step snoop_both[] = {
    ENV_WAIT(1), ENV_READ(0, 0, CPU_A), ENV_WRITE(0, 1, DEV_A), ENV_DONE, ENV_END,
};
static const struct env_step snoop_read[] = {
    ENV_WAIT(1), ENV_READ(0, 0, CPU_A), ENV_READ(0, ENV_LAST, CPU_B), ENV_DONE, ENV_END,
};

static uint32_t maintained(const struct dmacoh_stats *s)
{
    return s->lines_clean + s->lines_inval + s->lines_clean_inval + s->barriers;
}

static void snooped(void)
{
    const enum dmacoh_dir dir = *(const enum dmacoh_dir *)env_arg();
    const struct env_part p = env_part(0, 5, 9);
    struct dmacoh_stats before;
    struct dmacoh_stats after;

    env_expect(dmacoh_stats(env_instance(), &before) == DMACOH_OK);
    env_store(0, p.first, CPU_A);
    env_store(0, p.first + p.len - 1u, CPU_B);
    env_expect(env_map_phys(0, p, dir, 0) == DMACOH_OK);
    env_expect(dmacoh_map_bounced(env_handle(0)) == 0);
    env_publish();
    env_doorbell();
    env_wait_done(1);
    env_rmb();
    env_expect(env_unmap(0) == DMACOH_OK);
    if (dir != TO) {
        env_expect(env_load(0, p.first + 1u) == DEV_A);
    }
    env_expect(env_load(0, p.first + p.len - 1u) == CPU_B);
    env_expect(dmacoh_stats(env_instance(), &after) == DMACOH_OK);
    env_expect(maintained(&after) == maintained(&before));
}

static const enum dmacoh_dir snoop_to = TO;
static const enum dmacoh_dir snoop_bidi = BIDI;

#define DMA   ENV_NEED_DMA
#define NC    ENV_NEED_COHERENT
#define SNOOP (ENV_NEED_SNOOP | ENV_NEED_CPU2)
#define M1                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 1                                                                             \
        }                                                                                          \
    }

static const struct env_case cases[] = {
    {"coherent-ring",
     DMA | NC,
     ENV_DIRECT,
     0,
     0,
     M1,
     takes_descriptor,
     {ring, NULL},
     NULL,
     &one_line},
    {"coherent-ring-data-bounced",
     DMA | NC,
     ENV_DIRECT,
     0,
     0,
     M1,
     takes_descriptor,
     {ring, NULL},
     NULL,
     &few_bytes},
    {"coherent-ring-polled",
     DMA | NC,
     ENV_DIRECT,
     0,
     0,
     M1,
     takes_descriptor,
     {ring_polled, NULL},
     NULL,
     &one_line},
    {"coherent-ring-polled-bounced",
     DMA | NC,
     ENV_CACHED_POOL,
     0,
     0,
     M1,
     takes_descriptor,
     {ring_polled, NULL},
     NULL,
     &few_bytes},
    {"coherent-ring-polled-by-device",
     DMA | NC,
     ENV_DIRECT,
     0,
     0,
     {{0, 0}},
     polls_ring,
     {polled_by_device, NULL},
     NULL,
     NULL},
    {"coherent-zeroed",
     DMA | NC,
     ENV_DIRECT,
     0,
     0,
     {{0, 0}},
     sees_zero,
     {zeroed, NULL},
     NULL,
     NULL},
    {"coherent-freed-and-reused",
     DMA | NC,
     ENV_DIRECT,
     0,
     0,
     {{0, 0}},
     sees_zero,
     {freed_and_reused, NULL},
     NULL,
     NULL},
    {"coherent-page-with-dirty-lines",
     DMA | ENV_NEED_RETYPE | NC,
     ENV_DIRECT,
     0,
     0,
     {{0, 0}},
     sees_word,
     {old_page, NULL},
     NULL,
     NULL},
    {"coherent-two-cpus-allocate",
     ENV_NEED_CPU2 | NC,
     ENV_DIRECT,
     0,
     ENV_SHARED_POOLS,
     {{0, 0}},
     NULL,
     {allocates, also_allocates},
     NULL,
     NULL},
    {"coherent-irq-allocates",
     ENV_NEED_IRQ | NC,
     ENV_DIRECT,
     1,
     0,
     {{0, 0}},
     NULL,
     {allocates, NULL},
     also_allocates,
     NULL},
    {"late-write-hook", DMA, ENV_HOOK, 0, 0, M1, one_write, {hooked, NULL}, NULL, &one_line},
    {"late-write-hook-bounced",
     DMA,
     ENV_HOOK,
     0,
     0,
     M1,
     one_write,
     {hooked, NULL},
     NULL,
     &few_bytes},
    {"late-write-hook-in-irq",
     DMA | ENV_NEED_DEVIRQ,
     ENV_HOOK,
     0,
     0,
     M1,
     one_write_irq,
     {starts, NULL},
     irq_completes,
     NULL},
    {"ordered-write-in-irq",
     DMA | ENV_NEED_DEVIRQ,
     ENV_ORDERED,
     0,
     0,
     M1,
     one_write_irq,
     {starts, NULL},
     irq_completes,
     NULL},
    {"snoop-to-inside-line",
     SNOOP,
     ENV_SNOOP,
     0,
     0,
     M1,
     snoop_read,
     {snooped, NULL},
     NULL,
     &snoop_to},
    {"snoop-bidi-inside-line",
     SNOOP,
     ENV_SNOOP,
     0,
     0,
     M1,
     snoop_both,
     {snooped, NULL},
     NULL,
     &snoop_bidi},
};

const struct env_table env_coherent = {cases, ENV_COUNT(cases)};
