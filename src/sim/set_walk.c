/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Set engine, table walks. Table words are read as sets from the line sets of the tables: a walk
 * gives every translation that some combination of words decodes to. A word whose halves were
 * written one by one is in the set as it was in between, too.
 */
#include "set.h"
#include "tables.h"

struct words {
    uint64_t v[SET_MAX_WORDS];
    uint32_t n;
};

static void add_word(struct sim *s, struct words *w, uint64_t v)
{
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->v[i] == v) {
            return;
        }
    }
    if (w->n == SET_MAX_WORDS) {
        step_overflow(s);
        return;
    }
    w->v[w->n++] = v;
}

/* Every value that this CPU's walker could read now. */
static void words_at(struct sim *s, int cpu, uint64_t pa, struct words *w)
{
    const int li = mem_find(s, pa);
    const struct lineset *l = li < 0 ? NULL : set_peek(s, li);
    const uint32_t off = (uint32_t)(pa & s->line_mask);

    w->n = 0;
    if (l == NULL) {
        add_word(s, w, table_plain_word(s, cpu, pa));
        return;
    }
    for (uint32_t i = 0; i < l->n; i++) {
        const struct lstate *st = &l->state[i];
        const uint8_t *d = table_walk_sees_l1(s) ? set_view(s, l, st, cpu)
                                                 : l->content[st->l2 != 0 ? st->l2 : st->dram];

        add_word(s, w, table_word(s, d + off));
    }
}

/* A walk that has come to the word at `at`, and what all of its continuations give. */
struct walk {
    int cpu;
    uint32_t va;
    struct xlat *out;
    uint32_t n;
    bool invalid;
};

static void walk_on(struct sim *s, struct walk *k, struct xlat so_far, uint64_t at)
{
    struct words w;

    so_far.w[so_far.n++] = at;
    words_at(s, k->cpu, at, &w);
    for (uint32_t i = 0; i < w.n; i++) {
        struct xlat x = so_far;
        uint64_t next = 0;
        const enum walk_step how = table_format(s)->step(s, k->va, w.v[i], &x, &next);

        if (how == WALK_NEXT) {
            walk_on(s, k, x, next);
        } else if (how == WALK_FAULT) {
            k->invalid = true;
        } else if (k->n < SET_MAX_WORDS) {
            k->out[k->n++] = x;
        } else {
            step_overflow(s);
        }
    }
}

/* All translations that a walk of this VA could give; `invalid`: a fault is among them. */
uint32_t set_walks(struct sim *s, int cpu, uint32_t va, struct xlat *out, bool *invalid)
{
    struct walk k = {.cpu = cpu, .va = va, .out = out};

    walk_on(s, &k, (struct xlat){0}, table_format(s)->root(s, va));
    *invalid = k.invalid;
    return k.n;
}
