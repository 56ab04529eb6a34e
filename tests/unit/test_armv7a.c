/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv7-A backend against its contract in backend.h: loops, barriers, tables, TLBs, identification. */
#include "rig.h"

#include "armv7a.h"

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

/* --- cache operations --- */

static void check_loop(uint32_t step, uintptr_t first, uintptr_t last)
{
    static const enum be_op ops[] = {BE_CLEAN, BE_INVAL, BE_CLEAN_INVAL};
    static const enum fake_kind kinds[] = {FAKE_CLEAN, FAKE_INVAL, FAKE_CLEAN_INVAL};
    const uintptr_t from = first / step * step;
    const uint32_t n = (uint32_t)(last / step - first / step) + 1u;

    for (uint32_t k = 0; k < 3; k++) {
        fake_clear();
        dmacoh_armv7a_op_va(&rig.c, ops[k], first, last);
        expect(fake->nlog == n);
        for (uint32_t i = 0; i < n; i++) {
            expect(fake->log[i].kind == kinds[k]);
            expect(fake->log[i].at == from + (uintptr_t)i * step);
        }
    }
}

START_TEST(op_va)
{
    for (uint32_t step = 16; step <= 128; step *= 2) {
        rig.c.step = step;
        for (uintptr_t off = 0; off < 130; off += 3) {
            for (uintptr_t len = 1; len < 300; len += 7) {
                check_loop(step, 0x20000000u + off, 0x20000000u + off + len - 1u);
                check_loop(step, UINTPTR_MAX - off - len + 1u, UINTPTR_MAX - off);
            }
        }
        check_loop(step, 0xfffff000u, 0xffffffffu);
        check_loop(step, 0, 0);
    }
}
END_TEST

START_TEST(barriers)
{
    static const struct {
        enum be_bar bar;
        enum fake_kind kind;
    } want[] = {{BE_BAR_WMB, FAKE_DMB_ST},
                {BE_BAR_RMB, FAKE_DMB},
                {BE_BAR_PUBLISH, FAKE_DSB_ST},
                {BE_BAR_BEGIN, FAKE_DSB},
                {BE_BAR_DONE, FAKE_DSB}};

    for (uint32_t i = 0; i < 5; i++) {
        fake_clear();
        dmacoh_armv7a_barrier(&rig.c, want[i].bar);
        ck_assert_uint_eq(fake->nlog, 1);
        ck_assert_int_eq(fake->log[0].kind, want[i].kind);
    }
    fake_clear();
    dmacoh_wmb(&rig.dev);
    dmacoh_rmb(&rig.dev);
    dmacoh_desc_publish(&rig.dev);
    ck_assert_uint_eq(fake->nlog, 3);
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert_int_eq(fake->log[i].kind, want[i].kind);
    }
}
END_TEST

/* This CPU kind has neither. */
START_TEST(nothing_to_do)
{
    fake_clear();
    dmacoh_armv7a_op_outer(&rig.c, BE_CLEAN, 0, 63);
    dmacoh_armv7a_post_batch(&rig.c);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* --- identification --- */

START_TEST(policies)
{
    static const struct {
        uint32_t midr;
        bool erratum;
    } cpus[] = {
        {0x413fc0f3u, false}, /* A15 r3p3 */
        {0x413fc0f2u, true},  /* A15 r3p2 */
        {0x412fc0f1u, true},  /* A15 r2p1 */
        {0x414fc0f0u, false}, /* A15 r4p0 */
        {0x410fc075u, false}, /* A7 */
        {0x411fc090u, false}, /* A9 */
        {0x413fc082u, false}, /* any other */
    };

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        const struct dmacoh_policy *p = armv7a_policy(cpus[i].midr, 0);

        ck_assert_int_eq((p->flags & BE_P_TLBI_NEEDS_IPI) != 0, cpus[i].erratum);
        ck_assert((p->flags & BE_P_SPECULATES) != 0 && (p->flags & BE_P_TLB_BCAST) != 0);
        ck_assert_uint_eq(p->flags & (BE_P_OUTER | BE_P_LOCAL_CMO | BE_P_POST_BATCH), 0);
        ck_assert_uint_eq(p->va_last, UINT32_MAX);
        /* No device-written line is invalidated before without a clean, unless it is overwritten. */
        for (uint32_t dir = 0; dir < 3; dir++) {
            ck_assert_int_eq(p->op[dir][BE_TO_DEVICE], BE_CLEAN);
            ck_assert_int_eq(p->op[dir][BE_TO_CPU], dir == DMACOH_TO_DEVICE ? BE_NOP : BE_INVAL);
        }
        ck_assert_int_eq(p->op[DMACOH_FROM_DEVICE][BE_OVERWRITE], BE_INVAL);
    }
}
END_TEST

