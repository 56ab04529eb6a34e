/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv6 backend against its contract in backend.h: loops, ownership of lines, colours, tables. */
#include "rig.h"

#include "armv6.h"

#include <string.h>

#define SCTLR     0x00c5187du /* MMU, caches, XP */
#define CTR       0x1d152152u /* ARM1176: 16 KiB, four ways */
#define MIDR_1176 0x410fb767u
#define MIDR_1136 0x4117b365u
#define MIDR_11MP 0x410fb024u

static struct rig rig;

static const struct dmacoh_backend_ops backend = {
    .name = "armv6",
    .probe = dmacoh_armv6_probe,
    .win_init = dmacoh_armv6_win_init,
    .win_fini = dmacoh_armv6_win_fini,
    .cpu_down = dmacoh_armv6_cpu_down,
    .op_va = dmacoh_armv6_op_va,
    .op_outer = dmacoh_armv6_op_outer,
    .barrier = dmacoh_armv6_barrier,
    .post_batch = dmacoh_armv6_post_batch,
    .win_map = dmacoh_armv6_win_map,
    .win_unmap = dmacoh_armv6_win_unmap,
    .region_check = dmacoh_armv6_region_check,
};

/* The machine without an instance. */
static void machine(uint32_t ncpus, uint32_t slots, uint32_t midr, uint32_t ctr)
{
    rig_machine(&rig, ncpus, slots);
    rig.fake.midr = midr;
    rig.fake.ctr = ctr;
    rig.fake.sctlr = SCTLR;
    rig.cfg.backend = &backend;
}

static void restart(uint32_t ncpus, uint32_t slots, uint32_t midr, uint32_t ctr, uint32_t flags)
{
    rig_stop(&rig);
    machine(ncpus, slots, midr, ctr);
    rig.cfg.flags = flags;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    fake_clear();
}

