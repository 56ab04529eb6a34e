/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "twin.h"
#include "port.h"

#include <dlfcn.h>
#include <string.h>

#define SLOTS 65536u /* a power of two, well above the number of paths */

struct known {
    uint64_t path; /* 0: free */
    uint32_t n;
};

static struct {
    struct library lib;
    uint64_t *path; /* the twin's own bench_path */
    struct bench_port *port;
    struct known known[SLOTS];
    struct known *at; /* of the call in hand */
    uint32_t every, since, paths, checked, mismatches;
} twin;

/* ISO C has no cast from an object to a function pointer; POSIX says that the bits are the same. */
static void resolve(void *dl, const char *name, void *where)
{
    void *symbol = dlsym(dl, name);

    if (symbol == NULL) {
        give_up(name, 0);
    }
    memcpy(where, &symbol, sizeof(symbol));
}

#define BENCH_RESOLVE(name) resolve(dl, "dmacoh_" #name, &twin.lib.name);

void twin_load(const char *file)
{
    void *dl = dlopen(file, RTLD_NOW | RTLD_LOCAL);

    if (dl == NULL) {
        give_up(dlerror(), 0);
    }
    BENCH_FUNCTIONS(BENCH_RESOLVE)
    resolve(dl, "bench_path", &twin.path);
    resolve(dl, "bench_port", &twin.port);
}

const struct library *twin_library(void)
{
    return &twin.lib;
}

void twin_check_every(uint32_t calls)
{
    twin.every = calls;
}

void twin_cpu(uint32_t cpu)
{
    bench_port.cpu = cpu;
    twin.port->cpu = cpu;
}

void twin_begin(uint64_t kind)
{
    *twin.path = kind;
}

bool twin_must_step(uint32_t *n)
{
    const uint64_t path = *twin.path | 1u; /* 0 means free */
    uint32_t i = (uint32_t)(path >> 32) & (SLOTS - 1u);

    while (twin.known[i].path != 0 && twin.known[i].path != path) {
        i = (i + 1u) & (SLOTS - 1u);
    }
    twin.at = &twin.known[i];
    if (twin.at->path == 0) {
        if (twin.paths == SLOTS / 2u) {
            give_up("too many paths", (long)twin.paths);
        }
        twin.at->path = path;
        twin.paths++;
        return true;
    }
    *n = twin.at->n;
    if (twin.every != 0 && ++twin.since >= twin.every) {
        twin.since = 0;
        return true;
    }
    return false;
}

void twin_learn(uint32_t n)
{
    if (twin.at->n == 0) {
        twin.at->n = n;
        return;
    }
    twin.checked++;
    if (twin.at->n != n) {
        twin.mismatches++;
    }
}

uint32_t twin_paths(void)
{
    return twin.paths;
}

uint32_t twin_checked(void)
{
    return twin.checked;
}

uint32_t twin_mismatches(void)
{
    return twin.mismatches;
}
