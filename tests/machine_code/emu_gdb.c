/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * QEMU's emulation of a user program, through its GDB server: for PA-RISC, which Unicorn lacks.
 *
 * There is a breakpoint on each instruction of interest, and none on loads and stores. So before the CPU
 * runs, the arena gets what it would load: the cache's content, or the device's where there is none. Where
 * the CPU stops, what has changed has been stored: the line is dirty.
 */
#include "machine.h"
#include "rsp.h"
#include "trace.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define GUEST_BASE 0x40000000u /* where QEMU puts address 0 of the program */
#define NREGS      64u         /* more than are used; QEMU tells how many there are */
#define PC_FRONT   33u         /* the addresses of this instruction and of the next one */
#define PC_BACK    35u
#define PRIVILEGE  3u /* their lowest bits: a user program */
#define DATA_REG   27u

struct gdb {
    struct rsp rsp;
    pid_t pid;
    char dir[64], path[80];
    uint32_t regs[256], nregs;
    uint32_t stop, data;
    uint8_t shown[HIGH_AT]; /* the arena, as the program got it */
};

/* --- memory --- */

static void copy(const struct machine *m, bool to_program, uint32_t va, void *bytes, size_t len)
{
    const struct gdb *g = m->engine;
    const struct iovec here = {bytes, len};
    const struct iovec there = {(void *)((uintptr_t)GUEST_BASE + va), len};
    const ssize_t n = to_program ? process_vm_writev(g->pid, &here, 1, &there, 1, 0)
                                 : process_vm_readv(g->pid, &here, 1, &there, 1, 0);

    if (n != (ssize_t)len) {
        die("no access to the program's memory at %08x", va);
    }
}

static void copy_variables(const struct machine *m, bool to_program)
{
    const uint32_t first = (m->im.text_end + 4095u) & ~4095u;

    copy(m, to_program, first, m->ram + first, m->im.last + 1u - first);
}

/* What the CPU would load. Behind an uncached mapping it is the device's memory. */
static void show_arena(struct machine *m)
{
    struct gdb *g = m->engine;
    struct cache *c = &m->cache;

    for (uint32_t at = 0; at < HIGH_AT; at += c->line) {
        if (cache_state(c, at) == LINE_ABSENT) {
            memcpy(c->cpu + at, c->dram + at, c->line);
        }
    }
    memcpy(g->shown, c->cpu, HIGH_AT);
    copy(m, true, LOW_PHYS, g->shown, HIGH_AT);
}

static void find_stores(struct machine *m)
{
    static uint8_t now[HIGH_AT];
    struct gdb *g = m->engine;
    struct cache *c = &m->cache;

    copy(m, false, LOW_PHYS, now, HIGH_AT);
    if (memcmp(now, g->shown, HIGH_AT) == 0) {
        return;
    }
    for (uint32_t at = 0; at < HIGH_AT; at++) {
        if (now[at] == g->shown[at]) {
            continue;
        }
        if (at < STOLEN_AT) {
            cache_access(c, at, 1, true);
        } else {
            cache_bypass(c, at, 1, true, &now[at]);
        }
        c->cpu[at] = now[at];
        g->shown[at] = now[at];
    }
}

/* --- registers --- */

static void read_regs(struct gdb *g)
{
    const char *hex = rsp_ask(&g->rsp, "g");
    const size_t n = strlen(hex) / 8u;

    if (n < NREGS || n > sizeof(g->regs) / sizeof(g->regs[0])) {
        die("QEMU has %zu registers", n);
    }
    for (size_t i = 0; i < n; i++, hex += 8) {
        char word[9] = {0};

        memcpy(word, hex, 8);
        g->regs[i] = (uint32_t)strtoul(word, NULL, 16);
    }
    g->nregs = (uint32_t)n;
}

static void write_regs(struct gdb *g)
{
    char packet[RSP_MAX] = "G";

    char *hex = packet + 1;

    for (uint32_t i = 0; i < g->nregs; i++, hex += 8) {
        (void)snprintf(hex, 9, "%08x", g->regs[i]);
    }
    rsp_do(&g->rsp, packet);
}

static void set_pc(struct gdb *g, uint32_t pc)
{
    g->regs[PC_FRONT] = pc | PRIVILEGE;
    g->regs[PC_BACK] = (pc + 4u) | PRIVILEGE;
}

