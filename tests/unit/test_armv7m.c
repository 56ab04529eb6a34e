/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv7-M backend against its contract in backend.h: loops, barriers, MPU, TCM, identification. */
#include "fake_scs.h"
#include "rig.h"

#include "armv7m.h"

#include <string.h>

#define SRAM      0x20020000u /* behind 128 KiB of DTCM, as on many parts */
#define SRAM_SIZE 0x10000u

/* RASR: Normal memory types, and a size as log2 of bytes. */
#define NC       0x00080000u
#define WB       0x00020000u
#define WBWA     0x000b0000u
#define WBA      0x00030000u /* write-back, no write allocation */
#define SHARE    0x00040000u
#define SIZE(lg) (((lg)-1u) << 1 | 1u)

static struct fake machine;
static struct dmacoh c;
static struct dmacoh_mem mem[4];
static struct dmacoh_cfg cfg;
static uint64_t percpu[64];

static const struct dmacoh_backend_ops backend = {
    .name = "armv7m",
    .probe = dmacoh_armv7m_probe,
    .win_init = dmacoh_armv7m_win_init,
    .win_fini = dmacoh_armv7m_win_fini,
    .cpu_down = dmacoh_armv7m_cpu_down,
    .op_va = dmacoh_armv7m_op_va,
    .op_outer = dmacoh_armv7m_op_outer,
    .barrier = dmacoh_armv7m_barrier,
    .post_batch = dmacoh_armv7m_post_batch,
    .win_map = dmacoh_armv7m_win_map,
    .win_unmap = dmacoh_armv7m_win_unmap,
    .region_check = dmacoh_armv7m_region_check,
};

static void region(uint32_t number, uint32_t base, uint32_t rasr)
{
    fake_scs.region[number].rbar = base | number;
    fake_scs.region[number].rasr = rasr;
}

static void setup(void)
{
    fake_init(&machine);
    fake_scs_init();
    mem[0] = (struct dmacoh_mem){SRAM, SRAM_SIZE, SRAM, DMACOH_RAM_LINEAR};
    cfg = (struct dmacoh_cfg){.mem = mem,
                              .nmem = 1,
                              .ncpus = 1,
                              .meta = percpu,
                              .meta_size = sizeof(percpu),
                              .backend = &backend};
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_OK);
    fake_clear();
}

static void teardown(void)
{
    fake_free(&machine);
}

/* --- cache operations --- */

static void check_loop(uint32_t step, uintptr_t first, uintptr_t last)
{
    static const enum be_op ops[] = {BE_CLEAN, BE_INVAL, BE_CLEAN_INVAL};
    static const enum fake_kind kinds[] = {FAKE_CLEAN, FAKE_INVAL, FAKE_CLEAN_INVAL};
    const uint32_t n = (uint32_t)(last / step - first / step) + 1u;

    for (uint32_t k = 0; k < 3; k++) {
        fake_clear();
        dmacoh_armv7m_op_va(&c, ops[k], first, last);
        expect(fake->nlog == n);
        for (uint32_t i = 0; i < n; i++) {
            expect(fake->log[i].kind == kinds[k]);
            expect(fake->log[i].at == first / step * step + (uintptr_t)i * step);
        }
    }
}

START_TEST(op_va)
{
    for (uint32_t step = 16; step <= 64; step *= 2) {
        c.step = step;
        for (uintptr_t off = 0; off < 70; off += 3) {
            for (uintptr_t len = 1; len < 200; len += 7) {
                check_loop(step, SRAM + off, SRAM + off + len - 1u);
            }
        }
        check_loop(step, UINTPTR_MAX - 100u, UINTPTR_MAX);
        check_loop(step, 0, 0);
    }
}
END_TEST

