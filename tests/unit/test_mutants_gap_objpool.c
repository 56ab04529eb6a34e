/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Small objects: where they lie, and that no slab is forgotten. Found by scripts/mutants. */
#include "rig.h"

#include <string.h>

#define PAGE  0x1000u
#define SLABS 8u

static struct rig rig;
static uint64_t meta[SLABS * 8u];
static struct dmacoh_objpool op;

static void setup(void)
{
    rig_start(&rig, 1, 0);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static void start(uint32_t size, uint32_t boundary)
{
    const struct dmacoh_objpool_cfg cfg = {.size = size,
                                           .boundary = boundary,
                                           .max_slabs = SLABS,
                                           .meta = meta,
                                           .meta_size = sizeof(meta)};

    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
}

static struct dmacoh_obj get(void)
{
    struct dmacoh_obj obj;

    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj), DMACOH_OK);
    return obj;
}

static void put(struct dmacoh_obj *obj)
{
    ck_assert_int_eq(dmacoh_objpool_free(&op, obj), DMACOH_OK);
}

static uint64_t taken(void)
{
    struct dmacoh_pool_stats s;

    ck_assert_int_eq(dmacoh_pool_stats(&rig.coherent, &s), DMACOH_OK);
    return s.bytes - s.free;
}

/* How far apart objects are, and how much memory the first one takes. */
static void expect_layout(uint32_t size, uint32_t boundary, uint64_t stride, uint64_t slab)
{
    const uint64_t before = taken();
    struct dmacoh_obj a;
    struct dmacoh_obj b;

    start(size, boundary);
    a = get();
    ck_assert_uint_eq(taken() - before, slab);
    b = get();
    ck_assert_uint_eq(b.bus - a.bus, stride);
    put(&a);
    put(&b);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    ck_assert_uint_eq(taken(), before);
}

/* As dense as the alignment allows, but never more than 64 in a page. */
START_TEST(layout)
{
    expect_layout(72, 0, 72, PAGE);
    expect_layout(72, PAGE, 128, PAGE);
    expect_layout(8, 0, PAGE / 64u, PAGE);
    expect_layout(PAGE, 0, PAGE, PAGE);
}
END_TEST

/*
 * Three full slabs of two objects get one object back each, so all are in the list of partial ones. Then
 * one is kept empty, and another one, in each place of the list, goes back to the pool.
 */
static void give_back(uint32_t kept, uint32_t gone)
{
    const uint64_t before = taken();
    struct dmacoh_obj obj[6];
    struct dmacoh_obj more[3];

    start(PAGE / 2u, 0);
    for (uint32_t i = 0; i < 6u; i++) {
        obj[i] = get();
    }
    for (uint32_t i = 0; i < 6u; i += 2u) {
        put(&obj[i]);
    }
    put(&obj[2u * kept + 1u]);
    ck_assert_uint_eq(taken() - before, 3u * PAGE);
    put(&obj[2u * gone + 1u]);
    ck_assert_uint_eq(taken() - before, 2u * PAGE);
    /* The two slabs that are left have room for three, and it is found. */
    for (uint32_t i = 0; i < 3u; i++) {
        more[i] = get();
        ck_assert_uint_eq(taken() - before, 2u * PAGE);
    }
    for (uint32_t i = 0; i < 3u; i++) {
        put(&more[i]);
    }
    put(&obj[2u * (3u - kept - gone) + 1u]);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    ck_assert_uint_eq(taken(), before);
}

START_TEST(slabs_go_back)
{
    for (uint32_t kept = 0; kept < 3u; kept++) {
        for (uint32_t gone = 0; gone < 3u; gone++) {
            if (gone != kept) {
                give_back(kept, gone);
            }
        }
    }
}
END_TEST

static int init_with(uint32_t size, uint32_t align, uint32_t boundary, struct dmacoh_dev *dev)
{
    const struct dmacoh_objpool_cfg cfg = {.size = size,
                                           .align = align,
                                           .boundary = boundary,
                                           .max_slabs = SLABS,
                                           .meta = meta,
                                           .meta_size = sizeof(meta)};

    return dmacoh_objpool_init(&op, dev, &cfg);
}

START_TEST(limits)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;

    ck_assert_int_eq(init_with(1u << 30, 0, 0, &rig.dev), DMACOH_OK);
    ck_assert_int_eq(init_with((1u << 30) + 1u, 0, 0, &rig.dev), DMACOH_E_SIZE);
    ck_assert_int_eq(init_with(64, 1u << 30, 0, &rig.dev), DMACOH_OK);
    ck_assert_int_eq(init_with(64, 1u << 31, 0, &rig.dev), DMACOH_E_ALIGN);
    ck_assert_int_eq(init_with(64, PAGE, PAGE, &rig.dev), DMACOH_OK);
    ck_assert_int_eq(init_with(64, 2u * PAGE, PAGE, &rig.dev), DMACOH_E_BOUNDARY);
    cfg.limits.coherent_mask = RIG_POOL;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(init_with(64, 0, 0, &dev), DMACOH_E_NOREGION);
}
END_TEST

