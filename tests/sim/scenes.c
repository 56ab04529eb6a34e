/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Scenes with a stand-in for a library: raw instructions only. Layout of the machine: PA 0 to 1 MiB
 * cached at VA C0000000 and, as a legal synonym, at D0000000; PA 1 to 2 MiB uncached at E0100000;
 * second-level table at PA 8000 for VA 80000000; pages at PA 200000 and up have no mapping.
 */
#include "scenes.h"

#include <stddef.h>
#include <stdio.h>

#include "armv7a_insn.h"
#include "mem_insn.h"

#define LINE    16u
#define BUF     0x20000u
#define BOUNCE  0x20100u
#define C(pa)   (0xc0000000u + (pa))
#define SYN(pa) (0xd0000000u + (pa))
#define NC      0x100000u
#define U(pa)   (0xe0000000u + (pa))
#define PG      0x80001000u
#define PTE     (C(0x8004u))
#define HIGH    0x200000u

struct shared {
    uint32_t slot;
    uint32_t depth;
};

struct flags {
    uint8_t door, done, ipi_done, busy[2], fin[2];
};

/* Scenes run one after the other in one process: what they are is constant while one runs. */
static struct shared *sh;
static struct flags *fl;
static int bug, lines, irq_of_ipi;

const struct scene scenes[] = {
    {1, 0, 1, "receive"},
    {1, 0, 2, "receive, two lines"},
    {1, 1, 1, "no invalidation after"},
    {1, 2, 1, "no maintenance before"},
    {1, 3, 2, "last line forgotten"},
    {1, 4, 1, "no dsb after the maintenance before"},
    {1, 5, 1, "no barrier between completion and invalidation"},
    {1, 6, 1, "no device register read before the data"},
    {1, 7, 1, "dsb st instead of dsb"},
    {2, 0, 1, "shared edge line, bounced"},
    {2, 1, 1, "edge invalidated"},
    {2, 2, 1, "edge cleaned and invalidated after"},
    {2, 3, 1, "clean and invalidate as two operations"},
    {3, 0, 2, "descriptor and doorbell"},
    {3, 1, 2, "no barrier before the doorbell"},
    {3, 2, 1, "data cleaned, no dsb before the doorbell"},
    {4, 0, 1, "flip, broadcast"},
    {4, 6, 1, "flip, interrupt to the other CPU"},
    {4, 1, 1, "flip without break"},
    {4, 2, 1, "flip with a local invalidation only"},
    {4, 3, 1, "flip without cache maintenance"},
    {4, 4, 1, "flip: no dsb between break and TLB invalidation"},
    {4, 5, 1, "flip: no dsb after TLB invalidation"},
    {5, 0, 1, "window, nested from an interrupt"},
    {5, 1, 1, "interrupt does not restore the window"},
    {5, 2, 1, "no TLB invalidation on restore"},
    {5, 3, 1, "no TLB invalidation on map"},
    {5, 4, 1, "window map without dsb"},
    {5, 5, 1, "window map without isb"},
    {6, 0, 1, "outer cache"},
    {6, 1, 1, "inner before outer, receiving"},
    {6, 2, 1, "outer before inner, sending"},
    {6, 3, 1, "no outer invalidation"},
    {6, 4, 1, "no dsb between inner and outer, sending"},
    {6, 5, 1, "no dsb between outer and inner, receiving"},
    {7, 0, 1, "two CPUs, one device"},
    {7, 1, 1, "two CPUs, no invalidation after"},
    {8, 0, 1, "send through a window"},
    {8, 1, 1, "no dsb before the loop"},
    {9, 0, 1, "coherent descriptor, polled"},
    {9, 1, 1, "no barrier between body and OWN"},
    {10, 0, 1, "window under a non-cacheable walk"},
    {10, 1, 1, "table entry not cleaned"},
};
const int scene_count = (int)(sizeof scenes / sizeof scenes[0]);

static void wait_done(void)
{
    sim_wait(&fl->done, 1);
    if (bug != 6) {
        sim_dev_reg_read(0);
    }
    if (bug != 5) {
        insn_dmb();
    }
}

