/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: the set of states of one line, and the line images that they refer to. */
#include <stdlib.h>
#include <string.h>

#include "set.h"

static uint64_t hash_content(const uint8_t *d, size_t n)
{
    uint64_t h = 3;

    for (size_t i = 0; i < n; i += 8) {
        uint64_t w;
        memcpy(&w, d + i, 8);
        h = mix64(h, w);
    }
    return h;
}

/* Contents that no state refers to any more leave their numbers to new ones. */
static uint32_t free_content(struct lineset *l)
{
    bool used[SET_MAX_CONTENT + 1] = {true};

    for (uint32_t i = 0; i < l->n; i++) {
        const struct lstate *st = &l->state[i];

        used[st->dram] = used[st->l2] = true;
        for (int c = 0; c < SIM_MAX_COPIES; c++) {
            used[st->l1[c]] = true;
        }
    }
    for (uint32_t i = 1; i < l->ncontent; i++) {
        if (!used[i]) {
            return i;
        }
    }
    return 0;
}

/* The number of a line image in this line's set. */
uint8_t set_intern(struct sim *s, struct lineset *l, const uint8_t *d)
{
    const uint64_t h = hash_content(d, s->m.line);

    for (uint32_t i = 1; i < l->ncontent; i++) {
        if (l->content_hash[i] == h && memcmp(l->content[i], d, s->m.line) == 0) {
            return (uint8_t)i;
        }
    }
    uint32_t id = l->ncontent;
    if (l->ncontent > SET_MAX_CONTENT) {
        id = free_content(l);
        if (id == 0) {
            step_overflow(s);
            return 1;
        }
    } else {
        l->ncontent++;
    }
    if (id >= l->cap_content) {
        l->cap_content = l->cap_content != 0 ? 2 * l->cap_content : 16;
        l->content = mem_must(realloc(l->content, l->cap_content * sizeof *l->content));
        l->content_hash =
            mem_must(realloc(l->content_hash, l->cap_content * sizeof *l->content_hash));
    }
    memset(l->content[id], 0, SIM_LINE_MAX);
    memcpy(l->content[id], d, s->m.line);
    l->content_hash[id] = h;
    return (uint8_t)id;
}

static int32_t remember(struct sim *s, int32_t parent, struct trans act)
{
    struct set_engine *e = s->set;

    if (!s->recording) {
        return -1;
    }
    if (e->nhist == e->cap_hist) {
        e->cap_hist = e->cap_hist != 0 ? 2 * e->cap_hist : 1024;
        e->hist = mem_must(realloc(e->hist, e->cap_hist * sizeof *e->hist));
    }
    e->hist[e->nhist] = (struct history){parent, s->r.step, act};
    return (int32_t)e->nhist++;
}

void set_add(struct sim *s, struct lineset *l, const struct lstate *st, int32_t parent,
             struct trans act)
{
    for (uint32_t i = 0; i < l->n; i++) {
        if (memcmp(&l->state[i], st, sizeof *st) == 0) {
            return;
        }
    }
    if (l->n == SET_MAX_STATES) {
        step_overflow(s);
        return;
    }
    if (l->n == l->cap) {
        l->cap = l->cap != 0 ? 2 * l->cap : 16;
        l->state = mem_must(realloc(l->state, l->cap * sizeof *l->state));
        l->from = mem_must(realloc(l->from, l->cap * sizeof *l->from));
    }
    l->state[l->n] = *st;
    l->from[l->n] = remember(s, parent, act);
    l->n++;
    if (l->n > s->set->max_set) {
        s->set->max_set = l->n;
    }
}

struct lineset *set_peek(const struct sim *s, int li)
{
    if ((uint32_t)li >= s->set->cap_line || s->set->line[li] == NULL || !s->set->line[li]->live) {
        return NULL;
    }
    return s->set->line[li];
}

static void reserve(struct set_engine *e, uint32_t n)
{
    if (n <= e->cap_line) {
        return;
    }
    const uint32_t cap = n * 2;
    e->line = mem_must(realloc(e->line, cap * sizeof(void *)));
    for (uint32_t i = e->cap_line; i < cap; i++) {
        e->line[i] = NULL;
    }
    e->live = mem_must(realloc(e->live, cap * sizeof *e->live));
    e->cap_line = cap;
}

struct lineset *set_get(struct sim *s, int li)
{
    struct set_engine *e = s->set;
    struct lineset *l = set_peek(s, li);

    if (l != NULL) {
        return l;
    }
    reserve(e, (uint32_t)li + 1);
    if (e->line[li] == NULL) {
        e->line[li] = mem_must(calloc(1, sizeof *l));
    }
    l = e->line[li];
    l->live = true;
    l->n = 0;
    l->ncontent = 1;
    memset(l->nlog, 0, sizeof l->nlog);
    e->live[e->nlive++] = (uint32_t)li;
    struct lstate st = {0};
    st.dram = set_intern(s, l, s->line[li].data);
    set_add(s, l, &st, -1, (struct trans){TR_RUN, 0, 0, 0, 0});
    set_close(s, li);
    return l;
}

/* Move the states aside to rebuild the set from them. */
uint32_t set_take(struct sim *s, struct lineset *l)
{
    const uint32_t n = l->n;

    memcpy(s->set->old, l->state, n * sizeof *l->state);
    memcpy(s->set->old_from, l->from, n * sizeof *l->from);
    l->n = 0;
    return n;
}

/* Forget log entries that have taken effect in every state. */
void set_drop_done(struct lineset *l)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        uint16_t all = 0xffff;

        for (uint32_t i = 0; i < l->n; i++) {
            all &= l->state[i].done[a];
        }
        for (uint32_t k = l->nlog[a]; all != 0 && k-- > 0;) {
            if (!has_bit(all, k)) {
                continue;
            }
            const uint32_t low = (1u << k) - 1u;

            memmove(&l->log[a][k], &l->log[a][k + 1], (l->nlog[a] - k - 1) * sizeof l->log[a][0]);
            l->nlog[a]--;
            for (uint32_t i = 0; i < l->n; i++) {
                const uint32_t d = l->state[i].done[a];

                l->state[i].done[a] = (uint16_t)((d & low) | ((d >> 1) & ~low));
            }
        }
    }
}
