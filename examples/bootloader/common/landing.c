/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file landing.c  Where the bytes of a landing area are, for the CPU and for the library. */
#include "landing.h"

#include "board.h"

#define PAGE       4096u
#define BLOCK_SIZE 0x100000u /* highmem is viewed and shuffled in blocks of a MiB */
#define BLOCK_MASK (BLOCK_SIZE - 1u)

#define POISON      0xa5u
#define POISON_WORD 0xa5a5a5a5u

/*
 * Page number within its MiB: 5 is odd, so this is a permutation of 0..255, and neighbours of
 * the file never are neighbours in memory: every page is a segment of its own.
 */
static uint32_t high_offset(uint32_t at)
{
    const uint32_t page = at % BLOCK_SIZE / PAGE;
    const uint32_t shuffled = (page * 5u + 3u) % (BLOCK_SIZE / PAGE);

    return (at & ~BLOCK_MASK) + shuffled * PAGE + at % PAGE;
}

/* Position `at` counts from the start of the area, not of the data. */
static void *view(const struct landing *area, uint32_t at, uint32_t *len)
{
    if (area->kind == LANDING_HIGH) {
        const uint32_t offset = high_offset(at);
        const uint32_t left = PAGE - at % PAGE;

        if (*len > left) {
            *len = left;
        }
        return (char *)board_high_view(board_plan.high_phys + (offset & ~BLOCK_MASK)) +
               offset % BLOCK_SIZE;
    }
    if (area->kind == LANDING_LOW) {
        return (void *)(board_plan.low_va + at);
    }
    return (char *)area->buf->va + at;
}

/* Word stores only: memset() is not for uncached memory, where it may be anything. */
static void poison_words(volatile uint32_t *word, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes / sizeof *word; i++) {
        word[i] = POISON_WORD;
    }
}

void landing_poison(const struct landing *area, uint32_t len)
{
    const uint32_t all = (area->skew + len + LANDING_GUARD + 3u) & ~3u;

    for (uint32_t at = 0; at < all;) {
        uint32_t part = all - at;
        volatile uint32_t *word = view(area, at, &part);

        poison_words(word, part);
        at += part;
    }
}

static bool is_poison(const struct landing *area, uint32_t at, uint32_t bytes)
{
    while (bytes != 0) {
        uint32_t part = bytes;
        const volatile unsigned char *byte = view(area, at, &part);

        for (uint32_t i = 0; i < part; i++) {
            if (byte[i] != POISON) {
                return false;
            }
        }
        at += part;
        bytes -= part;
    }
    return true;
}

bool landing_guards_ok(const struct landing *area, uint32_t len)
{
    const uint32_t before = area->skew < LANDING_GUARD ? area->skew : LANDING_GUARD;

    return is_poison(area, area->skew - before, before) &&
           is_poison(area, area->skew + len, LANDING_GUARD);
}

uint32_t landing_segs(const struct landing *area, uint32_t offset, uint32_t len,
                      struct dmacoh_seg *seg)
{
    uint32_t at = area->skew + offset;
    uint32_t count = 0;

    if (area->kind == LANDING_LOW) {
        seg[0].phys = board_plan.low_phys + at;
        seg[0].len = len;
        return 1;
    }
    while (len != 0) {
        const uint32_t room = PAGE - at % PAGE;
        const uint32_t part = len < room ? len : room;

        seg[count].phys = board_plan.high_phys + high_offset(at);
        seg[count].len = part;
        count++;
        at += part;
        len -= part;
    }
    return count;
}

const void *landing_view(const struct landing *area, uint32_t offset, uint32_t *len)
{
    return view(area, area->skew + offset, len);
}
