/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Reads a timeline as a person would: which level hid the right value, and since when. Its header
 * names the levels ("| dram L2 L1.0 L1.1 | owner"), its rows end in what each level held after the
 * step; the last row is the access that got the wrong value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "museum.h"

#define MAX_ROWS   160
#define MAX_LEVELS 8
#define MEMORY     0 /* the first level is memory; no other is */

/* One row: the state is that after the step. */
struct row {
    unsigned step;
    char what[64];             /* who did it, and what */
    char level[MAX_LEVELS][4]; /* two digits, with '*' if dirty; "-": not there */
};

struct table {
    char level[MAX_LEVELS][8]; /* names */
    size_t levels;
    struct row row[MAX_ROWS];
    size_t n;
};

/* The words between the first '|' of a line and the next one. */
static size_t words(const char *line, size_t room, char (*word)[8])
{
    size_t n = 0;
    const char *at = strchr(line, '|');

    if (at == NULL) {
        return 0;
    }
    at++;
    while (n < room && sscanf(at, " %7[^ |]", word[n]) == 1) {
        at = strstr(at, word[n]) + strlen(word[n]);
        n++;
    }
    return n;
}

/* Copies words with one space between them. */
static void squeeze(char *to, size_t room, const char *from, size_t n)
{
    size_t used = 0;

    for (size_t i = 0; i < n && from[i] != '\0' && used + 1 < room; i++) {
        if (from[i] != ' ' || (used > 0 && to[used - 1] != ' ')) {
            to[used++] = from[i];
        }
    }
    while (used > 0 && to[used - 1] == ' ') {
        used--;
    }
    to[used] = '\0';
}

/* Columns of a row behind its step number: who, what, and a site or (hardware's rows) a unit. */
#define WHO_WIDTH  5
#define WHAT_WIDTH 24

/* "   10 dev0 dma_write 00020000       museum_devices.c:13         |  51  80  | RAW" */
static bool parse_row(const struct table *t, const char *line, struct row *r)
{
    char *end = NULL;
    char word[MAX_LEVELS][8];
    char who[8];
    char what[32];
    const size_t begin = 6;

    r->step = (unsigned)strtoul(line, &end, 10);
    if (end == line || strlen(line) < begin + WHO_WIDTH + WHAT_WIDTH + 1 + 4 ||
        words(line, MAX_LEVELS, word) != t->levels) {
        return false;
    }
    for (size_t i = 0; i < t->levels; i++) {
        (void)snprintf(r->level[i], sizeof r->level[i], "%.3s", word[i]);
    }
    const char *at = line + begin;

    squeeze(who, sizeof who, at, WHO_WIDTH);
    squeeze(what, sizeof what, at + WHO_WIDTH, WHAT_WIDTH);
    if (strcmp(who, "*") == 0) {
        (void)snprintf(r->what, sizeof r->what, "the hardware of %.4s: %s",
                       at + WHO_WIDTH + WHAT_WIDTH + 1, what);
    } else {
        (void)snprintf(r->what, sizeof r->what, "%s: %s", who, what);
    }
    return true;
}

static void parse(const char *timeline, struct table *t)
{
    t->n = 0;
    t->levels = 0;
    for (const char *line = timeline; *line != '\0' && t->n < MAX_ROWS;) {
        char text[256];
        const size_t n = strcspn(line, "\n");

        (void)snprintf(text, sizeof text, "%.*s", n < 250 ? (int)n : 250, line);
        if (t->levels == 0) {
            t->levels = words(text, MAX_LEVELS, t->level);
        } else {
            t->n += parse_row(t, text, &t->row[t->n]) ? 1u : 0u;
        }
        line += n + (line[n] == '\n' ? 1u : 0u);
    }
}

static bool present(const struct row *r, size_t level)
{
    return r->level[level][0] != '-';
}

static bool dirty(const struct row *r, size_t level)
{
    return strchr(r->level[level], '*') != NULL;
}

/* "L1" when there is one of them. */
static const char *name_of(const struct table *t, size_t level)
{
    size_t l1 = 0;

    for (size_t i = 0; i < t->levels; i++) {
        l1 += strncmp(t->level[i], "L1", 2) == 0 ? 1u : 0u;
    }
    return l1 == 1 && strncmp(t->level[level], "L1", 2) == 0 ? "L1" : t->level[level];
}

/* The first of the rows that lead up to `last` with the same value and state on one level. */
static const struct row *since(const struct table *t, const struct row *last, size_t level)
{
    const struct row *r = last;

    while (r != t->row && strcmp((r - 1)->level[level], last->level[level]) == 0) {
        r--;
    }
    return r;
}

/* The last row up to `last` that does `what`; NULL: none. */
static const struct row *last_that(const struct table *t, const struct row *last, const char *what)
{
    for (size_t k = (size_t)(last - t->row) + 1; k-- > 0;) {
        if (strstr(t->row[k].what, what) != NULL) {
            return &t->row[k];
        }
    }
    return NULL;
}

/* A barrier completes what was issued before it: the store is what the reader looks for. */
static void tell_since(const struct table *t, struct museum_facts *f, const struct row *r)
{
    const struct row *store = strstr(r->what, "dsb") != NULL ? last_that(t, r, "store") : NULL;

    r = store != NULL ? store : r;
    (void)snprintf(f->since, sizeof f->since, "step %u: %s", r->step, r->what);
}

