/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv7-A backend with long descriptors: regions, windows, and that an entry is one store. */
#include "rig.h"

#include "armv7a.h"
#include "core.h"

#include <string.h>

/* In low memory, one after the other: the root, second-level tables of gigabytes 0 and 3; the windows'. */
#define ROOT    (RIG_LOW + 0x3f0000u)
#define LEVEL2  (RIG_LOW + 0x3f1000u)
#define LEVEL2W (RIG_LOW + 0x3f2000u)
#define TABLES  (RIG_LOW + 0x3f4000u)
#define SPARE   (RIG_LOW + 0x3f8000u)

#define EAE    0x80000000u
#define CACHED 0x00000500u /* TTBCR: walks through TTBR0 are inner and outer cacheable */

/* MAIR0: index 0 device, 1 non-cacheable, 2 write-back; MAIR1: 4 non-cacheable, 5 write-back. */
#define MAIR0 0x00ff4404u
#define MAIR1 0x0000ff44u

#define TABLE  UINT64_C(3)
#define PAGE   UINT64_C(3)
#define BLOCK  UINT64_C(1)
#define AF     0x400u
#define OUTER  0x200u
#define INNER  0x300u
#define WB     (AF | INNER | 2u << 2)
#define NC     (AF | OUTER | 1u << 2)
#define XN     UINT64_C(0x0060000000000000)
#define ALL_NS UINT64_C(0x8000000000000000)

static struct rig rig;
static uint64_t *root, *level2, *level2w, *tables;

static void put_tables(void)
{
    root = rig_va(&rig, ROOT);
    level2 = rig_va(&rig, LEVEL2);
    level2w = rig_va(&rig, LEVEL2W);
    tables = rig_va(&rig, TABLES);
    memset(tables, 0xa5, 0x2000); /* what lies there must not be found by a walker */
    root[0] = LEVEL2 | TABLE;
    root[3] = LEVEL2W | TABLE;
    for (uint32_t i = 0; i < 2; i++) {
        level2[((uintptr_t)rig.low >> 21) + i] = (RIG_LOW + i * 0x200000u) | WB | BLOCK;
    }
    rig.fake.ttbcr = EAE | CACHED;
    rig.fake.mair0 = MAIR0;
    rig.fake.mair1 = MAIR1;
    rig.fake.root = (uintptr_t)root;
    rig.fake.tables = (uintptr_t)tables;
    rig.fake.tables_size = 0x2000;
    rig.cfg.mmu.root = (uintptr_t)root;
    rig.cfg.mmu.tables_phys = TABLES;
    rig.cfg.mmu.tables_va = (uintptr_t)tables;
    rig.cfg.mmu.tables_size = 0x2000;
}

static int init(void)
{
    return dmacoh_init(&rig.c, &rig.cfg);
}

/* A machine that is ready for dmacoh_init(), instead of the one there was. */
static void again(uint32_t ncpus)
{
    rig_stop(&rig);
    rig_machine(&rig, ncpus, 4);
    put_tables();
}

