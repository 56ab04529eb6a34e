/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* ID registers of each architecture, and the MPU: decoding, and flips between its regions. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <dmacoh-sim/sim.h>

#include "insn/sim_insn.h"
#include "machine.h"

#define PAGE_PA   0x20000u /* has a region of its own, disabled at the start */
#define RNR       0xd98u
#define RBAR      0xd9cu
#define RASR      0xda0u
#define CTRL      0xd94u
#define CACR      0xf9cu
#define UNCACHED  (1u << 28 | 3u << 24 | 1u << 19 | 1u << 18) /* XN, RW, TEX = 1, S */
#define SIZE(log) (((log)-1u) << 1 | 1u)

static struct sim_model model_of(enum sim_isa isa, enum sim_tables tables)
{
    struct sim_model m = *sim_model_find("cortex-a7");

    m.isa = isa;
    m.tables = tables;
    m.line = m.granule = 32;
    m.ncpu = 1;
    if (isa == SIM_ISA_V7M) {
        m.midr = 0x411fc271u;
        m.coherent_l1 = m.cmo_broadcast = m.inv_may_clean = false;
    }
    return m;
}

/* ---- ID registers: read in setup ---- */

static const struct {
    enum sim_isa isa;
    enum sim_tables tables;
    uint32_t alias;
    enum sim_insn_reg reg;
    uint32_t value;
} ids[] = {
    {SIM_ISA_V7A, SIM_TABLES_SHORT, 0, SIM_REG_MIDR, 0x410fc075u},
    {SIM_ISA_V7A, SIM_TABLES_SHORT, 0, SIM_REG_MPIDR, 0x80000000u},
    {SIM_ISA_V7A, SIM_TABLES_SHORT, 0, SIM_REG_CTR, 0x83338003u}, /* what a Cortex-A9 says */
    {SIM_ISA_V7A, SIM_TABLES_SHORT, 0, SIM_REG_CLIDR, 0x09200003u},
    {SIM_ISA_V7A, SIM_TABLES_SHORT, 0, SIM_REG_TTBCR, 0},
    {SIM_ISA_V7A, SIM_TABLES_SHORT, 0, SIM_REG_TTBR0, 0x404au},
    {SIM_ISA_V7A, SIM_TABLES_SHORT, 0, SIM_REG_MAIR0, 0},
    {SIM_ISA_V7A, SIM_TABLES_LPAE, 0, SIM_REG_TTBCR, 0x80003500u},
    {SIM_ISA_V7A, SIM_TABLES_LPAE, 0, SIM_REG_TTBR0, 0x4000u},
    {SIM_ISA_V7A, SIM_TABLES_LPAE, 0, SIM_REG_TTBR0_HI, 0},
    {SIM_ISA_V7A, SIM_TABLES_LPAE, 0, SIM_REG_MAIR0, 0xbbff4404u},
    {SIM_ISA_V7A, SIM_TABLES_LPAE, 0, SIM_REG_MAIR1, 0},
    {SIM_ISA_V7A, SIM_TABLES_LPAE, 0, SIM_REG_ACTLR, 0x40u},
    {SIM_ISA_V6, SIM_TABLES_SHORT, 0, SIM_REG_CTR, 0x1d152152u}, /* what an ARM1176 says */
    {SIM_ISA_V6, SIM_TABLES_SHORT, 16384, SIM_REG_CTR, 0x1d9d29d2u},
    {SIM_ISA_V6, SIM_TABLES_SHORT, 0, SIM_REG_MPIDR, 0},
    {SIM_ISA_V6, SIM_TABLES_SHORT, 0, SIM_REG_TTBCR, 0},
    {SIM_ISA_V6, SIM_TABLES_SHORT, 0, SIM_REG_TTBR0, 0x404au},
    {SIM_ISA_V6, SIM_TABLES_SHORT, 0, SIM_REG_SCTLR, 0x00c5187du},
    {SIM_ISA_V5, SIM_TABLES_V5, 0, SIM_REG_CTR, 0x1d152152u},
    {SIM_ISA_V5, SIM_TABLES_V5, 0, SIM_REG_TTBR0, 0x4000u},
    {SIM_ISA_V5, SIM_TABLES_V5, 0, SIM_REG_SCTLR, 0x0005107du},
};

static uint32_t got;

static void read_id(void *arg)
{
    got = sim_insn_read(ids[*(const int *)arg].reg);
}

