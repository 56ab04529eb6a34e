/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file engine.h
 * @brief What an engine gives the step layer: the same operations, two meanings. The set engine
 *        acts on every state at once, the concrete engine on one.
 */
#ifndef DMACOH_SIM_ENGINE_H
#define DMACOH_SIM_ENGINE_H

#include "machine.h"

struct engine_ops {
    const char *name;
    void (*create)(struct sim *s);
    void (*destroy)(struct sim *s);
    /* Start of a run: memory holds its initial image. */
    void (*reset)(struct sim *s);
    /* Demand translation of a CPU; reports the fault itself and returns false. */
    bool (*translate)(struct sim *s, int cpu, uint32_t va, struct xlat *x);
    /* CPU or device load; `variant` picks among racing values. */
    uint32_t (*load)(struct sim *s, int agent, int li, uint32_t va, const struct xlat *x,
                     uint32_t off, uint32_t len, unsigned variant);
    /* How many values the published load of this agent may return. */
    unsigned (*values)(struct sim *s, int agent);
    /* Put an operation into the agent's posted queue. */
    void (*post)(struct sim *s, int agent, const struct posted *e);
    /* DSB, DSB ST; for a device: all its posted writes land. */
    void (*complete)(struct sim *s, int agent, bool stores_only);
    /* Land everything older than the fence (DMB that orders a doorbell). */
    void (*complete_before)(struct sim *s, int agent, uint32_t fence);
    /* The outer cache's sync: operations and stores in its buffers, older than `before`. */
    void (*complete_outer)(struct sim *s, int agent, uint32_t before);
    /* Does the queue hold bytes that a device must see? For DOORBELL. */
    int (*pending_for_device)(struct sim *s, int agent);
    /* Is anything posted, by anybody? */
    bool (*unsettled)(const struct sim *s);
    /* The shadow of a line changed: look at the oracles of its states again. */
    void (*recheck)(struct sim *s, int li);
    /* After each transition: translations and their oracles. */
    void (*settle)(struct sim *s);
    /* Adversary's transitions. */
    uint32_t (*enumerate)(struct sim *s, struct trans *t, uint32_t n);
    void (*act)(struct sim *s, struct trans t);
    uint64_t (*line_hash)(struct sim *s, int li);
    uint64_t (*hash)(struct sim *s);
};

extern const struct engine_ops engine_set;
extern const struct engine_ops engine_concrete;

#endif
