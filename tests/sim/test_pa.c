/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The PA-RISC machines: drivers that are right on them, the faults that they report, and each of
 * their rules: without it the same scene gets another verdict.
 */
#include <check.h>

#include "insn/sim_insn.h"
#include "soft_rig.h"

#define FDC(va)   sim_insn_cache(SIM_INSN_CLEAN_INVAL, (va))
#define PDC(va)   sim_insn_cache(SIM_INSN_INVAL, (va))
#define SYNC()    sim_insn_barrier(SIM_INSN_DSB)
#define SYNCDMA() sim_insn_syncdma()

/* ---- devices ---- */

static void dev_reads(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    (void)sim_dev_load(SOFT_BUF);
    sim_dev_done(soft_rig_done);
}

static void dev_writes(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    sim_dev_store(SOFT_BUF, 0x55);
    sim_dev_done(soft_rig_done);
}

static void dev_reads_nc(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    (void)sim_dev_load(SOFT_NC);
    sim_dev_done(soft_rig_done);
}

static void ordered(struct sim *s)
{
    sim_device_posted(s, 0, false);
}

/* ---- to the device ---- */

static void store_purge_late(uint32_t flush_va)
{
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    FDC(flush_va);
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void send(void *arg)
{
    (void)arg;
    store_purge_late(SOFT_C(SOFT_BUF));
}

static void send_by_congruent(void *arg)
{
    (void)arg;
    store_purge_late(SOFT_D(SOFT_BUF));
}

static void send_by_other(void *arg)
{
    (void)arg;
    store_purge_late(SOFT_E(SOFT_BUF));
}

static void send_without_sync(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    FDC(SOFT_C(SOFT_BUF));
    sim_doorbell(soft_rig_door);
}

static void store_and_tell(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    sim_flag_set(soft_rig_told, 1);
}

static void flush_when_told(void *arg)
{
    (void)arg;
    sim_wait(soft_rig_told, 1);
    FDC(SOFT_C(SOFT_BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

/* ---- from the device ---- */

static void start_receiving(void)
{
    FDC(SOFT_C(SOFT_BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
    sim_wait(soft_rig_done, 1);
}

static void receive(void *arg)
{
    (void)arg;
    start_receiving();
    sim_dev_reg_read(0);
    SYNCDMA();
    SYNC();
    PDC(SOFT_C(SOFT_BUF));
    SYNC();
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

static void receive_without_syncdma(void *arg)
{
    (void)arg;
    start_receiving();
    sim_dev_reg_read(0);
    SYNC();
    PDC(SOFT_C(SOFT_BUF));
    SYNC();
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

/* The data is still in the device: syncdma waits for what the adapter has. */
static void receive_without_read(void *arg)
{
    (void)arg;
    start_receiving();
    SYNCDMA();
    SYNC();
    PDC(SOFT_C(SOFT_BUF));
    SYNC();
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

static void receive_without_purge(void *arg)
{
    (void)arg;
    start_receiving();
    sim_dev_reg_read(0);
    SYNCDMA();
    SYNC();
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

static void purge_first(void *arg)
{
    (void)arg;
    start_receiving();
    sim_dev_reg_read(0);
    PDC(SOFT_C(SOFT_BUF));
    SYNC();
    SYNCDMA();
    SYNC();
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

/* A purge may write a dirty line back: over what the device wrote. */
static void purge_dirty(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    sim_doorbell(soft_rig_door);
    sim_wait(soft_rig_done, 1);
    sim_dev_reg_read(0);
    SYNCDMA();
    SYNC();
    PDC(SOFT_C(SOFT_BUF));
    SYNC();
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

/* ---- addresses ---- */

static void load_by_congruent(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    (void)sim_load8(SOFT_D(SOFT_BUF));
}

static void load_by_other(void *arg)
{
    (void)arg;
    (void)sim_load8(SOFT_C(SOFT_BUF));
    (void)sim_load8(SOFT_E(SOFT_BUF));
}

/* Another line of the page: it is the page that is referenced. */
static void reference_page(void *arg)
{
    (void)arg;
    (void)sim_load8(SOFT_C(SOFT_BUF));
    (void)sim_load8(SOFT_E(SOFT_BUF) + 4u * soft_rig_line);
}

static void uncached_alias(void *arg)
{
    (void)arg;
    (void)sim_load8(SOFT_F(SOFT_BUF));
}

static void uncached_store_alias(void *arg)
{
    (void)arg;
    sim_store8(SOFT_F(SOFT_BUF), 0xa0);
}

static void send_uncached(void *arg)
{
    (void)arg;
    sim_store8(SOFT_U(SOFT_NC), 0xa0);
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void map_other(struct sim *s)
{
    sim_map_sections(s, SOFT_E(0), 0, 1, SIM_MEM_CACHED);
}

static void map_congruent(struct sim *s)
{
    sim_map_sections(s, SOFT_D(0), 0, 1, SIM_MEM_CACHED);
}

static void map_uncached(struct sim *s)
{
    sim_map_sections(s, SOFT_F(0), 0, 1, SIM_MEM_UNCACHED);
}

#define TO(n, m, b, p)                                                                             \
    {                                                                                              \
        .what = (n), .model = (m), .bug = (b), .cpu0 = (p), .dev = dev_reads                       \
    }
#define FROM(n, m, b, p)                                                                           \
    {                                                                                              \
        .what = (n), .model = (m), .bug = (b), .cpu0 = (p), .dev = dev_writes                      \
    }
#define ALIAS(n, m, b, p, t)                                                                       \
    {                                                                                              \
        .what = (n), .model = (m), .bug = (b), .cpu0 = (p), .tune = (t)                            \
    }

static const struct soft_case cases[] = {
    TO("7100lc: send", "pa7100lc", SIM_OK, send),
    TO("8700: send", "pa8700", SIM_OK, send),
    TO("8800: send", "pa8800", SIM_OK, send),
    TO("send without sync", "pa7100lc", SIM_STALE_DEV, send_without_sync),
    FROM("7300lc: receive", "pa7300lc", SIM_OK, receive),
    FROM("8700: receive", "pa8700", SIM_OK, receive),
    FROM("8800: receive", "pa8800", SIM_OK, receive),
    FROM("no syncdma", "pa7100lc", SIM_STALE_CPU, receive_without_syncdma),
    FROM("no register read", "pa7100lc", SIM_STALE_CPU, receive_without_read),
    FROM("no purge", "pa7100lc", SIM_STALE_CPU, receive_without_purge),
    FROM("purge before syncdma", "pa7100lc", SIM_STALE_CPU, purge_first),
    FROM("purge of a dirty line", "pa7100lc", SIM_STALE_CPU, purge_dirty),
    {.what = "ordered device",
     .model = "pa7100lc",
     .bug = SIM_OK,
     .cpu0 = receive_without_read,
     .dev = dev_writes,
     .tune = ordered},
    {.what = "ordered device, no syncdma",
     .model = "pa7100lc",
     .bug = SIM_STALE_CPU,
     .cpu0 = receive_without_syncdma,
     .dev = dev_writes,
     .tune = ordered},
    {.what = "the other CPU's line",
     .model = "pa8700",
     .bug = SIM_OK,
     .cpu0 = flush_when_told,
     .cpu1 = store_and_tell,
     .dev = dev_reads},
    {.what = "flush by congruent",
     .model = "pa7100lc",
     .bug = SIM_OK,
     .cpu0 = send_by_congruent,
     .dev = dev_reads,
     .tune = map_congruent},
    {.what = "8800: flush by another address",
     .model = "pa8800",
     .bug = SIM_HPMC,
     .first = SIM_STALE_DEV,
     .cpu0 = send_by_congruent,
     .dev = dev_reads,
     .tune = map_congruent},
    {.what = "flush by other",
     .model = "pa8700",
     .bug = SIM_HPMC,
     .first = SIM_STALE_DEV,
     .cpu0 = send_by_other,
     .dev = dev_reads,
     .tune = map_other},
    ALIAS("congruent load", "pa7100lc", SIM_OK, load_by_congruent, map_congruent),
    ALIAS("8700: congruent load", "pa8700", SIM_OK, load_by_congruent, map_congruent),
    {.what = "8800: only equal addresses",
     .model = "pa8800",
     .bug = SIM_HPMC,
     .first = SIM_STALE_CPU,
     .cpu0 = load_by_congruent,
     .tune = map_congruent},
    ALIAS("load by other", "pa7100lc", SIM_HPMC, load_by_other, map_other),
    ALIAS("page referenced", "pa7300lc", SIM_HPMC, reference_page, map_other),
    TO("U bit", "pa7100lc", SIM_OK, send),
    {.what = "7300lc: U bit",
     .model = "pa7300lc",
     .bug = SIM_OK,
     .cpu0 = send_uncached,
     .dev = dev_reads_nc},
    {.what = "8700 has no U bit",
     .model = "pa8700",
     .bug = SIM_HPMC,
     .cpu0 = send_uncached,
     .dev = dev_reads_nc},
    ALIAS("uncached load of a line", "pa7300lc", SIM_HPMC, uncached_alias, map_uncached),
    ALIAS("uncached store to a line", "pa7300lc", SIM_HPMC, uncached_store_alias, map_uncached),
};

START_TEST(verdict)
{
    soft_rig_check(&cases[_i]);
}
END_TEST

static const struct soft_need needs[] = {
    {SIM_RULE_HPMC,
     {.what = "hpmc", .model = "pa7100lc", .cpu0 = load_by_other, .tune = map_other},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_REFERENCE,
     {.what = "reference", .model = "pa7100lc", .cpu0 = send, .dev = dev_reads, .tune = map_other},
     SIM_DONE,
     SIM_BUG},
    {SIM_RULE_CONGRUENT,
     {.what = "congruent", .model = "pa7100lc", .cpu0 = load_by_congruent, .tune = map_congruent},
     SIM_DONE,
     SIM_BUG},
    {SIM_RULE_DMA_SYNC,
     {.what = "syncdma", .model = "pa7100lc", .cpu0 = receive_without_syncdma, .dev = dev_writes},
     SIM_BUG,
     SIM_DONE},
};

START_TEST(rule_is_needed)
{
    soft_rig_need(&needs[_i]);
}
END_TEST

static void add(TCase *tc)
{
    tcase_add_loop_test(tc, verdict, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_loop_test(tc, rule_is_needed, 0, (int)(sizeof needs / sizeof needs[0]));
}

int main(void)
{
    return soft_rig_main("sim_pa", add);
}
