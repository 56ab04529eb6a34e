/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Magazines of small objects, on one CPU and on many. */
#include "rig.h"

#include <stdlib.h>
#include <string.h>

#define PAGE     0x1000u
#define SLABS    16u
#define MAGAZINE 12u
#define BATCH    8u
#define MOST     255u /* CPUs */
#define OBJECTS  (SLABS * 64u)
#define OUT      0xffu

static struct rig rig;
static uint64_t percpu[DMACOH_META_SIZE(MOST) / sizeof(uint64_t)];
static uint64_t meta[DMACOH_OBJPOOL_MAGAZINE_META(SLABS, MOST, 64u) / sizeof(uint64_t)];
static struct dmacoh_objpool op;

static void start(uint32_t ncpus)
{
    rig_machine(&rig, 1, 0);
    rig.cfg.ncpus = ncpus;
    rig.cfg.meta = percpu;
    rig.cfg.meta_size = sizeof(percpu);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    rig_pools(&rig);
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
}

static struct dmacoh_objpool_cfg good(uint32_t size, uint32_t magazine)
{
    return (struct dmacoh_objpool_cfg){.size = size,
                                       .max_slabs = SLABS,
                                       .attrs = DMACOH_ATTR_NOZERO,
                                       .magazine = magazine,
                                       .meta = meta,
                                       .meta_size = sizeof(meta)};
}

static void open_pool(uint32_t size, uint32_t magazine)
{
    const struct dmacoh_objpool_cfg cfg = good(size, magazine);

    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
}

static void on_cpu(uint32_t cpu)
{
    rig.fake.cpu = cpu;
}

static struct dmacoh_obj get(void)
{
    struct dmacoh_obj obj;

    expect(dmacoh_objpool_alloc(&op, &obj) == DMACOH_OK);
    expect(obj.va == rig_va(&rig, obj.bus));
    return obj;
}

static void put(struct dmacoh_obj *obj)
{
    expect(dmacoh_objpool_free(&op, obj) == DMACOH_OK);
    expect(obj->id == 0 && obj->bus == DMACOH_BUS_NONE);
}

static uint64_t taken(void)
{
    struct dmacoh_pool_stats s;

    ck_assert_int_eq(dmacoh_pool_stats(&rig.coherent, &s), DMACOH_OK);
    return s.bytes - s.free;
}

static void close_pool(void)
{
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    ck_assert_uint_eq(taken(), 0);
}

static int init_with(uint32_t magazine, uint32_t slabs, size_t size)
{
    struct dmacoh_objpool_cfg cfg = good(64, magazine);

    cfg.max_slabs = slabs;
    cfg.meta_size = size;
    memset(&op, 0xa5, sizeof(op));
    return dmacoh_objpool_init(&op, &rig.dev, &cfg);
}

START_TEST(init_errors)
{
    start(3);
    ck_assert_int_eq(init_with(8, SLABS, DMACOH_OBJPOOL_MAGAZINE_META(SLABS, 3, 8)), DMACOH_OK);
    ck_assert_int_eq(init_with(8, SLABS, DMACOH_OBJPOOL_MAGAZINE_META(SLABS, 3, 8) - 1u),
                     DMACOH_E_META);
    ck_assert_int_eq(init_with(DMACOH_OBJPOOL_MAX_MAGAZINE, SLABS, SIZE_MAX), DMACOH_OK);
    ck_assert_int_eq(init_with(DMACOH_OBJPOOL_MAX_MAGAZINE + 1u, SLABS, SIZE_MAX), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_E_INVAL);
    ck_assert_int_eq(init_with(8, 1u << 24, UINT64_C(2) << 30), DMACOH_E_META);
    rig_stop(&rig);
}
END_TEST

/* The name of a CPU is a byte, and one value of it is taken. */
START_TEST(too_many_cpus)
{
    struct dmacoh_obj a;

    start(254);
    ck_assert_int_eq(init_with(8, SLABS, sizeof(meta)), DMACOH_OK);
    on_cpu(253);
    a = get();
    put(&a);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    rig_stop(&rig);
    start(255);
    ck_assert_int_eq(init_with(8, SLABS, sizeof(meta)), DMACOH_E_SIZE);
    ck_assert_int_eq(init_with(0, SLABS, sizeof(meta)), DMACOH_OK);
    rig_stop(&rig);
}
END_TEST

