/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Set engine: life, hashes, and its table of operations. */
#include <stdlib.h>
#include <string.h>

#include "set.h"

static void create(struct sim *s)
{
    s->set = mem_must(calloc(1, sizeof *s->set));
    s->set->old = mem_must(calloc(SET_MAX_STATES, sizeof *s->set->old));
    s->set->old_from = mem_must(calloc(SET_MAX_STATES, sizeof *s->set->old_from));
}

static void destroy(struct sim *s)
{
    for (uint32_t i = 0; i < s->set->cap_line; i++) {
        struct lineset *l = s->set->line[i];

        if (l != NULL) {
            free(l->state);
            free(l->from);
            free(l->content);
            free(l->content_hash);
            free(l);
        }
    }
    free(s->set->line);
    free(s->set->live);
    free(s->set->old);
    free(s->set->old_from);
    free(s->set->hist);
    free(s->set);
}

static void reset(struct sim *s)
{
    struct set_engine *e = s->set;

    for (uint32_t i = 0; i < e->nlive; i++) {
        e->line[e->live[i]]->live = false;
    }
    e->nlive = 0;
    memset(e->ntlb, 0, sizeof e->ntlb);
    memset(e->ntlbi, 0, sizeof e->ntlbi);
    e->nhist = 0;
    e->culprit = -1;
}

static void recheck(struct sim *s, int li)
{
    (void)set_get(s, li);
    set_close(s, li);
}

static uint64_t line_hash(struct sim *s, int li)
{
    const struct lineset *l = set_peek(s, li);
    uint64_t sum = 0;

    if (l == NULL) {
        return 0;
    }
    for (uint32_t i = 0; i < l->n; i++) {
        const struct lstate *st = &l->state[i];
        uint64_t h = mix64(st->dirty, l->content_hash[st->dram]);

        for (int c = 0; c < s->m.ncpu * s->nslot; c++) {
            h = mix64(h, st->l1[c] != 0 ? l->content_hash[st->l1[c]] : 1);
        }
        h = mix64(h, st->l2 != 0 ? l->content_hash[st->l2] : 1);
        for (int a = 0; a < SIM_MAX_AGENTS; a++) {
            h = mix64(h, st->done[a]);
        }
        sum += h;
    }
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        for (uint32_t k = 0; k < l->nlog[a]; k++) {
            const struct posted *e = &l->log[a][k];

            sum = mix64(sum, (uint64_t)e->kind | (uint64_t)e->off << 8 | (uint64_t)e->len << 16 |
                                 (uint64_t)e->may_void << 24 | (uint64_t)e->attr << 25 |
                                 (uint64_t)e->va << 32);
            sum = mix64(sum, e->value);
        }
        sum = mix64(sum, l->nlog[a]);
    }
    return sum;
}

static uint64_t hash(struct sim *s)
{
    return set_tlb_hash(s);
}

static uint32_t enumerate(struct sim *s, struct trans *t, uint32_t n)
{
    (void)s;
    (void)t;
    return n; /* nothing is left to choose */
}

static void act(struct sim *s, struct trans t)
{
    (void)s;
    (void)t;
}

const struct engine_ops engine_set = {
    .name = "set",
    .create = create,
    .destroy = destroy,
    .reset = reset,
    .translate = set_translate,
    .load = set_load,
    .values = set_values,
    .post = set_post,
    .complete = set_complete,
    .complete_before = set_complete_before,
    .complete_outer = set_complete_outer,
    .pending_for_device = set_pending_for_device,
    .unsettled = set_unsettled,
    .recheck = recheck,
    .settle = set_settle,
    .enumerate = enumerate,
    .act = act,
    .line_hash = line_hash,
    .hash = hash,
};
