/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* dmacoh_init() and the other functions of instance.h: every error, and the state after it. */
#include "rig.h"

#include <stdlib.h>
#include <string.h>

static struct rig rig;

/* Start with the configuration as it is; an error must leave page tables and log untouched. */
static int try_init(void)
{
    uint32_t before[4096];

    memcpy(before, rig.root, sizeof(before));
    memset(&rig.c, 0xa5, sizeof(rig.c));
    fake_clear();
    const int rc = dmacoh_init(&rig.c, &rig.cfg);

    if (rc != DMACOH_OK) {
        struct dmacoh_stats stats;

        ck_assert_int_eq(memcmp(before, rig.root, sizeof(before)), 0);
        ck_assert_uint_eq(fake_count(FAKE_ENTRY), 0);
        ck_assert_int_eq(dmacoh_stats(&rig.c, &stats), DMACOH_E_INVAL);
        ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_E_INVAL);
    }
    return rc;
}

/* One wrong fact, and what dmacoh_init() says to it. */
#define REFUSES(status, wrong)                                                                     \
    do {                                                                                           \
        rig_machine(&rig, 2, 4);                                                                   \
        wrong;                                                                                     \
        ck_assert_int_eq(try_init(), status);                                                      \
        rig_stop(&rig);                                                                            \
    } while (0)

START_TEST(arguments)
{
    rig_machine(&rig, 1, 0);
    ck_assert_int_eq(dmacoh_init(NULL, &rig.cfg), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_init(&rig.c, NULL), DMACOH_E_INVAL);
    rig_stop(&rig);
    REFUSES(DMACOH_E_INVAL, rig.cfg.mem = NULL);
    REFUSES(DMACOH_E_INVAL, rig.cfg.nmem = 0);
    REFUSES(DMACOH_E_INVAL, rig.cfg.ncpus = 0);
    REFUSES(DMACOH_E_INVAL, rig.cfg.meta = NULL);
    REFUSES(DMACOH_E_INVAL, rig.cfg.flags = 0x20);
    REFUSES(DMACOH_E_INVAL, rig.cfg.flags = 0x80000000u);
    REFUSES(DMACOH_E_UNSUPP, rig.cfg.flags = DMACOH_F_DEBUG);
    REFUSES(DMACOH_E_ALIGN, rig.cfg.meta = (uint8_t *)rig.percpu + 4);
    REFUSES(DMACOH_E_META, rig.cfg.meta_size = DMACOH_META_SIZE(2) - 1u);
    REFUSES(DMACOH_E_META, rig.cfg.ncpus = 0xffffffffu);
    REFUSES(DMACOH_E_CONTEXT, rig.fake.context = DMACOH_CTX_IRQ);
    REFUSES(DMACOH_E_CONTEXT, rig.fake.context = DMACOH_CTX_NOSLEEP);
    REFUSES(DMACOH_E_CONTEXT, rig.fake.context = DMACOH_CTX_IRQS_OFF);
    REFUSES(DMACOH_E_UNSUPP, rig.cfg.outer_va = 0x1000);
}
END_TEST

START_TEST(memory_map)
{
    struct dmacoh_mem *m = rig.mem;

    REFUSES(DMACOH_E_INVAL, m[0].kind = 0);
    REFUSES(DMACOH_E_INVAL, m[0].kind = 4);
    REFUSES(DMACOH_E_INVAL, m[1].va = 0x1000);
    REFUSES(DMACOH_E_SIZE, m[0].size = 0);
    REFUSES(DMACOH_E_SIZE, m[3].size = 0);
    REFUSES(DMACOH_E_ALIGN, m[0].phys += 64);
    REFUSES(DMACOH_E_ALIGN, m[0].size -= 1);
    REFUSES(DMACOH_E_ALIGN, m[0].va += 2048);
    REFUSES(DMACOH_E_RANGE, m[1].phys = UINT64_MAX - 0xfffu; m[1].size = 0x2000);
    REFUSES(DMACOH_E_RANGE, m[1].size = UINT64_MAX - 0xfffu);
    REFUSES(DMACOH_E_RANGE, m[0].va = 0xfffff000u);
    REFUSES(DMACOH_E_RANGE, m[0].va = (uintptr_t)0x100000000u);
    REFUSES(DMACOH_E_OVERLAP, m[1].phys = RIG_LOW + RIG_LOW_SIZE - 0x1000u);
    REFUSES(DMACOH_E_OVERLAP, m[1].phys = RIG_LOW - RIG_HIGH_SIZE + 0x1000u);
    REFUSES(DMACOH_E_OVERLAP, m[2].phys = RIG_LOW + 0x10000u);
    REFUSES(DMACOH_E_OVERLAP, m[2].va = m[0].va + RIG_LOW_SIZE - 0x1000u);
    REFUSES(DMACOH_E_OVERLAP, m[1] = m[3]);
}
END_TEST

