/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file concrete.h
 * @brief The concrete engine's data: one state. Written apart from the set engine on purpose: the
 *        two check each other.
 */
#ifndef DMACOH_SIM_CONCRETE_H
#define DMACOH_SIM_CONCRETE_H

#include "engine.h"

struct copy {
    bool present, dirty;
    uint8_t data[SIM_LINE_MAX];
};

/** Copies of one line; DRAM itself is phys_line.data. */
struct cached_line {
    bool live;
    struct copy l1[SIM_MAX_COPIES]; /* by copy_of() */
    struct copy l2;
};

struct tlb_entry {
    bool valid;
    uint8_t attr;
    uint64_t pa;
};

struct queue {
    struct posted *e;
    uint32_t n, cap;
};

struct concrete_engine {
    struct cached_line *line;
    uint32_t cap_line;
    uint32_t *live;
    uint32_t nlive;
    struct queue q[SIM_MAX_AGENTS];
    struct tlb_entry tlb[SIM_MAX_CPUS][SIM_MAX_PAGES];
    bool *need; /* scratch: which queue entries must go first */
    uint32_t cap_need;
    bool capped; /* more transitions than fit into the list */
};

/* concrete_line.c */
struct cached_line *con_line(struct sim *s, int li);
const struct cached_line *con_peek(const struct sim *s, int li);
const uint8_t *con_view(const struct sim *s, int li, int cpu);
const uint8_t *con_view_copy(const struct sim *s, int li, int copy);
void con_changed(struct sim *s, int li);
uint32_t con_present(const struct sim *s, int li);
void con_fill(struct sim *s, int li, int copy);
void con_dirty(struct sim *s, int li, int copy);
void con_write_back(struct sim *s, int li, int copy);
void con_evict(struct sim *s, int li, int copy);
void con_fill_l2(struct sim *s, int li);
void con_evict_l2(struct sim *s, int li, bool write);
void con_apply(struct sim *s, int agent, const struct posted *e, unsigned variant);
void con_check_dirty(struct sim *s, int li);
uint8_t con_fill_slots(struct sim *s, int cpu, int li);

/* concrete_store.c */
void con_store(struct sim *s, int cpu, const struct posted *e);

/* concrete_queue.c */
void con_post(struct sim *s, int agent, const struct posted *e);
void con_complete(struct sim *s, int agent, bool stores_only);
void con_complete_before(struct sim *s, int agent, uint32_t fence);
void con_complete_outer(struct sim *s, int agent, uint32_t before);
bool con_ready(const struct sim *s, int agent, uint32_t k);
void con_take(struct sim *s, int agent, uint32_t k, unsigned variant);
void con_before_load(struct sim *s, int agent, int li, uint32_t va);
int con_pending_for_device(struct sim *s, int agent);
bool con_unsettled(const struct sim *s);

/* concrete_tlb.c */
bool con_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x);
bool con_walk(struct sim *s, int cpu, uint32_t page, struct xlat *x);
void con_tlbi(struct sim *s, int cpu, const struct posted *e);
void con_settle(struct sim *s);
bool con_may_fill(struct sim *s, int cpu, uint64_t pa);

#endif
