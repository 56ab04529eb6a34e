/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The ARMv6 backend: windows and tables at their edges. Found by scripts/mutants. */
#include "rig.h"

#include "armv6.h"
#include "window.h"

#define SCTLR     0x00c5187du /* MMU, caches, XP */
#define CTR       0x1d152152u
#define ALIASES   0x00800000u
#define MIDR_1176 0x410fb767u
#define MIDR_11MP 0x410fb024u

static struct rig rig;

/* The machine without an instance. */
static void machine(uint32_t ncpus, uint32_t slots, uint32_t midr, uint32_t ctr)
{
    rig_stop(&rig);
    rig_machine(&rig, ncpus, slots);
    rig.fake.midr = midr;
    rig.fake.ctr = ctr;
    rig.fake.sctlr = SCTLR;
    rig.cfg.backend = &dmacoh_be_armv6;
}

static int init(void)
{
    return dmacoh_init(&rig.c, &rig.cfg);
}

static void setup(void)
{
    rig_machine(&rig, 1, 4);
    machine(1, 4, MIDR_1176, CTR);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_clear();
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* --- windows --- */

/* No slots: nothing about them is looked at. */
START_TEST(no_slots)
{
    rig.c.mmu.win_slots = 0;
    rig.c.mmu.root = 0;
    rig.c.mmu.tables_va = 0;
    ck_assert_int_eq(dmacoh_armv6_win_init(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* The last slot ends where a MiB does: one table is enough, and the next MiB is somebody else's. */
START_TEST(whole_mib)
{
    machine(1, 4, MIDR_1176, CTR);
    rig.cfg.mmu.tables_size = 1024;
    rig.root[0xf10] = (uint32_t)RIG_POOL | RIG_SECT_NC;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xf10], (uint32_t)RIG_POOL | RIG_SECT_NC);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xf10], (uint32_t)RIG_POOL | RIG_SECT_NC);
}
END_TEST

/* With colours each slot takes four pages, so these four reach into the next MiB. */
START_TEST(slots_with_colours)
{
    machine(1, 4, MIDR_1176, CTR | ALIASES);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.root[0xf0f], (uint32_t)RIG_TABLES | 1u);
    ck_assert_uint_eq(rig.root[0xf10], (uint32_t)(RIG_TABLES + 1024u) | 1u);
}
END_TEST

/* The page at address 0 is put back into its slot like any other. */
START_TEST(page_at_zero)
{
    machine(1, 1, MIDR_1176, CTR);
    ck_assert_int_eq(init(), DMACOH_OK);
    struct job job = {.c = &rig.c};
    struct window outer;
    struct window inner;

    ck_assert_int_eq(window_open(&job, 0, &outer), DMACOH_OK);
    ck_assert_int_eq(window_open(&job, RIG_HIGH, &inner), DMACOH_OK);
    window_close(&job, &inner);
    const uint32_t *entry = (const uint32_t *)rig.fake.tables + (RIG_WIN_VA >> 12 & 0xffu);

    ck_assert_uint_eq(*entry, RIG_PTE_WB);
    window_close(&job, &outer);
    ck_assert_uint_eq(*entry, 0);
}
END_TEST