/* Neighbours may touch, and an entry may end at the very top. */
START_TEST(memory_map_limits)
{
    rig_machine(&rig, 1, 0);
    rig.mem[1].phys = RIG_LOW + RIG_LOW_SIZE;
    rig.mem[2].va = rig.mem[0].va + RIG_LOW_SIZE;
    rig.mem[3] = (struct dmacoh_mem){UINT64_MAX - 0xfffu, 0x1000, 0, DMACOH_RAM_HIGH};
    rig.mem[4] = (struct dmacoh_mem){0, 0x1000, 0xfffff000u, DMACOH_RAM_NODMA};
    rig.cfg.nmem = 5;
    ck_assert_int_eq(try_init(), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    rig_stop(&rig);
}
END_TEST

START_TEST(windows)
{
    struct dmacoh_mmu *mmu = &rig.cfg.mmu;
    uint32_t *const *root = &rig.root;

    REFUSES(DMACOH_E_SIZE, mmu->win_slots = 9);
    REFUSES(DMACOH_E_SIZE, mmu->win_slots = 0xffffffffu);
    REFUSES(DMACOH_E_ALIGN, mmu->win_va += 0x800);
    REFUSES(DMACOH_E_RANGE, mmu->win_va = 0xffffa000u);
    REFUSES(DMACOH_E_RANGE, mmu->win_va = (uintptr_t)0x100000000u);
    REFUSES(DMACOH_E_UNSUPP, mmu->root = 0);
    REFUSES(DMACOH_E_UNSUPP, rig.fake.ttbcr = 0x80000000u);
    REFUSES(DMACOH_E_ALIGN, mmu->tables_va += 512);
    REFUSES(DMACOH_E_ALIGN, mmu->tables_phys += 4);
    REFUSES(DMACOH_E_META, mmu->tables_size = 2047);
    REFUSES(DMACOH_E_META, mmu->tables_va = 0);
    REFUSES(DMACOH_E_RANGE, mmu->tables_phys = 0xfffffc00u);
    REFUSES(DMACOH_E_RANGE, mmu->tables_phys = RIG_FAR);
    REFUSES(DMACOH_E_BUSY, (*root)[0xf0f] = RIG_SECT_WB);
    REFUSES(DMACOH_E_BUSY, (*root)[0xf10] = 0x40000001u);
    REFUSES(DMACOH_E_NOMAP, memset(*root, 0, 16384));
    REFUSES(DMACOH_E_NOMAP, rig.mem[0].kind = DMACOH_RAM_NODMA);
    REFUSES(DMACOH_E_UNSUPP, rig.fake.mpidr = 0);
    REFUSES(DMACOH_E_UNSUPP, rig.fake.ctr = 0x8b44c004u); /* a granule of two pages */
}
END_TEST

START_TEST(window_bytes)
{
    /* This build has every backend: the most that one of them needs, 32 pages a slot. */
    ck_assert_uint_eq(dmacoh_window_bytes(1, 1), 32u * 4096u);
    ck_assert_uint_eq(dmacoh_window_bytes(2, 4), 256u * 4096u);
    ck_assert_uint_eq(dmacoh_window_bytes(4, 0), 0);
    /* Windows that end with the address space. */
    rig_machine(&rig, 2, 4);
    rig.cfg.mmu.win_va = 0xffff8000u;
    ck_assert_int_eq(try_init(), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xfff], RIG_TABLES | 1u);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xfff], 0);
    rig_stop(&rig);
}
END_TEST

START_TEST(line_size)
{
    rig_machine(&rig, 1, 0);
    ck_assert_int_eq(try_init(), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_line(&rig.c), 64);
    rig_stop(&rig);
    rig_machine(&rig, 1, 0);
    rig.fake.ctr = 0x80000000u; /* no granule: the architecture's largest */
    ck_assert_int_eq(try_init(), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_line(&rig.c), 2048);
    rig_stop(&rig);
}
END_TEST

