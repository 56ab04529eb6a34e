/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Transparent mode: what went wrong, and where in the driver. PCs are taken when it happens, in a signal
 * handler perhaps; they become file:line after the run, by addr2line, which every compiler brings.
 */
#include <execinfo.h>
#include <inttypes.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "transparent_state.h"

/* ---- when it happens ---- */

/* The stack from the driver's frame on; that frame alone if the stack cannot be walked. */
static void site_here(struct tp_site *site)
{
    void *frame[2 * TP_FRAMES];
    const int n = backtrace(frame, 2 * TP_FRAMES);
    const struct tp_entry e = tp.entry;
    int first = 0;

    site->n = 0;
    if (e.pc != 0) { /* else not known: all frames are looked at */
        site->pc[site->n++] = e.exact ? e.pc : e.pc - 1u;
        while (first < n && (uintptr_t)frame[first] != e.pc) {
            first++;
        }
    }
    for (int i = first + 1; i < n && site->n < TP_FRAMES; i++) {
        site->pc[site->n++] = (uintptr_t)frame[i] - 1u;
    }
}

void tp_origin(const struct tp_history *h, bool as_site)
{
    struct tp_site *site = as_site ? &tp.site : &tp.origin;

    if (!tp.failed && h != NULL && h->pc != 0) {
        site->pc[0] = h->pc - 1u;
        site->n = 1;
    }
}

void tp_fail(enum sim_bug bug, const char *advice, const char *fmt, ...)
{
    va_list ap;

    if (tp.failed) {
        return; /* the first one counts */
    }
    tp.failed = true;
    tp.bug = bug;
    tp.advice = advice;
    va_start(ap, fmt);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): seen in its second file only, wrongly */
    (void)vsnprintf(tp.message, sizeof tp.message, fmt, ap);
    va_end(ap);
    tp.seen_later = tp.site.n != 0;
    site_here(tp.seen_later ? &tp.origin : &tp.site);
    if (tp.in_device == 0) {
        siglongjmp(tp.end, 1);
    }
}

/* ---- after the run ---- */

struct module {
    uintptr_t pc, base;
    bool main_program, found;
    char path[256];
};

static int in_module(struct dl_phdr_info *info, size_t size, void *arg)
{
    struct module *m = arg;

    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const uintptr_t first = (uintptr_t)info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

        if (info->dlpi_phdr[i].p_type == PT_LOAD && m->pc - first < info->dlpi_phdr[i].p_memsz) {
            m->base = (uintptr_t)info->dlpi_addr;
            m->main_program = info->dlpi_name[0] == '\0';
            m->found = true;
            (void)snprintf(m->path, sizeof m->path, "%s", info->dlpi_name);
            return 1;
        }
    }
    return 0;
}

/* Not the driver: the C library's memcpy() and the sanitizers' own. */
static bool is_driver(const struct module *m)
{
    static const char *const other[] = {"/libc.", "/libc-", "/libasan", "/libubsan", "/ld-"};

    if (!m->found || strchr(m->path, '\'') != NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        if (strstr(m->path, other[i]) != NULL) {
            return false;
        }
    }
    return true;
}

/* "DIRECTORY/nic.c:42 (discriminator 1)" to "nic.c:42"; false if the tool does not know. */
static bool tidy(char *line, char *out, size_t n)
{
    const char *name = strrchr(line, '/');

    line[strcspn(line, " \n")] = '\0';
    name = name != NULL ? name + 1 : line;
    if (name[0] == '\0' || name[0] == '?' || strstr(name, ":?") != NULL) {
        return false;
    }
    (void)snprintf(out, n, "%.80s", name);
    return true;
}

#define OWN_NAME 11u /* letters of "transparent": this mode's own files, below the test */

/* A line of C code is better than one of a header, which holds readl() and its like. */
static bool locate(uintptr_t pc, char *out, size_t n)
{
    struct module m = {.pc = pc};
    char path[288];
    char cmd[384];
    char line[512];
    bool in_code = false;

    (void)dl_iterate_phdr(in_module, &m);
    if (!is_driver(&m)) {
        return false;
    }
    if (m.main_program) {
        (void)snprintf(path, sizeof path, "/proc/%ld/exe", (long)getpid());
    } else {
        (void)snprintf(path, sizeof path, "'%s'", m.path);
    }
    if (out[0] == '\0') {
        (void)snprintf(out, n, "pc+0x%" PRIxPTR, pc - m.base);
    }
    (void)snprintf(cmd, sizeof cmd,
                   "${DMACOH_SIM_ADDR2LINE:-addr2line} -i -e %s 0x%" PRIxPTR " 2>/dev/null", path,
                   pc - m.base);
    FILE *f =
        popen(cmd, "r"); /* NOLINT(cert-env33-c): the user's tool, a module's path, a number */
    while (f != NULL && !in_code && fgets(line, sizeof line, f) != NULL) {
        char name[96];

        if (tidy(line, name, sizeof name) && strncmp(name, "transparent", OWN_NAME) != 0) {
            in_code = strstr(name, ".c:") != NULL;
            if (in_code || strncmp(out, "pc+", 3) == 0) {
                (void)snprintf(out, n, "%s", name);
            }
        }
    }
    if (f != NULL) {
        (void)pclose(f);
    }
    return in_code;
}

static void place(const struct tp_site *site, char *out, size_t n)
{
    bool found = false;

    out[0] = '\0';
    for (uint32_t i = 0; i < site->n && !found; i++) {
        found = locate(site->pc[i], out, n);
    }
}

void tp_report(struct sim_transparent_report *r)
{
    r->bug = tp.bug;
    if (tp.expect_site[0] != '\0') {
        (void)snprintf(r->site, sizeof r->site, "%s", tp.expect_site);
    } else {
        place(&tp.site, r->site, sizeof r->site);
        place(&tp.origin, r->origin, sizeof r->origin);
    }
    (void)snprintf(r->message, sizeof r->message, "%s", tp.message);
    (void)snprintf(r->advice, sizeof r->advice, "%s", tp.advice);
    const char *link = tp.seen_later ? "\n  seen while the driver was at " : "\n  goes back to ";
    const bool linked = r->origin[0] != '\0';

    (void)snprintf(r->text, sizeof r->text,
                   "%s: %s: %s%s%s\n  do: %s\n  replay: DMACOH_SIM_SEED=%" PRIu64 "\n", r->site,
                   sim_bug_name(r->bug), r->message, linked ? link : "", r->origin, r->advice,
                   r->seed);
}
