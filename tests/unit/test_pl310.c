/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The outer cache PL310 behind a Cortex-A9: what is refused, each register access, and the order of both
 * levels.
 */
#include "rig.h"

#include "armv7a.h"
#include "core.h"
#include "pl310.h"

#include <string.h>

#define L2_VA     0x70000000u
#define CORTEX_A9 0x413fc090u
#define CORTEX_A5 0x410fc051u
#define CTR_A9    0x83338003u /* lines and granule of 32 bytes */
#define MMFR3_A9  0x00102111u

#define SYNC      0x730u
#define DUMMY     0x740u
#define INVAL     0x770u
#define CLEAN     0x7b0u
#define CLEAN_INV 0x7f0u
#define DEBUG     0xf40u

#define R0P0 0x00u
#define R1P0 0x02u
#define R2P0 0x04u
#define R3P0 0x05u
#define R3P1 0x06u
#define R3P3 0x09u
#define ID   0x410000c0u

#define FLAGS (BE_P_SPECULATES | BE_P_TLB_BCAST | BE_P_INV_MAY_CLEAN)

static struct rig rig;
static int outer_write_result;
static struct dmacoh_port_ops ops;

static int outer_write(void *ctx, uint32_t reg, uint32_t val)
{
    ck_assert_ptr_eq(ctx, &rig);
    fake_log(FAKE_SECURE, reg, val);
    return outer_write_result;
}

/* A Cortex-A9 of two CPUs with that release of the controller. */
static void machine(uint32_t release)
{
    rig_machine(&rig, 2, 4);
    rig.fake.midr = CORTEX_A9;
    rig.fake.ctr = CTR_A9;
    rig.fake.ttbr0 = 0x4au;
    rig.fake.mmfr3 = MMFR3_A9;
    rig.fake.l2_va = L2_VA;
    rig.fake.l2_id = ID | release;
    rig.fake.l2_control = 1;
    rig.fake.l2_aux = 1u << 22;
    rig.cfg.outer_va = L2_VA;
    ops = (struct dmacoh_port_ops){.outer_write = outer_write};
    rig.cfg.ops = &ops;
    rig.cfg.ops_ctx = &rig;
    outer_write_result = 0;
}

static int init(void)
{
    return dmacoh_init(&rig.c, &rig.cfg);
}

static void start(uint32_t release)
{
    machine(release);
    ck_assert_int_eq(init(), DMACOH_OK);
    rig_pools(&rig);
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
    fake_clear();
}

static void setup(void)
{
    start(R3P3);
}

