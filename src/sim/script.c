/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * A schedule as one line of text, its replay, and its shrinking. Tokens: r0 run agent 0 (r0.2: its
 * load gives value 2), i0.1 interrupt 1 on CPU 0, f0@PA fill, b0@PA write back, e0@PA evict (e0@PA.1:
 * slot 1 of the L1), F@PA and E@PA outer cache, d0@SEQ drain (d0@SEQ.1: no effect, .2: wrote back),
 * w0@VA walk, x0@VA drop, y0@PA dirty by speculation; "*7" repeats.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drive.h"

static const char letters[] = "rifbeFEdwxy";

static int put_token(char *out, size_t n, struct trans t)
{
    const char c = letters[t.kind];

    switch ((enum trans_kind)t.kind) {
    case TR_RUN:
        return t.variant != 0 ? snprintf(out, n, "r%u.%u", t.agent, t.variant)
                              : snprintf(out, n, "r%u", t.agent);
    case TR_IRQ:
        return snprintf(out, n, "i%u.%u", t.agent, t.slot);
    case TR_FILL:
    case TR_WBACK:
    case TR_EVICT:
    case TR_DIRTY:
        if (t.slot != 0) {
            return snprintf(out, n, "%c%u@%llx.%u", c, t.agent, (unsigned long long)t.addr, t.slot);
        }
        return snprintf(out, n, "%c%u@%llx", c, t.agent, (unsigned long long)t.addr);
    case TR_DRAIN:
        return t.variant != 0
                   ? snprintf(out, n, "d%u@%llx.%u", t.agent, (unsigned long long)t.addr, t.variant)
                   : snprintf(out, n, "d%u@%llx", t.agent, (unsigned long long)t.addr);
    case TR_FILL2:
    case TR_EVICT2:
    case TR_WALK:
    case TR_DROP:
    default:
        return snprintf(out, n, "%c%u@%llx", c, t.agent, (unsigned long long)t.addr);
    }
}

char *script_format(const struct sim *s, const struct trans *t, uint32_t n, uint64_t seed)
{
    const size_t cap = (size_t)n * 40 + 160;
    char *out = mem_must(malloc(cap));
    size_t at = 0;

    if (seed != 0) {
        at = (size_t)snprintf(out, cap, "%s seed=%llu :", s->name, (unsigned long long)seed);
    } else {
        at = (size_t)snprintf(out, cap, "%s seed=- :", s->name);
    }
    for (uint32_t i = 0; i < n;) {
        uint32_t k = i + 1;

        while (k < n && sched_same(t[k], t[i])) {
            k++;
        }
        out[at++] = ' ';
        at += (size_t)put_token(out + at, cap - at, t[i]);
        if (k - i > 1) {
            at += (size_t)snprintf(out + at, cap - at, "*%" PRIu32, k - i);
        }
        i = k;
    }
    return out;
}

static bool parse_token(const char *p, struct trans *t, uint32_t *times)
{
    const char *kind = *p != '\0' ? strchr(letters, *p) : NULL;
    char *end = NULL;

    if (kind == NULL) {
        return false;
    }
    memset(t, 0, sizeof *t);
    t->kind = (uint8_t)(kind - letters);
    t->agent = (uint8_t)strtoul(p + 1, &end, 10);
    if (*end == '@') {
        t->addr = strtoull(end + 1, &end, 16);
    }
    if (*end == '.') {
        const unsigned v = (unsigned)strtoul(end + 1, &end, 10);

        if (t->kind == TR_IRQ || t->kind == TR_FILL || t->kind == TR_WBACK || t->kind == TR_EVICT ||
            t->kind == TR_DIRTY) {
            t->slot = (uint8_t)v;
        } else {
            t->variant = (uint8_t)v;
        }
    }
    *times = *end == '*' ? (uint32_t)strtoul(end + 1, NULL, 10) : 1;
    return t->agent < SIM_MAX_AGENTS;
}

uint32_t script_parse(const char *text, struct trans *t, uint32_t max)
{
    const char *p = strchr(text, ':');
    uint32_t n = 0;

    p = p != NULL ? p + 1 : text;
    while (*p != '\0') {
        char word[64];
        struct trans x;
        uint32_t times = 0;
        const size_t skip = strspn(p, " \n");
        const size_t len = strcspn(p + skip, " \n");

        p += skip;
        if (len == 0 || len >= sizeof word) {
            break;
        }
        memcpy(word, p, len);
        word[len] = '\0';
        p += len;
        if (!parse_token(word, &x, &times)) {
            break;
        }
        for (uint32_t i = 0; i < times && n < max; i++) {
            t[n++] = x;
        }
    }
    return n;
}

static bool enabled(const struct trans *list, uint32_t n, struct trans x)
{
    for (uint32_t i = 0; i < n; i++) {
        if (sched_same(list[i], x)) {
            return true;
        }
    }
    return false;
}

/* Replay on the concrete engine. What is not enabled is skipped; then the default order. */
bool script_play(struct sim *s, const struct trans *t, uint32_t n)
{
    struct trans list[SIM_MAX_TRANS];
    bool limited = false;
    uint32_t i = 0;

    s->eng = &engine_concrete;
    sched_reset(s);
    s->r.adv_left = s->r.pre_left = SIM_UNLIMITED;
    while (s->r.bug == SIM_OK && s->ntrace < SIM_MAX_TRACE) {
        const uint32_t k = sched_enum(s, list, &limited);

        if (k == 0) {
            sched_judge_stuck(s);
            break;
        }
        while (i < n && !enabled(list, k, t[i])) {
            i++;
        }
        if (i < n) {
            sched_exec(s, t[i++]);
        } else if (list[0].kind <= TR_IRQ) {
            sched_exec(s, list[0]);
        } else {
            break;
        }
    }
    return s->r.bug != SIM_OK;
}

/* Delta debugging: drop chunks as long as the same bug shows. */
uint32_t script_shrink(struct sim *s, struct trans *t, uint32_t n, enum sim_bug bug,
                       struct search *q)
{
    struct trans *c = mem_must(malloc((n + 1) * sizeof *c));

    for (uint32_t chunk = (n + 1) / 2; chunk >= 1 && drive_now() < q->deadline; chunk /= 2) {
        for (uint32_t i = 0; i + chunk <= n && drive_now() < q->deadline;) {
            memcpy(c, t, i * sizeof *c);
            memcpy(c + i, t + i + chunk, (n - i - chunk) * sizeof *c);
            if (script_play(s, c, n - chunk) && s->r.bug == bug) {
                n -= chunk;
                memcpy(t, c, n * sizeof *c);
            } else {
                i += chunk;
            }
        }
    }
    free(c);
    return n;
}
