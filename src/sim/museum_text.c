/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Pieces of text that a story on the terminal and a page of the documentation have in common. */
#include <string.h>

#include "museum.h"

#define COLUMNS 98

/* Words of a text, broken into lines. */
void museum_paragraph(FILE *to, const char *text, const char *indent)
{
    size_t column = 0;

    while (*text != '\0') {
        const size_t n = strcspn(text, " ");

        if (column != 0 && column + 1 + n > COLUMNS) {
            (void)fprintf(to, "\n");
            column = 0;
        }
        (void)fprintf(to, "%s%.*s", column == 0 ? indent : " ", (int)n, text);
        column += (column == 0 ? strlen(indent) : 1) + n;
        text += n + strspn(text + n, " ");
    }
    (void)fprintf(to, "\n");
}

void museum_numbered(FILE *to, const char *const *words, const char *indent)
{
    for (size_t i = 0; i < MUSEUM_WORDS && words[i] != NULL; i++) {
        (void)fprintf(to, "%s%zu. %s\n", indent, i + 1, words[i]);
    }
}

/* Where the columns of a row begin: step, who, what, site, levels. */
#define AT_WHO  6
#define AT_WHAT 11
#define AT_SITE 36

/* What the rows before said, as far as it tells which register is meant. */
struct registers {
    unsigned of_device; /* accesses by the CPU so far */
    bool outer;         /* the CPU's last step was an operation on the outer cache */
};

/* Register accesses have one name in a timeline; in these drivers it is clear which is which. */
static const char *register_access(const char *row, struct registers *r)
{
    const bool outer = r->outer;

    if (strstr(row, " dev0 mmio ") != NULL) {
        return "interrupt";
    }
    if (strlen(row) < AT_SITE || strncmp(row + AT_WHO, "cpu0", 4) != 0) {
        return NULL; /* the verdict, another agent, or the hardware's own */
    }
    r->outer = strstr(row, " cpu0 l2_") != NULL;
    if (strstr(row, " cpu0 mmio ") == NULL) {
        return NULL;
    }
    if (outer) {
        return "outer sync";
    }
    return r->of_device++ == 0 ? "start device" : "read status";
}

/*
 * A row without its site, which depends on the build. The hardware's own rows have the cache or
 * queue that they are about where others have their site: it goes to the front.
 */
static void row_without_site(FILE *to, const char *row, const char *indent)
{
    const char *levels = strchr(row, '|');

    if (levels == NULL || levels - row < AT_SITE) {
        (void)fprintf(to, "%s%s\n", indent, row); /* the verdict at the end */
        return;
    }
    if (row[AT_WHO + 1] == '*') {
        (void)fprintf(to, "%s%.5s *%.4s %.24s%s\n", indent, row, row + AT_SITE, row + AT_WHAT,
                      levels);
    } else {
        (void)fprintf(to, "%s%.6s %.4s %.24s%s\n", indent, row, row + AT_WHO, row + AT_WHAT,
                      levels);
    }
}

void museum_timeline(FILE *to, const char *timeline, const char *indent, bool with_sites)
{
    struct registers registers = {0, false};

    for (const char *line = timeline; *line != '\0';) {
        char row[256];
        const size_t n = strcspn(line, "\n");

        (void)snprintf(row, sizeof row, "%.*s", n < 200 ? (int)n : 200, line);
        const char *name = register_access(row, &registers);

        if (name != NULL) {
            char *at = strstr(row, "mmio ");

            (void)memset(at, ' ', strlen("mmio"));
            (void)memcpy(at, name, strlen(name));
        }
        if (with_sites) {
            (void)fprintf(to, "%s%s\n", indent, row);
        } else {
            row_without_site(to, row, indent);
        }
        line += n + (line[n] == '\n' ? 1u : 0u);
    }
}
