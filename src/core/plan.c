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

static int fail(struct plan *p, int status, uint32_t seg, uint64_t limit, uint64_t got)
{
    p->seg = seg;
    p->limit = limit;
    p->got = got;
    return status;
}

static bool maintained(const struct plan *p)
{
    return (p->dev->flags & DMACOH_DEV_COHERENT) == 0 && (p->attrs & DMACOH_ATTR_MMIO) == 0;
}

/* Does the device write into cached lines whose rest may belong to somebody else? */
static bool edges_matter(const struct plan *p)
{
    return maintained(p) && p->dir != DMACOH_TO_DEVICE && (p->attrs & DMACOH_ATTR_EDGES_OWNED) == 0;
}

static bool partial(const struct plan *p, dmacoh_phys_t first, uint64_t len)
{
    return ((first | len) & (p->dev->c->line - 1u)) != 0;
}

/* --- stage 1: limits and reach of one segment --- */

/*
 * Is the memory something that can be mapped at all? *nodma: no master reaches it, so it is bounced.
 * *dark: the CPU can neither touch nor maintain part of it, for want of a mapping and of windows.
 */
static int check_memory(struct plan *p, uint32_t seg, bool *nodma, bool *dark)
{
    dmacoh_phys_t phys = p->in[seg].phys;
    uint64_t len = p->in[seg].len;

    while (len != 0) {
        const struct dmacoh_mem *m = mem_find(p->dev->c, phys);

        if (m == NULL) {
            return fail(p, DMACOH_E_NOTRAM, seg, 0, phys);
        }
        const uint64_t part = min_u64(len, m->size - (phys - m->phys));

        if (m->kind == DMACOH_RAM_NODMA) {
            *nodma = true;
        } else if (m->kind == DMACOH_RAM_HIGH && !window_can(p->dev->c, phys, part)) {
            *dark = true;
        }
        phys += part;
        len -= part;
    }
    return DMACOH_OK;
}

/* OK: the device can use the segment itself. Else the reason why it must be bounced whole. */
static int direct_reason(struct plan *p, uint32_t seg, bool nodma, bool no_edges)
{
    const struct dmacoh_dev *dev = p->dev;
    const struct dmacoh_limits *lim = &dev->lim;
    const struct dmacoh_seg *s = &p->in[seg];
    dmacoh_bus_t bus = 0;

    if (nodma) {
        return fail(p, DMACOH_E_NOTRAM, seg, 0, s->phys);
    }
    const int rc = dev_bus(dev, s->phys, s->len, lim->mask, &bus);

    if (rc != DMACOH_OK) {
        return fail(p, rc, seg, rc == DMACOH_E_MASK ? lim->mask : dev->nwindows,
                    s->phys + (s->len - 1u));
    }
    if ((bus & dev->align_mask) != 0) {
        return fail(p, DMACOH_E_ALIGN, seg, lim->align, bus);
    }
    if (p->single && lim->boundary != 0 && unit_last(bus, lim->boundary) - bus < s->len - 1u) {
        return fail(p, DMACOH_E_BOUNDARY, seg, lim->boundary, bus);
    }
    if (no_edges && edges_matter(p) && partial(p, s->phys, s->len)) {
        return fail(p, DMACOH_E_EDGE, seg, dev->c->line, s->phys);
    }
    if ((dev->flags & DMACOH_DEV_FORCE_BOUNCE) != 0 && (p->attrs & DMACOH_ATTR_MMIO) == 0) {
        return fail(p, DMACOH_E_UNSUPP, seg, 0, s->phys);
    }
    return DMACOH_OK;
}

/* --- stage 2: slots --- */

#if DMACOH_WITH_BOUNCE

static bool may_bounce(const struct plan *p)
{
    return p->dev->bounce != NULL && (p->attrs & (DMACOH_ATTR_NO_BOUNCE | DMACOH_ATTR_MMIO)) == 0;
}

/* A slot of len bytes, what lies in front of the data in its unit included. */
static int take_slot(struct plan *p, uint32_t seg, uint64_t len, uint32_t max_granules,
                     uint32_t *place)
{
    const struct dmacoh_dev *dev = p->dev;
    struct pool_want want = {.dev = dev,
                             .mask = dev->lim.mask,
                             .types = POOL_TYPES_BOUNCE,
                             .len = len,
                             .align = dev->unit,
                             .max_granules = max_granules};

    if (dev->lim.boundary != 0 && len <= dev->lim.boundary) {
        want.align = max_u64(want.align, pow2_above(len)); /* crosses no larger power of two */
    }
    const int rc = slot_alloc(dev, &want, place);

    return rc == DMACOH_OK ? rc : fail(p, rc, seg, want.free, len);
}

static int bounce_whole(struct plan *p, uint32_t seg)
{
    struct dmacoh_seg *s = &p->in[seg];
    const uint64_t len = (uint64_t)slot_in_unit(p->dev, s->phys) + s->len;
    uint32_t place;
    const int rc = take_slot(p, seg, len, RUNS_MAX, &place);

    if (rc == DMACOH_OK) {
        s->slot = slot_whole(place);
        p->bounces++;
    }
    return rc;
}