START_TEST(id_registers)
{
    struct sim_model m = model_of(ids[_i].isa, ids[_i].tables);
    int i = _i;

    m.alias_boundary = ids[_i].alias;
    struct sim *s = sim_new(&m);
    sim_ram(s, 0x4000, 0x4000, SIM_RAM_TABLE);
    sim_ttbr(s, 0x4000);
    sim_setup(s, read_id, &i);
    (void)sim_run(s, NULL);
    ck_assert_msg(got == ids[_i].value, "row %d: %08x, want %08x", _i, (unsigned)got,
                  (unsigned)ids[_i].value);
    sim_free(s);
}
END_TEST

/* A register of another architecture is an undefined instruction. */
static void read_clidr(void *arg)
{
    (void)arg;
    (void)sim_insn_read(SIM_REG_CLIDR);
}

static void read_ttbcr(void *arg)
{
    (void)arg;
    (void)sim_insn_read(SIM_REG_TTBCR);
}

static void read_scs(void *arg)
{
    (void)arg;
    (void)sim_insn_scs_read(0xd00u);
}

static void write_nowhere(void *arg)
{
    (void)arg;
    sim_insn_scs_write(0xd08u, 0);
}

static void write_region_16(void *arg)
{
    (void)arg;
    sim_insn_scs_write(RNR, 16);
}

static void read_midr(void *arg)
{
    (void)arg;
    (void)sim_insn_read(SIM_REG_MIDR);
}

static const struct {
    enum sim_isa isa;
    enum sim_tables tables;
    void (*fn)(void *);
} undefined[] = {
    {SIM_ISA_V6, SIM_TABLES_SHORT, read_clidr},     {SIM_ISA_V5, SIM_TABLES_V5, read_ttbcr},
    {SIM_ISA_V7A, SIM_TABLES_SHORT, read_scs},      {SIM_ISA_V7M, SIM_TABLES_MPU, write_nowhere},
    {SIM_ISA_V7M, SIM_TABLES_MPU, write_region_16}, {SIM_ISA_V7M, SIM_TABLES_MPU, read_midr},
};

START_TEST(other_registers_are_undefined)
{
    const struct sim_model m = model_of(undefined[_i].isa, undefined[_i].tables);
    struct sim *s = sim_new(&m);

    sim_cpu(s, 0, undefined[_i].fn, NULL);
    ck_assert_int_eq(sim_run(s, NULL), SIM_BUG);
    ck_assert_int_eq(sim_report(s)->bug, SIM_FAULT);
    sim_free(s);
}
END_TEST

static void read_m7(void *arg)
{
    (void)arg;
    ck_assert_uint_eq(sim_insn_scs_read(0xd00u), 0x411fc271u);
    ck_assert_uint_eq(sim_insn_scs_read(0xd14u) & 0x10000u, 0x10000u); /* CCR.DC */
    ck_assert_uint_eq(sim_insn_scs_read(0xd7cu), 0x8303c003u);         /* CTR of a Cortex-M7 */
    ck_assert_uint_eq(sim_insn_scs_read(0xd80u) & 0x0fffffffu, 0x001fe019u);
    ck_assert_uint_eq(sim_insn_scs_read(0xd90u), 0x1000u);
    ck_assert_uint_eq(sim_insn_scs_read(0xf94u), 7u << 3 | 1u);
    sim_insn_scs_write(0xd84u, 1);
    ck_assert_uint_eq(sim_insn_scs_read(0xd84u), 1);
    sim_insn_scs_write(RBAR, 0x20000000u | 0x10u | 5u);
    ck_assert_uint_eq(sim_insn_scs_read(RNR), 5);
    sim_insn_scs_write(RASR, UNCACHED | SIZE(16));
    ck_assert_uint_eq(sim_insn_scs_read(RASR), UNCACHED | SIZE(16));
    ck_assert_uint_eq(sim_insn_scs_read(RBAR), 0x20000005u);
}

START_TEST(system_control_space)
{
    struct sim_model m = model_of(SIM_ISA_V7M, SIM_TABLES_MPU);

    m.dtcmcr = 7u << 3 | 1u; /* 64 KiB */
    struct sim *s = sim_new(&m);
    sim_setup(s, read_m7, NULL);
    (void)sim_run(s, NULL);
    sim_free(s);
}
END_TEST

/* ---- MPU: decoding ---- */

