/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "guest/mutants.h"

#include "play.h"
#include "trace.h"

#include <stdio.h>

/* Systems after which a mutant counts as not caught; and in which all that is used at all is executed. */
#define MAX_SYSTEMS(m) ((m)->cpu->max_piece != 0 ? 20u : 60u)
#define WARM_UP(m)     ((m)->cpu->max_piece != 0 ? 4u : 10u)

/* Systems until one fails: 0 if none of n does. */
static uint32_t systems_until_caught(struct machine *m, uint64_t seed, uint32_t n)
{
    struct totals t = {0};

    for (uint32_t i = 0; i < n; i++) {
        play_one(m, seed + i, &t);
        if (trace_failed()) {
            return i + 1u;
        }
    }
    return 0;
}

/* One line of the report; returns 1 if nothing caught it. */
static int report(const char *name, uint32_t pc, uint32_t systems)
{
    if (pc != 0) {
        (void)printf("%08x ", pc);
    }
    if (systems == 0) {
        (void)printf("%-14s NOT CAUGHT\n", name);
        return 1;
    }
    (void)printf("%-14s caught by system %u: %s\n", name, systems, trace_reason());
    return 0;
}

int mutants_wrapped(struct machine *m, uint64_t seed)
{
#define ROW(id, name, what) {id, name, what},
    static const struct {
        enum mc_mutant id;
        const char *name, *what;
    } rows[] = {MC_MUTANTS(ROW)};
    int survivors = 0;

    m->mutant = MC_MUTANT_NONE;
    if (systems_until_caught(m, seed, WARM_UP(m)) != 0) {
        trace_print();
        (void)printf("the right backend fails: %s\n", trace_reason());
        return 1;
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].id == MC_MUTANT_INVAL_CLEANS && m->cpu->as_clean == NULL) {
            continue; /* what cleans a line takes it out as well */
        }
        m->mutant = rows[i].id;
        survivors += report(rows[i].name, 0, systems_until_caught(m, seed, MAX_SYSTEMS(m)));
    }
    (void)printf("%s: %d wrong backends not caught\n", m->cpu->name, survivors);
    return survivors != 0;
}

static int try_patch(struct machine *m, const struct site *site, uint32_t word, const char *name,
                     uint64_t seed)
{
    machine_patch(m, site->pc, word);
    const uint32_t systems = systems_until_caught(m, seed, MAX_SYSTEMS(m));

    machine_patch(m, site->pc, site->word);
    return report(name, site->pc, systems);
}

int mutants_patched(struct machine *m, uint64_t seed)
{
    struct totals t = {0};
    int survivors = 0;

    for (uint32_t i = 0; i < WARM_UP(m); i++) {
        play_one(m, seed + i, &t);
        if (trace_failed()) {
            trace_print();
            (void)printf("the right image fails: %s\n", trace_reason());
            return 1;
        }
    }
    bool used[MAX_SITES];

    for (uint32_t i = 0; i < m->nsites; i++) {
        used[i] = m->sites[i].hits != 0;
    }
    for (uint32_t i = 0; i < m->nsites; i++) {
        struct site *site = &m->sites[i];
        const struct insn insn = site->insn;

        if (!used[i] || insn.kind == INSN_TLB_REG) {
            continue;
        }
        site->insn.kind = INSN_OTHER;
        survivors += try_patch(m, site, m->cpu->nop, "taken out", seed);
        if (insn.kind == INSN_INVAL && m->cpu->as_clean != NULL) {
            site->insn.kind = INSN_CLEAN;
            survivors += try_patch(m, site, m->cpu->as_clean(site->word), "made a clean", seed);
        }
        site->insn = insn;
    }
    (void)printf("%s: %d changed instructions not caught\n", m->cpu->name, survivors);
    return survivors != 0;
}