static void restart(uint32_t release)
{
    rig_stop(&rig);
    start(release);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* --- init --- */

START_TEST(rows)
{
    static const struct {
        uint32_t midr, release;
        const char *name;
        uint32_t flags, sync;
    } want[] = {
        {CORTEX_A9, R0P0, "cortex-a9, pl310 before r2p0", BE_P_OUTER | BE_P_OUTER_ATOMIC, SYNC},
        {CORTEX_A9, R1P0, "cortex-a9, pl310 before r2p0", BE_P_OUTER | BE_P_OUTER_ATOMIC, SYNC},
        {CORTEX_A9, 0x03u, "cortex-a9, pl310 before r2p0", BE_P_OUTER | BE_P_OUTER_ATOMIC, SYNC},
        {CORTEX_A9, R2P0, "cortex-a9, pl310", BE_P_OUTER, SYNC},
        {CORTEX_A9, R3P0, "cortex-a9, pl310", BE_P_OUTER, DUMMY},
        {CORTEX_A9, R3P1, "cortex-a9, pl310", BE_P_OUTER, SYNC},
        {CORTEX_A9, R3P3, "cortex-a9, pl310", BE_P_OUTER, SYNC},
        {CORTEX_A9, 0x3fu, "cortex-a9, pl310", BE_P_OUTER, SYNC},
        {CORTEX_A5, R3P3, "cortex-a5, pl310", BE_P_OUTER, SYNC},
    };

    for (uint32_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
        rig_stop(&rig);
        machine(want[i].release);
        rig.fake.midr = want[i].midr;
        ck_assert_int_eq(init(), DMACOH_OK);
        ck_assert_str_eq(rig.c.policy->name, want[i].name);
        ck_assert_uint_eq(rig.c.policy->flags & ~V7_P_ONE_LINE_SIZE, FLAGS | want[i].flags);
        ck_assert((rig.c.policy->flags & V7_P_ONE_LINE_SIZE) == 0 || want[i].midr == CORTEX_A9);
        ck_assert_uint_eq(rig.c.be_priv[V7_L2_SYNC], want[i].sync);
        ck_assert_uint_eq(dmacoh_line(&rig.c), 32);
        ck_assert_uint_eq(rig.c.step, 32);
        /* The debug register is tried where it will be needed, and nowhere else. */
        const bool early = (want[i].flags & BE_P_OUTER_ATOMIC) != 0;

        ck_assert_uint_eq(fake_count(FAKE_SECURE), early ? 1 : 0);
        ck_assert_uint_eq(fake_count(FAKE_L2), 0);
        if (early) {
            const struct fake_event *e = &rig.fake.log[fake_find(FAKE_SECURE, 0)];

            ck_assert_uint_eq(e->at, DEBUG);
            ck_assert_uint_eq(e->value, 0);
        }
    }
}
END_TEST

START_TEST(operations_of_rows)
{
    static const uint8_t want[3][BE_NTRANSITIONS] = {{BE_CLEAN, BE_CLEAN, BE_INVAL},
                                                     {BE_CLEAN, BE_CLEAN, BE_NOP},
                                                     {BE_CLEAN, BE_INVAL, BE_INVAL}};
    static const uint32_t outer[] = {0, BE_P_OUTER, V7_OUTER_FLAGS};
    static const uint32_t midr[] = {CORTEX_A9, CORTEX_A5, 0x413fc0f3u, 0x410fc075u, 0x560f5811u};

    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t k = 0; k < 5; k++) {
            const struct dmacoh_policy *p = armv7a_policy(midr[k], outer[i]);

            ck_assert_mem_eq(p->op, want, sizeof(want));
            ck_assert_uint_eq(p->flags & ~(V7_OUTER_FLAGS | V7_P_ONE_LINE_SIZE), FLAGS);
            ck_assert_uint_eq(p->va_last, UINT32_MAX);
            ck_assert_uint_eq(p->alias_boundary, 0);
        }
    }
    ck_assert_uint_ne(armv7a_policy(CORTEX_A9, V7_OUTER_FLAGS)->flags & V7_P_ONE_LINE_SIZE, 0);
    ck_assert_uint_ne(armv7a_policy(CORTEX_A9, BE_P_OUTER)->flags & V7_P_ONE_LINE_SIZE, 0);
    ck_assert_str_eq(armv7a_policy(CORTEX_A9, 0)->name, "cortex-a9");
    ck_assert_str_eq(armv7a_policy(CORTEX_A5, 0)->name, "armv7-a");
    ck_assert_uint_eq(armv7a_policy(CORTEX_A9, 0)->flags, FLAGS | V7_P_ONE_LINE_SIZE);
    ck_assert_uint_eq(armv7a_policy(CORTEX_A5, 0)->flags, FLAGS);
    ck_assert_uint_eq(armv7a_policy(CORTEX_A5, V7_OUTER_FLAGS)->flags, FLAGS);
}
END_TEST

