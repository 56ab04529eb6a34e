/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv7-A backend: its table cell by cell, and page tables at their edges. Found by scripts/mutants. */
#include "rig.h"

#include "armv7a.h"

#include <string.h>

static struct rig rig;

static void setup(void)
{
    rig_start(&rig, 1, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* What docs/arch/arm.md says, written once more: bidirectional, to the device, from it. */
static const uint8_t ops[3][BE_NTRANSITIONS] = {
    {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP}, {BE_CLEAN, BE_INVAL, BE_INVAL}};
#define FLAGS (BE_P_SPECULATES | BE_P_TLB_BCAST | BE_P_INV_MAY_CLEAN)

START_TEST(policies)
{
    static const struct {
        uint32_t midr;
        const char *name;
        uint32_t flags;
    } cpus[] = {{0x413fc0f3u, "cortex-a15", FLAGS},
                {0x414fc0f0u, "cortex-a15", FLAGS},
                {0x414fc0f7u, "cortex-a15", FLAGS},
                {0x413fc0f2u, "cortex-a15 before r3p3", FLAGS | BE_P_TLBI_NEEDS_IPI},
                {0x412fc0f1u, "cortex-a15 before r3p3", FLAGS | BE_P_TLBI_NEEDS_IPI},
                {0x410fc075u, "cortex-a7", FLAGS},
                /* [cortex-a17] */
                {0x411fc0e1u, "cortex-a17", FLAGS},
                /* [cortex-a17] */
                {0x413fc090u, "cortex-a9", FLAGS | V7_P_ONE_LINE_SIZE},
                {0x410fc080u, "armv7-a", FLAGS}};

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        const struct dmacoh_policy *p = armv7a_policy(cpus[i].midr, 0);

        ck_assert_str_eq(p->name, cpus[i].name);
        ck_assert_uint_eq(p->flags, cpus[i].flags);
        ck_assert_mem_eq(p->op, ops, sizeof(ops));
        ck_assert_uint_eq(p->va_last, UINT32_MAX);
        ck_assert_uint_eq(p->alias_boundary, 0);
    }
}
END_TEST

static int check(uint64_t pa, uintptr_t va)
{
    return dmacoh_armv7a_region_check(&rig.c, pa, 64, DMACOH_MEM_UNCACHED, va);
}

/* An address without an entry is not mapped, though the entry's zero bits look like a low address. */
START_TEST(no_entry)
{
    const uintptr_t va = 0x90000000u;
    uint32_t *table = rig_va(&rig, RIG_TABLES + 0xc00u);

    ck_assert_int_eq(check(0x50000, va + 0x50000u), DMACOH_E_NOMAP);
    table[5] = 0;
    rig.root[va >> 20] = (uint32_t)(RIG_TABLES + 0xc00u) | 1u;
    ck_assert_int_eq(check(0x5000, va + 0x5000u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(0, va + 0x5000u), DMACOH_E_NOMAP);
}
END_TEST

/* A large page has the same address whichever of its pages is asked for, and bit 16 is of its own. */
START_TEST(large_page)
{
    const uintptr_t va = 0x90000000u;
    uint32_t *table = rig_va(&rig, RIG_TABLES + 0xc00u);

    rig.root[va >> 20] = (uint32_t)(RIG_TABLES + 0xc00u) | 1u;
    for (uint32_t i = 0; i < 32; i++) {
        table[i] = ((uint32_t)RIG_POOL + (i < 16 ? 0x10000u : 0)) | 0x1411u;
    }
    ck_assert_int_eq(check(RIG_POOL + 0x10000u, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, va + 0x10000u), DMACOH_OK);
}
END_TEST

/* The table of an absent entry is not looked for, even where there is memory at its address, 0. */
START_TEST(no_entry_and_memory_at_zero)
{
    uint32_t *low = rig_va(&rig, RIG_LOW);

    low[0] = (uint32_t)RIG_POOL | 0x453u; /* would map the page, uncached */
    rig.mem[2] = (struct dmacoh_mem){0, 0x1000, (uintptr_t)low, DMACOH_RAM_NODMA};
    ck_assert_int_eq(check(RIG_POOL, 0x90000000u), DMACOH_E_NOMAP);
}
END_TEST

/* Windows look like the first entry of the memory map that is linear, and only those that count are asked. */
START_TEST(no_linear_memory)
{
    rig_stop(&rig);
    rig_machine(&rig, 1, 4);
    rig.mem[4] = rig.mem[0];
    rig.mem[0].kind = DMACOH_RAM_NODMA;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_NOMAP);
}
END_TEST

/* Attributes that the caller gives are used, not those of the linear map. */
START_TEST(given_attributes)
{
    rig_stop(&rig);
    rig_machine(&rig, 1, 1);
    rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = 0x008u; /* write-through */
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    fake_clear();
    (void)dmacoh_armv7a_win_map(&rig.c, 0, 0, RIG_HIGH);
    ck_assert_uint_eq(fake->log[0].value, (uint32_t)RIG_HIGH | 0x008u | 0x013u);
}
END_TEST

/* Windows that end with a MiB need its table only: the next entry may be in use. */
START_TEST(one_table)
{
    rig_stop(&rig);
    rig_machine(&rig, 2, 4);
    rig.cfg.mmu.win_va = 0xf0ff8000u;
    rig.fake.win_va = rig.cfg.mmu.win_va;
    rig.cfg.mmu.tables_size = 1024;
    rig.root[0xf10] = (uint32_t)RIG_POOL | RIG_SECT_NC;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xf0f], (uint32_t)RIG_TABLES | 1u);
    ck_assert_uint_eq(rig.root[0xf10], (uint32_t)RIG_POOL | RIG_SECT_NC);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xf10], (uint32_t)RIG_POOL | RIG_SECT_NC);
}
END_TEST

