/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file museum.h
 * @brief Bugs of other people's drivers, as they were shipped, and the same transfers through
 *        libdmacoh.
 *
 * An exhibit is a row of data and four programs: the driver with raw cache operations, its device,
 * the driver that uses the library, its device. The first pair is searched until the bug is found
 * and replays; the second is searched to the end.
 */
#ifndef DMACOH_SIM_MUSEUM_H
#define DMACOH_SIM_MUSEUM_H

#include <dmacoh-sim/sim.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUSEUM_WORDS 8

/** Bytes that have an owner when a scene begins. */
struct museum_span {
    uint32_t pa, n;
};

struct exhibit {
    const char *name;                  /**< For the command line. */
    const char *title;                 /**< One line for the table. */
    const char *source;                /**< Where it was reported. */
    const char *more;                  /**< Other reports of the same mistake, or NULL. */
    const char *wrote[MUSEUM_WORDS];   /**< What the driver does, step by step. */
    const char *hardware;              /**< What the machine may do meanwhile. */
    const char *cure;                  /**< What would have prevented it. */
    const char *library[MUSEUM_WORDS]; /**< The same transfer through the library. */
    void (*raw)(void *);               /**< Driver as shipped; argument not NULL: cured. */
    void (*raw_device)(void *);        /**< Its device. */
    void (*twin)(void *);              /**< Driver that uses the library. */
    void (*twin_device)(void *);       /**< Its device. */
    struct museum_span buffer;         /**< What the device transfers. */
    struct museum_span neighbour;      /**< The CPU's own bytes beside it; n = 0: none. */
    bool flush_hook;                   /**< The twin's device record has a flush_posted hook. */
    /** The raw driver gets a machine whose invalidations never write back: one cause the less. */
    bool discards;
};

/* museum_exhibits.c */
extern const struct exhibit museum[];
extern const size_t museum_count;
const struct exhibit *museum_find(const char *name);

/*
 * museum_search.c: scenes and searches. The machine stays alive for its report; sim_free() it.
 * `cured`: with the one change that the exhibit names.
 */
struct sim *museum_raw_scene(const struct exhibit *x, bool cured);
struct sim *museum_twin_scene(const struct exhibit *x);

/** What the searches of one exhibit gave. */
struct museum_result {
    struct sim *raw, *cured, *twin; /**< With the reports of the set engine. */
    uint64_t concrete_schedules; /**< Until the concrete engine, searching by itself, found it. */
    bool concrete_found;
    bool replayed; /**< The set engine's bug replays from its one-line script. */
    bool good;     /**< Found by both engines, replayed; cured and through the library: DONE. */
};
struct museum_result museum_search(const struct exhibit *x);
void museum_result_free(struct museum_result *r);

/* museum_facts.c: what a timeline tells besides value and writer. */
struct museum_facts {
    char where[120]; /**< Which level hid, lost or held up the right value. */
    char since[160]; /**< Since which step, and what happened there. */
};
bool museum_facts(const struct sim_report *r, struct museum_facts *f);

/* museum_show.c: exit statuses for main(). */
int museum_table(void);
int museum_story(const struct exhibit *x);

#endif
