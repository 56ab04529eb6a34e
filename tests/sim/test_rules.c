/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Each rule of the machine is needed: with it a scene gets the right verdict, without it the same
 * scene gets another one.
 */
#include <check.h>
#include <stdlib.h>

#include "armv7a_insn.h"
#include "mem_insn.h"
#include "scenes.h"

#define LINE    16u
#define BUF     0x20000u
#define C(pa)   (0xc0000000u + (pa))
#define PG      0x80001000u
#define PTE     (C(0x8004u))
#define HIGH    0x200000u
#define SYN(pa) (0xd0000000u + (pa))
#define U(pa)   (0xe0000000u + (pa))

#define PL310_R1P0 0x410000c2u

enum extra {
    NONE,
    LATE_EVICT,
    TWO_CPUS,
    REMOTE_CLEAN,
    DIRTY_INVAL,
    LAST_STORE,
    OTHER_VA,
    WRITE_THROUGH,
    NO_ALLOCATE,
    ONE_INVALIDATION,
    PEER_LOAD,
    CLEAN_AT_ONCE,
    NO_SYNC,
    UNCACHED_LOAD,
    UNCACHED_STORE
};

struct need {
    enum sim_rule rule;
    int id, bug;       /* a scene of scenes.c, or ... */
    enum extra extra;  /* ... one of the scenes below */
    const char *model; /* NULL: the scene's own */
    enum sim_verdict with, without;
    bool concrete;     /* only the concrete engine has the rule */
    uint64_t also_off; /* rules that would hide this one */
};

static const struct need needs[] = {
    {SIM_RULE_POST_STORE, 3, 1, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_POST_CMO, 1, 4, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_POST_TLBI, 4, 5, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_VA_ORDER, 8, 1, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_DSB_ST, 1, 7, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_DMB, 1, 0, NONE, NULL, SIM_DONE, SIM_BUG, false, 0},
    {SIM_RULE_FILL, 1, 1, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_EVICT, 0, 0, LATE_EVICT, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_COHERENT, 0, 0, TWO_CPUS, NULL, SIM_DONE, SIM_BUG, false, 0},
    {SIM_RULE_BROADCAST, 0, 0, REMOTE_CLEAN, NULL, SIM_DONE, SIM_BUG, false, 0},
    {SIM_RULE_NC_LOAD, 1, 5, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_INV_CLEAN, 0, 0, DIRTY_INVAL, NULL, SIM_BUG, SIM_DONE, false,
     SIM_RULE(SIM_RULE_EVICT)},
    {SIM_RULE_DEV_POSTED, 1, 6, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_WALK, 4, 2, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_TLBI_SINCE, 4, 4, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_TLBI_ERRATUM, 4, 0, NONE, "cortex-a15", SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_WALK_POINT, 10, 1, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_ISB, 5, 5, NONE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_IRQ_WAIT, 4, 6, NONE, NULL, SIM_DONE, SIM_BUG, false, 0},
    {SIM_RULE_QUIESCE, 0, 0, LAST_STORE, NULL, SIM_BUG, SIM_DONE, true, 0},
    {SIM_RULE_SLOTS, 0, 0, OTHER_VA, "arm926", SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_WRITE_THROUGH, 0, 0, WRITE_THROUGH, "arm926-wt", SIM_DONE, SIM_BUG, false, 0},
    {SIM_RULE_NO_ALLOCATE, 0, 0, NO_ALLOCATE, "arm1176", SIM_DONE, SIM_BUG, false,
     SIM_RULE(SIM_RULE_FILL)},
    {SIM_RULE_NO_SPECULATION, 0, 0, ONE_INVALIDATION, "arm11mpcore", SIM_DONE, SIM_BUG, false, 0},
    {SIM_RULE_PEER_CLEAN, 0, 0, PEER_LOAD, "arm11mpcore", SIM_DONE, SIM_BUG, false, 0},
    {SIM_RULE_CMO_UNORDERED, 0, 0, CLEAN_AT_ONCE, NULL, SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_OUTER_SYNC, 0, 0, NO_SYNC, "cortex-a9-pl310", SIM_BUG, SIM_DONE, false, 0},
    {SIM_RULE_OUTER_LOOKUP, 0, 0, UNCACHED_LOAD, "cortex-a9-pl310-lookup", SIM_BUG, SIM_DONE, false,
     0},
    {SIM_RULE_OUTER_ERRATA, 0, 0, UNCACHED_STORE, "cortex-a9-pl310", SIM_BUG, SIM_DONE, false, 0},
};

