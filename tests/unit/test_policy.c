/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What rows of policy can ask of the core: operations that no interrupt may split, a lock round the outer
 * cache, caches that find lines by virtual address, columns with no operation. And the single window slot
 * that is saved and restored. The backend is the ARMv7-A one with functions and flags of the test's own.
 */
#include "rig.h"

#include "backend.h"
#include "core.h"

#include <string.h>

#define PAGE 0x1000u

static struct rig rig;
static struct dmacoh_policy policy;
static struct dmacoh_backend_ops backend;

/* --- ranges in one piece or in pages --- */

struct call {
    uint64_t first, last;
    uint32_t irq_depth, locks, host;
};
static struct call calls[16];
static uint32_t ncalls;
static uint32_t host_held;

static void note(uint64_t first, uint64_t last)
{
    ck_assert_uint_lt(ncalls, 16);
    calls[ncalls++] = (struct call){first, last, rig.fake.irq_depth, rig.fake.locks, host_held};
}

static void inner(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    (void)c;
    (void)op;
    note(first, last);
}

static void outer(const struct dmacoh *c, enum be_op op, uint64_t first, uint64_t last)
{
    (void)c;
    (void)op;
    note(first, last);
}

static void start(uint32_t flags, uint32_t slots)
{
    rig_start(&rig, 1, slots);
    policy = *rig.c.policy;
    policy.flags |= flags;
    backend = dmacoh_be_armv7a;
    rig.c.policy = &policy;
    rig.c.be = &backend;
    ncalls = 0;
}

static void teardown(void)
{
    rig_stop(&rig);
}

static void map_and_unmap(uint64_t phys, uint32_t len, enum dmacoh_dir dir)
{
    struct dmacoh_map map = {0};

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, phys, len, dir, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}

static void expect_call(uint32_t i, uint64_t first, uint64_t last, uint32_t irq_depth)
{
    ck_assert_uint_eq(calls[i].first, first);
    ck_assert_uint_eq(calls[i].last, last);
    ck_assert_uint_eq(calls[i].irq_depth, irq_depth);
}

START_TEST(whole_by_default)
{
    start(0, 4);
    backend.op_va = inner;
    map_and_unmap(RIG_LOW + 0x1800u, 2u * PAGE, DMACOH_TO_DEVICE);
    ck_assert_uint_eq(ncalls, 1);
    expect_call(0, (uintptr_t)rig.low + 0x1800u, (uintptr_t)rig.low + 0x37ffu, 0);
}
END_TEST

START_TEST(irq_atomic)
{
    start(BE_P_IRQ_ATOMIC, 4);
    backend.op_va = inner;
    map_and_unmap(RIG_LOW + 0x1800u, 2u * PAGE, DMACOH_TO_DEVICE);
    ck_assert_uint_eq(ncalls, 3);
    expect_call(0, (uintptr_t)rig.low + 0x1800u, (uintptr_t)rig.low + 0x1fffu, 1);
    expect_call(1, (uintptr_t)rig.low + 0x2000u, (uintptr_t)rig.low + 0x2fffu, 1);
    expect_call(2, (uintptr_t)rig.low + 0x3000u, (uintptr_t)rig.low + 0x37ffu, 1);
    /* Ends with its page, and one that lies in a single page. */
    ncalls = 0;
    map_and_unmap(RIG_LOW + 0x1000u, PAGE, DMACOH_TO_DEVICE);
    map_and_unmap(RIG_LOW + 0x1040u, 0x80u, DMACOH_TO_DEVICE);
    ck_assert_uint_eq(ncalls, 2);
    expect_call(0, (uintptr_t)rig.low + 0x1000u, (uintptr_t)rig.low + 0x1fffu, 1);
    expect_call(1, (uintptr_t)rig.low + 0x1040u, (uintptr_t)rig.low + 0x10bfu, 1);
    ck_assert_uint_eq(rig.fake.irq_depth, 0);
}
END_TEST

START_TEST(outer_atomic)
{
    start(BE_P_OUTER | BE_P_OUTER_ATOMIC, 4);
    backend.op_outer = outer;
    map_and_unmap(RIG_LOW + 0x1800u, 2u * PAGE, DMACOH_TO_DEVICE);
    ck_assert_uint_eq(ncalls, 3);
    expect_call(0, RIG_LOW + 0x1800u, RIG_LOW + 0x1fffu, 1);
    expect_call(1, RIG_LOW + 0x2000u, RIG_LOW + 0x2fffu, 1);
    expect_call(2, RIG_LOW + 0x3000u, RIG_LOW + 0x37ffu, 1);
    for (uint32_t i = 0; i < 3u; i++) {
        ck_assert_uint_eq(calls[i].locks, 1); /* the library's own lock: nobody named another */
    }
    ck_assert_uint_eq(rig.fake.locks, 0);
    ck_assert_uint_eq(rig.fake.irq_depth, 0);
    /* Without the flag there is neither. */
    policy.flags &= ~BE_P_OUTER_ATOMIC;
    ncalls = 0;
    map_and_unmap(RIG_LOW + 0x1800u, 2u * PAGE, DMACOH_TO_DEVICE);
    ck_assert_uint_eq(ncalls, 1);
    expect_call(0, RIG_LOW + 0x1800u, RIG_LOW + 0x37ffu, 0);
    ck_assert_uint_eq(calls[0].locks, 0);
}
END_TEST