static void setup(void)
{
    rig_machine(&rig, 2, 4);
    put_tables();
    ck_assert_int_eq(init(), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* --- windows --- */

START_TEST(tables_made)
{
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 1024 + 2);
    ck_assert_uint_eq(fake_find(FAKE_DSB, 0), 1024); /* empty before they are linked */
    for (uint32_t i = 0; i < 1024; i++) {
        expect(tables[i] == 0);
    }
    ck_assert_uint_eq(level2w[RIG_WIN_VA >> 21 & 511u], TABLES | TABLE);
    ck_assert_uint_eq(level2w[(RIG_WIN_VA >> 21 & 511u) + 1u], (TABLES + 0x1000u) | TABLE);
    ck_assert_int_eq(fake->log[fake->nlog - 2u].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_ISB);
    ck_assert_uint_eq(rig.c.win_phys_last, (UINT64_C(1) << 40) - 1u);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(level2w[RIG_WIN_VA >> 21 & 511u], 0);
    ck_assert_uint_eq(level2w[(RIG_WIN_VA >> 21 & 511u) + 1u], 0);
    ck_assert_uint_eq(fake_count(FAKE_TLBI_IS), 8);
}
END_TEST

/* One store of eight bytes, valid or not; beyond 4 GiB too; on both sides of two MiB. */
START_TEST(window_order)
{
    static const enum fake_kind map[] = {FAKE_ENTRY, FAKE_DSB, FAKE_ISB};
    static const enum fake_kind unmap[] = {FAKE_ENTRY, FAKE_DSB, FAKE_TLBI_IS, FAKE_DSB, FAKE_ISB};

    for (uint32_t cpu = 0; cpu < 2; cpu++) {
        const uint64_t entry = (uintptr_t)(tables + 508u + cpu * 4u);
        const uint64_t pa = cpu == 0 ? RIG_HIGH : UINT64_C(0xfffffff000);

        fake_clear();
        ck_assert_uint_eq(dmacoh_armv7a_win_map(&rig.c, cpu, 0, pa), RIG_WIN_VA + cpu * 0x4000u);
        ck_assert_uint_eq(fake->nlog, 3);
        for (uint32_t i = 0; i < 3; i++) {
            ck_assert_int_eq(fake->log[i].kind, map[i]);
        }
        ck_assert_uint_eq(fake->log[0].at, entry);
        ck_assert_uint_eq(fake->log[0].value, pa | XN | WB | PAGE);
        fake_clear();
        dmacoh_armv7a_win_unmap(&rig.c, cpu, 0);
        ck_assert_uint_eq(fake->nlog, 5);
        for (uint32_t i = 0; i < 5; i++) {
            ck_assert_int_eq(fake->log[i].kind, unmap[i]);
        }
        ck_assert_uint_eq(fake->log[0].at, entry);
        ck_assert_uint_eq(fake->log[0].value, 0);
    }
}
END_TEST

/* Memory beyond 4 GiB is maintained through a window. */
START_TEST(high_memory)
{
    struct dmacoh_map map = {0};
    struct dmacoh_dev_cfg cfg = {.limits = {.mask = DMACOH_BIT_MASK(40)}};
    struct dmacoh_dev dev;

    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, RIG_FAR, 64, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 1);
    ck_assert_uint_eq(fake->log[fake_find(FAKE_CLEAN, 0)].at, RIG_WIN_VA);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

/* The walker of which TTBR, and whether it sees the caches. */
START_TEST(entries_cleaned)
{
    static const struct {
        uint32_t ttbcr, mmfr3;
        bool clean;
    } want[] = {{CACHED, 0x00100000u, false},
                {0, 0x00100000u, true},
                {CACHED, 0, true},
                {CACHED | 1u << 16, 0x00100000u, true},             /* TTBR1: not cacheable */
                {CACHED | 1u, 0x00100000u, true},                   /* the same, by T0SZ */
                {CACHED | 1u << 16 | 1u << 24, 0x00100000u, false}, /* both cacheable */
                {0x500u << 16 | 1u << 16, 0x00100000u, true}};      /* TTBR0 is not */

    for (uint32_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
        again(2);
        rig.fake.ttbcr = EAE | want[i].ttbcr;
        rig.fake.mmfr3 = want[i].mmfr3;
        ck_assert_int_eq(init(), DMACOH_OK);
        ck_assert_uint_eq(fake_count(FAKE_CLEAN), want[i].clean ? 1024 + 2 : 0);
    }
}
END_TEST

START_TEST(one_cpu)
{
    again(1);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_clear();
    (void)dmacoh_armv7a_win_map(&rig.c, 0, 1, RIG_HIGH);
    dmacoh_armv7a_win_unmap(&rig.c, 0, 1);
    ck_assert_uint_eq(fake_count(FAKE_TLBI), 1);
    ck_assert_uint_eq(fake_count(FAKE_TLBI_IS), 0);
}
END_TEST

/* Type and shareability of the linear map; never its hint, permissions, nG; or what the caller gives. */
START_TEST(attributes)
{
    for (uint32_t k = 0; k < 6; k++) {
        uint64_t *table;
        uint64_t want = WB;

        again(1);
        table = rig_va(&rig, SPARE);
        uint64_t *block = &level2[(uintptr_t)rig.low >> 21];

        switch (k) {
        case 0: /* a block: nG, read-only, contiguous, never executed */
            *block |= 0x8c0u | UINT64_C(0x7) << 52;
            break;
        case 1: /* a page: write-through by MAIR, outer shareable, NS */
            *block = SPARE | TABLE;
            table[0] = RIG_LOW | AF | OUTER | 0x20u | 3u << 2 | PAGE;
            want = AF | OUTER | 0x20u | 3u << 2;
            break;
        case 2: /* a block of a gigabyte: its part that is RAM */
            root[0] = (RIG_LOW - ((uintptr_t)rig.low & 0x3fffffffu)) | WB | BLOCK;
            root[0] = (root[0] & ~UINT64_C(0x3fffffff)) | WB | BLOCK;
            break;
        case 3: /* non-secure tables */
            *block = SPARE | TABLE | ALL_NS;
            table[0] = RIG_LOW | WB | PAGE;
            want = WB | 0x20u;
            break;
        case 4:
            rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = AF | OUTER | 4u << 2;
            want = AF | OUTER | 4u << 2;
            break;
        default: /* non-secure gigabyte */
            root[0] |= ALL_NS;
            want = WB | 0x20u;
            break;
        }
        ck_assert_int_eq(init(), DMACOH_OK);
        fake_clear();
        (void)dmacoh_armv7a_win_map(&rig.c, 0, 0, RIG_HIGH);
        ck_assert_uint_eq(fake->log[0].value, RIG_HIGH | XN | want | PAGE);
    }
}
END_TEST

START_TEST(refused)
{
    static const int want[] = {DMACOH_E_ALIGN,  DMACOH_E_ALIGN, DMACOH_E_META,  DMACOH_E_META,
                               DMACOH_E_RANGE,  DMACOH_OK,      DMACOH_E_NOMAP, DMACOH_E_NOMAP,
                               DMACOH_E_NOMAP,  DMACOH_E_NOMAP, DMACOH_E_BUSY,  DMACOH_E_BUSY,
                               DMACOH_E_UNSUPP, DMACOH_E_NOMAP, DMACOH_E_NOMAP, DMACOH_E_NOMAP,
                               DMACOH_E_NOMAP,  DMACOH_OK};

    for (uint32_t k = 0; k < sizeof(want) / sizeof(want[0]); k++) {
        struct dmacoh_mmu *mmu = &rig.cfg.mmu;
        uint64_t *window = NULL;

        again(2);
        window = &level2w[RIG_WIN_VA >> 21 & 511u];
        switch (k) {
        case 0:
            mmu->tables_phys += 0x800;
            break;
        case 1:
            mmu->tables_va += 0x400;
            break;
        case 2:
            mmu->tables_size = 0x1fff;
            break;
        case 3:
            mmu->tables_va = 0;
            break;
        case 4:
            mmu->tables_phys = UINT64_C(0xfffffff000);
            break;
        case 5:
            mmu->tables_phys = UINT64_C(0xffffffe000);
            break;
        case 6: /* no second-level table for the windows */
            root[3] = 0;
            break;
        case 7: /* a block there */
            root[3] = WB | BLOCK;
            break;
        case 8: /* a table out of reach */
            root[3] = RIG_HIGH | TABLE;
            break;
        case 9: /* and one that is not memory */
            root[3] = UINT64_C(0xff00000000) | TABLE;
            break;
        case 10:
            window[0] = RIG_LOW | WB | BLOCK;
            break;
        case 11:
            window[1] = SPARE | TABLE;
            break;
        case 12:
            mmu->root = 0;
            break;
        case 13: /* the linear map is not there */
            memset(level2, 0, 4096);
            break;
        case 14: /* its table is out of reach */
            level2[(uintptr_t)rig.low >> 21] = RIG_HIGH | TABLE;
            break;
        case 15: /* no table, though its address is one's */
            root[3] = LEVEL2W | WB | BLOCK;
            break;
        case 16:
            root[3] = LEVEL2W | 2u;
            break;
        default: /* bits of the system's own in an invalid entry */
            window[0] = 0xff00000000000ffeu;
            break;
        }
        ck_assert_int_eq(init(), want[k]);
        if (want[k] != DMACOH_OK) {
            ck_assert_uint_eq(fake_count(FAKE_ENTRY), 0);
        }
    }
}
END_TEST

/* The other format, in the same build. */
START_TEST(short_too)
{
    rig_stop(&rig);
    rig_machine(&rig, 2, 4);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.root[RIG_WIN_VA >> 20], (uint32_t)RIG_TABLES | 1u);
    ck_assert_uint_eq(rig.c.win_phys_last, UINT32_MAX);
    fake_clear();
    (void)dmacoh_armv7a_win_map(&rig.c, 0, 0, RIG_HIGH);
    ck_assert_uint_eq(fake->log[0].value, RIG_HIGH | RIG_PTE_WB);
    ck_assert_int_eq(dmacoh_armv7a_region_check(&rig.c, RIG_POOL, 0x100000, DMACOH_MEM_UNCACHED,
                                                (uintptr_t)rig.pool_mem),
                     DMACOH_OK);
}
END_TEST

