/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file museum.h
 * @brief Bugs of other people's drivers, as they were shipped, and the same transfers through
 *        libdmacoh.
 *
 * An exhibit is a row of data and its programs: the driver with raw cache operations, its device,
 * the driver that uses the library, its device; for some also a second CPU, and an interrupt. The
 * first pair is searched until the bug is found and replays; the second is searched to the end.
 */
#ifndef DMACOH_SIM_MUSEUM_H
#define DMACOH_SIM_MUSEUM_H

#include <dmacoh-sim/sim.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define MUSEUM_WORDS 8

/** Bytes that have an owner when a scene begins. */
struct museum_span {
    uint32_t pa, n;
};

/** The page whose translation drivers change (MUSEUM_PAGE), when a scene begins. */
enum museum_page {
    MUSEUM_NO_PAGE,
    MUSEUM_PAGE_CACHED,
    MUSEUM_PAGE_UNCACHED
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
    const char *model;                 /**< The machine: a name of sim_models(). */
    const char *twin_model;            /**< The library's machine; NULL: the same. */
    void (*raw)(void *);               /**< Driver as shipped; argument not NULL: cured. */
    void (*raw_other)(void *);         /**< On a second CPU; NULL: there is one CPU. */
    void (*raw_device)(void *);        /**< Its device; NULL: the device has finished before. */
    void (*twin)(void *);              /**< Driver that uses the library. */
    void (*twin_other)(void *);        /**< On a second CPU; NULL: there is one CPU. */
    void (*twin_device)(void *);       /**< Its device, or NULL. */
    void (*interrupt)(void *);         /**< Comes once, at any step of the driver; NULL: none. */
    struct museum_span buffer;         /**< What the device transfers. */
    struct museum_span neighbour;      /**< The CPU's own bytes beside it; n = 0: none. */
    enum museum_page page;             /**< The page that the raw driver remaps. */
    bool flush_hook;                   /**< The twin's device record has a flush_posted hook. */
    /** The raw driver gets a machine whose invalidations never write back: one cause the less. */
    bool discards;
    /** The raw driver's cache operations act on its own CPU's cache only; cured: on all. */
    bool by_index;
};

/* museum_exhibits.c: all of them, by kind of mistake */
extern const struct exhibit *const museum[];
extern const size_t museum_count;
const struct exhibit *museum_find(const char *name);

/* museum_exhibits_*.c: the rows */
extern const struct exhibit museum_inval_before, museum_dirty_before, museum_l1_before_l2,
    museum_index_two_cpus, museum_inval_no_dma;
extern const struct exhibit museum_not_padded, museum_edge_dropped, museum_edge_two_steps,
    museum_unaligned_loop, museum_loop_too_far, museum_misaligned_skip;
extern const struct exhibit museum_own_doorbell, museum_posted_write, museum_remap_too_late,
    museum_freed_too_early, museum_bounce_garbage;

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
    char where[160]; /**< Which level hid, lost or held up the right value. */
    char since[160]; /**< Since which step, and what happened there. */
};
bool museum_facts(const struct sim_report *r, struct museum_facts *f);

/* museum_show.c: exit statuses for main(). */
int museum_table(void);
int museum_story(const struct exhibit *x);

/* museum_text.c: what stories and pages have in common. */
void museum_paragraph(FILE *to, const char *text, const char *indent);
void museum_numbered(FILE *to, const char *const *words, const char *indent);
void museum_timeline(FILE *to, const char *timeline, const char *indent, bool with_sites);

/* museum_docs.c: a page of each exhibit and an index; an exit status. */
int museum_docs(const char *directory);

#endif
