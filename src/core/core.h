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

#define MAGIC_INSTANCE 0x444d4131u
#define MAGIC_DEVICE   0x444d4132u
#define MAGIC_POOL     0x444d4133u
#define MAGIC_REGION   0x444d4134u
#define MAGIC_OBJPOOL  0x444d4135u

/* Objects live long and do not move; the mark tells each kind apart as well. */
static inline uint32_t object_mark(const void *object, uint32_t magic)
{
    return live_mark(object) ^ magic;
}

static inline bool instance_live(const struct dmacoh *c)
{
    return c != NULL && c->magic == object_mark(c, MAGIC_INSTANCE);
}

static inline bool device_live(const struct dmacoh_dev *dev)
{
    return dev != NULL && dev->magic == object_mark(dev, MAGIC_DEVICE);
}

/* Thread-class functions refuse to run where they could not wait or be preempted. */
static inline bool in_thread(void)
{
    return dmacoh_port_context() == 0;
}

/* dmacoh_cfg.meta: one for each CPU, DMACOH_META_SIZE(1) bytes. Written by its CPU with IRQs off. */
struct dmacoh_percpu {
    struct dmacoh_stats stats;
    uint32_t depth; /* window slots in use */
    uint32_t pad[19];
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
