/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The first stages of a map: limits and reach, what is bounced and where, and the output segments.
 * The order is fixed here and the same for every device. Nothing is copied or maintained yet, so a
 * failure gives back the slots and leaves no trace.
 */
#include "device.h"
#include "map.h"
#include "memmap.h"
#include "range.h"
#include "window.h"

/* p->seg is the segment that is worked on, and p->got what it asks for. */
static int fail(struct plan *p, int status, uint64_t limit)
{
    p->limit = limit;
    return status;
}

static bool maintained(const struct plan *p)
{
    return (p->dev->flags & DMACOH_DEV_COHERENT) == 0 && (p->attrs & DMACOH_ATTR_MMIO) == 0;
}

/*
 * Does the device write into cached lines whose rest may belong to somebody else? Or would it read from
 * one that a neighbour's store may take to another CPU, dirty, before it is cleaned?
 */
static bool edges_matter(const struct plan *p)
{
    const bool leave =
        BE_MAY(BE_P_LINES_LEAVE) && (p->dev->c->policy->flags & BE_P_LINES_LEAVE) != 0;

    return maintained(p) && (p->dir != DMACOH_TO_DEVICE || leave) &&
           (p->attrs & DMACOH_ATTR_EDGES_OWNED) == 0;
}

static bool partial(const struct plan *p, dmacoh_phys_t first, uint32_t len)
{
    return (((uint32_t)first | len) & (p->dev->c->line - 1u)) != 0;
}

/* --- stage 1: limits and reach of one segment --- */

/*
 * Is the memory something that can be mapped at all? *nodma: no master reaches it, so it is bounced.
 * *dark: the CPU can neither touch nor maintain part of it, for want of a mapping and of windows.
 */
static int check_memory(struct plan *p, const struct dmacoh_seg *s, bool *nodma, bool *dark)
{
    dmacoh_phys_t phys = s->phys;
    uint32_t len = s->len;

    while (len != 0) {
        const struct dmacoh_mem *m = mem_find(p->dev->c, phys);

        if (m == NULL) {
            p->got = phys;
            return fail(p, DMACOH_E_NOTRAM, 0);
        }
        const uint32_t part = (uint32_t)min_u64(len, m->size - (phys - m->phys));

        if (m->kind == DMACOH_RAM_NODMA) {
            *nodma = true;
        } else if (m->kind == DMACOH_RAM_HIGH && !window_can(p->dev->c, phys + (part - 1u))) {
            *dark = true;
        }
        phys += part;
        len -= part;
    }
    return DMACOH_OK;
}

/* Does [bus, bus + len) cross a multiple of the boundary? 0: there is none. */
static bool crosses(dmacoh_bus_t bus, uint32_t len, uint64_t boundary)
{
    return ((bus ^ (bus + (len - 1u))) & (0u - boundary)) != 0;
}

/* OK: the device can use the segment itself. Else the reason why it must be bounced whole. */
static int direct_reason(struct plan *p, const struct dmacoh_seg *s, bool nodma, bool no_edges)
{
    const struct dmacoh_dev *dev = p->dev;
    const struct dmacoh_limits *lim = &dev->lim;
    dmacoh_bus_t bus = 0;

    p->limit = lim->mask;
    const int rc = dev_bus(dev, s->phys, s->len - 1u, false, &bus);

    if (nodma || rc != DMACOH_OK) {
        return nodma ? DMACOH_E_NOTRAM : rc;
    }
    if (((uint32_t)bus & dev->align_mask) != 0) {
        return fail(p, DMACOH_E_ALIGN, lim->align);
    }
    if (p->single && crosses(bus, s->len, lim->boundary)) {
        return fail(p, DMACOH_E_BOUNDARY, lim->boundary);
    }
    if (no_edges && edges_matter(p) && partial(p, s->phys, s->len)) {
        return fail(p, DMACOH_E_EDGE, dev->c->line);
    }
    return (dev->flags & DMACOH_DEV_FORCE_BOUNCE) != 0 && (p->attrs & DMACOH_ATTR_MMIO) == 0
               ? DMACOH_E_UNSUPP
               : DMACOH_OK;
}

