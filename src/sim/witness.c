/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * A bug of the set engine, shown on the concrete engine. First the parents of the failing state
 * tell what the adversary did to that line; if that does not replay (translations, several lines),
 * a search keeps the order of the agents and looks for the adversary's part.
 */
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "set.h"

/* The failing schedule once more, with parents kept. */
static void record(struct sim *s, const struct trans *t, uint32_t n)
{
    s->eng = &engine_set;
    s->recording = true;
    sched_reset(s);
    s->r.adv_left = s->r.pre_left = SIM_UNLIMITED;
    for (uint32_t i = 0; i < n && s->r.bug == SIM_OK; i++) {
        sched_exec(s, t[i]);
    }
    s->recording = false;
}

/* Which step of the schedule each act of the culprit's history belongs to, oldest first. */
static uint32_t history_of(const struct sim *s, struct history *out, uint32_t max)
{
    uint32_t n = 0;

    for (int32_t i = s->set->culprit; i >= 0 && n < max; i = s->set->hist[i].parent) {
        if (s->set->hist[i].act.kind != TR_RUN) {
            out[n++] = s->set->hist[i];
        }
    }
    for (uint32_t i = 0; i < n / 2; i++) {
        const struct history h = out[i];

        out[i] = out[n - 1 - i];
        out[n - 1 - i] = h;
    }
    return n;
}

static uint32_t add_walks(const struct sim *s, struct trans *out, uint32_t n)
{
    for (uint8_t c = 0; c < s->m.ncpu; c++) {
        for (uint32_t p = 0; p < s->npage && n + 1 < SIM_MAX_TRACE; p++) {
            out[n++] = (struct trans){TR_WALK, c, 0, 0, s->page[p].va};
        }
    }
    return n;
}

/* Weave the acts into the schedule: each after its step, those of the last step before it. */
static uint32_t weave(const struct sim *s, const struct trans *t, uint32_t n, bool walks,
                      struct trans *out)
{
    struct history h[256];
    const uint32_t nh = history_of(s, h, 256);
    uint32_t k = 0;
    uint32_t m = 0;

    for (uint32_t i = 0; i < n && m + 64 < SIM_MAX_TRACE; i++) {
        if (i + 1 == n) {
            for (; k < nh && m + 64 < SIM_MAX_TRACE; k++) {
                out[m++] = h[k].act;
            }
        }
        out[m] = t[i];
        out[m++].variant = 0; /* a concrete load has one value */
        for (; k < nh && h[k].step <= i + 1 && m + 64 < SIM_MAX_TRACE; k++) {
            out[m++] = h[k].act;
        }
        if (walks) {
            m = add_walks(s, out, m);
        }
    }
    return m;
}

static bool search_order(struct sim *s, const struct trans *t, uint32_t n, enum sim_bug bug,
                         struct search *q)
{
    bool found = false;

    s->order = mem_must(malloc((n + 1) * sizeof *s->order));
    memcpy(s->order, t, n * sizeof *t);
    s->norder = n;
    s->eng = &engine_concrete;
    for (int pass = 0; pass < 2 && !found; pass++) {
        s->any_line = pass == 1;
        for (uint32_t adv = 0; adv <= 6 && !found; adv++) {
            struct search w = {.adv = adv, .pre = SIM_UNLIMITED, .max_schedules = 200000};

            w.deadline = drive_now() + 3.0 < q->deadline ? drive_now() + 3.0 : q->deadline;
            const enum outcome o = drive_search(s, &w);
            q->steps += w.steps;
            found = o == OUT_FOUND && s->r.bug == bug;
            if (o == OUT_LIMIT || (!found && !w.limited)) {
                break;
            }
        }
    }
    free(s->order);
    s->order = NULL;
    s->any_line = false;
    return found;
}

/* On entry s->trace is the set engine's failing schedule; on success the concrete one. */
bool witness_replay(struct sim *s, struct search *q)
{
    const enum sim_bug bug = s->r.bug;
    const uint32_t n = s->ntrace;
    struct trans *t = mem_must(malloc((n + 1) * sizeof *t));
    struct trans *w = mem_must(malloc(SIM_MAX_TRACE * sizeof *w));
    bool found = false;

    memcpy(t, s->trace, n * sizeof *t);
    s->suspect_line = s->r.bug_line;
    for (int walks = 0; walks < 2 && !found; walks++) {
        record(s, t, n);
        const uint32_t m = weave(s, t, n, walks == 1, w);
        found = script_play(s, w, m) && s->r.bug == bug;
    }
    found = found || search_order(s, t, n, bug, q);
    free(t);
    free(w);
    return found;
}