START_TEST(refused)
{
    for (uint32_t k = 0; k < 10; k++) {
        int want = DMACOH_E_UNSUPP;

        rig_stop(&rig);
        machine(k >= 7 ? R1P0 : R3P3);
        switch (k) {
        case 0:
            rig.fake.l2_id = 0x410000c9u ^ 0x40u; /* another part: L220 */
            break;
        case 1:
            rig.fake.l2_id ^= 0x01000000u; /* another implementer */
            break;
        case 2:
            rig.fake.l2_control = 0;
            break;
        case 3:
            rig.fake.l2_aux |= 1u << 13; /* shareable invalidate */
            break;
        case 4:
            rig.fake.l2_aux |= 1u << 12; /* exclusive */
            break;
        case 5:
            rig.fake.midr = 0x410fc075u; /* a Cortex-A7 has its second level inside */
            break;
        case 6:
            rig.fake.l2_aux = 0; /* no shareable override: a duty of whoever adds regions */
            want = DMACOH_OK;
            break;
        case 7:
            rig.cfg.ops = NULL;
            break;
        case 8:
            ops.outer_write = NULL;
            break;
        default:
            outer_write_result = -1;
            break;
        }
        ck_assert_int_eq(init(), want);
        ck_assert_uint_eq(fake_count(FAKE_ENTRY) != 0, want == DMACOH_OK);
    }
    /* A later release asks nothing of the port. */
    rig_stop(&rig);
    machine(R3P3);
    rig.cfg.ops = NULL;
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

/* The unit of ownership is never below a line of the outer cache. */
START_TEST(line)
{
    rig_stop(&rig);
    machine(R3P3);
    rig.fake.ctr = 0x82228003u; /* 16 bytes */
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_line(&rig.c), 32);
    ck_assert_uint_eq(rig.c.step, 16);
    rig.fake.ctr = 0x8444c004u;
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_line(&rig.c), 64);
}
END_TEST

/* Without a controller a Cortex-A9 is a CPU like any other. */
START_TEST(no_controller)
{
    rig_stop(&rig);
    machine(R3P3);
    rig.cfg.outer_va = 0;
    rig.fake.ttbr0 = 0; /* walks that look into no cache: there is but one level */
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 512 + 2);
    ck_assert_uint_eq(fake_count(FAKE_L2), 0);
    ck_assert_uint_eq(rig.c.policy->flags, FLAGS | V7_P_ONE_LINE_SIZE);
    ck_assert_uint_eq(rig.c.be_priv[V7_L2_SYNC], 0);
    rig.fake.ctr = 0x82228003u; /* lines of 16 bytes stay what they are */
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(dmacoh_line(&rig.c), 16);
    fake_clear();
    dmacoh_armv7a_barrier(&rig.c, BE_BAR_WMB);
    dmacoh_armv7a_barrier(&rig.c, BE_BAR_PUBLISH);
    ck_assert_uint_eq(fake->nlog, 2);
    ck_assert_int_eq(fake->log[0].kind, FAKE_DMB_ST);
    ck_assert_int_eq(fake->log[1].kind, FAKE_DSB_ST);
}
END_TEST

START_TEST(second_cpu)
{
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    rig.fake.midr = 0x410fc075u; /* no CPU that stands before this cache */
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.fake.midr = CORTEX_A5;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
}
END_TEST

/* --- operations --- */

struct step {
    enum fake_kind kind;
    uint64_t at, value;
};

static void steps_are(uint32_t from, const struct step *want, uint32_t n)
{
    ck_assert_uint_eq(fake->nlog, from + n);
    for (uint32_t i = 0; i < n; i++) {
        const struct fake_event *e = &fake->log[from + i];

        ck_assert_int_eq(e->kind, want[i].kind);
        ck_assert_uint_eq(e->at, want[i].at);
        ck_assert_uint_eq(e->value, want[i].value);
    }
}
#define STEPS_ARE(...)                                                                             \
    steps_are(0, (const struct step[]){__VA_ARGS__},                                               \
              sizeof((const struct step[]){__VA_ARGS__}) / sizeof(struct step))