/* With the cache off a clean could write garbage from power-on. */
START_TEST(cache_off)
{
    fake_scs.ccr = 0xfffeffffu;
    dmacoh_armv7m_op_va(&c, BE_CLEAN, SRAM, SRAM + 1023u);
    dmacoh_armv7m_op_va(&c, BE_INVAL, SRAM, SRAM + 1023u);
    dmacoh_armv7m_op_va(&c, BE_CLEAN_INVAL, SRAM, SRAM + 1023u);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

START_TEST(barriers)
{
    static const struct {
        enum be_bar bar;
        uint32_t n;
        enum fake_kind kind[2];
    } want[] = {{BE_BAR_WMB, 1, {FAKE_DMB, 0}},
                {BE_BAR_RMB, 1, {FAKE_DMB, 0}},
                {BE_BAR_PUBLISH, 1, {FAKE_DSB, 0}},
                {BE_BAR_BEGIN, 1, {FAKE_DSB, 0}},
                {BE_BAR_DONE, 2, {FAKE_DSB, FAKE_ISB}}};

    for (uint32_t i = 0; i < 5; i++) {
        fake_clear();
        dmacoh_armv7m_barrier(&c, want[i].bar);
        ck_assert_uint_eq(fake->nlog, want[i].n);
        for (uint32_t k = 0; k < want[i].n; k++) {
            ck_assert_int_eq(fake->log[k].kind, want[i].kind[k]);
        }
    }
}
END_TEST

/* This CPU kind has none of them. */
START_TEST(nothing_to_do)
{
    dmacoh_armv7m_op_outer(&c, BE_CLEAN, 0, 63);
    dmacoh_armv7m_post_batch(&c);
    dmacoh_armv7m_cpu_down(&c, 0);
    dmacoh_armv7m_win_fini(&c);
    dmacoh_armv7m_win_unmap(&c, 0, 0);
    ck_assert_uint_eq(dmacoh_armv7m_win_map(&c, 0, 0, SRAM), SRAM);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

START_TEST(cold_reset)
{
    static uint8_t seen[4][128];

    for (uint32_t boot = 0; boot < 2; boot++) {
        memset(seen, 0, sizeof(seen));
        fake_clear();
        fake_scs.csselr = 1;
        dmacoh_armv7m_boot_cache_inval(boot != 0);
        ck_assert_uint_eq(fake_count(FAKE_DCISW), 512);
        ck_assert_uint_eq(fake->nlog, 516);
        ck_assert_int_eq(fake->log[0].kind, FAKE_CSSELR);
        ck_assert_uint_eq(fake_scs.csselr, 0);
        ck_assert_int_eq(fake->log[1].kind, FAKE_DSB);
        ck_assert_int_eq(fake->log[514].kind, FAKE_DSB);
        ck_assert_int_eq(fake->log[515].kind, FAKE_ISB);
        for (uint32_t i = 2; i < 514; i++) {
            const uint32_t v = (uint32_t)fake->log[i].at;

            expect(fake->log[i].kind == FAKE_DCISW);
            expect((v & 0x3ffff01fu) == 0 && !seen[v >> 30][v >> 5 & 127u]);
            seen[v >> 30][v >> 5 & 127u] = 1;
        }
    }
    /* One way: its number takes no bits. */
    fake_clear();
    fake_scs.ccsidr = 0x0007e000u | 1u;
    dmacoh_armv7m_boot_cache_inval(true);
    ck_assert_uint_eq(fake_count(FAKE_DCISW), 64);
    ck_assert_uint_eq(fake->log[65].at, 63u << 5);
}
END_TEST

/* --- identification --- */

START_TEST(policies)
{
    static const uint8_t ops[3][BE_NTRANSITIONS] = {{BE_CLEAN, BE_CLEAN, BE_INVAL},
                                                    {BE_CLEAN, BE_CLEAN, BE_NOP},
                                                    {BE_CLEAN, BE_INVAL, BE_INVAL}};
    static const struct {
        uint32_t cpuid;
        const char *name;
        uint32_t flags;
    } cpus[] = {
        {0x410fc270u, "cortex-m7", BE_P_SPECULATES | BE_P_LOCAL_CMO | V7M_P_CM7},
        {0x411fc272u, "cortex-m7", BE_P_SPECULATES | BE_P_LOCAL_CMO | V7M_P_CM7},
        {0x410fc241u, "armv7-m", BE_P_SPECULATES | BE_P_LOCAL_CMO},
    };

    for (uint32_t i = 0; i < 3; i++) {
        const struct dmacoh_policy *p = armv7m_policy(cpus[i].cpuid);

        ck_assert_str_eq(p->name, cpus[i].name);
        ck_assert_uint_eq(p->flags, cpus[i].flags);
        ck_assert_mem_eq(p->op, ops, sizeof(ops));
        ck_assert_uint_eq(p->alias_boundary, 0);
        ck_assert_uint_eq(p->va_last, UINT32_MAX);
    }
}
END_TEST

static int init_with(uint32_t ctr)
{
    fake_scs.ctr = ctr;
    return dmacoh_init(&c, &cfg);
}

START_TEST(identification)
{
    ck_assert_uint_eq(c.step, 32);
    ck_assert_uint_eq(c.line, 32);
    ck_assert_uint_eq(c.page_shift, 5);
    ck_assert_str_eq(c.policy->name, "cortex-m7");
    ck_assert_int_eq(init_with(0x8404c003u), DMACOH_OK);
    ck_assert_uint_eq(c.step, 64);
    ck_assert_uint_eq(c.line, 64);
    ck_assert_uint_eq(c.page_shift, 6);
    ck_assert_int_eq(init_with(0x8203c003u), DMACOH_OK); /* a granule below the line */
    ck_assert_uint_eq(c.line, 32);
    ck_assert_int_eq(init_with(0x8003c003u), DMACOH_OK); /* no figure */
    ck_assert_uint_eq(c.line, 2048);
    ck_assert_uint_eq(c.page_shift, 11);
    ck_assert_int_eq(init_with(0x8a03c003u), DMACOH_OK);
    ck_assert_uint_eq(c.line, 4096);
    ck_assert_int_eq(init_with(0x8b03c003u), DMACOH_E_UNSUPP);
    ck_assert_int_eq(init_with(0), DMACOH_E_UNSUPP); /* no cache */
}
END_TEST

/* Two of them: operations stay on their CPU, so devices have to. Lines must not be smaller. */
START_TEST(second_cpu)
{
    cfg.ncpus = 2;
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_E_UNSUPP);
    cfg.flags = DMACOH_F_CPU_AFFINE;
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_OK);
    machine.cpu = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&c), DMACOH_OK);
    fake_scs.ctr = 0x8302c003u;
    ck_assert_int_eq(dmacoh_cpu_online(&c), DMACOH_E_UNSUPP);
    fake_scs.ctr = 0x8403c003u;
    ck_assert_int_eq(dmacoh_cpu_online(&c), DMACOH_E_UNSUPP);
    fake_scs.ctr = 0x8303c003u;
    fake_scs.cacr = 4; /* its own cache is write-through */
    ck_assert_int_eq(dmacoh_cpu_online(&c), DMACOH_E_ATTR);
}
END_TEST

