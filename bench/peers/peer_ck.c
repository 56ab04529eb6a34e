/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* A free list on Concurrency Kit's lock-free stack: the links are in the objects. */
#include "peers.h"

#include <ck_stack.h>

#include <stdlib.h>

static ck_stack_t stack;
static uint8_t *memory;

static __attribute__((noinline)) void *stack_get(void)
{
    return ck_stack_pop_mpmc(&stack);
}

static __attribute__((noinline)) void stack_put(void *object)
{
    ck_stack_push_mpmc(&stack, object);
}

static bool start(size_t size, uint32_t most)
{
    memory = aligned_alloc(4096, (size * most + 4095u) / 4096u * 4096u);
    if (memory == NULL) {
        return false;
    }
    ck_stack_init(&stack);
    for (uint32_t i = 0; i < most; i++) {
        stack_put(memory + i * size);
    }
    allocators_ck[0].get_entry = (uintptr_t)stack_get;
    allocators_ck[0].put_entry = (uintptr_t)stack_put;
    return true;
}

static void stop(void)
{
    free(memory);
}

static void get(union cell *cell)
{
    cell->memory = stack_get();
}

static void put(union cell *cell)
{
    stack_put(cell->memory);
}

struct allocator allocators_ck[] = {
    {"ck_stack", start, stop, get, put, 0, 0, NULL},
    {0},
};
