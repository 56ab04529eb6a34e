/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * A program is a text, a letter an operation; the form says which letters may come, and how often.
 * Layout: PA 0 to 1 MiB is cached at C0000000, the same again at D0000000 (another address of the
 * line), uncached at E0000000; the page at 80001000 is cached and has another colour than its PA.
 */
#include "diff_programs.h"

#include <stdio.h>
#include <string.h>

#include "armv7a_insn.h"
#include "mem_insn.h"
#include "sim_insn.h"

#define LINE  16u
#define BUF   0x20000u
#define C(pa) (0xc0000000u + (pa))
#define D(pa) (0xd0000000u + (pa))
#define U(pa) (0xe0000000u + (pa))
#define PG    0x80001000u
#define PTE   (C(0x8004u))
#define HIGH  0x200000u
#define REGS  0xf8000000u /* of the outer cache controller */
#define MOST  8

#define R1P0 0x410000c2u
#define R3P0 0x410000c5u
#define R3P2 0x410000c8u

struct diff_form {
    const char *model;
    const char *ops;  /* of CPU 0, one of them each time */
    const char *ops1; /* of the other CPUs */
    int n, n1, ncpu;
    enum {
        ONE_LINE,
        TWO_LINES, /* each letter means one of two lines */
        IN_TURNS   /* one line; each letter is one CPU's, and they take turns */
    } way;
    void (*tune)(struct sim_model *m);
};

/*
 * s store, l load, c clean, i invalidate, f clean and invalidate; S L E I F the same through the
 * other address; u uncached load, w uncached store; d DSB, t DSB ST, m DMB; r read of a device
 * register, h hand the line to the device and wait; outer cache: x clean, y invalidate, z both,
 * q sync, p sync and poll, g the register that replaces it in one revision; tables: 0 no page, 1
 * uncached page, 2 another page, T and v TLB invalidation everywhere and here, P clean of the entry,
 * b ISB, a load of the page; n nothing.
 */
#define INNER   "sslciifddmthhhr"
#define ALIASED "sSlLcEiIfFddmhhhr"
#define PEER    "slcifd"
#define CONTROL "sscfdddqqpxyyzzhhr"

static const struct diff_form pipt[] = {
    {"cortex-a7", "ssSSlLcEiIIfFddmthhhr", "", 6, 0, 1, ONE_LINE, NULL},
    {"cortex-a7", INNER, "sl", 5, 2, 2, ONE_LINE, NULL},
    {"cortex-a7", INNER, "", 6, 0, 1, TWO_LINES, NULL},
    {"generic-v7-l2", "sslciifddmtxyhhh", "", 5, 0, 1, ONE_LINE, NULL},
    {"cortex-a7", "00011222ddTTvPPbat", "n", 5, 1, 1, ONE_LINE, NULL},
    {"cortex-a7", "00011222ddTTvPPbat", "n", 5, 1, 2, ONE_LINE, NULL},
};

static void vivt_row(struct sim_model *m)
{
    m->l1 = SIM_L1_VIVT;
    m->coherent_l1 = m->cmo_broadcast = false;
}

static void vipt_row(struct sim_model *m)
{
    m->l1 = SIM_L1_VIPT;
    m->alias_boundary = 0x4000;
    m->coherent_l1 = m->cmo_broadcast = false;
}

static void through_row(struct sim_model *m)
{
    m->write_through = true;
}

static void bypass_row(struct sim_model *m)
{
    m->no_write_allocate = true;
}

static void mpcore_row(struct sim_model *m)
{
    m->no_speculation = m->fill_cleans_peer = true;
    m->cmo_broadcast = false;
}

static void v7m_row(struct sim_model *m)
{
    m->cmo_unordered = true;
}

static void old_row(struct sim_model *m)
{
    m->outer_id = R1P0;
}

static void middle_row(struct sim_model *m)
{
    m->outer_id = R3P0;
}

static void new_row(struct sim_model *m)
{
    m->outer_id = R3P2;
}

static void lookup_row(struct sim_model *m)
{
    m->outer_id = R3P2;
    m->outer_lookup = true;
}

