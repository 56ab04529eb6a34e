/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Random programs for test_diff over PA-RISC and PowerPC machines: a program is a text, a letter an
 * operation; the form says which letters may come, and how often. The line under test is cached at
 * C0020000; a form may map it a second time, and PowerPC programs map pages at WINDOW themselves.
 */
#include <stdio.h>
#include <string.h>

#include "diff_programs.h"
#include "insn/sim_insn.h"
#include "soft_rig.h"

#define LINE   16u
#define MOST   8
#define ENTRY  8u /* of a program's own */
#define SECOND (SOFT_HIGH + 0x20000u)

/* Where the line is mapped a second time. */
enum again {
    NOWHERE,
    CONGRUENT,
    ELSEWHERE,
    UNCACHED,
    WINDOW
};

struct diff_form {
    const char *model;
    const char *ops;  /* of CPU 0 */
    const char *ops1; /* of CPU 1; empty: there is none */
    int n, n1;
    enum again again;
    enum sim_memtype linear;
    uint64_t rules_off;
};

/*
 * s store, l load, c clean, i invalidate, f clean and invalidate; S L C I F the same through the
 * second mapping; d SYNC, k syncdma, r read of a device register, h hand the line to the device and
 * wait; TLB: m map WINDOW to one page, n to another, 0 unmap it, b ISYNC.
 */
static const struct diff_form parisc[] = {
    {"pa7100lc", "sSlLiIfFddkkhhhr", "", 6, 0, CONGRUENT, SIM_MEM_CACHED, 0},
    {"pa8700", "slifdkhhr", "slif", 4, 2, NOWHERE, SIM_MEM_CACHED, 0},
    {"pa8800", "ssllifffddkhhhr", "", 6, 0, CONGRUENT, SIM_MEM_CACHED, 0},
};
static const struct diff_form parisc_alias[] = {
    {"pa7100lc", "sslliffddkhrLSF", "", 5, 0, ELSEWHERE, SIM_MEM_CACHED, 0},
    {"pa8700", "slifdL", "slL", 3, 2, ELSEWHERE, SIM_MEM_CACHED, 0},
    {"pa8800", "sslliffddkhrLS", "", 5, 0, CONGRUENT, SIM_MEM_CACHED, 0},
    {"pa7300lc", "sslifffddkhrLS", "", 5, 0, UNCACHED, SIM_MEM_CACHED, 0},
    /* the places of a line apart from each other: caches snoop each other place by place */
    {"pa8700", "sSLLlFfd", "SLF", 3, 1, ELSEWHERE, SIM_MEM_CACHED, SIM_RULE(SIM_RULE_HPMC)},
};
static const struct diff_form ppc[] = {
    {"ppc440", "sslciiffddhhhrCF", "", 6, 0, UNCACHED, SIM_MEM_CACHED, 0},
    {"ppc440", "sllciiffddhhhrLSF", "", 5, 0, UNCACHED, SIM_MEM_GUARDED, 0},
    {"ppc405", "sslciiffddhhhrLSF", "", 6, 0, UNCACHED, SIM_MEM_CACHED, 0},
    {"ppc603", "sslciiffddhhhr", "", 6, 0, NOWHERE, SIM_MEM_CACHED, 0},
    {"e500v2", "slcifdh", "slcifd", 4, 2, NOWHERE, SIM_MEM_CACHED, 0},
    {"e500v2", "slcifdh", "slcifd", 4, 2, NOWHERE, SIM_MEM_LOCAL, 0},
};
static const struct diff_form ppc_tlb[] = {
    {"e500v2", "SSLFFdd0mnbbbh", "", 6, 0, WINDOW, SIM_MEM_CACHED, 0},
    {"ppc440", "SSLFFdd0mnbbbh", "", 6, 0, WINDOW, SIM_MEM_CACHED, 0},
    {"ppc603", "SSLFFdd0mnbbbh", "", 6, 0, WINDOW, SIM_MEM_CACHED, 0},
    {"e500v2", "SLFd0mnbb", "SLFd0mbb", 4, 2, WINDOW, SIM_MEM_CACHED, 0},
};

