/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The MPC8xx backend against its contract in backend.h. */
#include "ppc_rig.h"

#include "ppc8xx.h"

#define PVR_860 0x00500000u

static struct rig rig;

static void machine(uint32_t slots)
{
    rig_machine(&rig, 1, slots);
    fake_ppc = (struct fake_ppc){.synchronised = true};
    fake_ppc.spr[SPR_PVR] = PVR_860;
    rig.cfg.backend = &dmacoh_be_ppc8xx;
}

static int init(void)
{
    const int rc = dmacoh_init(&rig.c, &rig.cfg);

    fake_clear();
    return rc;
}

static void setup(void)
{
    machine(0);
    ck_assert_int_eq(init(), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

START_TEST(operations)
{
    ppc_check_ops(&rig.c, &dmacoh_be_ppc8xx);
}
END_TEST

START_TEST(barriers)
{
    ppc_check_barriers(&rig.c, &dmacoh_be_ppc8xx, FAKE_DSB);
}
END_TEST

START_TEST(policies)
{
    static const uint32_t flags = BE_P_LOCAL_CMO | BE_P_INV_MAY_CLEAN | BE_P_MAY_NOT_SNOOP;
    const struct ppc_row rows[] = {{PVR_860, "mpc8xx", flags},
                                   {0x0050ffffu, "mpc8xx", flags},
                                   {0, "powerpc with lines of 16 bytes", flags}};

    ppc_check_rows(rows, sizeof(rows) / sizeof(rows[0]), 0, ppc8xx_policy);
}
END_TEST

START_TEST(identification)
{
    ck_assert_uint_eq(rig.c.step, 16);
    ck_assert_uint_eq(rig.c.line, 16);
    ck_assert_uint_eq(rig.c.page_shift, 12);
    ck_assert_uint_eq(rig.c.no_snoop, 1);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    fake_ppc.spr[SPR_PVR] = 0x00510000u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
}
END_TEST

START_TEST(no_windows)
{
    fake_clear();
    ck_assert_uint_eq(dmacoh_ppc8xx_win_map(&rig.c, 0, 0, RIG_HIGH), 0);
    dmacoh_ppc8xx_win_unmap(&rig.c, 0, 0);
    dmacoh_ppc8xx_cpu_down(&rig.c, 0);
    dmacoh_ppc8xx_win_fini(&rig.c);
    ck_assert_uint_eq(fake->nlog, 0);
    rig_stop(&rig);
    machine(1);
    ck_assert_int_eq(init(), DMACOH_E_UNSUPP);
}
END_TEST

/* The host's answer for one page. */
struct page {
    uintptr_t va;
    uint64_t phys;
    uint32_t attr;
};

static struct page odd;

static int query(void *ctx, uintptr_t va, dmacoh_phys_t *phys, uint32_t *attr)
{
    ck_assert_ptr_eq(ctx, &odd);
    ck_assert_uint_eq(va % 4096u, 0);
    if (va - 0xd0000000u >= 0x100000u) {
        return -1;
    }
    *phys = va == odd.va ? odd.phys : RIG_POOL + (va - 0xd0000000u);
    *attr = va == odd.va ? odd.attr : DMACOH_MEM_UNCACHED;
    return 0;
}

static int check(uint64_t pa, uint64_t len, uintptr_t va)
{
    return dmacoh_ppc8xx_region_check(&rig.c, pa, len, DMACOH_MEM_WC, va);
}

START_TEST(regions)
{
    struct dmacoh_port_ops ops = {.page_query = NULL};

    ck_assert_int_eq(check(RIG_POOL, 0x1000, 0x90000000u), DMACOH_OK);
    rig.c.ops = &ops;
    rig.c.ops_ctx = &odd;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, 0x90000000u), DMACOH_OK);
    ops.page_query = query;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, 0x90000000u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL, 0x100000, 0xd0000000u), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x100001, 0xd0000000u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL + 0xffff0u, 0x11, 0xd00ffff0u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL + 0xffff0u, 0x10, 0xd00ffff0u), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, 0xd0001000u), DMACOH_E_NOMAP);
    odd = (struct page){0xd0003000u, RIG_POOL + 0x3000u, DMACOH_MEM_CACHED};
    ck_assert_int_eq(check(RIG_POOL, 0x3000, 0xd0000000u), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x3001, 0xd0000000u), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL, 0x6000, 0xd0000000u), DMACOH_E_ATTR);
    odd = (struct page){0xd0003000u, RIG_POOL + 0x4000u, DMACOH_MEM_UNCACHED};
    ck_assert_int_eq(check(RIG_POOL, 0x4000, 0xd0000000u), DMACOH_E_NOMAP);
}
END_TEST

START_TEST(cold_reset)
{
    static const enum fake_kind want[] = {FAKE_DSB, FAKE_ISB, FAKE_SPR, FAKE_DSB, FAKE_ISB};

    for (uint32_t boot = 0; boot < 2; boot++) {
        fake_clear();
        dmacoh_ppc8xx_boot_cache_inval(boot != 0);
        ppc_check_log(want, 5);
        ck_assert_uint_eq(fake->log[2].at, 568);
        ck_assert_uint_eq(fake->log[2].value, 0x0c000000u);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {operations, barriers, policies,  identification,
                                  no_windows, regions,  cold_reset};

    return ppc_main("ppc8xx", setup, teardown, tests, sizeof(tests) / sizeof(tests[0]));
}