START_TEST(op_outer)
{
    static const struct {
        enum be_op op;
        uint32_t reg;
    } want[] = {{BE_CLEAN, CLEAN}, {BE_INVAL, INVAL}, {BE_CLEAN_INVAL, CLEAN_INV}};

    for (uint32_t i = 0; i < 3; i++) {
        const uint32_t reg = want[i].reg;

        fake_clear();
        dmacoh_armv7a_op_outer(&rig.c, want[i].op, 0x40000021u, 0x4000005fu);
        STEPS_ARE({FAKE_L2, reg, 0x40000020u}, {FAKE_L2, reg, 0x40000040u}, {FAKE_L2, SYNC, 0},
                  {FAKE_L2_READ, SYNC, 0});
        fake_clear();
        dmacoh_armv7a_op_outer(&rig.c, want[i].op, 0xffffffe0u, 0xffffffffu);
        STEPS_ARE({FAKE_L2, reg, 0xffffffe0u}, {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0});
    }
}
END_TEST

/* It waits for a background operation, and not for more. */
START_TEST(busy)
{
    rig.fake.l2_busy = 2;
    dmacoh_armv7a_op_outer(&rig.c, BE_INVAL, 0, 0);
    STEPS_ARE({FAKE_L2, INVAL, 0}, {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0},
              {FAKE_L2_READ, SYNC, 0}, {FAKE_L2_READ, SYNC, 0});
}
END_TEST

/* 753970: the drain goes to another register, and is waited for at SYNC. */
START_TEST(sync_elsewhere)
{
    restart(R3P0);
    dmacoh_armv7a_op_outer(&rig.c, BE_CLEAN, 64, 95);
    STEPS_ARE({FAKE_L2, CLEAN, 64}, {FAKE_L2, DUMMY, 0}, {FAKE_L2_READ, SYNC, 0});
}
END_TEST

/* 588369: clean and invalidate in two, with the debug register round both; the others as ever. */
START_TEST(clean_inval_in_two)
{
    restart(R1P0);
    dmacoh_armv7a_op_outer(&rig.c, BE_CLEAN_INVAL, 32, 95);
    STEPS_ARE({FAKE_SECURE, DEBUG, 3}, {FAKE_L2, CLEAN, 32}, {FAKE_L2, CLEAN, 64},
              {FAKE_L2, INVAL, 32}, {FAKE_L2, INVAL, 64}, {FAKE_L2, SYNC, 0},
              {FAKE_L2_READ, SYNC, 0}, {FAKE_SECURE, DEBUG, 0});
    fake_clear();
    dmacoh_armv7a_op_outer(&rig.c, BE_INVAL, 32, 32);
    STEPS_ARE({FAKE_L2, INVAL, 32}, {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0});
    fake_clear();
    dmacoh_armv7a_op_outer(&rig.c, BE_CLEAN, 32, 32);
    STEPS_ARE({FAKE_L2, CLEAN, 32}, {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0});
}
END_TEST

/* Stores to uncached memory are pushed out of the controller, too. */
START_TEST(barriers)
{
    static const enum be_bar pushing[] = {BE_BAR_WMB, BE_BAR_PUBLISH};

    for (uint32_t i = 0; i < 2; i++) {
        fake_clear();
        dmacoh_armv7a_barrier(&rig.c, pushing[i]);
        STEPS_ARE({FAKE_DSB_ST, 0, 0}, {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0},
                  {FAKE_DSB, 0, 0});
    }
    fake_clear();
    dmacoh_armv7a_barrier(&rig.c, BE_BAR_RMB);
    dmacoh_armv7a_barrier(&rig.c, BE_BAR_BEGIN);
    dmacoh_armv7a_barrier(&rig.c, BE_BAR_DONE);
    STEPS_ARE({FAKE_DMB, 0, 0}, {FAKE_DSB, 0, 0}, {FAKE_DSB, 0, 0});
}
END_TEST

/* --- both levels --- */

