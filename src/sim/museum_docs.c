/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The pages of the documentation, from the same data: one of each exhibit, and an index. Nothing in
 * them depends on the build: no line numbers, no times.
 */
#include <inttypes.h>
#include <string.h>

#include "museum.h"

/* At the end: Doxygen takes a page's title from its first line. */
static const char made_by[] = "\n<!-- Made by \"dmacoh-sim museum --docs docs/museum\". -->\n";

/* "owner/repository PR #N", "owner/repository #N": a link to where it was reported. */
static bool link_to_thread(FILE *to, const char *text)
{
    const char *hash = strstr(text, " #");
    const size_t name = strcspn(text, " ");

    if (hash == NULL || memchr(text, '/', name) == NULL) {
        return false;
    }
    const char *number = hash + 2;
    const bool pull = strncmp(text + name, " PR #", 5) == 0;

    (void)fprintf(to, "[%s](https://github.com/%.*s/%s/%.*s)", text, (int)name, text,
                  pull ? "pull" : "issues", (int)strspn(number, "0123456789"), number);
    return true;
}

/* "owner/repository VERSION path/of/a/file": a link to the file. */
static bool link_to_file(FILE *to, const char *text)
{
    char repository[80];
    char version[40];
    char path[80];

    if (sscanf(text, "%79s %39s %79s", repository, version, path) != 3 || version[0] != 'v' ||
        strchr(repository, '/') == NULL) {
        return false;
    }
    (void)fprintf(to, "[%s](https://github.com/%s/blob/%s/%s)", text, repository, version, path);
    return true;
}

/* References are separated by commas. */
static void references(FILE *to, const char *text)
{
    while (*text != '\0') {
        char one[160];
        const size_t n = strcspn(text, ",");

        (void)snprintf(one, sizeof one, "%.*s", n < 150 ? (int)n : 150, text);
        if (!link_to_thread(to, one) && !link_to_file(to, one)) {
            (void)fprintf(to, "%s", one);
        }
        text += n;
        if (*text == ',') {
            (void)fprintf(to, ", ");
            text += 1 + strspn(text + 1, " ");
        }
    }
}

static void bug(FILE *to, const struct exhibit *x, const struct museum_result *r)
{
    const struct sim_report *report = sim_report(r->raw);
    struct museum_facts f;
    char cure[512];

    (void)fprintf(to, "\n## What the machine found\n\nOn `%s`: **%s**: %s.\n\n", x->model,
                  report->bug_name, report->message);
    (void)fprintf(to, "```text\n");
    museum_timeline(to, report->timeline, "", false);
    (void)fprintf(to, "```\n\n");
    museum_paragraph(
        to,
        "Each row shows the byte after a step: in memory (dram), in the cache of each "
        "CPU (L1.0, L1.1), in an outer cache (L2); `-` is not there, `*` is dirty. "
        "Rows of `*cpu0`, `*cpu1` or `*dev0` are the hardware's own: it fills and "
        "writes back lines when it likes, and a drain is a delayed operation that takes "
        "effect. Owner RAW is unchecked, so that the damage shows.",
        "");
    if (museum_facts(report, &f)) {
        (void)fprintf(to, "\n* The right value is %s.\n* Since %s.\n", f.where, f.since);
    }
    (void)snprintf(cure, sizeof cure, "* Prevented by %s.", x->cure);
    museum_paragraph(to, cure, "");
    (void)fprintf(to, "* With that change: %s, all orders covered.\n",
                  sim_report(r->cured)->verdict_name);
    (void)fprintf(to, "\nTo see it again:\n\n```sh\ndmacoh-sim replay %s '%s'\n```\n", x->name,
                  report->script);
}

static void page(FILE *to, const struct exhibit *x, const struct museum_result *r)
{
    (void)fprintf(to, "# %s: %s\n\nReported as ", x->name, x->title);
    references(to, x->source);
    if (x->more != NULL) {
        (void)fprintf(to, "; the same mistake: ");
        references(to, x->more);
    }
    (void)fprintf(to, ".\n\n## What the driver does\n\n");
    museum_numbered(to, x->wrote, "");
    (void)fprintf(to, "\n## What the hardware may do\n\n");
    museum_paragraph(to, x->hardware, "");
    bug(to, x, r);
    (void)fprintf(to, "\n## The same transfer through libdmacoh\n\n");
    museum_numbered(to, x->library, "");
    (void)fprintf(to, "\nSearched on `%s`: %s, every order and every behaviour of the hardware.\n",
                  sim_model_of(r->twin)->name, sim_report(r->twin)->verdict_name);
}

static void index_row(FILE *to, const struct exhibit *x, const struct museum_result *r)
{
    (void)fprintf(to, "| [%s](%s.md) | %s | ", x->name, x->name, x->title);
    references(to, x->source);
    (void)fprintf(to, " | %s | %s |\n", sim_report(r->raw)->bug_name,
                  sim_report(r->twin)->verdict_name);
}

static FILE *create(const char *directory, const char *name)
{
    char path[1024];

    (void)snprintf(path, sizeof path, "%s/%s.md", directory, name);
    FILE *to = fopen(path, "w");

    if (to == NULL) {
        perror(path);
    }
    return to;
}

static bool close_well(FILE *to)
{
    (void)fprintf(to, "%s", made_by);
    const bool good = ferror(to) == 0;

    return fclose(to) == 0 && good;
}

static bool write_page(const char *directory, const struct exhibit *x, FILE *index)
{
    FILE *to = create(directory, x->name);

    if (to == NULL) {
        return false;
    }
    struct museum_result r = museum_search(x);
    const bool good = r.good;

    page(to, x, &r);
    index_row(index, x, &r);
    museum_result_free(&r);
    return close_well(to) && good;
}

int museum_docs(const char *directory)
{
    FILE *index = create(directory, "README");

    if (index == NULL) {
        return 1;
    }
    (void)fprintf(index, "# The museum of bugs {#museum}\n\n");
    museum_paragraph(
        index,
        "Bugs that were shipped, each as the sequence of cache, TLB and memory "
        "operations that its authors wrote. The simulated machine finds each one, shows "
        "what happened to the byte, and finds nothing in the same transfer through the "
        "library, searched to the end.",
        "");
    (void)fprintf(index, "\n| bug | what | reported as | found as | through libdmacoh |\n"
                         "|---|---|---|---|---|\n");
    bool good = true;

    for (size_t i = 0; i < museum_count; i++) {
        good = write_page(directory, museum[i], index) && good;
    }
    return close_well(index) && good ? 0 : 1;
}