/* --- region_check --- */

static int check(uint64_t pa, uint64_t len, uint32_t attr, uintptr_t va)
{
    return dmacoh_armv7a_region_check(&rig.c, pa, len, attr, va);
}

#define VA 0x30000000u

START_TEST(region)
{
    uint64_t *l2 = &level2[VA >> 21];
    uint64_t *table = rig_va(&rig, SPARE);

    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, VA), DMACOH_E_NOMAP);
    l2[0] = RIG_POOL | NC | BLOCK;
    ck_assert_int_eq(check(RIG_POOL, 0x200000, DMACOH_MEM_UNCACHED, VA), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL + 64u, 64, DMACOH_MEM_WC, VA + 64u), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x200001, DMACOH_MEM_UNCACHED, VA), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL + 64u, 64, DMACOH_MEM_WC, VA), DMACOH_E_NOMAP);
    /* Bits below its size are no address of a block. */
    l2[0] = RIG_POOL | UINT64_C(0x1ff000) | NC | BLOCK;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, VA), DMACOH_OK);
    l2[1] = (RIG_POOL + 0x200000u) | WB | BLOCK;
    ck_assert_int_eq(check(RIG_POOL, 0x200001, DMACOH_MEM_UNCACHED, VA), DMACOH_E_ATTR);
    /* Pages, with and without the contiguous hint; beyond 4 GiB; the last one of a table. */
    l2[0] = SPARE | TABLE;
    for (uint32_t i = 0; i < 16; i++) {
        table[i] = (RIG_POOL + i * 4096u) | UINT64_C(1) << 52 | NC | PAGE;
    }
    table[511] = UINT64_C(0xff00003000) | NC | PAGE;
    ck_assert_int_eq(check(RIG_POOL, 0x10000, DMACOH_MEM_UNCACHED, VA), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x10001, DMACOH_MEM_UNCACHED, VA), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(UINT64_C(0xff00003000), 4096, DMACOH_MEM_UNCACHED, VA + 0x1ff000u),
                     DMACOH_OK);
    ck_assert_int_eq(check(UINT64_C(0x3000), 4096, DMACOH_MEM_UNCACHED, VA + 0x1ff000u),
                     DMACOH_E_NOMAP);
    table[3] = (RIG_POOL + 0x3000u) | NC | BLOCK; /* reserved on this level */
    ck_assert_int_eq(check(RIG_POOL, 0x3001, DMACOH_MEM_UNCACHED, VA), DMACOH_E_NOMAP);
    /* Nor is it a table, though there is memory that looks like one. */
    for (uint32_t i = 0; i < 512; i++) {
        tables[i] = (RIG_POOL + 0x3000u) | NC | BLOCK;
    }
    table[3] = TABLES | NC | BLOCK;
    ck_assert_int_eq(check(RIG_POOL + 0x3000u, 1, DMACOH_MEM_UNCACHED, VA + 0x3000u),
                     DMACOH_E_NOMAP);
    table[3] = (RIG_POOL + 0x3000u) | NC | 2u; /* not valid */
    ck_assert_int_eq(check(RIG_POOL, 0x3001, DMACOH_MEM_UNCACHED, VA), DMACOH_E_NOMAP);
    l2[0] = RIG_HIGH | TABLE;
    ck_assert_int_eq(check(RIG_POOL, 1, DMACOH_MEM_UNCACHED, VA), DMACOH_E_NOMAP);
    /* A gigabyte in one block, up to the last byte of the address space. */
    root[3] = UINT64_C(0x1c0000000) | NC | BLOCK;
    ck_assert_int_eq(check(UINT64_C(0x1c0000000), 0x40000000, DMACOH_MEM_UNCACHED, 0xc0000000u),
                     DMACOH_OK);
    ck_assert_int_eq(check(UINT64_C(0x1fffff000), 4096, DMACOH_MEM_UNCACHED, 0xfffff000u),
                     DMACOH_OK);
    root[2] = 0;
    ck_assert_int_eq(check(RIG_POOL, 1, DMACOH_MEM_UNCACHED, 0x80000000u), DMACOH_E_NOMAP);
    rig.c.mmu.root = 0;
    ck_assert_int_eq(check(RIG_POOL, 1, DMACOH_MEM_UNCACHED, 0x80000000u), DMACOH_OK);
}
END_TEST