START_TEST(cache_type)
{
    ck_assert_uint_eq(armv7a_step(0x8444c004u), 64);
    ck_assert_uint_eq(armv7a_step(0x8443c004u), 32);
    const struct dmacoh_policy *any = armv7a_policy(0, 0);
    const struct dmacoh_policy *a9 = armv7a_policy(0x413fc090u, 0);

    ck_assert_uint_eq(armv7a_granule(any, 0x8443c004u), 64);
    ck_assert_uint_eq(armv7a_granule(any, 0x8043c004u), 2048); /* no figure */
    ck_assert_uint_eq(armv7a_granule(any, 0x8244c004u), 64);   /* never below a line */
    /* Its register has no figure, and all its lines have 32 bytes; a figure counts all the same. */
    ck_assert_uint_eq(armv7a_granule(a9, 0x80038003u), 32);
    ck_assert_uint_eq(armv7a_granule(a9, 0x84038003u), 64);
}
END_TEST

/* Another CPU may have larger lines and a smaller granule, not the other way round. */
START_TEST(second_cpu)
{
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    rig.fake.ctr = 0x8443c004u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.fake.ctr = 0x8544c004u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.fake.ctr = 0x8444c004u;
    rig.fake.midr = 0x410fc075u; /* an A7 beside an A15 */
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    rig.fake.midr = 0x412fc0f1u; /* an erratum that the boot CPU does not have */
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.fake.midr = 0x410fc080u; /* a register without a figure: by its own row */
    rig.fake.ctr = 0x8044c004u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.fake.midr = 0x413fc090u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
}
END_TEST

/* --- cold reset --- */

/* Geometry of one level as CCSIDR gives it. */
static uint32_t ccsidr(uint32_t sets, uint32_t ways, uint32_t line_log)
{
    return (sets - 1u) << 13 | (ways - 1u) << 3 | (line_log - 4u);
}

static void check_level(uint32_t level, uint32_t sets, uint32_t ways, uint32_t line_log)
{
    uint32_t way_bits = 0;
    static uint8_t seen[64 * 1024];
    uint32_t n = 0;

    while ((1u << way_bits) < ways) {
        way_bits++;
    }
    memset(seen, 0, sizeof(seen));
    for (uint32_t i = 0; i < fake->nlog; i++) {
        const uint32_t v = (uint32_t)fake->log[i].at;

        if (fake->log[i].kind != FAKE_DCISW || (v >> 1 & 7u) != level) {
            continue;
        }
        const uint32_t way = way_bits != 0 ? v >> (32u - way_bits) : 0;
        const uint32_t set = (way_bits != 0 ? v << way_bits >> way_bits : v) >> line_log;

        expect(way < ways && set < sets);
        expect(seen[way * sets + set] == 0);
        seen[way * sets + set] = 1;
        n++;
    }
    expect(n == sets * ways);
}

START_TEST(cold_reset)
{
    /* L1 separate, L2 unified; coherency at level 2, unification inner shareable at level 1. */
    rig.fake.clidr = 2u << 24 | 1u << 21 | 4u << 3 | 3u;
    rig.fake.ccsidr[0] = ccsidr(256, 2, 6);
    rig.fake.ccsidr[2] = ccsidr(1024, 16, 6);
    fake_clear();
    dmacoh_boot_cache_inval(true);
    check_level(0, 256, 2, 6);
    check_level(1, 1024, 16, 6);
    ck_assert_uint_eq(fake_count(FAKE_DCISW), 256u * 2u + 1024u * 16u);
    ck_assert_uint_eq(rig_lines(), 0); /* it never cleans */
    ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_ISB);
    ck_assert_int_eq(fake->log[fake->nlog - 2u].kind, FAKE_DSB);
    /* The level is chosen, and an ISB follows, before its geometry is read. */
    for (uint32_t at = fake_find(FAKE_CSSELR, 0); at < fake->nlog;
         at = fake_find(FAKE_CSSELR, at + 1u)) {
        ck_assert_int_eq(fake->log[at + 1u].kind, FAKE_ISB);
        ck_assert_int_eq(fake->log[at + 2u].kind, FAKE_DCISW);
        ck_assert(at == 0 || fake->log[at - 1u].kind == FAKE_DSB);
    }
    /* Any other CPU: only what it does not share. */
    fake_clear();
    dmacoh_boot_cache_inval(false);
    check_level(0, 256, 2, 6);
    ck_assert_uint_eq(fake_count(FAKE_DCISW), 512);
    /* Odd numbers of ways, one way, no data cache at all. */
    rig.fake.clidr = 3u << 24 | 1u << 6 | 2u << 3 | 3u;
    rig.fake.ccsidr[0] = ccsidr(3, 5, 5);
    rig.fake.ccsidr[2] = ccsidr(7, 1, 4);
    fake_clear();
    dmacoh_boot_cache_inval(true);
    check_level(0, 3, 5, 5);
    check_level(1, 7, 1, 4);
    ck_assert_uint_eq(fake_count(FAKE_DCISW), 15u + 7u);
    rig.fake.clidr = 0;
    fake_clear();
    dmacoh_boot_cache_inval(true);
    ck_assert_uint_eq(fake_count(FAKE_DCISW), 0);
}
END_TEST