#define KIND(text, forms)                                                                          \
    {                                                                                              \
        (text), (forms), (int)(sizeof(forms) / sizeof(forms)[0])                                   \
    }

static const struct diff_kind kinds[] = {
    KIND("pa", parisc),
    KIND("pa-alias", parisc_alias),
    KIND("ppc", ppc),
    KIND("ppc-tlb", ppc_tlb),
};

const struct diff_kind *diff_kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

static struct {
    const struct diff_form *form;
    char op[2][MOST + 1];
    bool may_clean;
    int ndev;
    uint8_t dev_op[2];
} pr;
static uint8_t *door, *done;
static uint32_t state;

static uint32_t rnd(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % n;
}

static void draw(char *out, const char *from, int n)
{
    for (int i = 0; i < n && *from != '\0'; i++) {
        *out++ = from[rnd((uint32_t)strlen(from))];
    }
    *out = '\0';
}

void diff_generate(const struct diff_kind *kind, uint32_t seed)
{
    memset(&pr, 0, sizeof pr);
    state = seed * 2654435761u + 12345u;
    (void)rnd(2);
    pr.form = &kind->form[seed % (uint32_t)kind->nform];
    pr.may_clean = rnd(2) != 0;
    pr.ndev = 1 + (int)rnd(2);
    draw(pr.op[0], pr.form->ops, 3 + (int)rnd((uint32_t)pr.form->n - 2u));
    draw(pr.op[1], pr.form->ops1, pr.form->n1);
    pr.dev_op[0] = (uint8_t)rnd(2);
    pr.dev_op[1] = (uint8_t)rnd(2);
}

const char *diff_text(void)
{
    static char text[96];

    (void)snprintf(text, sizeof text, "%s: %s %s dev %d: %d %d", pr.form->model, pr.op[0], pr.op[1],
                   pr.ndev, pr.dev_op[0], pr.dev_op[1]);
    return text;
}

/* ---- translations of the program's own ---- */

static void map_e500(uint32_t pa, bool valid)
{
    sim_insn_mtspr(624, 0x10000000u | ENTRY << 16);
    sim_insn_mtspr(625, valid ? 0xc0000100u : 0);
    sim_insn_mtspr(626, SOFT_WINDOW | 4u);
    sim_insn_mtspr(627, pa | 5u);
    sim_insn_mtspr(944, 0);
    sim_insn_tlbwe();
}

static void map_44x(uint32_t pa, bool valid)
{
    sim_insn_tlbwe44(ENTRY, 0, 0);
    if (valid) {
        sim_insn_tlbwe44(ENTRY, 1, pa);
        sim_insn_tlbwe44(ENTRY, 2, 0x206u);
        sim_insn_tlbwe44(ENTRY, 0, SOFT_WINDOW | 0x210u);
    }
}

static void map_bat(uint32_t pa, bool valid)
{
    sim_insn_mtspr(538, 0);
    if (valid) {
        sim_insn_mtspr(539, pa | 0x12u);
        sim_insn_mtspr(538, SOFT_WINDOW | 2u);
    }
}

static void map(uint32_t pa, bool valid)
{
    const enum sim_isa isa = sim_model_of(sim_current())->isa;

    if (isa == SIM_ISA_E500) {
        map_e500(pa, valid);
    } else if (isa == SIM_ISA_PPC44X) {
        map_44x(pa, valid);
    } else {
        map_bat(pa, valid);
    }
}

/* ---- operations ---- */

static uint32_t second_va(void)
{
    switch (pr.form->again) {
    case CONGRUENT:
        return SOFT_D(SOFT_BUF);
    case ELSEWHERE:
        return SOFT_E(SOFT_BUF);
    case UNCACHED:
        return SOFT_F(SOFT_BUF);
    case NOWHERE:
    case WINDOW:
    default:
        return SOFT_WINDOW;
    }
}

