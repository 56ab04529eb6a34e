/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The library on the museum's machine. The library does not know the simulator: who owns which
 * bytes follows from the calls, and is told to the machine around them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "museum_place.h"

#define LINEAR_SIZE   0x100000u
#define COHERENT_PA   0x100000u
#define COHERENT_SIZE 1024u
#define BOUNCE_PA     0x108000u
#define BOUNCE_SIZE   1024u
#define SHIFT         6u /* granules of one line */

/* What the library keeps by reference, and the one transfer of a scene. */
struct place {
    struct dmacoh c;
    struct dmacoh_dev dev;
    struct dmacoh_pool coherent, bounce;
    struct dmacoh_region region[2];
    struct dmacoh_mem memory;
    struct dmacoh_map map;
    struct dmacoh_buf buf;
    uint32_t pa, len;
    int32_t dir;
    _Alignas(DMACOH_META_ALIGN) uint8_t percpu[DMACOH_META_SIZE(2)];
    _Alignas(DMACOH_META_ALIGN) uint8_t coherent_meta[DMACOH_REGION_META(COHERENT_SIZE, SHIFT)];
    _Alignas(DMACOH_META_ALIGN) uint8_t bounce_meta[DMACOH_REGION_META(BOUNCE_SIZE, SHIFT)];
};

/* Scenes run one after the other in one process: constant while one runs. */
static struct place *place;

/* A host build has all backends; a system has one, and does not choose. */
extern const struct dmacoh_backend_ops dmacoh_be_armv5;
extern const struct dmacoh_backend_ops dmacoh_be_armv6;
extern const struct dmacoh_backend_ops dmacoh_be_armv7a;
extern const struct dmacoh_backend_ops dmacoh_be_armv7m;

static const struct dmacoh_backend_ops *backend_of(enum sim_isa isa)
{
    switch (isa) {
    case SIM_ISA_V5:
        return &dmacoh_be_armv5;
    case SIM_ISA_V6:
        return &dmacoh_be_armv6;
    case SIM_ISA_V7M:
        return &dmacoh_be_armv7m;
    case SIM_ISA_V7A:
    case SIM_ISA_MIPS32: /* no exhibit is on one of these */
    case SIM_ISA_PA11:
    case SIM_ISA_PA20:
    case SIM_ISA_PPC44X:
    case SIM_ISA_E500:
    case SIM_ISA_PPC6XX:
    case SIM_ISA_PPC8XX:
    default:
        return &dmacoh_be_armv7a;
    }
}

static void must(int rc, const char *what)
{
    if (rc != DMACOH_OK) {
        (void)fprintf(stderr, "dmacoh-sim: %s: %s\n", what, dmacoh_strstatus(rc));
        abort();
    }
}

static void read_status(void *ctx)
{
    (void)ctx;
    MUSEUM_READ_STATUS();
}

void museum_library_reserve(struct sim *s)
{
    place = sim_alloc(s, sizeof *place);
}

static void add_region(struct dmacoh_pool *pool, struct dmacoh_region *region, uint32_t pa,
                       uint32_t size, void *meta)
{
    const struct dmacoh_region_cfg cfg = {
        .phys = pa,
        .size = size,
        .va = MUSEUM_UNCACHED(pa),
        .attr = DMACOH_MEM_UNCACHED,
        .method = DMACOH_M_STOLEN,
        .granule_shift = SHIFT,
        .meta = meta,
        .meta_size = DMACOH_REGION_META(size, SHIFT),
    };

    must(dmacoh_pool_init(pool, &place->c, NULL), "dmacoh_pool_init");
    must(dmacoh_pool_add_region(pool, region, &cfg), "dmacoh_pool_add_region");
    sim_own(pa, size, SIM_OWN_LIB);
}

void museum_library_init(const struct sim_model *model, bool flush_hook)
{
    place->memory = (struct dmacoh_mem){0, LINEAR_SIZE, MUSEUM_VA(0), DMACOH_RAM_LINEAR};
    const struct dmacoh_cfg cfg = {
        .mem = &place->memory,
        .nmem = 1,
        .ncpus = model->ncpu,
        .backend = backend_of(model->isa),
        .outer_va = museum_layout.outer,
        .meta = place->percpu,
        .meta_size = sizeof place->percpu,
    };
    const struct dmacoh_dev_cfg dev = {
        .limits = {.mask = DMACOH_BIT_MASK(32)},
        .coherent = &place->coherent,
        .bounce = &place->bounce,
        .flush_posted = flush_hook ? read_status : NULL,
    };

    must(dmacoh_init(&place->c, &cfg), "dmacoh_init");
    add_region(&place->coherent, &place->region[0], COHERENT_PA, COHERENT_SIZE,
               place->coherent_meta);
    add_region(&place->bounce, &place->region[1], BOUNCE_PA, BOUNCE_SIZE, place->bounce_meta);
    must(dmacoh_dev_init(&place->dev, &place->c, &dev), "dmacoh_dev_init");
}

struct dmacoh_dev *museum_device(void)
{
    return &place->dev;
}

/* A call may touch the buffer that it was given, and the pools. */
static void enter(void)
{
    sim_call_begin();
    sim_call_range(place->pa, place->len);
    sim_call_range(COHERENT_PA, COHERENT_SIZE);
    sim_call_range(BOUNCE_PA, BOUNCE_SIZE);
}

int museum_map(uint32_t pa, uint32_t len, enum dmacoh_dir dir)
{
    /* a machine address: never dereferenced here */
    const void *va = (const void *)(uintptr_t)MUSEUM_VA(pa);

    place->pa = pa;
    place->len = len;
    place->dir = (int32_t)dir;
    enter();
    sim_own(pa, len, SIM_OWN_LIB);
    const int rc = dmacoh_map_single(&place->dev, &place->map, va, len, dir, 0);

    if (rc == DMACOH_OK) {
        sim_own(place->map.bus, len, dir == DMACOH_TO_DEVICE ? SIM_OWN_TO : SIM_OWN_FROM);
    } else {
        sim_own(pa, len, SIM_OWN_CPU);
    }
    sim_call_end();
    return rc;
}

uint64_t museum_map_bus(void)
{
    return place->map.bus;
}

int museum_unmap(void)
{
    const bool live = place->len != 0;
    const uint64_t bus = place->map.bus;

    enter();
    if (live) {
        sim_own(bus, place->len, SIM_OWN_LIB);
    }
    const int rc = dmacoh_unmap(&place->map);

    if (rc == DMACOH_OK) {
        sim_own(place->pa, place->len, SIM_OWN_CPU);
        place->len = 0;
    } else if (live) {
        sim_own(bus, place->len, place->dir == DMACOH_TO_DEVICE ? SIM_OWN_TO : SIM_OWN_FROM);
    }
    sim_call_end();
    return rc;
}

uint32_t museum_alloc(uint32_t size)
{
    enter();
    const int rc = dmacoh_alloc(&place->dev, &place->buf, size, 0);

    if (rc == DMACOH_OK) {
        sim_own(place->buf.phys, place->buf.size, SIM_OWN_COH);
    }
    sim_call_end();
    sim_expect(rc == DMACOH_OK);
    return (uint32_t)(uintptr_t)place->buf.va;
}

uint64_t museum_alloc_bus(void)
{
    return place->buf.bus;
}

void museum_free(void)
{
    enter();
    sim_own(place->buf.phys, place->buf.size, SIM_OWN_LIB);
    const int rc = dmacoh_free(&place->buf);

    sim_call_end();
    sim_expect(rc == DMACOH_OK);
}
