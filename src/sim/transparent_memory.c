/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: the RAM, who owns each byte of it, and what the driver may touch without a trap. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "transparent_state.h"

#define LOW_FIRST 0x20000000u
#define LOW_LAST  0xe0000000u
#define LOW_STEP  0x01000000u

#define DEFAULT_CACHED   0x40000u
#define DEFAULT_UNCACHED 0x10000u

struct tp_machine tp;

/* Pages below 4 GiB: the backend's addresses have 32 bits, and so has its range check. */
uint8_t *tp_low_pages(size_t n, int fd)
{
    const int kind = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;

    for (uintptr_t at = LOW_FIRST; at < LOW_LAST; at += LOW_STEP) {
        void *p = mmap((void *)at, n, PROT_NONE, kind | MAP_FIXED_NOREPLACE, fd, 0);

        if (p == (void *)at) {
            return p;
        }
        if (p != MAP_FAILED) {
            (void)munmap(p, n); /* a kernel that takes the address for a hint */
        }
    }
    return NULL;
}

static void *zeroed(size_t n)
{
    return calloc(n, 1);
}

static bool make_maps(struct tp_arena *a)
{
    const int fd = memfd_create("dmacoh-sim", MFD_CLOEXEC);

    if (fd < 0) {
        return false;
    }
    if (ftruncate(fd, (off_t)a->size) == 0) {
        void *view = mmap(NULL, a->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

        a->view = view != MAP_FAILED ? view : NULL;
        a->cpu = tp_low_pages(a->size, fd);
    }
    (void)close(fd);
    return a->view != NULL && a->cpu != NULL;
}

static bool make_arena(struct tp_arena *a, bool cached, uint64_t phys, uint32_t bytes)
{
    *a = (struct tp_arena){.phys = phys, .cached = cached, .line = tp.model->granule};
    a->size = (bytes + TP_PAGE - 1u) / TP_PAGE * TP_PAGE;
    if (!make_maps(a)) {
        return false;
    }
    /* Without single steps stores to uncached memory are not seen: devices see them at once. */
    a->dram = cached || tp.stepping ? zeroed(a->size) : a->view;
    a->synced = zeroed(a->size);
    a->truth = zeroed(a->size);
    a->known = zeroed(a->size);
    a->own = zeroed(a->size);
    a->present = zeroed(a->size / a->line);
    a->active = zeroed(a->size / a->line);
    a->list = zeroed(a->size / a->line * sizeof *a->list);
    a->denied = zeroed(a->size / TP_PAGE * sizeof *a->denied);
    a->readonly = zeroed(a->size / TP_PAGE * sizeof *a->readonly);
    a->prot = zeroed(a->size / TP_PAGE * sizeof *a->prot);
    return a->dram != NULL && a->synced != NULL && a->truth != NULL && a->known != NULL &&
           a->own != NULL && a->present != NULL && a->active != NULL && a->list != NULL &&
           a->denied != NULL && a->readonly != NULL && a->prot != NULL;
}

static void free_arena(struct tp_arena *a)
{
    if (a->dram != a->view) {
        free(a->dram);
    }
    if (a->cpu != NULL) {
        (void)munmap(a->cpu, a->size);
    }
    if (a->view != NULL) {
        (void)munmap(a->view, a->size);
    }
    free(a->synced);
    free(a->truth);
    free(a->known);
    free(a->own);
    free(a->present);
    free(a->active);
    free(a->list);
    free(a->denied);
    free(a->readonly);
    free(a->prot);
    *a = (struct tp_arena){0};
}

bool tp_memory_make(const struct sim_transparent_plan *plan)
{
    return make_arena(&tp.cached, true, TP_CACHED_PA,
                      plan->cached_bytes != 0 ? plan->cached_bytes : DEFAULT_CACHED) &&
           make_arena(&tp.uncached, false, TP_UNCACHED_PA,
                      plan->uncached_bytes != 0 ? plan->uncached_bytes : DEFAULT_UNCACHED);
}

void tp_memory_free(void)
{
    free_arena(&tp.cached);
    free_arena(&tp.uncached);
}

/* The driver's memory belongs to the driver; uncached memory that is in no pool to both sides. */
static void reset_arena(struct tp_arena *a)
{
    memset(a->view, 0, a->size);
    memset(a->dram, 0, a->size);
    memset(a->synced, 0, a->size);
    memset(a->truth, 0, a->size);
    memset(a->known, a->cached, a->size);
    memset(a->own, a->cached ? SIM_OWN_CPU : SIM_OWN_ANY, a->size);
    memset(a->present, 0, a->size / a->line);
    memset(a->active, 0, a->size / a->line);
    memset(a->denied, 0, a->size / TP_PAGE * sizeof *a->denied);
    memset(a->readonly, 0, a->size / TP_PAGE * sizeof *a->readonly);
    a->nlist = 0;
    for (uint32_t page = 0; page < a->size / TP_PAGE; page++) {
        a->prot[page] = -1; /* unknown: the last run may have ended anywhere */
    }
}

void tp_memory_reset(void)
{
    reset_arena(&tp.cached);
    reset_arena(&tp.uncached);
    tp.used = 0;
    tp_protect();
}

struct tp_arena *tp_arena_of(uint64_t phys, uint64_t len, uint32_t *off)
{
    struct tp_arena *const all[] = {&tp.cached, &tp.uncached};

    for (uint32_t i = 0; i < 2; i++) {
        const uint64_t in = phys - all[i]->phys;

        if (in < all[i]->size && len <= all[i]->size - in) {
            *off = (uint32_t)in;
            return all[i];
        }
    }
    return NULL;
}

struct tp_arena *tp_arena_at(uintptr_t cpu, uint32_t *off)
{
    struct tp_arena *const all[] = {&tp.cached, &tp.uncached};

    for (uint32_t i = 0; i < 2; i++) {
        const uintptr_t in = cpu - (uintptr_t)all[i]->cpu;

        if (all[i]->cpu != NULL && in < all[i]->size) {
            *off = (uint32_t)in;
            return all[i];
        }
    }
    return NULL;
}

bool tp_device_writes(enum sim_owner owner)
{
    return owner == SIM_OWN_FROM || owner == SIM_OWN_BIDI;
}

enum sim_owner tp_owner(uint64_t phys)
{
    uint32_t off = 0;
    const struct tp_arena *a = tp_arena_of(phys, 1, &off);

    return a != NULL ? (enum sim_owner)a->own[off] : SIM_OWN_CPU;
}

static bool denied(enum sim_owner owner)
{
    return tp_device_writes(owner) || owner == SIM_OWN_LIB;
}

void tp_own(uint64_t phys, uint64_t len, enum sim_owner owner)
{
    tp_own_but(phys, len, owner, owner);
}

void tp_own_but(uint64_t phys, uint64_t len, enum sim_owner owner, enum sim_owner but)
{
    uint32_t off = 0;
    struct tp_arena *a = tp_arena_of(phys, len, &off);

    if (a == NULL) {
        return;
    }
    for (uint32_t i = off; i < off + (uint32_t)len; i++) {
        const enum sim_owner old = (enum sim_owner)a->own[i];
        const uint32_t page = i / TP_PAGE;

        if (old == but) {
            continue;
        }
        a->denied[page] = (uint16_t)(a->denied[page] + denied(owner) - denied(old));
        a->readonly[page] =
            (uint16_t)(a->readonly[page] + (owner == SIM_OWN_TO) - (old == SIM_OWN_TO));
        a->own[i] = (uint8_t)owner;
    }
}

void tp_forget(uint64_t phys, uint64_t len)
{
    uint32_t off = 0;
    struct tp_arena *a = tp_arena_of(phys, len, &off);

    if (a != NULL) {
        memset(a->known + off, 0, (size_t)len);
    }
}

static int wanted(const struct tp_arena *a, uint32_t page)
{
    if (!tp.on) {
        return PROT_READ | PROT_WRITE;
    }
    if (!a->cached) {
        /* Always: a loop that polls a descriptor then steps the device, and stores are posted. */
        return tp.stepping || a->denied[page] != 0 ? PROT_NONE : PROT_READ | PROT_WRITE;
    }
    if (tp.speed == SIM_TRAP || a->denied[page] != 0) {
        return PROT_NONE;
    }
    return a->readonly[page] != 0 ? PROT_READ : PROT_READ | PROT_WRITE;
}

static void protect_arena(const struct tp_arena *a)
{
    const uint32_t pages = a->size / TP_PAGE;

    for (uint32_t page = 0; page < pages; page++) {
        const int want = wanted(a, page);
        uint32_t end = page;

        /* One system call for neighbours that change alike. */
        while (end < pages && a->prot[end] != want && wanted(a, end) == want) {
            a->prot[end++] = want;
        }
        if (end != page) {
            (void)mprotect(a->cpu + (size_t)page * TP_PAGE, (size_t)(end - page) * TP_PAGE, want);
            page = end - 1u;
        }
    }
}

void tp_protect(void)
{
    protect_arena(&tp.cached);
    protect_arena(&tp.uncached);
}