static void handshake(void)
{
    if (sim_flag_get(done) == 0) {
        sim_doorbell(door);
        sim_wait(done, 1);
    }
}

static void line_op(char op, uint32_t va, uint8_t value)
{
    switch (op) {
    case 's':
        sim_store8(va, value);
        break;
    case 'l':
        (void)sim_load8(va);
        break;
    case 'c':
        sim_insn_cache(SIM_INSN_CLEAN, va);
        break;
    case 'i':
        sim_insn_cache(SIM_INSN_INVAL, va);
        break;
    default:
        sim_insn_cache(SIM_INSN_CLEAN_INVAL, va);
        break;
    }
}

static void machine_op(char op)
{
    switch (op) {
    case 'd':
        sim_insn_barrier(SIM_INSN_DSB);
        break;
    case 'b':
        sim_insn_barrier(SIM_INSN_ISB);
        break;
    case 'k':
        sim_insn_syncdma();
        break;
    case 'r':
        sim_dev_reg_read(0);
        break;
    case 'h':
        handshake();
        break;
    default:
        map(op == 'n' ? SECOND : SOFT_HIGH, op != '0');
        break;
    }
}

static void cpu(void *arg)
{
    const int me = sim_self();
    const uint32_t off = me != 0 ? 8u : 0u; /* CPU 1 has a byte of its own */

    (void)arg;
    if (pr.form->again == WINDOW) {
        map(SOFT_HIGH, true);
        sim_insn_barrier(SIM_INSN_ISB);
    }
    for (int i = 0; pr.op[me][i] != '\0'; i++) {
        const char op = pr.op[me][i];
        const uint8_t value = (uint8_t)(0x10 + 0x20 * me + i);
        const char *upper = strchr("SsLlCcIiFf", op);

        if (strchr("slcif", op) != NULL) {
            line_op(op, SOFT_C(SOFT_BUF) + off, value);
        } else if (upper != NULL) {
            line_op(upper[1], second_va() + off, value);
        } else {
            machine_op(op);
        }
    }
    if (me == 0 && sim_flag_get(done) == 0) {
        sim_doorbell(door);
    }
}

static void device(void *arg)
{
    const uint64_t pa_line = pr.form->again == WINDOW ? SOFT_HIGH : SOFT_BUF;

    (void)arg;
    sim_dev_wait(door, 1);
    for (int i = 0; i < pr.ndev; i++) {
        if (pr.dev_op[i] != 0) {
            sim_dev_store(pa_line, (uint8_t)(0x80 + i));
        } else {
            (void)sim_dev_load(pa_line);
        }
    }
    sim_dev_done(done);
}

static void setup(void *arg)
{
    (void)arg;
    sim_own(SOFT_BUF, LINE, SIM_OWN_RAW);
    sim_own(SOFT_HIGH, LINE, SIM_OWN_RAW);
    sim_own(SECOND, LINE, SIM_OWN_RAW);
}

struct sim *diff_machine(void)
{
    struct sim_model m = *sim_model_find(pr.form->model);

    m.line = m.granule = LINE;
    m.inv_may_clean = pr.may_clean;
    m.rules_off = pr.form->rules_off;
    m.ncpu = pr.op[1][0] != '\0' ? 2 : 1;
    struct sim *s = sim_new(&m);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, SOFT_HIGH, 0x100000, SIM_RAM_NORMAL);
    sim_map_sections(s, SOFT_C(0), 0, 1, pr.form->linear);
    if (pr.form->again != NOWHERE && pr.form->again != WINDOW) {
        sim_map_sections(s, second_va() - SOFT_BUF, 0, 1,
                         pr.form->again == UNCACHED ? SIM_MEM_UNCACHED : SIM_MEM_CACHED);
    }
    door = sim_flags(s, 2);
    done = door + 1;
    sim_setup(s, setup, NULL);
    sim_cpu(s, 0, cpu, NULL);
    if (m.ncpu == 2) {
        sim_cpu(s, 1, cpu, NULL);
    }
    (void)sim_device(s, device, NULL);
    return s;
}
