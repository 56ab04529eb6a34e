/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Random programs for test_diff over MIPS machines: a program is a text, a letter an operation; the
 * form says which letters may come, and how often. The line under test is reached through KSEG0,
 * KSEG1 and the page at WIN, which entry 0 of the TLB maps from the start.
 */
#include <stdio.h>
#include <string.h>

#include "diff_programs.h"
#include "mips_ops.h"

#define LINE 16u
#define BUF  0x20000u
#define FAR  0x20000000u /* beyond KSEG0: entries alone reach it */
#define MOST 8

struct diff_form {
    const char *model;
    const char *ops;  /* of CPU 0 */
    const char *ops1; /* of CPU 1; empty: there is none */
    int n, n1;
    uint32_t pa;     /* what WIN maps at first: of another colour if the model has colours */
    uint32_t second; /* and what 'n' maps */
    void (*tune)(struct sim_model *m);
};

/*
 * s store, l load, c clean, i invalidate, f clean and invalidate, all through KSEG0; S L C I F the
 * same through WIN; u uncached load, w uncached store; outer cache: x clean, y invalidate, z both;
 * d SYNC, r read of a device register, h hand the line to the device and wait; q empty the read-ahead
 * cache, p read its register; TLB: m map WIN as at first, n as second, 0 unmap it, b EHB.
 */
#define INNER "sslciifddhhhr"
#define OUTER "sslcifxyzdddhhhuw"

static void stores_speculated(struct sim_model *m)
{
    m->store_speculation = true;
    m->outer_line = 0;
}

static void one_line(struct sim_model *m)
{
    m->outer_line = 0;
}

static const struct diff_form inner[] = {
    {"24kc", INNER "uw", "", 6, 0, BUF, 0, NULL},
    {"24kc-noprefetch", INNER "uw", "", 6, 0, BUF, 0, NULL},
    {"74k", "sSlLcCiIfFddhhhr", "", 5, 0, BUF, 0, NULL},
    {"1004k", INNER, "slcifd", 4, 2, BUF, 0, NULL},
    {"24kc", "sllciifdhhhr", "", 5, 0, BUF, 0, stores_speculated},
};
static const struct diff_form outer[] = {
    {"bmips4380", "ssllciifddqqphhhruw", "", 6, 0, BUF, 0, NULL},
    {"bmips5000", OUTER, "", 5, 0, BUF, 0, NULL},
    {"r10000", "sslifyyzzdddhhhuw", "", 5, 0, BUF, 0, one_line},
    {"r10000", "sslifyzddhh", "", 4, 0, BUF, 0, stores_speculated},
};
static const struct diff_form tlb[] = {
    {"24kc-noprefetch", "SSLLCFd0mnnbbbhh", "", 6, 0, FAR, FAR + 0x2000u, NULL},
    {"1004k", "SLFd0mnbbb", "SLFd", 4, 2, FAR, FAR + 0x2000u, NULL},
    {"24kc", "SLF00mnbbbdh", "", 5, 0, FAR, FAR + 0x2000u, NULL},
};

#define KIND(text, forms)                                                                          \
    {                                                                                              \
        (text), (forms), (int)(sizeof(forms) / sizeof(forms)[0])                                   \
    }

static const struct diff_kind kinds[] = {
    KIND("mips-inner", inner),
    KIND("mips-outer", outer),
    KIND("mips-tlb", tlb),
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
    pr.ndev = (int)rnd(3); /* none: the program is about the CPU alone */
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

/* The line under test, as the device sees it. */
static uint32_t line(void)
{
    return pr.form->pa;
}

static uint32_t window_va(void)
{
    const bool colours = sim_model_of(sim_current())->alias_boundary != 0;

    return WIN + (colours && line() < FAR ? 0x1000u : 0);
}

static void map(uint32_t pa)
{
    /* both pages of the pair, so that the window has each colour */
    mips_tlb_write(0, WIN, mips_lo(pa, C_CACHED));
}

static void map_both(uint32_t pa)
{
    MTC0(CP0_PAGEMASK, 0);
    MTC0(CP0_ENTRYHI, WIN);
    MTC0(CP0_ENTRYLO0, mips_lo(pa, C_CACHED));
    MTC0(CP0_ENTRYLO1, mips_lo(pa, C_CACHED));
    MTC0(CP0_INDEX, 0);
    EHB();
    TLB(TLBWI);
    EHB();
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
        CACHE(HIT_WB_D, va);
        break;
    case 'i':
        CACHE(HIT_INV_D, va);
        break;
    case 'f':
        CACHE(HIT_WBINV_D, va);
        break;
    default:
        break;
    }
}

static void machine_op(char op)
{
    switch (op) {
    case 'd':
        SYNC();
        break;
    case 'b':
        EHB();
        break;
    case 'r':
        sim_dev_reg_read(0);
        break;
    case 'h':
        handshake();
        break;
    case 'q':
        sim_insn_mips_reg_store(RAC_REG, 0x100u);
        break;
    case 'p':
        (void)sim_insn_mips_reg_load(RAC_REG);
        break;
    case 'm':
        map(pr.form->pa);
        break;
    case 'n':
        map(pr.form->second);
        break;
    case '0':
        mips_tlb_clear(0);
        break;
    default:
        break;
    }
}

static void run_op(int cpu, int i)
{
    const char op = pr.op[cpu][i];
    const uint8_t value = (uint8_t)(0x10 + 0x20 * cpu + i);
    const char *upper = strchr("SsLlCcIiFf", op);
    const uint32_t off = cpu != 0 ? 8u : 0u; /* CPU 1 has a byte of its own */

    if (strchr("slcif", op) != NULL) {
        line_op(op, K0(BUF) + off, value);
    } else if (upper != NULL) {
        line_op(upper[1], window_va() + off, value);
    } else if (op == 'u') {
        (void)sim_load8(K1(BUF));
    } else if (op == 'w') {
        sim_store8(K1(BUF), value);
    } else if (strchr("xyz", op) != NULL) {
        CACHE(op == 'x' ? HIT_WB_SD : op == 'y' ? HIT_INV_SD : HIT_WBINV_SD, K0(BUF));
    } else {
        machine_op(op);
    }
}

static void cpu(void *arg)
{
    const int me = sim_self();

    (void)arg;
    for (int i = 0; pr.op[me][i] != '\0'; i++) {
        run_op(me, i);
    }
    if (me == 0 && sim_flag_get(done) == 0) {
        sim_doorbell(door);
    }
}

static void device(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    for (int i = 0; i < pr.ndev; i++) {
        if (pr.dev_op[i] != 0) {
            sim_dev_store(line(), (uint8_t)(0x80 + i));
        } else {
            (void)sim_dev_load(line());
        }
    }
    sim_dev_done(done);
}

static void setup(void *arg)
{
    (void)arg;
    sim_own(BUF, LINE, SIM_OWN_RAW);
    sim_own(FAR, 0x4000u, SIM_OWN_RAW);
    map_both(pr.form->pa);
}

struct sim *diff_machine(void)
{
    struct sim_model m = *sim_model_find(pr.form->model);

    m.line = m.granule = LINE;
    if (pr.form->tune != NULL) {
        pr.form->tune(&m);
    }
    struct sim *s = sim_new(&m);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, FAR, 0x100000, SIM_RAM_NORMAL);
    door = sim_flags(s, 2);
    done = door + 1;
    sim_setup(s, setup, NULL);
    sim_cpu(s, 0, cpu, NULL);
    if (pr.op[1][0] != '\0') {
        sim_cpu(s, 1, cpu, NULL);
    }
    (void)sim_device(s, device, NULL);
    return s;
}