/* The word behind the metadata is somebody else's: here a live buffer, which stays so. */
START_TEST(exact_metadata)
{
    static uint64_t room[(DMACOH_OBJPOOL_META(SLABS) + DMACOH_OBJPOOL_META(1)) / 8u + 8u];
    struct dmacoh_buf *buf = (struct dmacoh_buf *)((uintptr_t)room + DMACOH_OBJPOOL_META(SLABS));
    const struct dmacoh_objpool_cfg cfg = {
        .size = 64, .max_slabs = SLABS, .meta = room, .meta_size = DMACOH_OBJPOOL_META(SLABS)};

    for (uint32_t i = 0; i < sizeof(room) / 8u; i++) {
        room[i] = UINT64_MAX;
    }
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, buf, PAGE, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    ck_assert_int_eq(dmacoh_free(buf), DMACOH_OK);
}
END_TEST

/* An object is zeroed when it is taken, its neighbours are not. */
START_TEST(neighbours_keep_their_bytes)
{
    struct dmacoh_obj a;
    struct dmacoh_obj b;
    uint32_t *words;

    start(72, 0);
    a = get();
    b = get();
    words = b.va;
    words[0] = 0x12345678u;
    put(&a);
    a = get();
    ck_assert_uint_eq(b.bus - a.bus, 72);
    ck_assert_uint_eq(words[0], 0x12345678u);
    put(&a);
    put(&b);
}
END_TEST

/* A number that no object of its slab has. */
START_TEST(no_such_object)
{
    struct dmacoh_obj a;
    struct dmacoh_obj forged;

    start(PAGE / 2u, 0);
    a = get();
    forged = a;
    for (uint32_t bit = 2; bit < 64u; bit++) {
        forged.id = bit + 1u;
        ck_assert_int_eq(dmacoh_objpool_free(&op, &forged), DMACOH_E_STALE);
    }
    put(&a);
}
END_TEST

/* --- slabs that come and go --- */

#define ALL (2u * SLABS)

static struct dmacoh_obj objs[ALL];

static void get_all(void)
{
    for (uint32_t i = 0; i < ALL; i++) {
        objs[i] = get();
        for (uint32_t k = 0; k < i; k++) {
            ck_assert_uint_ne(objs[i].bus, objs[k].bus);
        }
    }
}

static void put_all(void)
{
    for (uint32_t i = 0; i < ALL; i++) {
        if (objs[i].id != 0) {
            put(&objs[i]);
        }
    }
}

/* A slab that went back leaves its place to another one. The handle's memory may hold anything before. */
START_TEST(places_are_used_again)
{
    memset(&op, 0xa5, sizeof(op));
    start(PAGE / 2u, 0);
    for (uint32_t i = 0; i < 3; i++) {
        get_all();
        put_all();
    }
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
}
END_TEST

/* One empty slab is kept, also after others have gone. */
START_TEST(one_is_kept)
{
    const uint64_t before = taken();

    start(PAGE / 2u, 0);
    get_all();
    put_all();
    ck_assert_uint_eq(taken() - before, PAGE);
    for (uint32_t i = 0; i < 3; i++) {
        objs[0] = get();
        put(&objs[0]);
        ck_assert_uint_eq(taken() - before, PAGE);
    }
}
END_TEST

/* A slab leaves from the middle of the list, and then the one behind it. */
START_TEST(from_the_middle)
{
    start(PAGE / 2u, 0);
    get_all();
    for (uint32_t i = 0; i < 8u; i += 2u) {
        put(&objs[i]); /* slabs 3, 2, 1, 0 */
    }
    put(&objs[7]); /* is kept */
    put(&objs[3]);
    put(&objs[1]);
    for (uint32_t i = 0; i < 8u; i++) {
        if (objs[i].id == 0) {
            objs[i] = get();
        }
        for (uint32_t k = 0; k < ALL; k++) {
            ck_assert(k == i || objs[k].id == 0 || objs[i].bus != objs[k].bus);
        }
    }
    put_all();
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_objpool");
    TCase *t = tcase_create("objects");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, layout);
    tcase_add_test(t, slabs_go_back);
    tcase_add_test(t, limits);
    tcase_add_test(t, exact_metadata);
    tcase_add_test(t, neighbours_keep_their_bytes);
    tcase_add_test(t, no_such_object);
    tcase_add_test(t, places_are_used_again);
    tcase_add_test(t, one_is_kept);
    tcase_add_test(t, from_the_middle);
    suite_add_tcase(s, t);
    return rig_run(s);
}