/* --- windows --- */

static void kinds_are(uint32_t n, const enum fake_kind *want)
{
    ck_assert_uint_eq(fake->nlog, n);
    for (uint32_t i = 0; i < n; i++) {
        ck_assert_int_eq(fake->log[i].kind, want[i]);
    }
}

/* Map: entry, DSB, ISB. Unmap: entry, DSB, TLBI, DSB, ISB. */
static void window_order(bool clean, bool local)
{
    const enum fake_kind tlbi = local ? FAKE_TLBI : FAKE_TLBI_IS;
    const enum fake_kind map[] = {FAKE_ENTRY, FAKE_DSB, FAKE_ISB};
    const enum fake_kind map_clean[] = {FAKE_ENTRY, FAKE_CLEAN, FAKE_DSB, FAKE_ISB};
    const enum fake_kind unmap[] = {FAKE_ENTRY, FAKE_DSB, tlbi, FAKE_DSB, FAKE_ISB};
    const enum fake_kind unmap_clean[] = {FAKE_ENTRY, FAKE_CLEAN, FAKE_DSB,
                                          tlbi,       FAKE_DSB,   FAKE_ISB};

    fake_clear();
    ck_assert_uint_eq(dmacoh_armv7a_win_map(&rig.c, 0, 2, RIG_HIGH), RIG_WIN_VA + 0x2000u);
    clean ? kinds_are(4, map_clean) : kinds_are(3, map);
    ck_assert_uint_eq(fake->log[0].value, (uint32_t)RIG_HIGH | RIG_PTE_WB);
    ck_assert(!clean || fake->log[1].at == fake->log[0].at);
    fake_clear();
    dmacoh_armv7a_win_unmap(&rig.c, 0, 2);
    clean ? kinds_are(6, unmap_clean) : kinds_are(5, unmap);
    ck_assert_uint_eq(fake->log[0].value, 0);
    ck_assert_uint_eq(fake->log[clean ? 3 : 2].at, RIG_WIN_VA + 0x2000u);
}

static void restart(uint32_t ncpus, uint32_t midr, uint32_t ttbr0, uint32_t mmfr3)
{
    rig_stop(&rig);
    rig_machine(&rig, ncpus, 4);
    rig.fake.midr = midr;
    rig.fake.ttbr0 = ttbr0;
    rig.fake.mmfr3 = mmfr3;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
}

START_TEST(window_orders)
{
    window_order(false, false);
    restart(2, 0x413fc0f3u, 0, 0x00100000u); /* walks bypass the caches */
    window_order(true, false);
    restart(2, 0x413fc0f3u, 0x40u, 0);
    window_order(true, false);
    restart(2, 0x413fc0f3u, 0x01u, 0x00100000u);
    window_order(false, false);
    restart(2, 0x412fc0f1u, 0x41u, 0x00100000u); /* 798181 */
    window_order(false, true);
    restart(1, 0x413fc0f3u, 0x41u, 0x00100000u);
    window_order(false, true);
}
END_TEST