START_TEST(no_windows)
{
    cfg.mmu.win_slots = 1;
    cfg.mmu.win_va = 0x70000000u;
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_E_UNSUPP);
}
END_TEST

/* --- linear memory --- */

static int init_at(uint64_t phys, uint64_t size)
{
    mem[0] = (struct dmacoh_mem){phys, size, (uintptr_t)phys, DMACOH_RAM_LINEAR};
    return dmacoh_init(&c, &cfg);
}

/* Where the default map is write-through, memory must be described. */
START_TEST(default_map)
{
    static const struct {
        uint32_t at;
        int rc;
    } maps[] = {{0x00000000u, DMACOH_E_ATTR}, {0x20000000u, DMACOH_OK},
                {0x40000000u, DMACOH_OK},     {0x60000000u, DMACOH_OK},
                {0x80000000u, DMACOH_E_ATTR}, {0xa0000000u, DMACOH_OK},
                {0xc0000000u, DMACOH_OK},     {0xe0000000u, DMACOH_OK}};

    for (uint32_t i = 0; i < 8; i++) {
        ck_assert_int_eq(init_at(maps[i].at, 0x1000), maps[i].rc);
        ck_assert_int_eq(init_at(maps[i].at + 0x1ffff000u, 0x1000), maps[i].rc);
    }
    /* The border counts, on both sides. */
    ck_assert_int_eq(init_at(0x1fffffe0u, 0x40), DMACOH_E_ATTR);
    ck_assert_int_eq(init_at(0x7fffffe0u, 0x20), DMACOH_OK);
    ck_assert_int_eq(init_at(0x7fffffe0u, 0x40), DMACOH_E_ATTR);
    /* The MPU on: the default map only if privileged code is given it. */
    fake_scs.mpu_ctrl = 5;
    ck_assert_int_eq(init_at(SRAM, 0x1000), DMACOH_OK);
    fake_scs.mpu_ctrl = 1;
    ck_assert_int_eq(init_at(SRAM, 0x1000), DMACOH_E_NOMAP);
    fake_scs.mpu_ctrl = 4;
    ck_assert_int_eq(init_at(SRAM, 0x1000), DMACOH_OK);
}
END_TEST