/* --- stage 2: slots --- */

#if DMACOH_WITH_BOUNCE

static bool may_bounce(const struct plan *p)
{
    return p->dev->bounce != NULL && (p->attrs & (DMACOH_ATTR_NO_BOUNCE | DMACOH_ATTR_MMIO)) == 0;
}

/* A slot of len bytes, what lies in front of the data in its unit included. */
static int take_slot(struct plan *p, size_t len, uint32_t max_granules, uint32_t *place)
{
    const struct dmacoh_dev *dev = p->dev;
    struct pool_want want = {.dev = dev,
                             .types = POOL_TYPES_BOUNCE,
                             .len = len,
                             .align_log = log2_ceil(dev->unit),
                             .max_granules = max_granules};

    if (len <= dev->lim.boundary && log2_ceil(len) > want.align_log) {
        want.align_log = log2_ceil(len); /* so it crosses no larger power of two */
    }
    struct pool_run run;
    const int rc = pool_take(dev->bounce, &want, &run);

    if (rc != DMACOH_OK) {
        return fail(p, rc, want.free);
    }
    *place = run_place(&run);
    return rc;
}

static int bounce_whole(struct plan *p, struct dmacoh_seg *s)
{
    const uint64_t boundary = p->dev->lim.boundary;
    const uint64_t len = (uint64_t)slot_in_unit(p->dev, s->phys) + s->len;
    uint32_t place;

    p->got = len;
    if (p->single && len - 1u > boundary - 1u) {
        return fail(p, DMACOH_E_BOUNDARY, boundary); /* no slot could hold it either */
    }
    if (len > SIZE_MAX) {
        return fail(p, DMACOH_E_NOREGION, 0); /* no region of this machine is that long */
    }
    const int rc = take_slot(p, (size_t)len, RUNS_MAX, &place);

    if (rc == DMACOH_OK) {
        s->slot = slot_whole(place);
        p->bounces++;
    }
    return rc;
}

/* The partial first and last line of one run. Both may be in the same unit: then there is only a head. */
static int bounce_edges(struct plan *p, const struct run_span *run)
{
    const uint32_t line_mask = p->dev->c->line - 1u;
    const uint32_t first = (uint32_t)p->in[run->first].phys;
    const uint32_t last = first + (run->len - 1u);
    const uint32_t unit = p->dev->unit;
    const bool one_unit = run->len <= unit_rest(first, unit);
    const bool tail = (last & line_mask) != line_mask;
    uint32_t place;
    int rc = DMACOH_OK;

    p->got = unit;
    if ((first & line_mask) != 0 || (one_unit && tail)) {
        rc = take_slot(p, unit, EDGE_MAX, &place);
        if (rc == DMACOH_OK) {
            p->in[run->first].slot = slot_edges(place_edge(place), EDGE_ABSENT);
            p->edges++;
        }
    }
    if (rc == DMACOH_OK && tail && !one_unit) {
        rc = take_slot(p, unit, EDGE_MAX, &place);
        if (rc == DMACOH_OK) {
            uint32_t *word = &p->in[run->last].slot;

            *word = slot_edges(slot_head(*word), place_edge(place));
            p->edges++;
        }
    }
    return rc;
}

static void free_edge(const struct dmacoh_dev *dev, uint32_t edge)
{
    if (edge != EDGE_ABSENT) {
        slot_free(dev, edge_place(edge));
    }
}

void plan_release(const struct dmacoh_dev *dev, const struct dmacoh_seg *in, uint32_t nin)
{
    for (uint32_t i = 0; i < nin; i++) {
        const uint32_t word = in[i].slot;

        if (slot_is_whole(word)) {
            slot_free(dev, slot_place(word));
        }
        free_edge(dev, slot_head(word));
        free_edge(dev, slot_tail(word));
    }
}

