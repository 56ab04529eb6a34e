/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file tables.h
 * @brief Formats of translation tables, private. One format: where a walk starts, and what one
 *        word means. Who reads the words, and through which caches, is the engines' business.
 */
#ifndef DMACOH_SIM_TABLES_H
#define DMACOH_SIM_TABLES_H

#include "machine.h"

/** What one table word does to a walk. */
enum walk_step {
    WALK_FAULT, /* no translation */
    WALK_NEXT,  /* another word has to be read */
    WALK_DONE   /* the translation is complete */
};

/** A format of tables. */
struct table_format {
    uint8_t valid;  /* a word with none of these bits is a fault */
    uint64_t align; /* of the root table */
    /* PA of the first word. */
    uint64_t (*root)(const struct sim *s, uint32_t va);
    /*
     * One word of a walk: `d` was read at x->w[x->n - 1]. Sets x->shift, the log2 of the bytes that
     * this word covers, and pa and attr when done, or where the next word lies.
     */
    enum walk_step (*step)(const struct sim *s, uint32_t va, uint64_t d, struct xlat *x,
                           uint64_t *next);
    /* The word that maps a page. */
    uint64_t (*page)(const struct sim *s, uint64_t pa, enum sim_memtype type);
    /* Map sections, link a last-level table; setup time. */
    void (*map_sections)(struct sim *s, uint32_t va, uint64_t pa, uint32_t mib,
                         enum sim_memtype type);
    void (*link)(struct sim *s, uint32_t va, uint64_t table_pa);
};

extern const struct table_format table_short, table_v5, table_lpae;

const struct table_format *table_format(const struct sim *s);

/* tables_short.c: an MPU has the same TEX, C, B; the two short formats have like first levels */
uint8_t short_attr(unsigned tex, bool c, bool b, bool shared);
uint64_t short_root(const struct sim *s, uint32_t va);
void short_link(struct sim *s, uint32_t va, uint64_t table_pa);

/* tables_map.c */
void table_poke(struct sim *s, uint64_t pa, uint64_t word);
uint64_t table_pool_take(struct sim *s);

#endif