START_TEST(to_the_device_and_back)
{
    struct dmacoh_map map = {0};
    const uint64_t pa = RIG_LOW + 0x1000u;
    const uint64_t va = (uintptr_t)rig.low + 0x1000u;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, pa, 32, DMACOH_BIDIRECTIONAL, 0), DMACOH_OK);
    STEPS_ARE({FAKE_DSB, 0, 0}, {FAKE_CLEAN, va, 0}, {FAKE_DSB, 0, 0}, {FAKE_L2, CLEAN, pa},
              {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0}, {FAKE_DSB, 0, 0});
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    STEPS_ARE({FAKE_DSB, 0, 0}, {FAKE_L2, INVAL, pa}, {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0},
              {FAKE_DSB, 0, 0}, {FAKE_INVAL, va, 0}, {FAKE_DSB, 0, 0});
}
END_TEST

/* A page with a past leaves both levels, the inner one first; an early release page by page, locked. */
START_TEST(page_with_a_past)
{
    static struct dmacoh_region region;
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_POOL + 0x50000u, 0x2000u, 12);
    const uint32_t releases[] = {R3P3, R0P0};

    for (uint32_t i = 0; i < 2; i++) {
        restart(releases[i]);
        rc = rig_region_cfg(&rig, RIG_POOL + 0x50000u, 0x2000u, 12);
        rc.flags = 0;
        ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &region, &rc), DMACOH_OK);
        const uint32_t dsb = fake_find(FAKE_DSB, fake_find(FAKE_CLEAN_INVAL, 0));

        ck_assert_uint_eq(fake_count(FAKE_CLEAN_INVAL), 0x2000u / 32u);
        ck_assert_uint_eq(fake_find(FAKE_CLEAN_INVAL, dsb), fake->nlog);
        ck_assert_uint_gt(fake_find(FAKE_L2, 0), dsb);
        ck_assert_uint_eq(fake_count(FAKE_SECURE), i == 0 ? 0 : 4);
        ck_assert_uint_eq(fake_count(FAKE_L2),
                          i == 0 ? 0x2000u / 32u + 1u : 2u * 0x2000u / 32u + 2u);
        ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_DSB);
    }
}
END_TEST

/* --- entries of page tables --- */

/* Walks that look into no cache: an entry leaves both, inner first, before the barrier. */
START_TEST(entries_in_memory)
{
    rig_stop(&rig);
    machine(R3P3);
    rig.fake.ttbr0 = 0;
    rig.cfg.mmu.root = (uintptr_t)rig.root; /* outside the memory map */
    ck_assert_int_eq(init(), DMACOH_E_NOMAP);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 0);

    /* The root in the first 16 KiB of low memory. */
    uint32_t *root = rig_va(&rig, RIG_LOW);

    memcpy(root, rig.root, 16384);
    rig.cfg.mmu.root = (uintptr_t)root;
    rig.fake.root = (uintptr_t)root;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 512 + 2);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 512 + 2);
    for (uint32_t at = fake_find(FAKE_ENTRY, 0); at < fake->nlog;
         at = fake_find(FAKE_ENTRY, at + 1u)) {
        const uint64_t va = fake->log[at].at;
        const uint64_t pa = va - (uintptr_t)rig.low + RIG_LOW;

        expect(fake->log[at + 1u].kind == FAKE_CLEAN && fake->log[at + 1u].at == va);
        expect(fake->log[at + 2u].kind == FAKE_DSB);
        expect(fake->log[at + 3u].kind == FAKE_L2 && fake->log[at + 3u].at == CLEAN);
        expect(fake->log[at + 3u].value == (pa & ~UINT64_C(31)));
        expect(fake->log[at + 4u].kind == FAKE_L2 && fake->log[at + 4u].at == SYNC);
    }
    fake_clear();
    (void)dmacoh_armv7a_win_map(&rig.c, 0, 0, RIG_HIGH);
    const uint64_t entry = rig.cfg.mmu.tables_va + 252u * 4u;
    const uint64_t in_l2 = RIG_TABLES + 252u * 4u / 32u * 32u;

    STEPS_ARE({FAKE_ENTRY, entry, RIG_HIGH | RIG_PTE_WB}, {FAKE_CLEAN, entry, 0}, {FAKE_DSB, 0, 0},
              {FAKE_L2, CLEAN, in_l2}, {FAKE_L2, SYNC, 0}, {FAKE_L2_READ, SYNC, 0},
              {FAKE_DSB, 0, 0}, {FAKE_ISB, 0, 0});
    dmacoh_armv7a_win_unmap(&rig.c, 0, 0);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
}
END_TEST

