/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Wrong drivers. Each row breaks one clause of the contract, most of them in one line beside a case
 * that is right; the simulator must find every one of them on every model, else its oracles are blind
 * there. Boards do not run these.
 */
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

static const struct env_step one_write[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};
static const struct env_step one_read[] = {
    ENV_WAIT(1),
    ENV_READ(0, 0, CPU_A),
    ENV_DONE,
    ENV_END,
};

static struct env_part line(void)
{
    return env_part(0, 0, ENV_AT(1, 0));
}

static void map(enum dmacoh_dir dir)
{
    env_expect(env_map_phys(0, line(), dir, 0) == DMACOH_OK);
}

static void start(void)
{
    env_publish();
    env_doorbell();
}

static void wait_landed(uint32_t n)
{
    env_wait_done(n);
    env_read_register();
}

static void reads_before_unmap(void)
{
    map(FROM);
    start();
    wait_landed(1);
    env_expect(env_load(0, 0) == DEV_A);
}

static void unmaps_too_early(void)
{
    map(FROM);
    start();
    env_expect(env_unmap(0) == DMACOH_OK);
}

static void starts_too_early(void)
{
    env_doorbell();
    map(FROM);
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
}

static void wrong_direction(void)
{
    map(TO);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
}

static void wrong_direction_read(void)
{
    env_store(0, 0, CPU_A);
    map(FROM);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
}

static void stores_while_owned(void)
{
    map(FROM);
    env_store(0, 1, CPU_A);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
}

static void stores_while_sending(void)
{
    env_store(0, 0, CPU_A);
    map(TO);
    start();
    env_store(0, 1, CPU_B);
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
}

/* The data of a slot is still in the CPU's store buffer when the device starts. */
static void no_publish(void)
{
    env_store(0, 0, CPU_A);
    map(TO);
    env_doorbell();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
}

/* The interrupt overtook the data. */
static void no_register_read(void)
{
    map(FROM);
    start();
    env_wait_done(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
}

static const struct env_step one_write_irq[] = {
    ENV_WAIT(1),
    ENV_WRITE(0, 0, DEV_A),
    ENV_IRQ,
    ENV_END,
};

static void starts_and_waits(void)
{
    map(FROM);
    start();
    env_wait(0, 1);
    env_expect(env_load(0, 0) == DEV_A);
}

static void irq_without_register_read(void)
{
    env_expect(env_unmap(0) == DMACOH_OK);
    env_signal(0);
}

static void lies_about_edges(void)
{
    const struct env_part p = env_part(0, 4, ENV_AT(1, 0));

    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, p, FROM, DMACOH_ATTR_EDGES_OWNED) == DMACOH_OK);
    start();
    env_store(0, 1, CPU_B);
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 1) == CPU_B);
}