/* Entries are looked at before the core has checked them. */
START_TEST(odd_entries)
{
    ck_assert_int_eq(init_at(SRAM, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(init_at(0xfffff000u, 0x2000), DMACOH_E_RANGE);
    ck_assert_int_eq(init_at(0xfffff000u, 0x1000), DMACOH_OK);
    ck_assert_int_eq(init_at(SRAM, UINT64_MAX),
                     DMACOH_E_ATTR); /* holds write-through memory, too */
    mem[0] = (struct dmacoh_mem){SRAM, 0x1000, SRAM + 0x1000u, DMACOH_RAM_LINEAR};
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_E_NOMAP);
    /* What no device reaches may be of any type. */
    mem[0] = (struct dmacoh_mem){0, 0x1000, 0, DMACOH_RAM_NODMA};
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_OK);
    mem[1] = (struct dmacoh_mem){0x80000000u, 0x1000, 0x80000000u, DMACOH_RAM_LINEAR};
    cfg.nmem = 2;
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_E_ATTR);
}
END_TEST

START_TEST(tcm)
{
    fake_scs.dtcmcr = 8u << 3 | 1u; /* 128 KiB at 0x20000000 */
    ck_assert_int_eq(init_at(SRAM, 0x1000), DMACOH_OK);
    ck_assert_int_eq(init_at(SRAM - 0x20u, 0x1000), DMACOH_E_ATTR);
    ck_assert_int_eq(init_at(0x20000000u, 0x20), DMACOH_E_ATTR);
    ck_assert_int_eq(init_at(0x1ffff000u, 0x2000), DMACOH_E_ATTR);
    mem[0] = (struct dmacoh_mem){0x20000000u, 0x20000, 0x20000000u, DMACOH_RAM_NODMA};
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_OK);
    fake_scs.dtcmcr = 8u << 3; /* off */
    ck_assert_int_eq(init_at(0x20000000u, 0x20), DMACOH_OK);
    fake_scs.dtcmcr = 1u; /* none */
    ck_assert_int_eq(init_at(0x20000000u, 0x20), DMACOH_OK);
    /* The other one, at 0, in write-back memory. */
    fake_scs.mpu_ctrl = 5;
    region(0, 0, WBWA | SIZE(20));
    fake_scs.itcmcr = 7u << 3 | 1u; /* 64 KiB */
    ck_assert_int_eq(init_at(0x10000u, 0x1000), DMACOH_OK);
    ck_assert_int_eq(init_at(0xffe0u, 0x1000), DMACOH_E_ATTR);
    /* Other cores have no such registers, whatever reads there. */
    fake_scs.cpuid = 0x410fc241u;
    ck_assert_int_eq(init_at(0xffe0u, 0x1000), DMACOH_OK);
}
END_TEST