#else /* !DMACOH_WITH_BOUNCE */

static bool may_bounce(const struct plan *p)
{
    (void)p;
    return false;
}

static int bounce_whole(struct plan *p, struct dmacoh_seg *s)
{
    (void)p;
    (void)s;
    return DMACOH_E_UNSUPP;
}

static int bounce_edges(struct plan *p, const struct run_span *run)
{
    (void)p;
    (void)run;
    return DMACOH_E_UNSUPP;
}

void plan_release(const struct dmacoh_dev *dev, const struct dmacoh_seg *in, uint32_t nin)
{
    (void)dev;
    (void)in;
    (void)nin;
}

#endif

/* The shared edge lines of a list, run by run. */
static slow_path int plan_edges(struct plan *p)
{
    struct run_span run;
    int rc = DMACOH_OK;

    for (uint32_t at = 0; rc == DMACOH_OK && run_find(p->in, p->nin, at, &run); at = run.next) {
        const struct dmacoh_seg *first = &p->in[run.first];

        if (!slot_is_whole(first->slot) && partial(p, first->phys, run.len)) {
            p->seg = run.first;
            if (!may_bounce(p)) {
                p->got = first->phys;
                return fail(p, DMACOH_E_EDGE, p->dev->c->line);
            }
            p->split = true;
            rc = bounce_edges(p, &run);
        }
    }
    return rc;
}