/* cpu_online, cpu_offline, fini: dead instances and contexts. */
START_TEST(lifetime_errors)
{
    struct dmacoh zero;
    struct dmacoh_stats stats;

    memset(&zero, 0, sizeof(zero));
    rig_start(&rig, 2, 4);
    struct dmacoh copy = rig.c;

    for (uint32_t i = 0; i < 3; i++) {
        struct dmacoh *dead = i == 0 ? NULL : i == 1 ? &zero : &copy;

        ck_assert_int_eq(dmacoh_cpu_online(dead), DMACOH_E_INVAL);
        ck_assert_int_eq(dmacoh_cpu_offline(dead), DMACOH_E_INVAL);
        ck_assert_int_eq(dmacoh_fini(dead), DMACOH_E_INVAL);
        ck_assert_int_eq(dmacoh_stats(dead, &stats), DMACOH_E_INVAL);
    }
    ck_assert_int_eq(dmacoh_stats(&rig.c, NULL), DMACOH_E_INVAL);
    rig.fake.context = DMACOH_CTX_IRQ;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_CONTEXT);
    ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_E_CONTEXT);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_E_CONTEXT);
    rig.fake.context = 0;
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_E_BUSY); /* pools have regions */
    ck_assert_int_eq(dmacoh_stats(&rig.c, &stats), DMACOH_OK);
    rig_stop(&rig);
}
END_TEST

START_TEST(life)
{
    rig_start(&rig, 2, 4);
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_TLBI), 4); /* the slots of CPU 1, one by one */
    ck_assert_uint_eq(rig.fake.log[0].at, RIG_WIN_VA + 0x4000u);
    rig.fake.cpu = 0;
    ck_assert_int_eq(dmacoh_dev_fini(&rig.dev), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.bounce, &rig.r_edges), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.bounce, &rig.r_bounce), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_E_BUSY);
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &rig.r_coherent), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xf0f], 0);
    ck_assert_uint_eq(rig.root[0xf10], 0);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_E_INVAL);
    /* The machine is as it was: it can be started again. */
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    rig_stop(&rig);
}
END_TEST

/* A window slot in use keeps its CPU, and the instance. */
START_TEST(slot_in_use)
{
    rig_start(&rig, 1, 1);
    /* The per-CPU state is the caller's memory; depth follows the statistics. */
    struct {
        struct dmacoh_stats stats;
        uint32_t depth;
    } *percpu = (void *)rig.percpu;

    percpu->depth = 1;
    ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_E_BUSY);
    rig.c.pools = NULL;
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_E_BUSY);
    percpu->depth = 0;
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    rig_stop(&rig);
}
END_TEST

/* Two instances in one program do not know of each other. */
START_TEST(two_instances)
{
    static struct rig other;
    struct dmacoh_map a = {0};
    struct dmacoh_map b = {0};

    rig_start(&other, 1, 0);
    rig_start(&rig, 2, 4);
    ck_assert_int_eq(dmacoh_map_single(&rig.dev, &a, rig.low, 4096, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    fake = &other.fake;
    ck_assert_int_eq(dmacoh_map_single(&other.dev, &b, other.low, 128, DMACOH_TO_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(rig_stats(&rig).lines_clean, 64);
    ck_assert_uint_eq(rig_stats(&other).lines_clean, 2);
    ck_assert_int_eq(dmacoh_unmap(&b), DMACOH_OK);
    rig_stop(&other);
    fake = &rig.fake;
    ck_assert_int_eq(dmacoh_unmap(&a), DMACOH_OK);
    rig_stop(&rig);
}
END_TEST

/* Each CPU counts for itself; the sum is over all. */
START_TEST(statistics)
{
    struct dmacoh_map m = {0};

    rig_start(&rig, 3, 0);
    for (uint32_t cpu = 0; cpu < 3; cpu++) {
        rig.fake.cpu = cpu;
        ck_assert_int_eq(dmacoh_map_single(&rig.dev, &m, rig.low, 128, DMACOH_BIDIRECTIONAL, 0),
                         DMACOH_OK);
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    }
    const struct dmacoh_stats s = rig_stats(&rig);

    ck_assert_uint_eq(s.lines_clean, 6);
    ck_assert_uint_eq(s.lines_inval, 6);
    ck_assert_uint_eq(s.lines_clean_inval, 0);
    ck_assert_uint_eq(s.barriers, 12);
    ck_assert_uint_eq(s.windows + s.bounces + s.edges + s.fails + s.abandoned, 0);
    ck_assert_uint_eq(s.bytes_bounced, 0);
    rig_stop(&rig);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("instance");
    TCase *t = tcase_create("instance");

    tcase_add_test(t, arguments);
    tcase_add_test(t, memory_map);
    tcase_add_test(t, memory_map_limits);
    tcase_add_test(t, windows);
    tcase_add_test(t, window_bytes);
    tcase_add_test(t, line_size);
    tcase_add_test(t, lifetime_errors);
    tcase_add_test(t, life);
    tcase_add_test(t, slot_in_use);
    tcase_add_test(t, two_instances);
    tcase_add_test(t, statistics);
    suite_add_tcase(s, t);
    return rig_run(s);
}