/* The tables' last byte is the last one that a descriptor can name. */
START_TEST(tables_at_the_top)
{
    machine(1, 4, MIDR_1176, CTR);
    rig.cfg.mmu.tables_phys = 0xfffff000u;
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

/* With a line for each slot's entry, slots begin at a multiple of their pages. */
START_TEST(slot_alignment)
{
    static const struct {
        uint32_t va;
        int rc;
    } want[] = {{0xf0ff1000u, DMACOH_E_ALIGN}, {0xf0ff8000u, DMACOH_OK}, {0xf0ff0000u, DMACOH_OK}};

    for (uint32_t i = 0; i < 3; i++) {
        machine(2, 1, MIDR_11MP, CTR);
        rig.cfg.flags = DMACOH_F_NO_PREFETCH;
        rig.cfg.mmu.win_va = want[i].va;
        rig.fake.win_va = want[i].va;
        ck_assert_int_eq(init(), want[i].rc);
    }
}
END_TEST

/* The attributes of linear memory count, whatever is mapped of other memory before it. */
START_TEST(attributes)
{
    for (uint32_t given = 0; given < 2; given++) {
        machine(1, 1, MIDR_1176, CTR);
        const struct dmacoh_mem linear = rig.mem[0];

        rig.mem[0] = (struct dmacoh_mem){RIG_NODMA, RIG_NODMA_SIZE, 0x90000000u, DMACOH_RAM_NODMA};
        rig.mem[2] = linear;
        rig.root[0x900] = (uint32_t)RIG_NODMA | RIG_SECT_NC;
        rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = given != 0 ? 0x408u : 0;
        ck_assert_int_eq(init(), DMACOH_OK);
        fake_clear();
        (void)dmacoh_armv6_win_map(&rig.c, 0, 0, RIG_HIGH);
        ck_assert_uint_eq(fake->log[0].value,
                          (uint32_t)RIG_HIGH | (given != 0 ? 0x41bu : RIG_PTE_WB));
    }
}
END_TEST

/* A CPU that leaves drops every page of its slots, and is done when it returns. */
START_TEST(cpu_down)
{
    machine(1, 2, MIDR_1176, CTR | ALIASES);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_clear();
    dmacoh_armv6_cpu_down(&rig.c, 0);
    ck_assert_uint_eq(fake->nlog, 10);
    for (uint32_t i = 0; i < 8; i++) {
        ck_assert_int_eq(fake->log[i].kind, FAKE_TLBI);
        ck_assert_uint_eq(fake->log[i].at, RIG_WIN_VA + i * 0x1000u);
    }
    ck_assert_int_eq(fake->log[8].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[9].kind, FAKE_ISB);
}
END_TEST

/* --- tables --- */

static int check(uint64_t pa, uint64_t len, uintptr_t va)
{
    return dmacoh_armv6_region_check(&rig.c, pa, len, DMACOH_MEM_UNCACHED, va);
}

/* An address without an entry is not mapped, though the entry's zero bits look like a low address. */
START_TEST(no_entry)
{
    const uintptr_t va = 0x90000000u;
    uint32_t *table = rig_va(&rig, RIG_TABLES + 0xc00u);

    ck_assert_int_eq(check(0x50000, 64, va + 0x50000u), DMACOH_E_NOMAP);
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = 0x200u; /* no bit of a type: any entry is good */
    table[5] = 0;
    rig.root[va >> 20] = (uint32_t)(RIG_TABLES + 0xc00u) | 1u;
    ck_assert_int_eq(check(0x5000, 64, va + 0x5000u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(0, 64, va + 0x5000u), DMACOH_E_NOMAP);
}
END_TEST

/* The table of an absent entry is not looked for, even where there is memory at its address, 0. */
START_TEST(no_entry_and_memory_at_zero)
{
    uint32_t *low = rig_va(&rig, RIG_LOW);

    low[0] = (uint32_t)RIG_POOL | 0x453u; /* would map the page, uncached */
    rig.mem[0].phys = 0;
    ck_assert_int_eq(check(RIG_POOL, 64, 0x90000000u), DMACOH_E_NOMAP);
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
    ck_assert_int_eq(check(RIG_POOL + 0x10000u, 0x10000, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x10000, va + 0x10000u), DMACOH_OK);
}
END_TEST

/* A region that begins within a page ends in the next one, which is looked at, too. */
START_TEST(from_within_a_page)
{
    const uintptr_t va = 0x90000000u;
    uint32_t *table = rig_va(&rig, RIG_TABLES + 0xc00u);

    rig.root[va >> 20] = (uint32_t)(RIG_TABLES + 0xc00u) | 1u;
    table[0] = (uint32_t)RIG_POOL | 0x453u;
    table[1] = ((uint32_t)RIG_POOL + 0x1000u) | 0x45eu; /* cached */
    ck_assert_int_eq(check(RIG_POOL + 0x100u, 0xf00, va + 0x100u), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL + 0x100u, 0x1000, va + 0x100u), DMACOH_E_ATTR);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_armv6");
    TCase *t = tcase_create("mutants_gap_armv6");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, no_slots);
    tcase_add_test(t, whole_mib);
    tcase_add_test(t, slots_with_colours);
    tcase_add_test(t, page_at_zero);
    tcase_add_test(t, tables_at_the_top);
    tcase_add_test(t, slot_alignment);
    tcase_add_test(t, attributes);
    tcase_add_test(t, cpu_down);
    tcase_add_test(t, no_entry);
    tcase_add_test(t, no_entry_and_memory_at_zero);
    tcase_add_test(t, large_page);
    tcase_add_test(t, from_within_a_page);
    suite_add_tcase(s, t);
    return rig_run(s);
}
