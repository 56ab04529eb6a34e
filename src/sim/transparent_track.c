/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: the live mappings, the pieces that they are made of, and what was done to them. */
#include "transparent_track.h"

#include <stdlib.h>

static struct tp_map *live;

/* ---- what the driver did, for reports ---- */

void tp_deed(enum tp_deed deed, uint64_t phys, uint64_t len, enum dmacoh_dir dir)
{
    tp.history[tp.nhistory++ % TP_HISTORY] =
        (struct tp_history){.phys = phys, .len = len, .pc = tp.entry.pc, .deed = deed, .dir = dir};
}

const struct tp_history *tp_last_deed(uint64_t phys)
{
    const uint32_t n = tp.nhistory < TP_HISTORY ? tp.nhistory : TP_HISTORY;

    for (uint32_t i = 1; i <= n; i++) {
        const struct tp_history *h = &tp.history[(tp.nhistory - i) % TP_HISTORY];

        if (phys - h->phys < h->len) {
            return h;
        }
    }
    return NULL;
}

/* ---- live mappings ---- */

struct tp_map *tp_map_find(const struct dmacoh_map *handle)
{
    struct tp_map *m = live;

    while (m != NULL && m->handle != handle) {
        m = m->next;
    }
    return m;
}

void tp_map_add(struct tp_map *m)
{
    m->next = live;
    live = m;
}

void tp_map_drop(struct tp_map *m)
{
    struct tp_map **link = &live;

    while (*link != NULL && *link != m) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        *link = m->next;
    }
    free(m->span);
    free(m);
}

void tp_track_reset(void)
{
    while (live != NULL) {
        tp_map_drop(live);
    }
    tp.nhistory = 0;
}

uint32_t tp_track_live(void)
{
    uint32_t n = 0;

    for (const struct tp_map *m = live; m != NULL; m = m->next) {
        n++;
    }
    return n;
}

/* ---- spans ---- */

static uint64_t bus_to_phys(const struct dmacoh_dev *dev, dmacoh_bus_t bus)
{
    for (uint32_t i = 0; i < dev->nwindows; i++) {
        if (bus - dev->windows[i].bus < dev->windows[i].size) {
            return bus - dev->windows[i].bus + dev->windows[i].phys;
        }
    }
    return bus;
}

/* Input and output segments are two divisions of the same bytes: cut at the borders of both. */
bool tp_spans_make(struct tp_map *m, const struct dmacoh_seg *in, uint32_t nin,
                   const struct dmacoh_bseg *out, uint32_t nout)
{
    uint32_t i = 0;
    uint32_t o = 0;
    uint32_t in_off = 0;
    uint32_t out_off = 0;

    m->span = calloc(nin + nout, sizeof *m->span);
    if (m->span == NULL) {
        return false;
    }
    while (i < nin && o < nout) {
        const uint32_t in_left = in[i].len - in_off;
        const uint32_t out_left = out[o].len - out_off;
        const uint32_t len = in_left < out_left ? in_left : out_left;

        if (len != 0) {
            m->span[m->nspans++] = (struct tp_span){m->len, len, in[i].phys + in_off,
                                                    bus_to_phys(m->dev, out[o].addr) + out_off};
        }
        m->len += len;
        in_off += len;
        out_off += len;
        if (in_off == in[i].len) {
            i++;
            in_off = 0;
        }
        if (out_off == out[o].len) {
            o++;
            out_off = 0;
        }
    }
    return true;
}

/* The part of a span that [off, off + len) moves: bytes in place go in whole lines of the span. */
static struct tp_span moved(const struct tp_span *s, uint32_t off, uint32_t len)
{
    const uint64_t in_line = tp.model->granule - 1u;
    uint64_t first = off > s->off ? off : s->off;
    uint64_t end = (uint64_t)off + len < s->off + s->len ? (uint64_t)off + len : s->off + s->len;

    if (first >= end) {
        return (struct tp_span){s->off, 0, s->phys, s->dev};
    }
    if (s->phys == s->dev) {
        const uint64_t low = (s->phys + (first - s->off)) & ~in_line;
        const uint64_t high = ((s->phys + (end - s->off) - 1u) | in_line) + 1u;

        first = low > s->phys ? s->off + (low - s->phys) : s->off;
        end = high < s->phys + s->len ? s->off + (high - s->phys) : s->off + s->len;
    }
    const uint32_t skip = (uint32_t)(first - s->off);

    return (struct tp_span){(uint32_t)first, (uint32_t)(end - first), s->phys + skip,
                            s->dev + skip};
}

void tp_map_own(const struct tp_map *m, uint32_t off, uint32_t len, struct tp_change c)
{
    for (uint32_t i = 0; i < m->nspans; i++) {
        const struct tp_span part = moved(&m->span[i], off, len);

        if (part.len != 0 && part.phys == part.dev) {
            tp_own(part.phys, part.len, c.direct);
        } else if (part.len != 0) {
            tp_own(part.phys, part.len, c.bounced);
            tp_own(part.dev, part.len, c.slot);
        }
    }
}

void tp_map_deeds(const struct tp_map *m, uint32_t off, uint32_t len, enum tp_deed deed)
{
    for (uint32_t i = 0; i < m->nspans; i++) {
        const struct tp_span part = moved(&m->span[i], off, len);

        if (part.len != 0) {
            tp_deed(deed, part.phys, part.len, m->dir);
        }
        if (part.len != 0 && part.dev != part.phys) {
            tp_deed(deed, part.dev, part.len, m->dir);
        }
    }
}

enum sim_owner tp_device_owner(enum dmacoh_dir dir)
{
    if (dir == DMACOH_TO_DEVICE) {
        return SIM_OWN_TO;
    }
    return dir == DMACOH_FROM_DEVICE ? SIM_OWN_FROM : SIM_OWN_BIDI;
}

static bool overlap(const struct tp_map *a, const struct tp_map *b)
{
    for (uint32_t i = 0; i < a->nspans; i++) {
        for (uint32_t k = 0; k < b->nspans; k++) {
            if (a->span[i].phys < b->span[k].phys + b->span[k].len &&
                b->span[k].phys < a->span[i].phys + a->span[i].len) {
                return true;
            }
        }
    }
    return false;
}

/* Devices may read one buffer through several mappings: it is the CPU's after the last one only. */
void tp_keep_other_readers(const struct tp_map *ended)
{
    for (const struct tp_map *m = live; m != NULL; m = m->next) {
        if (m != ended && m->dir == DMACOH_TO_DEVICE && !m->taken_back &&
            (m->attrs & DMACOH_ATTR_SKIP_SYNC) == 0 && overlap(m, ended)) {
            tp_map_own(m, 0, m->len, (struct tp_change){SIM_OWN_TO, SIM_OWN_TO, SIM_OWN_LIB});
        }
    }
}