/* --- regions of the MPU --- */

static enum armv7m_type type_at(uint32_t at)
{
    return armv7m_span(c.policy, at).type;
}

static uint32_t last_at(uint32_t at)
{
    return armv7m_span(c.policy, at).last;
}

/* All encodings of TEX, C and B. */
START_TEST(encodings)
{
    static const uint8_t want[32] = {
        V7M_OTHER,    V7M_OTHER,      V7M_WRITE_THROUGH, V7M_WRITE_BACK, /* TEX=000 */
        V7M_UNCACHED, V7M_OTHER,      V7M_OTHER,         V7M_WRITE_BACK, /* 001 */
        V7M_OTHER,    V7M_OTHER,      V7M_OTHER,         V7M_OTHER,      /* 010 */
        V7M_OTHER,    V7M_OTHER,      V7M_OTHER,         V7M_OTHER,      /* 011 */
        V7M_UNCACHED, V7M_WRITE_BACK, V7M_WRITE_THROUGH, V7M_WRITE_BACK, /* 100 */
        V7M_OTHER,    V7M_WRITE_BACK, V7M_WRITE_THROUGH, V7M_WRITE_BACK, /* 101: outer cached */
        V7M_OTHER,    V7M_WRITE_BACK, V7M_WRITE_THROUGH, V7M_WRITE_BACK,
        V7M_OTHER,    V7M_WRITE_BACK, V7M_WRITE_THROUGH, V7M_WRITE_BACK};

    fake_scs.mpu_ctrl = 1;
    for (uint32_t i = 0; i < 32; i++) {
        const uint32_t bits = (i >> 2) << 19 | (i & 3u) << 16;
        const bool cached = want[i] == V7M_WRITE_BACK || want[i] == V7M_WRITE_THROUGH;

        region(3, SRAM, bits | SIZE(16));
        fake_scs.cacr = 0;
        ck_assert_int_eq(type_at(SRAM), want[i]);
        fake_scs.cacr = 4; /* all write-through */
        ck_assert_int_eq(type_at(SRAM), cached ? V7M_WRITE_THROUGH : want[i]);
        region(3, SRAM, bits | SHARE | SIZE(16));
        ck_assert_int_eq(type_at(SRAM), cached ? V7M_UNCACHED : want[i]);
        fake_scs.cacr = 1; /* shareable memory write-through */
        ck_assert_int_eq(type_at(SRAM), cached ? V7M_WRITE_THROUGH : want[i]);
    }
    /* A core that is not a Cortex-M7 has no such register. */
    c.policy = armv7m_policy(0);
    fake_scs.cacr = 5;
    region(3, SRAM, WBA | SHARE | SIZE(16));
    ck_assert_int_eq(type_at(SRAM), V7M_WRITE_BACK);
}
END_TEST

