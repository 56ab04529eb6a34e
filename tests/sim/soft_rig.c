/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "soft_rig.h"

#include <check.h>
#include <stdlib.h>

uint8_t *soft_rig_door, *soft_rig_done, *soft_rig_told;
uint32_t soft_rig_line;

static void own_buffer(void *arg)
{
    (void)arg;
    sim_own(SOFT_BUF, 16u * soft_rig_line, SIM_OWN_RAW);
    sim_own(SOFT_NC, 16u * soft_rig_line, SIM_OWN_RAW);
    sim_own(SOFT_HIGH, 16u * soft_rig_line, SIM_OWN_RAW);
}

static struct sim *make(const struct soft_case *c, uint64_t rules_off)
{
    struct sim_model m = *sim_model_find(c->model);

    m.ncpu = c->cpu1 != NULL ? 2 : 1;
    m.rules_off = rules_off;
    if (c->row != NULL) {
        c->row(&m);
    }
    soft_rig_line = m.line;
    struct sim *s = sim_new(&m);
    sim_name(s, c->what);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, SOFT_NC, 0x100000, SIM_RAM_NORMAL);
    sim_ram(s, SOFT_HIGH, 0x100000, SIM_RAM_NORMAL);
    sim_map_sections(s, SOFT_C(0), 0, 1, c->linear);
    sim_map_sections(s, SOFT_U(SOFT_NC), SOFT_NC, 1, SIM_MEM_UNCACHED);
    soft_rig_door = sim_flags(s, 3);
    soft_rig_done = soft_rig_door + 1;
    soft_rig_told = soft_rig_door + 2;
    sim_setup(s, own_buffer, NULL);
    sim_cpu(s, 0, c->cpu0, NULL);
    if (c->cpu1 != NULL) {
        sim_cpu(s, 1, c->cpu1, NULL);
    }
    if (c->dev != NULL) {
        (void)sim_device(s, c->dev, NULL);
    }
    if (c->tune != NULL) {
        c->tune(s);
    }
    return s;
}

void soft_rig_check(const struct soft_case *c)
{
    for (enum sim_engine e = SIM_ENGINE_SET; e <= SIM_ENGINE_CONCRETE; e++) {
        const struct sim_plan plan = {.engine = e};
        struct sim *s = make(c, 0);
        const enum sim_verdict v = sim_run(s, &plan);
        const struct sim_report *r = sim_report(s);
        const enum sim_bug want =
            e == SIM_ENGINE_CONCRETE && c->first != SIM_OK ? c->first : c->bug;

        ck_assert_msg(v == (want == SIM_OK ? SIM_DONE : SIM_BUG) && r->bug == want,
                      "%s, engine %d: %s %s %s%s, want %s\n%s", c->what, (int)e, r->verdict_name,
                      r->bug_name, r->message, r->bound, sim_bug_name(want), r->timeline);
        ck_assert_msg(v == SIM_DONE || r->replayed, "%s: %s does not replay", c->what, r->bug_name);
        sim_free(s);
    }
}

static void expect(const struct soft_need *n, enum sim_engine e, uint64_t rules_off,
                   enum sim_verdict want)
{
    const struct sim_plan plan = {.engine = e, .no_witness = true, .no_shrink = true};
    struct sim *s = make(&n->c, rules_off);
    const enum sim_verdict got = sim_run(s, &plan);

    ck_assert_msg(got == want, "%s, rules off %llx, engine %d: %s %s: %s", n->c.what,
                  (unsigned long long)rules_off, (int)e, sim_report(s)->verdict_name,
                  sim_report(s)->bug_name, sim_report(s)->message);
    sim_free(s);
}

void soft_rig_need(const struct soft_need *n)
{
    for (enum sim_engine e = SIM_ENGINE_SET; e <= SIM_ENGINE_CONCRETE; e++) {
        expect(n, e, 0, n->with);
        expect(n, e, SIM_RULE(n->rule), n->without);
    }
}

int soft_rig_main(const char *name, void (*add)(struct TCase *tc))
{
    Suite *suite = suite_create(name);
    TCase *tc = tcase_create(name);

    tcase_set_timeout(tc, 60);
    add(tc);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