static void setup(void)
{
    machine(1, 4, MIDR_1176, CTR);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    fake_clear();
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* --- cache operations --- */

static const enum be_op ops[] = {BE_CLEAN, BE_INVAL, BE_CLEAN_INVAL};
static const enum fake_kind kinds[] = {FAKE_CLEAN, FAKE_INVAL, FAKE_CLEAN_INVAL};

static void check_loop(uint32_t step, uintptr_t first, uintptr_t last)
{
    const uint32_t n = (uint32_t)(last / step - first / step) + 1u;

    for (uint32_t k = 0; k < 3; k++) {
        fake_clear();
        dmacoh_armv6_op_va(&rig.c, ops[k], first, last);
        expect(fake->nlog == n && fake->accesses == 0);
        for (uint32_t i = 0; i < n; i++) {
            expect(fake->log[i].kind == kinds[k]);
            expect(fake->log[i].at == first / step * step + (uintptr_t)i * step);
        }
    }
}

START_TEST(op_va)
{
    for (uint32_t step = 16; step <= 64; step *= 2) {
        rig.c.step = step;
        for (uintptr_t off = 0; off < 70; off += 3) {
            for (uintptr_t len = 1; len < 200; len += 7) {
                check_loop(step, 0x20000000u + off, 0x20000000u + off + len - 1u);
            }
        }
        check_loop(step, UINTPTR_MAX - 100u, UINTPTR_MAX);
        check_loop(step, 0, 0);
    }
}
END_TEST

/* ARM11 MPCore: one byte of the caller's in each line is loaded, and stored back unless it is a clean. */
static void check_owned(uintptr_t first, uintptr_t last)
{
    const uint32_t n = (uint32_t)(last / 32u - first / 32u) + 1u;

    for (uint32_t k = 0; k < 3; k++) {
        fake_clear();
        dmacoh_armv6_op_va(&rig.c, ops[k], first, last);
        const uint32_t each = ops[k] == BE_CLEAN ? 2 : 3;

        expect(fake->nlog == n * each);
        for (uint32_t i = 0; i < n; i++) {
            const struct fake_event *e = &fake->log[i * each];
            const uintptr_t line = first / 32u * 32u + (uintptr_t)i * 32u;
            const uintptr_t byte = line < first ? first : line;

            expect(e[0].kind == FAKE_LOAD8 && e[0].at == byte);
            expect(ops[k] == BE_CLEAN ||
                   (e[1].kind == FAKE_STORE8 && e[1].at == byte && e[1].value == e[0].value));
            expect(e[each - 1u].kind == kinds[k] && e[each - 1u].at == line);
        }
    }
}

START_TEST(owned_lines)
{
    restart(2, 0, MIDR_11MP, CTR, DMACOH_F_NO_PREFETCH);
    for (uint32_t i = 0; i < 1024; i++) {
        rig.low[i] = (uint8_t)(i * 7u);
    }
    rig.fake.log_bytes = true;
    for (uintptr_t off = 0; off < 66; off++) {
        for (uintptr_t len = 1; len < 130; len += 3) {
            check_owned((uintptr_t)rig.low + 64u + off, (uintptr_t)rig.low + 64u + off + len - 1u);
        }
    }
    rig.fake.log_bytes = false;
    for (uint32_t i = 0; i < 1024; i++) {
        expect(rig.low[i] == (uint8_t)(i * 7u));
    }
}
END_TEST

START_TEST(barriers)
{
    static const struct {
        enum be_bar bar;
        enum fake_kind kind;
    } want[] = {{BE_BAR_WMB, FAKE_DMB},
                {BE_BAR_RMB, FAKE_DMB},
                {BE_BAR_PUBLISH, FAKE_DSB},
                {BE_BAR_BEGIN, FAKE_DSB},
                {BE_BAR_DONE, FAKE_DSB}};

    for (uint32_t i = 0; i < 5; i++) {
        fake_clear();
        dmacoh_armv6_barrier(&rig.c, want[i].bar);
        ck_assert_uint_eq(fake->nlog, 1);
        ck_assert_int_eq(fake->log[0].kind, want[i].kind);
    }
}
END_TEST

/* This CPU kind has neither. */
START_TEST(nothing_to_do)
{
    dmacoh_armv6_op_outer(&rig.c, BE_CLEAN, 0, 63);
    dmacoh_armv6_post_batch(&rig.c);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

static void kinds_are(uint32_t n, const enum fake_kind *want)
{
    ck_assert_uint_eq(fake->nlog, n);
    for (uint32_t i = 0; i < n; i++) {
        ck_assert_int_eq(fake->log[i].kind, want[i]);
    }
}

START_TEST(cold_reset)
{
    static const enum fake_kind want[] = {FAKE_DCISW, FAKE_DSB, FAKE_ISB};

    for (uint32_t boot = 0; boot < 2; boot++) {
        fake_clear();
        dmacoh_armv6_boot_cache_inval(boot != 0);
        kinds_are(3, want);
    }
}
END_TEST

/* --- identification --- */

#define LOCAL (BE_P_LOCAL_CMO)
#define OWNED (BE_P_NO_PREFETCH | BE_P_LINES_LEAVE | BE_P_TLBI_NEEDS_IPI | V6_P_OWN_LINE)

START_TEST(policies)
{
    static const uint8_t plain[3][BE_NTRANSITIONS] = {{BE_CLEAN, BE_CLEAN, BE_INVAL},
                                                      {BE_CLEAN, BE_CLEAN, BE_NOP},
                                                      {BE_CLEAN, BE_INVAL, BE_INVAL}};
    static const uint8_t owned[3][BE_NTRANSITIONS] = {{BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP},
                                                      {BE_CLEAN, BE_CLEAN, BE_NOP},
                                                      {BE_CLEAN_INVAL, BE_INVAL, BE_NOP}};
    static const struct {
        uint32_t midr, have;
        const char *name;
        uint32_t flags, alias;
    } cpus[] = {
        {MIDR_1136, 0, "arm1136", LOCAL, 0},
        {0x4107b362u, V6_SHARED, "arm1136", LOCAL, 0},
        {MIDR_1136, V6_ALIASES, "arm1136 with aliases", LOCAL | BE_P_ALIASES, 16384},
        {MIDR_1176, V6_SHARED, "arm1176", LOCAL, 0},
        {MIDR_1176, V6_ALIASES | V6_SHARED, "arm1176 with aliases", LOCAL | BE_P_ALIASES, 16384},
        {MIDR_11MP, V6_SHARED, "arm11 mpcore", OWNED, 32768},
        {0x411fb022u, 0, "arm11 mpcore, cpu-affine", LOCAL, 0},
        {0x410fb56fu, 0, "armv6", LOCAL, 0},
        {0x410fb777u, 0, "armv6", LOCAL, 0},
        {0x560fb760u, V6_ALIASES, "armv6 with aliases", LOCAL | BE_P_ALIASES, 16384},
    };

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        const struct dmacoh_policy *p = armv6_policy(cpus[i].midr, cpus[i].have);

        ck_assert_str_eq(p->name, cpus[i].name);
        ck_assert_uint_eq(p->flags, cpus[i].flags);
        ck_assert_uint_eq(p->alias_boundary, cpus[i].alias);
        ck_assert_uint_eq(p->va_last, UINT32_MAX);
        ck_assert_mem_eq(p->op, (p->flags & V6_P_OWN_LINE) != 0 ? owned : plain, sizeof(plain));
    }
}
END_TEST

static int init_with(uint32_t ncpus, uint32_t midr, uint32_t ctr, uint32_t flags)
{
    rig_stop(&rig);
    machine(ncpus, 0, midr, ctr);
    rig.cfg.flags = flags;
    return dmacoh_init(&rig.c, &rig.cfg);
}

START_TEST(identification)
{
    ck_assert_uint_eq(rig.c.step, 32);
    ck_assert_uint_eq(rig.c.line, 32);
    ck_assert_uint_eq(rig.c.page_shift, 12);
    ck_assert_int_eq(init_with(1, MIDR_1176, CTR | 0x00800000u, 0), DMACOH_OK);
    ck_assert_uint_eq(rig.c.policy->alias_boundary, 16384);
    ck_assert_int_eq(init_with(1, MIDR_1176, CTR & ~0x3000u, 0), DMACOH_OK);
    ck_assert_uint_eq(rig.c.line, 8);
    ck_assert_int_eq(init_with(1, MIDR_1176, CTR & ~0x01000000u, 0), DMACOH_E_UNSUPP);
    ck_assert_int_eq(init_with(1, MIDR_1176, 0x8444c004u, 0), DMACOH_E_UNSUPP);
    ck_assert_int_eq(init_with(1, 0x410fc080u, 0x83338003u, 0), DMACOH_E_UNSUPP);
    /* Several CPUs: only one of these kinds keeps them coherent, and it wants nothing to prefetch. */
    ck_assert_int_eq(init_with(2, MIDR_1176, CTR, 0), DMACOH_E_UNSUPP);
    ck_assert_int_eq(init_with(2, MIDR_1176, CTR, DMACOH_F_CPU_AFFINE), DMACOH_OK);
    ck_assert_int_eq(init_with(2, MIDR_11MP, CTR, 0), DMACOH_E_UNSUPP);
    ck_assert_int_eq(init_with(2, MIDR_11MP, CTR, DMACOH_F_NO_PREFETCH), DMACOH_OK);
    ck_assert_str_eq(rig.c.policy->name, "arm11 mpcore");
    ck_assert_int_eq(init_with(2, MIDR_11MP, CTR, DMACOH_F_CPU_AFFINE), DMACOH_OK);
    ck_assert_str_eq(rig.c.policy->name, "arm11 mpcore, cpu-affine");
    ck_assert_int_eq(init_with(1, MIDR_11MP, CTR, 0), DMACOH_OK);
    ck_assert_str_eq(rig.c.policy->name, "arm11 mpcore, cpu-affine");
}
END_TEST

START_TEST(second_cpu)
{
    ck_assert_int_eq(init_with(2, MIDR_11MP, CTR, DMACOH_F_NO_PREFETCH), DMACOH_OK);
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    rig.fake.ctr = CTR & ~0x1000u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    rig.fake.ctr = CTR | 0x1000u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.fake.ctr = CTR;
    rig.fake.midr = MIDR_1176;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.fake.midr = MIDR_11MP;
    rig.fake.ctr = 0;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
}
END_TEST

/* --- windows --- */

/* Map: entry, clean, DSB, ISB. Unmap: the same with an empty entry, and the TLB before a second DSB. */
START_TEST(window_order)
{
    static const enum fake_kind map[] = {FAKE_ENTRY, FAKE_CLEAN, FAKE_DSB, FAKE_ISB};
    static const enum fake_kind unmap[] = {FAKE_ENTRY, FAKE_CLEAN, FAKE_DSB,
                                           FAKE_TLBI,  FAKE_DSB,   FAKE_ISB};
    static const enum fake_kind nothing[] = {FAKE_DSB, FAKE_DSB, FAKE_ISB};

    ck_assert_uint_eq(dmacoh_armv6_win_map(&rig.c, 0, 2, RIG_HIGH), RIG_WIN_VA + 0x2000u);
    kinds_are(4, map);
    ck_assert_uint_eq(fake->log[0].value, (uint32_t)RIG_HIGH | RIG_PTE_WB);
    ck_assert_uint_eq(fake->log[1].at, fake->log[0].at);
    fake_clear();
    dmacoh_armv6_win_unmap(&rig.c, 0, 2);
    kinds_are(6, unmap);
    ck_assert_uint_eq(fake->log[0].value, 0);
    ck_assert_uint_eq(fake->log[1].at, fake->log[0].at);
    ck_assert_uint_eq(fake->log[3].at, RIG_WIN_VA + 0x2000u);
    fake_clear();
    dmacoh_armv6_win_unmap(&rig.c, 0, 2);
    kinds_are(3, nothing);
    /* One slot: unmapping is repeated, all of it. */
    restart(1, 1, MIDR_1176, CTR, 0);
    (void)dmacoh_armv6_win_map(&rig.c, 0, 0, RIG_HIGH);
    dmacoh_armv6_win_unmap(&rig.c, 0, 0);
    fake_clear();
    dmacoh_armv6_win_unmap(&rig.c, 0, 0);
    ck_assert_uint_eq(fake_count(FAKE_TLBI), 1);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 1);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 1);
}
END_TEST

