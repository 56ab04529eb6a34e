/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file env_state.h
 * @brief The state of a running case, shared by its agents, and what a place must provide.
 */
#ifndef CONFORMANCE_ENV_STATE_H
#define CONFORMANCE_ENV_STATE_H

#include "env.h"

#define ENV_SEGS 3u
#define ENV_OUT  8u

/** A handle with all that the library borrows for it. */
struct env_map {
    struct dmacoh_map map;
    struct dmacoh_seg in[ENV_SEGS];
    struct dmacoh_bseg out[ENV_OUT];
    struct env_part part[ENV_SEGS];
    uint32_t n, attrs;
    int32_t dir;
    uint32_t shared;
};

struct env_state {
    struct env_map map[ENV_MAPS];
    struct dmacoh_buf buf[ENV_BUFS];
};

/** The running case, and its state: zero at the start of every run. */
extern const struct env_case *env_case;
extern struct env_state *env_state;

/* Provided by the place (env_sim.c, env_board.c). */
uintptr_t env_mem_va(uint32_t mem);
dmacoh_phys_t env_mem_phys(uint32_t mem);
/** Physical address behind a bus address of the case's device. */
dmacoh_phys_t env_bus_to_phys(dmacoh_bus_t bus);

/*
 * Who owns what, before and after each call of the library: nothing to do on a board; on the
 * simulator the truth by which everything is judged (track_sim.c).
 */
void track_map_begin(const struct env_map *m);
void track_map_end(const struct env_map *m, int rc);
void track_sync_begin(const struct env_map *m, bool to_cpu, uint32_t off, uint32_t len);
void track_sync_end(const struct env_map *m, bool to_cpu, uint32_t off, uint32_t len);
void track_unmap_begin(const struct env_map *m);
void track_unmap_end(const struct env_map *m, int rc);
void track_alloc_begin(void);
void track_alloc_end(const struct dmacoh_buf *buf, int rc);
void track_free(const struct dmacoh_buf *buf);

/** Bus address of byte `off` of a live mapping. */
dmacoh_bus_t env_map_bus(const struct env_map *m, uint32_t off);

#endif