/* A granule of a whole page is the largest; one CPU alone needs no broadcasting operations. */
START_TEST(limits_of_the_cpu)
{
    rig_stop(&rig);
    rig_machine(&rig, 1, 0);
    rig.fake.mpidr = 0;
    rig.fake.ctr = 0x8a44c004u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_line(&rig.c), 4096);
    rig.fake.ctr = 0x8b44c004u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_UNSUPP);
}
END_TEST

/* What the entry before said of its page does not count for an address without one. */
START_TEST(no_entry_after_an_entry)
{
    const int mapped = check(RIG_POOL, (uintptr_t)rig.pool_mem);
    const int missing = check(RIG_POOL, 0x90000000u);

    ck_assert_int_eq(mapped, DMACOH_OK);
    ck_assert_int_eq(missing, DMACOH_E_NOMAP);
}
END_TEST

/* A region that begins inside a section goes on behind it, where nothing is mapped. */
START_TEST(half_mapped)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem + RIG_POOL_SIZE / 2u;
    const uint64_t pa = RIG_POOL + RIG_POOL_SIZE / 2u;

    ck_assert_int_eq(
        dmacoh_armv7a_region_check(&rig.c, pa, RIG_POOL_SIZE / 2u, DMACOH_MEM_UNCACHED, va),
        DMACOH_OK);
    ck_assert_int_eq(dmacoh_armv7a_region_check(&rig.c, pa, RIG_POOL_SIZE, DMACOH_MEM_UNCACHED, va),
                     DMACOH_E_NOMAP);
}
END_TEST

/* Tables may end with the 32 bits that an entry has for their address. */
START_TEST(last_tables)
{
    rig_stop(&rig);
    rig_machine(&rig, 2, 4);
    rig.cfg.mmu.tables_phys = 0xfffff000u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    rig.cfg.mmu.tables_phys = 0xfffff400u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_RANGE);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_armv7a");
    TCase *t = tcase_create("backend");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, policies);
    tcase_add_test(t, no_entry);
    tcase_add_test(t, large_page);
    tcase_add_test(t, no_entry_and_memory_at_zero);
    tcase_add_test(t, no_linear_memory);
    tcase_add_test(t, given_attributes);
    tcase_add_test(t, one_table);
    tcase_add_test(t, limits_of_the_cpu);
    tcase_add_test(t, no_entry_after_an_entry);
    tcase_add_test(t, half_mapped);
    tcase_add_test(t, last_tables);
    suite_add_tcase(s, t);
    return rig_run(s);
}
