/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The story of one line: a row for every step that touched it, from a replay. */
#include <inttypes.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "concrete.h"
#include "drive.h"

struct text {
    char *p;
    size_t n, cap;
};

static void __attribute__((format(printf, 2, 3))) add(struct text *t, const char *fmt, ...)
{
    va_list ap;
    char row[512];

    va_start(ap, fmt);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): seen in its second file only, wrongly */
    const int k = vsnprintf(row, sizeof row, fmt, ap);
    va_end(ap);
    if (k <= 0) {
        return;
    }
    const size_t len = strlen(row);
    if (t->n + len + 1 > t->cap) {
        t->cap = 2 * (t->n + len + 1);
        t->p = mem_must(realloc(t->p, t->cap));
    }
    memcpy(t->p + t->n, row, len + 1);
    t->n += len;
}

static int first_object(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    *(uintptr_t *)arg = (uintptr_t)info->dlpi_addr;
    return 1;
}

/* file:line of a return address, by the tool that every compiler brings; else the address. */
static void locate(uintptr_t pc, char *out, size_t n)
{
    uintptr_t base = 0;
    char cmd[128];
    char line[512];

    (void)dl_iterate_phdr(first_object, &base);
    (void)snprintf(out, n, "pc+%" PRIxPTR, pc - base);
    (void)snprintf(cmd, sizeof cmd, "addr2line -i -e /proc/%ld/exe %" PRIxPTR " 2>/dev/null",
                   (long)getpid(), pc - base - 1);
    FILE *f = popen(cmd, "r"); /* NOLINT(cert-env33-c): nothing but numbers goes into it */
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        char *name = strrchr(line, '/');

        if (strstr(line, "_insn.h") != NULL || line[0] == '?') {
            continue;
        }
        name = name != NULL ? name + 1 : line;
        name[strcspn(name, " \n")] = '\0';
        (void)snprintf(out, n, "%.60s", name);
        break;
    }
    if (f != NULL) {
        (void)pclose(f);
    }
}

static void site_of(const struct agent *a, char *out, size_t n)
{
    static uintptr_t last_pc;
    static char last[80];

    if (a->site != NULL) {
        const char *slash = strrchr(a->site, '/');

        (void)snprintf(out, n, "%.60s", slash != NULL ? slash + 1 : a->site);
    } else if (a->site_pc == 0) {
        (void)snprintf(out, n, "-");
    } else {
        if (a->site_pc != last_pc) {
            locate(a->site_pc, last, sizeof last);
            last_pc = a->site_pc;
        }
        (void)snprintf(out, n, "%s", last);
    }
}

static void cell(struct text *t, bool present, bool dirty, uint8_t v)
{
    if (present) {
        add(t, " %02x%c ", v, dirty ? '*' : ' ');
    } else {
        add(t, "  -  ");
    }
}

static void columns(struct sim *s, struct text *t, int li, uint32_t off)
{
    const struct cached_line *l = con_peek(s, li);

    add(t, "|  %02x ", s->line[li].data[off]);
    if (s->m.l2) {
        cell(t, l->l2.present, l->l2.dirty, l->l2.data[off]);
    }
    for (int k = 0; k < s->m.ncpu * s->nslot; k++) {
        cell(t, l->l1[k].present, l->l1[k].dirty, l->l1[k].data[off]);
    }
    add(t, "| %s\n", name_owner((enum sim_owner)s->line[li].owner[off]));
}

static int target_line(struct sim *s, int a)
{
    const struct agent *g = &s->r.agent[a];
    struct xlat x;

    switch (g->op) {
    case OP_DEV_LOAD:
    case OP_DEV_STORE:
    case OP_L2_CLEAN:
    case OP_L2_INVAL:
    case OP_L2_CLEAN_INVAL:
        return mem_find(s, g->pa);
    case OP_LOAD:
    case OP_STORE:
    case OP_CLEAN:
    case OP_INVAL:
    case OP_CLEAN_INVAL:
        if (!s->mmu) {
            return mem_find(s, g->va);
        }
        return table_decode(s, a, g->va, table_truth_word, &x) ? mem_find(s, x.pa) : -1;
    case OP_TLBI_LOCAL:
    case OP_TLBI_IS:
    case OP_DSB:
    case OP_DSB_ST:
    case OP_DMB:
    case OP_DMB_ST:
    case OP_ISB:
    case OP_MMIO:
    case OP_WAIT:
    case OP_NOP:
    case OP_START:
    case OP_READ_AHEAD:
    case OP_TLB:
    case OP_DMA_SYNC:
    default:
        return -1;
    }
}

