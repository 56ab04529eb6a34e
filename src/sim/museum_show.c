/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* What a visitor sees: the table of all exhibits, and the story of one. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "museum_place.h"

static const char *yes_no(bool yes)
{
    return yes ? "yes" : "NO";
}

static void table_row(const struct exhibit *x, const struct museum_result *r)
{
    const struct sim_report *raw = sim_report(r->raw);
    const struct sim_report *twin = sim_report(r->twin);

    printf("%-15s %-46s %-10s %3" PRIu64 " %4" PRIu64 " %4s %-5s %s\n", x->name, x->title,
           raw->verdict == SIM_BUG ? raw->bug_name : raw->verdict_name, raw->schedules,
           r->concrete_schedules, yes_no(r->replayed), sim_report(r->cured)->verdict_name,
           twin->verdict_name);
    printf("    %s, on %s\n", x->source, x->model);
    (void)fflush(stdout);
}

int museum_table(void)
{
    size_t good = 0;

    printf("Drivers as they were shipped, on simulated machines, and the same transfers through "
           "libdmacoh\n\n");
    printf("%-15s %-46s %-10s %-8s %4s %-5s lib-\n", "", "", "", "after", "", "");
    printf("%-15s %-46s %-10s %3s %4s %4s %-5s dmacoh\n", "bug", "", "found as", "set", "conc",
           "play", "cured");
    for (size_t i = 0; i < museum_count; i++) {
        struct museum_result r = museum_search(museum[i]);

        table_row(museum[i], &r);
        good += r.good ? 1u : 0u;
        museum_result_free(&r);
    }
    printf(
        "\n\"after\": schedules until each engine saw it. \"DONE\": every order of cores, device "
        "and adversary\nwas covered, and none is wrong. %zu of %zu exhibits are as they should "
        "be.\n\"dmacoh-sim museum NAME\" tells the story of one.\n",
        good, museum_count);
    return good == museum_count ? 0 : 1;
}

/* ---- the story of one ---- */

static void heading(const char *text)
{
    printf("\n%s\n", text);
}

static void tell_bug(const struct exhibit *x, const struct museum_result *r)
{
    const struct sim_report *report = sim_report(r->raw);
    struct museum_facts f;

    if (report->verdict != SIM_BUG) {
        printf("  Not found: %s %s\n", report->verdict_name, report->bound);
        return;
    }
    printf(
        "  %s. Set engine: schedule %" PRIu64 ". Concrete engine, by itself: schedule %" PRIu64
        ".\n\n  What happened to the byte. \"dram\" is memory, \"L1.0\" the cache of CPU 0, \"L2\" "
        "an outer cache:\n  - not there, * dirty. Rows with a * for \"who\" are the hardware's "
        "own: "
        "it fills and writes back\n  lines when it likes, and a \"drain\" is a delayed operation "
        "that "
        "takes effect. Owner RAW: unchecked,\n  so that the damage shows.\n\n",
        report->bug_name, report->schedules, r->concrete_schedules);
    museum_timeline(stdout, report->timeline, "  ", true);
    if (museum_facts(report, &f)) {
        printf("         %s,\n         since %s\n", f.where, f.since);
    }
    printf("         prevented by %s\n         with that change: %s after %" PRIu64
           " schedules, all orders\n",
           x->cure, sim_report(r->cured)->verdict_name, sim_report(r->cured)->schedules);
    heading("Replay");
    printf("  dmacoh-sim replay %s '%s'\n  On a fresh machine: %s\n", x->name, report->script,
           r->replayed ? "the same bug" : "NOT the same");
}

static void tell_twin(const struct museum_result *r)
{
    const struct sim_report *report = sim_report(r->twin);

    printf("\n  On %s, set engine, all orders: %s after %" PRIu64 " schedules, %" PRIu64
           " states, %" PRIu64 " steps.\n",
           sim_model_of(r->twin)->name, report->verdict_name, report->schedules, report->states,
           report->steps);
    if (report->verdict == SIM_DONE) {
        printf("  Every fill, eviction, write-back, delayed store and late device write was "
               "covered: no wrong byte.\n");
    } else {
        printf("  %s%s\n%s", report->message, report->bound, report->timeline);
    }
}

int museum_story(const struct exhibit *x)
{
    struct museum_result r = museum_search(x);

    printf("%s - %s\n", x->name, x->title);
    printf("Reported as %s%s%s.\nSimulated on %s.\n", x->source,
           x->more != NULL ? "; the same mistake: " : "", x->more != NULL ? x->more : "", x->model);
    heading("What the driver does");
    museum_numbered(stdout, x->wrote, "  ");
    heading("What the hardware may do");
    museum_paragraph(stdout, x->hardware, "  ");
    heading("What was found");
    tell_bug(x, &r);
    heading("The same transfer through libdmacoh");
    museum_numbered(stdout, x->library, "  ");
    tell_twin(&r);
    const int status = r.good ? 0 : 1;

    museum_result_free(&r);
    return status;
}
