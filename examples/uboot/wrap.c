/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file wrap.c
 * U-Boot's two cache functions, done by the library.
 *
 * The linker's --wrap sends each call of flush_dcache_range() in U-Boot's drivers to
 * __wrap_flush_dcache_range(), and __real_flush_dcache_range() is U-Boot's own. What the library cannot
 * serve goes to U-Boot's own, so nothing is lost. README.md says why each step is what it is.
 */
#include <dmacoh/dmacoh.h>

#include "uboot.h"

/* The names are the linker's, and U-Boot's. */
void __wrap_flush_dcache_range(unsigned long start, unsigned long stop);
void __wrap_invalidate_dcache_range(unsigned long start, unsigned long stop);
void __real_flush_dcache_range(unsigned long start, unsigned long stop);
void __real_invalidate_dcache_range(unsigned long start, unsigned long stop);

/*
 * A handle without any maintenance of its own: the sync calls do it all. The range consists of whole
 * lines, whose owner is the caller. There is nothing to bounce through: U-Boot has given its device the
 * address already.
 */
#define HANDLE (DMACOH_ATTR_SKIP_SYNC | DMACOH_ATTR_EDGES_OWNED | DMACOH_ATTR_NO_BOUNCE)

/* How far the library's frames reach below a variable of this file, and this file's above it. */
#define STACK_BELOW 2048u
#define STACK_ABOVE 256u

/* Whole lines; size 0: none. */
struct lines {
    unsigned long first, size;
};

/* The lines that the range touches. */
static struct lines lines_around(unsigned long start, unsigned long stop)
{
    const unsigned long mask = uboot_line() - 1u;
    const unsigned long first = start & ~mask;

    /* By its last byte: one past the end is 0 at the top of the address space. */
    return (struct lines){first, ((stop - 1u) | mask) - first + 1u};
}

/* The lines that the range covers. */
static struct lines lines_inside(unsigned long start, unsigned long stop)
{
    const unsigned long mask = uboot_line() - 1u;
    const unsigned long before = (0u - start) & mask;
    const unsigned long size = stop - start;

    if (size < before) {
        return (struct lines){start, 0};
    }
    return (struct lines){start + before, (size - before) & ~mask};
}

/* Are the lines in the frame of the variable, or in those below it? Then the library writes to them. */
static bool stack_in(const struct lines *lines, const void *variable)
{
    const unsigned long from = (unsigned long)variable - STACK_BELOW;

    return lines->first - from < STACK_BELOW + STACK_ABOVE || from - lines->first < lines->size;
}

/* false: not memory that the library knows. */
static bool handle_make(struct dmacoh_map *map, const struct lines *lines, enum dmacoh_dir dir)
{
    struct dmacoh_dev *const masters = uboot_masters();

    return masters != NULL && dmacoh_map_single(masters, map, (const void *)lines->first,
                                                lines->size, dir, HANDLE) == DMACOH_OK;
}

/*
 * "Flush": the buffer goes to a device. U-Boot does not say whether the device will read or write it, so
 * it is BIDIRECTIONAL. U-Boot promises that afterwards the lines are gone from the cache, too, and
 * a driver may rely on it; so the lines are taken back at once. Between the two, a store to one of
 * the lines would be lost, and only the library itself stores: where the lines hold its own memory or the
 * stack, they are cleaned and stay.
 */
static bool to_device(unsigned long start, unsigned long stop)
{
    const struct lines lines = lines_around(start, stop);
    struct dmacoh_map map = {0};
    bool own;
    int rc;

    if (!handle_make(&map, &lines, DMACOH_BIDIRECTIONAL)) {
        return false;
    }
    own = uboot_own_memory(lines.first, lines.size) || stack_in(&lines, &map);
    uboot_calls()->to_device++;
    uboot_calls()->own += own;
    if (!uboot_aligned(start, stop)) {
        uboot_calls()->partial++;
    }
    rc = dmacoh_sync_for_device(&map, 0, lines.size);
    if (rc == DMACOH_OK && !own) {
        rc = dmacoh_sync_for_cpu(&map, 0, lines.size);
    }
    return dmacoh_unmap(&map) == DMACOH_OK && rc == DMACOH_OK;
}

/*
 * "Invalidate": the buffer comes back from a device. A line that the range covers in part also holds
 * somebody else's data, perhaps newer than memory: dropping it loses that, cleaning it writes old bytes
 * over the device's. It is left alone, as U-Boot leaves it alone.
 */
static bool to_cpu(unsigned long start, unsigned long stop)
{
    const struct lines lines = lines_inside(start, stop);
    struct dmacoh_map map = {0};
    int rc;

    if (!handle_make(&map, &lines, DMACOH_FROM_DEVICE)) {
        return false; /* so it is, too, if there is no whole line */
    }
    uboot_calls()->to_cpu++;
    if (!uboot_aligned(start, stop)) {
        uboot_calls()->partial++;
    }
    rc = dmacoh_sync_for_cpu(&map, 0, lines.size);
    return dmacoh_unmap(&map) == DMACOH_OK && rc == DMACOH_OK;
}

/* An empty range, or one that wraps, does nothing in U-Boot either. */
void __wrap_flush_dcache_range(unsigned long start, unsigned long stop)
{
    if (uboot_ready() && start < stop) {
        if (to_device(start, stop)) {
            return;
        }
        uboot_calls()->refused++;
    }
    __real_flush_dcache_range(start, stop);
}

void __wrap_invalidate_dcache_range(unsigned long start, unsigned long stop)
{
    if (uboot_ready() && start < stop) {
        if (to_cpu(start, stop)) {
            return;
        }
        uboot_calls()->refused++;
    }
    __real_invalidate_dcache_range(start, stop);
}