static bool is_event(enum op op)
{
    return op == OP_DSB || op == OP_DSB_ST || op == OP_DMB || op == OP_DMB_ST || op == OP_MMIO ||
           op == OP_TLBI_LOCAL || op == OP_TLBI_IS || op == OP_ISB || op == OP_DMA_SYNC ||
           op == OP_READ_AHEAD || op == OP_TLB;
}

static void run_row(const struct sim *s, struct text *t, struct trans x, uint32_t step)
{
    const struct agent *g = &s->r.agent[x.agent];
    const bool device = x.agent >= SIM_MAX_CPUS;
    char where[80];
    char what[64];

    site_of(g, where, sizeof where);
    if (x.kind == TR_IRQ) {
        (void)snprintf(what, sizeof what, "takes interrupt %u", x.slot);
    } else if (is_event(g->op)) {
        (void)snprintf(what, sizeof what, "%s", name_op(g->op));
    } else {
        (void)snprintf(what, sizeof what, "%s %08llx", name_op(g->op),
                       (unsigned long long)(g->va != 0 ? g->va : g->pa));
    }
    add(t, "%5u %s%d %-24s %-28s", (unsigned)step, device ? "dev" : "cpu",
        device ? x.agent - SIM_MAX_CPUS : x.agent, what, where);
}

static void act_row(struct text *t, struct trans x, uint32_t step)
{
    static const char *const name[] = {"run",   "irq",     "fill",     "write back",
                                       "evict", "l2 fill", "l2 evict", "drain",
                                       "walk",  "drop",    "dirty"};
    char what[64];

    if (x.kind == TR_DRAIN) {
        (void)snprintf(what, sizeof what, "%s of op #%llx%s", name[x.kind],
                       (unsigned long long)x.addr,
                       x.variant == 1   ? " (too early)"
                       : x.variant == 2 ? " (wrote back)"
                                        : "");
    } else {
        (void)snprintf(what, sizeof what, x.slot != 0 ? "%s %08llx slot %u" : "%s %08llx",
                       name[x.kind], (unsigned long long)x.addr, x.slot);
    }
    add(t, "%5u  *   %-24s %s%-24u", (unsigned)step, what, x.agent >= SIM_MAX_CPUS ? "dev" : "cpu",
        x.agent % SIM_MAX_CPUS);
}

/* What a page means changes with its table entry, whichever line the story is about. */
static bool writes_table(const struct sim *s, enum op op, int aim)
{
    return op == OP_STORE && aim >= 0 && s->line[aim].table;
}

/* `t` shows a bug when played; its rows for the line of that bug. */
char *timeline_make(struct sim *s, const struct trans *t, uint32_t n)
{
    struct text out = {0};

    if (!script_play(s, t, n)) {
        return NULL;
    }
    const uint32_t total = s->ntrace;
    struct trans *all = mem_must(malloc((total + 1) * sizeof *all));
    memcpy(all, s->trace, total * sizeof *all);
    const int li = s->r.bug_line < 0 ? 0 : s->r.bug_line;
    const uint32_t off = s->r.bug_off;
    const bool has_line = s->r.bug_line >= 0;

    add(&out, " step who  %-24s %-28s| dram ", "operation", "site");
    if (s->m.l2) {
        add(&out, "L2   ");
    }
    for (int k = 0; k < s->m.ncpu * s->nslot; k++) {
        if (s->nslot == 1) {
            add(&out, "L1.%d ", k);
        } else {
            add(&out, "L%d.%d ", k / s->nslot, k % s->nslot);
        }
    }
    add(&out, "| owner\n");
    sched_reset(s);
    s->r.adv_left = s->r.pre_left = SIM_UNLIMITED;
    for (uint32_t i = 0; i < total && has_line; i++) {
        const bool agent = all[i].kind <= TR_IRQ;
        const enum op op = agent ? s->r.agent[all[i].agent].op : OP_NOP;
        const uint64_t before = s->eng->line_hash(s, li);
        const int aim = agent ? target_line(s, all[i].agent) : -1;
        struct text row = {0};

        if (agent) {
            run_row(s, &row, all[i], i + 1);
        } else {
            act_row(&row, all[i], i + 1);
        }
        sched_exec(s, all[i]);
        if (aim == li || is_event(op) || writes_table(s, op, aim) || all[i].kind == TR_IRQ ||
            !agent || s->eng->line_hash(s, li) != before || i + 1 == total) {
            columns(s, &row, li, off);
            add(&out, "%s", row.p);
        }
        free(row.p);
    }
    if (!has_line) {
        for (uint32_t i = 0; i < total; i++) {
            sched_exec(s, all[i]);
        }
    }
    sched_judge_stuck(s);
    add(&out, "      => %s: %s\n", sim_bug_name(s->r.bug), s->r.message);
    free(all);
    return out.p;
}
