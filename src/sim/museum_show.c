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

    printf("%-15s %-40s %-11s %5" PRIu64 " %9" PRIu64 "  %-8s  set, %-8s %9" PRIu64 "\n", x->name,
           x->source, raw->verdict == SIM_BUG ? raw->bug_name : raw->verdict_name, raw->schedules,
           r->concrete_schedules, yes_no(r->replayed), twin->verdict_name, twin->schedules);
    printf("    %s\n", x->title);
    (void)fflush(stdout);
}

int museum_table(void)
{
    size_t good = 0;

    printf("Drivers as they were shipped, on a simulated Cortex-A7\n\n");
    printf("%-15s %-40s %-11s %-15s %-9s  %s\n", "", "", "", "found after", "replayed",
           "through libdmacoh");
    printf("%-15s %-40s %-11s %5s %9s  %-8s  %-13s %9s\n", "bug", "reported as", "found", "set",
           "concrete", "", "engine", "schedules");
    for (size_t i = 0; i < museum_count; i++) {
        struct museum_result r = museum_search(&museum[i]);

        table_row(&museum[i], &r);
        good += r.good ? 1u : 0u;
        museum_result_free(&r);
    }
    printf("\n\"found after\": schedules until each engine saw it. \"DONE\": every order of core, "
           "device and\nadversary was covered, and none is wrong. %zu of %zu exhibits are as they "
           "should be.\n\"dmacoh-sim museum NAME\" tells the story of one.\n",
           good, museum_count);
    return good == museum_count ? 0 : 1;
}

/* ---- the story of one ---- */

static void heading(const char *text)
{
    printf("\n%s\n", text);
}

static void numbered(const char *const *words)
{
    for (size_t i = 0; i < MUSEUM_WORDS && words[i] != NULL; i++) {
        printf("  %zu. %s\n", i + 1, words[i]);
    }
}

/* Words of a text, broken into lines. */
static void paragraph(const char *text)
{
    size_t column = 0;

    while (*text != '\0') {
        const size_t n = strcspn(text, " ");

        if (column + 1 + n > 96) {
            printf("\n");
            column = 0;
        }
        column += (size_t)printf("%s%.*s", column == 0 ? "  " : " ", (int)n, text);
        text += n + strspn(text + n, " ");
    }
    printf("\n");
}

/* Register accesses have one name in a timeline; in these drivers it is clear which is which. */
static const char *register_access(const char *line, unsigned *of_cpu)
{
    if (strstr(line, " dev0 mmio ") != NULL) {
        return "interrupt";
    }
    if (strstr(line, " cpu0 mmio ") != NULL) {
        return (*of_cpu)++ == 0 ? "start device" : "read status";
    }
    return NULL;
}

static void print_timeline(const char *timeline)
{
    unsigned of_cpu = 0;

    for (const char *line = timeline; *line != '\0';) {
        char row[256];
        const size_t n = strcspn(line, "\n");

        (void)snprintf(row, sizeof row, "%.*s", n < 200 ? (int)n : 200, line);
        const char *name = register_access(row, &of_cpu);

        if (name != NULL) {
            char *at = strstr(row, "mmio ");

            (void)memset(at, ' ', strlen("mmio"));
            (void)memcpy(at, name, strlen(name));
        }
        printf("  %s\n", row);
        line += n + (line[n] == '\n' ? 1u : 0u);
    }
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
        ".\n\n  What happened to the byte. \"dram\" is memory, \"L1.0\" the core's cache: - not "
        "there, * dirty.\n  Rows with a * for \"who\" are the hardware's own: it fills and writes "
        "back lines when it likes, and a\n  \"drain\" is a delayed operation that takes effect. "
        "Owner RAW: unchecked, so that the damage shows.\n\n",
        report->bug_name, report->schedules, r->concrete_schedules);
    print_timeline(report->timeline);
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

    printf("\n  Set engine, all orders: %s after %" PRIu64 " schedules, %" PRIu64
           " states, %" PRIu64 " steps.\n",
           report->verdict_name, report->schedules, report->states, report->steps);
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
    printf("Reported as %s%s%s.\n", x->source, x->more != NULL ? "; the same mistake: " : "",
           x->more != NULL ? x->more : "");
    heading("What the driver does");
    numbered(x->wrote);
    heading("What the hardware may do");
    paragraph(x->hardware);
    heading("What was found");
    tell_bug(x, &r);
    heading("The same transfer through libdmacoh");
    numbered(x->library);
    tell_twin(&r);
    const int status = r.good ? 0 : 1;

    museum_result_free(&r);
    return status;
}
