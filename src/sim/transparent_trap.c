/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Transparent mode: plain accesses. A protected page raises SIGSEGV: the access is judged, the page is
 * opened, and the instruction runs alone by the trap flag; at SIGTRAP a comparison tells what it
 * wrote, and the page is closed again. One instruction may touch several pages.
 */
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "transparent_state.h"

#define TRAP_FLAG   0x100
#define ERROR_WRITE 2
#define ARMED_MAX   4u
#define WINDOW      192u /* from the start of a line: the widest access and a line before it */

struct armed {
    struct tp_arena *arena;
    struct sim_host_device *dev;
    uint32_t off, len; /* arena: what is compared; device: the register */
    bool write;
    uint8_t before[WINDOW];
};

static struct sigaction old_segv;
static struct sigaction old_trap;
static struct armed armed[ARMED_MAX];
static uint32_t narmed;

static uint8_t *page_of(uint8_t *base, uint32_t off)
{
    return base + (off & ~(TP_PAGE - 1u));
}

static void open_page(uint8_t *base, uint32_t off)
{
    (void)mprotect(page_of(base, off), TP_PAGE, PROT_READ | PROT_WRITE);
}

#if TP_SINGLE_STEP

static uintptr_t context_pc(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[REG_RIP];
}

static bool context_writes(const ucontext_t *uc)
{
    return (uc->uc_mcontext.gregs[REG_ERR] & ERROR_WRITE) != 0;
}

static void context_step(ucontext_t *uc, bool on)
{
    if (on) {
        uc->uc_mcontext.gregs[REG_EFL] |= TRAP_FLAG;
    } else {
        uc->uc_mcontext.gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
    }
}

#else

static uintptr_t context_pc(const ucontext_t *uc)
{
    (void)uc;
    return 0;
}

/* Not known: a page that may be read and trapped is being written. */
static bool context_writes(const ucontext_t *uc)
{
    (void)uc;
    return false;
}

static void context_step(ucontext_t *uc, bool on)
{
    (void)uc;
    (void)on;
}

#endif

static struct armed *arm(void)
{
    if (narmed == ARMED_MAX) {
        tp_fail(SIM_FAULT, "copy in smaller pieces", "one instruction touches more than %u pages",
                ARMED_MAX);
    }
    return &armed[narmed++];
}

static void access_ram(struct tp_arena *a, uint32_t off, bool write)
{
    if (!tp.stepping && a->prot[off / TP_PAGE] == PROT_READ) {
        write = true;
    }
    tp_judge(a, off, write);
    tp_touch(a, off);
    if (a->cached) {
        a->present[off / a->line] = 1;
    }
    open_page(a->cpu, off);
    if (!tp.stepping) {
        a->prot[off / TP_PAGE] = PROT_READ | PROT_WRITE; /* until the next step protects it again */
        return;
    }
    struct armed *w = arm();

    w->arena = a;
    w->dev = NULL;
    w->off = off / a->line * a->line;
    w->len = a->size - w->off < WINDOW ? a->size - w->off : WINDOW;
    w->write = write;
    memcpy(w->before, a->view + w->off, w->len);
}

static void access_register(struct sim_host_device *d, uint32_t reg, bool write)
{
    if (!tp.stepping) {
        tp_fail(SIM_FAULT, "use sim_mmio_read32() and sim_mmio_write32()",
                "this host cannot follow a plain access to the registers of %s", d->cfg.name);
    }
    const uint32_t value = write ? 0 : tp_reg_read(d, reg);

    open_page(d->regs, reg);
    if (!write) {
        memcpy(d->regs + reg, &value, sizeof value);
    }
    struct armed *w = arm();

    w->arena = NULL;
    w->dev = d;
    w->off = reg;
    w->write = write;
}

static void give_back(int sig, const struct sigaction *old)
{
    (void)sigaction(sig, old, NULL); /* the access is repeated, and is the other handler's then */
}

