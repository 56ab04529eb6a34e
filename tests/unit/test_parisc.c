/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The PA-RISC backends against their contract in backend.h: loops, barriers, facts, congruence. */
#include "rig.h"

#include "pa.h"

#include <dmacoh/parisc.h>

#define UNCACHED_VA 0x50000000u /* equal to RIG_POOL: congruent whatever the boundary is */

static struct rig rig;
static uint32_t queries;

#define TABLE(be)                                                                                  \
    {                                                                                              \
        .name = #be, .probe = dmacoh_##be##_probe, .win_init = dmacoh_##be##_win_init,             \
        .win_fini = dmacoh_##be##_win_fini, .cpu_down = dmacoh_##be##_cpu_down,                    \
        .op_va = dmacoh_##be##_op_va, .op_outer = dmacoh_##be##_op_outer,                          \
        .barrier = dmacoh_##be##_barrier, .post_batch = dmacoh_##be##_post_batch,                  \
        .win_map = dmacoh_##be##_win_map, .win_unmap = dmacoh_##be##_win_unmap,                    \
        .region_check = dmacoh_##be##_region_check,                                                \
    }

static const struct dmacoh_backend_ops backends[] = {TABLE(pa11), TABLE(pa20)};
static void (*const boots[])(bool) = {dmacoh_pa11_boot_cache_inval, dmacoh_pa20_boot_cache_inval};

static const struct dmacoh_backend_ops *of_cpu(uint32_t cpu)
{
    return &backends[cpu >= DMACOH_PA_8000 ? 1 : 0];
}

/* The host's tables: from UNCACHED_VA on, one page in the middle is what a test makes it. */
static struct {
    uintptr_t odd;
    uint32_t attr;
    dmacoh_phys_t shift;
    int rc;
} host;

static int page_query(void *ctx, uintptr_t va, dmacoh_phys_t *phys, uint32_t *attr)
{
    ck_assert_ptr_eq(ctx, &rig);
    expect((va & 4095u) == 0);
    queries++;
    *phys = (dmacoh_phys_t)va - UNCACHED_VA + RIG_POOL;
    *attr = DMACOH_MEM_UNCACHED;
    if (va == host.odd) {
        *phys += host.shift;
        *attr = host.attr;
        return host.rc;
    }
    return 0;
}

static const struct dmacoh_port_ops with_query = {.page_query = page_query};
static const struct dmacoh_port_ops without_query;

/* The linear map is where the host has it; what the CPU sees is told by the facts. */
static int init(uint32_t cpu, uint32_t line, uint32_t boundary)
{
    rig_stop(&rig);
    rig_machine(&rig, 2, 0);
    rig.cfg.backend = of_cpu(cpu);
    rig.cfg.facts = (struct dmacoh_cpu_facts){cpu, line, 0, boundary};
    rig.cfg.ops = &with_query;
    rig.cfg.ops_ctx = &rig;
    for (uint32_t i = 0; i < rig.cfg.nmem; i++) {
        if (rig.mem[i].va != 0) {
            rig.mem[i].phys = rig.mem[i].va;
        }
    }
    return dmacoh_init(&rig.c, &rig.cfg);
}

