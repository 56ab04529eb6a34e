/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Formats of translation: what single words mean, without any engine. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <dmacoh-sim/sim.h>

#include "machine.h"

#define L1 0x4000u
#define L2 0x8000u
#define L3 0x9000u
#define VA 0x40301234u /* first-level word 0x403; LPAE: words 1, 1, 0x101 */

#define NC     ATTR_UNCACHED
#define DEV    ATTR_DEVICE
#define WB     ATTR_CACHED
#define WT     (ATTR_CACHED | ATTR_WT)
#define SHARED ATTR_SHARED
#define OS     (ATTR_SHARED | ATTR_OUTER)

static struct sim *machine(enum sim_tables tables, enum sim_isa isa)
{
    struct sim_model m = *sim_model_find("cortex-a7");

    m.tables = tables;
    m.isa = isa;
    struct sim *s = sim_new(&m);
    if (tables != SIM_TABLES_MPU) {
        sim_ram(s, L1, 0xc000, SIM_RAM_TABLE);
        sim_ttbr(s, L1);
        sim_table_pool(s, 0xa000, 0x6000);
    }
    return s;
}

/* Words of a walk, first level first, and what it gives. attr 0: no translation. */
struct decode {
    const char *what;
    enum sim_tables tables;
    uint64_t word[3];
    uint64_t pa;
    uint8_t attr, words, shift;
};

#define SHORT  SIM_TABLES_SHORT
#define V5     SIM_TABLES_V5
#define LONG   SIM_TABLES_LPAE
#define LINK   (L2 | 1u)       /* short formats */
#define LINK2  (L2 | 3u)       /* long descriptors, first level */
#define LINK3  (L3 | 3u)       /* second level */
#define LEAF   (1u << 10 | 3u) /* a page with AF */
#define BLOCK  (1u << 10 | 1u)
#define IDX(n) ((uint64_t)(n) << 2)
#define SH(n)  ((uint64_t)(n) << 8)

static const struct decode decodes[] = {
    {"nothing", SHORT, {0}, 0, 0, 1, 20},
    {"section, write-back", SHORT, {0x1230100eu | 2u}, 0x12301234u, WB, 1, 20},
    {"section, shared", SHORT, {0x1231100eu}, 0x12301234u, WB | SHARED, 1, 20},
    {"section, write-through", SHORT, {0x1230000au}, 0x12301234u, WT, 1, 20},
    {"section, uncached", SHORT, {0x12301002u}, 0x12301234u, NC, 1, 20},
    {"section, device", SHORT, {0x12300006u}, 0x12301234u, DEV, 1, 20},
    {"section, inner write-through", SHORT, {0x1230500au}, 0x12301234u, WT, 1, 20},
    {"supersection above 4 GiB", SHORT, {0x1254106eu}, 0x3512301234u, WB, 1, 20},
    {"small page", SHORT, {LINK, 0x1234504eu}, 0x12345234u, WB, 2, 12},
    {"large page", SHORT, {LINK, 0x1234100du}, 0x12341234u, WB, 2, 12},
    {"no page", SHORT, {LINK, 0}, 0, 0, 2, 12},

    {"section, nothing", V5, {0x12300012u}, 0x12301234u, DEV, 1, 20},
    {"section, B", V5, {0x12300016u}, 0x12301234u, NC, 1, 20},
    {"section, C", V5, {0x1230001au}, 0x12301234u, WT, 1, 20},
    {"section, C and B", V5, {0x1230001eu}, 0x12301234u, WB, 1, 20},
    {"TEX bits tell nothing", V5, {0x1230101au}, 0x12301234u, WT, 1, 20},
    {"fine table", V5, {L2 | 3u}, 0, 0, 1, 20},
    {"small page, B", V5, {LINK, 0x12345556u}, 0x12345234u, NC, 2, 12},
    {"small page, C and B", V5, {LINK, 0x1234555eu}, 0x12345234u, WB, 2, 12},
    {"large page, C", V5, {LINK, 0x12340ff9u}, 0x12341234u, WT, 2, 12},
    {"tiny page", V5, {LINK, 0x1234555fu}, 0, 0, 2, 12},

    {"nothing", LONG, {0}, 0, 0, 1, 30},
    {"1 GiB block", LONG, {0x80000000u | BLOCK | IDX(2) | SH(3)}, 0x80301234u, WB | SHARED, 1, 30},
    {"2 MiB block",
     LONG,
     {LINK2, 0x9912200000u | BLOCK | IDX(2) | SH(3)},
     0x9912301234u,
     WB | SHARED,
     2,
     21},
    {"page",
     LONG,
     {LINK2, LINK3, 0xff12345000u | LEAF | IDX(2) | SH(3)},
     0xff12345234u,
     WB | SHARED,
     3,
     12},
    {"page, uncached",
     LONG,
     {LINK2, LINK3, 0x12345000u | LEAF | IDX(1) | SH(2)},
     0x12345234u,
     NC | OS,
     3,
     12},
    {"page, uncached, not outer shareable",
     LONG,
     {LINK2, LINK3, 0x12345000u | LEAF | IDX(1) | SH(3)},
     0x12345234u,
     NC | SHARED,
     3,
     12},
    {"page, device: SH tells nothing",
     LONG,
     {LINK2, LINK3, 0x12345000u | LEAF},
     0x12345234u,
     DEV | OS,
     3,
     12},
    {"page, write-through",
     LONG,
     {LINK2, LINK3, 0x12345000u | LEAF | IDX(3)},
     0x12345234u,
     WT,
     3,
     12},
    {"page without access flag", LONG, {LINK2, LINK3, 0x12345003u | IDX(2)}, 0, 0, 3, 12},
    {"page of kind 01", LONG, {LINK2, LINK3, 0x12345000u | BLOCK | IDX(2)}, 0, 0, 3, 12},
    {"nothing in the second level", LONG, {LINK2, 0xfffff000u}, 0, 0, 2, 21},
};

