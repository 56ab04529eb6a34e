/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file range.h
 * @brief The only place with range and line arithmetic. Private.
 *
 * Ranges are [first, last], both included, so that the last page of an address space needs no special
 * case: one past its end is 0. Units are powers of two.
 */
#ifndef DMACOH_RANGE_H
#define DMACOH_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Does a range of len bytes, 1 or more, end at or below the highest address? */
static inline bool range_ok(uint64_t first, uint64_t len, uint64_t highest)
{
    return len != 0 && first <= highest && len - 1u <= highest - first;
}

/* The same for an address space of 64 bits: does the range not wrap? */
static inline bool range_ok64(uint64_t first, uint64_t len)
{
    return len != 0 && first + (len - 1u) >= first;
}

/* The same for virtual addresses: of a 32-bit machine, even where a length has 64 bits. */
static inline bool range_ok_va(uintptr_t first, uint64_t len, uintptr_t highest)
{
    return len != 0 && first <= highest && len - 1u <= highest - first;
}

/* Do two ranges share a byte? Neither is empty nor wraps. */
static inline bool range_overlap(uint64_t a, uint64_t alen, uint64_t b, uint64_t blen)
{
    return a <= b + (blen - 1u) && b <= a + (alen - 1u);
}

/* The same for virtual addresses. A length of 2^size_t bits may have become 0: len - 1 is still right. */
static inline bool range_overlap_va(uintptr_t a, size_t alen, uintptr_t b, size_t blen)
{
    return a <= b + (blen - 1u) && b <= a + (alen - 1u);
}

/* Is [a, a + alen), not empty, inside [b, b + blen), which does not wrap? Virtual addresses. */
static inline bool range_inside(uintptr_t a, size_t alen, uintptr_t b, size_t blen)
{
    return a - b <= blen - 1u && alen - 1u <= blen - 1u - (a - b);
}

static inline bool is_pow2(uint64_t x)
{
    return x != 0 && (x & (x - 1u)) == 0;
}

/* First byte of the unit that holds a. */
static inline uint64_t unit_first(uint64_t a, uint64_t unit)
{
    return a & ~(unit - 1u);
}

/* Last byte of the unit that holds a. */
static inline uint64_t unit_last(uint64_t a, uint64_t unit)
{
    return a | (unit - 1u);
}

/* Bytes from a to the end of its unit, a included: 1 .. unit. The low bits of a will do. */
static inline uint32_t unit_rest(uint32_t a, uint32_t unit)
{
    return unit - (a & (unit - 1u));
}

/* Smallest n with 2^n >= x, 1 <= x. */
static inline uint32_t log2_ceil(size_t x)
{
    const uint32_t bits = 8u * (uint32_t)sizeof(unsigned long);

    return x == 1u ? 0 : bits - (uint32_t)__builtin_clzl(x - 1u);
}

/* Smallest power of two that is x or more, 1 <= x <= 2^63. */
static inline uint64_t pow2_above(size_t x)
{
    return (uint64_t)1 << log2_ceil(x);
}

static inline uint32_t min_u32(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static inline uint32_t max_u32(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static inline uint64_t min_u64(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static inline uint64_t max_u64(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

#endif
