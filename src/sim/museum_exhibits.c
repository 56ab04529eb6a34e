/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* All exhibits, in the order of the table. */
#include <string.h>

#include "museum.h"

const struct exhibit *const museum[] = {
    /* operations that are missing, or come at the wrong moment */
    &museum_inval_before,
    &museum_dirty_before,
    &museum_l1_before_l2,
    &museum_index_two_cpus,
    &museum_inval_no_dma,
    /* the wrong lines */
    &museum_not_padded,
    &museum_edge_dropped,
    &museum_edge_two_steps,
    &museum_unaligned_loop,
    &museum_loop_too_far,
    &museum_misaligned_skip,
    /* order of accesses, attributes of a page, contents of a bounce slot */
    &museum_own_doorbell,
    &museum_posted_write,
    &museum_remap_too_late,
    &museum_freed_too_early,
    &museum_bounce_garbage,
};
const size_t museum_count = sizeof museum / sizeof museum[0];

const struct exhibit *museum_find(const char *name)
{
    for (size_t i = 0; i < museum_count; i++) {
        if (strcmp(museum[i]->name, name) == 0) {
            return museum[i];
        }
    }
    return NULL;
}