/* With colours a window's address agrees with the physical one in bits 13:12. */
START_TEST(window_colours)
{
    restart(1, 4, MIDR_1176, CTR | 0x00800000u, 0);
    for (uint32_t slot = 0; slot < 4; slot++) {
        for (uint32_t colour = 0; colour < 4; colour++) {
            const uint64_t pa = RIG_HIGH + colour * 0x1000u;

            fake_clear();
            const uintptr_t va = dmacoh_armv6_win_map(&rig.c, 0, slot, pa);

            ck_assert_uint_eq((va ^ (uintptr_t)pa) & 0x3fffu, 0);
            ck_assert_uint_eq((va - RIG_WIN_VA) / 0x4000u, slot);
            ck_assert_uint_eq(fake->log[0].at,
                              rig.cfg.mmu.tables_va + ((va - 0xf0f00000u) >> 12) * 4u);
            fake_clear();
            dmacoh_armv6_win_unmap(&rig.c, 0, slot);
            ck_assert_uint_eq(fake_count(FAKE_ENTRY), 1);
            ck_assert_uint_eq(fake_count(FAKE_TLBI), 1);
            ck_assert_uint_eq(fake->log[3].at, va);
        }
    }
    /* Slots that do not begin at a colour boundary; one slot, whose every colour is dropped. */
    rig_stop(&rig);
    machine(1, 1, MIDR_1136, CTR | 0x00800000u);
    rig.cfg.mmu.win_va = 0xf0ff7000u;
    rig.fake.win_va = 0xf0ff7000u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_armv6_win_map(&rig.c, 0, 0, RIG_HIGH + 0x3000u), 0xf0ff7000u);
    fake_clear();
    dmacoh_armv6_win_unmap(&rig.c, 0, 0);
    ck_assert_uint_eq(fake_count(FAKE_TLBI), 4);
    ck_assert_uint_eq(dmacoh_armv6_win_map(&rig.c, 0, 0, RIG_HIGH), 0xf0ff8000u);
    dmacoh_armv6_win_unmap(&rig.c, 0, 0);
    ck_assert_uint_eq(dmacoh_armv6_win_map(&rig.c, 0, 0, RIG_HIGH + 0x2000u), 0xf0ffa000u);
    dmacoh_armv6_win_unmap(&rig.c, 0, 0);
    fake_clear();
    ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_TLBI), 4);
}
END_TEST