static void poke(struct sim *s, uint64_t pa, uint64_t v)
{
    sim_poke32(s, pa, (uint32_t)v);
    if (table_word_bytes(s) == 8) {
        sim_poke32(s, pa + 4, (uint32_t)(v >> 32));
    }
}

START_TEST(words_decode)
{
    const struct decode *d = &decodes[_i];
    struct sim *s = machine(d->tables, SIM_ISA_V7A);
    const bool lpae = d->tables == LONG;
    struct xlat x;

    poke(s, lpae ? L1 + 8u : L1 + (VA >> 20) * 4u, d->word[0]);
    poke(s, lpae ? L2 + 8u : L2 + (VA >> 12 & 0xffu) * 4u, d->word[1]);
    poke(s, L3 + (VA >> 12 & 0x1ffu) * 8u, lpae ? d->word[2] : 0);
    const bool ok = table_decode(s, 0, VA, table_plain_word, &x);
    ck_assert_msg(ok == (d->attr != 0), "%s: translation %d", d->what, (int)ok);
    ck_assert_msg(x.n == d->words && x.shift == d->shift, "%s: %u words, shift %u", d->what,
                  (unsigned)x.n, (unsigned)x.shift);
    ck_assert_msg(!ok || (x.pa == d->pa && x.attr == d->attr), "%s: %llx type %x", d->what,
                  (unsigned long long)x.pa, (unsigned)x.attr);
    sim_free(s);
}
END_TEST

/* ---- what the setup functions write ---- */

struct mapped {
    enum sim_tables tables;
    enum sim_memtype type;
    uint8_t attr;
};

static const struct mapped maps[] = {
    {SHORT, SIM_MEM_CACHED, WB | SHARED},
    {SHORT, SIM_MEM_UNCACHED, NC | SHARED},
    {SHORT, SIM_MEM_DEVICE, DEV | SHARED},
    {SHORT, SIM_MEM_WRITE_THROUGH, WT | SHARED},
    {V5, SIM_MEM_CACHED, WB},
    {V5, SIM_MEM_UNCACHED, NC},
    {V5, SIM_MEM_DEVICE, DEV},
    {V5, SIM_MEM_WRITE_THROUGH, WT},
    {LONG, SIM_MEM_CACHED, WB | SHARED},
    {LONG, SIM_MEM_UNCACHED, NC | OS},
    {LONG, SIM_MEM_DEVICE, DEV | OS},
    {LONG, SIM_MEM_WRITE_THROUGH, WT | SHARED},
};

static void expect(struct sim *s, uint32_t va, uint64_t pa, uint8_t attr)
{
    struct xlat x;

    ck_assert_msg(table_decode(s, 0, va, table_plain_word, &x), "VA %08x", (unsigned)va);
    ck_assert_msg(x.pa == pa && x.attr == attr, "VA %08x: %llx type %x", (unsigned)va,
                  (unsigned long long)x.pa, (unsigned)x.attr);
}