static void setup(void)
{
    host.odd = 0;
    rig_machine(&rig, 1, 0);
    ck_assert_int_eq(init(DMACOH_PA_7300LC, 32, 0x400000u), DMACOH_OK);
    fake_clear();
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* --- cache operations and barriers --- */

static void check_loop(const struct dmacoh_backend_ops *be, uintptr_t first, uintptr_t last)
{
    static const enum be_op ops[] = {BE_CLEAN, BE_INVAL, BE_CLEAN_INVAL};
    static const enum fake_kind kinds[] = {FAKE_CLEAN_INVAL, FAKE_INVAL, FAKE_CLEAN_INVAL};
    const uint32_t step = rig.c.step;
    const uint32_t n = (uint32_t)(last / step - first / step) + 1u;

    for (uint32_t k = 0; k < 3; k++) {
        fake_clear();
        be->op_va(&rig.c, ops[k], first, last);
        expect(fake->nlog == n);
        for (uint32_t i = 0; i < n; i++) {
            expect(fake->log[i].kind == kinds[k]);
            expect(fake->log[i].at == first / step * step + (uintptr_t)i * step);
        }
    }
}

START_TEST(op_va)
{
    for (uint32_t step = 16; step <= 128; step *= 2) {
        rig.c.step = step;
        for (uintptr_t off = 0; off < 130; off += 7) {
            for (uintptr_t len = 1; len < 300; len += 11) {
                check_loop(&backends[step / 16u & 1u], 0x20000000u + off,
                           0x20000000u + off + len - 1u);
            }
        }
        check_loop(&backends[0], UINTPTR_MAX - 100u, UINTPTR_MAX);
        check_loop(&backends[1], 0, 0);
    }
}
END_TEST

START_TEST(barriers)
{
    static const struct {
        enum be_bar bar;
        bool dma;
    } bars[] = {{BE_BAR_WMB, false},
                {BE_BAR_RMB, true},
                {BE_BAR_PUBLISH, false},
                {BE_BAR_BEGIN, true},
                {BE_BAR_DONE, false}};

    for (uint32_t be = 0; be < 2; be++) {
        for (uint32_t i = 0; i < 5; i++) {
            fake_clear();
            backends[be].barrier(&rig.c, bars[i].bar);
            ck_assert_uint_eq(fake->nlog, bars[i].dma ? 2 : 1);
            ck_assert_int_eq(fake->log[0].kind, bars[i].dma ? FAKE_SYNCDMA : FAKE_DSB);
            ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_DSB);
        }
    }
}
END_TEST