/* Tables are empty before they are linked, and lie in two MiBs here. */
START_TEST(window_tables)
{
    restart(2, 0x413fc0f3u, 0x41u, 0x00100000u);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 512 + 2);
    const uint32_t dsb = fake_find(FAKE_DSB, 0);

    ck_assert_uint_eq(dsb, 512);
    ck_assert_uint_eq(rig.root[0xf0f], (uint32_t)RIG_TABLES | 1u);
    ck_assert_uint_eq(rig.root[0xf10], (uint32_t)(RIG_TABLES + 1024u) | 1u);
    ck_assert_int_eq(fake->log[fake->nlog - 2u].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_ISB);
    /* The last slot before the border and the first behind it. */
    fake_clear();
    ck_assert_uint_eq(dmacoh_armv7a_win_map(&rig.c, 0, 3, RIG_HIGH), RIG_WIN_VA + 0x3000u);
    ck_assert_uint_eq(fake->log[0].at, rig.cfg.mmu.tables_va + 255u * 4u);
    fake_clear();
    ck_assert_uint_eq(dmacoh_armv7a_win_map(&rig.c, 1, 0, RIG_HIGH), RIG_WIN_VA + 0x4000u);
    ck_assert_uint_eq(fake->log[0].at, rig.cfg.mmu.tables_va + 256u * 4u);
    fake_clear();
    dmacoh_armv7a_win_fini(&rig.c);
    ck_assert_uint_eq(rig.root[0xf0f] | rig.root[0xf10], 0);
    ck_assert_uint_eq(fake_count(FAKE_TLBI_IS), 8);
    ck_assert_int_eq(fake->log[2].kind, FAKE_DSB); /* unlinked before the walkers are told */
    ck_assert_int_eq(fake->log[fake->nlog - 2u].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_ISB);
}
END_TEST

/* Without slots there are no tables, neither to make nor to take out. */
START_TEST(no_windows)
{
    rig_stop(&rig);
    rig_machine(&rig, 1, 0);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 0);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* A CPU that leaves takes its own slots' translations with it, and waits until they are gone. */
START_TEST(cpu_leaves)
{
    static const enum fake_kind want[] = {FAKE_TLBI, FAKE_TLBI, FAKE_TLBI,
                                          FAKE_TLBI, FAKE_DSB,  FAKE_ISB};

    fake_clear();
    dmacoh_armv7a_cpu_down(&rig.c, 1);
    kinds_are(6, want);
    for (uint32_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(fake->log[i].at, RIG_WIN_VA + (4u + i) * 0x1000u);
    }
}
END_TEST

/* The attributes are those of the linear map, whatever its pages are; or those that the caller gives. */
START_TEST(window_attributes)
{
    uint32_t *table;

    for (uint32_t k = 0; k < 5; k++) {
        rig_stop(&rig);
        rig_machine(&rig, 1, 1);
        table = rig_va(&rig, RIG_TABLES + 0x400u);
        uint32_t *l1 = &rig.root[(uintptr_t)rig.low >> 20];
        uint32_t want = RIG_PTE_WB;

        if (k == 1) { /* small page: write-through, read-only, not global, domain 3 */
            *l1 = (uint32_t)(RIG_TABLES + 0x400u) | 3u << 5 | 1u;
            table[0] = (uint32_t)RIG_LOW | 0xe3au;
            want = (0xe3au & ~0xa30u) | 0x10u | 1u;
        } else if (k == 2) { /* large page, write-back, executable */
            *l1 = (uint32_t)(RIG_TABLES + 0x400u) | 1u;
            table[0] = (uint32_t)RIG_LOW | 0x143du;
        } else if (k == 3) {
            rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = 0x44cu;
        } else if (k == 4) { /* section: domain 5 */
            *l1 |= 5u << 5;
        }
        rig.cfg.mmu.tables_size = 1024;
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
        fake_clear();
        (void)dmacoh_armv7a_win_map(&rig.c, 0, 0, RIG_HIGH + 0x5000u);
        ck_assert_uint_eq(fake->log[0].value, (uint32_t)(RIG_HIGH + 0x5000u) | want);
        ck_assert_uint_eq(rig.root[0xf0f] >> 5 & 15u, k == 1 ? 3 : k == 4 ? 5 : 0);
    }
    /* A supersection cannot be imitated from here, and a table out of reach cannot be read. */
    for (uint32_t k = 0; k < 3; k++) {
        rig_stop(&rig);
        rig_machine(&rig, 1, 1);
        rig.root[(uintptr_t)rig.low >> 20] = k == 0 ? (uint32_t)RIG_LOW | RIG_SECT_WB | 0x40000u
                                                    : (uint32_t)(k == 1 ? RIG_HIGH : RIG_POOL) | 1u;
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_NOMAP);
    }
}
END_TEST

/* --- region_check --- */

