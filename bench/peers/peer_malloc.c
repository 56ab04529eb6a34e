/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * General allocators of hosted systems. jemalloc and mimalloc are opened at run time under private
 * names, since both would otherwise replace malloc() of this program, and so of the third one, too.
 */
#include "harness.h"
#include "peers.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

struct heap_functions {
    void *(*get)(size_t size);
    void (*put)(void *memory);
};

static struct heap_functions jemalloc;
static struct heap_functions mimalloc;
static size_t object_size;

static void fill(struct allocator *a, uintptr_t get, uintptr_t put)
{
    a->get_entry = get;
    a->put_entry = put;
}

/* ISO C has no cast from an object to a function pointer; POSIX says that the bits are the same. */
static bool open_heap(struct heap_functions *f, const char *file, const char *get, const char *put)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);

    if (library == NULL) {
        return false;
    }
    void *const get_symbol = dlsym(library, get);
    void *const put_symbol = dlsym(library, put);

    memcpy(&f->get, &get_symbol, sizeof(get_symbol));
    memcpy(&f->put, &put_symbol, sizeof(put_symbol));
    return get_symbol != NULL && put_symbol != NULL;
}

static bool jemalloc_start(size_t size, uint32_t most)
{
    (void)most;
    object_size = size;
    if (jemalloc.get == NULL && !open_heap(&jemalloc, "libjemalloc.so.2", "malloc", "free")) {
        return false;
    }
    fill(&allocators_malloc[0], (uintptr_t)jemalloc.get, (uintptr_t)jemalloc.put);
    return true;
}

static void jemalloc_get(union cell *cell)
{
    cell->memory = jemalloc.get(object_size);
}

static void jemalloc_put(union cell *cell)
{
    jemalloc.put(cell->memory);
}

static bool mimalloc_start(size_t size, uint32_t most)
{
    (void)most;
    object_size = size;
    if (mimalloc.get == NULL && !open_heap(&mimalloc, "libmimalloc.so.2", "mi_malloc", "mi_free") &&
        !open_heap(&mimalloc, "libmimalloc.so", "mi_malloc", "mi_free")) {
        return false;
    }
    fill(&allocators_malloc[1], (uintptr_t)mimalloc.get, (uintptr_t)mimalloc.put);
    return true;
}

static void mimalloc_get(union cell *cell)
{
    cell->memory = mimalloc.get(object_size);
}

static void mimalloc_put(union cell *cell)
{
    mimalloc.put(cell->memory);
}

static bool glibc_start(size_t size, uint32_t most)
{
    (void)most;
    object_size = size;
    fill(&allocators_malloc[2], (uintptr_t)dlsym(RTLD_DEFAULT, "malloc"),
         (uintptr_t)dlsym(RTLD_DEFAULT, "free"));
    return true;
}

static void glibc_get(union cell *cell)
{
    cell->memory = malloc(object_size);
}

static void glibc_put(union cell *cell)
{
    free(cell->memory);
}

static void nothing(void)
{
}

struct allocator allocators_malloc[] = {
    {"jemalloc", jemalloc_start, nothing, jemalloc_get, jemalloc_put, 0, 0, NULL},
    {"mimalloc", mimalloc_start, nothing, mimalloc_get, mimalloc_put, 0, 0, NULL},
    {"glibc", glibc_start, nothing, glibc_get, glibc_put, 0, 0, NULL},
    {0},
};
