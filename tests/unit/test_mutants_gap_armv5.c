/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv5 backend, and what a page of its tables is. Found by scripts/mutants. */
#include "rig.h"

#include "armv5.h"

static struct rig rig;

#define CTR  0x1d152152u
#define MIDR 0x41069265u

static void setup(void)
{
    rig_machine(&rig, 1, 0);
    rig.fake.ctr = CTR;
    rig.fake.midr = MIDR;
    rig.cfg.backend = &dmacoh_be_armv5;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* A CPU that comes back finds its policy as it left it: what was decided holds for maps that are alive. */
START_TEST(probed_once)
{
    const struct dmacoh_policy *policy = rig.c.policy;

    rig.fake.midr = 0x69052d06u;
    rig.fake.ctr = CTR & ~0x2000u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    ck_assert_ptr_eq(rig.c.policy, policy);
    ck_assert_uint_eq(rig.c.line, 32);
    ck_assert_uint_eq(rig.c.step, 32);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_armv5");
    TCase *t = tcase_create("mutants_gap_armv5");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, probed_once);
    suite_add_tcase(s, t);
    return rig_run(s);
}