START_TEST(nothing_to_do)
{
    for (uint32_t i = 0; i < 2; i++) {
        const struct dmacoh_backend_ops *be = &backends[i];

        be->op_outer(&rig.c, BE_CLEAN, 0, 63);
        be->post_batch(&rig.c);
        be->cpu_down(&rig.c, 0);
        be->win_fini(&rig.c);
        be->win_unmap(&rig.c, 0, 0);
        ck_assert_uint_eq(be->win_map(&rig.c, 0, 0, RIG_HIGH), RIG_HIGH);
        boots[i](true);
        boots[i](false);
    }
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

START_TEST(no_windows)
{
    for (uint32_t i = 0; i < 2; i++) {
        ck_assert_int_eq(init(i == 0 ? DMACOH_PA_7200 : DMACOH_PA_8000, 0, 0), DMACOH_OK);
        rig.cfg.mmu.win_slots = 1;
        rig.cfg.mmu.win_va = RIG_WIN_VA;
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
    }
}
END_TEST

/* --- the CPUs --- */

#define LC  (ALL | PA_P_UNCACHED | BE_P_MAY_NOT_SNOOP)
#define ALL (BE_P_SPECULATES | BE_P_INV_MAY_CLEAN | BE_P_ALIASES | BE_P_FACTS)

START_TEST(policies)
{
    static const uint8_t table[3][BE_NTRANSITIONS] = {{BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL},
                                                      {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_NOP},
                                                      {BE_CLEAN_INVAL, BE_INVAL, BE_INVAL}};
    static const struct {
        const struct pa_cpu *(*row)(uint32_t cpu);
        uint32_t cpu;
        const char *name;
        uint32_t flags, line, boundary, least;
    } cpus[] = {
        {pa11_cpu, DMACOH_PA_UNKNOWN, "pa11", ALL, 32, 0x400000u, 0x400000u},
        {pa11_cpu, DMACOH_PA_7000, "pa7000", ALL, 32, 0x400000u, 0x400000u},
        {pa11_cpu, DMACOH_PA_7100, "pa7100", ALL, 32, 0x400000u, 0x400000u},
        {pa11_cpu, DMACOH_PA_7100LC, "pa7100lc", LC, 32, 0x400000u, 0x400000u},
        {pa11_cpu, DMACOH_PA_7200, "pa7200", ALL, 32, 0x400000u, 0x400000u},
        {pa11_cpu, DMACOH_PA_7300LC, "pa7300lc", LC, 32, 0x400000u, 0x400000u},
        {pa20_cpu, DMACOH_PA_UNKNOWN, "pa20", ALL, 128, BE_ALIAS_EQUAL, 0x1000000u},
        {pa20_cpu, DMACOH_PA_8000, "pa8000", ALL, 64, 0x1000000u, 0x1000000u},
        {pa20_cpu, DMACOH_PA_8200, "pa8200", ALL, 64, 0x1000000u, 0x1000000u},
        {pa20_cpu, DMACOH_PA_8500, "pa8500", ALL, 64, 0x1000000u, 0x1000000u},
        {pa20_cpu, DMACOH_PA_8600, "pa8600", ALL, 64, 0x1000000u, 0x1000000u},
        {pa20_cpu, DMACOH_PA_8700, "pa8700", ALL, 64, 0x1000000u, 0x1000000u},
        {pa20_cpu, DMACOH_PA_8800, "pa8800", ALL, 128, BE_ALIAS_EQUAL, 0x1000000u},
        {pa20_cpu, DMACOH_PA_8900, "pa8900", ALL, 128, BE_ALIAS_EQUAL, 0x1000000u},
    };

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        const struct pa_cpu *cpu = cpus[i].row(cpus[i].cpu);

        ck_assert_ptr_nonnull(cpu);
        ck_assert_uint_eq(cpu->cpu, cpus[i].cpu);
        ck_assert_str_eq(cpu->policy.name, cpus[i].name);
        ck_assert_uint_eq(cpu->policy.flags, cpus[i].flags);
        ck_assert_uint_eq(cpu->line, cpus[i].line);
        ck_assert_uint_eq(cpu->boundary, cpus[i].least);
        ck_assert_uint_eq(cpu->policy.alias_boundary, cpus[i].boundary);
        ck_assert_uint_eq(cpu->policy.va_last, UINT32_MAX);
        ck_assert_mem_eq(cpu->policy.op, table, sizeof(table));
    }
    ck_assert_ptr_null(pa11_cpu(DMACOH_PA_8000));
    ck_assert_ptr_null(pa20_cpu(DMACOH_PA_7300LC));
    ck_assert_ptr_null(pa20_cpu(0x8801u));
}
END_TEST

START_TEST(wrong_backend)
{
    rig.cfg.facts.cpu = DMACOH_PA_8000;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
}
END_TEST

/* Loops by the smaller, padding by the larger of what the port and the row say. */
START_TEST(lines)
{
    static const struct {
        uint32_t cpu, told, step, line;
    } cases[] = {
        {DMACOH_PA_7100, 32, 32, 32},   {DMACOH_PA_7100, 16, 16, 32},
        {DMACOH_PA_7100, 64, 32, 64},   {DMACOH_PA_7100, 128, 32, 128},
        {DMACOH_PA_7100, 0, 16, 32},    {DMACOH_PA_8000, 64, 64, 64},
        {DMACOH_PA_8000, 128, 64, 128}, {DMACOH_PA_8000, 16, 16, 64},
        {DMACOH_PA_8000, 0, 16, 64},    {DMACOH_PA_8800, 128, 128, 128},
        {DMACOH_PA_8800, 64, 64, 128},  {DMACOH_PA_8900, 0, 16, 128},
    };
    static const uint32_t bad[] = {1, 8, 15, 17, 24, 48, 96, 129, 256, 32768, 0x80000000u};

    for (uint32_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ck_assert_int_eq(init(cases[i].cpu, cases[i].told, 0), DMACOH_OK);
        ck_assert_uint_eq(rig.c.step, cases[i].step);
        ck_assert_uint_eq(rig.c.line, cases[i].line);
        ck_assert_uint_eq(dmacoh_line(&rig.c), cases[i].line);
        ck_assert_uint_eq(rig.c.page_shift, 12);
        /* Nobody asks the second CPU. */
        ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
        ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_OK);
        ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    }
    for (uint32_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ck_assert_int_eq(init(DMACOH_PA_7100, bad[i], 0), DMACOH_E_INVAL);
        ck_assert_int_eq(init(DMACOH_PA_8800, bad[i], 0), DMACOH_E_INVAL);
    }
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* --- congruence --- */