/* S1: FROM_DEVICE, streaming. */
static void s1_cpu(void *arg)
{
    const uint32_t n = (uint32_t)lines;

    (void)arg;
    for (uint32_t i = 0; i < n; i++) {
        sim_store8(C(BUF) + i * LINE, (uint8_t)(0xa0 + i));
    }
    sim_own(BUF, n * LINE, SIM_OWN_LIB);
    insn_dsb();
    for (uint32_t i = 0; bug != 2 && i < n - (bug == 3); i++) {
        insn_dccimvac(C(BUF) + i * LINE);
    }
    if (bug == 7) {
        insn_dsb_st();
    } else if (bug != 4) {
        insn_dsb();
    }
    sim_own(BUF, n * LINE, SIM_OWN_FROM);
    sim_doorbell(&fl->door);
    wait_done();
    sim_own(BUF, n * LINE, SIM_OWN_LIB);
    for (uint32_t i = 0; bug != 1 && i < n; i++) {
        insn_dcimvac(C(BUF) + i * LINE);
    }
    insn_dsb();
    sim_own(BUF, n * LINE, SIM_OWN_CPU);
    for (uint32_t i = 0; i < n; i++) {
        (void)sim_load8(C(BUF) + i * LINE);
    }
}

static void s1_dev(void *arg)
{
    (void)arg;
    sim_dev_wait(&fl->door, 1);
    for (uint32_t i = 0; i < (uint32_t)lines; i++) {
        sim_dev_store(BUF + i * LINE, (uint8_t)(0x50 + i));
    }
    sim_dev_done(&fl->done);
}

/* S2: bytes 0..7 of a line are DMA, byte 8 is a counter of an interrupt handler. */
static void s2_cpu(void *arg)
{
    const uint32_t dma = bug == 0 ? BOUNCE : BUF;

    (void)arg;
    sim_store8(C(BUF), 0xa0);
    sim_store8(C(BUF) + 8, 1);
    insn_dsb();
    if (bug == 3) {
        insn_dccmvac(C(dma));
        insn_dcimvac(C(dma));
    } else {
        insn_dccimvac(C(dma));
    }
    insn_dsb();
    /* the shared-line oracle would end the scene here; what follows shows why it exists */
    sim_own(dma, 8, bug == 0 ? SIM_OWN_FROM : SIM_OWN_ANY);
    sim_doorbell(&fl->door);
    sim_wait(&fl->done, 1);
    sim_dev_reg_read(0);
    insn_dmb();
    if (bug == 2) {
        insn_dccimvac(C(dma));
    } else {
        insn_dcimvac(C(dma));
    }
    insn_dsb();
    sim_own(dma, 8, SIM_OWN_CPU);
    const uint8_t v = sim_load8(C(dma));
    if (bug == 0) {
        sim_store8(C(BUF), v);
        (void)sim_load8(C(BUF));
    }
    (void)sim_load8(C(BUF) + 8);
}

static void s2_irq(void *arg)
{
    (void)arg;
    sim_store8(C(BUF) + 8, 7);
}

static void s2_dev(void *arg)
{
    (void)arg;
    sim_dev_wait(&fl->door, 1);
    sim_dev_store(bug != 0 ? BUF : BOUNCE, 0x55);
    sim_dev_done(&fl->done);
}

/* S3: a descriptor in uncached memory, or data that must be clean, and a doorbell. */
static void s3_cpu(void *arg)
{
    (void)arg;
    if (bug == 2) {
        sim_store8(C(BUF), 0xa1);
        insn_dsb();
        insn_dccmvac(C(BUF));
        sim_own(BUF, LINE, SIM_OWN_TO);
        sim_doorbell(&fl->door);
        return;
    }
    for (uint32_t i = 0; i < (uint32_t)lines; i++) {
        sim_store8(U(NC) + i * LINE, (uint8_t)(0x10 + i));
    }
    if (bug != 1) {
        insn_dsb_st();
    }
    sim_own(NC, (uint32_t)lines * LINE, SIM_OWN_TO);
    sim_doorbell(&fl->door);
}

static void s3_dev(void *arg)
{
    (void)arg;
    sim_dev_wait(&fl->door, 1);
    for (uint32_t i = 0; bug != 2 && i < (uint32_t)lines; i++) {
        (void)sim_dev_load(NC + i * LINE);
    }
    if (bug == 2) {
        (void)sim_dev_load(BUF);
    }
}