static const struct diff_form vivt[] = {
    {"cortex-a7", ALIASED, "", 5, 0, 1, ONE_LINE, vivt_row},
};
static const struct diff_form vipt[] = {
    {"cortex-a7", ALIASED, "", 5, 0, 1, ONE_LINE, vipt_row},
};
static const struct diff_form through[] = {
    {"cortex-a7", INNER, "", 5, 0, 1, ONE_LINE, through_row},
    {"cortex-a7", INNER, "sl", 4, 2, 2, ONE_LINE, through_row},
    {"generic-v7-l2", "sslciifddmtxyhhh", "", 5, 0, 1, ONE_LINE, through_row},
};
static const struct diff_form bypass[] = {
    {"cortex-a7", INNER, "", 5, 0, 1, ONE_LINE, bypass_row},
    {"cortex-a7", INNER, "sl", 4, 2, 2, ONE_LINE, bypass_row},
    {"generic-v7-l2", "sslciifddmtxyhhh", "", 5, 0, 1, ONE_LINE, bypass_row},
};
static const struct diff_form mpcore[] = {
    {"cortex-a7", INNER, PEER, 4, 2, 2, ONE_LINE, mpcore_row},
};
static const struct diff_form v7m[] = {
    {"cortex-a7", INNER, "", 6, 0, 1, ONE_LINE, v7m_row},
};
static const struct diff_form pl310[] = {
    {"generic-v7-l2", CONTROL, "", 6, 0, 1, ONE_LINE, new_row},
    {"generic-v7-l2", CONTROL "gguw", "", 6, 0, 1, ONE_LINE, middle_row},
    {"generic-v7-l2", CONTROL "uw", "", 6, 0, 1, ONE_LINE, old_row},
};
static const struct diff_form lookup[] = {
    {"generic-v7-l2", CONTROL "uuuwww", "", 6, 0, 1, ONE_LINE, lookup_row},
};
static const struct diff_form four[] = {
    {"cortex-a7", "ssllcifdh", "", 3, 0, 4, IN_TURNS, NULL},
};

#define KIND(text, forms)                                                                          \
    {                                                                                              \
        (text), (forms), (int)(sizeof(forms) / sizeof(forms)[0])                                   \
    }

static const struct diff_kind kinds[] = {
    KIND("pipt", pipt),
    KIND("vivt", vivt),
    KIND("vipt", vipt),
    KIND("write-through", through),
    KIND("no-allocate", bypass),
    KIND("mpcore", mpcore),
    KIND("v7m", v7m),
    KIND("pl310", pl310),
    KIND("pl310-lookup", lookup),
    KIND("four-cpus", four),
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
    char op[SIM_MAX_CPUS][MOST + 1];
    uint8_t line[MOST], who[MOST];
    bool walk_cached, broken_tlbi, may_clean;
    int ndev;
    uint8_t dev_op[2], dev_line[2];
} pr;
static uint8_t *door, *done, *turn;
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
    pr.walk_cached = rnd(2) != 0;
    pr.broken_tlbi = rnd(4) == 0;
    pr.may_clean = rnd(2) != 0;
    pr.ndev = 1 + (int)rnd(2);
    draw(pr.op[0], pr.form->ops,
         pr.form->way == IN_TURNS ? pr.form->n : 3 + (int)rnd((uint32_t)pr.form->n - 2u));
    for (int c = 1; c < pr.form->ncpu; c++) {
        draw(pr.op[c], pr.form->ops1, pr.form->n1);
    }
    for (int i = 0; i < MOST; i++) {
        pr.line[i] = (uint8_t)(pr.form->way == TWO_LINES ? rnd(2) : 0);
        pr.who[i] = (uint8_t)rnd((uint32_t)pr.form->ncpu);
    }
    for (int i = 0; i < 2; i++) {
        pr.dev_op[i] = (uint8_t)rnd(2);
        pr.dev_line[i] = (uint8_t)(pr.form->way == TWO_LINES ? rnd(2) : 0);
    }
}

const char *diff_text(void)
{
    static char text[64];

    (void)snprintf(text, sizeof text, "%s %s %s %s dev %d: %d %d", pr.op[0], pr.op[1], pr.op[2],
                   pr.op[3], pr.ndev, pr.dev_op[0], pr.dev_op[1]);
    return text;
}

static bool over_tables(void)
{
    return strchr(pr.form->ops, 'T') != NULL;
}

static void handshake(void)
{
    if (sim_flag_get(done) == 0) {
        sim_doorbell(door);
        sim_wait(done, 1);
    }
}

static void outer_op(char op, uint32_t pa)
{
    static const uint32_t reg[] = {0x7b0, 0x770, 0x7f0};

    if (sim_model_of(sim_current())->outer_id != 0) {
        sim_insn_outer_write(REGS + reg[op - 'x'], pa);
    } else if (op == 'x') {
        sim_outer_clean(pa);
    } else if (op == 'y') {
        sim_outer_inval(pa);
    } else {
        sim_outer_clean_inval(pa);
    }
}

static void table_op(char op)
{
    switch (op) {
    case '0':
        insn_store32(PTE, 0);
        break;
    case '1':
        insn_store32(PTE, sim_small_page(HIGH, SIM_MEM_UNCACHED));
        break;
    case '2':
        insn_store32(PTE, sim_small_page(HIGH + 0x1000u, SIM_MEM_CACHED));
        break;
    case 'T':
        insn_tlbimvaais(PG);
        break;
    case 'v':
        insn_tlbimva(PG);
        break;
    case 'P':
        insn_dccmvac(PTE);
        break;
    case 'b':
        insn_isb();
        break;
    case 'a':
        (void)sim_load8(PG);
        break;
    default:
        break;
    }
}

static void barrier_op(char op)
{
    switch (op) {
    case 'd':
        insn_dsb();
        break;
    case 't':
        insn_dsb_st();
        break;
    case 'm':
        insn_dmb();
        break;
    case 'r':
        sim_dev_reg_read(0);
        break;
    case 'h':
        handshake();
        break;
    case 'q':
        sim_insn_outer_write(REGS + 0x730u, 0);
        break;
    case 'g':
        sim_insn_outer_write(REGS + 0x740u, 0);
        break;
    case 'p':
        sim_insn_outer_write(REGS + 0x730u, 0);
        (void)sim_insn_outer_read(REGS + 0x730u);
        break;
    default:
        break;
    }
}

