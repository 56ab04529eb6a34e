/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file world.h
 * @brief A system round the library: who owns each byte of the arena, and what value it must have.
 *
 * The oracle is one rule: what the CPU would load from a byte that it owns is the value that was last put
 * there, by a store of the CPU or by a device that has been told to write it. It holds at any time, so the
 * neighbours of a buffer are checked like the buffer. The other rule is the device's: what it reads from
 * memory that was handed to it is that value too.
 */
#ifndef MC_WORLD_H
#define MC_WORLD_H

#include "guest/abi.h"
#include "machine.h"

enum owner {
    OWN_CPU,      /* the CPU loads and stores */
    OWN_READ,     /* the device reads; the CPU may load */
    OWN_DEVICE,   /* the device reads and writes */
    OWN_HELD,     /* shares a line with what the device owns, on the driver's word */
    OWN_LIBRARY,  /* in a pool, and not handed out */
    OWN_COHERENT, /* an uncached buffer */
    OWN_SLOT      /* a bounce slot in use */
};

struct piece {
    uint32_t at, len; /* arena offset, bytes */
};

struct mapping {
    bool live;
    uint32_t dir, attrs, refs; /* refs: further users */
    uint32_t npieces, nsegs, len;
    struct piece pieces[MC_SEGS]; /* the driver's memory */
    struct piece segs[MC_SEGS];   /* the device's view of it */
    bool written;                 /* the device has written all of it */
    uint32_t device_bytes;        /* moved so far */
};

struct buffer {
    bool live, coherent;
    struct piece piece;
};

struct world {
    struct machine *m;
    uint8_t want[ARENA_SIZE];
    uint8_t owner[ARENA_SIZE]; /* enum owner */
    struct mapping maps[MC_HANDLES];
    struct buffer bufs[MC_BUFFERS];
    uint32_t window_phys, window_bus; /* bus = phys - window_phys + window_bus */
    uint32_t nregions[MC_POOLS];
    struct piece regions[MC_POOLS][MC_REGIONS];
    bool high; /* there is memory without a mapping */
    uint64_t mapped, refused, bounced, moved, checked;
};

/* Parts of the linear map: the rest is the drivers' own. */
#define DRIVER_BYTES  0xc000u
#define CACHED_COH    0xc000u /* cached regions of the two pools */
#define CACHED_BOUNCE 0xe000u
#define CACHED_BYTES  0x2000u
#define STOLEN_COH    STOLEN_AT
#define STOLEN_BOUNCE (STOLEN_AT + 0x4000u)
#define STOLEN_BYTES  0x4000u

/** A new system: caches with lines of former users, the library, pools, a device. */
void world_begin(struct world *w, struct machine *m);

/** One random step. */
void world_step(struct world *w);

/** Everything is handed back, and all memory is checked. */
void world_end(struct world *w);

/* --- between the files of the world --- */

/** A call of the library that must succeed. */
void world_must(struct world *w, const char *what, uint32_t op, uint32_t a, uint32_t b, uint32_t c);

/** Checks the bytes [at, at + len) that the CPU owns. */
void world_check(struct world *w, uint32_t at, uint32_t len);

/** Sets the owner of [at, at + len). */
void world_own(struct world *w, uint32_t at, uint32_t len, enum owner owner);
bool world_owned(const struct world *w, uint32_t at, uint32_t len, enum owner owner);

/** The CPU stores random values to, or loads and checks, a byte that it owns. */
void world_store(struct world *w, uint32_t at);
void world_load(struct world *w, uint32_t at);

/** Arena offset of a bus address; the call fails if it is none. */
uint32_t world_bus_at(const struct world *w, uint64_t bus);

/* mapping.c */
void mapping_map(struct world *w);

/** A live mapping; MC_HANDLES: there is none. */
uint32_t mapping_any(const struct world *w);

/** The arena offset of byte k of a list. */
uint32_t mapping_byte(const struct piece *list, uint32_t k);

/** Sets the owner of the driver's memory of a mapping. */
void mapping_own(struct world *w, const struct mapping *map, enum owner owner);

/* transfer.c */
void mapping_device(struct world *w, uint32_t i);
void mapping_sync(struct world *w, uint32_t i);
void mapping_unmap(struct world *w, uint32_t i);

/* buffers.c */
void buffer_alloc(struct world *w);
void buffer_free(struct world *w, uint32_t i);
void buffer_use(struct world *w, uint32_t i);
uint32_t buffer_any(const struct world *w);

/* setup.c */
void setup_library(struct world *w);
void setup_pools(struct world *w);
void setup_device(struct world *w);
void setup_undo(struct world *w);

#endif
