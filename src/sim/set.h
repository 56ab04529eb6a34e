/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file set.h
 * @brief The set engine's data: for each line all states that the adversary could have produced,
 *        closed under fill, write-back, evict and drain; for each TLB all entries it may hold.
 */
#ifndef DMACOH_SIM_SET_H
#define DMACOH_SIM_SET_H

#include "engine.h"

#define SET_MAX_STATES  4096u
#define SET_MAX_CONTENT 255u
#define SET_MAX_WORDS   8u
#define SET_MAX_TLB     6u
#define SET_MAX_TLBI    16u
#define SET_MAX_VALUES  8u
#define SET_L2_DIRTY    0x8000u
#define SET_OWN_STEP    ((struct trans){TR_RUN, 0, 0, 0, 0}) /* the program's, in a history */

/** One state of one line. Contents are numbers of interned line images; 0 is "absent". */
struct lstate {
    uint8_t l1[SIM_MAX_COPIES]; /* by copy_of() */
    uint8_t l2, dram;
    uint16_t dirty;                /* bit per copy, SET_L2_DIRTY */
    uint16_t done[SIM_MAX_AGENTS]; /* bit per entry of the agent's log: it has taken effect */
};

struct lineset {
    bool live;
    uint32_t n, cap;
    struct lstate *state;
    int32_t *from; /* witness: index into history, -1 none */
    uint32_t ncontent, cap_content;
    uint8_t (*content)[SIM_LINE_MAX];
    uint64_t *content_hash;
    uint32_t nlog[SIM_MAX_AGENTS];
    struct posted log[SIM_MAX_AGENTS][SIM_QUEUE];
};

/** A translation that a TLB may hold. */
struct may_tlb {
    uint64_t pa;
    uint8_t attr;
    uint8_t since; /* bit per CPU: walkable since that CPU issued its last TLBI of the page */
    uint32_t step; /* when it first could be there */
};

struct pending_tlbi {
    uint32_t va;
    bool all;
};

struct history {
    int32_t parent;
    uint32_t step;
    struct trans act; /* TR_RUN: the program's own step */
};

struct set_engine {
    struct lineset **line;
    uint32_t cap_line;
    uint32_t *live;
    uint32_t nlive;
    struct may_tlb tlb[SIM_MAX_CPUS][SIM_MAX_PAGES][SET_MAX_TLB];
    uint32_t ntlb[SIM_MAX_CPUS][SIM_MAX_PAGES];
    struct pending_tlbi tlbi[SIM_MAX_CPUS][SET_MAX_TLBI];
    uint32_t ntlbi[SIM_MAX_CPUS];
    struct lstate *old; /* scratch for rebuilding a set */
    int32_t *old_from;
    uint32_t max_set;
    struct history *hist;
    uint32_t nhist, cap_hist;
    int32_t culprit; /* history of the state that showed the bug, -1 none */
};

static inline bool has_bit(uint32_t mask, uint32_t k)
{
    return (mask >> k & 1u) != 0;
}

/* set_states.c: the states of a line */
struct lineset *set_get(struct sim *s, int li);
struct lineset *set_peek(const struct sim *s, int li);
uint32_t set_take(struct sim *s, struct lineset *l);
void set_add(struct sim *s, struct lineset *l, const struct lstate *st, int32_t parent,
             struct trans act);
void set_drop_done(struct lineset *l);
uint8_t set_intern(struct sim *s, struct lineset *l, const uint8_t *d);

/* set_copy.c: the copies of one state */
const uint8_t *set_view(const struct sim *s, const struct lineset *l, const struct lstate *st,
                        int cpu);
const uint8_t *set_view_copy(const struct sim *s, const struct lineset *l, const struct lstate *st,
                             int copy);
void set_write_back(const struct sim *s, struct lstate *st, int k);
void set_drop(struct lstate *st, int k);
void set_evict_l2(struct lstate *st, bool write);
void set_fill(struct sim *s, struct lineset *l, struct lstate *st, int k);
void set_apply_store(struct sim *s, struct lineset *l, struct lstate *st, int cpu,
                     const struct posted *e);
void set_check_places(struct sim *s, int li, const struct lstate *st, int32_t from);
void set_check_store(struct sim *s, int li, const struct lstate *st, int32_t from,
                     const struct posted *e);
void set_check_uncached(struct sim *s, int li, const struct lstate *st, int32_t from);
/* set_line.c: their moves */
void set_close(struct sim *s, int li);
void set_demand_fill(struct sim *s, int li, int copy);

/* set_queue.c: posting and completion */
void set_post(struct sim *s, int agent, const struct posted *e);
void set_complete(struct sim *s, int agent, bool stores_only);
void set_complete_before(struct sim *s, int agent, uint32_t fence);
void set_complete_outer(struct sim *s, int agent, uint32_t before);
int set_pending_for_device(struct sim *s, int agent);
bool set_unsettled(const struct sim *s);
void set_force(struct sim *s, int li, int agent, uint16_t mask);
void set_conclude(struct sim *s, int li);

/* set_read.c: observation */
uint32_t set_load(struct sim *s, int agent, int li, uint32_t va, const struct xlat *x, uint32_t off,
                  uint32_t len, unsigned variant);
unsigned set_values(struct sim *s, int agent);

/* set_walk.c: what a table walk may give */
uint32_t set_walks(struct sim *s, int cpu, uint32_t va, struct xlat *out, bool *invalid);

/* set_tlb.c: translations */
bool set_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x);
void set_settle(struct sim *s);
void set_tlbi_post(struct sim *s, int cpu, const struct posted *e);
void set_tlbi_complete(struct sim *s, int cpu);
bool set_may_fill(const struct sim *s, int cpu, uint64_t pa);
uint64_t set_tlb_hash(const struct sim *s);

#endif
