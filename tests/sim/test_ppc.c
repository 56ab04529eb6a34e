/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The PowerPC machines: what is right on them, what they report, and their rules one by one.
 * Translations that programs write are in test_ppc_tlb.c.
 */
#include <check.h>

#include "insn/sim_insn.h"
#include "soft_rig.h"

#define DCBST(va) sim_insn_cache(SIM_INSN_CLEAN, (va))
#define DCBF(va)  sim_insn_cache(SIM_INSN_CLEAN_INVAL, (va))
#define DCBI(va)  sim_insn_cache(SIM_INSN_INVAL, (va))
#define SYNC()    sim_insn_barrier(SIM_INSN_DSB)

#define MAS1  625u
#define MMUCR 946u

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

/* ---- drivers ---- */

static void send(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    DCBST(SOFT_C(SOFT_BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void receive(bool afterwards)
{
    DCBF(SOFT_C(SOFT_BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
    sim_wait(soft_rig_done, 1);
    sim_dev_reg_read(0);
    SYNC();
    if (afterwards) {
        DCBI(SOFT_C(SOFT_BUF));
        SYNC();
    }
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

static void receive_twice_clean(void *arg)
{
    (void)arg;
    receive(true);
}

static void receive_without_dcbi(void *arg)
{
    (void)arg;
    receive(false);
}

/* dcbi discards: right only on cores where it does. */
static void overwrite(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    sim_doorbell(soft_rig_door);
    sim_wait(soft_rig_done, 1);
    sim_dev_reg_read(0);
    SYNC();
    DCBI(SOFT_C(SOFT_BUF));
    SYNC();
    (void)sim_load8(SOFT_C(SOFT_BUF));
}

static void store_and_tell(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    sim_flag_set(soft_rig_told, 1);
}

static void clean_when_told(void *arg)
{
    (void)arg;
    sim_wait(soft_rig_told, 1);
    DCBST(SOFT_C(SOFT_BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

/* ---- uncached aliases ---- */

static void map_uncached(struct sim *s)
{
    sim_map_sections(s, SOFT_F(0), 0, 1, SIM_MEM_UNCACHED);
}

/* The line is removed before: only a core that fetches by itself brings it back. */
static void uncached_use(void *arg)
{
    (void)arg;
    DCBF(SOFT_C(SOFT_BUF));
    SYNC();
    sim_store8(SOFT_F(SOFT_BUF), 0xa0);
    SYNC();
    sim_doorbell(soft_rig_door);
}

/* Legal where the line is, whatever the attribute: what dcbf through the uncached alias is for. */
static void flush_by_uncached(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    DCBF(SOFT_F(SOFT_BUF));
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void uncached_load_of_dirty(void *arg)
{
    (void)arg;
    sim_store8(SOFT_C(SOFT_BUF), 0xa0);
    SYNC();
    (void)sim_load8(SOFT_F(SOFT_BUF));
}

static void uncached_load_of_clean(void *arg)
{
    (void)arg;
    (void)sim_load8(SOFT_C(SOFT_BUF));
    (void)sim_load8(SOFT_F(SOFT_BUF));
}

/* ---- interrupts ---- */

static void handler(void *arg)
{
    (void)arg;
    sim_insn_mtspr(MAS1, sim_insn_mfspr(MAS1) ^ 1u);
    sim_nop();
}

/* The code that calls may be the host's TLB code. */
static void bad_call(void *arg)
{
    (void)arg;
    sim_call_begin();
    sim_insn_mtspr(MAS1, sim_insn_mfspr(MAS1) ^ 1u);
    sim_call_end();
    sim_nop();
}

static void good_handler(void *arg)
{
    const uint32_t mmucr = sim_insn_mfspr(MMUCR);

    (void)arg;
    sim_insn_mtspr(MMUCR, 0x10000u);
    sim_nop();
    sim_insn_mtspr(MMUCR, mmucr);
}

static void idle(void *arg)
{
    (void)arg;
    sim_nop();
    sim_nop();
}

static void bad_irq(struct sim *s)
{
    (void)sim_irq(s, 0, handler, NULL, 1);
}

static void good_irq(struct sim *s)
{
    (void)sim_irq(s, 0, good_handler, NULL, 1);
}

static void discards(struct sim_model *m)
{
    m->inv_may_clean = false;
}

static void cleans(struct sim_model *m)
{
    m->inv_may_clean = true;
}

#define SENDS(m)                                                                                   \
    {                                                                                              \
        .what = (m), .model = (m), .cpu0 = send, .dev = dev_reads                                  \
    }
#define RECEIVES(m)                                                                                \
    {                                                                                              \
        .what = (m), .model = (m), .cpu0 = receive_twice_clean, .dev = dev_writes                  \
    }
/* Without dcbi after the transfer: right only where nothing is fetched by itself. */
#define LAZY(m, b)                                                                                 \
    {                                                                                              \
        .what = (m), .model = (m), .bug = (b), .cpu0 = receive_without_dcbi, .dev = dev_writes     \
    }
#define UNCACHED(m, l, b, p)                                                                       \
    {                                                                                              \
        .what = (m), .model = (m), .bug = (b), .cpu0 = (p), .dev = dev_reads,                      \
        .tune = map_uncached, .linear = (l)                                                        \
    }

static const struct soft_case cases[] = {
    SENDS("ppc405"),
    SENDS("ppc440"),
    SENDS("ppc476"),
    SENDS("e500v2"),
    SENDS("ppc603"),
    SENDS("mpc860"),
    RECEIVES("ppc405"),
    RECEIVES("ppc440"),
    RECEIVES("ppc476"),
    RECEIVES("e500v2"),
    RECEIVES("ppc603"),
    RECEIVES("mpc860"),
    LAZY("ppc405", SIM_OK),
    LAZY("mpc860", SIM_OK),
    LAZY("ppc440", SIM_STALE_CPU),
    LAZY("e500v2", SIM_STALE_CPU),
    LAZY("ppc603", SIM_STALE_CPU),
    {.what = "dcbi writes back",
     .model = "ppc603",
     .bug = SIM_STALE_CPU,
     .cpu0 = overwrite,
     .dev = dev_writes,
     .row = cleans},
    {.what = "an eviction writes back",
     .model = "ppc603",
     .bug = SIM_STALE_CPU,
     .cpu0 = overwrite,
     .dev = dev_writes,
     .row = discards},
    {.what = "M = 1 reaches the other CPU",
     .model = "e500v2",
     .cpu0 = clean_when_told,
     .cpu1 = store_and_tell,
     .dev = dev_reads},
    {.what = "M = 0 does not",
     .model = "e500v2",
     .bug = SIM_STALE_DEV,
     .cpu0 = clean_when_told,
     .cpu1 = store_and_tell,
     .dev = dev_reads,
     .linear = SIM_MEM_LOCAL},
    /* ALIAS_FRAGILE */
    UNCACHED("ppc405", SIM_MEM_CACHED, SIM_OK, uncached_use),
    UNCACHED("mpc860", SIM_MEM_CACHED, SIM_OK, uncached_use),
    UNCACHED("ppc440", SIM_MEM_CACHED, SIM_UNCACHED_HIT, uncached_use),
    UNCACHED("ppc476", SIM_MEM_CACHED, SIM_UNCACHED_HIT, uncached_use),
    UNCACHED("ppc440", SIM_MEM_GUARDED, SIM_OK, uncached_use),
    UNCACHED("ppc440", SIM_MEM_GUARDED, SIM_UNCACHED_HIT, uncached_load_of_dirty),
    UNCACHED("ppc405", SIM_MEM_CACHED, SIM_STALE_CPU, uncached_load_of_dirty),
    UNCACHED("ppc440", SIM_MEM_CACHED, SIM_OK, flush_by_uncached),
    {.what = "handler and MAS",
     .model = "e500v2",
     .bug = SIM_CONTEXT,
     .cpu0 = idle,
     .tune = bad_irq},
    {.what = "call and MAS", .model = "e500v2", .bug = SIM_CONTEXT, .cpu0 = bad_call},
    {.what = "handler and MMUCR", .model = "ppc440", .cpu0 = idle, .tune = good_irq},
};

START_TEST(verdict)
{
    soft_rig_check(&cases[_i]);
}
END_TEST

static const struct soft_need needs[] = {
    {SIM_RULE_CMO_SHARED,
     {.what = "m bit",
      .model = "e500v2",
      .cpu0 = clean_when_told,
      .cpu1 = store_and_tell,
      .dev = dev_reads,
      .linear = SIM_MEM_LOCAL},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_UNCACHED_HIT,
     {.what = "uncached hit",
      .model = "ppc440",
      .cpu0 = uncached_load_of_clean,
      .tune = map_uncached},
     SIM_BUG,
     SIM_DONE},
    {SIM_RULE_GUARDED,
     {.what = "guarded",
      .model = "ppc440",
      .cpu0 = uncached_use,
      .dev = dev_reads,
      .tune = map_uncached,
      .linear = SIM_MEM_GUARDED},
     SIM_DONE,
     SIM_BUG},
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
    return soft_rig_main("sim_ppc", add);
}
