/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Reads a timeline as a person would: which level hid the right value, and since when. Every row
 * ends in "| memory L1.0 | owner"; the last row is the access that got the wrong value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "museum.h"

#define MAX_ROWS 128

/* One row: the state is that after the step. */
struct row {
    unsigned step;
    char what[64];         /* who did it, and what */
    char memory[4], l1[4]; /* two digits, with '*' if dirty; "-": not there */
};

struct table {
    struct row row[MAX_ROWS];
    size_t n;
};

static void trim(char *text)
{
    size_t n = strlen(text);

    while (n > 0 && text[n - 1] == ' ') {
        text[--n] = '\0';
    }
}

/* "   10 dev0 dma_write 00020000       museum_raw.c:141            |  51  80  | RAW" */
static bool parse_row(const char *line, struct row *r)
{
    char *end = NULL;
    const char *state = strchr(line, '|');

    r->step = (unsigned)strtoul(line, &end, 10);
    if (end == line || state == NULL || sscanf(state, "| %3s %3s", r->memory, r->l1) != 2) {
        return false;
    }
    const size_t skip = strspn(end, " ");

    (void)snprintf(r->what, sizeof r->what, "%.29s", end + skip);
    trim(r->what);
    return true;
}

static void parse(const char *timeline, struct table *t)
{
    t->n = 0;
    for (const char *line = timeline; *line != '\0' && t->n < MAX_ROWS;) {
        const size_t n = strcspn(line, "\n");

        t->n += parse_row(line, &t->row[t->n]) ? 1u : 0u;
        line += n + (line[n] == '\n' ? 1u : 0u);
    }
}

static bool in_l1(const struct row *r)
{
    return r->l1[0] != '-';
}

static bool dirty(const struct row *r)
{
    return strchr(r->l1, '*') != NULL;
}

static bool same_l1(const struct row *a, const struct row *b)
{
    return strcmp(a->l1, b->l1) == 0;
}

static bool same_memory(const struct row *a, const struct row *b)
{
    return strcmp(a->memory, b->memory) == 0;
}

/* The first of the rows that lead up to `last` without a change. */
static const struct row *since(const struct table *t, const struct row *last,
                               bool (*same)(const struct row *, const struct row *))
{
    const struct row *r = last;

    while (r != t->row && same(r - 1, last)) {
        r--;
    }
    return r;
}

static void tell_since(struct museum_facts *f, const struct row *r)
{
    (void)snprintf(f->since, sizeof f->since, "step %u: %s", r->step, r->what);
}

/* Step of the last writer, as the message gives it; 0: none. */
static unsigned writer_step(const char *message)
{
    const char *at = strstr(message, ", step ");

    return at != NULL ? (unsigned)strtoul(at + 7, NULL, 10) : 0;
}

/* The reader's cache did not have the line: what it read is what memory holds. */
static void memory_is_wrong(const struct table *t, const struct sim_report *r,
                            struct museum_facts *f)
{
    const struct row *last = &t->row[t->n - 1];
    const struct row *from = since(t, last, same_memory);
    const unsigned written = writer_step(r->message);

    if (from->step > written) {
        (void)snprintf(f->where, sizeof f->where, "overwritten in memory, which holds %.2s",
                       last->memory);
        tell_since(f, from);
    } else if (r->bug == SIM_STALE_DEV) {
        (void)snprintf(f->where, sizeof f->where,
                       "held up in the core's store queue; memory still holds %.2s", last->memory);
        (void)snprintf(f->since, sizeof f->since, "step %u: the store has not been completed",
                       written);
    } else {
        (void)snprintf(f->where, sizeof f->where,
                       "held up on the bus, behind the interrupt; memory still holds %.2s",
                       last->memory);
        (void)snprintf(f->since, sizeof f->since, "step %u: the device's write", written);
    }
}

static void value_was_lost(const struct table *t, struct museum_facts *f)
{
    const struct row *r = &t->row[t->n - 1];

    while (r != t->row && !dirty(r)) {
        r--;
    }
    (void)snprintf(f->where, sizeof f->where,
                   "lost from L1, the only place that held %.2s; memory holds %.2s", r->l1,
                   r->memory);
    tell_since(f, since(t, r, same_l1));
}

bool museum_facts(const struct sim_report *r, struct museum_facts *f)
{
    static struct table t;

    memset(f, 0, sizeof *f);
    parse(r->timeline, &t);
    if (t.n < 2) {
        return false;
    }
    const struct row *before = &t.row[t.n - 2]; /* a load that misses fills the line itself */

    if (r->bug == SIM_DIRTY_LOST) {
        value_was_lost(&t, f);
    } else if (in_l1(before)) {
        (void)snprintf(f->where, sizeof f->where,
                       "hidden by L1, which holds %.2s (%s); memory holds %.2s", before->l1,
                       dirty(before) ? "dirty" : "clean", before->memory);
        tell_since(f, since(&t, before, same_l1));
    } else {
        memory_is_wrong(&t, r, f);
    }
    return true;
}