static void breakpoint(struct gdb *g, uint32_t pc)
{
    char packet[32];

    (void)snprintf(packet, sizeof(packet), "Z0,%x,4", pc);
    rsp_do(&g->rsp, packet);
}

/* --- the emulator --- */

static void start_program(struct gdb *g, const char *image)
{
    char base[16];

    (void)snprintf(base, sizeof(base), "0x%x", GUEST_BASE);
    g->pid = fork();
    if (g->pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* the program never ends by itself */
        (void)execlp("qemu-hppa", "qemu-hppa", "-B", base, "-g", g->path, image, (char *)NULL);
        _exit(127);
    }
    if (g->pid < 0) {
        die("no process for QEMU");
    }
}

static uint32_t needed_symbol(const struct machine *m, const char *name)
{
    const uint32_t va = image_symbol(&m->im, name);

    if (va == 0) {
        die("the image has no symbol %s", name);
    }
    return va;
}

static void gdb_open(struct machine *m)
{
    struct gdb *g = calloc(1, sizeof(*g));

    if (g == NULL) {
        die("no memory");
    }
    m->engine = g;
    (void)snprintf(g->dir, sizeof(g->dir), "machine_code.XXXXXX");
    if (mkdtemp(g->dir) == NULL) {
        die("%s: no directory for the socket", g->dir);
    }
    (void)snprintf(g->path, sizeof(g->path), "%s/gdb", g->dir);
    start_program(g, m->path);
    rsp_open(&g->rsp, g->path);
    (void)rsp_ask(&g->rsp, "?");
    read_regs(g);
    g->stop = needed_symbol(m, "_start");
    g->data = needed_symbol(m, "$global$");
    breakpoint(g, g->stop);
    for (uint32_t i = 0; i < m->nsites; i++) {
        breakpoint(g, m->sites[i].pc);
    }
}

static void gdb_close(struct machine *m)
{
    struct gdb *g = m->engine;

    rsp_close(&g->rsp);
    (void)kill(g->pid, SIGKILL);
    (void)waitpid(g->pid, NULL, 0);
    (void)unlink(g->path);
    (void)rmdir(g->dir);
    free(g);
}

static struct site *site_at(struct machine *m, uint32_t pc)
{
    for (uint32_t i = 0; i < m->nsites; i++) {
        if (m->sites[i].pc == pc) {
            return &m->sites[i];
        }
    }
    return NULL;
}

/* Neither QEMU's cache operations nor its barriers do anything, so they are stepped over. */
static void at_site(struct machine *m, struct site *site)
{
    struct gdb *g = m->engine;
    const uint32_t index = site->insn.index;

    machine_site(m, site, g->regs[site->insn.base] + (index != REG_NONE ? g->regs[index] : 0));
    g->regs[PC_FRONT] = g->regs[PC_BACK];
    g->regs[PC_BACK] += 4u;
    write_regs(g);
}

static bool gdb_run(struct machine *m, uint32_t pc, const uint32_t args[4], uint32_t *result)
{
    struct gdb *g = m->engine;
    const struct cpu *cpu = m->cpu;

    for (uint32_t i = 0; i < 4u; i++) {
        g->regs[cpu->arg[i]] = args[i];
    }
    g->regs[cpu->stack] = RAM_TOP - cpu->frame;
    g->regs[cpu->link] = g->stop | PRIVILEGE;
    g->regs[DATA_REG] = g->data;
    set_pc(g, pc);
    write_regs(g);
    copy_variables(m, true);
    while (!trace_failed()) {
        show_arena(m);
        const char *why = rsp_ask(&g->rsp, "c");

        if (strncmp(why, "T05", 3) != 0 && strncmp(why, "S05", 3) != 0) {
            die("the program stopped: %s", why);
        }
        find_stores(m);
        read_regs(g);
        const uint32_t at = g->regs[PC_FRONT] & ~PRIVILEGE;

        if (at == g->stop) {
            break;
        }
        struct site *site = site_at(m, at);

        if (site == NULL) {
            die("the program stopped at %08x", at);
        }
        at_site(m, site);
    }
    copy_variables(m, false);
    *result = g->regs[cpu->result];
    return !trace_failed();
}

/* Sites are never executed: the model does what they say, and a changed one says nothing. */
static void gdb_patched(struct machine *m, uint32_t pc)
{
    (void)m;
    (void)pc;
}

const struct emulator emulator_gdb = {gdb_open, gdb_close, gdb_run, gdb_patched};
