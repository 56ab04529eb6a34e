/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* sim_run(): setup, the chosen driver, and the report. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drive.h"
#include "set.h"

static void prepare(struct sim *s)
{
    mem_clear(s);
    table_prepare(s);
    ppc_prepare(s);
    memset(&s->r, 0, sizeof s->r);
    memset(s->lock_after, 0, sizeof s->lock_after);
    s->nlock = 0;
    if (s->setup != NULL) {
        sim_machine = s;
        sim_agent = 0;
        s->in_setup = true;
        s->setup(s->setup_arg);
        s->in_setup = false;
        sim_machine = NULL;
    }
    s->npage_config = s->npage;
    table_scan_fixed(s);
    mpu_save(s);
    soft_save(s);
    ppc_save(s);
    mem_save_base(s);
}

static struct sim_plan defaults(const struct sim_plan *plan)
{
    struct sim_plan p = {0};

    if (plan != NULL) {
        p = *plan;
    }
    p.seed = p.seed != 0 ? p.seed : 1;
    p.runs = p.runs != 0 ? p.runs : 1000;
    p.adversary = p.adversary != 0 ? p.adversary : SIM_UNLIMITED;
    p.preempt = p.preempt != 0 ? p.preempt : SIM_UNLIMITED;
    p.max_schedules = p.max_schedules != 0 ? p.max_schedules : 10000000;
    p.max_seconds = p.max_seconds > 0 ? p.max_seconds : 60;
    return p;
}

static void set_text(char **where, const char **out, char *text)
{
    free(*where);
    *where = text;
    *out = text != NULL ? text : "";
}

static void keep_counts(struct sim *s)
{
    for (int c = 0; c < SIM_MAX_CPUS; c++) {
        s->report.counts[c] = s->r.cpu[c].counts;
    }
}

/* s->trace shows the bug on the concrete engine: shrink it, tell it. */
static void tell_concrete(struct sim *s, const struct sim_plan *p, struct search *q)
{
    const enum sim_bug bug = s->r.bug;
    uint32_t n = s->ntrace;
    struct trans *t = mem_must(malloc((n + 1) * sizeof *t));

    memcpy(t, s->trace, n * sizeof *t);
    if (!p->no_shrink) {
        struct search limit = *q;

        limit.deadline = drive_now() + 2.0;
        n = script_shrink(s, t, n, bug, &limit);
    }
    set_text(&s->timeline, &s->report.timeline, timeline_make(s, t, n));
    s->report.replayed = s->r.bug == bug;
    set_text(&s->script, &s->report.script, script_format(s, s->trace, s->ntrace, s->report.seed));
    (void)snprintf(s->message, sizeof s->message, "%s", s->r.message);
    free(t);
}

static void report_bug(struct sim *s, const struct sim_plan *p, struct search *q)
{
    struct sim_report *r = &s->report;

    r->verdict = SIM_BUG;
    r->bug = s->r.bug;
    (void)snprintf(s->message, sizeof s->message, "%s", s->r.message);
    keep_counts(s);
    if (p->no_witness) {
        return;
    }
    if (p->engine == SIM_ENGINE_CONCRETE || p->drive == SIM_DRIVE_SCRIPT) {
        tell_concrete(s, p, q);
    } else {
        struct search w = *q;

        w.deadline = drive_now() + 8.0;
        if (witness_replay(s, &w)) {
            tell_concrete(s, p, &w);
        }
    }
}

static void report_bound(struct sim *s, const char *what)
{
    s->report.verdict = SIM_BOUND;
    (void)snprintf(s->bound, sizeof s->bound, "%s", what);
}

static void finish(struct sim *s, const struct sim_plan *p, struct search *q, enum outcome o)
{
    keep_counts(s);
    switch (o) {
    case OUT_FOUND:
        report_bug(s, p, q);
        break;
    case OUT_OVERFLOW:
        s->report.verdict = SIM_OVERFLOW;
        (void)snprintf(s->bound, sizeof s->bound, "a set of the set engine grew too big");
        break;
    case OUT_LIMIT:
        report_bound(s, p->drive == SIM_DRIVE_RANDOM   ? "random runs prove nothing"
                        : p->drive == SIM_DRIVE_SCRIPT ? "one script"
                                                       : "schedules, steps or seconds");
        break;
    case OUT_COMPLETE:
    default:
        if (q->limited) {
            report_bound(s, "the plan's budget of preemptions or adversary actions");
            s->report.within_budget = true;
        } else if (p->no_irqs && s->nirq != 0) {
            report_bound(s, "no interrupts were taken");
        } else {
            s->report.verdict = SIM_DONE;
        }
        break;
    }
}

