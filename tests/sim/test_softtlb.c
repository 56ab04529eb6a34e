/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * A TLB that software fills: when a written entry may be used, what a machine check is, and each of
 * its rules: without it the same scene gets another verdict. MIPS's instructions stand for others.
 */
#include <check.h>

#include "mips_ops.h"
#include "soft_rig.h"

#define BUF SOFT_BUF
#define LO  mips_lo(BUF, C_CACHED)

static void map(uint32_t index, uint32_t lo0)
{
    mips_tlb_write(index, WIN, lo0);
    EHB();
}

static void unmap(uint32_t index)
{
    mips_tlb_clear(index);
    EHB();
}

static void window(void *arg)
{
    (void)arg;
    map(0, LO);
    sim_store8(WIN, 0xa0);
    SYNC();
    CACHE(HIT_WBINV_D, WIN);
    SYNC();
    unmap(0);
    sim_expect8(K1(BUF), 0xa0);
}

static void no_barrier(void *arg)
{
    (void)arg;
    mips_tlb_write(0, WIN, LO);
    sim_store8(WIN, 0xa0);
}

static void old_entry_lives(void *arg)
{
    (void)arg;
    map(0, LO);
    mips_tlb_write(0, WIN, mips_lo(SOFT_HIGH, C_CACHED));
    sim_store8(WIN, 0xa0);
}

static void use_after_unmap(void *arg)
{
    (void)arg;
    map(0, LO);
    unmap(0);
    sim_store8(WIN, 0xa0);
}

static void store_to_loads_only(void *arg)
{
    (void)arg;
    map(0, LO & ~4u);
    (void)sim_load8(WIN);
    sim_store8(WIN, 0xa0);
}

static void odd_page(void *arg)
{
    (void)arg;
    map(0, LO);
    sim_store8(WIN + 0x1000u, 0xa0);
}

static void twice(void *arg)
{
    (void)arg;
    map(0, LO);
    map(1, mips_lo(SOFT_HIGH, C_CACHED));
}

static void twice_in_turn(void *arg)
{
    (void)arg;
    map(0, LO);
    unmap(0);
    map(1, LO);
    (void)sim_load8(WIN);
}

static void over_the_hosts(void *arg)
{
    (void)arg;
    mips_tlb_write(0, SOFT_C(BUF), LO);
}

static void map_and_tell(void *arg)
{
    (void)arg;
    map(0, LO);
    sim_flag_set(soft_rig_told, 1);
}

static void use_when_told(void *arg)
{
    (void)arg;
    sim_wait(soft_rig_told, 1);
    (void)sim_load8(WIN);
}

static void not_global(void *arg)
{
    (void)arg;
    map(0, LO & ~1u);
}

static void no_barrier_before_tlbwi(void *arg)
{
    (void)arg;
    MTC0(CP0_PAGEMASK, 0);
    MTC0(CP0_ENTRYHI, WIN);
    MTC0(CP0_ENTRYLO0, LO);
    MTC0(CP0_ENTRYLO1, 1);
    MTC0(CP0_INDEX, 0);
    TLB(TLBWI);
    EHB();
    (void)sim_load8(WIN);
}

static void no_barrier_after_tlbp(void *arg)
{
    (void)arg;
    MTC0(CP0_ENTRYHI, WIN);
    EHB();
    TLB(TLBP);
    sim_expect(MFC0(CP0_INDEX) != 0);
}

static uint32_t probe(uint32_t va)
{
    MTC0(CP0_ENTRYHI, va);
    EHB();
    TLB(TLBP);
    EHB();
    return MFC0(CP0_INDEX);
}

static void find(void *arg)
{
    (void)arg;
    sim_expect((probe(WIN) >> 31) == 1);
    map(3, LO);
    sim_expect(probe(WIN) == 3);
    TLB(TLBR);
    EHB();
    sim_expect(MFC0(CP0_ENTRYLO0) == LO && MFC0(CP0_ENTRYLO1) == 1);
    sim_expect(MFC0(CP0_ENTRYHI) == WIN && MFC0(CP0_PAGEMASK) == 0);
    sim_expect(probe(SOFT_U(SOFT_NC)) == 15); /* the host's */
    TLB(TLBR);
    EHB();
    sim_expect(MFC0(CP0_ENTRYLO0) == mips_lo(SOFT_NC, C_UNCACHED));
    sim_expect(MFC0(CP0_ENTRYLO1) == mips_lo(SOFT_NC + 0x1000u, C_UNCACHED));
}

static void write_after_miss(void *arg)
{
    (void)arg;
    (void)probe(WIN);
    TLB(TLBWI);
}

static void large_page(void *arg)
{
    (void)arg;
    MTC0(CP0_PAGEMASK, 0x1e000u); /* 64 KiB */
    MTC0(CP0_ENTRYHI, WIN);
    MTC0(CP0_ENTRYLO0, 1);
    MTC0(CP0_ENTRYLO1, mips_lo(0x20000u, C_CACHED));
    MTC0(CP0_INDEX, 0);
    EHB();
    TLB(TLBWI);
    EHB();
    sim_store8(WIN + 0x10000u + (BUF - 0x20000u), 0xa0);
    sim_expect8(K0(BUF), 0xa0);
}

