/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The machine as its users see it: models at their own line size, counters, flags, replay from the
 * environment, and reports that name the line of source.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "armv7a_insn.h"
#include "mem_insn.h"
#include "rig.h"
#include "sim_insn.h"

#define BUF   RIG_BUF
#define C(pa) RIG_C(pa)

/* ---- transfers, on every model ---- */

static bool with_outer(void)
{
    return sim_model_of(sim_current())->l2;
}

/* A PL310 has finished when its sync has. */
static void outer_done(void)
{
    if (sim_model_of(sim_current())->outer_id != 0) {
        sim_insn_outer_write(RIG_REGS + 0x730u, 0);
    }
    insn_dsb();
}

static void inner_then_outer(void)
{
    for (uint32_t a = BUF; a < BUF + 64; a += rig_line) {
        insn_dccimvac(C(a));
    }
    insn_dsb();
    for (uint32_t a = BUF; with_outer() && a < BUF + 64; a += rig_line) {
        sim_outer_clean_inval(a);
    }
    outer_done();
}

static void outer_then_inner(void)
{
    if (with_outer()) {
        sim_outer_inval(BUF);
        outer_done();
    }
    insn_dcimvac(C(BUF));
    insn_dsb();
}

static void receive(bool maintain)
{
    const uint32_t last = rig_line - 1;

    sim_store8(C(BUF) + last, 0xa0);
    inner_then_outer();
    sim_own(BUF, 64, SIM_OWN_FROM);
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
    sim_dev_reg_read(0);
    insn_dmb();
    sim_own(BUF, 64, SIM_OWN_LIB);
    if (maintain) {
        outer_then_inner();
    }
    sim_own(BUF, 64, SIM_OWN_CPU);
    (void)sim_load8(C(BUF) + last);
}

static void receive_well(void *arg)
{
    (void)arg;
    receive(true);
}

static void receive_badly(void *arg)
{
    (void)arg;
    receive(false);
}

static void dev_fill(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    sim_dev_store(BUF + rig_line - 1, 0x55);
    sim_dev_done(rig_done);
}