/* The highest number decides; subregions let the next one through. */
START_TEST(layers)
{
    fake_scs.mpu_ctrl = 1;
    fake_scs.mpu_rnr = 7;
    region(0, SRAM, WBWA | SIZE(16));
    region(9, SRAM + 0x4000u, NC | 0x0000a100u | SIZE(12)); /* parts 0, 5 and 7 are off */
    region(12, SRAM + 0x8000u, WBWA | (SIZE(12) & ~1u));    /* off as a whole */
    region(15, SRAM + 0xffe0u, NC | 0x0000ff00u | SIZE(5)); /* too small to have parts */
    ck_assert_int_eq(type_at(SRAM - 1u), V7M_UNMAPPED);
    ck_assert_uint_eq(last_at(SRAM - 1u), SRAM - 1u);
    ck_assert_int_eq(type_at(SRAM), V7M_WRITE_BACK);
    ck_assert_int_eq(type_at(SRAM + 0x3fffu), V7M_WRITE_BACK);
    for (uint32_t part = 0; part < 8; part++) {
        const bool off = part == 0 || part == 5 || part == 7;
        const uint32_t at = SRAM + 0x4000u + part * 0x200u;

        ck_assert_int_eq(type_at(at), off ? V7M_WRITE_BACK : V7M_UNCACHED);
        ck_assert_int_eq(type_at(at + 0x1ffu), off ? V7M_WRITE_BACK : V7M_UNCACHED);
        ck_assert_uint_eq(last_at(at), at + 0x1ffu);
    }
    /* Region 0 has parts of 8 KiB itself; whoever is above ends its reign earlier. */
    ck_assert_uint_eq(last_at(SRAM), SRAM + 0x1fffu);
    ck_assert_uint_eq(last_at(SRAM + 0xe000u), SRAM + 0xffdfu);
    ck_assert_int_eq(type_at(SRAM + 0xffe0u), V7M_UNCACHED);
    ck_assert_uint_eq(last_at(SRAM + 0xffe0u), SRAM + 0xffffu);
    ck_assert_int_eq(type_at(SRAM + 0x10000u), V7M_UNMAPPED);
    ck_assert_uint_eq(last_at(SRAM + 0x10000u), UINT32_MAX);
    ck_assert_uint_eq(fake_scs.mpu_rnr, 7); /* put back */
    /* 128 bytes have no parts, 256 have; 16 bytes are not a region. */
    region(15, SRAM, NC | 0x0000ff00u | SIZE(7));
    ck_assert_int_eq(type_at(SRAM), V7M_UNCACHED);
    region(15, SRAM, NC | 0x0000ff00u | SIZE(8));
    ck_assert_int_eq(type_at(SRAM), V7M_WRITE_BACK);
    region(15, SRAM, NC | SIZE(4));
    ck_assert_int_eq(type_at(SRAM), V7M_WRITE_BACK);
    /* The whole address space is a region, too. */
    region(15, 0, NC | 0x00000100u | SIZE(32));
    ck_assert_int_eq(type_at(0), V7M_UNMAPPED);
    ck_assert_int_eq(type_at(0xffffffffu), V7M_UNCACHED);
    ck_assert_uint_eq(last_at(0xe0000000u), UINT32_MAX);
    /* No regions at all; and the MPU off, whatever they say. */
    fake_scs.mpu_type = 0;
    ck_assert_int_eq(type_at(SRAM), V7M_UNMAPPED);
    fake_scs.mpu_type = 16u << 8;
    fake_scs.mpu_ctrl = 0;
    ck_assert_int_eq(type_at(SRAM), V7M_WRITE_BACK);
}
END_TEST

/* Write-through memory is refused wherever it lies in an entry. */
START_TEST(write_through)
{
    fake_scs.mpu_ctrl = 5;
    region(1, SRAM + 0xff00u, WB | SIZE(8));
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_E_ATTR);
    region(2, SRAM + 0xff00u, WBWA | SIZE(8));
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_OK);
    region(2, SRAM + 0xff00u, WBWA | 0x00008000u | SIZE(8)); /* its last 32 bytes are off */
    ck_assert_int_eq(dmacoh_init(&c, &cfg), DMACOH_E_ATTR);
}
END_TEST

static int check(uint64_t pa, uint64_t len, uintptr_t va)
{
    return dmacoh_armv7m_region_check(&c, pa, len, DMACOH_MEM_UNCACHED, va);
}