static uint8_t *door, *done;

static void late_evict(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_doorbell(door);
}

/* The device reads back what it wrote: a dirty line may have been evicted over it. */
static void write_and_read(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    sim_dev_store(BUF, 0x55);
    sim_dev_done(done);
    (void)sim_dev_load(BUF);
}

static void store_and_tell(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_flag_set(door, 1);
}

static void load_when_told(void *arg)
{
    (void)arg;
    sim_wait(door, 1);
    (void)sim_load8(C(BUF));
}

static void clean_when_told(void *arg)
{
    (void)arg;
    sim_wait(door, 1);
    insn_dsb();
    insn_dccmvac(C(BUF));
    insn_dsb();
    sim_flag_set(done, 1);
}

static void read_when_done(void *arg)
{
    (void)arg;
    sim_dev_wait(done, 1);
    (void)sim_dev_load(BUF);
}

static void inval_dirty(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_doorbell(door);
    sim_wait(done, 1);
    sim_dev_reg_read(0);
    insn_dsb();
    insn_dcimvac(C(BUF));
    insn_dsb();
    (void)sim_load8(C(BUF));
}

static void write_once(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    sim_dev_store(BUF, 0x55);
    sim_dev_done(done);
}

static void change_entry_last(void *arg)
{
    (void)arg;
    insn_store32(PTE, sim_small_page(HIGH, SIM_MEM_UNCACHED));
}

/* ---- other caches ---- */

static void clean_other_va(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    insn_dccmvac(SYN(BUF));
    insn_dsb();
    sim_doorbell(door);
}

static void store_only(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_doorbell(door);
}

static void clean_at_once(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dccmvac(C(BUF));
    insn_dsb();
    sim_doorbell(door);
}

static void invalidate_before_only(void *arg)
{
    (void)arg;
    insn_dcimvac(C(BUF));
    insn_dsb();
    sim_doorbell(door);
    sim_wait(done, 1);
    sim_dev_reg_read(0);
    insn_dmb();
    (void)sim_load8(C(BUF));
}

static void load_and_ring(void *arg)
{
    (void)arg;
    sim_wait(door, 1);
    (void)sim_load8(C(BUF));
    sim_flag_set(done, 1);
}

static void no_sync(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    insn_dccmvac(C(BUF));
    insn_dsb();
    sim_outer_clean(BUF);
    insn_dsb();
    sim_doorbell(door);
}

static void uncached_load(void *arg)
{
    (void)arg;
    sim_doorbell(door);
    sim_wait(done, 1);
    sim_dev_reg_read(0);
    insn_dmb();
    (void)sim_load8(U(BUF));
}

static void uncached_store(void *arg)
{
    (void)arg;
    sim_store8(U(BUF), 0xa0);
    insn_dsb();
    sim_doorbell(door);
}

static void read_when_rung(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    (void)sim_dev_load(BUF);
}

static void other_caches(struct sim *s, enum extra extra)
{
    static void (*const program[])(void *) = {
        [OTHER_VA] = clean_other_va,
        [WRITE_THROUGH] = store_only,
        [NO_ALLOCATE] = store_only,
        [ONE_INVALIDATION] = invalidate_before_only,
        [PEER_LOAD] = store_and_tell,
        [CLEAN_AT_ONCE] = clean_at_once,
        [NO_SYNC] = no_sync,
        [UNCACHED_LOAD] = uncached_load,
        [UNCACHED_STORE] = uncached_store,
    };

    if (extra == UNCACHED_LOAD || extra == UNCACHED_STORE) {
        sim_map_sections(s, U(0), 0, 1, SIM_MEM_UNCACHED);
    } else {
        sim_map_sections(s, SYN(0), 0, 1, SIM_MEM_CACHED);
    }
    sim_cpu(s, 0, program[extra], NULL);
    if (extra == PEER_LOAD) {
        sim_cpu(s, 1, load_and_ring, NULL);
        (void)sim_device(s, read_when_done, NULL);
    } else if (extra == ONE_INVALIDATION || extra == UNCACHED_LOAD) {
        (void)sim_device(s, write_once, NULL);
    } else {
        (void)sim_device(s, read_when_rung, NULL);
    }
}

