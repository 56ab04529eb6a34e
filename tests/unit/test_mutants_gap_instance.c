/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The instance's own memory: exactly what the contract says, and not a byte more. Found by
 * scripts/mutants.
 */
#include "rig.h"

#include <stdlib.h>
#include <string.h>

static struct rig rig;

/* Metadata of the exact size is enough; what lies behind it is neither written nor counted. */
START_TEST(exact_metadata)
{
    static _Alignas(DMACOH_META_ALIGN) uint8_t meta[DMACOH_META_SIZE(3)];
    uint8_t behind[DMACOH_META_SIZE(1)];
    struct dmacoh_stats stats;
    static const struct dmacoh_stats none;

    rig_machine(&rig, 2, 4);
    memset(meta, 0xff, sizeof(meta));
    memset(behind, 0xff, sizeof(behind));
    rig.cfg.meta = meta;
    rig.cfg.meta_size = DMACOH_META_SIZE(2);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_stats(&rig.c, &stats), DMACOH_OK);
    ck_assert_mem_eq(&stats, &none, sizeof(none));
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_mem_eq(meta + DMACOH_META_SIZE(2), behind, sizeof(behind));
    rig_stop(&rig);
}
END_TEST

/* A CPU's number must fit a handle, however much metadata there is. */
START_TEST(most_cpus)
{
    const size_t size = DMACOH_META_SIZE((size_t)UINT16_MAX + 1u);
    void *meta = aligned_alloc(4096, (size + 4095u) & ~(size_t)4095u);

    rig_machine(&rig, UINT16_MAX, 0);
    rig.cfg.meta = meta;
    rig.cfg.meta_size = size;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    rig.cfg.ncpus = UINT16_MAX + 1u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_META);
    rig_stop(&rig);
    free(meta);
}
END_TEST

/* Both locks can be taken from the start on. */
START_TEST(locks_are_ready)
{
    rig_machine(&rig, 1, 0);
    memset(&rig.c, 0xa5, sizeof(rig.c));
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(&rig.c.lock);
    dmacoh_port_unlock(&rig.c.lock);
    dmacoh_port_lock(&rig.c.be_lock);
    dmacoh_port_unlock(&rig.c.be_lock);
    dmacoh_port_irq_restore(irq);
    rig_stop(&rig);
}
END_TEST

START_TEST(most_windows)
{
    rig_machine(&rig, 1, 8);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    rig.cfg.mmu.win_slots = 9;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_SIZE);
    rig_stop(&rig);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_instance");
    TCase *t = tcase_create("memory");

    tcase_add_test(t, exact_metadata);
    tcase_add_test(t, most_cpus);
    tcase_add_test(t, locks_are_ready);
    tcase_add_test(t, most_windows);
    suite_add_tcase(s, t);
    return rig_run(s);
}
