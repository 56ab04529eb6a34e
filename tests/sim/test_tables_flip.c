/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Changing a translation, format by format: the right sequence is searched to the end, and each
 * wrong one is the same report of both engines.
 *
 * Layout: PA 0 to 1 MiB is cached at VA C0000000; tables at 4000, the last-level table at 8000 serves
 * VA 80000000, whose second page is the one that changes; HIGH and FAR have no other mapping.
 */
#include <check.h>
#include <stdlib.h>

#include <dmacoh-sim/sim.h>

#include "insn/sim_insn.h"

#define LINE        16u
#define LONG_LINE   64u
#define C(pa)       (0xc0000000u + (pa))
#define HIGH        0x200000u
#define FAR         0x1200200000u /* bits above 32 */
#define PG          0x80001000u
#define TABLE       0x8000u
#define SHORT_ENTRY C(TABLE + 4u)
#define LONG_ENTRY  C(TABLE + 8u)
#define CONTIGUOUS  ((uint64_t)1 << 52)

static struct sim *scene;

static void dsb(void)
{
    sim_insn_barrier(SIM_INSN_DSB);
}

static void isb(void)
{
    sim_insn_barrier(SIM_INSN_ISB);
}

static void tlbi(uint32_t va)
{
    sim_insn_tlbi(SIM_INSN_TLBI_IS, va);
}

/* One entry, by the store that its format wants; cleaned where walks do not see the L1. */
static void put(uint64_t word, bool clean)
{
    const bool lpae = sim_model_of(scene)->tables == SIM_TABLES_LPAE;
    const uint32_t at = lpae ? LONG_ENTRY : SHORT_ENTRY;

    if (lpae) {
        sim_insn_store64(at, word);
    } else {
        sim_insn_store(at, (uint32_t)word, 4);
    }
    if (clean) {
        sim_insn_cache(SIM_INSN_CLEAN, at);
    }
}

static uint64_t entry(uint64_t pa, enum sim_memtype type)
{
    return sim_page_entry(scene, pa, type);
}

/* The page goes from one physical page to another, uncached one. */
static void flip(bool clean, bool do_break, bool do_tlbi, bool do_isb)
{
    if (do_break) {
        put(0, clean);
        dsb();
    }
    if (do_tlbi) {
        tlbi(PG);
        dsb();
        isb();
    }
    put(entry(HIGH + 0x1000u, SIM_MEM_UNCACHED), clean);
    dsb();
    if (do_isb) {
        isb();
    }
    (void)sim_load8(PG);
}

static void flip_well(void *arg)
{
    (void)arg;
    flip(false, true, true, true);
}

static void flip_and_clean(void *arg)
{
    (void)arg;
    flip(true, true, true, true);
}

static void flip_without_break(void *arg)
{
    (void)arg;
    flip(true, false, false, true);
}

static void flip_without_tlbi(void *arg)
{
    (void)arg;
    flip(true, true, false, true);
}

static void flip_without_isb(void *arg)
{
    (void)arg;
    flip(true, true, true, false);
}

/* ---- long descriptors in two halves ---- */

static void halves(uint64_t word, bool high_first)
{
    for (uint32_t i = 0; i < 2; i++) {
        const bool high = (i == 0) == high_first;

        sim_insn_store(LONG_ENTRY + (high ? 4u : 0u), (uint32_t)(high ? word >> 32 : word), 4);
    }
    dsb();
    isb();
}

static void make_low_first(void *arg)
{
    (void)arg;
    halves(entry(FAR, SIM_MEM_CACHED), false);
}

static void make_high_first(void *arg)
{
    (void)arg;
    halves(entry(FAR, SIM_MEM_CACHED), true);
    (void)sim_load8(PG);
}

static void make_at_once(void *arg)
{
    (void)arg;
    put(entry(FAR, SIM_MEM_CACHED), false);
    dsb();
    isb();
    (void)sim_load8(PG);
}

static void break_low_first(void *arg)
{
    (void)arg;
    (void)sim_load8(PG);
    halves(0, false);
}

static void break_high_first(void *arg)
{
    (void)arg;
    (void)sim_load8(PG);
    halves(0, true);
}

/* ---- contiguous runs ---- */

static uint64_t run_entry(uint32_t i, enum sim_memtype type)
{
    return entry(HIGH + i * 0x1000u, type) | CONTIGUOUS;
}

static void link_run(struct sim *s)
{
    for (uint32_t i = 0; i < 16; i++) {
        const uint64_t d = sim_page_entry(s, HIGH + i * 0x1000u, SIM_MEM_CACHED) | CONTIGUOUS;

        sim_poke32(s, TABLE + i * 8u, (uint32_t)d);
        sim_poke32(s, TABLE + i * 8u + 4u, (uint32_t)(d >> 32));
    }
    sim_watch_va(s, PG, 4096);
}

static void change_one_of_run(void *arg)
{
    (void)arg;
    put(0, false);
    dsb();
    tlbi(PG);
    dsb();
    isb();
    put(entry(HIGH + 0x1000u, SIM_MEM_UNCACHED), false);
}

static void change_whole_run(void *arg)
{
    (void)arg;
    for (uint32_t i = 0; i < 16; i++) {
        sim_insn_store64(C(TABLE + i * 8u), 0);
        dsb(); /* keeps the search small */
    }
    tlbi(PG);
    dsb();
    isb();
    for (uint32_t i = 0; i < 16; i++) {
        sim_insn_store64(C(TABLE + i * 8u), run_entry(i, SIM_MEM_UNCACHED));
        dsb();
    }
    isb();
    (void)sim_load8(PG);
}

