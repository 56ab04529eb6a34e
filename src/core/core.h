/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file core.h
 * @brief What the parts of the core share: liveness marks, per-CPU state, the record of one call. Private.
 */
#ifndef DMACOH_CORE_H
#define DMACOH_CORE_H

#include "backend.h"
#include "compiler.h"

#include <dmacoh/device.h>
#include <dmacoh/instance.h>

/*
 * A handle or object is live if it holds this value: it dies with a copy, a move and garbage. Odd, so
 * never 0, because handles are aligned; no plain pointer to itself, as an empty list has; one instruction.
 */
static inline uint32_t live_mark(const void *object)
{
    return (uint32_t)(uintptr_t)object + 0xa5u;
}

/* Objects that live long and do not move. Each begins with its mark, which tells the kind as well. */
enum object_kind {
    KIND_INSTANCE = 0x31,
    KIND_DEVICE,
    KIND_POOL,
    KIND_REGION,
    KIND_OBJPOOL
};

static inline uint32_t object_mark(const void *object, enum object_kind kind)
{
    return live_mark(object) ^ 0x444d4100u ^ (uint32_t)kind;
}

/* object points to a live object of that kind. It may be NULL. */
static inline bool object_is(const void *object, enum object_kind kind)
{
    return object != NULL && *(const uint32_t *)object == object_mark(object, kind);
}

/* The same, out of line. */
bool object_live(const void *object, enum object_kind kind);

/* The first check of a thread-class function: OK, E_INVAL for a dead object, or E_CONTEXT. */
int object_check(const void *object, enum object_kind kind);

static inline bool instance_live(const struct dmacoh *c)
{
    return object_live(c, KIND_INSTANCE);
}

static inline bool device_live(const struct dmacoh_dev *dev)
{
    return object_live(dev, KIND_DEVICE);
}

/* A leaf lock, with interrupts masked: what to give to lock_drop(). */
uintptr_t lock_take(struct dmacoh_lock *lock);
void lock_drop(struct dmacoh_lock *lock, uintptr_t irq);

/* Thread-class functions refuse to run where they could not wait or be preempted. */
static inline bool in_thread(void)
{
    return dmacoh_port_context() == 0;
}

/* dmacoh_cfg.meta: one for each CPU, DMACOH_META_SIZE(1) bytes. Written by its CPU with IRQs off. */
struct dmacoh_percpu {
    struct dmacoh_stats stats;
    uint32_t depth; /* window slots in use */
    uint32_t shown; /* the only slot: what it may hold, see window.c */
    uint32_t pad[18];
};
_Static_assert(sizeof(struct dmacoh_percpu) == DMACOH_META_SIZE(1), "published in instance.h");

/* One call: what it did so far. Committed to the statistics once, at its end. */
struct job {
    struct dmacoh *c;
    bool begun; /* BE_BAR_BEGIN was issued */
    bool ops;   /* cache operations were issued that are not known to be complete */
    struct dmacoh_stats did;
};

/* Returns the CPU. */
uint32_t job_commit(const struct job *job);

#endif