static int with_map(uint32_t cpu, uint32_t told, uint64_t difference)
{
    (void)init(cpu, 0, told);
    for (uint32_t i = 0; i < rig.cfg.nmem; i++) {
        if (rig.mem[i].va != 0) {
            rig.mem[i].phys = rig.mem[i].va + difference;
        }
    }
    return dmacoh_init(&rig.c, &rig.cfg);
}

START_TEST(boundary)
{
    static const struct {
        uint32_t cpu, told;
        uint32_t want; /* 0: equal only */
    } cases[] = {
        {DMACOH_PA_7100, 0, 0x400000u},
        {DMACOH_PA_7100, 0x8000u, 0x400000u},
        {DMACOH_PA_7100, 0x400000u, 0x400000u},
        {DMACOH_PA_7100, 0x800000u, 0x800000u},
        {DMACOH_PA_7300LC, 0x1000u, 0x400000u},
        {DMACOH_PA_8700, 0x400000u, 0x1000000u},
        {DMACOH_PA_8700, 0, 0x1000000u},
        {DMACOH_PA_8000, 0x2000000u, 0x2000000u},
        {DMACOH_PA_8800, 0, 0},
        {DMACOH_PA_8900, 0, 0},
        {DMACOH_PA_8800, 0x1000000u, 0x1000000u},
        {DMACOH_PA_8800, 0x40000000u, 0x40000000u},
        {DMACOH_PA_8800, 0x400000u, 0x1000000u},
        {DMACOH_PA_8800, BE_ALIAS_EQUAL, 0},
    };

    for (uint32_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const uint32_t want = cases[i].want;

        ck_assert_int_eq(with_map(cases[i].cpu, cases[i].told, 0), DMACOH_OK);
        if (want == 0) {
            ck_assert_int_eq(with_map(cases[i].cpu, cases[i].told, 0x40000000u), DMACOH_E_ALIGN);
            ck_assert_int_eq(with_map(cases[i].cpu, cases[i].told, UINT64_C(1) << 32),
                             DMACOH_E_ALIGN);
            continue;
        }
        ck_assert_int_eq(with_map(cases[i].cpu, cases[i].told, UINT64_C(2) * want), DMACOH_OK);
        ck_assert_int_eq(with_map(cases[i].cpu, cases[i].told, UINT64_C(1) << 32), DMACOH_OK);
        ck_assert_int_eq(with_map(cases[i].cpu, cases[i].told, want / 2u), DMACOH_E_ALIGN);
        ck_assert_int_eq(with_map(cases[i].cpu, cases[i].told, 0x1000), DMACOH_E_ALIGN);
    }
    ck_assert_int_eq(with_map(DMACOH_PA_7100, 0x600000u, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(with_map(DMACOH_PA_8800, 3, 0), DMACOH_E_INVAL);
}
END_TEST

/* What is not DMA memory is copied through its address, so it must be congruent, too. */
START_TEST(every_entry)
{
    ck_assert_int_eq(init(DMACOH_PA_8700, 64, 0), DMACOH_OK);
    for (uint32_t i = 0; i < rig.cfg.nmem; i++) {
        if (rig.mem[i].kind == DMACOH_RAM_NODMA) {
            rig.mem[i].phys ^= 0x10000u;
        }
    }
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_ALIGN);
}
END_TEST

/* --- uncached regions --- */

static int check(uint32_t cpu, uint64_t pa, uint64_t len, uintptr_t va)
{
    queries = 0;
    return of_cpu(cpu)->region_check(&rig.c, pa, len, DMACOH_MEM_UNCACHED, va);
}

START_TEST(region_check)
{
    const uint32_t cpu = DMACOH_PA_7300LC;

    ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA), DMACOH_OK);
    ck_assert_uint_eq(queries, 3);
    ck_assert_int_eq(check(cpu, RIG_POOL + 64u, 0x2f80, UNCACHED_VA + 64u), DMACOH_OK);
    ck_assert_uint_eq(queries, 3);
    ck_assert_int_eq(check(cpu, RIG_POOL + 0xfc0u, 64, UNCACHED_VA + 0xfc0u), DMACOH_OK);
    ck_assert_uint_eq(queries, 1);
    ck_assert_int_eq(check(cpu, RIG_POOL + 0xfc0u, 128, UNCACHED_VA + 0xfc0u), DMACOH_OK);
    ck_assert_uint_eq(queries, 2);
    /* The first, the middle and the last page. */
    for (uint32_t i = 0; i < 3; i++) {
        host.odd = UNCACHED_VA + i * 0x1000u;
        host.attr = DMACOH_MEM_CACHED;
        host.shift = 0;
        host.rc = 0;
        ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA), DMACOH_E_ATTR);
        ck_assert_uint_eq(queries, i + 1u);
        host.attr = DMACOH_MEM_UNCACHED;
        host.shift = 0x1000;
        ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA), DMACOH_E_NOMAP);
        host.shift = 0;
        host.rc = -1;
        ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA), DMACOH_E_NOMAP);
    }
    host.odd = 0;
    ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA + 0x1000u), DMACOH_E_ALIGN);
    ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA + 0x200000u), DMACOH_E_ALIGN);
    ck_assert_uint_eq(queries, 0);
    /* Congruent, but mapped to something else. */
    ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA + 0x400000u), DMACOH_E_NOMAP);
    rig.c.ops = &without_query;
    ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA), DMACOH_E_UNSUPP);
    rig.c.ops = NULL;
    ck_assert_int_eq(check(cpu, RIG_POOL, 0x3000, UNCACHED_VA), DMACOH_E_UNSUPP);
}
END_TEST