/* S4: one page from cached to uncached, two CPUs, real table entries. */
static void s4_shoot(void)
{
    if (bug == 2 || bug == 6) {
        insn_tlbimva(PG);
        insn_dsb();
        insn_isb();
        if (bug == 6) {
            sim_irq_raise(irq_of_ipi);
            sim_wait(&fl->ipi_done, 1);
        }
        return;
    }
    insn_tlbimvaais(PG);
    if (bug != 5) {
        insn_dsb();
        insn_isb();
    }
}

static void s4_cpu0(void *arg)
{
    (void)arg;
    sim_store8(PG, 0xa0);
    sim_own(HIGH, LINE, SIM_OWN_LIB);
    if (bug != 1) {
        insn_store32(PTE, 0);
        if (bug != 4) {
            insn_dsb();
        }
        s4_shoot();
    }
    insn_store32(PTE, sim_small_page(HIGH, SIM_MEM_UNCACHED));
    insn_dsb();
    insn_isb();
    if (bug != 3) {
        insn_dccimvac(PG);
        insn_dsb();
    }
    sim_own(HIGH, LINE, SIM_OWN_CPU);
    sim_store8(PG, 0x11);
    insn_dsb();
    sim_own(HIGH, LINE, SIM_OWN_BIDI);
    sim_doorbell(&fl->door);
    sim_wait(&fl->done, 1);
    sim_dev_reg_read(0);
    sim_own(HIGH, LINE, SIM_OWN_CPU);
    (void)sim_load8(PG);
}

static void s4_cpu1(void *arg)
{
    (void)arg;
    sim_nop();
    if (bug == 6) {
        sim_wait(&fl->ipi_done, 1);
    }
}

static void s4_ipi(void *arg)
{
    (void)arg;
    insn_tlbimva(PG);
    insn_dsb();
    insn_isb();
    sim_flag_set(&fl->ipi_done, 1);
}

static void s4_dev(void *arg)
{
    (void)arg;
    sim_dev_wait(&fl->door, 1);
    (void)sim_dev_load(HIGH);
    sim_dev_store(HIGH, 0x66);
    sim_dev_done(&fl->done);
}

/* S5, S10: one window slot, saved and restored by an interrupt. */
static void window_set(uint32_t word, bool tlbi)
{
    sh->slot = word;
    insn_store32(PTE, 0);
    if (bug != 1 || lines != 10) {
        insn_dccmvac(PTE);
    }
    insn_dsb();
    if (tlbi) {
        insn_tlbimvaais(PG);
        insn_dsb();
        insn_isb();
    }
    insn_store32(PTE, word);
    if (bug != 1 || lines != 10) {
        insn_dccmvac(PTE);
    }
    if (bug != 4) {
        insn_dsb();
    }
    if (bug != 5) {
        insn_isb();
    }
}

static uint32_t window_map(uint32_t pa)
{
    const uintptr_t f = sim_irq_save();
    const uint32_t saved = sh->slot;
    const uint32_t word = sim_small_page(pa, SIM_MEM_CACHED);

    if (saved != word) {
        window_set(word, bug != 3);
    }
    sh->depth++;
    sim_irq_restore(f);
    return saved;
}

static void window_unmap(uint32_t saved)
{
    const uintptr_t f = sim_irq_save();

    sh->depth--;
    if (sh->slot != saved && sh->depth != 0 && (bug != 1 || lines == 10)) {
        window_set(saved, bug != 2);
    }
    sim_irq_restore(f);
}

static void s5_cpu(void *arg)
{
    (void)arg;
    const uint32_t saved = window_map(HIGH);
    sim_store8(PG, 0x21);
    insn_dccimvac(PG);
    insn_dsb();
    window_unmap(saved);
    sim_own(HIGH, 1, SIM_OWN_TO);
    sim_doorbell(&fl->door);
    sim_wait(&fl->done, 1);
}

static void s5_irq(void *arg)
{
    (void)arg;
    const uint32_t saved = window_map(HIGH + 0x1000u);
    sim_store8(PG, 0x31);
    insn_dccimvac(PG);
    insn_dsb();
    window_unmap(saved);
}