static uint32_t host_kind;

static void host_lock(void *ctx, uint32_t kind)
{
    ck_assert_ptr_eq(ctx, &host_kind);
    ck_assert_uint_eq(rig.fake.irq_depth, 1);
    host_kind = kind;
    host_held++;
}

static void host_unlock(void *ctx, uint32_t kind)
{
    ck_assert_ptr_eq(ctx, &host_kind);
    ck_assert_uint_eq(kind, host_kind);
    host_held--;
}

/* The controller is the host's too: its lock, if it names one, and not ours. */
START_TEST(outer_lock_of_the_host)
{
    static const struct dmacoh_port_ops with = {.host_lock = host_lock, .host_unlock = host_unlock};
    static const struct dmacoh_port_ops without = {.host_lock = NULL};

    start(BE_P_OUTER | BE_P_OUTER_ATOMIC, 4);
    backend.op_outer = outer;
    rig.c.ops = &with;
    rig.c.ops_ctx = &host_kind;
    map_and_unmap(RIG_LOW + 0x1000u, 0x100u, DMACOH_TO_DEVICE);
    ck_assert_uint_eq(ncalls, 1);
    ck_assert_uint_eq(calls[0].host, 1);
    ck_assert_uint_eq(calls[0].locks, 0);
    ck_assert_uint_eq(host_held, 0);
    ck_assert_uint_eq(host_kind, DMACOH_HOST_LOCK_OUTER);
    rig.c.ops = &without;
    map_and_unmap(RIG_LOW + 0x1000u, 0x100u, DMACOH_TO_DEVICE);
    ck_assert_uint_eq(calls[1].host, 0);
    ck_assert_uint_eq(calls[1].locks, 1);
}
END_TEST

/* --- columns without an operation --- */

START_TEST(nothing_to_overwrite)
{
    struct dmacoh_map map = {0};

    start(0, 4);
    policy.op[DMACOH_FROM_DEVICE][BE_OVERWRITE] = BE_NOP;
    fake_clear();
    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &map, RIG_LOW, 0x100, DMACOH_FROM_DEVICE, DMACOH_ATTR_OVERWRITE),
        DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 0);
    ck_assert_uint_eq(fake_count(FAKE_DSB), 0);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 4);
    /* Not the whole of its lines: then the other column counts. */
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, 0x100, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 4);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
}
END_TEST

START_TEST(nothing_to_do)
{
    struct dmacoh_map map = {0};

    start(0, 4);
    policy.op[DMACOH_FROM_DEVICE][BE_TO_DEVICE] = BE_NOP;
    fake_clear();
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, 0x100, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 0);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(
        dmacoh_map_phys(&rig.dev, &map, RIG_LOW, 0x100, DMACOH_FROM_DEVICE, DMACOH_ATTR_OVERWRITE),
        DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 4);
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    /* Back to the CPU: the completion that was read still comes first. */
    policy.op[DMACOH_FROM_DEVICE][BE_TO_CPU] = BE_NOP;
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &map, RIG_LOW, 0x100, DMACOH_FROM_DEVICE, 0),
                     DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&map), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 0);
    ck_assert_uint_eq(fake_count(FAKE_DSB), 1);
}
END_TEST

/* --- what a row demands --- */

static int strange_probe(struct dmacoh *c, bool boot_cpu)
{
    const int rc = dmacoh_be_armv7a.probe(c, boot_cpu);

    c->policy = &policy;
    return rc;
}

/* The same machine, started by each of the flags. */
START_TEST(no_prefetch)
{
    static const struct {
        uint32_t row, flags;
        int rc;
    } t[] = {{0, 0, DMACOH_OK},
             {BE_P_NO_PREFETCH, 0, DMACOH_E_UNSUPP},
             {BE_P_NO_PREFETCH, DMACOH_F_NO_PREFETCH, DMACOH_OK},
             {BE_P_SPECULATES, DMACOH_F_CPU_AFFINE, DMACOH_OK}};

    start(0, 4);
    const struct dmacoh_policy usual = policy;
    rig_stop(&rig);
    for (uint32_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
        rig_machine(&rig, 1, 4);
        policy = usual;
        policy.flags |= t[i].row;
        backend = dmacoh_be_armv7a;
        backend.probe = strange_probe;
        rig.cfg.backend = &backend;
        rig.cfg.flags = t[i].flags;
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), t[i].rc);
        if (i + 1u < sizeof(t) / sizeof(t[0])) {
            rig_stop(&rig);
        }
    }
}
END_TEST

/* purge() goes through the uncached address, where such a cache finds nothing. */
START_TEST(aliases)
{
    static struct dmacoh_pool pool;
    static struct dmacoh_region region;

    start(BE_P_ALIASES, 4);
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_POOL + 0x50000u, 2u * PAGE, 12);
    struct dmacoh_region_cfg cached = rig_region_cfg(&rig, RIG_CACHED, 2u * PAGE, 12);

    memset(&pool, 0, sizeof(pool));
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    rc.flags = 0;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_E_UNSUPP);
    rc.flags = DMACOH_REGION_CLEAN;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    cached.flags = 0;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &cached), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
}
END_TEST

