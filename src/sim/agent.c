/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Agents are coroutines. Created with makecontext, switched with _setjmp/_longjmp (no system call);
 * an abandoned run is restarted by a jump to the bottom of the stack. Under AddressSanitizer
 * swapcontext with fiber annotations instead. Build without _FORTIFY_SOURCE: its longjmp check
 * refuses a jump to another stack.
 */
#include <setjmp.h>
#include <stdlib.h>
#include <ucontext.h>

#include "machine.h"

#if defined(__SANITIZE_ADDRESS__)
#define AGENT_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AGENT_ASAN 1
#endif
#endif
#ifndef AGENT_ASAN
#define AGENT_ASAN 0
#endif
#if AGENT_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

#define STACK_BYTES ((size_t)256 * 1024)

struct coroutine {
    uint8_t *stack;
    ucontext_t context;
    jmp_buf here;   /* where it yielded */
    jmp_buf bottom; /* first instruction of its program */
    bool made, begun;
    /* the scheduler's side; one per agent is enough, only one runs */
    ucontext_t main_context;
    jmp_buf main;
    void *main_fake, *fake;
    const void *main_stack;
    size_t main_size;
};

_Thread_local struct sim *sim_machine;
_Thread_local int sim_agent;

void agent_init(struct sim *s)
{
    s->co = mem_must(calloc(SIM_MAX_AGENTS, sizeof *s->co));
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
        s->co[a].stack = mem_must(malloc(STACK_BYTES));
    }
}

void agent_free(struct sim *s)
{
    for (int a = 0; a < SIM_MAX_AGENTS; a++) {
#if AGENT_ASAN
        __asan_unpoison_memory_region(s->co[a].stack, STACK_BYTES);
#endif
        free(s->co[a].stack);
    }
    free(s->co);
}

static void run_program(void)
{
    struct sim *s = sim_machine;
    const int a = sim_agent;

    s->r.agent[a].fn(s->r.agent[a].arg);
    s->r.agent[a].state = AGENT_DONE;
}

#if AGENT_ASAN

static void to_main(struct coroutine *c)
{
    __sanitizer_start_switch_fiber(&c->fake, c->main_stack, c->main_size);
    (void)swapcontext(&c->context, &c->main_context);
    __sanitizer_finish_switch_fiber(c->fake, &c->main_stack, &c->main_size);
}

static void entry(void)
{
    struct coroutine *c = &sim_machine->co[sim_agent];

    __sanitizer_finish_switch_fiber(NULL, &c->main_stack, &c->main_size);
    run_program();
    to_main(c);
    abort();
}

void agent_start(struct sim *s, int a)
{
    struct coroutine *c = &s->co[a];

    __asan_unpoison_memory_region(c->stack, STACK_BYTES);
    (void)getcontext(&c->context);
    c->context.uc_stack.ss_sp = c->stack;
    c->context.uc_stack.ss_size = STACK_BYTES;
    c->context.uc_link = NULL;
    makecontext(&c->context, entry, 0);
}

void agent_resume(struct sim *s, int a)
{
    struct coroutine *c = &s->co[a];

    sim_machine = s;
    sim_agent = a;
    __sanitizer_start_switch_fiber(&c->main_fake, c->stack, STACK_BYTES);
    (void)swapcontext(&c->main_context, &c->context);
    __sanitizer_finish_switch_fiber(c->main_fake, NULL, NULL);
    sim_machine = NULL;
}

void agent_yield(struct sim *s)
{
    to_main(&s->co[sim_agent]);
}

#else

static void entry(void)
{
    (void)_setjmp(sim_machine->co[sim_agent].bottom);
    run_program();
    _longjmp(sim_machine->co[sim_agent].main, 1);
}

void agent_start(struct sim *s, int a)
{
    s->co[a].begun = false;
}

static void enter(struct coroutine *c)
{
    if (c->begun) {
        _longjmp(c->here, 1);
    }
    c->begun = true;
    if (c->made) {
        _longjmp(c->bottom, 1);
    }
    c->made = true;
    (void)getcontext(&c->context);
    c->context.uc_stack.ss_sp = c->stack;
    c->context.uc_stack.ss_size = STACK_BYTES;
    c->context.uc_link = NULL;
    makecontext(&c->context, entry, 0);
    (void)setcontext(&c->context);
}

void agent_resume(struct sim *s, int a)
{
    sim_machine = s;
    sim_agent = a;
    if (_setjmp(s->co[a].main) == 0) {
        enter(&s->co[a]);
    }
    sim_machine = NULL;
}

void agent_yield(struct sim *s)
{
    struct coroutine *c = &s->co[sim_agent];

    if (_setjmp(c->here) == 0) {
        _longjmp(c->main, 1);
    }
}

#endif