static void s5_dev(void *arg)
{
    (void)arg;
    sim_dev_wait(&fl->door, 1);
    (void)sim_dev_load(HIGH);
    sim_dev_done(&fl->done);
}

/* S6: an outer cache operated by physical address. */
static void s6_cpu(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    if (bug == 2) {
        sim_outer_clean_inval(BUF);
        insn_dsb();
        insn_dccimvac(C(BUF));
        insn_dsb();
    } else {
        insn_dccimvac(C(BUF));
        if (bug != 4) {
            insn_dsb();
        }
        sim_outer_clean_inval(BUF);
        insn_dsb();
    }
    sim_own(BUF, LINE, SIM_OWN_BIDI);
    sim_doorbell(&fl->door);
    wait_done();
    sim_own(BUF, LINE, SIM_OWN_LIB);
    if (bug == 1) {
        insn_dcimvac(C(BUF));
        insn_dsb();
        sim_outer_inval(BUF);
        insn_dsb();
    } else {
        if (bug != 3) {
            sim_outer_inval(BUF);
        }
        if (bug != 5) {
            insn_dsb();
        }
        insn_dcimvac(C(BUF));
        insn_dsb();
    }
    sim_own(BUF, LINE, SIM_OWN_CPU);
    (void)sim_load8(C(BUF));
}

static void s6_dev(void *arg)
{
    (void)arg;
    sim_dev_wait(&fl->door, 1);
    (void)sim_dev_load(BUF);
    sim_dev_store(BUF, 0x55);
    sim_dev_done(&fl->done);
}

/* S7: two CPUs, each its own lines, one device serves both. */
static void s7_cpu(void *arg)
{
    const uint32_t me = (uint32_t)sim_self();
    const uint32_t n = (uint32_t)lines;
    const uint32_t b = BUF + me * n * LINE;

    (void)arg;
    for (uint32_t i = 0; i < n; i++) {
        sim_store8(C(b) + i * LINE, (uint8_t)(0xa0 + me * 16 + i));
    }
    for (uint32_t i = 0; i < n; i++) {
        insn_dccimvac(C(b) + i * LINE);
    }
    insn_dsb();
    sim_own(b, n * LINE, SIM_OWN_FROM);
    sim_flag_set(&fl->busy[me], 1);
    sim_doorbell(&fl->door);
    sim_wait(&fl->fin[me], 1);
    sim_dev_reg_read(0);
    insn_dmb();
    sim_own(b, n * LINE, SIM_OWN_LIB);
    for (uint32_t i = 0; bug != 1 && i < n; i++) {
        insn_dcimvac(C(b) + i * LINE);
    }
    insn_dsb();
    sim_own(b, n * LINE, SIM_OWN_CPU);
    for (uint32_t i = 0; i < n; i++) {
        (void)sim_load8(C(b) + i * LINE);
    }
}

static void s7_dev(void *arg)
{
    (void)arg;
    for (uint8_t k = 1; k <= 2; k++) {
        sim_dev_wait(&fl->door, k);
        const uint32_t me = sim_flag_get(&fl->busy[0]) == 1 ? 0 : 1;
        sim_flag_set(&fl->busy[me], 2);
        for (uint32_t i = 0; i < (uint32_t)lines; i++) {
            sim_dev_store(BUF + (me * (uint32_t)lines + i) * LINE, (uint8_t)(0x50 + me * 16 + i));
        }
        sim_dev_done(&fl->fin[me]);
    }
}

/* S8: TO_DEVICE; the data was stored through one VA and is cleaned through another. */
static void s8_cpu(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa5);
    if (bug != 1) {
        insn_dsb();
    }
    insn_dccmvac(SYN(BUF));
    insn_dsb();
    sim_own(BUF, LINE, SIM_OWN_TO);
    sim_doorbell(&fl->door);
}

static void s8_dev(void *arg)
{
    (void)arg;
    sim_dev_wait(&fl->door, 1);
    (void)sim_dev_load(BUF);
}

/* S9: a ring in uncached memory without a doorbell: the device polls OWN. */
static void s9_cpu(void *arg)
{
    (void)arg;
    sim_store32(U(NC), 0x1234);
    if (bug != 1) {
        insn_dmb_st();
    }
    sim_store8(U(NC) + 2 * LINE, 1);
}

