/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv7-M backend: MPU regions and tightly coupled memory at their edges. Found by scripts/mutants. */
#include "fake_scs.h"
#include "rig.h"

#include "armv7m.h"

#define SRAM 0x20020000u

/* RASR: Normal memory types, and a size as log2 of bytes. */
#define NC       0x00080000u
#define WBWA     0x000b0000u
#define SHARE    0x00040000u
#define SIZE(lg) (((lg)-1u) << 1 | 1u)

static struct fake machine;
static struct dmacoh c;
static struct dmacoh_mem mem[1];
static struct dmacoh_cfg cfg;
static uint64_t percpu[64];

static void region(uint32_t number, uint32_t base, uint32_t rasr)
{
    fake_scs.region[number].rbar = base | number;
    fake_scs.region[number].rasr = rasr;
}

static int init_at(uint64_t phys, uint64_t size)
{
    mem[0] = (struct dmacoh_mem){phys, size, (uintptr_t)phys, DMACOH_RAM_LINEAR};
    return dmacoh_init(&c, &cfg);
}

static void setup(void)
{
    fake_init(&machine);
    fake_scs_init();
    cfg = (struct dmacoh_cfg){.mem = mem,
                              .nmem = 1,
                              .ncpus = 1,
                              .meta = percpu,
                              .meta_size = sizeof(percpu),
                              .backend = &dmacoh_be_armv7m};
    ck_assert_int_eq(init_at(SRAM, 0x1000), DMACOH_OK);
}

static void teardown(void)
{
    fake_free(&machine);
}

/* Of two regions above the address the nearer one ends what was found, whichever number it has. */
START_TEST(nearest_region)
{
    fake_scs.mpu_ctrl = 5;
    region(3, SRAM + 0x2000u, NC | SIZE(12));
    region(9, SRAM + 0x1000u, NC | SIZE(12));
    ck_assert_uint_eq(armv7m_span(c.policy, SRAM).last, SRAM + 0xfffu);
    region(3, SRAM + 0x1000u, NC | SIZE(12));
    region(9, SRAM + 0x2000u, NC | SIZE(12));
    ck_assert_uint_eq(armv7m_span(c.policy, SRAM).last, SRAM + 0xfffu);
}
END_TEST

/* A region that is off decides nothing, whatever is left in its registers. */
START_TEST(region_off)
{
    fake_scs.mpu_ctrl = 5;
    region(2, SRAM, NC | (SIZE(12) & ~1u));
    ck_assert_int_eq(armv7m_span(c.policy, SRAM).type, V7M_WRITE_BACK);
}
END_TEST

/* Nor is a region shareable for what lies outside it. */
START_TEST(shareable_elsewhere)
{
    fake_scs.mpu_ctrl = 5;
    region(0, 0x30000000u, NC | SHARE | SIZE(12));
    for (uint32_t i = 1; i < 16; i++) {
        region(i, 0x30000000u + i * 0x1000u, WBWA | SHARE | SIZE(12));
    }
    ck_assert_int_eq(armv7m_span(c.policy, SRAM).type, V7M_WRITE_BACK);
}
END_TEST

START_TEST(tcm_edges)
{
    fake_scs.dtcmcr = 8u << 3 | 1u; /* 128 KiB at 0x20000000 */
    ck_assert(!armv7m_in_tcm(c.policy, 0x1ffff000u, 0x1fffffffu));
    ck_assert(armv7m_in_tcm(c.policy, 0x1ffff000u, 0x20000000u));
    ck_assert(armv7m_in_tcm(c.policy, 0x2001ffffu, 0x20020000u));
    ck_assert(!armv7m_in_tcm(c.policy, 0x20020000u, 0x20020fffu));
}
END_TEST

/* The smallest region has 32 bytes, even if lines are shorter. */
START_TEST(short_lines)
{
    fake_scs.ctr = 0x8202c003u;
    ck_assert_int_eq(init_at(SRAM, 0x1000), DMACOH_OK);
    ck_assert_uint_eq(c.line, 16);
    ck_assert_uint_eq(c.page_shift, 5);
}
END_TEST

/* Memory is looked at to its end and no further. */
START_TEST(end_of_memory)
{
    fake_scs.mpu_ctrl = 1;
    region(0, 0, WBWA | SIZE(20));
    ck_assert_int_eq(init_at(0x10000u, 0x20000), DMACOH_OK);
    ck_assert_int_eq(init_at(0x10000u, 0xf0000), DMACOH_OK);
    ck_assert_int_eq(init_at(0x10000u, 0xf0020), DMACOH_E_NOMAP);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_armv7m");
    TCase *t = tcase_create("mutants_gap_armv7m");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, nearest_region);
    tcase_add_test(t, region_off);
    tcase_add_test(t, shareable_elsewhere);
    tcase_add_test(t, tcm_edges);
    tcase_add_test(t, short_lines);
    tcase_add_test(t, end_of_memory);
    suite_add_tcase(s, t);
    return rig_run(s);
}