/* Several CPUs: each slot's entry lies in a cache line of its own. */
START_TEST(window_lines)
{
    rig_stop(&rig);
    machine(2, 2, MIDR_11MP, CTR);
    rig.cfg.flags = DMACOH_F_NO_PREFETCH;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_ALIGN);
    rig.cfg.mmu.win_va = 0xf0ff0000u;
    rig.fake.win_va = 0xf0ff0000u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    uintptr_t before = 0;

    for (uint32_t i = 0; i < 4; i++) {
        fake_clear();
        ck_assert_uint_eq(dmacoh_armv6_win_map(&rig.c, i / 2u, i % 2u, RIG_HIGH + 0x3000u),
                          0xf0ff0000u + i * 0x8000u);
        ck_assert_uint_eq(fake->log[0].at % 32u, 0);
        ck_assert_uint_gt(fake->log[0].at, before);
        before = (uintptr_t)fake->log[0].at;
        dmacoh_armv6_win_unmap(&rig.c, i / 2u, i % 2u);
        ck_assert_uint_eq(fake_count(FAKE_TLBI), 1);
    }
    fake_clear();
    ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_TLBI), 2);
}
END_TEST

/* Tables are empty, in memory, before they are linked; here they lie in two MiBs. */
START_TEST(window_tables)
{
    rig_stop(&rig);
    machine(1, 8, MIDR_1176, CTR);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 514);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 514);
    ck_assert_uint_eq(fake_find(FAKE_DSB, 0), 1024);
    ck_assert_int_eq(fake->log[fake->nlog - 2u].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_ISB);
    ck_assert_uint_eq(rig.root[0xf0f], (uint32_t)RIG_TABLES | 1u);
    ck_assert_uint_eq(rig.root[0xf10], (uint32_t)(RIG_TABLES + 1024u) | 1u);
    ck_assert_uint_eq(rig.c.win_phys_last, UINT32_MAX);
    fake_clear();
    ck_assert_uint_eq(dmacoh_armv6_win_map(&rig.c, 0, 4, RIG_HIGH), RIG_WIN_VA + 0x4000u);
    ck_assert_uint_eq(fake->log[0].at, rig.cfg.mmu.tables_va + 256u * 4u);
    dmacoh_armv6_win_unmap(&rig.c, 0, 4);
    fake_clear();
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xf0f] | rig.root[0xf10], 0);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 2);
    ck_assert_uint_eq(fake_count(FAKE_TLBI), 8);
    ck_assert_int_eq(fake->log[4].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[fake->nlog - 2u].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_ISB);
    ck_assert_int_eq(init_with(1, MIDR_1176, CTR, 0), DMACOH_OK);
    fake_clear();
    dmacoh_armv6_win_fini(&rig.c); /* no windows */
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

