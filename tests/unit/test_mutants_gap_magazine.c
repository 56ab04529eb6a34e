/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Magazines: what their bytes say. Found by scripts/mutants. */
#include "rig.h"

#include <string.h>

#define SLABS    4u
#define MAGAZINE 12u

static struct rig rig;
static struct dmacoh_objpool op;
static uint64_t meta[DMACOH_OBJPOOL_MAGAZINE_META(SLABS, 1, MAGAZINE) / sizeof(uint64_t) + 1u];

static void open_pool(uint32_t attrs)
{
    const struct dmacoh_objpool_cfg cfg = {.size = 64,
                                           .max_slabs = SLABS,
                                           .attrs = attrs,
                                           .magazine = MAGAZINE,
                                           .meta = meta,
                                           .meta_size = sizeof(meta)};

    memset(meta, 0xff, sizeof(meta));
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
}

static void setup(void)
{
    rig_start(&rig, 1, 0);
    open_pool(DMACOH_ATTR_NOZERO);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* Whatever the memory held before, no object is handed out yet. */
START_TEST(all_in_their_slabs)
{
    struct dmacoh_obj obj;
    struct dmacoh_obj never;

    ck_assert_uint_eq(op.state[op.objects], 0xff); /* the metadata ends there */
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj), DMACOH_OK);
    never = obj;
    never.id = SLABS * 64u;
    ck_assert_int_eq(dmacoh_objpool_free(&op, &never), DMACOH_E_STALE);
    never.id++; /* none has this number */
    ck_assert_int_eq(dmacoh_objpool_free(&op, &never), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &obj), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
}
END_TEST

/*
 * Two CPUs that freed one object in the same moment can leave it in one magazine twice, once it was handed
 * out again. It goes back to its slab once.
 */
START_TEST(twice_in_a_magazine)
{
    struct dmacoh_obj obj[64];
    struct dmacoh_obj again;
    struct dmacoh_pool_stats before;
    struct dmacoh_pool_stats after;

    for (uint32_t i = 0; i < 64; i++) {
        ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj[i]), DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_pool_stats(&rig.coherent, &before), DMACOH_OK);
    for (uint32_t i = 1; i < 64; i++) {
        ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[i]), DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    again = obj[0];
    ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[0]), DMACOH_OK);
    op.state[again.id - 1u] = 0xff; /* handed out again, by the other CPU */
    ck_assert_int_eq(dmacoh_objpool_free(&op, &again), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_stats(&rig.coherent, &after), DMACOH_OK);
    ck_assert_uint_eq(after.free, before.free); /* one empty slab, which is kept */
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
}
END_TEST

/* An entry that does not count hides no entry below it, also when there is nothing else left. */
START_TEST(entry_that_does_not_count)
{
    static struct dmacoh_obj obj[SLABS * 64u];
    const uint32_t top = SLABS * 64u - 1u;
    uint32_t n = 0;

    while (n < SLABS * 64u && dmacoh_objpool_alloc(&op, &obj[n]) == DMACOH_OK) {
        n++;
    }
    ck_assert_uint_eq(n, SLABS * 64u);
    const uint32_t hidden = obj[0].id;
    const uint32_t gone = obj[top].id;

    ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[0]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[top]), DMACOH_OK);
    op.state[gone - 1u] = 0xff; /* handed out, by the other CPU */
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj[0]), DMACOH_OK);
    ck_assert_uint_eq(obj[0].id, hidden);
}
END_TEST

/* An object is zeroed, and no byte behind it; or not at all, which is what the attribute is for. */
START_TEST(zeroed)
{
    for (uint32_t zero = 0; zero < 2; zero++) {
        struct dmacoh_obj obj[8];

        ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
        open_pool(zero != 0 ? 0 : DMACOH_ATTR_NOZERO);
        for (uint32_t i = 0; i < 8; i++) {
            ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj[i]), DMACOH_OK);
            memset(obj[i].va, 0xee, 64);
        }
        for (uint32_t i = 0; i < 8; i++) {
            ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[i]), DMACOH_OK);
            ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj[i]), DMACOH_OK);
            for (uint32_t k = 0; k < 8; k++) {
                const uint8_t *byte = obj[k].va;
                const uint8_t want = zero != 0 && k == i ? 0 : 0xee;

                ck_assert_uint_eq(byte[0], want);
                ck_assert_uint_eq(byte[63], want);
            }
            memset(obj[i].va, 0xee, 64);
        }
        for (uint32_t i = 0; i < 8; i++) {
            ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[i]), DMACOH_OK);
        }
        ck_assert_int_eq(dmacoh_objpool_drain(&op), DMACOH_OK);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_magazine");
    TCase *t = tcase_create("mutants_gap_magazine");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, all_in_their_slabs);
    tcase_add_test(t, twice_in_a_magazine);
    tcase_add_test(t, entry_that_does_not_count);
    tcase_add_test(t, zeroed);
    suite_add_tcase(s, t);
    return rig_run(s);
}
