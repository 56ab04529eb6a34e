/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Depth-first search over transitions by replay, cut where a state was seen before. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "concrete.h"
#include "drive.h"

struct node {
    uint32_t first, n, next; /* its transitions in the pool */
    uint32_t ntrace;         /* how long the trace is here */
    uint32_t at_order;
    bool left; /* the machine has moved on from this node */
};

struct tree {
    struct node *node;
    uint32_t depth, cap;
    struct trans *pool;
    uint32_t npool, cap_pool;
    uint64_t *seen;
    size_t nseen, cap_seen;
};

double drive_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void rehash(struct tree *t)
{
    uint64_t *old = t->seen;
    const size_t n = t->cap_seen;

    t->cap_seen = n != 0 ? 2 * n : 1u << 12;
    t->seen = mem_must(calloc(t->cap_seen, sizeof *t->seen));
    for (size_t i = 0; i < n; i++) {
        if (old[i] != 0) {
            size_t j = old[i] & (t->cap_seen - 1);
            while (t->seen[j] != 0) {
                j = (j + 1) & (t->cap_seen - 1);
            }
            t->seen[j] = old[i];
        }
    }
    free(old);
}

static bool seen_before(struct tree *t, uint64_t h)
{
    if (2 * t->nseen >= t->cap_seen) {
        rehash(t);
    }
    size_t j = h & (t->cap_seen - 1);
    while (t->seen[j] != 0 && t->seen[j] != h) {
        j = (j + 1) & (t->cap_seen - 1);
    }
    if (t->seen[j] == h) {
        return true;
    }
    t->seen[j] = h;
    t->nseen++;
    return false;
}

static bool on_suspect(const struct sim *s, struct trans t)
{
    if (t.kind == TR_WALK || t.kind == TR_DROP || t.kind == TR_DRAIN || s->any_line) {
        return true;
    }
    const int li = mem_find(s, t.addr);
    return li == s->suspect_line || (li >= 0 && s->line[li].table);
}

/* A witness search keeps the given order of agents and acts on the suspect line only. */
static uint32_t keep_order(const struct sim *s, struct trans *t, uint32_t n)
{
    uint32_t k = 0;

    for (uint32_t i = 0; i < n; i++) {
        if (t[i].kind == TR_RUN || t[i].kind == TR_IRQ) {
            if (s->at_order < s->norder && t[i].kind == s->order[s->at_order].kind &&
                t[i].agent == s->order[s->at_order].agent &&
                t[i].slot == s->order[s->at_order].slot) {
                t[k++] = t[i];
            }
        } else if (on_suspect(s, t[i])) {
            t[k++] = t[i];
        }
    }
    return k;
}

static void push(struct sim *s, struct tree *t, struct search *q)
{
    struct trans list[SIM_MAX_TRANS];
    uint32_t n = sched_enum(s, list, &q->limited);

    if (s->con->capped) {
        q->limited = true;
    }
    if (n == 0) {
        sched_judge_stuck(s);
    }
    if (s->order != NULL) {
        n = keep_order(s, list, n);
    }
    /* a lone adversary move can be part of a cycle; a lone agent move cannot */
    if (n == 0 || ((n > 1 || list[0].kind > TR_IRQ) && seen_before(t, sched_hash(s)))) {
        q->schedules++;
        return;
    }
    if (t->depth == t->cap) {
        t->cap = t->cap != 0 ? 2 * t->cap : 256;
        t->node = mem_must(realloc(t->node, t->cap * sizeof *t->node));
    }
    if (t->npool + n > t->cap_pool) {
        t->cap_pool = 2 * (t->npool + n);
        t->pool = mem_must(realloc(t->pool, t->cap_pool * sizeof *t->pool));
    }
    memcpy(t->pool + t->npool, list, n * sizeof *list);
    t->node[t->depth++] = (struct node){t->npool, n, 0, s->ntrace, s->at_order, false};
    t->npool += n;
}

static void go_back(struct sim *s, const struct node *n, struct search *q)
{
    sched_reset(s);
    s->r.adv_left = q->adv;
    s->r.pre_left = q->pre;
    for (uint32_t i = 0; i < n->ntrace; i++) {
        sched_exec(s, s->trace[i]);
        q->steps++;
    }
    s->at_order = n->at_order;
}