/* --- one slot, saved and restored --- */

/*
 * A fast interrupt comes at the n-th instant, and inside it another one at the m-th: before and after each
 * step of a window. It transfers a page of its own through the same slot. Whoever uses the slot
 * finds the page that it opened: the fake machine translates through the real entries and a TLB that
 * forgets nothing, and the operation notes which page it hit.
 */
#define MAX_DEPTH 3u

static struct {
    uint32_t at[MAX_DEPTH]; /* instants until the next interrupt, by depth; 0: none */
    uint32_t depth, instants;
} fast;
static uint8_t *hit[MAX_DEPTH];

static void transfer(uint32_t page)
{
    map_and_unmap(RIG_HIGH + page * (uint64_t)PAGE, 0x40u, DMACOH_TO_DEVICE);
}

static void instant(void)
{
    const uint32_t depth = fast.depth;

    if (depth == 0) {
        fast.instants++;
    }
    if (depth < MAX_DEPTH && fast.at[depth] != 0 && --fast.at[depth] == 0) {
        fast.depth++;
        transfer(fast.depth);
        fast.depth--;
    }
}

static uintptr_t fast_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    instant();
    const uintptr_t va = dmacoh_be_armv7a.win_map(c, cpu, slot, pa);

    instant();
    return va;
}

static void fast_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    instant();
    dmacoh_be_armv7a.win_unmap(c, cpu, slot);
    instant();
}

static void fast_op(const struct dmacoh *c, enum be_op op, uintptr_t first, uintptr_t last)
{
    (void)c;
    (void)op;
    (void)last;
    const uint32_t depth = fast.depth;

    instant();
    hit[depth] = (uint8_t *)fake_host(first);
    ck_assert_ptr_eq(hit[depth], rig.high + depth * (size_t)PAGE);
}

static void one_slot(void)
{
    start(0, 1);
    backend.win_map = fast_map;
    backend.win_unmap = fast_unmap;
    backend.op_va = fast_op;
    memset(&fast, 0, sizeof(fast));
}

static void run_nested(uint32_t first, uint32_t second)
{
    fast.at[0] = first;
    fast.at[1] = second;
    memset(hit, 0, sizeof(hit));
    transfer(0);
    ck_assert_uint_eq(fast.at[0], 0);
    ck_assert_ptr_nonnull(hit[0]);
    ck_assert(first == 0 || hit[1] != NULL);
    ck_assert_uint_eq(rig.c.percpu[0].shown, 0);
    ck_assert_uint_eq(rig.c.percpu[0].depth, 0);
    /* The slot holds nothing: neither the table nor the TLB. */
    const uint32_t *entry = (const uint32_t *)rig.fake.tables + (RIG_WIN_VA >> 12 & 0xffu);

    ck_assert_uint_eq(*entry, 0);
    for (uint32_t i = 0; i < FAKE_TLB; i++) {
        ck_assert(rig.fake.tlb[0][i].page != RIG_WIN_VA || rig.fake.tlb[0][i].entry == 0);
    }
}

START_TEST(slot_is_saved)
{
    one_slot();
    run_nested(0, 0);
    const uint32_t instants = fast.instants;

    ck_assert_uint_eq(instants,
                      5); /* before and after map, the operation, before and after unmap */
    for (uint32_t n = 1; n <= instants; n++) {
        run_nested(n, 0);
    }
}
END_TEST

/* In the interrupt there are more instants: its own unmapping of what it found, and the restoring. */
START_TEST(slot_is_saved_twice)
{
    one_slot();
    for (uint32_t n = 1; n <= 5u; n++) {
        for (uint32_t m = 1; m <= 5u; m++) {
            run_nested(n, m);
            ck_assert_ptr_nonnull(hit[2]);
        }
    }
}
END_TEST

/* Without an interrupt a slot costs what it costs in a stack: one invalidation. */
START_TEST(one_slot_costs_no_more)
{
    start(0, 1);
    fake_clear();
    transfer(0);
    ck_assert_uint_eq(fake_count(FAKE_TLBI) + fake_count(FAKE_TLBI_IS), 1);
    ck_assert_uint_eq(fake_count(FAKE_ENTRY), 2);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("policy");
    TCase *t = tcase_create("policy");

    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, whole_by_default);
    tcase_add_test(t, irq_atomic);
    tcase_add_test(t, outer_atomic);
    tcase_add_test(t, outer_lock_of_the_host);
    tcase_add_test(t, nothing_to_overwrite);
    tcase_add_test(t, nothing_to_do);
    tcase_add_test(t, no_prefetch);
    tcase_add_test(t, aliases);
    tcase_add_test(t, slot_is_saved);
    tcase_add_test(t, slot_is_saved_twice);
    tcase_add_test(t, one_slot_costs_no_more);
    suite_add_tcase(s, t);
    return rig_run(s);
}
