/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file walk.h
 * @brief The pieces of a mapping, in transfer order. Private.
 *
 * Input segments that touch and are not bounced whole form a run; edges are edges of runs, so two
 * segments that share a line with nobody else need no bounce. A run is up to three pieces: a head that
 * goes through an edge slot, a body that the device uses directly, a tail through an edge slot. The walk
 * needs nothing but the input array and its slot words, so that map, sync and unmap see the same pieces.
 */
#ifndef DMACOH_WALK_H
#define DMACOH_WALK_H

#include "slot.h"

#include <dmacoh/map.h>

struct piece {
    dmacoh_phys_t phys; /* of the memory, not of a slot */
    uint32_t len;
    uint32_t off;   /* in the mapping */
    uint32_t seg;   /* input segment of its first byte */
    uint32_t place; /* slot, or PLACE_NONE */
};

struct walk {
    const struct dmacoh_seg *in;
    uint32_t nin, unit;
    uint32_t next; /* input segment behind the current run */
    uint32_t off;  /* of the next piece */
    /* the rest of the current run */
    dmacoh_phys_t phys;
    uint32_t left;
    uint32_t seg;
    uint32_t head, tail; /* edge words, EDGE_ABSENT when there is none (any more) */
    uint32_t tail_len;
};

void walk_start(struct walk *w, const struct dmacoh_seg *in, uint32_t nin, uint32_t unit);
bool walk_next(struct walk *w, struct piece *p);

/*
 * The next run of segments that touch and are not bounced whole: first and last non-empty segment and
 * its bytes; false at the end. *next is where to go on. A whole-bounced segment is a run of its own.
 */
struct run_span {
    uint32_t first, last, next;
    uint32_t len;
};
bool run_find(const struct dmacoh_seg *in, uint32_t nin, uint32_t at, struct run_span *run);

#endif
