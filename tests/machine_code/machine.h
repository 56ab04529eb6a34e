/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file machine.h
 * @brief An emulated CPU with the image in its memory, and the modelled cache round the arena.
 */
#ifndef MC_MACHINE_H
#define MC_MACHINE_H

#include "cache.h"
#include "cpu.h"
#include "image.h"
#include "windows.h"

#define RAM_SIZE 0x200000u /* image and stack: memory of the library alone, which is not modelled */
#define RAM_STOP 0x100u    /* where calls return to */
#define RAM_TOP  0x1fff00u /* stack */

struct machine;

/** An instruction that operates on the cache, at pc. */
struct site {
    uint32_t pc, word;
    struct insn insn;
    struct machine *m;
    uint64_t hits; /* times that it was executed, and did something that is checked */
};
#define MAX_SITES 256u

/** Order within one call. */
struct watch {
    uint32_t call;     /* enum mc_op */
    bool begun;        /* a barrier was executed */
    uint32_t pending;  /* operations since the last barrier */
    bool ordered;      /* a barrier of any kind was executed */
    uint32_t accesses; /* of the emulator's own, to come */
    uint64_t barriers;
};

struct emulator {
    void (*open)(struct machine *m);
    void (*close)(struct machine *m);
    /** Runs from pc until RAM_STOP; false if the CPU cannot go on. */
    bool (*run)(struct machine *m, uint32_t pc, const uint32_t args[4], uint32_t *result);
    /** The word at pc of the image has changed. */
    void (*patched)(struct machine *m, uint32_t pc);
};

struct machine {
    const struct cpu *cpu;
    const char *path; /* of the image */
    void *engine;     /* the emulator's */
    struct image im;
    struct cache cache;
    struct watch watch;
    struct site sites[MAX_SITES];
    uint32_t nsites;
    struct window_state windows;
    uint8_t *ram;
    uint8_t *window_memory; /* at the windows' addresses, for emulators that want memory there */
    uint32_t words, entry, irqs_off, panicked; /* addresses of symbols */
    uint32_t mutant; /* enum mc_mutant: for mc_mutant of the image, if it has one */
    uint64_t calls;
};

void machine_open(struct machine *m, const struct cpu *cpu, const char *path);
void machine_close(struct machine *m);

/** The image as it was, and an empty cache. */
void machine_reset(struct machine *m);

/** mc_call() of the image, with all checks of one call. */
int machine_call(struct machine *m, uint32_t op, uint32_t a, uint32_t b, uint32_t c);

/** mc_words[] of the image. */
void machine_put(struct machine *m, uint32_t word, uint32_t value);
uint32_t machine_get(const struct machine *m, uint32_t word);

/** A variable of the image, by its name; it must exist. */
void machine_set(struct machine *m, const char *name, uint32_t value);

/** Another instruction at a site. */
void machine_patch(struct machine *m, uint32_t pc, uint32_t word);

/** From the emulator: an instruction of interest is about to be executed; ea is its address. */
void machine_site(struct machine *m, struct site *site, uint32_t ea);

/** From the emulator: an access is about to be made. */
void machine_access(struct machine *m, uint32_t va, uint32_t len, bool store, uint64_t value);

extern const struct emulator emulator_unicorn, emulator_gdb;

#endif