START_TEST(window_refusals)
{
    for (uint32_t k = 0; k < 9; k++) {
        static const int want[] = {DMACOH_E_UNSUPP, DMACOH_E_UNSUPP, DMACOH_E_ALIGN,
                                   DMACOH_E_ALIGN,  DMACOH_E_META,   DMACOH_E_META,
                                   DMACOH_E_RANGE,  DMACOH_E_BUSY,   DMACOH_E_NOMAP};

        rig_stop(&rig);
        machine(1, 8, MIDR_1176, CTR);
        struct dmacoh_mmu *mmu = &rig.cfg.mmu;

        switch (k) {
        case 0:
            mmu->root = 0;
            break;
        case 1:
            rig.fake.sctlr = SCTLR & ~0x00800000u;
            break;
        case 2:
            mmu->tables_phys += 512;
            break;
        case 3:
            mmu->tables_va += 512;
            break;
        case 4:
            mmu->tables_size = 2047;
            break;
        case 5:
            mmu->tables_va = 0;
            break;
        case 6:
            mmu->tables_phys = 0xfffff400u;
            break;
        case 7:
            rig.root[0xf10] = (uint32_t)RIG_POOL | RIG_SECT_NC;
            break;
        default:
            rig.root[(uintptr_t)rig.low >> 20] = 0;
            break;
        }
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), want[k]);
    }
    rig_stop(&rig);
    machine(1, 8, MIDR_1176, CTR);
    rig.cfg.mmu.tables_phys = 0xfffff000u;
    rig.cfg.mmu.tables_size = 2048;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
}
END_TEST