/* The last page of the address space. */
START_TEST(region_at_the_top)
{
    ck_assert_int_eq(
        check(DMACOH_PA_7300LC, RIG_POOL + 0xfffff000u - UNCACHED_VA, 0x1000, 0xfffff000u),
        DMACOH_OK);
    ck_assert_uint_eq(queries, 1);
}
END_TEST

/* Other CPUs stop on an uncached access to RAM. */
START_TEST(no_uncached_ram)
{
    static const uint32_t cpus[] = {DMACOH_PA_UNKNOWN, DMACOH_PA_7100, DMACOH_PA_7200,
                                    DMACOH_PA_8000,    DMACOH_PA_8700, DMACOH_PA_8800};

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        ck_assert_int_eq(init(cpus[i], 0, 0), DMACOH_OK);
        ck_assert_int_eq(check(cpus[i], RIG_POOL, 0x1000, UNCACHED_VA), DMACOH_E_UNSUPP);
        ck_assert_uint_eq(queries, 0);
    }
}
END_TEST

/* An uncached region whose memory may have lines is the host's to clean: through its address is an HPMC. */
START_TEST(region_needs_clean)
{
    struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, RIG_POOL, 0x1000, 12);

    cfg.va = UNCACHED_VA;
    cfg.flags = 0;
    ck_assert_int_eq(dmacoh_pool_init(&rig.coherent, &rig.c, NULL), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &rig.r_coherent, &cfg), DMACOH_E_UNSUPP);
    cfg.flags = DMACOH_REGION_CLEAN;
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &rig.r_coherent, &cfg), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 0);
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &rig.r_coherent), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 0);
}
END_TEST

/* --- the answer of firmware --- */

static uint32_t conf(uint32_t alias, uint32_t block, uint32_t line, uint32_t shift)
{
    return alias << 28 | block << 24 | line << 21 | shift << 19 | 0x7ffffu;
}

