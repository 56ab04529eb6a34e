/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "harness.h"

#include <signal.h>
#include <string.h>
#include <ucontext.h>

static struct {
    uintptr_t entry, back, last;
    uint32_t n;
    enum {
        WAITING,
        INSIDE,
        DONE
    } state;
    uintptr_t trace[STEP_TRACE];
} step;

static void visit(uintptr_t rip)
{
    if (step.n < STEP_TRACE) {
        step.trace[step.n] = rip;
    }
    step.n++;
    step.last = rip;
}

/*
 * Runs before every instruction, which rip names. A repeated string instruction traps once an iteration
 * and is one instruction all the same.
 */
static void on_trap(int signal, siginfo_t *info, void *context)
{
    const ucontext_t *uc = context;
    const uintptr_t rip = (uintptr_t)uc->uc_mcontext.gregs[REG_RIP];

    (void)signal;
    (void)info;
    if (step.state == WAITING && rip == step.entry) {
        const uintptr_t sp = (uintptr_t)uc->uc_mcontext.gregs[REG_RSP];

        memcpy(&step.back, (const void *)sp, sizeof(step.back));
        step.state = INSIDE;
        visit(rip);
    } else if (step.state == INSIDE && rip == step.back) {
        step.state = DONE; /* no function of the library calls itself */
    } else if (step.state == INSIDE && rip != step.last) {
        visit(rip);
    }
}

void step_init(void)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_NODEFER};

    action.sa_sigaction = on_trap;
    if (sigaction(SIGTRAP, &action, NULL) != 0) {
        give_up("sigaction", SIGTRAP);
    }
}

void step_arm(uintptr_t entry)
{
    step.entry = entry;
    step.n = 0;
    step.last = 0;
    step.state = WAITING;
}

uint32_t step_count(void)
{
    if (step.state != DONE) {
        give_up("a stepped call did not return", (long)step.n);
    }
    return step.n;
}

const uintptr_t *step_trace(void)
{
    return step.trace;
}