/* Another address of the line: of another colour if the cache has colours. */
static uint32_t other_va(uint32_t pa)
{
    return sim_model_of(sim_current())->l1 == SIM_L1_VIPT ? PG + (pa & 0xfffu) : D(pa);
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
        insn_dccmvac(va);
        break;
    case 'i':
        insn_dcimvac(va);
        break;
    case 'f':
        insn_dccimvac(va);
        break;
    default:
        break;
    }
}

static void run_op(int cpu, int i)
{
    const char op = pr.op[cpu][i];
    const uint32_t pa = BUF + pr.line[i] * LINE;
    const uint8_t value = (uint8_t)(0x10 + 0x20 * cpu + i);
    const char *other = strchr("SsLlEcIiFf", op);

    if (strchr("slcif", op) != NULL) {
        /* CPUs beside CPU 0 have a byte of their own */
        line_op(op, C(pa) + (cpu != 0 ? 8u : 0u), value);
    } else if (other != NULL) {
        line_op(other[1], other_va(pa), value);
    } else if (op == 'u') {
        (void)sim_load8(U(pa));
    } else if (op == 'w') {
        sim_store8(U(pa), value);
    } else if (strchr("xyz", op) != NULL) {
        outer_op(op, pa);
    } else if (strchr("dtmrhqgp", op) != NULL) {
        barrier_op(op);
    } else {
        table_op(op);
    }
}

/* Program IN_TURNS: the text is CPU 0's, but each of its letters has a CPU. */
static void cpu_in_turns(void *arg)
{
    const int me = sim_self();

    (void)arg;
    for (int i = 0; pr.op[0][i] != '\0'; i++) {
        if (pr.who[i] == me) {
            sim_wait(turn, (uint8_t)i);
            run_op(0, i);
            sim_flag_set(turn, (uint8_t)(i + 1));
        }
    }
}

static void cpu(void *arg)
{
    const int me = sim_self();

    (void)arg;
    for (int i = 0; pr.op[me][i] != '\0'; i++) {
        run_op(me, i);
    }
    if (me == 0 && !over_tables() && sim_flag_get(done) == 0) {
        sim_doorbell(door);
    }
}

static void device(void *arg)
{
    (void)arg;
    sim_dev_wait(door, 1);
    for (int i = 0; i < pr.ndev; i++) {
        const uint64_t pa = BUF + pr.dev_line[i] * LINE;

        if (pr.dev_op[i] != 0) {
            sim_dev_store(pa, (uint8_t)(0x80 + i));
        } else {
            (void)sim_dev_load(pa);
        }
    }
    sim_dev_done(done);
}

static void setup(void *arg)
{
    (void)arg;
    sim_own(BUF, 2 * LINE, SIM_OWN_RAW);
    sim_own(HIGH, 2 * 4096, SIM_OWN_RAW);
}

struct sim *diff_machine(void)
{
    struct sim_model m = *sim_model_find(pr.form->model);

    m.line = m.granule = LINE;
    m.ncpu = (uint8_t)pr.form->ncpu;
    m.inv_may_clean = pr.may_clean;
    if (over_tables()) {
        m.tlbi_is_broken = pr.broken_tlbi;
        m.ttbr_flags = pr.walk_cached ? m.ttbr_flags : 0;
    }
    if (pr.form->tune != NULL) {
        pr.form->tune(&m);
    }
    struct sim *s = sim_new(&m);
    sim_ram(s, 0x4000, 0x5000, SIM_RAM_TABLE);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, HIGH, 0x100000, SIM_RAM_NORMAL);
    sim_ttbr(s, 0x4000);
    sim_map_sections(s, 0xc0000000u, 0, 1, SIM_MEM_CACHED);
    sim_map_sections(s, 0xd0000000u, 0, 1, SIM_MEM_CACHED);
    if (strchr(pr.form->ops, 'u') != NULL) {
        sim_map_sections(s, 0xe0000000u, 0, 1, SIM_MEM_UNCACHED);
    }
    sim_map_table(s, 0x80000000u, 0x8000);
    if (over_tables()) {
        sim_map_page(s, PG, HIGH, SIM_MEM_CACHED);
    } else if (m.l1 == SIM_L1_VIPT) {
        sim_map_page(s, PG, BUF, SIM_MEM_CACHED);
    }
    if (m.outer_id != 0) {
        sim_outer_regs(s, REGS);
    }
    door = sim_flags(s, 3);
    done = door + 1;
    turn = door + 2;
    sim_setup(s, setup, NULL);
    for (int c = 0; c < pr.form->ncpu; c++) {
        sim_cpu(s, c, pr.form->way == IN_TURNS ? cpu_in_turns : cpu, NULL);
    }
    (void)sim_device(s, device, NULL);
    return s;
}