static int take_edge(struct plan *p, uint32_t seg, uint32_t *edge)
{
    uint32_t place;
    const int rc = take_slot(p, seg, p->dev->unit, EDGE_MAX, &place);

    if (rc == DMACOH_OK) {
        *edge = place_edge(place);
        p->edges++;
    }
    return rc;
}

/* The partial first and last line of one run. Both may be the same line: then it is a head. */
static int bounce_edges(struct plan *p, const struct run_span *run)
{
    const struct dmacoh *c = p->dev->c;
    const dmacoh_phys_t first = p->in[run->first].phys;
    const dmacoh_phys_t last = first + (run->len - 1u);
    const bool short_run = unit_first(first, p->dev->unit) == unit_first(last, p->dev->unit);
    const bool tail = unit_last(last, c->line) != last;
    uint32_t edge;
    int rc;

    if (unit_first(first, c->line) != first || (short_run && tail)) {
        rc = take_edge(p, run->first, &edge);
        if (rc != DMACOH_OK) {
            return rc;
        }
        p->in[run->first].slot = slot_edges(edge, EDGE_ABSENT);
    }
    if (tail && !short_run) {
        rc = take_edge(p, run->last, &edge);
        if (rc != DMACOH_OK) {
            return rc;
        }
        p->in[run->last].slot = slot_edges(slot_head(p->in[run->last].slot), edge);
    }
    return DMACOH_OK;
}

void plan_release(struct dmacoh_dev *dev, const struct dmacoh_seg *in, uint32_t nin)
{
    for (uint32_t i = 0; i < nin; i++) {
        const uint32_t word = in[i].slot;

        if (in[i].len == 0) {
            continue;
        }
        if ((word & SLOT_KIND) == SLOT_WHOLE) {
            slot_free(dev, slot_place(word));
        }
        if (slot_head(word) != EDGE_ABSENT) {
            slot_free(dev, edge_place(slot_head(word)));
        }
        if (slot_tail(word) != EDGE_ABSENT) {
            slot_free(dev, edge_place(slot_tail(word)));
        }
    }
}

#else /* !DMACOH_WITH_BOUNCE */

static bool may_bounce(const struct plan *p)
{
    (void)p;
    return false;
}

static int bounce_whole(struct plan *p, uint32_t seg)
{
    (void)p;
    (void)seg;
    return DMACOH_E_UNSUPP;
}

static int bounce_edges(struct plan *p, const struct run_span *run)
{
    (void)p;
    (void)run;
    return DMACOH_E_UNSUPP;
}

void plan_release(struct dmacoh_dev *dev, const struct dmacoh_seg *in, uint32_t nin)
{
    (void)dev;
    (void)in;
    (void)nin;
}

#endif