START_TEST(region_check)
{
    fake_scs.mpu_ctrl = 5;
    fake_scs.dtcmcr = 8u << 3 | 1u;
    region(1, 0x30000000u, NC | SIZE(12));
    region(2, 0x30001000u, WBWA | SHARE | SIZE(12));
    ck_assert_int_eq(check(0x30000000u, 0x1000, 0x30000000u), DMACOH_OK);
    ck_assert_int_eq(check(0x30000020u, 0x20, 0x30000020u), DMACOH_OK);
    ck_assert_int_eq(check(0x30000000u, 0x2000, 0x30000000u),
                     DMACOH_OK); /* shareable: not cached */
    ck_assert_int_eq(check(0x30000000u, 0x2001, 0x30000000u), DMACOH_E_ATTR);
    ck_assert_int_eq(check(0x30000000u, 0x1000, 0x30001000u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(0x40000000u, 0x1000, 0x40000000u), DMACOH_E_ATTR); /* Device */
    fake_scs.cacr = 1;
    ck_assert_int_eq(check(0x30000000u, 0x2000, 0x30000000u), DMACOH_E_ATTR);
    region(3, 0x20000000u, NC | SIZE(18)); /* uncached, but half of it is not reached */
    ck_assert_int_eq(check(0x20020000u, 0x1000, 0x20020000u), DMACOH_OK);
    ck_assert_int_eq(check(0x2001f000u, 0x1000, 0x2001f000u), DMACOH_E_ATTR);
    fake_scs.mpu_ctrl = 1;
    ck_assert_int_eq(check(0x30000000u, 0x1000, 0x30000000u), DMACOH_OK);
    ck_assert_int_eq(check(0x2fffffe0u, 0x1000, 0x2fffffe0u), DMACOH_E_NOMAP);
    region(3, 0xfffff000u, NC | SIZE(12));
    ck_assert_int_eq(check(0xfffff000u, 0x1000, 0xfffff000u), DMACOH_OK);
}
END_TEST

/* A whole transfer: DSB, lines, DSB, ISB, each way. */
START_TEST(transfer)
{
    struct dmacoh_dev dev;
    struct dmacoh_map map = {0};
    const struct dmacoh_dev_cfg dev_cfg = {.limits = {.mask = UINT32_MAX}, .name = "unit"};
    static const enum fake_kind out[] = {FAKE_DSB, FAKE_CLEAN, FAKE_CLEAN, FAKE_DSB, FAKE_ISB};
    static const enum fake_kind in[] = {FAKE_DSB, FAKE_INVAL, FAKE_INVAL, FAKE_DSB, FAKE_ISB};

    ck_assert_int_eq(dmacoh_dev_init(&dev, &c, &dev_cfg), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&dev, &map, SRAM, 64, DMACOH_FROM_DEVICE, 0), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 5);
    for (uint32_t i = 0; i < 5; i++) {
        ck_assert_int_eq(fake->log[i].kind, out[i]);
    }
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 5);
    for (uint32_t i = 0; i < 5; i++) {
        ck_assert_int_eq(fake->log[i].kind, in[i]);
    }
    ck_assert_int_eq(dmacoh_cpu_offline(&c), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&c), DMACOH_OK);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("armv7m");
    TCase *t = tcase_create("armv7m");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, op_va);
    tcase_add_test(t, cache_off);
    tcase_add_test(t, barriers);
    tcase_add_test(t, nothing_to_do);
    tcase_add_test(t, cold_reset);
    tcase_add_test(t, policies);
    tcase_add_test(t, identification);
    tcase_add_test(t, second_cpu);
    tcase_add_test(t, no_windows);
    tcase_add_test(t, default_map);
    tcase_add_test(t, odd_entries);
    tcase_add_test(t, tcm);
    tcase_add_test(t, encodings);
    tcase_add_test(t, layers);
    tcase_add_test(t, write_through);
    tcase_add_test(t, region_check);
    tcase_add_test(t, transfer);
    suite_add_tcase(s, t);
    return rig_run(s);
}
