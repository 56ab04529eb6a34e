/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Memory without a mapping: window slots, what they leave behind, and how deep they nest. */
#include "rig.h"

#include <string.h>

static struct rig rig;

static void setup(void)
{
    rig_start(&rig, 2, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static void tables_are_empty(void)
{
    const uint32_t *t = rig_va(&rig, RIG_TABLES);

    for (uint32_t i = 0; i < 512; i++) {
        expect(t[i] == 0);
    }
    for (uint32_t cpu = 0; cpu < FAKE_CPUS; cpu++) {
        for (uint32_t i = 0; i < FAKE_TLB; i++) {
            expect(rig.fake.tlb[cpu][i].page == 0);
        }
    }
}

/* Each page of the range once, with the attributes of the linear map, and every entry taken back. */
START_TEST(entries)
{
    struct dmacoh_map m = {0};
    uint32_t maps = 0;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH + 0x800u, 0x3000, 1, 0), DMACOH_OK);
    for (uint32_t i = 0; i < fake->nlog; i++) {
        const struct fake_event *e = &fake->log[i];

        if (e->kind == FAKE_ENTRY && e->value != 0) {
            ck_assert_uint_eq(e->value, (uint32_t)(RIG_HIGH + maps * 0x1000u) | RIG_PTE_WB);
            maps++;
        }
    }
    ck_assert_uint_eq(maps, 4);
    ck_assert_uint_eq(rig_stats(&rig).windows, 4);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 8);
    ck_assert_uint_eq(fake_count(FAKE_TLBI_IS), 4);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 0x3000u / 64u);
    tables_are_empty();
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(rig_stats(&rig).windows, 4);
}
END_TEST

/* One CPU's slots are not another's. */
START_TEST(slots_of_cpus)
{
    struct dmacoh_map m = {0};

    for (uint32_t cpu = 0; cpu < 2; cpu++) {
        rig.fake.cpu = cpu;
        fake_clear();
        ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 64, 1, 0), DMACOH_OK);
        ck_assert_uint_eq(fake->log[fake_find(FAKE_CLEAN, 0)].at, RIG_WIN_VA + cpu * 0x4000u);
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    }
}
END_TEST

/* Interrupts are off for one page of lines at most. */
START_TEST(irqs_off)
{
    struct dmacoh_map m = {0};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;

    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH + 64u, 0x20000, 0, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_le(fake->masked_ops_max, 64);
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_HIGH + 1u, 0x20000, 0, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_le(fake->masked_bytes_max, 2u * 4096u + 8u);
    /* Memory that has a mapping: the calls do not mask them at all around their work. */
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 0x20000, 0, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake->masked_ops_max, 0);
}
END_TEST

/* A run over the border from mapped memory to memory without a mapping. */
START_TEST(mixed)
{
    struct dmacoh_map m = {0};

    rig_stop(&rig);
    rig_machine(&rig, 1, 2);
    rig.mem[1].phys = RIG_LOW + RIG_LOW_SIZE;
    rig.fake.ram[2].phys = RIG_LOW + RIG_LOW_SIZE;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    const struct dmacoh_dev_cfg cfg = {.limits = {.mask = UINT32_MAX}};

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + RIG_LOW_SIZE - 128u, 256, 2, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 4);
    ck_assert_uint_eq(rig_stats(&rig).windows, 1);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 4);
}
END_TEST

/* Without slots the memory can be used by a coherent device only. */
START_TEST(no_slots)
{
    struct dmacoh_map m = {0};
    struct dmacoh_dev_cfg cfg;
    struct dmacoh_caps caps;

    rig_stop(&rig);
    rig_start(&rig, 1, 0);
    for (int dir = 0; dir < 3; dir++) {
        ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 64, (enum dmacoh_dir)dir, 0),
                         DMACOH_E_NOMAP);
    }
    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, &caps), DMACOH_OK);
    ck_assert(!caps.windows);
    cfg = rig_dev_cfg(&rig);
    cfg.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 64, 0, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 64, 0, DMACOH_ATTR_MMIO), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 0);
}
END_TEST

/* --- nesting --- */

struct nest {
    struct dmacoh_map m;
    uint32_t levels;
    int map, unmap;
};

/*
 * All slots in use: the depth is the first word behind the statistics of the per-CPU state, which is
 * the caller's memory.
 */