/* Within a magazine's worth of objects no call takes the lock; the last one freed comes first. */
START_TEST(no_lock)
{
    struct dmacoh_obj obj[BATCH];
    struct dmacoh_obj again;

    start(2);
    open_pool(64, MAGAZINE);
    for (uint32_t i = 0; i < BATCH; i++) {
        obj[i] = get();
    }
    for (uint32_t i = 0; i < BATCH; i++) {
        put(&obj[i]);
    }
    const uint32_t free_word = op.lock.u.word[0];

    op.lock.u.word[0] = 1; /* the port aborts if it is taken now */
    for (uint32_t round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < BATCH; i++) {
            obj[i] = get();
        }
        const uint64_t last = obj[BATCH - 1u].bus;

        for (uint32_t i = 0; i < BATCH; i++) {
            put(&obj[i]);
        }
        again = get();
        ck_assert_uint_eq(again.bus, last);
        put(&again);
    }
    op.lock.u.word[0] = free_word;
    close_pool();
    rig_stop(&rig);
}
END_TEST

/* A call moves a batch at most: what is out of the slabs afterwards tells. */
START_TEST(bounded)
{
    struct dmacoh_obj obj[3u * MAGAZINE];

    start(1);
    open_pool(64, MAGAZINE);
    obj[0] = get();
    ck_assert_uint_eq(op.live, BATCH);
    for (uint32_t i = 1; i < 3u * MAGAZINE; i++) {
        obj[i] = get();
        ck_assert_uint_le(op.live, i + BATCH);
    }
    for (uint32_t i = 0; i < 3u * MAGAZINE; i++) {
        const uint32_t before = op.live;

        put(&obj[i]);
        ck_assert_uint_le(before - op.live, BATCH);
        ck_assert_uint_le(op.live, 3u * MAGAZINE - i - 1u + MAGAZINE + BATCH);
    }
    close_pool();
    rig_stop(&rig);
}
END_TEST

/* Objects come and go on any CPU; none is handed out twice, and nothing is lost. */
static void churn(uint32_t ncpus, uint32_t magazine)
{
    static struct dmacoh_obj obj[OBJECTS];
    static bool used[RIG_COH_SIZE / 64u];

    start(ncpus);
    open_pool(64, magazine);
    memset(obj, 0, sizeof(obj));
    memset(used, 0, sizeof(used));
    rig_seed(ncpus + magazine);
    for (uint32_t i = 0; i < 20000u; i++) {
        struct dmacoh_obj *o = &obj[rig_random() % (OBJECTS / 2u)];

        on_cpu(rig_random() % ncpus);
        if (o->id != 0) {
            used[(o->bus - RIG_COHERENT) / 64u] = false;
            put(o);
        } else {
            const int rc = dmacoh_objpool_alloc(&op, o);

            expect(rc == DMACOH_OK || (rc == DMACOH_E_FULL && o->id == 0));
            expect(rc == DMACOH_OK || ncpus * magazine >= OBJECTS / 2u);
            if (rc == DMACOH_OK) {
                expect(!used[(o->bus - RIG_COHERENT) / 64u]);
                used[(o->bus - RIG_COHERENT) / 64u] = true;
            }
        }
    }
    expect(dmacoh_objpool_fini(&op) == DMACOH_E_BUSY);
    for (uint32_t i = 0; i < OBJECTS; i++) {
        if (obj[i].id != 0) {
            on_cpu(i % ncpus);
            put(&obj[i]);
        }
    }
    for (uint32_t cpu = 0; cpu < ncpus; cpu++) {
        on_cpu(cpu);
        expect(dmacoh_objpool_drain(&op) == DMACOH_OK);
    }
    expect(op.live == 0);
    expect(taken() == PAGE); /* one empty slab is kept */
    on_cpu(0);
    close_pool();
    rig_stop(&rig);
}

START_TEST(many_cpus)
{
    static const uint32_t cpus[] = {1, 2, 3, 8, 64};

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        churn(cpus[i], MAGAZINE);
        churn(cpus[i], 64);
    }
    for (uint32_t magazine = 1; magazine <= BATCH + 1u; magazine++) {
        churn(2, magazine);
    }
}
END_TEST

