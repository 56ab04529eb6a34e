/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "walk.h"

#include "range.h"

static bool is_whole(const struct dmacoh_seg *s)
{
    return slot_is_whole(s->slot);
}

bool run_find(const struct dmacoh_seg *in, uint32_t nin, uint32_t at, struct run_span *run)
{
    while (at < nin && in[at].len == 0) {
        at++;
    }
    if (at == nin) {
        return false;
    }
    run->first = at;
    run->last = at;
    run->len = in[at].len;
    for (at++; at < nin; at++) {
        if (in[at].len == 0) {
            continue;
        }
        if (is_whole(&in[run->last]) || is_whole(&in[at]) ||
            in[at].phys != in[run->last].phys + in[run->last].len) {
            break;
        }
        run->last = at;
        run->len += in[at].len;
    }
    run->next = at;
    return true;
}

void walk_start(struct walk *w, const struct dmacoh_seg *in, uint32_t nin, uint32_t unit)
{
    *w = (struct walk){.in = in, .nin = nin, .unit = unit};
}

static bool next_run(struct walk *w)
{
    struct run_span run;

    if (!run_find(w->in, w->nin, w->next, &run)) {
        return false;
    }
    const struct dmacoh_seg *first = &w->in[run.first];

    w->next = run.next;
    w->seg = run.first;
    w->phys = first->phys;
    w->left = run.len;
    w->head = slot_head(first->slot);
    w->tail = slot_tail(w->in[run.last].slot);
    w->tail_len = (((uint32_t)first->phys + run.len - 1u) & (w->unit - 1u)) + 1u;
    return true;
}

/* Length of the next piece of the current run, and its slot. */
static uint32_t cut(struct walk *w, uint32_t *place)
{
    const struct dmacoh_seg *s = &w->in[w->seg];

    *place = PLACE_NONE;
    if (is_whole(s)) {
        *place = slot_place(s->slot);
        return w->left;
    }
    if (w->head != EDGE_ABSENT) {
        *place = edge_place(w->head);
        w->head = EDGE_ABSENT;
        return min_u32(w->left, unit_rest((uint32_t)w->phys, w->unit));
    }
    if (w->tail == EDGE_ABSENT) {
        return w->left;
    }
    if (w->left > w->tail_len) {
        return w->left - w->tail_len;
    }
    *place = edge_place(w->tail);
    return w->left;
}

bool walk_next(struct walk *w, struct piece *p)
{
    if (w->left == 0 && !next_run(w)) {
        return false;
    }
    p->phys = w->phys;
    p->off = w->off;
    p->seg = w->seg;
    p->len = cut(w, &p->place);
    w->phys += p->len;
    w->off += p->len;
    w->left -= p->len;
    return true;
}