static uint32_t *depth_of(uint32_t cpu)
{
    uint8_t *percpu = (uint8_t *)rig.percpu + cpu * DMACOH_META_SIZE(1);

    return (uint32_t *)(void *)(percpu + sizeof(struct dmacoh_stats));
}

START_TEST(all_slots_in_use)
{
    struct dmacoh_map m = {0};
    struct dmacoh_map failed = {0};
    struct dmacoh_why why;
    struct dmacoh_seg in[3] = {
        {RIG_LOW + 1u, 100, 0}, {RIG_LOW + 0x1000u, 64, 0}, {RIG_HIGH, 64, 0}};
    struct dmacoh_bseg out[9];
    struct dmacoh_pool_stats s;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 128, 0, 0), DMACOH_OK);
    *depth_of(0) = 4;
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &failed, RIG_HIGH, 64, 1, 0), DMACOH_E_DEPTH);
    ck_assert_int_eq(dmacoh_map_why(&failed, &why), DMACOH_OK);
    ck_assert_int_eq(why.status, DMACOH_E_DEPTH);
    ck_assert_uint_eq(why.limit, 4);
    ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &failed, in, 3, out, 9, 2, 0), DMACOH_E_DEPTH);
    ck_assert_int_eq(dmacoh_pool_stats(&rig.bounce, &s), DMACOH_OK);
    ck_assert_uint_eq(s.allocs, 0);
    ck_assert_int_eq(dmacoh_sync_for_device(&m, 0, 64), DMACOH_E_DEPTH);
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 128), DMACOH_E_DEPTH);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_E_DEPTH);
    ck_assert_uint_eq(fake->irq_depth, 0);
    /* The handle is live still, and nothing of it counts as taken back. */
    *depth_of(0) = 0;
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 2);
    tables_are_empty();
    /* The last slot is used, and the others are not touched. */
    *depth_of(0) = 3;
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 64, 1, 0), DMACOH_OK);
    ck_assert_uint_eq(fake->log[fake_find(FAKE_CLEAN, 0)].at, RIG_WIN_VA + 0x3000u);
    ck_assert_uint_eq(*depth_of(0), 3);
    *depth_of(0) = 0;
}
END_TEST

/* Bounced memory without a mapping: a failing copy hands nothing over. */
START_TEST(bounce_in_use)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;
    struct dmacoh_pool_stats s;

    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    *depth_of(0) = 4;
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_HIGH, 64, 0, 0), DMACOH_E_DEPTH);
    ck_assert_int_eq(dmacoh_pool_stats(&rig.bounce, &s), DMACOH_OK);
    ck_assert_uint_eq(s.allocs, 0);
    *depth_of(0) = 0;
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_HIGH, 64, 0, 0), DMACOH_OK);
    *fake_ram_at(m.bus, 1) = 0x42;
    *depth_of(0) = 4;
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_E_DEPTH);
    *depth_of(0) = 0;
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(rig.high[0], 0x42);
    ck_assert_int_eq(dmacoh_pool_stats(&rig.bounce, &s), DMACOH_OK);
    ck_assert_uint_eq(s.allocs, 0);
}
END_TEST

/* An interrupt between two pages maps, syncs and unmaps itself. */
static void in_irq(void *ctx)
{
    struct nest *n = ctx;

    n->map = dmacoh_map_phys(&rig.dev, &n->m, RIG_HIGH + 0x80000u, 0x2000, 0, 0);
    n->unmap = dmacoh_unmap(&n->m);
    if (n->levels-- > 1) {
        fake->irq = in_irq;
    }
}

START_TEST(interrupts)
{
    struct dmacoh_map m = {0};
    struct nest n = {.levels = 6, .map = 1, .unmap = 1};

    rig.fake.irq = in_irq;
    rig.fake.irq_ctx = &n;
    memset(rig.high, 0x51, 0x4000);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_HIGH, 0x4000, 0, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_int_eq(n.map, DMACOH_OK);
    ck_assert_int_eq(n.unmap, DMACOH_OK);
    ck_assert_uint_eq(n.levels, 0);
    tables_are_empty();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("highmem");
    TCase *t = tcase_create("highmem");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, entries);
    tcase_add_test(t, slots_of_cpus);
    tcase_add_test(t, irqs_off);
    tcase_add_test(t, mixed);
    tcase_add_test(t, no_slots);
    tcase_add_test(t, all_slots_in_use);
    tcase_add_test(t, bounce_in_use);
    tcase_add_test(t, interrupts);
    suite_add_tcase(s, t);
    return rig_run(s);
}
