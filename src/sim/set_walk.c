/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Set engine, table walks. Table words are read as sets from the line sets of the tables: a walk
 * gives every translation that some combination of words decodes to.
 */
#include "set.h"

struct words {
    uint32_t v[SET_MAX_WORDS];
    uint32_t n;
};

static void add_word(struct sim *s, struct words *w, uint32_t v)
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
        uint32_t v = 0;

        for (uint32_t b = 0; b < 4; b++) {
            v |= (uint32_t)d[off + b] << (8 * b);
        }
        add_word(s, w, v);
    }
}

/* word_fn for one combination of first- and second-level words. */
static _Thread_local uint32_t chosen[2];

static uint32_t chosen_word(struct sim *s, int cpu, uint64_t pa)
{
    (void)cpu;
    return pa >= (s->ttbr & ~(uint64_t)0x3fff) && pa < (s->ttbr & ~(uint64_t)0x3fff) + 16384
               ? chosen[0]
               : chosen[1];
}

/* All translations that a walk of this VA could give; `invalid`: a fault is among them. */
uint32_t set_walks(struct sim *s, int cpu, uint32_t va, struct xlat *out, bool *invalid)
{
    struct words w1;
    struct words w2;
    uint32_t n = 0;

    *invalid = false;
    words_at(s, cpu, table_l1_word(s, va), &w1);
    for (uint32_t i = 0; i < w1.n; i++) {
        struct xlat x = {0};

        chosen[0] = w1.v[i];
        chosen[1] = 0;
        const bool section = table_decode(s, cpu, va, chosen_word, &x);
        w2.n = 1;
        w2.v[0] = 0;
        if (!section && x.w2 != 0) {
            words_at(s, cpu, x.w2, &w2);
        }
        for (uint32_t k = 0; k < w2.n; k++) {
            chosen[1] = w2.v[k];
            if (!table_decode(s, cpu, va, chosen_word, &x)) {
                *invalid = true;
            } else if (n < SET_MAX_WORDS) {
                out[n++] = x;
            } else {
                step_overflow(s);
            }
        }
    }
    return n;
}
