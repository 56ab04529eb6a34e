/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "rig.h"

#include <check.h>
#include <stdlib.h>

uint8_t *rig_door, *rig_done, *rig_told;
uint32_t rig_line;

static void own_buffer(void *arg)
{
    (void)arg;
    sim_own(RIG_BUF, 16u * rig_line, SIM_OWN_CPU);
}

struct sim *rig_new(const struct rig_case *c)
{
    struct sim_model m = *sim_model_find(c->model != NULL ? c->model : "cortex-a7");

    m.ncpu = c->cpu1 != NULL ? 2 : 1;
    m.line = c->line != 0 ? c->line : m.line;
    m.granule = c->granule != 0 ? c->granule : m.granule;
    if (c->row != NULL) {
        c->row(&m);
    }
    rig_line = m.line;
    struct sim *s = sim_new(&m);
    sim_name(s, c->what);
    sim_ram(s, 0x4000, 0xc000, SIM_RAM_TABLE);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, RIG_NC, 0x100000, SIM_RAM_NORMAL);
    sim_ram(s, RIG_HIGH, 0x100000, SIM_RAM_NORMAL);
    sim_ttbr(s, 0x4000);
    if (m.outer_id != 0) {
        sim_outer_regs(s, RIG_REGS);
    }
    sim_table_pool(s, 0x9000, 0x7000);
    sim_map_sections(s, 0xc0000000u, 0, 1, SIM_MEM_CACHED);
    sim_map_sections(s, 0xe0100000u, RIG_NC, 1, SIM_MEM_UNCACHED);
    sim_map_table(s, 0x80000000u, 0x8000);
    rig_door = sim_flags(s, 3);
    rig_done = rig_door + 1;
    rig_told = rig_door + 2;
    sim_setup(s, c->setup != NULL ? c->setup : own_buffer, NULL);
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

void rig_check(const struct rig_case *c)
{
    for (enum sim_engine e = SIM_ENGINE_SET; e <= SIM_ENGINE_CONCRETE; e++) {
        const struct sim_plan plan = {.engine = e};
        struct sim *s = rig_new(c);
        const enum sim_verdict v = sim_run(s, &plan);
        const struct sim_report *r = sim_report(s);

        ck_assert_msg(v == (c->bug == SIM_OK ? SIM_DONE : SIM_BUG) && r->bug == c->bug,
                      "%s, engine %d: %s %s %s%s, want %s", c->what, (int)e, r->verdict_name,
                      r->bug_name, r->message, r->bound, sim_bug_name(c->bug));
        ck_assert_msg(v == SIM_DONE || r->replayed, "%s: %s does not replay", c->what, r->bug_name);
        sim_free(s);
    }
}

int rig_main(const char *name, void (*add)(struct TCase *tc))
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