static void another_type(void *arg)
{
    (void)arg;
    mips_tlb_write(0, WIN, mips_lo(BUF, C_UNCACHED));
}

static void no_aliases(struct sim_model *m)
{
    m->alias_ok = false;
}

/* The other colour of a page: its lines are somewhere else. */
static void odd_colour(void *arg)
{
    (void)arg;
    map(0, mips_lo(BUF + 0x1000u, C_CACHED));
    sim_store8(WIN, 0xa0);
    SYNC();
    CACHE(HIT_WBINV_D, K0(BUF + 0x1000u));
    SYNC();
    sim_expect8(K1(BUF + 0x1000u), 0xa0);
}

static void own_more(void *arg)
{
    (void)arg;
    sim_own(BUF, 0x2000, SIM_OWN_RAW);
}

static void more_memory(struct sim *s)
{
    sim_setup(s, own_more, NULL);
}

#define FAR 0x20000000u /* beyond KSEG0: only entries reach it */

static void dev_writes_far(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    sim_dev_store(FAR, 0x55);
    sim_dev_done(soft_rig_done);
}

static void run_device(void)
{
    sim_doorbell(soft_rig_door);
    sim_wait(soft_rig_done, 1);
    sim_dev_reg_read(0);
    SYNC();
}

/* The entry is there from the start; the line comes into the machine with the device's access. */
static void far_alone(void *arg)
{
    (void)arg;
    unmap(0);
    run_device();
    map(0, mips_lo(FAR, C_CACHED));
    (void)sim_load8(WIN);
}

/* No barrier: the CPU may still fill lines through the entry that is gone. */
static void far_no_barrier(void *arg)
{
    (void)arg;
    mips_tlb_clear(0);
    run_device();
    EHB();
    map(0, mips_lo(FAR, C_CACHED));
    (void)sim_load8(WIN);
}

static void own_far(void *arg)
{
    (void)arg;
    sim_own(FAR, 0x1000, SIM_OWN_RAW);
    map(0, mips_lo(FAR, C_CACHED));
}

static void far_memory(struct sim *s)
{
    sim_ram(s, FAR, 0x100000u, SIM_RAM_NORMAL);
    sim_setup(s, own_far, NULL);
}

static const struct soft_case cases[] = {
    {.what = "window", .model = "24kc", .cpu0 = window},
    {.what = "old entry lives", .model = "24kc", .bug = SIM_TABLE_VISIBLE, .cpu0 = old_entry_lives},
    {.what = "use after unmap", .model = "24kc", .bug = SIM_FAULT, .cpu0 = use_after_unmap},
    {.what = "loads only", .model = "24kc", .bug = SIM_FAULT, .cpu0 = store_to_loads_only},
    {.what = "the other page", .model = "24kc", .bug = SIM_FAULT, .cpu0 = odd_page},
    {.what = "twice in turn", .model = "24kc", .cpu0 = twice_in_turn},
    {.what = "over the host's", .model = "24kc", .bug = SIM_MCHECK, .cpu0 = over_the_hosts},
    {.what = "another CPU's",
     .model = "1004k",
     .bug = SIM_FAULT,
     .cpu0 = map_and_tell,
     .cpu1 = use_when_told},
    {.what = "not global", .model = "24kc", .bug = SIM_UNDEFINED, .cpu0 = not_global},
    {.what = "no barrier after TLBP",
     .model = "24kc",
     .bug = SIM_UNDEFINED,
     .cpu0 = no_barrier_after_tlbp},
    {.what = "find", .model = "24kc", .cpu0 = find},
    {.what = "write after a miss", .model = "24kc", .bug = SIM_UNDEFINED, .cpu0 = write_after_miss},
    {.what = "large page", .model = "24kc", .cpu0 = large_page},
    {.what = "another type",
     .model = "24kc",
     .bug = SIM_ALIAS,
     .cpu0 = another_type,
     .row = no_aliases},
    {.what = "another type allowed", .model = "24kc", .cpu0 = another_type},
    {.what = "odd colour",
     .model = "24kc",
     .bug = SIM_STALE_CPU,
     .cpu0 = odd_colour,
     .tune = more_memory},
    {.what = "one colour", .model = "1004k", .cpu0 = odd_colour, .tune = more_memory},
    {.what = "far", .model = "24kc", .cpu0 = far_alone, .dev = dev_writes_far, .tune = far_memory},
};

static const struct soft_need needs[] = {
    {SIM_RULE_TLB_HAZARD,
     {.what = "no barrier", .model = "24kc", .cpu0 = no_barrier},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_TLB_HAZARD,
     {.what = "far, no barrier",
      .model = "24kc",
      .cpu0 = far_no_barrier,
      .dev = dev_writes_far,
      .tune = far_memory},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_TLB_DUPLICATE, {.what = "twice", .model = "24kc", .cpu0 = twice}, SIM_BUG, SIM_DONE},
    {SIM_RULE_CP0_HAZARD,
     {.what = "no barrier before TLBWI", .model = "24kc", .cpu0 = no_barrier_before_tlbwi},
     SIM_BUG,
     SIM_DONE},
};

START_TEST(entries)
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
    tcase_add_loop_test(tc, entries, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_loop_test(tc, rule_is_needed, 0, (int)(sizeof needs / sizeof needs[0]));
}

int main(void)
{
    return soft_rig_main("sim_softtlb", add);
}