static void s9_dev(void *arg)
{
    (void)arg;
    while (sim_dev_load(NC + 2 * LINE) != 1) {
        sim_relax();
    }
    sim_expect(sim_dev_load32(NC) == 0x1234);
}

static void setup(void *arg)
{
    const struct scene *sc = arg;

    switch (sc->id) {
    case 2:
        sim_own(BUF, 1, SIM_OWN_CPU);
        sim_own(BUF + 8, 1, SIM_OWN_CPU);
        break;
    case 3:
        sim_own(NC, 2 * LINE, SIM_OWN_CPU);
        sim_own(BUF, LINE, SIM_OWN_CPU);
        break;
    case 4:
    case 5:
    case 10:
        sim_own(HIGH, LINE, SIM_OWN_CPU);
        break;
    case 9:
        sim_own(NC, 4 * LINE, SIM_OWN_COH);
        break;
    default:
        sim_own(BUF, 64 * LINE, SIM_OWN_CPU);
        break;
    }
}

static void layout(struct sim *s)
{
    sim_ram(s, 0x4000, 0x5000, SIM_RAM_TABLE);
    sim_ram(s, 0x10000, 0xf0000, SIM_RAM_NORMAL);
    sim_ram(s, NC, 0x100000, SIM_RAM_NORMAL);
    sim_ram(s, HIGH, 0x100000, SIM_RAM_NORMAL);
    sim_ttbr(s, 0x4000);
    sim_map_sections(s, 0xc0000000u, 0, 1, SIM_MEM_CACHED);
    sim_map_sections(s, 0xd0000000u, 0, 1, SIM_MEM_CACHED);
    sim_map_sections(s, 0xe0100000u, NC, 1, SIM_MEM_UNCACHED);
    sim_map_table(s, 0x80000000u, 0x8000);
}

struct sim *scene_new(const struct scene *sc, uint64_t rules_off, const char *model)
{
    static void (*const cpu_fn[])(void *) = {NULL,   s1_cpu, s2_cpu, s3_cpu, s4_cpu0, s5_cpu,
                                             s6_cpu, s7_cpu, s8_cpu, s9_cpu, s5_cpu};
    static void (*const dev_fn[])(void *) = {NULL,   s1_dev, s2_dev, s3_dev, s4_dev, s5_dev,
                                             s6_dev, s7_dev, s8_dev, s9_dev, s5_dev};
    static struct scene now;
    char name[32];

    now = *sc;
    if (model == NULL) {
        model = sc->id == 6 ? "generic-v7-l2" : sc->id == 10 ? "cortex-a7-ncwalk" : "cortex-a7";
    }
    struct sim_model m = *sim_model_find(model);
    m.line = LINE;
    m.granule = LINE;
    m.ncpu = sc->id == 4 || sc->id == 7 ? 2 : 1;
    m.rules_off = rules_off;
    struct sim *s = sim_new(&m);
    (void)snprintf(name, sizeof name, "S%d/bug%d", sc->id, sc->bug);
    sim_name(s, name);
    bug = sc->bug;
    lines = sc->id == 10 ? 10 : sc->n;
    sh = sim_alloc(s, sizeof *sh);
    fl = (struct flags *)(void *)sim_flags(s, sizeof *fl);
    layout(s);
    sim_setup(s, setup, &now);
    sim_cpu(s, 0, cpu_fn[sc->id], NULL);
    (void)sim_device(s, dev_fn[sc->id], NULL);
    if (sc->id == 2) {
        (void)sim_irq(s, 0, s2_irq, NULL, 1);
    } else if (sc->id == 4) {
        sim_map_page(s, PG, HIGH, SIM_MEM_CACHED);
        sim_cpu(s, 1, s4_cpu1, NULL);
        irq_of_ipi = sim_irq(s, 1, s4_ipi, NULL, 0);
    } else if (sc->id == 5 || sc->id == 10) {
        sim_window_va(s, 0, PG, 4096);
        if (sc->id == 5) {
            (void)sim_irq(s, 0, s5_irq, NULL, 1);
        }
    } else if (sc->id == 7) {
        sim_cpu(s, 1, s7_cpu, NULL);
    }
    return s;
}