START_TEST(firmware)
{
    static const struct {
        uint32_t alias, block, line, shift;
        uint32_t bytes, boundary;
    } cases[] = {
        {11, 1, 1, 0, 16, 0x400000u}, {8, 1, 2, 0, 32, 0x80000u},   {1, 1, 1, 1, 32, 0x1000u},
        {0, 1, 4, 0, 64, 0},          {0, 2, 2, 0, 64, 0},          {15, 1, 2, 2, 128, 0x4000000u},
        {0, 4, 1, 0, 128, 0},         {4, 11, 2, 0, 0, 0x8000u},    {0, 1, 3, 0, 0, 0},
        {0, 1, 0, 0, 0, 0},           {13, 0, 2, 0, 0, 0x1000000u}, {0, 4, 2, 0, 0, 0},
        {0, 15, 7, 3, 0, 0},          {0, 1, 6, 1, 0, 0},
    };

    for (uint32_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct dmacoh_cpu_facts facts = {DMACOH_PA_7300LC, 5, 6, 7};

        dmacoh_pa_cache_facts(&facts,
                              conf(cases[i].alias, cases[i].block, cases[i].line, cases[i].shift));
        ck_assert_uint_eq(facts.cpu, DMACOH_PA_7300LC);
        ck_assert_uint_eq(facts.line, cases[i].bytes);
        ck_assert_uint_eq(facts.l2_line, 6);
        ck_assert_uint_eq(facts.alias_boundary, cases[i].boundary);
    }
}
END_TEST

/* QEMU's firmware: no caches, lines of 32 KiB. */
START_TEST(firmware_of_qemu)
{
    struct dmacoh_cpu_facts facts = {.cpu = DMACOH_PA_7300LC};

    dmacoh_pa_cache_facts(&facts, 0x4b402000u);
    ck_assert_uint_eq(facts.line, 0);
    ck_assert_uint_eq(facts.alias_boundary, 0x8000);
    rig.cfg.facts = facts;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_uint_eq(rig.c.step, 16);
    ck_assert_uint_eq(rig.c.line, 32);
}
END_TEST

/* Every word: what comes out is accepted by dmacoh_init(). */
START_TEST(firmware_is_bounded)
{
    for (uint32_t top = 0; top < 0x2000; top++) {
        struct dmacoh_cpu_facts facts = {0};

        dmacoh_pa_cache_facts(&facts, top << 19);
        expect(facts.line == 0 || (facts.line >= 16 && facts.line <= 128));
        expect((facts.line & (facts.line - 1u)) == 0);
        expect((facts.alias_boundary & (facts.alias_boundary - 1u)) == 0);
    }
}
END_TEST

/* --- whole transfers --- */

static void expect_log(const enum fake_kind *want, uint32_t n)
{
    ck_assert_uint_eq(fake->nlog, n);
    for (uint32_t i = 0; i < n; i++) {
        ck_assert_int_eq(fake->log[i].kind, want[i]);
    }
}

START_TEST(transfers)
{
    static const enum fake_kind prepare[] = {FAKE_SYNCDMA, FAKE_DSB, FAKE_CLEAN_INVAL,
                                             FAKE_CLEAN_INVAL, FAKE_DSB};
    static const enum fake_kind purge[] = {FAKE_SYNCDMA, FAKE_DSB, FAKE_INVAL, FAKE_INVAL,
                                           FAKE_DSB};
    const struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX}, .name = "unit"};
    struct dmacoh_map map = {0};
    const dmacoh_phys_t phys = rig.mem[0].phys + 0x40u;

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    for (uint32_t dir = DMACOH_BIDIRECTIONAL; dir <= DMACOH_FROM_DEVICE; dir++) {
        fake_clear();
        ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, phys, 64, (enum dmacoh_dir)dir, 0),
                         DMACOH_OK);
        expect_log(prepare, 5);
        fake_clear();
        ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
        expect_log(purge, dir == DMACOH_TO_DEVICE ? 0 : 5);
    }
    fake_clear();
    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &map, phys, 64, DMACOH_FROM_DEVICE, DMACOH_ATTR_OVERWRITE),
        DMACOH_OK);
    expect_log(purge, 5);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