/* The attributes are those of the linear map, whatever its pages are; or those that the caller gives. */
START_TEST(window_attributes)
{
    for (uint32_t k = 0; k < 6; k++) {
        rig_stop(&rig);
        machine(1, 1, MIDR_1176, CTR);
        uint32_t *table = rig_va(&rig, RIG_TABLES + 0x400u);
        uint32_t *l1 = &rig.root[(uintptr_t)rig.low >> 20];
        uint32_t want = RIG_PTE_WB;
        uint32_t domain = 0;

        if (k == 1) { /* small page: write-through, read-only, not global */
            *l1 = (uint32_t)(RIG_TABLES + 0x400u) | 3u << 5 | 1u;
            table[0] = (uint32_t)RIG_LOW | 0xe3au;
            want = (0xe3au & ~0xa30u) | 0x10u | 1u;
            domain = 3;
        } else if (k == 2) { /* large page, write-back, executable */
            *l1 = (uint32_t)(RIG_TABLES + 0x400u) | 1u;
            table[0] = (uint32_t)RIG_LOW | 0x143du;
        } else if (k == 3) {
            rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = 0x44cu;
        } else if (k == 4) {
            *l1 |= 5u << 5;
            domain = 5;
        } else if (k == 5) { /* what is not linear memory is not asked */
            rig.mem[4] = rig.mem[0];
            rig.mem[0] = rig.mem[2];
            rig.mem[2] = rig.mem[4];
        }
        rig.cfg.mmu.tables_size = 1024;
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
        fake_clear();
        (void)dmacoh_armv6_win_map(&rig.c, 0, 0, RIG_HIGH + 0x5000u);
        ck_assert_uint_eq(fake->log[0].value, (uint32_t)(RIG_HIGH + 0x5000u) | want);
        ck_assert_uint_eq(rig.root[0xf0f] >> 5 & 15u, domain);
    }
    /* A supersection cannot be imitated, the old kind of tables not read, a table out of reach neither. */
    for (uint32_t k = 0; k < 4; k++) {
        rig_stop(&rig);
        machine(1, 1, MIDR_1176, CTR);
        rig.root[(uintptr_t)rig.low >> 20] = k == 0   ? (uint32_t)RIG_LOW | RIG_SECT_WB | 0x40000u
                                             : k == 1 ? (uint32_t)RIG_LOW | 3u
                                             : k == 2 ? (uint32_t)RIG_HIGH | 1u
                                                      : (uint32_t)RIG_POOL | 1u;
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_NOMAP);
    }
}
END_TEST

/* --- region_check --- */

static int check(uint64_t pa, uint64_t len, uint32_t attr, uintptr_t va)
{
    return dmacoh_armv6_region_check(&rig.c, pa, len, attr, va);
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
    /* Small pages and a large one. */
    l1[0] = (uint32_t)(RIG_TABLES + 0xc00u) | 1u;
    table[0] = (uint32_t)RIG_POOL | 0x453u;
    table[1] = ((uint32_t)RIG_POOL + 0x1000u) | 0x452u;
    table[2] = ((uint32_t)RIG_POOL + 0x2000u) | 0x45eu;
    ck_assert_int_eq(check(RIG_POOL, 0x2000, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x2001, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL + 0x3000u, 1, DMACOH_MEM_UNCACHED, va + 0x3000u),
                     DMACOH_E_NOMAP);
    for (uint32_t i = 16; i < 32; i++) {
        table[i] = ((uint32_t)RIG_POOL + 0x10000u) | 0x1411u;
    }
    ck_assert_int_eq(check(RIG_POOL + 0x13000u, 0xd000, DMACOH_MEM_UNCACHED, va + 0x13000u),
                     DMACOH_OK);
    /* The last byte of the address space. */
    rig.root[0xfff] = (uint32_t)RIG_POOL | RIG_SECT_NC;
    ck_assert_int_eq(check(RIG_POOL, 0x100000, DMACOH_MEM_UNCACHED, 0xfff00000u), DMACOH_OK);
}
END_TEST