static void on_segv(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    const uintptr_t addr = (uintptr_t)info->si_addr;
    const bool write = context_writes(uc);
    uint32_t off = 0;
    uint32_t reg = 0;
    struct tp_arena *a = tp.on ? tp_arena_at(addr, &off) : NULL;
    struct sim_host_device *d = tp.on && a == NULL ? tp_device_at(addr, &reg) : NULL;

    if (a == NULL && d == NULL) {
        give_back(sig, &old_segv);
        return;
    }
    const struct tp_entry outer = tp_enter(context_pc(uc), true);

    tp.traps++;
    if (tp.in_device != 0) {
        tp_fail(SIM_EXPECT, "device models use sim_host_dma_read() and sim_host_dma_write()",
                "a callback of a device uses memory of the driver through a pointer");
        open_page(a != NULL ? a->cpu : d->regs, a != NULL ? off : reg);
        tp_leave(outer);
        return;
    }
    if (a != NULL) {
        if (narmed == 0) {
            tp_point(); /* not between the pages of one instruction */
        }
        access_ram(a, off, write);
    } else {
        access_register(d, reg, write);
    }
    context_step(uc, tp.stepping);
    tp_leave(outer);
}

static void wrote_cached(struct tp_arena *a, uint32_t off)
{
    tp_judge(a, off, true);
    tp_touch(a, off);
    a->present[off / a->line] = 1;
    a->truth[off] = a->view[off];
    a->known[off] = 1;
}

static void compare(const struct armed *w)
{
    struct tp_arena *a = w->arena;
    const uint8_t *now = a->view + w->off;
    uint32_t first = w->len;
    uint32_t end = 0;

    for (uint32_t i = 0; i < w->len; i++) {
        if (now[i] != w->before[i]) {
            first = first < i ? first : i;
            end = i + 1u;
            if (a->cached) {
                wrote_cached(a, w->off + i);
            }
        }
    }
    for (; !a->cached && first < end; first += TP_STORE_MAX) {
        const uint32_t len = end - first < TP_STORE_MAX ? end - first : TP_STORE_MAX;

        tp_store_post(w->off + first, now + first, len);
    }
}

static void finish(const struct armed *w)
{
    if (w->arena != NULL) {
        compare(w);
    } else if (w->write) {
        uint32_t value = 0;

        memcpy(&value, w->dev->regs + w->off, sizeof value);
        (void)mprotect(page_of(w->dev->regs, w->off), TP_PAGE, PROT_NONE);
        tp_reg_write(w->dev, w->off, value);
    }
}

static void close_page(const struct armed *w)
{
    if (w->arena != NULL) {
        (void)mprotect(page_of(w->arena->cpu, w->off), TP_PAGE, w->arena->prot[w->off / TP_PAGE]);
    } else if (!w->write) {
        (void)mprotect(page_of(w->dev->regs, w->off), TP_PAGE, PROT_NONE);
    }
}

static void on_trap(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    struct armed done[ARMED_MAX];
    const uint32_t n = narmed;

    (void)info;
    if (n == 0) {
        give_back(sig, &old_trap);
        (void)raise(sig);
        return;
    }
    context_step(uc, false);
    memcpy(done, armed, sizeof done);
    narmed = 0; /* finishing one may run the device and an interrupt handler, which trap again */
    const struct tp_entry outer = tp_enter(context_pc(uc), false); /* the PC is behind the access */

    for (uint32_t i = 0; i < n; i++) {
        close_page(&done[i]);
    }
    for (uint32_t i = 0; i < n; i++) {
        finish(&done[i]);
    }
    tp_leave(outer);
}

bool tp_trap_install(void)
{
    struct sigaction sa = {.sa_flags = SA_SIGINFO | SA_NODEFER};

    sa.sa_sigaction = on_segv;
    if (sigaction(SIGSEGV, &sa, &old_segv) != 0) {
        return false;
    }
    sa.sa_sigaction = on_trap;
    return sigaction(SIGTRAP, &sa, &old_trap) == 0;
}

void tp_trap_remove(void)
{
    (void)sigaction(SIGSEGV, &old_segv, NULL);
    (void)sigaction(SIGTRAP, &old_trap, NULL);
}

void tp_trap_reset(void)
{
    narmed = 0;
}

void tp_trap_check(void)
{
    struct sigaction now;

    if (sigaction(SIGSEGV, NULL, &now) == 0 &&
        ((now.sa_flags & SA_SIGINFO) == 0 || now.sa_sigaction != on_segv)) {
        tp_fail(SIM_EXPECT, "leave SIGSEGV alone while sim_transparent() runs",
                "the program has installed a SIGSEGV handler of its own: accesses are no longer "
                "seen");
    }
}