/* A device behind a coherent adapter: nothing but what the driver's own barriers say. */
START_TEST(coherent_device)
{
    static const enum fake_kind rmb[] = {FAKE_SYNCDMA, FAKE_DSB};
    const struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX},
                                           .flags = DMACOH_DEV_COHERENT};
    struct dmacoh_map map = {0};

    ck_assert_int_eq(init(DMACOH_PA_8800, 128, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, rig.mem[0].phys, 64, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 0);
    dmacoh_rmb(&rig.dev);
    expect_log(rmb, 2);
}
END_TEST

/* On a CPU whose caches nothing snoops there is no such device, and no memory for it. */
START_TEST(nothing_snoops)
{
    static const uint32_t cpus[] = {DMACOH_PA_7100LC, DMACOH_PA_7300LC, DMACOH_PA_7200,
                                    DMACOH_PA_8700};
    const struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX},
                                           .flags = DMACOH_DEV_COHERENT};

    for (uint32_t i = 0; i < 4; i++) {
        ck_assert_int_eq(init(cpus[i], 0, 0), DMACOH_OK);
        ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg),
                         i < 2 ? DMACOH_E_ATTR : DMACOH_OK);
    }
}
END_TEST

/* Coherent memory is not to be had; noncoherent memory out of a cached region is. */
START_TEST(noncoherent_only)
{
    struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX}};
    struct dmacoh_caps caps;

    ck_assert_int_eq(init(DMACOH_PA_7200, 32, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, &caps), DMACOH_OK);
    ck_assert_int_eq(caps.method, DMACOH_M_NONE);
    ck_assert(!caps.coherent && !caps.windows);
    ck_assert_uint_eq(caps.line, 32);

    struct dmacoh_region_cfg cached = rig_region_cfg(&rig, RIG_CACHED, 0x4000, 12);
    struct dmacoh_region_cfg uncached = rig_region_cfg(&rig, RIG_POOL, 0x4000, 12);
    struct dmacoh_buf buf = {0};

    cached.phys = cached.va; /* as the memory map has it here */
    uncached.va = UNCACHED_VA;
    ck_assert_int_eq(dmacoh_pool_init(&rig.coherent, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &rig.r_coherent, &uncached),
                     DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &rig.r_coherent, &cached), DMACOH_OK);
    dev_cfg.coherent = &rig.coherent;
    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &dev_cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_dev_caps(&rig.dev, &caps), DMACOH_OK);
    ck_assert_int_eq(caps.method, DMACOH_M_NONE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, 64, 0), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &buf, 64, DMACOH_ATTR_NONCOHERENT), DMACOH_OK);
    ck_assert_int_eq(dmacoh_free(&buf), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &rig.r_coherent), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN_INVAL), 0x4000 / 32);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("parisc");
    TCase *t = tcase_create("parisc");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, op_va);
    tcase_add_test(t, barriers);
    tcase_add_test(t, nothing_to_do);
    tcase_add_test(t, no_windows);
    tcase_add_test(t, policies);
    tcase_add_test(t, wrong_backend);
    tcase_add_test(t, lines);
    tcase_add_test(t, boundary);
    tcase_add_test(t, every_entry);
    tcase_add_test(t, region_check);
    tcase_add_test(t, region_at_the_top);
    tcase_add_test(t, no_uncached_ram);
    tcase_add_test(t, region_needs_clean);
    tcase_add_test(t, firmware);
    tcase_add_test(t, firmware_of_qemu);
    tcase_add_test(t, firmware_is_bounded);
    tcase_add_test(t, transfers);
    tcase_add_test(t, coherent_device);
    tcase_add_test(t, nothing_snoops);
    tcase_add_test(t, noncoherent_only);
    suite_add_tcase(s, t);
    return rig_run(s);
}
