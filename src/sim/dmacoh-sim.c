/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The command dmacoh-sim. */
#include <dmacoh/version.h>
#include <stdio.h>
#include <string.h>

#include "museum.h"

enum {
    STATUS_GOOD,
    STATUS_BAD,
    STATUS_USAGE
};

static void usage(FILE *to)
{
    (void)fprintf(to, "usage: dmacoh-sim museum [NAME]          search all exhibits, or tell one's "
                      "story\n"
                      "       dmacoh-sim museum --docs DIR      write a page of each and an index\n"
                      "       dmacoh-sim replay NAME 'SCRIPT'   play one schedule of an exhibit\n"
                      "       dmacoh-sim models                 list the simulated CPUs\n"
                      "       dmacoh-sim --version | --help\n"
                      "\n"
                      "exhibits:");
    for (size_t i = 0; i < museum_count; i++) {
        (void)fprintf(to, "%s %s", i % 7 == 6 ? "\n         " : "", museum[i]->name);
    }
    (void)fprintf(to, "\nexit status: 0 all is as it should be, 1 it is not, 2 wrong usage\n");
}

static const char *walks_of(const struct sim_model *m)
{
    if (m->tables == SIM_TABLES_MPU) {
        return "none, an MPU";
    }
    if (m->tables == SIM_TABLES_SOFT) {
        return "none, software fills the TLB";
    }
    return m->ttbr_flags != 0 ? "cacheable" : "non-cacheable";
}

static int models(void)
{
    size_t n = 0;
    const struct sim_model *m = sim_models(&n);

    printf("%-18s %-10s %4s %5s %8s %5s  %s\n", "model", "ID", "CPUs", "line", "granule", "outer",
           "table walks");
    for (size_t i = 0; i < n; i++) {
        printf("%-18s 0x%08x %4u %5u %8u %5s  %s%s\n", m[i].name, (unsigned)m[i].midr,
               (unsigned)m[i].ncpu, (unsigned)m[i].line, (unsigned)m[i].granule,
               m[i].l2 ? "yes" : "no", walks_of(&m[i]),
               m[i].tlbi_is_broken ? ", erratum 798181" : "");
    }
    return STATUS_GOOD;
}

static const struct exhibit *find(const char *name)
{
    const struct exhibit *x = museum_find(name);

    if (x == NULL) {
        (void)fprintf(stderr, "dmacoh-sim: no exhibit \"%s\"\n", name);
        usage(stderr);
    }
    return x;
}

static int replay(const struct exhibit *x, const char *script)
{
    struct sim *s = museum_raw_scene(x, false);
    const enum sim_verdict v = sim_replay(s, script);
    const struct sim_report *r = sim_report(s);

    printf("%s %s\n%s", r->verdict_name, v == SIM_BUG ? r->bug_name : "no bug in this schedule",
           r->timeline);
    if (v == SIM_BUG) {
        printf("replay: %s\n", r->script);
    }
    sim_free(s);
    return v == SIM_BUG ? STATUS_GOOD : STATUS_BAD;
}

static bool is(const char *arg, const char *word)
{
    return strcmp(arg, word) == 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && is(argv[1], "--version")) {
        printf("dmacoh-sim %d.%d.%d\n", DMACOH_VERSION_MAJOR, DMACOH_VERSION_MINOR,
               DMACOH_VERSION_PATCH);
        return STATUS_GOOD;
    }
    if (argc == 2 && is(argv[1], "--help")) {
        usage(stdout);
        return STATUS_GOOD;
    }
    if (argc == 2 && is(argv[1], "models")) {
        return models();
    }
    if (argc == 2 && is(argv[1], "museum")) {
        return museum_table();
    }
    if (argc == 3 && is(argv[1], "museum")) {
        const struct exhibit *x = find(argv[2]);

        return x != NULL ? museum_story(x) : STATUS_USAGE;
    }
    if (argc == 4 && is(argv[1], "museum") && is(argv[2], "--docs")) {
        return museum_docs(argv[3]);
    }
    if (argc == 4 && is(argv[1], "replay")) {
        const struct exhibit *x = find(argv[2]);

        return x != NULL ? replay(x, argv[3]) : STATUS_USAGE;
    }
    usage(stderr);
    return STATUS_USAGE;
}