START_TEST(maps_read_back)
{
    const struct mapped *m = &maps[_i];
    struct sim *s = machine(m->tables, SIM_ISA_V7A);

    sim_map_sections(s, 0xc0100000u, 0x300000u, 3, m->type);
    sim_map_table(s, 0x80000000u, 0x8000);
    sim_map_page(s, 0x80003000u, 0x123000u, m->type);
    expect(s, 0xc0100ffcu, 0x300ffcu, m->attr);
    expect(s, 0xc03ff004u, 0x5ff004u, m->attr);
    expect(s, 0x80003010u, 0x123010u, m->attr);
    ck_assert_int_ge(table_page_of(s, 0x80003000u), 0);
    table_scan_fixed(s);
    ck_assert_uint_eq(s->nfixed, 1); /* three MiB in a row; the page may change */
    ck_assert(s->fixed[0].pa == 0x300000u && s->fixed[0].n == 0x300000u);
    ck_assert_uint_eq(s->fixed[0].va, 0xc0100000u);
    ck_assert_uint_eq(s->fixed[0].attr, m->attr);
    sim_free(s);
}
END_TEST

START_TEST(long_maps_use_blocks_and_forty_bits)
{
    struct sim *s = machine(LONG, SIM_ISA_V7A);
    struct xlat x;

    sim_map_sections(s, 0xc0000000u, 0x8000000000u, 5, SIM_MEM_CACHED);
    ck_assert(table_decode(s, 0, 0xc0200000u, table_plain_word, &x) && x.shift == 21);
    ck_assert(table_decode(s, 0, 0xc0400000u, table_plain_word, &x) && x.shift == 12);
    expect(s, 0xc04fffffu, 0x80004fffffu, WB | SHARED);
    ck_assert(!table_decode(s, 0, 0xc0500000u, table_plain_word, &x));
    sim_map_table(s, 0x80000000u, 0x8000);
    sim_map_page(s, 0x80003000u, 0xff00123000u, SIM_MEM_UNCACHED);
    expect(s, 0x80003000u, 0xff00123000u, NC | OS);
    sim_free(s);
}
END_TEST

START_TEST(write_through_model_maps_cached_so)
{
    struct sim_model m = *sim_model_find("cortex-a7");

    m.tables = V5;
    m.isa = SIM_ISA_V5;
    m.write_through = true;
    struct sim *s = sim_new(&m);
    sim_ram(s, L1, 0xc000, SIM_RAM_TABLE);
    sim_ttbr(s, L1);
    sim_map_sections(s, 0, 0, 1, SIM_MEM_CACHED);
    expect(s, 0x10u, 0x10u, WT);
    ck_assert_uint_eq(sim_page_entry(s, 0x1000, SIM_MEM_CACHED) & 0xcu, 0x8u);
    sim_free(s);
}
END_TEST

/* Setup runs again at every sim_run(): the pool must not run dry. */
static struct sim *current;

static void map_in_setup(void *arg)
{
    (void)arg;
    sim_map_sections(current, 0xd0000000u, 0x100000u, 1, SIM_MEM_CACHED);
}

START_TEST(table_pool_starts_anew)
{
    struct sim *s = machine(LONG, SIM_ISA_V7A);

    current = s;
    sim_map_sections(s, 0x40000000u, 0, 1, SIM_MEM_CACHED);
    sim_setup(s, map_in_setup, NULL);
    for (int i = 0; i < 4; i++) {
        (void)sim_run(s, NULL);
        expect(s, 0x40000004u, 4u, WB | SHARED);
        expect(s, 0xd0000004u, 0x100004u, WB | SHARED);
    }
    sim_free(s);
}
END_TEST

/* ---- where walks look ---- */

START_TEST(walks_and_the_l1)
{
    static const struct {
        enum sim_isa isa;
        uint32_t flags;
        bool sees;
    } c[] = {{SIM_ISA_V7A, 0x4a, true},
             {SIM_ISA_V7A, 0, false},
             {SIM_ISA_V6, 0x4a, false},
             {SIM_ISA_V5, 0x4a, false}};

    for (size_t i = 0; i < sizeof c / sizeof c[0]; i++) {
        struct sim_model m = *sim_model_find("cortex-a7");

        m.isa = c[i].isa;
        m.ttbr_flags = c[i].flags;
        struct sim *s = sim_new(&m);
        ck_assert(table_walk_sees_l1(s) == c[i].sees);
        sim_free(s);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sim_tables");
    TCase *tc = tcase_create("formats");

    tcase_add_loop_test(tc, words_decode, 0, (int)(sizeof decodes / sizeof decodes[0]));
    tcase_add_loop_test(tc, maps_read_back, 0, (int)(sizeof maps / sizeof maps[0]));
    tcase_add_test(tc, long_maps_use_blocks_and_forty_bits);
    tcase_add_test(tc, write_through_model_maps_cached_so);
    tcase_add_test(tc, table_pool_starts_anew);
    tcase_add_test(tc, walks_and_the_l1);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