/* The last writer, as the message gives it: its kind, and its step (0: none). */
static unsigned writer(const char *message, bool *device)
{
    const char *at = strstr(message, ", step ");

    *device = strstr(message, "last writer dev") != NULL;
    return at != NULL ? (unsigned)strtoul(at + 7, NULL, 10) : 0;
}

static const struct row *row_of(const struct table *t, unsigned step)
{
    for (size_t i = 0; i < t->n; i++) {
        if (t->row[i].step == step) {
            return &t->row[i];
        }
    }
    return &t->row[t->n - 1];
}

/* In the same way, the invalidation dropped the line, not the barrier. */
static void tell_loss(const struct table *t, struct museum_facts *f, const struct row *by,
                      const char *what)
{
    const struct row *op = last_that(t, by, "inval");

    by = op != NULL ? op : by;
    (void)snprintf(f->where, sizeof f->where, "lost from %s: dropped by step %u, %s", what,
                   by->step, by->what);
}

/* A dirty copy was dropped: where it was, and what dropped it. */
static void value_was_lost(const struct table *t, struct museum_facts *f)
{
    const struct row *last = &t->row[t->n - 1];

    for (size_t k = t->n; k-- > 0;) {
        const struct row *r = &t->row[k];

        for (size_t i = MEMORY + 1; i < t->levels; i++) {
            char what[64];

            if (!dirty(r, i)) {
                continue;
            }
            (void)snprintf(what, sizeof what, "%s, the only place that held %.2s", name_of(t, i),
                           r->level[i]);
            tell_loss(t, f, r == last ? last : r + 1, what);
            tell_since(t, f, since(t, r, i));
            return;
        }
    }
    /* written and dropped within the last step, when a barrier completed both */
    const struct row *store = last_that(t, last, "store");

    tell_loss(t, f, last, "L1, where it had just been written");
    tell_since(t, f, store != NULL ? store : last);
}

/* The reader's caches did not have the line: what it read is what memory holds. */
static void memory_is_wrong(const struct table *t, const struct sim_report *r,
                            struct museum_facts *f)
{
    bool by_device = false;
    const struct row *last = &t->row[t->n - 1];
    const struct row *from = since(t, last, MEMORY);
    const unsigned written = writer(r->message, &by_device);

    if (from->step > written) {
        (void)snprintf(f->where, sizeof f->where, "overwritten in memory, which holds %.2s",
                       last->level[MEMORY]);
        tell_since(t, f, from);
    } else if (r->bug == SIM_STALE_DEV) {
        (void)snprintf(f->where, sizeof f->where,
                       "held up in the core's store queue; memory still holds %.2s",
                       last->level[MEMORY]);
        (void)snprintf(f->since, sizeof f->since, "step %u: the store has not been completed",
                       written);
    } else if (by_device) {
        (void)snprintf(f->where, sizeof f->where,
                       "held up on the bus, behind the interrupt; memory still holds %.2s",
                       last->level[MEMORY]);
        (void)snprintf(f->since, sizeof f->since, "step %u: the device's write", written);
    } else {
        value_was_lost(t, f);
    }
}

/* The level that the reader met first: its own L1, another L1 that is asked, the outer cache. */
static size_t met_first(const struct table *t, const struct row *before, const struct row *last)
{
    size_t first = MEMORY;

    for (size_t i = t->levels; i-- > MEMORY + 1;) {
        const char *own = strchr(t->level[i], '.');

        if (!present(before, i)) {
            continue;
        }
        if (own != NULL && strncmp(last->what, "cpu", 3) == 0 && last->what[3] == own[1]) {
            return i;
        }
        if (first == MEMORY || own != NULL) {
            first = i;
        }
    }
    return first;
}

static void tell_hidden(const struct table *t, struct museum_facts *f, const struct row *before,
                        size_t level)
{
    (void)snprintf(f->where, sizeof f->where,
                   "hidden by %s, which holds %.2s (%s); memory holds %.2s", name_of(t, level),
                   before->level[level], dirty(before, level) ? "dirty" : "clean",
                   before->level[MEMORY]);
    tell_since(t, f, since(t, before, level));
}

/* Two translations of a page are alive: no cache is wrong yet. */
static void tell_translation(const struct table *t, struct museum_facts *f)
{
    const struct row *last = &t->row[t->n - 1];
    const struct row *walk = last_that(t, last, "walk");

    (void)snprintf(f->where, sizeof f->where,
                   "hidden by a TLB, which keeps the old translation and may use it at any time");
    tell_since(t, f, walk != NULL ? walk : last);
}

bool museum_facts(const struct sim_report *r, struct museum_facts *f)
{
    static struct table t;
    bool by_device = false;

    memset(f, 0, sizeof *f);
    parse(r->timeline, &t);
    if (t.n < 2) {
        return false;
    }
    const struct row *last = &t.row[t.n - 1];
    const struct row *before = last - 1; /* a load that misses fills the line itself */
    const size_t level = met_first(&t, before, last);

    if (r->bug == SIM_DIRTY_LOST) {
        value_was_lost(&t, f);
    } else if (r->bug == SIM_BBM || r->bug == SIM_ALIAS) {
        tell_translation(&t, f);
    } else if (r->bug == SIM_EXPECT) {
        (void)snprintf(f->where, sizeof f->where, "overwritten by the CPU's own copy");
        tell_since(&t, f, row_of(&t, writer(r->message, &by_device)));
    } else if (level != MEMORY) {
        tell_hidden(&t, f, before, level);
    } else {
        memory_is_wrong(&t, r, f);
    }
    return true;
}