static void send(bool maintain)
{
    sim_store32(C(BUF) + rig_line - 4, 0xa0a1a2a3u);
    if (maintain) {
        inner_then_outer();
    } else {
        insn_dsb();
    }
    sim_own(BUF, 64, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void send_well(void *arg)
{
    (void)arg;
    send(true);
}

static void send_badly(void *arg)
{
    (void)arg;
    send(false);
}

static void dev_take(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    (void)sim_dev_load32(BUF + rig_line - 4);
}

START_TEST(transfers_on_every_model)
{
    size_t n = 0;
    const struct sim_model *m = &sim_models(&n)[_i];
    const struct rig_case cases[] = {
        {"receive", SIM_OK, .cpu0 = receive_well, .dev = dev_fill, .model = m->name},
        {"receive, no inval", m->no_speculation ? SIM_OK : SIM_STALE_CPU, .cpu0 = receive_badly,
         .dev = dev_fill, .model = m->name},
        {"send", SIM_OK, .cpu0 = send_well, .dev = dev_take, .model = m->name},
        {"send, no clean", m->write_through ? SIM_OK : SIM_STALE_DEV, .cpu0 = send_badly,
         .dev = dev_take, .model = m->name},
    };

    ck_assert_ptr_eq(sim_model_find(m->name), m);
    if (m->tables == SIM_TABLES_MPU || m->tables == SIM_TABLES_SOFT) {
        return; /* the rig needs tables; test_tables_id.c and test_mips.c have such transfers */
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig_check(&cases[i]);
    }
}
END_TEST

/* ---- flags and counters ---- */

static uint8_t *token;

static void give_token(void *arg)
{
    (void)arg;
    sim_nop();
    sim_nop();
    sim_flag_set(token, (uint8_t)(sim_flag_get(token) + 1));
    sim_nop();
    sim_nop();
}

static void take_token(void *arg)
{
    (void)arg;
    sim_nop();
    sim_nop();
    sim_nop();
    sim_wait(token, 1);
    sim_expect(sim_flag_get(token) == 1); /* zero at the start of every run */
}

static uint64_t states(bool flags)
{
    const struct rig_case c = {"token", SIM_OK, .cpu0 = give_token, .cpu1 = take_token};
    struct sim *s = rig_new(&c);

    token = flags ? sim_flags(s, 1) : sim_alloc(s, 1);
    ck_assert_int_eq(sim_run(s, NULL), SIM_DONE);
    ck_assert_int_eq(sim_run(s, NULL), SIM_DONE);
    const uint64_t n = sim_report(s)->states;
    sim_free(s);
    return n;
}

START_TEST(flags_cost_fewer_states)
{
    ck_assert_uint_lt(states(true), states(false));
}
END_TEST

static void one_of_each(void *arg)
{
    (void)arg;
    insn_dccmvac(C(BUF));
    insn_dcimvac(C(BUF));
    insn_dccimvac(C(BUF));
    insn_dsb();
    insn_dsb_st();
    insn_dmb();
    insn_dmb_st();
    insn_isb();
    insn_tlbimva(RIG_PG);
    insn_tlbimvaais(RIG_PG);
    sim_outer_clean(BUF);
    sim_outer_inval(BUF);
    insn_dsb(); /* else the outer invalidation may meet the line that the store dirties */
    insn_store8(C(BUF), 1);
    (void)insn_load8(C(BUF));
    insn_store32(C(BUF), 2);
    (void)insn_load32(C(BUF));
    (void)sim_load8(C(BUF));
}

START_TEST(counters)
{
    const struct rig_case c = {"count", SIM_OK, .cpu0 = one_of_each, .model = "generic-v7-l2"};
    struct sim *s = rig_new(&c);

    ck_assert_msg(sim_run(s, NULL) == SIM_DONE, "%s", sim_report(s)->message);
    const struct sim_counts *n = &sim_report(s)->counts[0];
    ck_assert_uint_eq(n->clean, 1);
    ck_assert_uint_eq(n->inval, 1);
    ck_assert_uint_eq(n->clean_inval, 1);
    ck_assert_uint_eq(n->dsb, 2);
    ck_assert_uint_eq(n->dsb_st, 1);
    ck_assert_uint_eq(n->dmb, 1);
    ck_assert_uint_eq(n->dmb_st, 1);
    ck_assert_uint_eq(n->isb, 1);
    ck_assert_uint_eq(n->tlbi_local, 1);
    ck_assert_uint_eq(n->tlbi_is, 1);
    ck_assert_uint_eq(n->outer, 2);
    ck_assert_uint_eq(n->lib_stores, 2);
    ck_assert_uint_eq(n->lib_loads, 2);
    ck_assert_uint_eq(n->warnings, 0);
    ck_assert_uint_eq(n->irqoff_lines_max, 0);
    ck_assert_uint_eq(sim_report(s)->counts[1].dsb, 0);
    sim_free(s);
}
END_TEST

/* ---- what a failure says ---- */

/* Its last statement is the operation: still the timeline must name this line, not a caller's. */
static void inval_last(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    insn_dcimvac(C(BUF));
}

START_TEST(timeline_names_lines)
{
    const struct rig_case c = {"tail call", SIM_DIRTY_LOST, .cpu0 = inval_last};
    struct sim *s = rig_new(&c);

    ck_assert_int_eq(sim_run(s, NULL), SIM_BUG);
    const char *t = sim_report(s)->timeline;
    const char *row = strstr(t, "inval c0020000");
    ck_assert_msg(row != NULL && strstr(t, "DIRTY_LOST") != NULL, "%s", t);
    ck_assert_msg(strstr(t, "agent.c") == NULL, "%s", t);
    /* addr2line may be missing; then there is the offset in the program */
    ck_assert_msg(strstr(row, "test_machine.c:") != NULL || strstr(row, "pc+") != NULL, "%s", t);
    sim_free(s);
}
END_TEST

START_TEST(replay_from_the_environment)
{
    const struct rig_case bad = {"send, no clean", SIM_STALE_DEV, .cpu0 = send_badly,
                                 .dev = dev_take};
    const struct rig_case good = {"send", SIM_OK, .cpu0 = send_well, .dev = dev_take};
    struct sim *s = rig_new(&bad);
    char script[4096];

    ck_assert_int_eq(sim_run(s, NULL), SIM_BUG);
    ck_assert_uint_ne(sim_report(s)->schedules, 0);
    ck_assert_int_lt(snprintf(script, sizeof script, "%s", sim_report(s)->script), sizeof script);
    sim_free(s);
    ck_assert_int_eq(setenv("DMACOH_SIM_REPLAY", script, 1), 0);
    s = rig_new(&bad);
    ck_assert_int_eq(sim_run(s, NULL), SIM_BUG);
    ck_assert_int_eq(sim_report(s)->bug, SIM_STALE_DEV);
    ck_assert_uint_eq(sim_report(s)->schedules, 0); /* nothing was searched */
    ck_assert_str_eq(sim_report(s)->script, script);
    sim_free(s);
    s = rig_new(&good); /* not the scene that is named */
    ck_assert_int_eq(sim_run(s, NULL), SIM_DONE);
    sim_free(s);
    ck_assert_int_eq(unsetenv("DMACOH_SIM_REPLAY"), 0);
}
END_TEST

START_TEST(names)
{
    for (int v = SIM_DONE; v <= SIM_OVERFLOW; v++) {
        ck_assert_uint_ne(strlen(sim_verdict_name((enum sim_verdict)v)), 0);
    }
    for (int b = SIM_OK; b <= SIM_UNDEFINED; b++) {
        for (int k = SIM_OK; k < b; k++) {
            ck_assert_str_ne(sim_bug_name((enum sim_bug)b), sim_bug_name((enum sim_bug)k));
        }
    }
    ck_assert_ptr_null(sim_model_find("no such model"));
}
END_TEST

static void add(TCase *tc)
{
    size_t n = 0;

    (void)sim_models(&n);
    tcase_add_loop_test(tc, transfers_on_every_model, 0, (int)n);
    tcase_add_test(tc, flags_cost_fewer_states);
    tcase_add_test(tc, counters);
    tcase_add_test(tc, timeline_names_lines);
    tcase_add_test(tc, replay_from_the_environment);
    tcase_add_test(tc, names);
}

int main(void)
{
    return rig_main("sim_machine", add);
}