static int plan_segment(struct plan *p, uint32_t seg, bool no_edges)
{
    const struct dmacoh_seg *s = &p->in[seg];
    bool nodma = false;
    bool dark = false;
    int rc = DMACOH_OK;

    if (!range_ok(s->phys, s->len, UINT64_MAX)) {
        return fail(p, DMACOH_E_RANGE, seg, UINT64_MAX, s->phys);
    }
    if ((p->attrs & DMACOH_ATTR_MMIO) == 0) {
        rc = check_memory(p, seg, &nodma, &dark);
        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    if (p->single && p->dev->lim.max_seg != 0 && s->len > p->dev->lim.max_seg) {
        return fail(p, DMACOH_E_SEGSIZE, seg, p->dev->lim.max_seg, s->len);
    }
    rc = direct_reason(p, seg, nodma, no_edges);
    if (rc != DMACOH_OK && !may_bounce(p)) {
        return rc;
    }
    if (dark && (rc != DMACOH_OK || maintained(p))) {
        return fail(p, DMACOH_E_NOMAP, seg, p->dev->c->win_phys_last, s->phys);
    }
    return rc != DMACOH_OK ? bounce_whole(p, seg) : DMACOH_OK;
}

static int plan_edges(struct plan *p)
{
    struct run_span run;

    for (uint32_t at = 0; run_find(p->in, p->nin, at, &run); at = run.next) {
        const struct dmacoh_seg *first = &p->in[run.first];

        if ((first->slot & SLOT_KIND) == SLOT_WHOLE || !partial(p, first->phys, run.len)) {
            continue;
        }
        p->split = true;
        if (!may_bounce(p)) {
            return fail(p, DMACOH_E_EDGE, run.first, p->dev->c->line, first->phys);
        }
        const int rc = bounce_edges(p, &run);

        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    return DMACOH_OK;
}

/* --- stage 3: output segments --- */

/*
 * How much of [bus, bus + len) fits into a segment that starts at addr, bus itself at or behind it. A cut
 * inside the data must be where a joint may be: at a multiple of the alignment and of the gap unit.
 */
static uint32_t fitting(const struct dmacoh_dev *dev, dmacoh_bus_t addr, dmacoh_bus_t bus,
                        uint32_t len)
{
    const struct dmacoh_limits *lim = &dev->lim;
    uint64_t room = lim->max_seg != 0 ? lim->max_seg : UINT32_MAX;

    if (lim->boundary != 0) {
        room = min_u64(room, unit_rest(addr, lim->boundary));
    }
    room -= bus - addr;
    if (len <= room) {
        return len;
    }
    return (uint32_t)(room - min_u64(room, (bus + room) & (lim->gap_mask | dev->align_mask)));
}

/* Add [bus, bus + len), growing the last segment if it touches. */
static int emit(struct plan *p, uint32_t seg, dmacoh_bus_t bus, uint32_t len)
{
    const struct dmacoh_limits *lim = &p->dev->lim;
    const uint32_t most =
        lim->max_segs != 0 && lim->max_segs < p->max_out ? lim->max_segs : p->max_out;

    while (len != 0) {
        struct dmacoh_bseg *out = &p->out[p->nout];
        dmacoh_bus_t end = bus;
        uint32_t part = 0;

        if (p->nout != 0) {
            end = out[-1].addr + out[-1].len;
            if (end == bus) {
                out--;
                part = fitting(p->dev, out->addr, bus, len);
            }
        }
        if (part == 0) {
            out = &p->out[p->nout];
            if (p->nout != 0 && ((end | bus) & lim->gap_mask) != 0) {
                return fail(p, DMACOH_E_GAP, seg, lim->gap_mask, bus);
            }
            if (p->nout == most) {
                return fail(p, DMACOH_E_NSEGS, seg, most, p->nout + 1u);
            }
            part = fitting(p->dev, bus, bus, len);
            if (part == 0) {
                return fail(p, DMACOH_E_SEGSIZE, seg, lim->max_seg, len);
            }
            *out = (struct dmacoh_bseg){.addr = bus};
            p->nout++;
        }
        out->len += part;
        bus += part;
        len -= part;
    }
    return DMACOH_OK;
}

/* What the device uses itself; neighbouring bus windows may continue one run at another bus address. */
static int emit_direct(struct plan *p, const struct piece *piece)
{
    dmacoh_phys_t phys = piece->phys;
    uint32_t len = piece->len;

    while (len != 0) {
        dmacoh_bus_t bus = phys;
        uint64_t more = UINT64_MAX;
        int rc = dev_span(p->dev, phys, p->dev->lim.mask, &bus, &more);

        if (rc != DMACOH_OK) {
            return fail(p, rc, piece->seg, p->dev->lim.mask, phys);
        }
        const uint32_t part = (uint32_t)min_u64(len - 1u, more) + 1u;

        rc = emit(p, piece->seg, bus, part);
        if (rc != DMACOH_OK) {
            return rc;
        }
        phys += part;
        len -= part;
    }
    return DMACOH_OK;
}

static int emit_piece(struct plan *p, const struct piece *piece)
{
#if DMACOH_WITH_BOUNCE
    if (piece->place != PLACE_NONE) {
        const struct slot_spot spot = slot_spot(p->dev, piece->place, piece->phys);
        dmacoh_bus_t bus = 0;

        (void)dev_bus(p->dev, spot.phys, piece->len, p->dev->lim.mask,
                      &bus); /* its region reaches */
        return emit(p, piece->seg, bus, piece->len);
    }
#endif
    return emit_direct(p, piece);
}

static int emit_all(struct plan *p)
{
    struct walk w;
    struct piece piece;

    p->nout = 0;
    walk_start(&w, p->in, p->nin, p->dev->unit);
    while (walk_next(&w, &piece)) {
        const int rc = emit_piece(p, &piece);

        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    return DMACOH_OK;
}

/* --- all of it --- */

static int attempt(struct plan *p, bool no_edges)
{
    int rc = DMACOH_OK;

    p->bounces = 0;
    p->edges = 0;
    for (uint32_t i = 0; i < p->nin; i++) {
        p->in[i].slot = SLOT_NONE;
    }
    for (uint32_t i = 0; i < p->nin && rc == DMACOH_OK; i++) {
        if (p->in[i].len != 0) {
            rc = plan_segment(p, i, no_edges);
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

static int total(struct plan *p)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < p->nin; i++) {
        sum += p->in[i].len;
    }
    if (sum == 0 || sum > UINT32_MAX) {
        return fail(p, DMACOH_E_SIZE, 0, UINT32_MAX, sum);
    }
    p->len = (uint32_t)sum;
    return DMACOH_OK;
}

/*
 * A list first tries to bounce shared edge lines only. What that may break is the number of segments, a
 * joint, or the supply of edge slots; then the segments with such edges are bounced whole.
 */
int plan_make(struct plan *p)
{
    int rc = total(p);

    if (rc == DMACOH_OK) {
        rc = attempt(p, p->single);
        if (rc != DMACOH_OK && p->split) {
            rc = attempt(p, true);
        }
    }
    return rc;
}
