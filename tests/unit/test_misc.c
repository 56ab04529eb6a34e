/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Texts, the meaning of a status, and the functions of later versions. */
#include "rig.h"

#include <string.h>

static const int all[] = {DMACOH_OK,        DMACOH_E_INVAL,    DMACOH_E_SIZE,   DMACOH_E_RANGE,
                          DMACOH_E_ALIGN,   DMACOH_E_OVERLAP,  DMACOH_E_STALE,  DMACOH_E_BUSY,
                          DMACOH_E_CONTEXT, DMACOH_E_UNSUPP,   DMACOH_E_NOTRAM, DMACOH_E_NOMAP,
                          DMACOH_E_EDGE,    DMACOH_E_ATTR,     DMACOH_E_MASK,   DMACOH_E_WINDOW,
                          DMACOH_E_SEGSIZE, DMACOH_E_BOUNDARY, DMACOH_E_NSEGS,  DMACOH_E_GAP,
                          DMACOH_E_FULL,    DMACOH_E_FRAG,     DMACOH_E_QUOTA,  DMACOH_E_NOREGION,
                          DMACOH_E_META,    DMACOH_E_DEPTH,    DMACOH_E_PORT};
#define NALL (sizeof(all) / sizeof(all[0]))

/* Every status has a text of its own. */
START_TEST(texts)
{
    for (uint32_t i = 0; i < NALL; i++) {
        const char *text = dmacoh_strstatus(all[i]);

        ck_assert_uint_gt(strlen(text), 0);
        ck_assert_str_ne(text, "unknown status");
        for (uint32_t k = 0; k < i; k++) {
            ck_assert_int_ne(all[k], all[i]);
            ck_assert_str_ne(text, dmacoh_strstatus(all[k]));
        }
    }
    ck_assert_str_eq(dmacoh_strstatus(1), "unknown status");
    ck_assert_str_eq(dmacoh_strstatus(-10), "unknown status");
    ck_assert_str_eq(dmacoh_strstatus(-1000), "unknown status");
}
END_TEST

START_TEST(transient)
{
    for (uint32_t i = 0; i < NALL; i++) {
        const bool want = all[i] == DMACOH_E_FULL || all[i] == DMACOH_E_FRAG ||
                          all[i] == DMACOH_E_QUOTA || all[i] == DMACOH_E_BUSY ||
                          all[i] == DMACOH_E_DEPTH;

        ck_assert_int_eq(dmacoh_is_transient(all[i]), want);
    }
    ck_assert(!dmacoh_is_transient(77));
}
END_TEST

static bool never(void *ctx, const struct dmacoh_report *live)
{
    (void)ctx;
    (void)live;
    return false;
}

START_TEST(later)
{
    struct dmacoh_arena arena;
    const struct dmacoh_arena_cfg cfg = {.size = 0};
    const struct dmacoh_debug_cfg dbg = {.table_size = 0};
    struct dmacoh_pool pool;
    struct dmacoh c;
    uint32_t gen = 5;

    ck_assert_int_eq(dmacoh_arena_init(&arena, &pool, &cfg), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_pool_grow(&pool, &arena, 1), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_pool_shrink(&pool, &arena, 1), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_quarantine_run(&c), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_verify_mapping(&c, 0), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_pt_sync(&c, &gen), DMACOH_E_UNSUPP);
    ck_assert_uint_eq(gen, 5);
    ck_assert_int_eq(dmacoh_debug_start(&c, &dbg), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_debug_stop(&c), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_debug_each(&c, never, NULL), DMACOH_E_UNSUPP);
    ck_assert_int_eq(dmacoh_fault_set(&c, 0, 1), DMACOH_E_UNSUPP);
}
END_TEST

START_TEST(sizes)
{
    ck_assert_uint_eq(dmacoh_region_meta_size(0x100000, 12), DMACOH_REGION_META(0x100000, 12));
    ck_assert_uint_eq(dmacoh_region_meta_size(0x1000, 12), 16u + 3216u);
    ck_assert_uint_eq(DMACOH_BIT_MASK(0), 0);
    ck_assert_uint_eq(DMACOH_BIT_MASK(32), 0xffffffffu);
    ck_assert_uint_eq(DMACOH_BIT_MASK(64), UINT64_MAX);
    ck_assert_uint_eq(sizeof(struct dmacoh_lock), 16);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("misc");
    TCase *t = tcase_create("misc");

    tcase_add_test(t, texts);
    tcase_add_test(t, transient);
    tcase_add_test(t, later);
    tcase_add_test(t, sizes);
    suite_add_tcase(s, t);
    return rig_run(s);
}