/* Fewest adversary actions first: the first failure is then already small. */
static enum outcome deepen(struct sim *s, const struct sim_plan *p, struct search *q)
{
    static const uint32_t level[][2] = {{0, 0},
                                        {0, SIM_UNLIMITED},
                                        {1, SIM_UNLIMITED},
                                        {2, SIM_UNLIMITED},
                                        {3, SIM_UNLIMITED},
                                        {SIM_UNLIMITED, SIM_UNLIMITED}};
    enum outcome o = OUT_COMPLETE;

    for (size_t i = 0; i < sizeof level / sizeof level[0]; i++) {
        q->adv = level[i][0] < p->adversary ? level[i][0] : p->adversary;
        q->pre = level[i][1] < p->preempt ? level[i][1] : p->preempt;
        o = drive_search(s, q);
        if (o != OUT_COMPLETE || !q->limited) {
            return o;
        }
        if (level[i][0] >= p->adversary && level[i][1] >= p->preempt) {
            return o; /* limited: the plan's own budget */
        }
    }
    return o;
}

static enum outcome play(struct sim *s, const struct sim_plan *p)
{
    struct trans *t = mem_must(malloc(SIM_MAX_TRACE * sizeof *t));
    const uint32_t n = script_parse(p->script != NULL ? p->script : "", t, SIM_MAX_TRACE);
    const bool found = script_play(s, t, n);

    free(t);
    return found ? OUT_FOUND : OUT_LIMIT;
}

/* DMACOH_SIM_REPLAY='SCENE ...: script' in the environment: play it instead of a search. */
static const char *wanted_replay(const struct sim *s)
{
    const char *text = getenv("DMACOH_SIM_REPLAY");
    const size_t n = text != NULL ? strcspn(text, " :") : 0;

    return n != 0 && n == strlen(s->name) && strncmp(text, s->name, n) == 0 ? text : NULL;
}

static enum sim_verdict replay_aloud(struct sim *s, const char *script)
{
    const enum sim_verdict v = sim_replay(s, script);

    (void)fprintf(stderr, "dmacoh-sim: replay of %s: %s %s\n%s", s->name, s->report.verdict_name,
                  s->report.bug_name, s->report.timeline);
    return v;
}

enum sim_verdict sim_run(struct sim *s, const struct sim_plan *plan)
{
    struct sim_plan p = defaults(plan);
    const char *wanted = wanted_replay(s);

    if (wanted != NULL && p.drive != SIM_DRIVE_SCRIPT) {
        return replay_aloud(s, wanted);
    }
    struct search q = {.adv = p.adversary, .pre = p.preempt, .max_schedules = p.max_schedules};
    enum outcome o = OUT_COMPLETE;
    uint64_t seed = 0;
    char *script = NULL;

    if (p.script != NULL) {
        script = mem_must(strdup(p.script)); /* may be the last report's own */
        p.script = script;
    }
    memset(&s->report, 0, sizeof s->report);
    s->message[0] = s->bound[0] = '\0';
    set_text(&s->script, &s->report.script, NULL);
    set_text(&s->timeline, &s->report.timeline, NULL);
    s->report.message = s->message;
    s->report.bound = s->bound;
    s->use_irqs = !p.no_irqs;
    s->set->max_set = 0;
    q.deadline = drive_now() + p.max_seconds;
    prepare(s);
    s->eng = p.engine == SIM_ENGINE_SET ? &engine_set : &engine_concrete;
    switch (p.drive) {
    case SIM_DRIVE_RANDOM:
        s->eng = &engine_concrete;
        p.engine = SIM_ENGINE_CONCRETE;
        o = drive_random(s, &p, &q, &seed);
        break;
    case SIM_DRIVE_SCRIPT:
        o = play(s, &p);
        break;
    case SIM_DRIVE_EXHAUSTIVE:
        o = deepen(s, &p, &q);
        break;
    case SIM_DRIVE_ORDER:
    default:
        o = drive_search(s, &q);
        break;
    }
    s->report.seed = o == OUT_FOUND ? seed : 0;
    finish(s, &p, &q, o);
    s->report.schedules = q.schedules;
    s->report.states = q.states;
    s->report.steps = q.steps;
    s->report.max_set = s->set->max_set;
    s->report.verdict_name = sim_verdict_name(s->report.verdict);
    s->report.bug_name = sim_bug_name(s->report.bug);
    free(script);
    return s->report.verdict;
}

enum sim_verdict sim_replay(struct sim *s, const char *script)
{
    const struct sim_plan p = {.engine = SIM_ENGINE_CONCRETE,
                               .drive = SIM_DRIVE_SCRIPT,
                               .script = script,
                               .no_shrink = true};

    return sim_run(s, &p);
}