static int check(uint64_t pa, uint64_t len, uint32_t attr, uintptr_t va)
{
    return dmacoh_armv7a_region_check(&rig.c, pa, len, attr, va);
}

START_TEST(region_check)
{
    const uintptr_t va = 0x90000000u;
    uint32_t *table = rig_va(&rig, RIG_TABLES + 0xc00u);
    uint32_t *l1 = &rig.root[va >> 20];

    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    l1[0] = (uint32_t)RIG_POOL | RIG_SECT_NC;
    ck_assert_int_eq(check(RIG_POOL, 0x100000, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL + 64u, 64, DMACOH_MEM_WC, va + 64u), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x100001, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL + 64u, 64, DMACOH_MEM_WC, va), DMACOH_E_NOMAP);
    l1[1] = ((uint32_t)RIG_POOL + 0x100000u) | RIG_SECT_WB;
    ck_assert_int_eq(check(RIG_POOL, 0x100001, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    l1[1] = ((uint32_t)RIG_POOL + 0x100000u) | 0x402u; /* strongly ordered */
    ck_assert_int_eq(check(RIG_POOL, 0x100001, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    l1[0] = (uint32_t)RIG_POOL | RIG_SECT_NC | 0x40000u; /* supersection */
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    /* Small pages and a large one. */
    l1[0] = (uint32_t)(RIG_TABLES + 0xc00u) | 1u;
    table[0] = (uint32_t)RIG_POOL | 0x453u;
    table[1] = ((uint32_t)RIG_POOL + 0x1000u) | 0x452u;
    table[2] = ((uint32_t)RIG_POOL + 0x2000u) | 0x45eu;
    ck_assert_int_eq(check(RIG_POOL, 0x2000, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x2001, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL + 0x3000u, 1, DMACOH_MEM_UNCACHED, va + 0x3000u),
                     DMACOH_E_NOMAP);
    table[1] = (uint32_t)RIG_POOL | 0x452u;
    ck_assert_int_eq(check(RIG_POOL, 0x2000, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    for (uint32_t i = 16; i < 32; i++) {
        table[i] = ((uint32_t)RIG_POOL + 0x10000u) | 0x1411u; /* TEX=001 at 14:12 */
    }
    ck_assert_int_eq(check(RIG_POOL + 0x10000u, 0x10000, DMACOH_MEM_UNCACHED, va + 0x10000u),
                     DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL + 0x13000u, 0x1000, DMACOH_MEM_UNCACHED, va + 0x13000u),
                     DMACOH_OK);
    for (uint32_t i = 16; i < 32; i++) {
        table[i] |= 0xcu;
    }
    ck_assert_int_eq(check(RIG_POOL + 0x10000u, 0x10000, DMACOH_MEM_UNCACHED, va + 0x10000u),
                     DMACOH_E_ATTR);
    /* The last byte of the address space. */
    rig.root[0xfff] = (uint32_t)RIG_POOL | RIG_SECT_NC;
    ck_assert_int_eq(check(RIG_POOL, 0x100000, DMACOH_MEM_UNCACHED, 0xfff00000u), DMACOH_OK);
}
END_TEST

/* TEX remap: the encodings are the system's own, unless it told them. No tables: the caller's word. */
START_TEST(region_check_told)
{
    const uintptr_t va = 0x90000000u;

    rig.root[va >> 20] = (uint32_t)RIG_POOL | 0x40au; /* C=1: something of the system's own */
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    rig.fake.sctlr = 0x10000000u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = 0x008u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = 0x004u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_WC, va), DMACOH_OK);
    rig.fake.ttbcr = 0x80000000u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, 0), DMACOH_OK);
    rig.fake.ttbcr = 0;
    rig.c.mmu.root = 0;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, 0), DMACOH_OK);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("armv7a");
    TCase *t = tcase_create("armv7a");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, op_va);
    tcase_add_test(t, barriers);
    tcase_add_test(t, nothing_to_do);
    tcase_add_test(t, policies);
    tcase_add_test(t, cache_type);
    tcase_add_test(t, second_cpu);
    tcase_add_test(t, cold_reset);
    tcase_add_test(t, window_orders);
    tcase_add_test(t, window_tables);
    tcase_add_test(t, no_windows);
    tcase_add_test(t, cpu_leaves);
    tcase_add_test(t, window_attributes);
    tcase_add_test(t, region_check);
    tcase_add_test(t, region_check_told);
    suite_add_tcase(s, t);
    return rig_run(s);
}