/* Type by MAIR, and the one shareability that says what non-cacheable memory is. */
START_TEST(types)
{
    static const struct {
        uint32_t bits;
        int rc;
    } want[] = {
        {AF | OUTER | 1u << 2, DMACOH_OK},      {AF | OUTER | 4u << 2, DMACOH_OK},
        {AF | INNER | 1u << 2, DMACOH_E_ATTR},  {AF | 1u << 2, DMACOH_E_ATTR},
        {AF | 0x100u | 1u << 2, DMACOH_E_ATTR}, {AF | OUTER | 0u << 2, DMACOH_E_ATTR},
        {AF | OUTER | 2u << 2, DMACOH_E_ATTR},  {AF | OUTER | 3u << 2, DMACOH_E_ATTR},
        {AF | OUTER | 5u << 2, DMACOH_E_ATTR},  {AF | OUTER | 7u << 2, DMACOH_E_ATTR},
    };
    uint64_t *l2 = &level2[VA >> 21];

    for (uint32_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
        l2[0] = RIG_POOL | want[i].bits | BLOCK;
        ck_assert_int_eq(check(RIG_POOL, 64, DMACOH_MEM_UNCACHED, VA), want[i].rc);
        ck_assert_int_eq(check(RIG_POOL, 64, DMACOH_MEM_WC, VA), want[i].rc);
    }
    /* Told: index and shareability as the caller says. */
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = OUTER | 3u << 2;
    l2[0] = RIG_POOL | AF | OUTER | 3u << 2 | BLOCK;
    ck_assert_int_eq(check(RIG_POOL, 64, DMACOH_MEM_UNCACHED, VA), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 64, DMACOH_MEM_WC, VA), DMACOH_E_ATTR);
    l2[0] = RIG_POOL | AF | INNER | 3u << 2 | BLOCK;
    ck_assert_int_eq(check(RIG_POOL, 64, DMACOH_MEM_UNCACHED, VA), DMACOH_E_ATTR);
    l2[0] = RIG_POOL | AF | OUTER | 1u << 2 | BLOCK;
    ck_assert_int_eq(check(RIG_POOL, 64, DMACOH_MEM_UNCACHED, VA), DMACOH_E_ATTR);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("armv7a_long");
    TCase *t = tcase_create("armv7a_long");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, tables_made);
    tcase_add_test(t, window_order);
    tcase_add_test(t, high_memory);
    tcase_add_test(t, entries_cleaned);
    tcase_add_test(t, one_cpu);
    tcase_add_test(t, attributes);
    tcase_add_test(t, refused);
    tcase_add_test(t, short_too);
    tcase_add_test(t, region);
    tcase_add_test(t, types);
    suite_add_tcase(s, t);
    return rig_run(s);
}