/* What one CPU keeps, another one cannot have: until it is drained. */
START_TEST(idle_objects)
{
    static struct dmacoh_obj obj[OBJECTS];
    struct dmacoh_obj one;

    start(2);
    open_pool(64, MAGAZINE);
    for (uint32_t i = 0; i < OBJECTS; i++) {
        obj[i] = get();
    }
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_E_FULL);
    ck_assert_uint_eq(one.id, 0);
    ck_assert_uint_eq(one.bus, DMACOH_BUS_NONE);
    on_cpu(1);
    for (uint32_t i = 0; i < MAGAZINE; i++) {
        put(&obj[i]);
    }
    on_cpu(0);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_E_FULL);
    on_cpu(1);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    on_cpu(0);
    for (uint32_t i = 0; i < MAGAZINE; i++) {
        obj[i] = get();
    }
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_E_FULL);
    for (uint32_t i = 0; i < OBJECTS; i++) {
        put(&obj[i]);
    }
    close_pool();
    rig_stop(&rig);
}
END_TEST

static void expect_stale(struct dmacoh_obj *obj)
{
    const struct dmacoh_obj saved = *obj;

    expect(dmacoh_objpool_free(&op, obj) == DMACOH_E_STALE);
    expect(saved.va == obj->va && saved.bus == obj->bus && saved.id == obj->id);
}

/* An object that is in a magazine, in a slab, or nowhere, is not live. */
START_TEST(stale_handles)
{
    struct dmacoh_obj a, copy;

    start(2);
    open_pool(64, MAGAZINE);
    a = get();
    copy = a;
    put(&a);
    expect_stale(&copy);
    on_cpu(1);
    expect_stale(&copy);
    on_cpu(0);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    expect_stale(&copy);
    for (uint32_t id = 0; id < 2u * OBJECTS; id++) {
        copy.id = id;
        expect_stale(&copy);
    }
    copy.id = UINT32_MAX;
    expect_stale(&copy);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_free(&op, NULL), DMACOH_E_INVAL);
    close_pool();
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_drain(NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &copy), DMACOH_E_INVAL);
    open_pool(64, 0);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    close_pool();
    rig_stop(&rig);
}
END_TEST

/*
 * Two CPUs free one object in the same moment: both have seen it handed out before either wrote its name.
 * Then both magazines have an entry of it, and only the later one counts.
 */
static uint64_t freed_twice(void)
{
    struct dmacoh_obj a = get();
    struct dmacoh_obj copy = a;
    const uint64_t bus = a.bus;
    const uint32_t k = a.id - 1u;

    put(&a);
    op.state[k] = OUT; /* what CPU 1 has read */
    on_cpu(1);
    put(&copy);
    on_cpu(0);
    return bus;
}

START_TEST(freed_by_two)
{
    struct dmacoh_obj obj[3u * MAGAZINE];
    uint64_t bus;

    start(2);
    open_pool(64, MAGAZINE);
    bus = freed_twice();
    for (uint32_t i = 0; i < 2u * MAGAZINE; i++) {
        obj[i] = get();
        ck_assert_uint_ne(obj[i].bus, bus);
    }
    on_cpu(1);
    obj[2u * MAGAZINE] = get();
    ck_assert_uint_eq(obj[2u * MAGAZINE].bus, bus);
    on_cpu(0);
    for (uint32_t i = 0; i <= 2u * MAGAZINE; i++) {
        put(&obj[i]);
    }
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    on_cpu(1);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    ck_assert_uint_eq(op.live, 0);
    close_pool();
    rig_stop(&rig);
}
END_TEST

/* The same, and the entry that does not count goes back to the slabs, in both orders. */
START_TEST(freed_by_two_and_drained)
{
    for (uint32_t first = 0; first < 2u; first++) {
        start(2);
        open_pool(64, MAGAZINE);
        (void)freed_twice();
        on_cpu(first);
        ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
        on_cpu(1u - first);
        ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
        ck_assert_uint_eq(op.live, 0);
        ck_assert_uint_eq(taken(), PAGE);
        on_cpu(0);
        close_pool();
        rig_stop(&rig);
    }
}
END_TEST

/* Several entries in a row that do not count, above ones that do. */
START_TEST(several_freed_by_two)
{
    struct dmacoh_obj obj[3];
    struct dmacoh_obj copy[3];
    struct dmacoh_obj a;

    start(2);
    open_pool(64, MAGAZINE);
    for (uint32_t i = 0; i < 3u; i++) {
        obj[i] = get();
        copy[i] = obj[i];
    }
    for (uint32_t i = 0; i < 3u; i++) {
        put(&obj[i]);
        op.state[copy[i].id - 1u] = OUT;
    }
    on_cpu(1);
    for (uint32_t i = 0; i < 3u; i++) {
        put(&copy[i]);
    }
    on_cpu(0);
    a = get();
    ck_assert_uint_eq(op.live, BATCH); /* from the magazine, below the three */
    put(&a);
    close_pool();
    rig_stop(&rig);
}
END_TEST