static enum outcome one_step(struct sim *s, struct tree *t, struct search *q)
{
    struct node *n = &t->node[t->depth - 1];

    if (n->next == n->n) {
        t->npool = n->first;
        t->depth--;
        return OUT_COMPLETE;
    }
    const struct trans x = t->pool[n->first + n->next++];
    if (n->left) {
        go_back(s, n, q);
    }
    n->left = true;
    if (s->ntrace == SIM_MAX_TRACE) {
        q->limited = true;
        return OUT_LIMIT;
    }
    sched_exec(s, x);
    s->at_order += x.kind == TR_RUN || x.kind == TR_IRQ;
    q->steps++;
    if (s->r.bug == SIM_OK && !s->r.overflow) {
        push(s, t, q);
    }
    if (s->r.bug != SIM_OK || s->r.overflow) {
        q->schedules++;
        return s->r.overflow ? OUT_OVERFLOW : OUT_FOUND;
    }
    return OUT_COMPLETE;
}

enum outcome drive_search(struct sim *s, struct search *q)
{
    struct tree t = {0};
    enum outcome out = OUT_COMPLETE;
    uint32_t tick = 0;
    const uint64_t first = q->schedules;

    q->limited = false;
    s->at_order = 0;
    sched_reset(s);
    s->r.adv_left = q->adv;
    s->r.pre_left = q->pre;
    if (s->r.bug == SIM_OK && !s->r.overflow) {
        push(s, &t, q);
    }
    if (s->r.bug != SIM_OK || s->r.overflow) {
        out = s->r.overflow ? OUT_OVERFLOW : OUT_FOUND;
    }
    while (t.depth != 0 && out == OUT_COMPLETE) {
        if (((++tick & 63u) == 0 && drive_now() > q->deadline) ||
            q->schedules - first >= q->max_schedules) {
            out = OUT_LIMIT;
        } else {
            out = one_step(s, &t, q);
        }
    }
    q->states += t.nseen;
    free(t.node);
    free(t.pool);
    free(t.seen);
    return out;
}

static uint32_t next_random(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return (uint32_t)(*x >> 32);
}

static struct trans pick(const struct trans *t, uint32_t n, uint32_t adversary, uint64_t *rs)
{
    uint32_t agents = 0;

    while (agents < n && t[agents].kind <= TR_IRQ) {
        agents++;
    }
    if (agents == 0 || (n > agents && (next_random(rs) & 255u) < 96u && adversary != 0)) {
        return t[agents + next_random(rs) % (n - agents)];
    }
    return (next_random(rs) & 3u) != 0 ? t[0] : t[next_random(rs) % agents];
}

static void random_run(struct sim *s, uint64_t seed, uint32_t adversary, struct search *q)
{
    struct trans t[SIM_MAX_TRANS];
    uint64_t rs = seed * 0x9E3779B97F4A7C15u + 1;
    uint32_t after_end = 0;

    sched_reset(s);
    s->r.adv_left = adversary;
    s->r.pre_left = SIM_UNLIMITED;
    while (s->r.bug == SIM_OK && !s->r.overflow && after_end < 24) {
        const uint32_t n = sched_enum(s, t, &q->limited);

        after_end += sched_finished(s);
        if (n == 0) {
            sched_judge_stuck(s);
            break;
        }
        sched_exec(s, pick(t, n, adversary, &rs));
        q->steps++;
    }
    q->schedules++;
}

enum outcome drive_random(struct sim *s, const struct sim_plan *p, struct search *q, uint64_t *seed)
{
    for (uint32_t i = 0; i < p->runs; i++) {
        *seed = p->seed + i;
        random_run(s, *seed, p->adversary, q);
        if (s->r.overflow) {
            return OUT_OVERFLOW;
        }
        if (s->r.bug != SIM_OK) {
            return OUT_FOUND;
        }
        if (drive_now() > q->deadline) {
            break;
        }
    }
    return OUT_LIMIT;
}