static void overwrite_but_short(void)
{
    env_store(0, 1, CPU_A);
    env_expect(env_map_phys(0, line(), FROM, DMACOH_ATTR_OVERWRITE) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
    env_expect(env_load(0, 1) == CPU_A);
}

static const struct env_step two_writes[] = {
    ENV_WAIT(1), ENV_WRITE(0, 0, DEV_A), ENV_DONE, ENV_WAIT(2), ENV_WRITE(0, 1, DEV_B), ENV_DONE,
    ENV_END,
};

static void not_given_back(void)
{
    map(FROM);
    start();
    wait_landed(1);
    env_expect(env_sync_for_cpu(0, 0, env_line()) == DMACOH_OK);
    start();
    wait_landed(2);
    env_expect(env_unmap(0) == DMACOH_OK);
}

static void skip_sync_without_sync(void)
{
    env_store(0, 0, CPU_A);
    env_expect(env_map_phys(0, line(), TO, DMACOH_ATTR_SKIP_SYNC) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
}

static const struct env_step takes_descriptor[] = {
    ENV_WAIT(1),
    ENV_DESC(0, 0, DEV_A),
    ENV_DONE,
    ENV_END,
};

/* The device already looks at the ring: nothing orders the body before OWN. */
static const struct env_step polls_descriptor[] = {
    ENV_WAIT(1), ENV_WORD(0, ENV_DESC_OWN, 1), ENV_WORD(0, ENV_DESC_LEN, 2), ENV_DONE, ENV_END,
};

static void descriptor_not_published(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    map(FROM);
    env_set_word(0, ENV_DESC_BUS, (uint32_t)env_handle(0)->bus);
    env_set_word(0, ENV_DESC_LEN, 2);
    env_set_word(0, ENV_DESC_OWN, 1);
    env_doorbell();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK);
}

static void own_before_body(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_set_word(0, ENV_DESC_OWN, 1);
    start();
    env_set_word(0, ENV_DESC_LEN, 2);
    env_wait_done(1);
}

static const struct env_step polls_ring[] = {
    ENV_WAIT(1), ENV_POLL(0, ENV_DESC_OWN, 1), ENV_WORD(0, ENV_DESC_LEN, 2), ENV_DONE, ENV_END,
};

static void no_wmb(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    start();
    env_set_word(0, ENV_DESC_LEN, 2);
    env_set_word(0, ENV_DESC_OWN, 1);
    env_publish();
    env_wait_done(1);
}

static const struct env_step sees_word[] = {
    ENV_WAIT(1),
    ENV_WORD(0, 0, WORD),
    ENV_DONE,
    ENV_END,
};

/* The loader's dirty lines come out of the cache after the driver has written. */
static void old_page_called_clean(void)
{
    env_expect(env_add_old_page(DMACOH_REGION_CLEAN) == DMACOH_OK);
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_set_word(0, 0, WORD);
    start();
    env_wait_done(1);
    env_expect(env_word(0, 0) == WORD);
}

static void used_after_abandon(void)
{
    map(FROM);
    start();
    env_wait_done(1);
    env_expect(env_abandon(0) == DMACOH_OK);
    env_expect(env_load(0, 0) == DEV_A);
}

static void one_of_two_users(void)
{
    map(FROM);
    env_expect(env_ref(0) == DMACOH_OK);
    start();
    wait_landed(1);
    env_expect(env_unmap(0) == DMACOH_OK); /* the other user has not */
    env_expect(env_load(0, 0) == DEV_A);
}

static void freed_while_in_use(void)
{
    env_expect(env_alloc(0, 1) == DMACOH_OK);
    env_set_word(0, 0, WORD);
    start();
    env_expect(env_free(0) == DMACOH_OK);
    env_expect(env_alloc(1, 1) == DMACOH_OK);
    env_wait_done(1);
}

#define DMA ENV_NEED_DMA
#define M1                                                                                         \
    {                                                                                              \
        {                                                                                          \
            ENV_LOW, 1                                                                             \
        }                                                                                          \
    }
#define NOMEM                                                                                      \
    {                                                                                              \
        {                                                                                          \
            0, 0                                                                                   \
        }                                                                                          \
    }
#define ROW(name, device, script, fn)                                                              \
    {                                                                                              \
        name, DMA, device, 0, 0, M1, script, {fn, NULL}, NULL, NULL                                \
    }

#define NC_ROW(name, script, fn)                                                                   \
    {                                                                                              \
        name, DMA | ENV_NEED_COHERENT, ENV_DIRECT, 0, 0, M1, script, {fn, NULL}, NULL, NULL        \
    }

static const struct env_case cases[] = {
    ROW("wrong-reads-before-unmap", ENV_DIRECT, one_write, reads_before_unmap),
    ROW("wrong-unmaps-too-early", ENV_DIRECT, one_write, unmaps_too_early),
    ROW("wrong-unmaps-too-early-bounced", ENV_FORCED, one_write, unmaps_too_early),
    ROW("wrong-starts-too-early", ENV_DIRECT, one_write, starts_too_early),
    ROW("wrong-direction", ENV_DIRECT, one_write, wrong_direction),
    ROW("wrong-direction-bounced", ENV_FORCED, one_write, wrong_direction),
    ROW("wrong-direction-read", ENV_DIRECT, one_read, wrong_direction_read),
    ROW("wrong-stores-while-owned", ENV_DIRECT, one_write, stores_while_owned),
    ROW("wrong-stores-while-sending", ENV_DIRECT, one_read, stores_while_sending),
    /* What goes through cached slots is published by the map call itself. */
    {"wrong-no-publish-bounced",
     DMA | ENV_NEED_COHERENT,
     ENV_FORCED,
     0,
     0,
     M1,
     one_read,
     {no_publish, NULL},
     NULL,
     NULL},
    ROW("wrong-no-register-read", ENV_DIRECT, one_write, no_register_read),
    ROW("wrong-no-register-read-bounced", ENV_FORCED, one_write, no_register_read),
    {"wrong-irq-without-register-read",
     DMA | ENV_NEED_DEVIRQ,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write_irq,
     {starts_and_waits, NULL},
     irq_without_register_read,
     NULL},
    ROW("wrong-lies-about-edges", ENV_DIRECT, one_write, lies_about_edges),
    {"wrong-overwrite-but-short",
     DMA | ENV_NEED_DIRTY,
     ENV_DIRECT,
     0,
     0,
     M1,
     one_write,
     {overwrite_but_short, NULL},
     NULL,
     NULL},
    ROW("wrong-not-given-back", ENV_DIRECT, two_writes, not_given_back),
    ROW("wrong-skip-sync-without-sync", ENV_DIRECT, one_read, skip_sync_without_sync),
    NC_ROW("wrong-descriptor-not-published", takes_descriptor, descriptor_not_published),
    NC_ROW("wrong-no-wmb", polls_ring, no_wmb),
    NC_ROW("wrong-own-before-body", polls_descriptor, own_before_body),
    {"wrong-old-page-called-clean",
     DMA | ENV_NEED_RETYPE | ENV_NEED_COHERENT,
     ENV_DIRECT,
     0,
     0,
     NOMEM,
     sees_word,
     {old_page_called_clean, NULL},
     NULL,
     NULL},
    ROW("wrong-used-after-abandon", ENV_DIRECT, one_write, used_after_abandon),
    ROW("wrong-one-of-two-users", ENV_DIRECT, one_write, one_of_two_users),
    NC_ROW("wrong-freed-while-in-use", sees_word, freed_while_in_use),
};

const struct env_table env_wrong = {cases, ENV_COUNT(cases)};