/* A slab whose last object comes back from a magazine leaves; one is kept. */
START_TEST(slabs_leave)
{
    struct dmacoh_obj obj[16];

    start(1);
    open_pool(PAGE / 2u, 16);
    for (uint32_t i = 0; i < 16u; i++) {
        obj[i] = get();
    }
    ck_assert_uint_eq(taken(), 8u * PAGE);
    for (uint32_t i = 0; i < 16u; i++) {
        put(&obj[i]);
    }
    ck_assert_uint_eq(taken(), 8u * PAGE);
    obj[0] = get();
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    ck_assert_uint_eq(taken(), 2u * PAGE);
    put(&obj[0]);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    ck_assert_uint_eq(taken(), PAGE);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    close_pool();
    rig_stop(&rig);
}
END_TEST

/* An interrupt that allocates and frees in the middle of a call, and one that moves it to another CPU. */
static struct dmacoh_obj from_irq;

static void irq_alloc(void *ctx)
{
    (void)ctx;
    from_irq = get();
}

static void irq_free(void *ctx)
{
    (void)ctx;
    put(&from_irq);
}

static void irq_migrate(void *ctx)
{
    (void)ctx;
    on_cpu(1);
}

START_TEST(interrupts)
{
    struct dmacoh_obj a;

    start(2);
    open_pool(64, MAGAZINE);
    for (uint32_t round = 0; round < 4u; round++) {
        rig.fake.irq = irq_alloc;
        a = get();
        ck_assert_uint_ne(a.bus, from_irq.bus);
        rig.fake.irq = irq_free;
        put(&a);
    }
    close_pool();
    open_pool(64, MAGAZINE);
    a = get();
    put(&a);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    close_pool();
    rig_stop(&rig);
}
END_TEST

/* Growing lets interrupts in, and afterwards this is another CPU: its magazine is filled. */
static void irq_arm_migration(void *ctx)
{
    (void)ctx;
    rig.fake.irq = irq_migrate;
}

START_TEST(migration)
{
    struct dmacoh_obj a;

    start(2);
    open_pool(64, MAGAZINE);
    rig.fake.irq = irq_arm_migration;
    a = get();
    ck_assert_uint_eq(rig.fake.cpu, 1);
    ck_assert_uint_eq(op.live, BATCH);
    put(&a);
    on_cpu(0);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    ck_assert_uint_eq(op.live, BATCH);
    on_cpu(1);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    ck_assert_uint_eq(op.live, 0);
    close_pool();
    rig_stop(&rig);
}
END_TEST

/* Objects are zeroed, whoever had them before. */
START_TEST(zeroed)
{
    struct dmacoh_objpool_cfg cfg = good(64, MAGAZINE);
    struct dmacoh_obj obj[64];
    struct dmacoh_obj a;

    start(1);
    cfg.attrs = 0;
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
    for (uint32_t round = 0; round < 2u; round++) {
        a = get();
        for (uint32_t i = 0; i < 64u; i++) {
            expect(((const uint8_t *)a.va)[i] == 0);
        }
        memset(a.va, 0xee, 64);
        put(&a);
    }
    close_pool();
    cfg.max_slabs = 1;
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
    for (uint32_t i = 0; i < 64u; i++) {
        obj[i] = get();
    }
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &a), DMACOH_E_FULL);
    for (uint32_t i = 0; i < 64u; i++) {
        put(&obj[i]);
    }
    close_pool();
    rig_stop(&rig);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("objpool_magazine");
    TCase *t = tcase_create("magazines");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, init_errors);
    tcase_add_test(t, too_many_cpus);
    tcase_add_test(t, no_lock);
    tcase_add_test(t, bounded);
    tcase_add_test(t, many_cpus);
    tcase_add_test(t, idle_objects);
    tcase_add_test(t, stale_handles);
    tcase_add_test(t, freed_by_two);
    tcase_add_test(t, freed_by_two_and_drained);
    tcase_add_test(t, several_freed_by_two);
    tcase_add_test(t, slabs_leave);
    tcase_add_test(t, interrupts);
    tcase_add_test(t, migration);
    tcase_add_test(t, zeroed);
    suite_add_tcase(s, t);
    return rig_run(s);
}