/* TEX remap: the encodings are the system's own, unless it told them. No tables: the caller's word. */
START_TEST(region_check_told)
{
    const uintptr_t va = 0x90000000u;

    rig.root[va >> 20] = (uint32_t)RIG_POOL | 0x40au;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    rig.fake.sctlr = SCTLR | 0x10000000u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x100001, DMACOH_MEM_UNCACHED, va), DMACOH_E_NOMAP);
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = 0x038u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_OK);
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = 0x004u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_WC, va), DMACOH_OK);
    rig.fake.sctlr = SCTLR & ~0x00800000u;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, va), DMACOH_E_UNSUPP);
    rig.c.mmu.root = 0;
    ck_assert_int_eq(check(RIG_POOL, 4096, DMACOH_MEM_UNCACHED, 0), DMACOH_OK);
}
END_TEST

/* --- whole transfers --- */

/* ARM11 MPCore, both ways: the lines leave every cache before the device writes, and nothing comes after. */
START_TEST(transfer_owned)
{
    restart(2, 0, MIDR_11MP, CTR, DMACOH_F_NO_PREFETCH);
    const struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX}, .name = "unit"};
    struct dmacoh_map map = {0};

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, 64, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    static const enum fake_kind want[] = {FAKE_DSB, FAKE_CLEAN_INVAL, FAKE_CLEAN_INVAL, FAKE_DSB};

    kinds_are(4, want);
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 0);
}
END_TEST

/* A line that a neighbour's store may take away is bounced on the way out, too. */
START_TEST(edges_leave)
{
    struct dmacoh_map map = {0};

    restart(2, 0, MIDR_11MP, CTR, DMACOH_F_NO_PREFETCH);
    rig_pools(&rig);
    struct dmacoh_region cached;
    const struct dmacoh_region_cfg cached_cfg = rig_region_cfg(&rig, RIG_CACHED, 0x1000, 6);

    ck_assert_int_eq(dmacoh_pool_add_region(&rig.bounce, &cached, &cached_cfg), DMACOH_E_UNSUPP);
    const struct dmacoh_dev_cfg dev_cfg = rig_dev_cfg(&rig);

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    const dmacoh_phys_t phys = RIG_LOW + 8u;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, phys, 64, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert(map.bus < RIG_LOW || map.bus >= RIG_LOW + RIG_LOW_SIZE);
    ck_assert_uint_eq(rig_stats(&rig).lines_clean, 0);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &map, phys, 64, DMACOH_TO_DEVICE, DMACOH_ATTR_EDGES_OWNED),
        DMACOH_OK);
    ck_assert_uint_eq(map.bus, phys);
    ck_assert_uint_eq(rig_stats(&rig).lines_clean, 3);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    /* Alone, or bound to a CPU, nothing leaves. */
    restart(1, 0, MIDR_11MP, CTR, 0);
    ck_assert_int_eq(
        dmacoh_dev_init(&rig.dev, &rig.c, &(struct dmacoh_dev_cfg){.limits = {.mask = UINT32_MAX}}),
        DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, phys, 64, DMACOH_TO_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(map.bus, phys);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("armv6");
    TCase *t = tcase_create("armv6");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, op_va);
    tcase_add_test(t, owned_lines);
    tcase_add_test(t, barriers);
    tcase_add_test(t, nothing_to_do);
    tcase_add_test(t, cold_reset);
    tcase_add_test(t, policies);
    tcase_add_test(t, identification);
    tcase_add_test(t, second_cpu);
    tcase_add_test(t, window_order);
    tcase_add_test(t, window_colours);
    tcase_add_test(t, window_lines);
    tcase_add_test(t, window_tables);
    tcase_add_test(t, window_refusals);
    tcase_add_test(t, window_attributes);
    tcase_add_test(t, region_check);
    tcase_add_test(t, region_check_told);
    tcase_add_test(t, transfer_owned);
    tcase_add_test(t, edges_leave);
    suite_add_tcase(s, t);
    return rig_run(s);
}
