/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Concrete engine: one posted queue per agent; the adversary picks what leaves it, and when. */
#include <stdlib.h>
#include <string.h>

#include "concrete.h"

bool con_ready(const struct sim *s, int agent, uint32_t k)
{
    const struct queue *q = &s->con->q[agent];

    if (posted_is_tlbi(&q->e[k]) && !rule(s, SIM_RULE_TLBI_SINCE)) {
        return false; /* only the DSB completes it, behind everything older */
    }
    for (uint32_t j = 0; j < k; j++) {
        if (posted_ordered(s, &q->e[j], &q->e[k])) {
            return false;
        }
    }
    return true;
}

void con_take(struct sim *s, int agent, uint32_t k, unsigned variant)
{
    struct queue *q = &s->con->q[agent];
    const struct posted e = q->e[k];

    memmove(&q->e[k], &q->e[k + 1], (q->n - k - 1) * sizeof q->e[0]);
    q->n--;
    con_apply(s, agent, &e, variant);
}

static bool *marks(struct sim *s, uint32_t n)
{
    struct concrete_engine *e = s->con;

    if (n > e->cap_need) {
        e->cap_need = 2 * n;
        e->need = mem_must(realloc(e->need, e->cap_need * sizeof *e->need));
    }
    for (uint32_t k = 0; k < n; k++) {
        e->need[k] = false;
    }
    return e->need;
}

/* Marked entries take effect, and before them everything that they must wait for. */
static void take_marked(struct sim *s, int agent, bool *need)
{
    struct queue *q = &s->con->q[agent];
    uint32_t at = 0;

    for (uint32_t k = q->n; k-- > 0;) {
        for (uint32_t j = k + 1; j < q->n && !need[k]; j++) {
            need[k] = need[j] && posted_ordered(s, &q->e[k], &q->e[j]);
        }
    }
    const uint32_t n = q->n;
    for (uint32_t k = 0; k < n; k++) {
        if (need[k]) {
            con_take(s, agent, at, 0);
        } else {
            at++;
        }
    }
}

static void make_room(struct sim *s, int agent, int line)
{
    struct queue *q = &s->con->q[agent];
    uint32_t same = 0;
    int oldest = -1;

    for (uint32_t k = 0; k < q->n; k++) {
        if (q->e[k].line == line) {
            oldest = oldest < 0 ? (int)k : oldest;
            same++;
        }
    }
    if (same >= SIM_QUEUE) {
        bool *need = marks(s, q->n);
        need[oldest] = true;
        take_marked(s, agent, need);
    }
}

void con_post(struct sim *s, int agent, const struct posted *e)
{
    struct queue *q = &s->con->q[agent];
    const bool store = posted_is_store(e);
    const bool tlbi = posted_is_tlbi(e);

    if (!tlbi) {
        make_room(s, agent, e->line);
    }
    if (q->n == q->cap) {
        q->cap = q->cap != 0 ? 2 * q->cap : 32;
        q->e = mem_must(realloc(q->e, q->cap * sizeof *q->e));
    }
    q->e[q->n++] = *e;
    if (agent >= SIM_MAX_CPUS) {
        return;
    }
    if (!rule(s, tlbi ? SIM_RULE_POST_TLBI : store ? SIM_RULE_POST_STORE : SIM_RULE_POST_CMO)) {
        bool *need = marks(s, q->n);
        need[q->n - 1] = true;
        take_marked(s, agent, need);
    }
}

void con_complete(struct sim *s, int agent, bool stores_only)
{
    struct queue *q = &s->con->q[agent];

    if (stores_only) {
        bool *need = marks(s, q->n);

        for (uint32_t k = 0; k < q->n; k++) {
            need[k] = posted_is_store(&q->e[k]) && !outer_outlasts_dsb(s, agent, &q->e[k]);
        }
        take_marked(s, agent, need);
        return;
    }
    bool *need = marks(s, q->n);
    for (uint32_t k = 0; k < q->n; k++) {
        need[k] = !outer_outlasts_dsb(s, agent, &q->e[k]);
    }
    take_marked(s, agent, need);
}

void con_complete_outer(struct sim *s, int agent, uint32_t before)
{
    const struct queue *q = &s->con->q[agent];
    bool *need = marks(s, q->n);

    for (uint32_t k = 0; k < q->n; k++) {
        need[k] = outer_awaits_sync(s, &q->e[k]) && q->e[k].seq < before;
    }
    take_marked(s, agent, need);
}

void con_complete_before(struct sim *s, int agent, uint32_t fence)
{
    struct queue *q = &s->con->q[agent];
    bool *need = marks(s, q->n);

    for (uint32_t k = 0; k < q->n; k++) {
        need[k] = q->e[k].seq < fence && !posted_is_tlbi(&q->e[k]) &&
                  !outer_outlasts_dsb(s, agent, &q->e[k]);
    }
    take_marked(s, agent, need);
}

void con_before_load(struct sim *s, int agent, int li, uint32_t va)
{
    struct queue *q = &s->con->q[agent];
    bool *need = marks(s, q->n);

    for (uint32_t k = 0; k < q->n; k++) {
        need[k] = q->e[k].line == li && posted_before_load(s, &q->e[k], va & ~s->line_mask);
    }
    take_marked(s, agent, need);
}

bool con_unsettled(const struct sim *s)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        for (uint32_t k = 0; k < s->con->q[a].n; k++) {
            if (!posted_is_tlbi(&s->con->q[a].e[k])) {
                return true;
            }
        }
    }
    return false;
}

int con_pending_for_device(struct sim *s, int agent)
{
    const struct queue *q = &s->con->q[agent];

    for (uint32_t k = 0; k < q->n; k++) {
        const struct posted *e = &q->e[k];
        const bool store = posted_is_store(e);

        for (uint32_t i = 0; e->line >= 0 && i < (store ? e->len : s->m.line); i++) {
            const uint8_t o = s->line[e->line].owner[(store ? e->off : 0u) + i];

            if (o == SIM_OWN_TO || o == SIM_OWN_FROM || o == SIM_OWN_BIDI || o == SIM_OWN_COH) {
                return e->line;
            }
        }
    }
    return -1;
}
