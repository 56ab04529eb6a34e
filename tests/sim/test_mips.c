/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The MIPS machines' caches: drivers that are right on them, the faults that they report, and each
 * of their rules: without it the same scene gets another verdict.
 */
#include <check.h>

#include "mips_ops.h"
#include "soft_rig.h"

#define BUF SOFT_BUF

/* ---- devices ---- */

static void dev_reads(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    (void)sim_dev_load(BUF);
    sim_dev_done(soft_rig_done);
}

static void dev_writes(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    sim_dev_store(BUF, 0x55);
    sim_dev_done(soft_rig_done);
}

/* ---- to the device ---- */

static void store(void)
{
    sim_store8(K0(BUF), 0xa0);
    SYNC();
}

static void send(void *arg)
{
    (void)arg;
    store();
    CACHE(HIT_WB_D, K0(BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void send_without_sync(void *arg)
{
    (void)arg;
    store();
    CACHE(HIT_WB_D, K0(BUF));
    sim_doorbell(soft_rig_door);
}

static void send_through_kseg1(void *arg)
{
    (void)arg;
    store();
    CACHE(HIT_WBINV_D, K1(BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void send_by_index(void *arg)
{
    (void)arg;
    store();
    CACHE(0x01u, K0(BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void send_through_both(void *arg)
{
    (void)arg;
    store();
    CACHE(HIT_WB_D, K0(BUF));
    SYNC();
    CACHE(HIT_WB_SD, K0(BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void send_without_sync_between(void *arg)
{
    (void)arg;
    store();
    CACHE(HIT_WB_D, K0(BUF));
    CACHE(HIT_WB_SD, K0(BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void send_by_outer_only(void *arg)
{
    (void)arg;
    store();
    CACHE(HIT_WBINV_SD, K0(BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

/* The CPU that cleans is not the one that stored. */
static void store_and_tell(void *arg)
{
    (void)arg;
    store();
    sim_flag_set(soft_rig_told, 1);
}

static void send_when_told(void *arg)
{
    (void)arg;
    sim_wait(soft_rig_told, 1);
    CACHE(HIT_WB_D, K0(BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

/* ---- from the device ---- */

static void prepare(uint32_t op)
{
    sim_store8(K0(BUF), 0xa0);
    SYNC();
    CACHE(op, K0(BUF));
    SYNC();
}

static void run_device(void)
{
    sim_doorbell(soft_rig_door);
    sim_wait(soft_rig_done, 1);
    sim_dev_reg_read(0);
    SYNC();
}

static void finish(uint32_t op)
{
    CACHE(op, K0(BUF));
    SYNC();
}

static void receive(void *arg)
{
    (void)arg;
    prepare(HIT_WBINV_D);
    run_device();
    finish(HIT_INV_D);
    (void)sim_load8(K0(BUF));
}

static void receive_without_inval(void *arg)
{
    (void)arg;
    prepare(HIT_WBINV_D);
    run_device();
    (void)sim_load8(K0(BUF));
}

static void receive_outer_first(void *arg)
{
    (void)arg;
    prepare(HIT_WBINV_D);
    finish(HIT_WBINV_SD);
    run_device();
    finish(HIT_INV_SD);
    finish(HIT_INV_D);
    (void)sim_load8(K0(BUF));
}

static void receive_inner_first(void *arg)
{
    (void)arg;
    prepare(HIT_WBINV_D);
    finish(HIT_WBINV_SD);
    run_device();
    finish(HIT_INV_D);
    finish(HIT_INV_SD);
    (void)sim_load8(K0(BUF));
}

static void receive_by_outer_only(void *arg)
{
    (void)arg;
    prepare(HIT_WBINV_SD);
    run_device();
    finish(HIT_INV_SD);
    (void)sim_load8(K0(BUF));
}

static void empty_read_ahead(void)
{
    const uint32_t v = sim_insn_mips_reg_load(RAC_REG);

    sim_insn_mips_reg_store(RAC_REG, v | 0x100u);
    (void)sim_insn_mips_reg_load(RAC_REG);
    SYNC(); /* CACHE does not wait for a load */
}

static void receive_past_read_ahead(void *arg)
{
    (void)arg;
    prepare(HIT_WBINV_D);
    run_device();
    empty_read_ahead();
    finish(HIT_INV_D);
    (void)sim_load8(K0(BUF));
}

static void receive_without_read_back(void *arg)
{
    (void)arg;
    prepare(HIT_WBINV_D);
    run_device();
    sim_insn_mips_reg_store(RAC_REG, 0x100u);
    (void)sim_load8(K0(BUF));
}

/* ---- uncached ---- */

static void share(void *arg)
{
    (void)arg;
    CACHE(HIT_WBINV_D, K0(BUF));
    SYNC();
    sim_store8(K1(BUF), 0xa0);
    SYNC();
    run_device();
    (void)sim_load8(K1(BUF));
}

static void share_dirty(void *arg)
{
    (void)arg;
    store();
    sim_store8(K1(BUF), 0xa1);
    SYNC();
    run_device();
    (void)sim_load8(K1(BUF));
}

static void share_and_return(void *arg)
{
    (void)arg;
    share(NULL);
    (void)sim_load8(K0(BUF)); /* a clean line may be older than what the device wrote */
}

static void no_prefetch(struct sim_model *m)
{
    m->prefetch = false;
}

static void speculates_stores(struct sim_model *m)
{
    m->store_speculation = true;
}

static const struct soft_case cases[] = {
    {.what = "send", .model = "24kc", .cpu0 = send, .dev = dev_reads},
    {.what = "send, no sync",
     .model = "24kc",
     .bug = SIM_STALE_DEV,
     .cpu0 = send_without_sync,
     .dev = dev_reads},
    {.what = "send by index",
     .model = "24kc",
     .bug = SIM_CONFUSED,
     .cpu0 = send_by_index,
     .dev = dev_reads},
    {.what = "no outer cache",
     .model = "24kc",
     .bug = SIM_UNDEFINED,
     .cpu0 = send_through_both,
     .dev = dev_reads},
    {.what = "send, two levels", .model = "bmips5000", .cpu0 = send_through_both, .dev = dev_reads},
    {.what = "send, inner only",
     .model = "bmips5000",
     .bug = SIM_STALE_DEV,
     .cpu0 = send,
     .dev = dev_reads},
    {.what = "send, no sync between",
     .model = "bmips5000",
     .bug = SIM_STALE_DEV,
     .cpu0 = send_without_sync_between,
     .dev = dev_reads},
    {.what = "no plain write back",
     .model = "r10000",
     .bug = SIM_UNDEFINED,
     .cpu0 = send_through_both,
     .dev = dev_reads},
    {.what = "another CPU sends",
     .model = "1004k",
     .cpu0 = store_and_tell,
     .cpu1 = send_when_told,
     .dev = dev_reads},
    {.what = "receive", .model = "24kf", .cpu0 = receive, .dev = dev_writes},
    {.what = "receive, no inval",
     .model = "74k",
     .bug = SIM_STALE_CPU,
     .cpu0 = receive_without_inval,
     .dev = dev_writes},
    {.what = "nobody prefetches",
     .model = "24kc-noprefetch",
     .cpu0 = receive_without_inval,
     .dev = dev_writes},
    {.what = "receive, outer first",
     .model = "bmips5000",
     .cpu0 = receive_outer_first,
     .dev = dev_writes},
    {.what = "receive, inner first",
     .model = "bmips5000",
     .bug = SIM_STALE_CPU,
     .cpu0 = receive_inner_first,
     .dev = dev_writes},
    {.what = "receive on r10000",
     .model = "r10000",
     .cpu0 = receive_by_outer_only,
     .dev = dev_writes},
    {.what = "read ahead emptied",
     .model = "bmips4380",
     .cpu0 = receive_past_read_ahead,
     .dev = dev_writes},
    {.what = "no read back",
     .model = "bmips4380",
     .bug = SIM_STALE_CPU,
     .cpu0 = receive_without_read_back,
     .dev = dev_writes},
    {.what = "no read-ahead cache",
     .model = "24kc",
     .bug = SIM_UNDEFINED,
     .cpu0 = receive_past_read_ahead,
     .dev = dev_writes},
    {.what = "share", .model = "24kc", .cpu0 = share, .dev = dev_writes},
    {.what = "share a dirty line",
     .model = "24kc",
     .bug = SIM_STALE_CPU,
     .cpu0 = share_dirty,
     .dev = dev_writes},
    {.what = "back without inval",
     .model = "24kc",
     .bug = SIM_STALE_CPU,
     .cpu0 = share_and_return,
     .dev = dev_writes},
    {.what = "share on r10000",
     .model = "r10000",
     .bug = SIM_STALE_CPU,
     .cpu0 = share,
     .dev = dev_writes,
     .row = speculates_stores},
};

static const struct soft_need needs[] = {
    {SIM_RULE_CMO_UNCACHED,
     {.what = "cmo through KSEG1", .model = "24kc", .cpu0 = send_through_kseg1, .dev = dev_reads},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_PREFETCH,
     {.what = "prefetch", .model = "24kc", .cpu0 = receive_without_inval, .dev = dev_writes},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_NO_SPECULATION,
     {.what = "by demand",
      .model = "24kc",
      .cpu0 = receive_without_inval,
      .dev = dev_writes,
      .row = no_prefetch},
     SIM_DONE,
     SIM_BUG},
    {SIM_RULE_STORE_SPECULATION,
     {.what = "speculative store",
      .model = "r10000",
      .cpu0 = receive_by_outer_only,
      .dev = dev_writes,
      .row = speculates_stores},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_READ_AHEAD,
     {.what = "read ahead", .model = "bmips4380", .cpu0 = receive, .dev = dev_writes},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_OUTER_INNER,
     {.what = "outer acts on inner",
      .model = "r10000",
      .cpu0 = send_by_outer_only,
      .dev = dev_reads},
     SIM_DONE,
     SIM_BUG},
    {SIM_RULE_BROADCAST,
     {.what = "global operations",
      .model = "1004k",
      .cpu0 = store_and_tell,
      .cpu1 = send_when_told,
      .dev = dev_reads},
     SIM_DONE,
     SIM_BUG},
};

START_TEST(drivers)
{
    soft_rig_check(&cases[_i]);
}
END_TEST

START_TEST(rule_is_needed)
{
    soft_rig_need(&needs[_i]);
}
END_TEST

static void add(TCase *tc)
{
    tcase_add_loop_test(tc, drivers, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_loop_test(tc, rule_is_needed, 0, (int)(sizeof needs / sizeof needs[0]));
}

int main(void)
{
    return soft_rig_main("sim_mips", add);
}