/* ---- the cases ---- */

static void with_page(struct sim *s)
{
    sim_map_page(s, PG, HIGH, SIM_MEM_CACHED);
}

static void with_far_page(struct sim *s)
{
    sim_map_page(s, PG, FAR, SIM_MEM_CACHED);
}

static void empty(struct sim *s)
{
    sim_watch_va(s, PG, 4096);
}

static const struct {
    const char *what;
    enum sim_bug bug;
    enum sim_isa isa;
    enum sim_tables tables;
    void (*cpu)(void *);
    void (*page)(struct sim *s);
} cases[] = {
    {"v7 short", SIM_OK, SIM_ISA_V7A, SIM_TABLES_SHORT, flip_well, with_page},
    {"v6", SIM_OK, SIM_ISA_V6, SIM_TABLES_SHORT, flip_and_clean, with_page},
    {"v6, entry not cleaned", SIM_BBM, SIM_ISA_V6, SIM_TABLES_SHORT, flip_well, with_page},
    {"v6, no TLBI", SIM_BBM, SIM_ISA_V6, SIM_TABLES_SHORT, flip_without_tlbi, with_page},
    {"v5", SIM_OK, SIM_ISA_V5, SIM_TABLES_V5, flip_and_clean, with_page},
    {"v5, entry not cleaned", SIM_BBM, SIM_ISA_V5, SIM_TABLES_V5, flip_well, with_page},
    {"v5, no break", SIM_BBM, SIM_ISA_V5, SIM_TABLES_V5, flip_without_break, with_page},
    {"long", SIM_OK, SIM_ISA_V7A, SIM_TABLES_LPAE, flip_well, with_page},
    {"long, no break", SIM_BBM, SIM_ISA_V7A, SIM_TABLES_LPAE, flip_without_break, with_page},
    {"long, no TLBI", SIM_BBM, SIM_ISA_V7A, SIM_TABLES_LPAE, flip_without_tlbi, with_page},
    {"long, no ISB", SIM_TABLE_VISIBLE, SIM_ISA_V7A, SIM_TABLES_LPAE, flip_without_isb, with_page},
    {"long, made at once", SIM_OK, SIM_ISA_V7A, SIM_TABLES_LPAE, make_at_once, empty},
    {"long, high half first", SIM_OK, SIM_ISA_V7A, SIM_TABLES_LPAE, make_high_first, empty},
    {"long, torn: low half first", SIM_BBM, SIM_ISA_V7A, SIM_TABLES_LPAE, make_low_first, empty},
    {"long, broken in its low half first", SIM_OK, SIM_ISA_V7A, SIM_TABLES_LPAE, break_low_first,
     with_far_page},
    {"long, torn: broken high half first", SIM_BBM, SIM_ISA_V7A, SIM_TABLES_LPAE, break_high_first,
     with_far_page},
    {"one entry of a contiguous run", SIM_BBM, SIM_ISA_V7A, SIM_TABLES_LPAE, change_one_of_run,
     link_run},
    {"a whole contiguous run", SIM_OK, SIM_ISA_V7A, SIM_TABLES_LPAE, change_whole_run, link_run},
};

static void own(void *arg)
{
    (void)arg;
    sim_own(HIGH, 2 * 4096, SIM_OWN_RAW);
    sim_own(FAR, 4096, SIM_OWN_RAW);
}

static struct sim *tables_new(int i)
{
    struct sim_model m = *sim_model_find("cortex-a7");

    m.isa = cases[i].isa;
    m.tables = cases[i].tables;
    m.ncpu = 1;
    m.line = m.granule = cases[i].page == link_run ? LONG_LINE : LINE; /* few lines of tables */
    struct sim *s = sim_new(&m);
    sim_name(s, cases[i].what);
    sim_ram(s, 0x4000, 0xc000, SIM_RAM_TABLE);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, HIGH, 0x100000, SIM_RAM_NORMAL);
    sim_ram(s, FAR, 0x1000, SIM_RAM_NORMAL);
    sim_ttbr(s, 0x4000);
    sim_table_pool(s, 0xa000, 0x6000);
    sim_map_sections(s, C(0), 0, 1, SIM_MEM_CACHED);
    sim_map_table(s, 0x80000000u, TABLE);
    cases[i].page(s);
    sim_setup(s, own, NULL);
    sim_cpu(s, 0, cases[i].cpu, NULL);
    scene = s;
    return s;
}

START_TEST(change_of_translation)
{
    for (enum sim_engine e = SIM_ENGINE_SET; e <= SIM_ENGINE_CONCRETE; e++) {
        const struct sim_plan plan = {.engine = e};
        struct sim *s = tables_new(_i);
        const enum sim_verdict v = sim_run(s, &plan);
        const struct sim_report *r = sim_report(s);

        ck_assert_msg(v == (cases[_i].bug == SIM_OK ? SIM_DONE : SIM_BUG) &&
                          r->bug == cases[_i].bug,
                      "%s, engine %d: %s %s %s%s", cases[_i].what, (int)e, r->verdict_name,
                      r->bug_name, r->message, r->bound);
        ck_assert_msg(v == SIM_DONE || r->replayed, "%s does not replay", cases[_i].what);
        sim_free(s);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sim_tables_flip");
    TCase *tc = tcase_create("flip");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, change_of_translation, 0, (int)(sizeof cases / sizeof cases[0]));
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