static int plan_segment(struct plan *p, struct dmacoh_seg *s, bool no_edges)
{
    bool nodma = false;
    bool dark = false;
    int rc = DMACOH_OK;

    p->got = s->phys;
    if (!range_ok64(s->phys, s->len)) {
        return fail(p, DMACOH_E_RANGE, UINT64_MAX);
    }
    if ((p->attrs & DMACOH_ATTR_MMIO) == 0) {
        rc = check_memory(p, s, &nodma, &dark);
        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    if (p->single && p->dev->lim.max_seg != 0 && s->len > p->dev->lim.max_seg) {
        p->got = s->len;
        return fail(p, DMACOH_E_SEGSIZE, p->dev->lim.max_seg);
    }
    rc = direct_reason(p, s, nodma, no_edges);
    if (rc != DMACOH_OK && !may_bounce(p)) {
        return rc;
    }
    if (dark && (rc != DMACOH_OK || maintained(p))) {
        return fail(p, DMACOH_E_NOMAP, p->dev->c->win_phys_last);
    }
    return rc != DMACOH_OK ? bounce_whole(p, s) : DMACOH_OK;
}

/* --- stage 3: output segments --- */

/*
 * How much of [bus, bus + len) fits into a segment that starts at addr, bus itself at or behind it. A cut
 * inside the data must be where a joint may be: at a multiple of the alignment and of the gap unit.
 */
static inline uint32_t fitting(const struct dmacoh_dev *dev, dmacoh_bus_t addr, dmacoh_bus_t bus,
                               uint32_t len)
{
    const struct dmacoh_limits *lim = &dev->lim;
    const uint32_t used = (uint32_t)(bus - addr);
    /* The longest segment at addr, less 1: so a limit of 0, which means none, is the largest. */
    const uint32_t most = (uint32_t)min_u64(lim->max_seg - 1u, ~addr & (lim->boundary - 1u));

    if (used > most) {
        return 0; /* full */
    }
    const uint32_t room = most - used; /* less 1, too */

    if (len - 1u <= room) {
        return len;
    }
    const uint32_t over = ((uint32_t)bus + room + 1u) & (lim->gap_mask | dev->align_mask);

    return room >= over ? room - over + 1u : 0;
}

/* Add [bus, bus + len), growing the last segment if it touches. */
static int emit(struct plan *p, dmacoh_bus_t bus, uint32_t len)
{
    const struct dmacoh_limits *lim = &p->dev->lim;

    while (len != 0) {
        struct dmacoh_bseg *out = &p->out[p->nout];
        dmacoh_bus_t end = 0;
        uint32_t part = 0;

        if (p->nout != 0) {
            end = out[-1].addr + out[-1].len;
            if (end == bus) {
                part = fitting(p->dev, out[-1].addr, bus, len);
            } else {
                end |= bus;
            }
        }
        if (part != 0) {
            out--;
        } else {
            if (((uint32_t)end & lim->gap_mask) != 0) {
                p->got = bus;
                return fail(p, DMACOH_E_GAP, lim->gap_mask);
            }
            if (p->nout == p->max_out) {
                p->got = p->nout + 1u;
                return fail(p, DMACOH_E_NSEGS, p->max_out);
            }
            part = fitting(p->dev, bus, bus, len);
            if (part == 0) {
                p->got = len;
                return fail(p, DMACOH_E_SEGSIZE, lim->max_seg);
            }
            out->addr = bus;
            out->len = 0;
            p->nout++;
        }
        out->len += part;
        bus += part;
        len -= part;
    }
    return DMACOH_OK;
}

/*
 * One piece. What the device uses itself may lie in neighbouring bus windows, which continue a run at
 * another bus address; a slot lies in one window, since all of its region does.
 */
static int emit_piece(struct plan *p, const struct piece *piece)
{
    dmacoh_phys_t phys = piece->phys;
    uint32_t len = piece->len;
    int rc = DMACOH_OK;

#if DMACOH_WITH_BOUNCE
    if (piece->place != PLACE_NONE) {
        phys = slot_spot(p->dev, piece->place, phys).phys;
    }
#endif
    while (rc == DMACOH_OK && len != 0) {
        struct span span;

        const int reach = dev_span(p->dev, phys, false, &span);

        core_assert(reach == DMACOH_OK); /* every segment and every slot was seen to reach */
        (void)reach;
        const uint32_t part = (uint32_t)min_u64(len - 1u, span.more) + 1u;

        rc = emit(p, span.bus, part);
        phys += part;
        len -= part;
    }
    return rc;
}

static slow_path int emit_all(struct plan *p)
{
    struct walk w;
    struct piece piece;
    int rc = DMACOH_OK;

    p->nout = 0;
    walk_start(&w, p->in, p->nin, p->dev->unit);
    while (rc == DMACOH_OK && walk_next(&w, &piece)) {
        p->seg = piece.seg;
        rc = emit_piece(p, &piece);
    }
    return rc;
}

/* --- all of it --- */

static int attempt(struct plan *p, bool no_edges)
{
    int rc = DMACOH_OK;

    p->bounces = 0;
    p->edges = 0;
    for (uint32_t i = 0; i < p->nin; i++) {
        struct dmacoh_seg *s = &p->in[i];

        s->slot = SLOT_NONE;
        if (rc == DMACOH_OK && s->len != 0) {
            p->seg = i;
            rc = plan_segment(p, s, no_edges);
        }
    }
    if (rc == DMACOH_OK && !no_edges && edges_matter(p)) {
        rc = plan_edges(p);
    }
    if (rc == DMACOH_OK) {
        rc = emit_all(p);
    }
    if (rc != DMACOH_OK) {
        plan_release(p->dev, p->in, p->nin);
    }
    return rc;
}

/*
 * A list first tries to bounce shared edge lines only. What that may break is the number of segments, a
 * joint, or the supply of edge slots; then the segments with such edges are bounced whole.
 */
int plan_make(struct plan *p)
{
    const uint32_t most = p->dev->lim.max_segs;
    uint64_t sum = 0;

    for (uint32_t i = 0; i < p->nin; i++) {
        sum += p->in[i].len;
    }
    if (sum == 0 || sum > UINT32_MAX) {
        p->got = sum;
        return fail(p, DMACOH_E_SIZE, UINT32_MAX);
    }
    p->len = (uint32_t)sum;
    if (most != 0 && most < p->max_out) {
        p->max_out = most;
    }
    int rc = attempt(p, p->single);

    if (rc != DMACOH_OK && p->split) {
        rc = attempt(p, true);
    }
    return rc;
}