static void setup(void *arg)
{
    (void)arg;
    sim_own(BUF, LINE, SIM_OWN_RAW);
}

static struct sim *extra_new(const struct need *n, uint64_t rules_off)
{
    struct sim_model m = *sim_model_find(n->model != NULL ? n->model : "cortex-a7");

    m.line = m.granule = LINE;
    m.ncpu = n->extra == TWO_CPUS || n->extra == REMOTE_CLEAN || n->extra == PEER_LOAD ? 2 : 1;
    m.cmo_unordered = n->extra == CLEAN_AT_ONCE;
    if (n->extra == UNCACHED_STORE) {
        m.outer_id = PL310_R1P0;
    }
    m.rules_off = rules_off;
    struct sim *s = sim_new(&m);
    sim_ram(s, 0x4000, 0x5000, SIM_RAM_TABLE);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, HIGH, 0x1000, SIM_RAM_NORMAL);
    sim_ttbr(s, 0x4000);
    sim_map_sections(s, 0xc0000000u, 0, 1, SIM_MEM_CACHED);
    sim_map_table(s, 0x80000000u, 0x8000);
    door = sim_flags(s, 2);
    done = door + 1;
    sim_setup(s, setup, NULL);
    switch (n->extra) {
    case LATE_EVICT:
        sim_cpu(s, 0, late_evict, NULL);
        (void)sim_device(s, write_and_read, NULL);
        sim_device_posted(s, 0, false);
        break;
    case TWO_CPUS:
        sim_cpu(s, 0, store_and_tell, NULL);
        sim_cpu(s, 1, load_when_told, NULL);
        break;
    case REMOTE_CLEAN:
        sim_cpu(s, 0, store_and_tell, NULL);
        sim_cpu(s, 1, clean_when_told, NULL);
        (void)sim_device(s, read_when_done, NULL);
        break;
    case DIRTY_INVAL:
        sim_cpu(s, 0, inval_dirty, NULL);
        (void)sim_device(s, write_once, NULL);
        break;
    case LAST_STORE:
        sim_map_page(s, PG, HIGH, SIM_MEM_CACHED);
        sim_cpu(s, 0, change_entry_last, NULL);
        break;
    case NONE:
        break;
    default:
        other_caches(s, n->extra);
        break;
    }
    return s;
}

static void expect(const struct need *n, enum sim_engine engine, uint64_t rules_off,
                   enum sim_verdict want)
{
    const struct scene sc = {n->id, n->bug, 1, ""};
    const struct sim_plan plan = {.engine = engine, .no_witness = true, .no_shrink = true};
    struct sim *s =
        n->extra != NONE ? extra_new(n, rules_off) : scene_new(&sc, rules_off, n->model);
    const enum sim_verdict got = sim_run(s, &plan);

    ck_assert_msg(got == want, "rule %d, rules off %llx, engine %d: %s %s: %s", (int)n->rule,
                  (unsigned long long)rules_off, (int)engine, sim_report(s)->verdict_name,
                  sim_report(s)->bug_name, sim_report(s)->message);
    sim_free(s);
}

START_TEST(rule_is_needed)
{
    const struct need *n = &needs[_i];
    const enum sim_engine first = n->concrete ? SIM_ENGINE_CONCRETE : SIM_ENGINE_SET;

    ck_assert_int_eq(n->rule, _i); /* the table is complete and in order */
    for (enum sim_engine e = first; e <= SIM_ENGINE_CONCRETE; e++) {
        expect(n, e, n->also_off, n->with);
        expect(n, e, n->also_off | SIM_RULE(n->rule), n->without);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sim_rules");
    TCase *tc = tcase_create("rules");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, rule_is_needed, 0, (int)(sizeof needs / sizeof needs[0]));
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