/*
 * The windows' tables may lie outside the memory map; here the root's entries of the windows stand right
 * behind them, in other memory.
 */
START_TEST(entries_outside_the_map)
{
    rig_stop(&rig);
    machine(R3P3);
    rig.fake.ttbr0 = 0;
    uint8_t *behind = rig_va(&rig, RIG_NODMA);
    uint8_t *root = behind - 0xf0fu * 4u;

    ck_assert_ptr_eq(behind, (uint8_t *)rig_va(&rig, RIG_HIGH + RIG_HIGH_SIZE - 1u) + 1);
    memcpy(root, rig.root, 0xf0fu * 4u - 2048u);
    rig.cfg.mmu.root = (uintptr_t)root;
    rig.cfg.mmu.tables_va = (uintptr_t)behind - 2048u;
    rig.cfg.mmu.tables_phys = RIG_HIGH + RIG_HIGH_SIZE - 2048u;
    rig.cfg.mmu.tables_size = 2048;
    rig.fake.root = (uintptr_t)root;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(fake->log[3].value, rig.cfg.mmu.tables_phys);
    ck_assert_int_eq(fake->log[3].kind, FAKE_L2);
    const uint32_t link = fake_find(FAKE_ENTRY, 512u * 6u);

    ck_assert_uint_eq(fake->log[link].at, (uintptr_t)behind);
    ck_assert_uint_eq(fake->log[link].value, (uint32_t)rig.cfg.mmu.tables_phys | 1u);
    ck_assert_int_eq(fake->log[link + 3u].kind, FAKE_L2);
    ck_assert_uint_eq(fake->log[link + 3u].value, RIG_NODMA);
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
}
END_TEST

/* Walks that look into the outer cache only, or into the inner ones. */
START_TEST(entries_in_caches)
{
    static const uint32_t ttbr0[] = {0x08u, 0x10u, 0x18u, 0x41u};

    for (uint32_t i = 0; i < 4; i++) {
        rig_stop(&rig);
        machine(R3P3);
        rig.fake.ttbr0 = ttbr0[i];
        ck_assert_int_eq(init(), DMACOH_OK);
        ck_assert_uint_eq(fake_count(FAKE_CLEAN), i < 3 ? 512 + 2 : 0);
        ck_assert_uint_eq(fake_count(FAKE_L2), 0);
    }
    /* The core's walker cannot look into the data caches, whatever TTBR0 says. */
    rig_stop(&rig);
    machine(R3P3);
    rig.fake.mmfr3 = 0;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 512 + 2);
    ck_assert_uint_eq(fake_count(FAKE_L2), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pl310");
    TCase *t = tcase_create("pl310");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, rows);
    tcase_add_test(t, operations_of_rows);
    tcase_add_test(t, refused);
    tcase_add_test(t, line);
    tcase_add_test(t, no_controller);
    tcase_add_test(t, second_cpu);
    tcase_add_test(t, op_outer);
    tcase_add_test(t, busy);
    tcase_add_test(t, sync_elsewhere);
    tcase_add_test(t, clean_inval_in_two);
    tcase_add_test(t, barriers);
    tcase_add_test(t, to_the_device_and_back);
    tcase_add_test(t, page_with_a_past);
    tcase_add_test(t, entries_in_memory);
    tcase_add_test(t, entries_outside_the_map);
    tcase_add_test(t, entries_in_caches);
    suite_add_tcase(s, t);
    return rig_run(s);
}
