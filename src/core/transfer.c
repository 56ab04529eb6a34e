/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Between the calls of this file a CPU may speculate: fill any line of the buffer, and write a dirty one
 * back, at any time. Two facts hold against it. When transfer_to_device() returns, no line that the
 * device will write is dirty in any cache, and until the buffer is taken back nobody stores to it, so
 * nothing can be written back over the device's data. When transfer_to_cpu() has invalidated, lines that
 * were filled before the device wrote are gone, and lines that are filled from then on show its data.
 *
 * To the device the inner level goes first and pushes into the outer one; to the CPU the outer level
 * goes first, else a line invalidated in the inner level could be refilled from a stale outer one. Passes
 * run over the whole range, so that barriers are counted per call, not per segment.
 */
#include "transfer.h"

#include "maint.h"
#include "range.h"

/* The part of a piece that lies in the range. */
struct part {
    uint32_t in; /* the piece */
    uint32_t len;
};

/* The next piece that has a part in the range; false: no more. */
static bool next_part(struct walk *w, const struct transfer *t, struct piece *whole,
                      struct part *part)
{
    while (walk_next(w, whole)) {
        const uint32_t from = max_u32(whole->off, t->first);
        const uint32_t to = min_u32(whole->off + whole->len, t->first + t->len);

        if (from < to) {
            part->in = from - whole->off;
            part->len = to - from;
            return true;
        }
    }
    return false;
}

/*
 * Lines of a piece that the device uses directly. The range is rounded outward to whole granules, within
 * the piece: that is what changes hands, whatever was asked for.
 */
static int maintain_direct(struct job *job, enum be_op op, enum level level,
                           const struct piece *whole, const struct part *part)
{
    const uint32_t in_line = job->c->line - 1u;
    const uint32_t first = (uint32_t)whole->phys + part->in;
    const uint32_t before = min_u32(first & in_line, part->in);
    const uint32_t after =
        min_u32((0u - (first + part->len)) & in_line, whole->len - (part->in + part->len));

    return maint_range(job, op, level, whole->phys + (part->in - before),
                       before + part->len + after);
}

/*
 * To the device, OVERWRITE: whole lines of the buffer may be dropped, a shared or partial line never, nor
 * a slot, which was filled before.
 */
static enum be_op choose(const struct transfer *t, enum be_transition transition,
                         const struct piece *whole, const struct part *part)
{
    if (transition == BE_TO_DEVICE && (t->how & HOW_OVERWRITE) != 0 && whole->place == PLACE_NONE &&
        ((((uint32_t)whole->phys + part->in) | part->len) & (t->dev->c->line - 1u)) == 0) {
        transition = BE_OVERWRITE;
    }
    return (enum be_op)t->dev->c->policy->op[t->how & HOW_DIR][transition];
}

static int maintain_part(struct job *job, const struct transfer *t, enum be_transition transition,
                         enum level level, const struct piece *whole, const struct part *part)
{
    const enum be_op op = choose(t, transition, whole, part);

    if (op == BE_NOP) {
        return DMACOH_OK;
    }
#if DMACOH_WITH_BOUNCE
    if (whole->place != PLACE_NONE) {
        const struct slot_spot spot = slot_spot(t->dev, whole->place, whole->phys);

        return spot.cached ? maint_range(job, op, level, spot.phys + part->in, part->len)
                           : DMACOH_OK;
    }
#endif
    return maintain_direct(job, op, level, whole, part);
}

static int maintain_level(struct job *job, const struct transfer *t, enum be_transition transition,
                          enum level level)
{
    struct walk w;
    struct piece whole;
    struct part part = {.in = t->first, .len = t->len};
    int rc = DMACOH_OK;
    /* The usual case is one piece, which needs no walk. */
    const bool plain = t->nin == 1u && t->in->slot == SLOT_NONE;

    if (plain) {
        whole.phys = t->in->phys;
        whole.len = t->in->len;
        whole.place = PLACE_NONE;
    } else {
        walk_start(&w, t->in, t->nin, t->dev->unit);
    }
    while (rc == DMACOH_OK && (plain || next_part(&w, t, &whole, &part))) {
        rc = maintain_part(job, t, transition, level, &whole, &part);
        if (plain) {
            break;
        }
    }
    return rc;
}

static int maintain(struct job *job, const struct transfer *t, enum be_transition transition)
{
    int rc = DMACOH_OK;

    if ((t->how & HOW_CACHE) == 0) {
        return DMACOH_OK;
    }
#if DMACOH_WITH_OUTER
    if ((t->dev->c->policy->flags & BE_P_OUTER) != 0) {
        const bool out = transition == BE_TO_DEVICE;

        rc = maintain_level(job, t, transition, out ? LEVEL_INNER : LEVEL_OUTER);
        maint_done(job);
        if (rc == DMACOH_OK) {
            rc = maintain_level(job, t, transition, out ? LEVEL_OUTER : LEVEL_INNER);
        }
        maint_done(job);
        return rc;
    }
#endif
    rc = maintain_level(job, t, transition, LEVEL_INNER);
    maint_done(job);
    return rc;
}

#if DMACOH_WITH_BOUNCE

static int copy(struct job *job, const struct transfer *t, bool to_slot)
{
    struct walk w;
    struct piece whole;
    struct part part;

    if ((t->how & HOW_BOUNCE) == 0) {
        return DMACOH_OK;
    }
    walk_start(&w, t->in, t->nin, t->dev->unit);
    while (next_part(&w, t, &whole, &part)) {
        if (whole.place == PLACE_NONE) {
            continue;
        }
        const struct slot_spot spot = slot_spot(t->dev, whole.place, whole.phys);
        const int rc = maint_copy(job, whole.phys + part.in, spot.va + part.in, part.len, to_slot);

        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    return DMACOH_OK;
}

#else

static int copy(struct job *job, const struct transfer *t, bool to_slot)
{
    (void)job;
    (void)t;
    (void)to_slot;
    return DMACOH_OK;
}

#endif

/* Slots are filled before anything else. */
int transfer_to_device(struct job *job, const struct transfer *t)
{
    int rc = DMACOH_OK;

    if (t->fill) {
        rc = copy(job, t, true);
    }
    return rc == DMACOH_OK ? maintain(job, t, BE_TO_DEVICE) : rc;
}

int transfer_to_cpu(struct job *job, const struct transfer *t)
{
    if ((t->how & HOW_DIR) == DMACOH_TO_DEVICE) {
        return DMACOH_OK;
    }
    if ((t->how & HOW_FLUSH) != 0) {
        t->dev->flush_posted(t->dev->flush_ctx);
    }
    if ((t->how & (HOW_CACHE | HOW_BOUNCE)) == 0) {
        return DMACOH_OK;
    }
    maint_begin(job);
    if (BE_MAY(BE_P_POST_BATCH) && (job->c->policy->flags & BE_P_POST_BATCH) != 0) {
        BE(job->c, post_batch)(job->c);
    }
    int rc = maintain(job, t, BE_TO_CPU);

    if (rc == DMACOH_OK) {
        rc = copy(job, t, false);
    }
    return rc;
}
