/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The arithmetic of ranges at its edges, one function after the other. Found by scripts/mutants. */
#include "rig.h"

#include "range.h"

#define TOP UINT64_MAX

START_TEST(ranges)
{
    ck_assert(range_ok(0, 1, 0) && range_ok(5, 6, 10) && range_ok(TOP, 1, TOP));
    ck_assert(!range_ok(0, 0, 10) && !range_ok(0, 0, TOP) && !range_ok(5, 7, 10) &&
              !range_ok(11, 1, 10));
    ck_assert(!range_ok(1, TOP, TOP - 1u) && !range_ok(TOP, 2, TOP) && range_ok(1, TOP, TOP));

    ck_assert(range_overlap(10, 1, 10, 1) && range_overlap(10, 5, 14, 1));
    ck_assert(range_overlap(14, 1, 10, 5) && range_overlap(10, 9, 12, 2));
    ck_assert(!range_overlap(10, 5, 15, 1) && !range_overlap(15, 1, 10, 5));
    ck_assert(range_overlap(TOP - 9u, 10, TOP, 1) && range_overlap(TOP, 1, TOP - 9u, 10));

    ck_assert(range_inside(10, 5, 10, 5) && range_inside(11, 4, 10, 5) &&
              range_inside(14, 1, 10, 5));
    ck_assert(!range_inside(9, 2, 10, 5) && !range_inside(15, 1, 10, 5) &&
              !range_inside(11, 5, 10, 5));
    ck_assert(!range_inside(10, TOP, 10, 5) && !range_inside(15, 0, 10, 5));
    ck_assert(range_inside(TOP, 1, TOP - 9u, 10) && !range_inside(5, 1, TOP - 9u, 10));
}
END_TEST

START_TEST(units)
{
    ck_assert(is_pow2(1) && is_pow2(64) && is_pow2((uint64_t)1 << 63));
    ck_assert(!is_pow2(0) && !is_pow2(3) && !is_pow2(TOP));
    ck_assert_uint_eq(unit_first(0x7f, 64), 0x40);
    ck_assert_uint_eq(unit_first(0x80, 64), 0x80);
    ck_assert_uint_eq(unit_last(0x7f, 64), 0x7f);
    ck_assert_uint_eq(unit_last(0x80, 64), 0xbf);
    ck_assert_uint_eq(unit_last(TOP, 4096), TOP);
    ck_assert_uint_eq(unit_rest(0x40, 64), 64);
    ck_assert_uint_eq(unit_rest(0x7f, 64), 1);
    ck_assert_uint_eq(pow2_above(1), 1);
    ck_assert_uint_eq(pow2_above(2), 2);
    ck_assert_uint_eq(pow2_above(3), 4);
    ck_assert_uint_eq(pow2_above(4096), 4096);
    ck_assert_uint_eq(pow2_above(4097), 8192);
    ck_assert_uint_eq(min_u64(1, 2) + min_u64(2, 1), 2);
    ck_assert_uint_eq(max_u64(1, 2) + max_u64(2, 1), 4);
}
END_TEST

/* Virtual addresses, and what has 32 bits. */
START_TEST(narrow)
{
    const uintptr_t top = UINTPTR_MAX;

    ck_assert(range_ok64(0, 1) && range_ok64(TOP, 1) && range_ok64(1, TOP) && range_ok64(0, TOP));
    ck_assert(!range_ok64(0, 0) && !range_ok64(5, 0) && !range_ok64(TOP, 2) && !range_ok64(2, TOP));
    ck_assert(range_ok_va(0, 1, 0) && range_ok_va(5, 6, 10) && range_ok_va(10, 1, 10));
    ck_assert(range_ok_va(top, 1, top));
    ck_assert(!range_ok_va(0, 0, top) && !range_ok_va(5, 7, 10) && !range_ok_va(11, 1, 10));
    ck_assert(range_overlap_va(10, 1, 10, 1) && range_overlap_va(10, 5, 14, 1));
    ck_assert(range_overlap_va(14, 1, 10, 5) && range_overlap_va(10, 9, 12, 2));
    ck_assert(!range_overlap_va(10, 5, 15, 1) && !range_overlap_va(15, 1, 10, 5));
    ck_assert(range_overlap_va(top - 9u, 10, top, 1) && range_overlap_va(top, 1, top - 9u, 10));
    ck_assert_uint_eq(log2_ceil(1), 0);
    ck_assert_uint_eq(log2_ceil(2), 1);
    ck_assert_uint_eq(log2_ceil(3), 2);
    ck_assert_uint_eq(log2_ceil(4096), 12);
    ck_assert_uint_eq(log2_ceil(4097), 13);
    ck_assert_uint_eq(min_u32(1, 2) + min_u32(2, 1), 2);
    ck_assert_uint_eq(max_u32(1, 2) + max_u32(2, 1), 4);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mutants_gap_range");
    TCase *t = tcase_create("range");

    tcase_add_test(t, ranges);
    tcase_add_test(t, units);
    tcase_add_test(t, narrow);
    suite_add_tcase(s, t);
    return rig_run(s);
}