static void type_at(struct sim *s, uint32_t va, uint8_t attr)
{
    struct xlat x;
    const bool ok = table_decode(s, 0, va, table_plain_word, &x);

    ck_assert_msg(x.attr == attr && ok == (attr != ATTR_NONE) && x.pa == va,
                  "%08x: type %x, want %x", (unsigned)va, (unsigned)x.attr, (unsigned)attr);
}

static void raw_region(struct sim *s, uint32_t n, uint32_t base, uint32_t rasr)
{
    ck_assert(mpu_write(s, 0, RBAR, base | 0x10u | n) && mpu_write(s, 0, RASR, rasr));
}

START_TEST(mpu_decodes)
{
    struct sim_model m = model_of(SIM_ISA_V7M, SIM_TABLES_MPU);

    m.itcmcr = 5u << 3 | 1u; /* 16 KiB at 0 */
    m.dtcmcr = 4u << 3;      /* not enabled */
    struct sim *s = sim_new(&m);
    s->in_setup = true;
    /* off: the background map, and TCM */
    type_at(s, 0x0u, ATTR_UNCACHED);
    type_at(s, 0x3fffu, ATTR_UNCACHED);
    type_at(s, 0x4000u, ATTR_CACHED | ATTR_WT);
    type_at(s, 0x20000000u, ATTR_CACHED);
    type_at(s, 0x40000000u, ATTR_DEVICE);
    type_at(s, 0x60000000u, ATTR_CACHED);
    type_at(s, 0x90000000u, ATTR_CACHED | ATTR_WT);
    type_at(s, 0xa0000000u, ATTR_DEVICE);
    type_at(s, 0xe000ed00u, ATTR_DEVICE);
    sim_mpu_region(s, 0, 0, 0, SIM_MEM_CACHED); /* all of it */
    type_at(s, 0xa0000000u, ATTR_CACHED);
    type_at(s, 0x0u, ATTR_UNCACHED); /* TCM stays what it is */
    sim_mpu_region(s, 3, 0x20000000u, 0x10000u, SIM_MEM_UNCACHED);
    sim_mpu_region(s, 2, 0x20000000u, 0x20000u, SIM_MEM_WRITE_THROUGH);
    sim_mpu_region(s, 9, 0x40000000u, 0x20u, SIM_MEM_DEVICE);
    type_at(s, 0x2000ffffu, ATTR_UNCACHED | ATTR_SHARED); /* the higher number wins */
    type_at(s, 0x20010000u, ATTR_CACHED | ATTR_WT);
    type_at(s, 0x20020000u, ATTR_CACHED);
    type_at(s, 0x4000001fu, ATTR_DEVICE | ATTR_SHARED);
    type_at(s, 0x40000020u, ATTR_CACHED);
    raw_region(s, 3, 0x20000000u, UNCACHED | SIZE(16) | 0x8100u); /* first and last eighth off */
    type_at(s, 0x20001fffu, ATTR_CACHED | ATTR_WT);
    type_at(s, 0x20002000u, ATTR_UNCACHED | ATTR_SHARED);
    type_at(s, 0x2000e000u, ATTR_CACHED | ATTR_WT);
    raw_region(s, 3, 0x20000000u, 1u << 19 | 7u << 16 | SIZE(16)); /* cacheable and shareable */
    type_at(s, 0x20000000u, ATTR_UNCACHED | ATTR_SHARED);
    ck_assert(mpu_write(s, 0, CACR, 1)); /* SIWT */
    type_at(s, 0x20000000u, ATTR_CACHED | ATTR_WT | ATTR_SHARED);
    raw_region(s, 0, 0, 0);
    ck_assert(mpu_write(s, 0, CTRL, 1)); /* no background map */
    type_at(s, 0x60000000u, ATTR_NONE);
    ck_assert(!mpu_write(s, 0, RNR, SIM_MPU_REGIONS));
    sim_free(s);
}
END_TEST

/* ---- MPU: flips ---- */

static void dsb(void)
{
    sim_insn_barrier(SIM_INSN_DSB);
}

static void isb(void)
{
    sim_insn_barrier(SIM_INSN_ISB);
}

static void clean_inval(void)
{
    dsb();
    sim_insn_cache(SIM_INSN_CLEAN_INVAL, PAGE_PA);
    dsb();
    isb();
}

static void to_uncached(bool barriers)
{
    sim_insn_scs_write(RNR, 3);
    sim_insn_scs_write(RASR, UNCACHED | SIZE(12));
    if (barriers) {
        dsb();
        isb();
    }
}

static uint8_t *door, *done;

/* Memory that had been cacheable becomes a coherent buffer; the device writes it. */
static void receive(bool before, bool barriers, bool after)
{
    sim_store8(PAGE_PA, 0x11);
    if (before) {
        clean_inval();
    }
    to_uncached(barriers);
    if (after) {
        clean_inval();
    }
    sim_doorbell(door);
    sim_wait(done, 1);
    sim_dev_reg_read(0);
    dsb();
    (void)sim_load8(PAGE_PA);
}

static void flip_well(void *arg)
{
    (void)arg;
    receive(true, true, true);
}

static void flip_no_second_clean(void *arg)
{
    (void)arg;
    receive(true, true, false);
    sim_insn_scs_write(RASR, 0); /* cacheable again, without the invalidation of the way back */
    dsb();
    isb();
    (void)sim_load8(PAGE_PA);
}

static void flip_no_barriers(void *arg)
{
    (void)arg;
    receive(true, false, true);
}

static void flip_dirty(void *arg)
{
    (void)arg;
    receive(false, true, false);
}

/* A store through the old, cacheable view leaves the store buffer late. */
static void flip_and_back(void *arg)
{
    (void)arg;
    receive(true, true, true);
    dsb();
    sim_insn_scs_write(RASR, 0);
    dsb();
    isb();
    sim_insn_cache(SIM_INSN_INVAL, PAGE_PA);
    dsb();
    isb();
    (void)sim_load8(PAGE_PA);
}

static void no_map(void *arg)
{
    (void)arg;
    sim_insn_scs_write(CTRL, 1);
    dsb();
    isb();
    (void)sim_load8(0x80000u);
}

static void dev_write(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    sim_dev_store(PAGE_PA, 0x55);
    sim_dev_done(done);
}

static const struct {
    const char *what;
    enum sim_bug bug;
    void (*cpu)(void *);
} flips[] = {
    {"mpu flip", SIM_OK, flip_well},
    {"mpu flip and back", SIM_OK, flip_and_back},
    {"mpu flip without DSB and ISB", SIM_TABLE_VISIBLE, flip_no_barriers},
    {"mpu flip, lines of the gap stay", SIM_STALE_CPU, flip_no_second_clean},
    {"mpu flip of dirty lines", SIM_STALE_CPU, flip_dirty},
    {"mpu without the background map", SIM_FAULT, no_map},
};

static void own(void *arg)
{
    (void)arg;
    sim_own(PAGE_PA, 4096, SIM_OWN_RAW);
    sim_insn_scs_write(RBAR, PAGE_PA | 0x10u | 3u);
    sim_insn_scs_write(RASR, 0);
}

START_TEST(mpu_flips)
{
    for (enum sim_engine e = SIM_ENGINE_SET; e <= SIM_ENGINE_CONCRETE; e++) {
        const struct sim_plan plan = {.engine = e};
        const struct sim_model m = model_of(SIM_ISA_V7M, SIM_TABLES_MPU);
        struct sim *s = sim_new(&m);

        sim_name(s, flips[_i].what);
        sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
        sim_mpu_region(s, 0, 0, 0x80000u, SIM_MEM_CACHED);
        door = sim_flags(s, 2);
        done = door + 1;
        sim_setup(s, own, NULL);
        sim_cpu(s, 0, flips[_i].cpu, NULL);
        (void)sim_device(s, dev_write, NULL);
        const enum sim_verdict v = sim_run(s, &plan);
        const struct sim_report *r = sim_report(s);
        ck_assert_msg(v == (flips[_i].bug == SIM_OK ? SIM_DONE : SIM_BUG) &&
                          r->bug == flips[_i].bug,
                      "%s, engine %d: %s %s %s%s", flips[_i].what, (int)e, r->verdict_name,
                      r->bug_name, r->message, r->bound);
        ck_assert_msg(v == SIM_DONE || r->replayed, "%s does not replay", flips[_i].what);
        sim_free(s);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sim_tables_id");
    TCase *tc = tcase_create("registers");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, id_registers, 0, (int)(sizeof ids / sizeof ids[0]));
    tcase_add_loop_test(tc, other_registers_are_undefined, 0,
                        (int)(sizeof undefined / sizeof undefined[0]));
    tcase_add_test(tc, system_control_space);
    tcase_add_test(tc, mpu_decodes);
    tcase_add_loop_test(tc, mpu_flips, 0, (int)(sizeof flips / sizeof flips[0]));
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
